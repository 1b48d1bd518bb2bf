//! A mail server on this machine that does what the test says: takes letters, refuses, asks to come
//! later, ends the conversation at any step, says nothing. It speaks for itself: no code of the
//! program is in it.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// What it does with the next letter to somebody.
#[derive(Clone, Debug)]
pub enum Act {
    /// Answers to the address.
    ToAddress(&'static str),
    /// Answers to the text, once it has it.
    ToText(&'static str),
    /// Ends the conversation when the text is announced.
    CutAtData,
    /// Ends it when it has the text, without an answer.
    CutAfterText,
    /// Says nothing to the address.
    Silence,
}

/// A letter that it took, or whose text it has.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The envelope's sender and recipient.
    pub from: String,
    pub to: String,
    /// The text with its headers.
    pub text: String,
    /// Whether it said that it took it.
    pub taken: bool,
    /// Whether it came over TLS.
    pub tls: bool,
}

/// How it is set up.
#[derive(Clone, Default)]
pub struct Setup {
    /// Whether it knows SMTPUTF8.
    pub utf8: bool,
    /// The certificate.
    pub tls: Option<TlsAcceptor>,
    /// Whether TLS begins with the connection.
    pub tls_at_once: bool,
    /// User and password that it asks for.
    pub user: Option<(&'static str, &'static str)>,
    /// The step at which it stands still, and whether it has answered by then: whoever waits for
    /// [`Smtp::stands`] acts in between.
    pub stops_at: Option<(usize, bool)>,
}

#[derive(Default)]
struct Seen {
    acts: HashMap<String, VecDeque<Act>>,
    letters: Vec<Letter>,
    commands: Vec<String>,
    conversations: usize,
    steps: usize,
}

struct Shared {
    setup: Setup,
    seen: Mutex<Seen>,
    stands: watch::Sender<bool>,
}

/// The server; it ends with its value.
pub struct Smtp {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Smtp {
    pub async fn start(setup: Setup) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), setup).await
    }

    pub async fn start_at(address: SocketAddr, setup: Setup) -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(address).unwrap();
        let listener = socket.listen(64).unwrap();
        let address = listener.local_addr().unwrap();
        let (stands, _) = watch::channel(false);
        let shared = Arc::new(Shared { setup, seen: Mutex::default(), stands });
        let serving = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Self { address, shared, serving }
    }

    /// What it does with the next letters to an address, one after the other; then it takes them.
    pub fn act(&self, to: &str, acts: impl IntoIterator<Item = Act>) {
        self.shared.seen.lock().unwrap().acts.entry(to.to_owned()).or_default().extend(acts);
    }

    /// The letters whose text it has.
    pub fn letters(&self) -> Vec<Letter> {
        self.shared.seen.lock().unwrap().letters.clone()
    }

    /// Those that it took.
    pub fn taken(&self) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.taken).collect()
    }

    /// Every line that it was told, without texts.
    pub fn commands(&self) -> Vec<String> {
        self.shared.seen.lock().unwrap().commands.clone()
    }

    pub fn conversations(&self) -> usize {
        self.shared.seen.lock().unwrap().conversations
    }

    /// Waits until it stands still at the step that was set.
    pub async fn stands(&self) {
        let mut stands = self.shared.stands.subscribe();
        stands.wait_for(|stands| *stands).await.unwrap();
    }

    /// Waits until so many letters were taken.
    pub async fn until_taken(&self, count: usize) -> Vec<Letter> {
        for _ in 0..600 {
            if self.taken().len() >= count {
                return self.taken();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} of {count} letters: {:?}", self.taken().len(), self.commands());
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            shared.seen.lock().unwrap().conversations += 1;
            // A conversation that breaks is what many tests are about.
            let _ = begin(stream, &shared).await;
        });
    }
}

async fn begin(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let acceptor = shared.setup.tls.clone();
    if let (true, Some(acceptor)) = (shared.setup.tls_at_once, &acceptor) {
        let stream = acceptor.accept(stream).await?;
        converse(BufReader::new(stream), shared, true, true).await?;
        return Ok(());
    }
    let upgraded = converse(BufReader::new(stream), shared, false, true).await?;
    if let (Some(stream), Some(acceptor)) = (upgraded, acceptor) {
        let stream = acceptor.accept(stream.into_inner()).await?;
        converse(BufReader::new(stream), shared, true, false).await?;
    }
    Ok(())
}

