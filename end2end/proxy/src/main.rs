//! A TCP proxy that spoils connections on command, for tests:
//! `proxy --listen IP:PORT --upstream IP:PORT --control IP:PORT`.
//!
//! A connection to the control port says one line and is answered `ok`, or with what is wrong:
//! `pass` (as if it weren't there), `cut` (ends every connection and refuses new ones), `stall` (holds everything back, both
//! ways, and delivers it after `pass`), `delay MS` (each piece waits that long), `halfopen` (swallows everything and keeps
//! connections open: the other side is gone without a word).

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Bytes taken from one side at a time.
const PIECE: usize = 16 * 1024;

/// What the proxy does with what passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Pass,
    Cut,
    Stall,
    Delay(Duration),
    HalfOpen,
}

fn mode(line: &str) -> Option<Mode> {
    let words: Vec<_> = line.split_whitespace().collect();
    match words.as_slice() {
        ["pass"] => Some(Mode::Pass),
        ["cut"] => Some(Mode::Cut),
        ["stall"] => Some(Mode::Stall),
        ["halfopen"] => Some(Mode::HalfOpen),
        ["delay", milliseconds] => milliseconds.parse().ok().map(|ms| Mode::Delay(Duration::from_millis(ms))),
        _ => None,
    }
}

/// Why the proxy doesn't start.
#[derive(Debug)]
enum Failure {
    Usage(lexopt::Error),
    Missing(&'static str),
    Io(std::io::Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(error) => write!(f, "{error}"),
            Self::Missing(option) => write!(f, "falta {option} IP:PUERTO"),
            Self::Io(error) => write!(f, "{error}"),
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match run().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("proxy: {failure}");
            std::process::ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), Failure> {
    use lexopt::ValueExt;
    let (mut listen, mut upstream, mut control) = (None, None, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        let place = match argument {
            lexopt::Arg::Long("listen") => &mut listen,
            lexopt::Arg::Long("upstream") => &mut upstream,
            lexopt::Arg::Long("control") => &mut control,
            other => return Err(other.unexpected().into()),
        };
        *place = Some(parser.value()?.parse::<SocketAddr>()?);
    }
    let listener = TcpListener::bind(listen.ok_or(Failure::Missing("--listen"))?).await?;
    let control = TcpListener::bind(control.ok_or(Failure::Missing("--control"))?).await?;
    let upstream = upstream.ok_or(Failure::Missing("--upstream"))?;
    let (sender, modes) = watch::channel(Mode::Pass);
    tokio::spawn(obey(control, sender));
    forward(listener, upstream, modes).await;
    Ok(())
}

/// Takes orders.
async fn obey(control: TcpListener, modes: watch::Sender<Mode>) {
    while let Ok((stream, _)) = control.accept().await {
        let (read, mut write) = stream.into_split();
        let mut line = String::new();
        // Whoever gives an order and leaves needs no answer.
        let answer = match BufReader::new(read).read_line(&mut line).await {
            Ok(_) => match mode(&line) {
                Some(mode) => {
                    modes.send_replace(mode);
                    "ok\n"
                }
                None => "pass, cut, stall, delay MS o halfopen\n",
            },
            Err(_) => continue,
        };
        let _ = write.write_all(answer.as_bytes()).await;
    }
}

async fn forward(listener: TcpListener, upstream: SocketAddr, modes: watch::Receiver<Mode>) {
    while let Ok((client, _)) = listener.accept().await {
        if *modes.borrow() == Mode::Cut {
            reset_when_dropped(&client);
            continue;
        }
        let modes = modes.clone();
        tokio::spawn(async move {
            let Ok(server) = TcpStream::connect(upstream).await else { return reset_when_dropped(&client) };
            // Only delays small pieces when it fails.
            let _ = (client.set_nodelay(true), server.set_nodelay(true));
            reset_when_dropped(&client);
            reset_when_dropped(&server);
            let (client_read, client_write) = client.into_split();
            let (server_read, server_write) = server.into_split();
            tokio::join!(pump(client_read, server_write, modes.clone()), pump(server_read, client_write, modes));
        });
    }
}

/// One direction of a connection, until it ends or is cut.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut modes: watch::Receiver<Mode>) {
    let mut piece = vec![0; PIECE];
    loop {
        let read = tokio::select! {
            read = from.read(&mut piece) => read,
            () = until(&mut modes, |mode| mode == Mode::Cut) => return,
        };
        let Ok(length) = read else { return };
        // Held back until it may pass; what is swallowed is gone for good.
        let now = loop {
            let now = *modes.borrow_and_update();
            match now {
                Mode::Stall => until(&mut modes, |mode| mode != Mode::Stall).await,
                Mode::Pass | Mode::Cut | Mode::Delay(_) | Mode::HalfOpen => break now,
            }
        };
        match now {
            Mode::Cut => return,
            Mode::HalfOpen if length == 0 => return until(&mut modes, |mode| mode == Mode::Cut).await,
            Mode::HalfOpen => continue,
            Mode::Delay(wait) => tokio::time::sleep(wait).await,
            Mode::Pass | Mode::Stall => {}
        }
        let passed = if length == 0 { to.shutdown().await } else { to.write_all(&piece[..length]).await };
        if length == 0 || passed.is_err() {
            return;
        }
    }
}

/// Waits for a mode. When no order can come any more it waits for ever.
async fn until(modes: &mut watch::Receiver<Mode>, wanted: impl Fn(Mode) -> bool) {
    if modes.wait_for(|mode| wanted(*mode)).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A cut is a reset, not a goodbye.
fn reset_when_dropped(stream: &TcpStream) {
    // Without it the peer learns of the end a little later.
    let _ = stream.set_zero_linger();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_as_they_are_written() {
        assert_eq!(mode("pass\n"), Some(Mode::Pass));
        assert_eq!(mode("delay 250\n"), Some(Mode::Delay(Duration::from_millis(250))));
        assert_eq!(mode("delay soon\n"), None);
        assert_eq!(mode("burn\n"), None);
    }

    /// A server that says back what it hears, a proxy before it, and the way to command it.
    async fn proxied() -> (SocketAddr, watch::Sender<Mode>) {
        let echo = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let upstream = echo.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((stream, _)) = echo.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = stream.into_split();
                    let _ = tokio::io::copy(&mut read, &mut write).await;
                });
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (sender, modes) = watch::channel(Mode::Pass);
        tokio::spawn(forward(listener, upstream, modes));
        (address, sender)
    }

