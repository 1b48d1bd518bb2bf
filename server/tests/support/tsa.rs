//! A time-stamping authority that answers over HTTP on this machine, and does what the test says. What
//! it answers is `openssl`'s (`authority.rs`); it speaks for itself: no code of the program is in it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{Notify, watch};
use tokio_rustls::TlsAcceptor;

use super::authority::Authority;

/// What it does with questions from now on.
#[derive(Clone, Debug)]
pub enum Act {
    /// Answers.
    Answer,
    /// Answers with a status of HTTP and nothing else.
    Status(u16),
    /// Answers something else.
    Say(&'static [u8]),
    /// Answers another question about the same.
    OtherQuestion,
    /// Answers a question about something else.
    SomethingElse,
    /// Ends the connection in the middle of its answer.
    Cut,
    /// Says nothing.
    Silence,
    /// Waits with its answer until [`Tsa::goes_on`] is notified.
    Wait,
}

struct Shared {
    act: Mutex<Act>,
    authority: Mutex<Arc<Authority>>,
    /// The heads of requests.
    heads: Mutex<Vec<String>>,
    asked: watch::Sender<usize>,
    answered: watch::Sender<usize>,
    goes_on: Notify,
    tls: Option<TlsAcceptor>,
}

/// The server; it ends with its value.
pub struct Tsa {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Tsa {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Tsa {
    pub async fn start(authority: &Arc<Authority>, act: Act) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), authority, act, None).await
    }

    pub async fn start_at(
        address: SocketAddr,
        authority: &Arc<Authority>,
        act: Act,
        tls: Option<TlsAcceptor>,
    ) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(address).unwrap();
        let listener = socket.listen(64).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            act: Mutex::new(act),
            authority: Mutex::new(Arc::clone(authority)),
            heads: Mutex::default(),
            asked: watch::Sender::new(0),
            answered: watch::Sender::new(0),
            goes_on: Notify::new(),
            tls,
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Self { address, shared, serving }
    }

    /// What it does from now on.
    pub fn act(&self, act: Act) {
        *self.shared.act.lock().unwrap() = act;
    }

    /// By whom it answers from now on.
    pub fn answers_by(&self, authority: &Arc<Authority>) {
        *self.shared.authority.lock().unwrap() = Arc::clone(authority);
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        *self.shared.asked.borrow()
    }

    /// The heads of the requests.
    pub fn heads(&self) -> Vec<String> {
        self.shared.heads.lock().unwrap().clone()
    }

    pub async fn until_asked(&self, times: usize) {
        self.shared.asked.subscribe().wait_for(|asked| *asked >= times).await.unwrap();
    }

    /// Lets an answer go that waits.
    pub fn goes_on(&self) {
        self.shared.goes_on.notify_one();
    }

    /// Waits until so many answers were read by whoever asked.
    pub async fn until_read(&self, times: usize) {
        self.shared.answered.subscribe().wait_for(|answered| *answered >= times).await.unwrap();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // A conversation that breaks is what some tests are about.
            let _ = match shared.tls.clone() {
                Some(tls) => converse(tls.accept(stream).await?, &shared).await,
                None => converse(stream, &shared).await,
            };
            Ok::<_, std::io::Error>(())
        });
    }
}

async fn converse(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    shared: &Shared,
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let head = loop {
        let mut byte = [0];
        stream.read_exact(&mut byte).await?;
        bytes.push(byte[0]);
        if bytes.ends_with(b"\r\n\r\n") {
            break String::from_utf8_lossy(&bytes).to_lowercase();
        }
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut question = vec![0; length.trim().parse().unwrap()];
    stream.read_exact(&mut question).await?;
    // As it came: a password's letters have their case.
    shared.heads.lock().unwrap().push(String::from_utf8_lossy(&bytes).into_owned());
    shared.asked.send_modify(|asked| *asked += 1);
    let (act, authority) =
        { (shared.act.lock().unwrap().clone(), Arc::clone(&shared.authority.lock().unwrap())) };
    let answers = |question: Vec<u8>| {
        let authority = Arc::clone(&authority);
        async move { tokio::task::spawn_blocking(move || authority.answer(&question)).await.unwrap() }
    };
    let body = match act {
        Act::Answer | Act::Cut => answers(question).await,
        Act::Wait => {
            let answer = answers(question).await;
            shared.goes_on.notified().await;
            answer
        }
        Act::Status(status) => {
            let answer = format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n");
            return stream.write_all(answer.as_bytes()).await;
        }
        Act::Say(words) => words.to_vec(),
        Act::OtherQuestion => answers(authority.question(&imprint(&question))).await,
        Act::SomethingElse => answers(authority.question(&"0a".repeat(32))).await,
        Act::Silence => return std::future::pending().await,
    };
    let kind = "application/timestamp-reply";
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    if matches!(act, Act::Cut) {
        return stream.write_all(&body[..body.len() / 2]).await;
    }
    stream.write_all(&body).await?;
    stream.shutdown().await?;
    // Whoever asked hangs up once they have it.
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    shared.answered.send_modify(|answered| *answered += 1);
    Ok(())
}

/// The SHA-256 that a question is about, in hexadecimal digits.
fn imprint(question: &[u8]) -> String {
    let mark = [0x04, 0x20];
    let at = question.windows(2).position(|two| two == mark).unwrap() + 2;
    question[at..at + 32].iter().map(|byte| format!("{byte:02x}")).collect()
}
