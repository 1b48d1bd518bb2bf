//! The forms of those who prepare an exercise: what was typed, field by field, and what is wrong
//! with it. Plain data; what was typed always comes back.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most items of an agenda on the form.
pub const AGENDA_ROWS: u8 = 12;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
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
    /// Last day of the plan; empty: a year.
    Ends,
    /// The time zone.
    Zone,
    /// The working language.
    Language,
    /// The plan that commitments are aligned with.
    ReferencePlan,
    /// Its axes, one a line.
    Axes,
    /// How the actors decide.
    DecisionRule,
    /// Least number of actors present.
    Quorum,
    /// Least commitments that follow the money.
    FollowTheMoney,
    /// Least commitments aligned with the national plan.
    NationalPlan,
    /// Least commitments for local problems.
    Local,
    /// Least proactive commitments.
    Proactive,
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
    /// The phase of an item of the agenda, by its place from 1.
    AgendaPhase(u8),
    /// Its title.
    AgendaTitle(u8),
    /// Its minutes.
    AgendaMinutes(u8),
    /// Address of who keeps the personal data, for the privacy notice.
    Address,
    /// Where people exercise their rights over their data, for the privacy notice.
    Contact,
    /// The short notice.
    NoticeShort,
    /// The full notice.
    NoticeFull,
    /// The person's own name.
    OwnName,
    /// Their mail address.
    Mail,
    /// Their passphrase.
    Passphrase,
    /// The name of an organisation.
    Organisation,
    /// Its sector.
    Sector,
    /// Whether it signs.
    Signs,
    /// The person in its first seat.
    Holder,
    /// Their mail address.
    HolderMail,
    /// Their phone.
    HolderPhone,
    /// The person in its second seat.
    Alternate,
    /// Their mail address.
    AlternateMail,
    /// Their phone.
    AlternatePhone,
    /// A role of those who prepare and facilitate.
    Role,
    /// The mesa of that role; empty: all.
    RoleMesa,
}

impl Field {
    /// Those of an exercise's card.
    pub const EXERCISE: [Self; 16] = [
        Self::Name,
        Self::State,
        Self::Municipality,
        Self::Guarantor,
        Self::Starts,
        Self::Ends,
        Self::Zone,
        Self::Language,
        Self::ReferencePlan,
        Self::Axes,
        Self::DecisionRule,
        Self::Quorum,
        Self::FollowTheMoney,
        Self::NationalPlan,
        Self::Local,
        Self::Proactive,
    ];
    /// Those of a mesa's card but its agenda.
    pub const MESA: [Self; 6] =
        [Self::Theme, Self::Venue, Self::Day, Self::From, Self::To, Self::Mode];
    /// Those of an organisation and the people in its seats.
    pub const ACTOR: [Self; 9] = [
        Self::Organisation,
        Self::Sector,
        Self::Signs,
        Self::Holder,
        Self::HolderMail,
        Self::HolderPhone,
        Self::Alternate,
        Self::AlternateMail,
        Self::AlternatePhone,
    ];
    /// Those of a member of the staff.
    pub const STAFF: [Self; 4] = [Self::OwnName, Self::Mail, Self::Role, Self::RoleMesa];

    /// Those of an agenda.
    pub fn agenda() -> impl Iterator<Item = Self> {
        (1..=AGENDA_ROWS).flat_map(|row| {
            [Self::AgendaPhase(row), Self::AgendaTitle(row), Self::AgendaMinutes(row)]
        })
    }

    /// Those of the form that creates an exercise with its first mesa, in its order.
    pub fn creating() -> impl Iterator<Item = Self> {
        Self::EXERCISE.into_iter().chain(Self::MESA).chain([
            Self::Address,
            Self::Contact,
            Self::OwnName,
            Self::Mail,
            Self::Passphrase,
        ])
    }

    /// Its name in the form.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Name => "nombre",
            Self::State => "estado",
            Self::Municipality => "municipio",
            Self::Guarantor => "garante",
            Self::Starts => "inicia",
            Self::Ends => "acaba",
            Self::Zone => "zona",
            Self::Language => "idioma",
            Self::ReferencePlan => "referencia",
            Self::Axes => "ejes",
            Self::DecisionRule => "regla",
            Self::Quorum => "quorum",
            Self::FollowTheMoney => "dinero",
            Self::NationalPlan => "nacional",
            Self::Local => "local",
            Self::Proactive => "proactivo",
            Self::Theme => "tema",
            Self::Venue => "lugar",
            Self::Day => "dia",
            Self::From => "desde",
            Self::To => "hasta",
            Self::Mode => "modo",
            Self::AgendaPhase(row) => return Cow::Owned(format!("fase-{row}")),
            Self::AgendaTitle(row) => return Cow::Owned(format!("punto-{row}")),
            Self::AgendaMinutes(row) => return Cow::Owned(format!("minutos-{row}")),
            Self::Address => "domicilio",
            Self::Contact => "derechos",
            Self::NoticeShort => "breve",
            Self::NoticeFull => "integral",
            Self::OwnName => "persona",
            Self::Mail => "correo",
            Self::Passphrase => "frase",
            Self::Organisation => "organizacion",
            Self::Sector => "sector",
            Self::Signs => "firma",
            Self::Holder => "titular",
            Self::HolderMail => "correo-titular",
            Self::HolderPhone => "telefono-titular",
            Self::Alternate => "suplente",
            Self::AlternateMail => "correo-suplente",
            Self::AlternatePhone => "telefono-suplente",
            Self::Role => "papel",
            Self::RoleMesa => "mesa",
        })
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Missing,
    /// Too long, or with characters that can't be shown.
    NotPlain,
    /// Not a day.
    NotADay,
    /// Not a time of day.
    NotATime,
    /// It would end before it begins.
    EndsBefore,
    /// The plan would last more than a year.
    OverAYear,
    /// Not one of the choices.
    NotAChoice,
    /// Not a number from 0 to the greatest.
    NotACount {
        /// The greatest.
        most: u16,
    },
    /// Not a mail address.
    NotAnAddress,
    /// A passphrase of fewer than 12 characters.
    TooShort,
    /// A passphrase that many use, or that is easily guessed.
    TooCommon,
    /// Something else has it already.
    Taken,
    /// There are as many as there may be.
    Full,
    /// It was agreed on beforehand: once the read-out has begun it stays.
    Agreed,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What was typed, by field.
    pub typed: BTreeMap<Field, String>,
    /// What is wrong with it.
    pub problems: BTreeMap<Field, Problem>,
}

impl Form {
    /// What was typed in a field.
    pub fn text(&self, field: Field) -> &str {
        self.typed.get(&field).map_or("", String::as_str)
    }
}
