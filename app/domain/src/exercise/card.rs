//! What is set before anyone sits down: the exercise with its plan, the mesas, the actors and their seats (section 4).

use serde::{Deserialize, Serialize};

use crate::deliberation::item::Category;
use crate::permission::Phase;
use crate::text::words::{self, WordsError, checked_text};
use crate::{ActorId, ActorNumber, Date, Millis, SeatId, ShortText};

/// Sector of an actor (section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sector {
    /// Organismo garante.
    Guarantor,
    /// Institución pública.
    PublicInstitution,
    /// Facilitación (secretariado técnico local).
    Facilitation,
    /// Sociedad civil.
    CivilSociety,
    /// Academia.
    Academia,
    /// Sector privado.
    PrivateSector,
    /// Ciudadanía.
    Citizens,
}

/// Which of an actor's seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatKind {
    /// Titular.
    Holder,
    /// Suplente.
    Alternate,
}

/// A seat of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Titular or suplente.
    pub kind: SeatKind,
}

/// An organisation at the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Its number in this stream.
    pub number: ActorNumber,
    /// Its name.
    pub organisation: ShortText,
    /// Its sector.
    pub sector: Sector,
    /// Whether it signs the plan.
    pub signs: bool,
    /// Its seats.
    pub seats: Vec<Seat>,
}

/// How many commitments of a category a plan needs at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// The category.
    pub category: Category,
    /// The least number.
    pub minimum: u8,
}

impl Quota {
    /// What the process asks for (D2 to D4): one that makes public procurement transparent, two aligned with the national plan,
    /// two that solve local problems. The template of an exercise that brings none of its own.
    pub const TEMPLATE: [Self; 3] = [
        Self { category: Category::FollowTheMoney, minimum: 1 },
        Self { category: Category::NationalPlanAligned, minimum: 2 },
        Self { category: Category::LocalProblem, minimum: 2 },
    ];
}

/// An item of a mesa's agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The phase in which it is dealt with.
    pub phase: Phase,
    /// What is dealt with.
    pub title: ShortText,
    /// For how long, in minutes.
    pub minutes: u16,
}

/// An axis of the reference plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// Its number, from 1.
    pub number: u8,
    /// Its name.
    pub name: ShortText,
}

/// How the actors decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecisionRule {
    /// Nobody is against.
    Consensus,
    /// More than half.
    SimpleMajority,
    /// Two thirds.
    QualifiedMajority,
}

/// The exercise and its plan: what opens a plan's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseCard {
    /// Its name.
    pub name: ShortText,
    /// The state of the federation.
    pub state: ShortText,
    /// The municipality.
    pub municipality: ShortText,
    /// The guarantor body.
    pub guarantor: ShortText,
    /// The national plan that commitments are aligned with.
    pub reference_plan: ShortText,
    /// Its axes.
    pub axes: Vec<Axis>,
    /// The quota template; a minimum, data and not code (section 2, fact 3).
    pub quota: Vec<Quota>,
    /// First day of the plan.
    pub starts: Date,
    /// Last day of the plan, inclusive.
    pub ends: Date,
    /// How the actors decide.
    pub decision_rule: DecisionRule,
    /// Least number of actors present.
    pub quorum: u16,
    /// IANA name of the exercise's time zone.
    pub time_zone: ShortText,
}

/// Number of a version of the privacy notice, from 1.
pub type NoticeVersion = u16;

/// Most Unicode scalars of a privacy notice's text.
pub const NOTICE_LIMIT: usize = 40_000;

/// The text of a privacy notice: trimmed, never empty, at most [`NOTICE_LIMIT`] scalars, nothing but plain characters and line
/// feeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeText(String);

impl NoticeText {
    /// Takes what a file says.
    ///
    /// # Errors
    /// [`WordsError`] when there is nothing to read, when it is too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        words::said(text, NOTICE_LIMIT).map(Self)
    }
}

checked_text!(NoticeText);

/// What people are told of what is kept of them and what for (section 4): who comes in accepts the version of that moment. A
/// version is never changed; another text is another version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyNotice {
    /// Its number.
    pub version: NoticeVersion,
    /// What the door says: who keeps it, what for, where the rest is (aviso simplificado).
    pub short: NoticeText,
    /// All of it (aviso integral).
    pub full: NoticeText,
}

/// Place of a logo in the row of logos, from 1.
pub type LogoPlace = u8;

/// Most logos of an exercise.
pub const LOGO_PLACES: LogoPlace = 8;
/// Most bytes of a logo's image.
pub const LOGO_BYTES: usize = 64 * 1024;

/// Why bytes aren't a logo's image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// More bytes than an image may have.
    #[error("more than {LOGO_BYTES} bytes")]
    TooLarge,
    /// Neither PNG nor JPEG nor WebP: images that can carry a program aren't taken.
    #[error("neither PNG nor JPEG nor WebP")]
    Unknown,
}

/// An image: PNG, JPEG or WebP by its first bytes, at most [`LOGO_BYTES`]. The log has it in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Image(Vec<u8>);

impl Image {
    /// Takes a file's bytes.
    ///
    /// # Errors
    /// [`ImageError`].
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ImageError> {
        if bytes.len() > LOGO_BYTES {
            Err(ImageError::TooLarge)
        } else if media_type(&bytes).is_none() {
            Err(ImageError::Unknown)
        } else {
            Ok(Self(bytes))
        }
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        media_type(&self.0).unwrap_or("application/octet-stream")
    }
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

impl TryFrom<String> for Image {
    type Error = ImageError;
    fn try_from(text: String) -> Result<Self, ImageError> {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let pair = |pair: &[u8; 2]| Some(digit(pair[0])? * 16 + digit(pair[1])?);
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(ImageError::Unknown) };
        let bytes: Option<Vec<u8>> = pairs.iter().map(pair).collect();
        Self::parse(bytes.ok_or(ImageError::Unknown)?)
    }
}

impl From<Image> for String {
    fn from(image: Image) -> Self {
        image.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A logo of those who hold the exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Whose it is: what is read instead of it.
    pub name: ShortText,
    /// What is shown.
    pub image: Image,
}

/// How a mesa meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingMode {
    /// Everyone in the room.
    InPerson,
    /// Nobody in the room.
    Remote,
    /// Both.
    Hybrid,
}

/// What opens a mesa of an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MesaCard {
    /// Its theme.
    pub theme: ShortText,
    /// Where it meets.
    pub venue: ShortText,
    /// How it meets.
    pub mode: MeetingMode,
    /// Scheduled start, ms since the epoch.
    pub starts_at: Millis,
    /// Scheduled end, ms since the epoch.
    pub ends_at: Millis,
    /// The agenda, in order.
    pub agenda: Vec<AgendaItem>,
}