    async fn hears(stream: &mut TcpStream, within: Duration) -> Option<String> {
        let mut bytes = [0; 64];
        match tokio::time::timeout(within, stream.read(&mut bytes)).await {
            Ok(Ok(length)) => Some(String::from_utf8_lossy(&bytes[..length]).into_owned()),
            Ok(Err(_)) => Some("reset".to_owned()),
            Err(_) => None,
        }
    }

    #[tokio::test]
    async fn it_passes_stalls_swallows_and_cuts() {
        const SHORT: Duration = Duration::from_millis(150);
        const LONG: Duration = Duration::from_secs(5);
        let (address, modes) = proxied().await;
        let mut stream = TcpStream::connect(address).await.expect("connects");
        stream.write_all(b"uno").await.expect("writes");
        assert_eq!(hears(&mut stream, LONG).await.as_deref(), Some("uno"));

        modes.send_replace(Mode::Stall);
        stream.write_all(b"dos").await.expect("writes");
        assert_eq!(hears(&mut stream, SHORT).await, None);
        modes.send_replace(Mode::Pass);
        assert_eq!(hears(&mut stream, LONG).await.as_deref(), Some("dos"));

        modes.send_replace(Mode::HalfOpen);
        stream.write_all(b"tres").await.expect("writes");
        assert_eq!(hears(&mut stream, SHORT).await, None);
        modes.send_replace(Mode::Pass);
        assert_eq!(hears(&mut stream, SHORT).await, None);
        stream.write_all(b"cuatro").await.expect("writes");
        assert_eq!(hears(&mut stream, LONG).await.as_deref(), Some("cuatro"));

        modes.send_replace(Mode::Cut);
        assert!(matches!(hears(&mut stream, LONG).await.as_deref(), Some("reset" | "")));
        let mut late = TcpStream::connect(address).await.expect("the listener accepts");
        assert!(matches!(hears(&mut late, LONG).await.as_deref(), Some("reset" | "")));
    }
}
