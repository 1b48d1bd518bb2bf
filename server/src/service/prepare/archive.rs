//! An exercise as a file: its data, rules, mesas, organisations, notice and the sections of its plan,
//! without people and without what was written at the mesas. With it the next one begins.

use std::collections::BTreeMap;

use app::page::form::Field;
use domain::deliberation::period::year_from;
use domain::exercise::sector::is_possible;
use domain::exercise::{NoticeText, Sections, Sector, SectorName};
use domain::{Exercise, ExerciseCard, MesaCard, ShortText};
use serde::{Deserialize, Serialize};

use crate::service::form::of_exercise;

/// Version of the file.
const VERSION: u16 = 1;
/// Most bytes of a file.
pub const BYTES: usize = 512 * 1_024;
/// Most mesas and organisations of one.
const MOST: usize = 200;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Its version.
    mesa_abierta_exercise: u16,
    /// The exercise's card.
    exercise: ExerciseCard,
    /// The mesas' cards, in order.
    mesas: Vec<MesaCard>,
    /// The organisations, in order.
    actors: Vec<ArchivedActor>,
    /// The privacy notice.
    notice: Option<ArchivedNotice>,
    /// The optional sections of the plan's document.
    #[serde(default)]
    sections: Sections,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedActor {
    /// Its name.
    pub organisation: ShortText,
    /// Its sector.
    pub sector: Sector,
    /// Whether it signs.
    pub signs: bool,
}

/// A privacy notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedNotice {
    /// The short notice.
    pub short: NoticeText,
    /// The full one.
    pub full: NoticeText,
}

/// Why a file can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// It isn't such a file, or its content isn't possible.
    #[error("not an exercise's file")]
    Unknown,
    /// A later program wrote it.
    #[error("the file is of version {0}")]
    Later(u16),
}

impl Archive {
    /// The file of an exercise; none: it has no card.
    pub fn of(seen: &Exercise) -> Option<Self> {
        let exercise = seen.card.as_deref()?.clone();
        let mesas = seen.mesas.values().filter_map(|mesa| mesa.card.as_deref().cloned()).collect();
        let actors = seen.actors.iter().filter(|actor| !actor.withdrawn);
        let actors = actors.map(|actor| ArchivedActor {
            organisation: actor.organisation.clone(),
            sector: actor.sector,
            signs: actor.signs,
        });
        let notice = seen.notices.last().map(|notice| ArchivedNotice {
            short: notice.short.clone(),
            full: notice.full.clone(),
        });
        // What is made of it is a town's own.
        let exercise = ExerciseCard { sample: false, ..exercise };
        let (actors, sections) = (actors.collect(), seen.sections.as_ref().clone());
        Some(Self { mesa_abierta_exercise: VERSION, exercise, mesas, actors, notice, sections })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn read(bytes: &[u8]) -> Result<Self, ArchiveError> {
        #[derive(Deserialize)]
        struct Versioned {
            mesa_abierta_exercise: u16,
        }
        if bytes.len() > BYTES {
            return Err(ArchiveError::Unknown);
        }
        let versioned: Versioned =
            serde_json::from_slice(bytes).map_err(|_| ArchiveError::Unknown)?;
        if versioned.mesa_abierta_exercise > VERSION {
            return Err(ArchiveError::Later(versioned.mesa_abierta_exercise));
        }
        let archive: Self = serde_json::from_slice(bytes).map_err(|_| ArchiveError::Unknown)?;
        let in_a_sector =
            |actor: &ArchivedActor| archive.exercise.sector_name(actor.sector).is_some();
        let possible = archive.mesas.len() <= MOST
            && archive.actors.len() <= MOST
            && is_possible(&archive.exercise.sectors)
            && archive.sections.is_possible()
            && archive.actors.iter().all(in_a_sector);
        if possible { Ok(archive) } else { Err(ArchiveError::Unknown) }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("plain data always serialises")
    }

    /// What it fills in of the form that creates an exercise: the plan follows on the one before,
    /// and the day of the mesa is left open.
    pub fn fill(&self) -> BTreeMap<Field, String> {
        let starts = self.exercise.ends.next_day().unwrap_or(self.exercise.starts);
        let next = ExerciseCard { starts, ends: year_from(starts), ..self.exercise.clone() };
        let mut typed = of_exercise(&next);
        if let Some(mesa) = self.mesas.first() {
            let of_mesa = crate::service::form::of_mesa(mesa, self.exercise.time_zone.as_str());
            let kept = of_mesa.into_iter().filter(|(field, _)| {
                matches!(field, Field::Theme | Field::Venue | Field::From | Field::To | Field::Mode)
            });
            typed.extend(kept);
        }
        typed
    }

    /// The sectors.
    pub fn sectors(&self) -> Vec<SectorName> {
        self.exercise.sectors.clone()
    }

    /// The agenda of the first mesa.
    pub fn agenda(&self) -> Option<Vec<domain::exercise::AgendaItem>> {
        self.mesas.first().map(|mesa| mesa.agenda.clone())
    }

    /// The mesas after the first.
    pub fn other_mesas(&self) -> impl Iterator<Item = &MesaCard> {
        self.mesas.iter().skip(1)
    }

    /// The organisations.
    pub fn actors(&self) -> &[ArchivedActor] {
        &self.actors
    }

    /// The optional sections of the plan's document.
    pub fn sections(&self) -> &Sections {
        &self.sections
    }

    /// The notice.
    pub fn notice(&self) -> Option<&ArchivedNotice> {
        self.notice.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_such_file_is_refused() {
        for text in ["", "{}", "[]", r#"{"mesa_abierta_exercise":1}"#, "PK\u{3}\u{4}"] {
            assert_eq!(Archive::read(text.as_bytes()), Err(ArchiveError::Unknown), "{text}");
        }
        let later = r#"{"mesa_abierta_exercise":2,"anything":[]}"#;
        assert_eq!(Archive::read(later.as_bytes()), Err(ArchiveError::Later(2)));
        assert_eq!(Archive::read(&vec![b' '; BYTES + 1]), Err(ArchiveError::Unknown));
    }
}
