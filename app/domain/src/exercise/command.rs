//! What the server itself does to the exercise and its mesas as such.

use super::together::{PlanMove, Standing};
use super::{Actor, Logo, LogoPlace, MesaCard, NoticeText, PlanCard};
use crate::permission::Phase;
use crate::{Millis, PersonId, Seq, StreamId};

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Begin a plan's stream.
    OpenPlan(Box<PlanCard>),
    /// Note that a mesa feeds the plan.
    GatherMesa(StreamId),
    /// Begin a mesa's stream.
    OpenMesa(Box<MesaCard>),
    /// Give an organisation its seats.
    SeatActor(Box<Actor>),
    /// Publish the exercise's privacy notice, in a plan's stream; the same texts as those of the last version change nothing.
    PublishNotice {
        /// What the door says.
        short: NoticeText,
        /// All of it.
        full: NoticeText,
    },
    /// Give a logo its place, in a plan's stream, or take away what is there.
    SetLogo {
        /// Which place, up to [`LOGO_PLACES`](super::LOGO_PLACES).
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
    /// Note in a plan's stream how one of its mesas stands.
    NoteStanding {
        /// How it stands.
        standing: Box<Standing>,
        /// At which place of its own stream.
        seq: Seq,
    },
    /// Have a plan take a move that someone made at one of its mesas.
    TakeMove {
        /// At which mesa.
        mesa: StreamId,
        /// Which of that mesa's moves it is, from 1.
        number: u32,
        /// Where to.
        to: Phase,
        /// When, by the server's clock.
        at: Millis,
        /// Who made it, as far as the mesa's log says.
        by: Option<PersonId>,
    },
    /// Tell a mesa what its plan's stream says.
    Follow {
        /// The other mesas by number.
        siblings: Vec<Standing>,
        /// At which place of the plan's stream.
        seq: Seq,
        /// The plan's last move.
        last: Option<PlanMove>,
        /// How many of this mesa's own moves the plan has taken.
        taken: u32,
    },
}

impl ServerCommand {
    /// Who it is about.
    pub fn person(&self) -> Option<PersonId> {
        if let Self::TakeMove { by, .. } = self { *by } else { None }
    }
}
