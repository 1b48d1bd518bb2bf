//! What happened to the exercise and its mesas as such.

use serde::{Deserialize, Serialize};

use super::card::{Actor, ExerciseCard, Logo, LogoPlace, MesaCard, PrivacyNotice};
use crate::MesaNumber;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The exercise's stream begins.
    ExerciseOpened(Box<ExerciseCard>),
    /// The exercise has another mesa.
    MesaOpened {
        /// Its number.
        mesa: MesaNumber,
        /// What is set of it.
        card: Box<MesaCard>,
    },
    /// An organisation has its seats.
    ActorSeated(Box<Actor>),
    /// The exercise has another privacy notice.
    NoticePublished(Box<PrivacyNotice>),
    /// A logo has another place, or none any more.
    LogoSet {
        /// Which place.
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
}

impl Event {
    /// Name under which the log keeps it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ExerciseOpened(_) => "exercise_opened",
            Self::MesaOpened { .. } => "mesa_opened",
            Self::ActorSeated(_) => "actor_seated",
            Self::NoticePublished(_) => "notice_published",
            Self::LogoSet { .. } => "logo_set",
        }
    }
}
