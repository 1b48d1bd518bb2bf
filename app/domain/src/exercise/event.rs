//! Events about the exercise and its mesas.

use serde::{Deserialize, Serialize};

use super::card::{Actor, ExerciseCard, Logo, LogoPlace, MesaCard, PrivacyNotice};
use super::sections::Sections;
use crate::MesaNumber;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The exercise is as this card says from now on; the first one opens it.
    ExerciseDescribed(Box<ExerciseCard>),
    /// A mesa is as this card says from now on; the first one opens it.
    MesaDescribed {
        /// Its number.
        mesa: MesaNumber,
        /// Its card.
        card: Box<MesaCard>,
    },
    /// An organisation and its seats are as this says from now on.
    ActorDescribed(Box<Actor>),
    /// The exercise has another privacy notice.
    NoticePublished(Box<PrivacyNotice>),
    /// A place has another logo, or none.
    LogoSet {
        /// Which place.
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
    /// The optional sections of the plan's document say this from now on.
    SectionsWritten(Box<Sections>),
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ExerciseDescribed(_) => "exercise_described",
            Self::MesaDescribed { .. } => "mesa_described",
            Self::ActorDescribed(_) => "actor_described",
            Self::NoticePublished(_) => "notice_published",
            Self::LogoSet { .. } => "logo_set",
            Self::SectionsWritten(_) => "sections_written",
        }
    }
}
