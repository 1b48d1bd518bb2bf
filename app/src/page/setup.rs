//! The form that creates an exercise with its first mesa, and the page of its seats and links.

use std::collections::BTreeMap;

use domain::exercise::Sector;

use super::plain::MesaLink;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetupField {
    /// The exercise's name.
    Name,
    /// The state of the federation.
    State,
    /// The municipality.
    Municipality,
    /// The guarantor body.
    Guarantor,
    /// First day of the plan.
    Starts,
    /// The time zone.
    Zone,
    /// The mesa's theme.
    Theme,
    /// Where it meets.
    Venue,
    /// On which day.
    Day,
    /// From when.
    From,
    /// Until when.
    To,
    /// In the room, remotely or both.
    Mode,
    /// Least commitments that follow the money.
    FollowTheMoney,
    /// Least commitments aligned with the national plan.
    NationalPlan,
    /// Least commitments for local problems.
    Local,
    /// Least proactive commitments.
    Proactive,
    /// Address of who keeps the personal data, for the privacy notice.
    Address,
    /// Where people exercise their rights over their data, for the privacy notice.
    Contact,
}

impl SetupField {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::State,
        Self::Municipality,
        Self::Guarantor,
        Self::Starts,
        Self::Zone,
        Self::Theme,
        Self::Venue,
        Self::Day,
        Self::From,
        Self::To,
        Self::Mode,
        Self::FollowTheMoney,
        Self::NationalPlan,
        Self::Local,
        Self::Proactive,
        Self::Address,
        Self::Contact,
    ];

    /// Its name in the form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "nombre",
            Self::State => "estado",
            Self::Municipality => "municipio",
            Self::Guarantor => "garante",
            Self::Starts => "inicia",
            Self::Zone => "zona",
            Self::Theme => "tema",
            Self::Venue => "lugar",
            Self::Day => "dia",
            Self::From => "desde",
            Self::To => "hasta",
            Self::Mode => "modo",
            Self::FollowTheMoney => "dinero",
            Self::NationalPlan => "nacional",
            Self::Local => "local",
            Self::Proactive => "proactivo",
            Self::Address => "domicilio",
            Self::Contact => "derechos",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupProblem {
    /// Nothing was typed.
    Missing,
    /// Too long, or with characters that can't be shown.
    NotPlain,
    /// Not a day.
    NotADay,
    /// Not a time of day.
    NotATime,
    /// The mesa would end before it begins.
    EndsBefore,
    /// Not one of the choices.
    NotAChoice,
    /// Not a number from 0 to 50.
    NotACount,
}

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// What was typed, by field.
    pub typed: BTreeMap<SetupField, String>,
    /// What is wrong with it.
    pub problems: BTreeMap<SetupField, SetupProblem>,
    /// Whether the sample can be loaded instead: there is no exercise yet.
    pub offers_sample: bool,
}

/// The seats of an exercise, with links that were just made for one of its mesas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seats {
    /// The mesa.
    pub mesa: MesaLink,
    /// The organisations, in order of their numbers.
    pub actors: Vec<SeatedActor>,
    /// The organisation that was typed and couldn't be added.
    pub typed: String,
    /// Why it couldn't.
    pub problem: Option<SeatProblem>,
    /// The personal links that were just made; each is shown only now.
    pub cards: Vec<SeatCard>,
}

/// An organisation with a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatedActor {
    /// Its name.
    pub organisation: String,
    /// Its sector.
    pub sector: Sector,
    /// Whether it signs the plan.
    pub signs: bool,
}

/// A personal link on a card to be cut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatCard {
    /// Whose seat it is.
    pub organisation: String,
    /// The link.
    pub url: String,
    /// The link as a QR code, an SVG made by the server.
    pub qr_svg: String,
}

/// Why an organisation can't be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatProblem {
    /// It has no name.
    Missing,
    /// Its name is too long or has characters that can't be shown.
    NotPlain,
    /// It has a seat already.
    Known,
    /// There are as many as an exercise may have.
    Full,
}
