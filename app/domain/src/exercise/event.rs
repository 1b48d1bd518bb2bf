//! What happened to the exercise and its mesas as such.

use serde::{Deserialize, Serialize};

use super::together::{PlanMove, Standing};
use super::{Actor, Logo, LogoPlace, MesaCard, PlanCard, PrivacyNotice};
use crate::permission::Phase;
use crate::{Millis, Seq, StreamId};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A plan's stream begins.
    PlanOpened(Box<PlanCard>),
    /// A mesa feeds the plan.
    MesaGathered {
        /// Its stream.
        mesa: StreamId,
    },
    /// A mesa's stream begins.
    MesaOpened(Box<MesaCard>),
    /// An organisation has its seats.
    ActorSeated(Box<Actor>),
    /// In a plan's stream: the exercise has another privacy notice.
    NoticePublished(Box<PrivacyNotice>),
    /// In a plan's stream: a logo has another place, or none any more.
    LogoSet {
        /// Which place.
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
    /// In a plan's stream: a mesa stands otherwise than the plan knew (section 4: the plan gathers the mesas of its exercise).
    MesaStood {
        /// How it stands.
        standing: Box<Standing>,
        /// At which place of its own stream.
        seq: Seq,
    },
    /// In a plan's stream: someone who leads one of its mesas took the plan to another phase (section 4: read-out, conformity,
    /// signing and follow-up belong to the plan), or back to agreements.
    PlanMoved {
        /// At which mesa.
        mesa: StreamId,
        /// Which of that mesa's moves it is, from 1.
        number: u32,
        /// Where to: agreements or later.
        to: Phase,
        /// When, by the server's clock.
        at: Millis,
    },
    /// In a mesa's stream: what the plan's stream says of the other mesas, and where the mesa follows it to (section 2, fact 1).
    PlanStood {
        /// The other mesas by number.
        siblings: Vec<Standing>,
        /// At which place of the plan's stream.
        seq: Seq,
        /// The plan's move that the mesa follows.
        followed: Option<PlanMove>,
    },
}

impl Event {
    /// Name under which the log keeps it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PlanOpened(_) => "plan_opened",
            Self::MesaGathered { .. } => "mesa_gathered",
            Self::MesaOpened(_) => "mesa_opened",
            Self::ActorSeated(_) => "actor_seated",
            Self::NoticePublished(_) => "notice_published",
            Self::LogoSet { .. } => "logo_set",
            Self::MesaStood { .. } => "mesa_stood",
            Self::PlanMoved { .. } => "plan_moved",
            Self::PlanStood { .. } => "plan_stood",
        }
    }
}
