//! A TCP proxy between browsers and server that behaves like a venue's network: it cuts, stalls,
//! delays, and leaves connections half open. A line on its control port sets the mode.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

const HELP: &str = "\
A TCP proxy for tests: cuts, stalls, delays connections and leaves them half open.

Usage: proxy --listen IP:PORT --upstream IP:PORT --control IP:PORT

Each connection to the control port sends one line and is answered «ok»:
  pass       everything passes; what was held back is delivered
  cut        closes every connection and accepts no other
  stall      holds back the bytes in both directions until «pass»
  delay MS   delivers each byte MS milliseconds later
  nosockets  everything passes but WebSockets, as in networks that block them
  halfopen   swallows the bytes and leaves the connections open; whoever was met by it gets nothing any more
";

/// Longest line on the control port, in bytes.
const LINE_LIMIT: u64 = 64;
/// Most queued chunks of a connection and direction; beyond that the sender waits.
const QUEUE: usize = 256;

/// Receive buffer towards the server, in bytes: small, because a network buffers little for a
/// client that doesn't read.
const HELD: u32 = 8 * 1024;

/// What happens to the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Pass,
    Cut,
    Stall,
    Delay(Duration),
    NoSockets,
    HalfOpen,
}

impl Mode {
    fn parse(line: &str) -> Option<Self> {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["pass"] => Some(Self::Pass),
            ["cut"] => Some(Self::Cut),
            ["stall"] => Some(Self::Stall),
            ["nosockets"] => Some(Self::NoSockets),
            ["halfopen"] => Some(Self::HalfOpen),
            ["delay", milliseconds] => {
                milliseconds.parse().ok().map(Duration::from_millis).map(Self::Delay)
            }
            _ => None,
        }
    }
}

struct Addresses {
    listen: SocketAddr,
    upstream: SocketAddr,
    control: SocketAddr,
}

/// Parses the addresses; none when the help was asked for.
fn addresses(mut parser: Parser) -> Result<Option<Addresses>, lexopt::Error> {
    let (mut listen, mut upstream, mut control) = (None, None, None);
    while let Some(argument) = parser.next()? {
        let address = match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            Arg::Long("listen") => &mut listen,
            Arg::Long("upstream") => &mut upstream,
            Arg::Long("control") => &mut control,
            other => return Err(other.unexpected()),
        };
        *address = Some(parser.value()?.parse()?);
    }
    match (listen, upstream, control) {
        (Some(listen), Some(upstream), Some(control)) => {
            Ok(Some(Addresses { listen, upstream, control }))
        }
        _ => Err("faltan --listen, --upstream o --control".into()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let addresses = match addresses(Parser::from_env()) {
        Ok(Some(addresses)) => addresses,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("proxy: {error}\nproxy --help dice cómo se usa.");
            return ExitCode::from(2);
        }
    };
    let Err(error) = serve(&addresses).await;
    eprintln!("proxy: {error}");
    ExitCode::FAILURE
}

async fn serve(addresses: &Addresses) -> std::io::Result<std::convert::Infallible> {
    let listener = TcpListener::bind(addresses.listen).await?;
    let control = TcpListener::bind(addresses.control).await?;
    let (announce, mode) = watch::channel(Mode::Pass);
    let announce = Arc::new(announce);
    let alive = Arc::new(AtomicUsize::new(0));
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (client, _) = accepted?;
                if *mode.borrow() == Mode::Cut {
                    client.set_zero_linger()?;
                } else {
                    alive.fetch_add(1, Ordering::Relaxed);
                    tokio::spawn(connection(client, addresses.upstream, mode.clone(), Arc::clone(&alive)));
                }
            }
            accepted = control.accept() => {
                let (stream, _) = accepted?;
                tokio::spawn(obey(stream, Arc::clone(&announce), Arc::clone(&alive)));
            }
        }
    }
}

