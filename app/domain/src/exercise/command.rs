//! What the server itself does to the exercise and its mesas as such.

use super::card::{Actor, ExerciseCard, Logo, LogoPlace, MesaCard, NoticeText};
use crate::MesaNumber;

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Begin an exercise's stream.
    OpenExercise(Box<ExerciseCard>),
    /// Give the exercise another mesa.
    OpenMesa {
        /// Its number, from 1.
        mesa: MesaNumber,
        /// What is set of it.
        card: Box<MesaCard>,
    },
    /// Give an organisation its seats.
    SeatActor(Box<Actor>),
    /// Publish the exercise's privacy notice; the same texts as those of the last version change
    /// nothing.
    PublishNotice {
        /// What the door says.
        short: NoticeText,
        /// All of it.
        full: NoticeText,
    },
    /// Give a logo its place, or take away what is there.
    SetLogo {
        /// Which place, up to [`LOGO_PLACES`](super::LOGO_PLACES).
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
}
