//! The exercise's documents: the plan from its frozen text, the minutes and the list of attendance
//! from the state, set by a child process (crate `document`).

mod attendance;
mod floor;
pub(crate) mod kept;
mod minutes;
mod pack;
mod pal;
mod people;
mod priority;
mod sections;
mod signed;
mod slots;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::agreement::{Version, VersionNumber};
use domain::{Exercise, MesaNumber, Millis, StreamId};
use store::{Store, StoreError};

use crate::clock;
use crate::service::sealing;
use people::People;

/// Bytes of address space that a document may take.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// How long one may take.
const TIME: Duration = Duration::from_secs(30);
/// How many are made at once: the other core is for the mesas.
const AT_ONCE: usize = 1;
/// How many different ones may wait.
const MOST: usize = 32;
/// The command with which this program is a document's child.
pub const WORKER: &str = "document-worker";

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The plan before it is frozen.
    Draft,
    /// A version of the plan, with everything.
    Full(VersionNumber),
    /// The same as it may be published.
    Public(VersionNumber),
    /// The same to be signed on paper.
    Paper(VersionNumber),
    /// The minutes of a mesa.
    Minutes(MesaNumber),
    /// The list of attendance of a mesa.
    Attendance(MesaNumber),
}

/// What a document is made from.
pub struct Source<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Its stream.
    pub stream: StreamId,
    /// The base address of this server, as `http://192.168.1.5:3000`.
    pub base: &'a str,
    /// The present time.
    pub now: Millis,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// There is no such version or mesa.
    #[error("there is no such document")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It can't be made, or not now.
    #[error(transparent)]
    Render(#[from] document::RenderError),
    /// It can't be stored.
    #[error(transparent)]
    Put(#[from] store::PutError),
}

/// What sets documents. `program` is the one that answers to [`WORKER`]; none: this one.
pub fn renderer(program: Option<PathBuf>) -> document::Renderer {
    let program = program.or_else(|| std::env::current_exe().ok()).unwrap_or_default();
    document::Renderer::new(document::Workshop {
        program,
        arguments: vec![WORKER.into()],
        memory_bytes: MEMORY,
        time: TIME,
        at_once: AT_ONCE,
        most: MOST,
    })
}

impl Source<'_> {
    /// A document: of a version that is signed the sealed one, of one that is frozen the stored one,
    /// if there is one. Otherwise it is made, and stored.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub async fn make(
        &self,
        store: &Store,
        renderer: &document::Renderer,
        kind: Kind,
    ) -> Result<Arc<document::Pdf>, DocumentError> {
        if let Kind::Full(version) = kind
            && let Some(document) = self.sealed(store, version).await?
            && let Some(pdf) = kept::read(store, &document).await?
        {
            return Ok(pdf);
        }
        let request = self.request(store, kind).await?;
        self.kept(store, renderer, kind, &request).await
    }

    /// The sealed document with which the signing of a version ended. One that was sealed while somebody
    /// signed isn't it; nor is what another node sealed in the same moment, even if it came last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed(
        &self,
        store: &Store,
        version: VersionNumber,
    ) -> Result<Option<store::Document>, StoreError> {
        let Some(round) = self.exercise.plan.round_of(version) else {
            return sealing::sealed(store, self.stream, version).await;
        };
        let Some(seal) = round.seal else { return Ok(None) };
        let documents = store.documents(self.stream).await?;
        let is_it = |it: &store::Document| it.seal.is_some() && it.file == seal.document;
        Ok(documents.into_iter().find(is_it))
    }

    /// What a document is made from.
    ///
    /// # Errors
    /// [`DocumentError::NotFound`], and when the store fails.
    pub async fn request(
        &self,
        store: &Store,
        kind: Kind,
    ) -> Result<document::Request, DocumentError> {
        if let Kind::Full(version) = kind
            && let Some(round) = self.exercise.plan.round_of(version)
        {
            let (plan, _) = self.to_sign(store, round).await?;
            return Ok(document::Request::Pal(Box::new(plan)));
        }
        let people = People::of(store, self.exercise).await?;
        let request = match kind {
            Kind::Draft => self.draft(&people),
            Kind::Full(_) | Kind::Public(_) | Kind::Paper(_) => {
                let logos = pal::logos(store, self.exercise).await?;
                self.plan(kind, &people, logos)
            }
            Kind::Minutes(mesa) => self.minutes(mesa, &people),
            Kind::Attendance(mesa) => self.attendance(mesa, &people),
        };
        request.ok_or(DocumentError::NotFound)
    }

    fn version(&self, number: VersionNumber) -> Option<&Version> {
        self.exercise.plan.version_numbered(number)
    }

    fn zone(&self) -> &str {
        self.exercise.card.as_deref().map_or("UTC", |card| card.time_zone.as_str())
    }

    /// A moment by the exercise's clock.
    fn moment(&self, at: Millis) -> document::Moment {
        let ahead = clock::zone(self.zone(), at).map_or(0, |zone| zone.ahead / 60);
        document::Moment { ms: at, offset_minutes: i16::try_from(ahead).unwrap_or_default() }
    }

    /// What the exercise calls a sector; none: people who speak for no organisation with a seat.
    fn sector(&self, sector: Option<domain::exercise::Sector>) -> String {
        let named = sector.and_then(|sector| self.exercise.card.as_deref()?.sector_name(sector));
        named.unwrap_or(app::text::agreement::OTHERS).to_owned()
    }

    fn exercise(&self) -> Option<document::Exercise> {
        let card = self.exercise.card.as_deref()?;
        Some(document::Exercise {
            name: card.name.to_string(),
            municipality: card.municipality.to_string(),
            state: card.state.to_string(),
            guarantor: card.guarantor.to_string(),
            reference_plan: card.reference_plan.to_string(),
        })
    }

    /// What says which text a document is of.
    fn stamp(&self, version: &Version) -> Option<document::Stamp> {
        Some(document::Stamp {
            folio: folio(self.exercise, self.stream),
            version: version.number.into(),
            frozen: self.moment(version.at),
            code: version.digest.to_string(),
            address: format!("{}{}", self.base, app::address::plan(self.stream)),
            canonical: version.text.as_deref()?.to_owned(),
        })
    }
}

/// The folio of an exercise's plan: its year and six letters of its own, as `PAL-2026-K7M4QX`.
pub fn folio(exercise: &Exercise, stream: StreamId) -> String {
    let year = exercise.card.as_deref().map_or(0, |card| card.starts.year());
    format!("PAL-{year}-{}", clock::letters_of(stream.0.as_bytes(), 6))
}

/// A day as documents take it.
fn day(day: domain::Date) -> document::Date {
    document::Date {
        year: u16::try_from(day.year()).unwrap_or_default(),
        month: day.month().into(),
        day: day.day(),
    }
}
