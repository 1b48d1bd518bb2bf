//! Gives a mesa that was just added what the sample's mesa has: the phase in which agreements are
//! written, and five commitments and eight problems without any text.

use std::time::Duration;

use domain::{Command, CommandId, ItemId, ItemKind, Phase, Role, conduct, deliberation};
use futures_util::{SinkExt, StreamExt};
use sync::Replica;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::arguments::Arguments;
use crate::clock;
use crate::connect::{self, Socket};
use crate::failure::Failure;
use crate::findings::Findings;
use crate::fresh::greet;
use crate::links::Links;
use crate::record::Verdict;
use crate::texts;

const COMMITMENTS: usize = 5;
const PROBLEMS: usize = 8;
/// How long the server may take to answer everything.
const PATIENCE: Duration = Duration::from_secs(20);

/// Furnishes the mesa of the links.
pub async fn run(arguments: &Arguments, links: &Links) -> Result<Findings, Failure> {
    let facilitation = links.facilitator.as_ref().ok_or(Failure::NoSeats)?;
    let cookie = connect::sit_down(arguments, facilitation, 0).await?;
    let mut socket = connect::socket(arguments, links, Some(&cookie)).await?;
    let mut replica = connect::replica(links, Some(Role::Facilitator));
    greet(&mut socket, &mut replica).await?;
    let add = |kind| {
        let item = ItemId(Uuid::now_v7());
        Command::Deliberation(deliberation::Command::Add { item, kind, parent: None })
    };
    let to = |to| Command::Conduct(conduct::Command::ChangePhase { to });
    let commands = [to(Phase::Agreements)]
        .into_iter()
        .chain(std::iter::repeat_with(|| add(ItemKind::Problem)).take(PROBLEMS))
        .chain(std::iter::repeat_with(|| add(ItemKind::Commitment)).take(COMMITMENTS));
    for command in commands {
        replica.submit(command, CommandId(Uuid::now_v7()), clock::now());
    }
    timeout(PATIENCE, until_answered(&mut socket, &mut replica))
        .await
        .map_err(|_| Failure::Late("the mesa's items"))??;
    let there = texts::shown(&replica);
    let count = |kind| there.visible(kind, None).count();
    let found = count(ItemKind::Commitment) + count(ItemKind::Problem);
    if found < COMMITMENTS + PROBLEMS {
        return Err(Failure::NoTexts);
    }
    let _ = socket.close(None).await;
    Ok(Findings::new("furnish", Verdict::default()).with(
        "items",
        "commitments and problems",
        found as f64,
    ))
}

async fn until_answered(socket: &mut Socket, replica: &mut Replica) -> Result<(), Failure> {
    loop {
        let (_, frames) = replica.outgoing();
        for frame in frames {
            socket.send(Message::Binary(frame.into())).await?;
        }
        if replica.unanswered().next().is_none() {
            return Ok(());
        }
        if let Message::Binary(bytes) = socket.next().await.ok_or(Failure::Closed)?? {
            replica.receive(&bytes)?;
        }
    }
}
