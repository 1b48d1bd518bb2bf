//! Scans of the copy of a plan that was signed on paper: judged by their content, kept as they are, and
//! shown as pictures that a child process draws.

use std::sync::Arc;

use app::page::paper::{Done, Paper, ScanProblem};
use bytes::Bytes;
use document::{Failure, Pdf, RenderError, Request, ScanPage};
use domain::agreement::VersionNumber;
use domain::agreement::signing::{
    MOST_SCAN_PAGES, MOST_SCANS, Mark, Noted, Scan, ScanCommand, ScanKind, ServerCommand,
};
use domain::{Digest, Exercise, MesaId, PersonId, Rejection, ShortText, StreamId};
use futures_util::{Stream, StreamExt, stream};
use sha2::{Digest as _, Sha256};
use store::PutError;

use super::document::{DocumentError, folio};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::room;

/// Most bytes of a scan.
pub const MOST_BYTES: usize = 30 * 1024 * 1024;
/// Bytes by which a file is judged.
const HEAD: usize = 1024;

/// Why a scan isn't attached.
#[derive(Debug)]
pub enum AttachError {
    /// The file, or what there is, doesn't allow it.
    Refused(ScanProblem),
    /// An unexpected failure.
    Failed(Unexpected),
}

impl<E: Into<Unexpected>> From<E> for AttachError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The page of a mesa's desk.
pub fn page(seen: &Exercise, mesa: MesaId, done: Option<Done>) -> Paper {
    let card = seen.card.as_deref();
    let zone = card.map_or("UTC", |card| card.time_zone.as_str());
    let round = seen.plan.round();
    let is_on_paper =
        |mark: &Mark| matches!(mark, Mark::Noted { noted: Noted::Paper | Noted::Fingerprint, .. });
    let on_paper = round.into_iter().flat_map(|round| &round.slots);
    let on_paper = on_paper.filter(|(_, slot)| slot.mark.as_ref().is_some_and(is_on_paper));
    let organisation = |number| {
        let actor = seen.actors.iter().find(|actor| actor.number == number);
        actor.map(|actor| actor.organisation.to_string())
    };
    let scans = round.into_iter().flat_map(|round| &round.scans);
    Paper {
        mesa,
        name: card.map(|card| card.name.to_string()).unwrap_or_default(),
        folio: folio(seen, mesa.exercise),
        version: round.map(|round| round.version),
        on_paper: on_paper.filter_map(|(actor, _)| organisation(*actor)).collect(),
        scans: scans.map(|scan| (scan.clone(), clock::day_and_time(zone, scan.at))).collect(),
        scanned: round.and_then(domain::agreement::signing::Round::scanned),
        done,
    }
}

