//! Deciding commands about the pack.

use super::checklist::{Entry, Sender};
use super::command::{Receipt, ServerCommand, ToCount};
use super::event::Event;
use super::results::{MOST_RESULTS, Results};
use super::state::{Absence, File, FileNumber, Opening};
use crate::exercise::Exercise;
use crate::judge::when;
use crate::permission::{Action, Phase, Role, Scope, permitted};
use crate::rejection::Rejection;
use crate::{SeatId, ShortText};

/// Most files that stand at a time.
pub const MOST_FILES: usize = 60;
/// Most files that are ever sent.
pub const MOST_SENT: usize = 400;

/// Whether somebody with a role and a seat may send for a sender, at a mesa in this phase (section 3).
pub fn may_send(
    exercise: &Exercise,
    phase: Phase,
    (role, seat): (Role, Option<SeatId>),
    sender: Sender,
) -> bool {
    match permitted(Action::SendPack, phase, role) {
        Scope::Any => true,
        Scope::OwnSender => {
            let actor = seat.and_then(|seat| exercise.actor_of(seat));
            actor.is_some_and(|actor| !actor.withdrawn && actor.sector == sender.sector())
        }
        Scope::Nothing | Scope::Own | Scope::Led | Scope::PublicInstitution | Scope::OwnSeat => {
            false
        }
    }
}

/// Decides the server's own command.
pub(crate) fn decide_server(
    exercise: &Exercise,
    command: &ServerCommand,
) -> Result<Vec<Event>, Rejection> {
    let pack = &exercise.pack;
    match command {
        ServerCommand::Send(receipt) => send(exercise, receipt),
        ServerCommand::Withdraw { file, reason, at } => {
            let known = pack.file(*file).ok_or(Rejection::UnknownValue)?;
            let (file, reason, at) = (*file, reason.clone(), *at);
            Ok(when(known.end.is_none(), Event::Withdrawn { file, reason, at }))
        }
        ServerCommand::Declare { entry, reason: None, .. } => {
            Ok(when(pack.absence(*entry).is_some(), Event::Expected { entry: *entry }))
        }
        ServerCommand::Declare { entry, reason: Some(reason), at, by } => {
            if pack.of(*entry).next().is_some() {
                return Err(Rejection::UnknownValue);
            }
            let same = pack.absence(*entry).is_some_and(|absence| absence.reason == *reason);
            let absence = Absence { entry: *entry, reason: reason.clone(), at: *at, by: *by };
            Ok(when(!same, Event::Absent(Box::new(absence))))
        }
        ServerCommand::Open { file, by, at } => {
            pack.file(*file).ok_or(Rejection::UnknownValue)?;
            let opening = Opening { file: *file, by: *by, at: *at };
            Ok(when(!pack.has_opened(by.person, *file), Event::Opened(opening)))
        }
        ServerCommand::Count(what) => count(exercise, what),
        ServerCommand::DropCount { results } => {
            let known = pack.results.iter().any(|one| one.number == *results);
            Ok(when(known, Event::CountDropped { results: *results }))
        }
    }
}

fn send(exercise: &Exercise, receipt: &Receipt) -> Result<Vec<Event>, Rejection> {
    let pack = &exercise.pack;
    let (entry, digest) = (receipt.entry, receipt.digest);
    if pack.of(entry).any(|file| file.digest == digest) {
        return Ok(Vec::new());
    }
    if let Some(replaced) = receipt.replaces {
        let known = pack.file(replaced).filter(|known| known.end.is_none());
        known.filter(|known| known.entry == entry).ok_or(Rejection::UnknownValue)?;
    }
    let standing = pack.standing().count();
    for (is_full, limit) in [
        (receipt.replaces.is_none() && standing >= MOST_FILES, MOST_FILES),
        (pack.files.len() >= MOST_SENT, MOST_SENT),
    ] {
        if is_full {
            return Err(Rejection::TooMany { limit: u32::try_from(limit).unwrap_or(u32::MAX) });
        }
    }
    let number = next(pack.files.last().map(|file| file.number), &receipt.name)?;
    let Receipt { entry, name, kind, size, digest, at, by, replaces } = receipt.clone();
    let file = File { number, entry, name, kind, size, digest, at, by, replaces, end: None };
    Ok(vec![Event::Sent(Box::new(file))])
}

fn count(exercise: &Exercise, what: &ToCount) -> Result<Vec<Event>, Rejection> {
    let pack = &exercise.pack;
    let stands = pack.standing().any(|file| file.number == what.file && file.digest == what.digest);
    if !stands || !what.counted.is_possible() {
        return Err(Rejection::UnknownValue);
    }
    let before = pack.results.iter().find(|one| one.file == what.file);
    if before.is_some_and(|before| before.counted == what.counted) {
        return Ok(Vec::new());
    }
    // Those of a file that no longer stands aren't shown, and make room.
    let others = pack.shown_results().filter(|one| one.file != what.file);
    if others.count() >= MOST_RESULTS {
        let limit = u32::try_from(MOST_RESULTS).unwrap_or(u32::MAX);
        return Err(Rejection::TooMany { limit });
    }
    let number =
        pack.results.iter().map(|one| one.number).max().map_or(Some(1), |last| last.checked_add(1));
    let number = number.ok_or(Rejection::UnknownValue)?;
    let ToCount { file, digest, at, by, counted } = what.clone();
    Ok(vec![Event::Counted(Box::new(Results { number, file, digest, at, by, counted }))])
}

/// The number after the last; a file has a name.
fn next(last: Option<FileNumber>, name: &ShortText) -> Result<FileNumber, Rejection> {
    let next = last.map_or(Some(1), |last| last.checked_add(1));
    next.filter(|_| !name.is_empty()).ok_or(Rejection::UnknownValue)
}

impl Entry {
    /// Whether somebody may answer it: as [`may_send`] of its sender.
    pub fn may_be_sent(
        self,
        exercise: &Exercise,
        phase: Phase,
        who: (Role, Option<SeatId>),
    ) -> bool {
        may_send(exercise, phase, who, self.sender())
    }
}