/// Handles a line on the control port.
async fn obey(mut stream: TcpStream, announce: Arc<watch::Sender<Mode>>, alive: Arc<AtomicUsize>) {
    let mut line = String::new();
    let (reader, mut writer) = stream.split();
    let mut reader = BufReader::new(reader.take(LINE_LIMIT));
    // A client that hangs up or says nothing gets no answer.
    if !matches!(timeout(Duration::from_secs(5), reader.read_line(&mut line)).await, Ok(Ok(_))) {
        return;
    }
    let answer = match Mode::parse(&line) {
        Some(mode) => {
            announce.send_replace(mode);
            while mode == Mode::Cut && alive.load(Ordering::Relaxed) > 0 {
                sleep(Duration::from_millis(1)).await;
            }
            "ok\n"
        }
        None => "no entiendo\n",
    };
    let _ = writer.write_all(answer.as_bytes()).await;
}

/// Carries one connection until both sides have ended it or it is cut.
async fn connection(
    client: TcpStream,
    upstream: SocketAddr,
    mode: watch::Receiver<Mode>,
    alive: Arc<AtomicUsize>,
) {
    let mut cut = mode.clone();
    let carried = async {
        // If the server isn't up yet the client's connection is closed.
        let socket = if upstream.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        socket.set_recv_buffer_size(HELD)?;
        let upstream = socket.connect(upstream).await?;
        for stream in [&client, &upstream] {
            stream.set_nodelay(true)?;
            // A cut is a reset, not an orderly close.
            stream.set_zero_linger()?;
        }
        let is_dead = AtomicBool::new(false);
        let (from_client, to_client) = client.into_split();
        let (from_upstream, to_upstream) = upstream.into_split();
        tokio::try_join!(
            carry(from_client, to_upstream, mode.clone(), &is_dead),
            carry(from_upstream, to_client, mode.clone(), &is_dead)
        )
    };
    tokio::select! {
        // Broken by one of its ends, or cut: both sockets are closed with it.
        _ = carried => {}
        _ = cut.wait_for(|mode| *mode == Mode::Cut) => {}
    }
    alive.fetch_sub(1, Ordering::Relaxed);
}

/// Whether the bytes contain the head of a WebSocket upgrade request. Browsers send such a head in
/// one piece.
fn asks_for_a_socket(bytes: &[u8]) -> bool {
    const UPGRADE: &[u8] = b"upgrade: websocket";
    bytes.windows(UPGRADE.len()).any(|window| window.eq_ignore_ascii_case(UPGRADE))
}

/// Carries one direction.
async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mode: watch::Receiver<Mode>,
    is_dead: &AtomicBool,
) -> std::io::Result<()> {
    let (queue, mut queued) = mpsc::channel::<(Instant, Vec<u8>)>(QUEUE);
    let at_reading = mode.clone();
    let read = async move {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let count = from.read(&mut buffer).await?;
            let mode = *at_reading.borrow();
            if mode == Mode::NoSockets && asks_for_a_socket(&buffer[..count]) {
                return Err(std::io::ErrorKind::ConnectionAborted.into());
            }
            if mode == Mode::HalfOpen {
                // With bytes missing, what follows would be garbled: nothing is passed on any more.
                is_dead.store(true, Ordering::Relaxed);
            }
            if !is_dead.load(Ordering::Relaxed) {
                let due = Instant::now()
                    + if let Mode::Delay(delay) = mode { delay } else { Duration::ZERO };
                // The writing end only goes away with the connection.
                let _ = queue.send((due, buffer[..count].to_vec())).await;
            }
            if count == 0 {
                return Ok(());
            }
        }
    };
    let mut at_writing = mode;
    let write = async move {
        while let Some((due, bytes)) = queued.recv().await {
            sleep_until(due).await;
            // The sender of the mode outlives the connections.
            let _ = at_writing.wait_for(|mode| *mode != Mode::Stall).await;
            if bytes.is_empty() {
                to.shutdown().await?;
            } else {
                to.write_all(&bytes).await?;
            }
        }
        // A swallowed end of stream isn't passed on: the other side keeps its connection.
        if is_dead.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        Ok(())
    };
    tokio::try_join!(read, write).map(|((), ())| ())
}
