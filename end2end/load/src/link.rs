//! A device's connection, reopened by the browser's own rules (`sync::connection`), always by
//! WebSocket.

use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use domain::Millis;
use futures_util::StreamExt;
use sync::connection::{ATTEMPT, Connection, Due, Lost};
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::client::Shared;
use crate::connect::{self, Socket};
use crate::failure::Failure;
use crate::random::Variety;

type Attempt = Pin<Box<dyn Future<Output = Result<Socket, Failure>>>>;

/// What a connection delivers.
pub enum Heard {
    /// A frame.
    Frame(Vec<u8>),
    /// A sign of life.
    Alive,
    /// It is open: the hello is due.
    Open,
    /// It broke, or an attempt failed.
    Broken(Lost),
}

/// A device's connection.
pub struct Link {
    shared: Rc<Shared>,
    cookie: Option<String>,
    socket: Option<Socket>,
    attempt: Option<Attempt>,
    connection: Connection,
    random: Variety,
    /// Connections that the network dropped: nothing goes through them any more, and the server
    /// wasn't told.
    dead: Vec<Socket>,
}

impl Link {
    /// An open link.
    pub fn new(shared: Rc<Shared>, cookie: Option<String>, socket: Socket, seed: u64) -> Self {
        let now = since(shared.began);
        let mut connection = Connection::new(now);
        connection.open(now);
        let mut link = Self {
            shared,
            cookie,
            socket: Some(socket),
            attempt: None,
            connection,
            random: Variety::new(seed),
            dead: Vec::new(),
        };
        link.joined();
        link
    }

    /// Time since the beginning, ms.
    fn now(&self) -> Millis {
        since(self.shared.began)
    }

    /// The next report; never, while nothing is open or being tried. Cancel-safe: nothing is lost
    /// when it is dropped.
    pub async fn hear(&mut self) -> Heard {
        if let Some(socket) = &mut self.socket {
            let heard = socket.next().await;
            let now = self.now();
            self.connection.heard(now);
            return match heard {
                Some(Ok(Message::Binary(bytes))) => Heard::Frame(bytes.into()),
                Some(Ok(
                    Message::Ping(_) | Message::Pong(_) | Message::Text(_) | Message::Frame(_),
                )) => Heard::Alive,
                Some(Ok(Message::Close(reason))) => {
                    if reason.is_some_and(|reason| reason.code == CloseCode::Restart) {
                        return Heard::Broken(Lost::Restarting);
                    }
                    Heard::Broken(Lost::Broken)
                }
                Some(Err(_)) | None => Heard::Broken(Lost::Broken),
            };
        }
        match &mut self.attempt {
            Some(attempt) => {
                let opened = attempt.await;
                self.attempt = None;
                match opened {
                    Ok(socket) => {
                        self.socket = Some(socket);
                        let now = self.now();
                        self.connection.heard(now);
                        Heard::Open
                    }
                    Err(_) => Heard::Broken(Lost::Broken),
                }
            }
            None => std::future::pending().await,
        }
    }

    /// The open socket.
    pub fn socket(&mut self) -> Option<&mut Socket> {
        self.socket.as_mut()
    }

    /// The network is gone: existing sockets stay open on the server's side, and nothing is read
    /// from them.
    pub fn leave_open(&mut self) {
        self.dead.extend(self.socket.take());
    }

    /// Drops the connection, and retries after the backoff.
    pub fn open_later(&mut self, how: Lost) {
        let (now, share) = (self.now(), self.random.share());
        if let Some(wait) = self.connection.lost(now, how, true, share) {
            self.open_after(wait);
        }
    }

    /// Drops the connection, and retries at once.
    pub fn open_now(&mut self) {
        self.open_after(0);
    }

    /// A frame made no sense. Returns whether the link has given up.
    pub fn faulty(&mut self) -> bool {
        let now = self.now();
        self.connection.faulty(now)
    }

    /// What a page checks each second.
    pub fn look(&mut self, waits: bool) -> Due {
        let now = self.now();
        self.connection.look(now, waits, false)
    }

    fn open_after(&mut self, wait: Millis) {
        self.socket = None;
        let begins = self.now() + wait;
        if self.connection.open(begins).is_none() {
            return;
        }
        let wait = Duration::from_millis(wait.unsigned_abs());
        let (shared, cookie) = (Rc::clone(&self.shared), self.cookie.clone());
        self.attempt = Some(Box::pin(async move {
            sleep(wait).await;
            if !shared.plan.reaches(cookie.is_some(), *shared.network.borrow()) {
                return Err(Failure::Closed);
            }
            let opened = timeout(
                Duration::from_millis(ATTEMPT.unsigned_abs()),
                connect::socket(&shared.arguments, &shared.links, cookie.as_deref()),
            )
            .await;
            opened.map_err(|_| Failure::Closed)?
        }));
    }

    /// The welcome came.
    pub fn joined(&mut self) {
        self.connection.joined();
    }

    /// An answer came.
    pub fn answered(&mut self) {
        self.connection.answered();
    }
}

/// Time since then, ms.
fn since(began: Instant) -> Millis {
    Millis::try_from(began.elapsed().as_millis()).unwrap_or(Millis::MAX)
}