/// Attaches a file that is being sent to the version that is signed now; returns its SHA-256. Whoever asks
/// has to be allowed to.
///
/// # Errors
/// [`AttachError`].
pub async fn attach<E>(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    version: VersionNumber,
    name: &str,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Digest, AttachError> {
    let refused = |problem| Err(AttachError::Refused(problem));
    let (seen, _) = state.rooms.look(stream).await?.ok_or(store::StoreError::NotFound)?;
    let Some(round) = seen.plan.round().filter(|round| round.version == version) else {
        return refused(ScanProblem::OtherVersion);
    };
    if round.scans.len() >= MOST_SCANS {
        return refused(ScanProblem::TooMany);
    }
    let (file, kind) = read(bytes).await.map_err(AttachError::Refused)?;
    let digest = Digest(Sha256::digest(&file).into());
    if round.scan(digest).is_some() {
        return refused(ScanProblem::Twice);
    }
    let pages = match kind {
        ScanKind::Heic => 0,
        ScanKind::Pdf | ScanKind::Jpeg | ScanKind::Png => {
            match state.documents.render(&Request::Scan(ScanPage::new(&file, 1))).await {
                Ok(shown) => u16::try_from(shown.pages).unwrap_or(u16::MAX),
                Err(RenderError::Failed(Failure::Locked)) => return refused(ScanProblem::Locked),
                Err(RenderError::Busy) => return refused(ScanProblem::Busy),
                Err(RenderError::Unusable(error)) => {
                    return Err(DocumentError::from(RenderError::Unusable(error)).into());
                }
                // Damaged, or so large that it can't be unpacked within the limits.
                Err(_) => return refused(ScanProblem::NotShown),
            }
        }
    };
    if pages > MOST_SCAN_PAGES {
        return refused(ScanProblem::TooMany);
    }
    // The file is stored first, so that what the log refers to exists.
    let parts = stream::iter([Ok::<_, std::io::Error>(file)]);
    let now = clock::now();
    match state.store.put_blob(clock::new_id(), now, MOST_BYTES as u64, parts).await {
        Ok(_) => {}
        Err(PutError::Store(error)) => return Err(error.into()),
        Err(_) => return refused(ScanProblem::TooLarge),
    }
    let name = named(name);
    let scan = Scan { file: digest, name, kind, pages, initialled: None, at: now };
    match enter(state, stream, by, version, ScanCommand::Attach(scan)).await? {
        Ok(()) => Ok(digest),
        Err(_) => refused(ScanProblem::TooMany),
    }
}

/// Declares which pages of a scan bear initials, or takes it away. Whoever asks has to be allowed to.
///
/// # Errors
/// [`Unexpected`].
pub async fn enter(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    version: VersionNumber,
    command: ScanCommand,
) -> Result<Result<(), Rejection>, Unexpected> {
    let room = state.rooms.get(stream).await?;
    let commands = vec![domain::ServerCommand::Signing(ServerCommand::Scan { version, command })];
    let by = Some(by);
    Ok(room.ask(|reply| room::Request::Enter { commands, people: Vec::new(), by, reply }).await?)
}

/// A page of a scan as a JPEG; none: the file isn't there.
///
/// # Errors
/// [`Unexpected`].
pub async fn picture(
    state: &AppState,
    file: Digest,
    page: usize,
) -> Result<Option<Arc<Pdf>>, Unexpected> {
    let Some(bytes) = state.store.whole_blob(file).await? else { return Ok(None) };
    match state.documents.render(&Request::Scan(ScanPage::new(&bytes, page))).await {
        Ok(shown) => Ok(Some(shown)),
        Err(RenderError::Failed(Failure::NotShown)) => Ok(None),
        Err(error) => Err(DocumentError::from(error).into()),
    }
}

/// All bytes of a file, and what it is.
async fn read<E>(
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<(Vec<u8>, ScanKind), ScanProblem> {
    let mut bytes = std::pin::pin!(bytes);
    let (mut file, mut kind) = (Vec::new(), None);
    while let Some(part) = bytes.next().await {
        let part = part.map_err(|_| ScanProblem::CutOff)?;
        if file.len() + part.len() > MOST_BYTES {
            return Err(ScanProblem::TooLarge);
        }
        file.extend_from_slice(&part);
        // What isn't taken is known before the rest of it came.
        if kind.is_none() && file.len() >= HEAD {
            kind = Some(ScanKind::of(&file).ok_or(ScanProblem::Unknown)?);
        }
    }
    if file.is_empty() {
        return Err(ScanProblem::Missing);
    }
    let kind = kind.or_else(|| ScanKind::of(&file)).ok_or(ScanProblem::Unknown)?;
    Ok((file, kind))
}

/// A file's name as it was given, without folders and what no text may hold.
fn named(name: &str) -> ShortText {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = composed(last).chars().filter(|letter| !letter.is_control()).collect();
    let cut: String = plain.trim().chars().take(120).collect();
    ShortText::parse(&cut).ok().filter(|name| !name.is_empty()).unwrap_or_else(unnamed)
}

fn unnamed() -> ShortText {
    ShortText::parse(app::text::paper::UNNAMED).unwrap_or_default()
}
