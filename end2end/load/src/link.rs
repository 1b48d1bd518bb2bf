//! A device's connection: broken, it is opened again by the rule of the browser.

use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::client::Shared;
use crate::connect::{self, Socket};
use crate::failure::Failure;
use crate::retry::{ATTEMPT, Retry};

type Attempt = Pin<Box<dyn Future<Output = Result<Socket, Failure>>>>;

/// What a connection brings.
pub enum Heard {
    /// A frame.
    Frame(Vec<u8>),
    /// Nothing that counts; the connection lives.
    Alive,
    /// It is open: time for the hello.
    Open,
    /// It broke, or an attempt failed.
    Broken,
}

/// A device's connection.
pub struct Link {
    shared: Rc<Shared>,
    cookie: Option<String>,
    socket: Option<Socket>,
    attempt: Option<Attempt>,
    retry: Retry,
    /// Connections that the network took: nothing goes through them any more, and the server wasn't told.
    dead: Vec<Socket>,
    /// When the present connection, or the attempt at one, began.
    pub since: Instant,
    /// When something was heard last.
    pub heard_at: Instant,
}

impl Link {
    /// A link that is open.
    pub fn new(shared: Rc<Shared>, cookie: Option<String>, socket: Socket, seed: u64) -> Self {
        let now = Instant::now();
        Self { shared, cookie, socket: Some(socket), attempt: None, retry: Retry::new(seed), dead: Vec::new(), since: now, heard_at: now }
    }

    /// What comes next; never, when nothing is open nor tried. Can be dropped at any moment without losing anything.
    pub async fn hear(&mut self) -> Heard {
        if let Some(socket) = &mut self.socket {
            let heard = socket.next().await;
            self.heard_at = Instant::now();
            return match heard {
                Some(Ok(Message::Binary(bytes))) => Heard::Frame(bytes.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Text(_) | Message::Frame(_))) => Heard::Alive,
                Some(Ok(Message::Close(reason))) => {
                    if reason.is_some_and(|reason| reason.code == CloseCode::Restart) {
                        self.retry.restarting();
                    }
                    Heard::Broken
                }
                Some(Err(_)) | None => Heard::Broken,
            };
        }
        match &mut self.attempt {
            Some(attempt) => {
                let opened = attempt.await;
                self.attempt = None;
                match opened {
                    Ok(socket) => {
                        self.socket = Some(socket);
                        self.heard_at = Instant::now();
                        Heard::Open
                    }
                    Err(_) => Heard::Broken,
                }
            }
            None => std::future::pending().await,
        }
    }

    /// The open socket.
    pub fn socket(&mut self) -> Option<&mut Socket> {
        self.socket.as_mut()
    }

    /// The network is gone: what there is stays open on the server's side, and nothing of it is heard.
    pub fn leave_open(&mut self) {
        self.dead.extend(self.socket.take());
    }

    /// Drops what there is, and tries again after a while.
    pub fn open_later(&mut self) {
        let wait = self.retry.wait();
        self.open_after(wait);
    }

    /// Drops what there is, and tries again at once.
    pub fn open_now(&mut self) {
        self.open_after(Duration::ZERO);
    }

    fn open_after(&mut self, wait: Duration) {
        self.socket = None;
        self.since = Instant::now() + wait;
        let (shared, cookie) = (Rc::clone(&self.shared), self.cookie.clone());
        self.attempt = Some(Box::pin(async move {
            sleep(wait).await;
            if !shared.plan.reaches(cookie.is_some(), *shared.network.borrow()) {
                return Err(Failure::Closed);
            }
            let opened = timeout(ATTEMPT, connect::socket(&shared.arguments, &shared.links, cookie.as_deref())).await;
            opened.map_err(|_| Failure::Closed)?
        }));
    }

    /// The welcome came.
    pub fn joined(&mut self) {
        self.retry.joined();
    }
}
