//! A newcomer, who joins late without any state: how long that takes, how many bytes it is, and
//! what they see.

use std::time::Duration;

use domain::Mesa;
use futures_util::{SinkExt, StreamExt};
use sync::{Effect, Replica};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use crate::arguments::Arguments;
use crate::connect::{self, Socket};
use crate::failure::Failure;
use crate::links::Links;
use crate::texts::{self, Texts};

/// A newcomer's findings.
pub struct Fresh {
    /// The state that they see.
    pub state: Mesa,
    /// From the first packet to the decoded welcome: connection, upgrade, hello, welcome.
    pub came_in: Duration,
    /// From the hello to the decoded welcome.
    pub welcomed: Duration,
    /// Bytes of the welcome, without the frame's header.
    pub bytes: usize,
}

impl Fresh {
    /// The texts that groups edit.
    pub fn texts(&self) -> Texts {
        texts::contents(&self.state)
    }
}

/// Joins as the public, looks and leaves.
pub async fn look(arguments: &Arguments, links: &Links) -> Result<Fresh, Failure> {
    let began = Instant::now();
    let mut socket = connect::socket(arguments, links, None).await?;
    let mut replica = connect::replica(links, None);
    let asked = Instant::now();
    let bytes = greet(&mut socket, &mut replica).await?;
    let (came_in, welcomed) = (began.elapsed(), asked.elapsed());
    // A failed goodbye doesn't concern the server.
    let _ = socket.close(None).await;
    Ok(Fresh { state: crate::texts::shown(&replica).clone(), came_in, welcomed, bytes })
}

/// Says hello and waits for the welcome. Returns its bytes.
pub async fn greet(socket: &mut Socket, replica: &mut Replica) -> Result<usize, Failure> {
    socket.send(Message::Binary(replica.hello().into())).await?;
    let mut size = 0;
    loop {
        let Message::Binary(bytes) = socket.next().await.ok_or(Failure::Closed)?? else { continue };
        // A long one comes in several frames.
        size += bytes.len();
        for effect in replica.receive(&bytes)? {
            if let Effect::Ended(refusal) = effect {
                return Err(Failure::Refused(refusal));
            }
        }
        if replica.is_joined() {
            return Ok(size);
        }
    }
}

/// The texts as the server publishes them.
pub async fn published(arguments: &Arguments, links: &Links) -> Result<Texts, Failure> {
    let path = format!("/publico/{}/datos.json", links.mesa_id);
    let data = connect::text(arguments, &path, None).await?;
    texts::published(&data).ok_or(Failure::Answer { path, first: "not the open data".to_owned() })
}
