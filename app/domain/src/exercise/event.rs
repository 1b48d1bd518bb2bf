//! Events about the exercise and its mesas.

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
        /// Its card.
        card: Box<MesaCard>,
    },
    /// An organisation has its seats.
    ActorSeated(Box<Actor>),
    /// The exercise has another privacy notice.
    NoticePublished(Box<PrivacyNotice>),
    /// A place has another logo, or none.
    LogoSet {
        /// Which place.
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
}

impl Event {
    /// The event's name in the log.
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