/// A step: it may be the one at which the server stands still.
async fn step(shared: &Shared, answered: bool) {
    let stops = {
        let mut seen = shared.seen.lock().unwrap();
        if !answered {
            seen.steps += 1;
        }
        shared.setup.stops_at == Some((seen.steps, answered))
    };
    if stops {
        shared.stands.send_replace(true);
        std::future::pending::<()>().await;
    }
}

/// Answers until the client says QUIT or STARTTLS; then the stream comes back.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: BufReader<S>,
    shared: &Shared,
    tls: bool,
    greets: bool,
) -> std::io::Result<Option<BufReader<S>>> {
    let setup = &shared.setup;
    if greets {
        say(&mut stream, "220 mesa.test ESMTP").await?;
    }
    let (mut from, mut to, mut signed_in) = (String::new(), String::new(), setup.user.is_none());
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end().to_owned();
        shared.seen.lock().unwrap().commands.push(line.clone());
        step(shared, false).await;
        let upper = line.to_uppercase();
        let answer = if upper.starts_with("EHLO") {
            let mut features = vec!["250-mesa.test", "250-8BITMIME"];
            if setup.utf8 {
                features.push("250-SMTPUTF8");
            }
            if setup.tls.is_some() && !tls {
                features.push("250-STARTTLS");
            }
            if setup.user.is_some() {
                features.push("250-AUTH PLAIN LOGIN");
            }
            features.push("250 SIZE 26214400");
            features.join("\r\n")
        } else if upper == "STARTTLS" {
            say(&mut stream, "220 go ahead").await?;
            return Ok(Some(stream));
        } else if let Some(given) = line.strip_prefix("AUTH PLAIN ") {
            use base64::Engine as _;
            let given = base64::engine::general_purpose::STANDARD.decode(given).unwrap();
            let (user, password) = setup.user.unwrap();
            signed_in = given == format!("\0{user}\0{password}").into_bytes();
            if signed_in { "235 2.7.0 in" } else { "535 5.7.8 no" }.to_owned()
        } else if let Some(rest) = line.strip_prefix("MAIL FROM:<") {
            from = rest.split('>').next().unwrap().to_owned();
            if signed_in { "250 2.1.0 fine" } else { "530 5.7.0 sign in first" }.to_owned()
        } else if let Some(rest) = line.strip_prefix("RCPT TO:<") {
            to = rest.split('>').next().unwrap().to_owned();
            match take(shared, &to, |act| matches!(act, Act::ToAddress(_) | Act::Silence)) {
                Some(Act::ToAddress(answer)) => answer.to_owned(),
                Some(_) => std::future::pending().await,
                None => "250 2.1.5 fine".to_owned(),
            }
        } else if upper == "DATA" {
            if take(shared, &to, |act| matches!(act, Act::CutAtData)).is_some() {
                return Ok(None);
            }
            say(&mut stream, "354 go on").await?;
            step(shared, true).await;
            let text = text(&mut stream).await?;
            let place = {
                let mut seen = shared.seen.lock().unwrap();
                let (from, to) = (from.clone(), to.clone());
                seen.letters.push(Letter { from, to, text, taken: false, tls });
                seen.letters.len() - 1
            };
            step(shared, false).await;
            let act = take(shared, &to, |act| matches!(act, Act::ToText(_) | Act::CutAfterText));
            match act {
                Some(Act::ToText(answer)) => answer.to_owned(),
                Some(_) => return Ok(None),
                None => {
                    shared.seen.lock().unwrap().letters[place].taken = true;
                    "250 2.0.0 taken".to_owned()
                }
            }
        } else if upper == "QUIT" {
            say(&mut stream, "221 bye").await?;
            return Ok(None);
        } else if matches!(upper.as_str(), "RSET" | "NOOP") {
            "250 fine".to_owned()
        } else {
            "502 what?".to_owned()
        };
        say(&mut stream, &answer).await?;
        step(shared, true).await;
    }
}

/// The next act for an address, if it is of this kind.
fn take(shared: &Shared, to: &str, kind: impl Fn(&Act) -> bool) -> Option<Act> {
    let mut seen = shared.seen.lock().unwrap();
    let acts = seen.acts.get_mut(to)?;
    if acts.front().is_some_and(kind) { acts.pop_front() } else { None }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// A text until its point, with the points of its lines taken off.
async fn text<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
