//! The server's own commands about the exercise and its mesas.

use super::card::{Actor, ExerciseCard, Logo, LogoPlace, MesaCard, NoticeText};
use super::sections::Sections;
use crate::MesaNumber;

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Begin an exercise's stream.
    OpenExercise(Box<ExerciseCard>),
    /// Add a mesa to the exercise.
    OpenMesa {
        /// Its number, from 1.
        mesa: MesaNumber,
        /// Its card.
        card: Box<MesaCard>,
    },
    /// Give an organisation its seats.
    SeatActor(Box<Actor>),
    /// Change the exercise's card. What was agreed on beforehand (quota, period of the plan,
    /// decision rule, quorum) stays once the plan's read-out has begun.
    AmendExercise(Box<ExerciseCard>),
    /// Change a mesa's card.
    AmendMesa {
        /// Its number.
        mesa: MesaNumber,
        /// Its card from now on.
        card: Box<MesaCard>,
    },
    /// Change an organisation: its name, its sector, whether it signs or no longer takes part,
    /// which of its seats acts. It keeps its number and its seats, and may get another one.
    AmendActor(Box<Actor>),
    /// Publish the exercise's privacy notice; the same texts as in the last version change nothing.
    PublishNotice {
        /// The short notice.
        short: NoticeText,
        /// The full notice.
        full: NoticeText,
    },
    /// Put a logo in a place, or remove the one there.
    SetLogo {
        /// Which place, up to [`LOGO_PLACES`](super::LOGO_PLACES).
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
    /// Write the optional sections of the plan's document. They are frozen with its texts, and stay
    /// from the read-out on.
    WriteSections(Box<Sections>),
}
