//! The forms of those who prepare an exercise: what was typed, field by field, and what is wrong
//! with it. Plain data; what was typed always comes back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::codes::{Coded, Parsed};
use domain::exercise::Sector;

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
    /// What a sector is called, by its place among [`Sector::VALUES`]; empty: there is none.
    SectorName(u8),
    /// How the actors decide.
    DecisionRule,
    /// Least number of actors present.
    Quorum,
    /// Whether answers about conformity are secret until the question is closed.
    Secret,
    /// Least commitments that follow the money.
    FollowTheMoney,
    /// Least commitments aligned with the national plan.
    NationalPlan,
    /// Least commitments for local problems.
    Local,
    /// Least proactive commitments.
    Proactive,
    /// How many days before a mesa everybody has the information pack; 0: nothing is agreed on.
    NoticeDays,
    /// Which days count.
    NoticeKind,
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
    /// *Contexto* of the plan's document.
    Context,
    /// *Cómo se construyó*.
    HowItWasMade,
    /// *Marco normativo*, an entry a line.
    LegalFramework,
    /// *Definiciones*, a word with its meaning a line.
    Definitions,
    /// *Objetivo estratégico*.
    StrategicObjective,
    /// *Objetivos específicos*, one a line.
    SpecificObjectives,
    /// *Medición*.
    Measurement,
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
    /// The name of a mail server.
    MailHost,
    /// Its port; empty: the usual one.
    MailPort,
    /// How the connection to it is protected.
    MailSecurity,
    /// With which user; empty: it isn't asked for one.
    MailUser,
    /// With which password; empty: the one that is kept.
    MailPassword,
    /// The sender of letters.
    MailSender,
}

impl Field {
    /// Those of an exercise's card.
    pub const EXERCISE: [Self; 19] = [
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
        Self::Secret,
        Self::FollowTheMoney,
        Self::NationalPlan,
        Self::Local,
        Self::Proactive,
        Self::NoticeDays,
        Self::NoticeKind,
    ];
    /// Those of a mesa's card but its agenda.
    pub const MESA: [Self; 6] =
        [Self::Theme, Self::Venue, Self::Day, Self::From, Self::To, Self::Mode];
    /// The optional sections of the plan's document, as they come in it.
    pub const SECTIONS: [Self; 7] = [
        Self::Context,
        Self::HowItWasMade,
        Self::LegalFramework,
        Self::Definitions,
        Self::StrategicObjective,
        Self::SpecificObjectives,
        Self::Measurement,
    ];
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

    /// Those of a mail server.
    pub const MAIL_SERVER: [Self; 6] = [
        Self::MailHost,
        Self::MailSecurity,
        Self::MailPort,
        Self::MailUser,
        Self::MailPassword,
        Self::MailSender,
    ];

    /// Those of the exercise's sectors.
    pub fn sectors() -> impl Iterator<Item = Self> {
        (0_u8..).zip(Sector::VALUES).map(|(place, _)| Self::SectorName(place))
    }

    /// The sector whose name it is.
    pub fn sector(self) -> Option<Sector> {
        let Self::SectorName(place) = self else { return None };
        Sector::VALUES.get(usize::from(place)).copied()
    }

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
            Self::SectorName(_) => {
                let code = self.sector().map_or("", |sector| sector.code());
                return Cow::Owned(format!("sector-{code}"));
            }
            Self::DecisionRule => "regla",
            Self::Quorum => "quorum",
            Self::Secret => "secreta",
            Self::FollowTheMoney => "dinero",
            Self::NationalPlan => "nacional",
            Self::Local => "local",
            Self::Proactive => "proactivo",
            Self::NoticeDays => "anticipacion",
            Self::NoticeKind => "dias",
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
            Self::Context => "contexto",
            Self::HowItWasMade => "construccion",
            Self::LegalFramework => "marco",
            Self::Definitions => "definiciones",
            Self::StrategicObjective => "estrategico",
            Self::SpecificObjectives => "especificos",
            Self::Measurement => "medicion",
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
            Self::MailHost => "servidor",
            Self::MailPort => "puerto",
            Self::MailSecurity => "conexion",
            Self::MailUser => "usuario",
            Self::MailPassword => "contrasena",
            Self::MailSender => "remitente",
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
    /// Not the name or address of a server.
    NotAServer,
    /// Not a sender of letters.
    NotASender,
    /// A password is kept for another server or user: it has to be typed again.
    TypeAgain,
    /// A password has no place on a connection that isn't protected.
    Unprotected,
    /// A passphrase of fewer than 12 characters.
    TooShort,
    /// A passphrase that many use, or that is easily guessed.
    TooCommon,
    /// Something else has it already.
    Taken,
    /// Something still has it: it can't go.
    InUse,
    /// There are as many as there may be.
    Full,
    /// It was agreed on beforehand: once the read-out has begun it stays.
    Agreed,
    /// It is frozen with the plan: once the read-out has begun it stays.
    Frozen,
    /// Longer than it may be.
    TooLong {
        /// Most characters.
        most: usize,
    },
    /// It has more lines than it may have.
    TooManyLines {
        /// Most lines.
        most: usize,
    },
    /// A line is longer than it may be.
    LineTooLong {
        /// Which, from 1.
        line: usize,
        /// Most characters.
        most: usize,
    },
    /// A line has characters that can't be shown.
    LineNotPlain {
        /// Which, from 1.
        line: usize,
    },
    /// A line isn't a word, a colon and what it means.
    NoMeaning {
        /// Which, from 1.
        line: usize,
    },
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
