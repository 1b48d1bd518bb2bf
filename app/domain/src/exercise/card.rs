//! What is set up in advance: the exercise with its plan, the mesas, the actors and their seats
//! (section 4).

use serde::{Deserialize, Serialize};

use super::sector::{Sector, SectorName};
use crate::deliberation::choice::Category;
use crate::pack::NoticeRule;
use crate::permission::Phase;
use crate::text::words::{self, WordsError, checked_text};
use crate::{ActorId, ActorNumber, Date, Digest, Millis, SeatId, ShortText};

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
    /// Which of its seats acts for it now; none: its titular.
    pub acting: Option<SeatId>,
    /// Whether it no longer takes part. It stays in the list, because texts may name it.
    pub withdrawn: bool,
}

impl Actor {
    /// Whether this seat acts for it now: an actor answers once, by one of its seats.
    pub fn acts_by(&self, seat: SeatId) -> bool {
        let holder = || self.seats.iter().find(|own| own.kind == SeatKind::Holder);
        !self.withdrawn && self.acting.or_else(|| Some(holder()?.id)) == Some(seat)
    }
}

/// The minimum number of commitments of a category in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// The category.
    pub category: Category,
    /// The least number.
    pub minimum: u8,
}

impl Quota {
    /// The quota of the process (D2 to D4): one that makes public procurement transparent, two
    /// aligned with the national plan, two that solve local problems. The default for an exercise
    /// without a quota of its own.
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
    /// Its length, in minutes.
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

/// The exercise and its plan.
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
    /// The sectors that its organisations may have, in the order in which they are listed.
    pub sectors: Vec<SectorName>,
    /// First day of the plan.
    pub starts: Date,
    /// Last day of the plan, inclusive.
    pub ends: Date,
    /// How the actors decide.
    pub decision_rule: DecisionRule,
    /// Least number of actors present.
    pub quorum: u16,
    /// Whether what each actor answers about its conformity stays secret until all have.
    pub secret_conformity: bool,
    /// IANA name of the exercise's time zone.
    pub time_zone: ShortText,
    /// The working language, in their own words.
    pub language: ShortText,
    /// Whether it is the sample, and no exercise of anybody.
    pub sample: bool,
    /// How long before a mesa everybody has the information pack; none: nothing was agreed on.
    pub notice: Option<NoticeRule>,
}

impl ExerciseCard {
    /// Whether it has the same rules as another: those that are agreed on beforehand, and hold
    /// once the plan's read-out has begun.
    pub fn agrees_on(&self, other: &Self) -> bool {
        let rules = |card: &Self| {
            (card.starts, card.ends, card.decision_rule, card.quorum, card.secret_conformity)
        };
        rules(self) == rules(other) && self.quota == other.quota
    }
}

/// Number of a version of the privacy notice, from 1.
pub type NoticeVersion = u16;

/// Most Unicode scalars of a privacy notice's text.
pub const NOTICE_LIMIT: usize = 40_000;

/// The text of a privacy notice: trimmed, never empty, at most [`NOTICE_LIMIT`] scalars, nothing
/// but plain characters and line feeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeText(String);

impl NoticeText {
    /// Parses the content of a file.
    ///
    /// # Errors
    /// [`WordsError`] when it is empty, too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        words::said(text, NOTICE_LIMIT).map(Self)
    }
}

checked_text!(NoticeText);

/// What people are told of the personal data kept and its purposes (section 4): whoever comes in
/// accepts the present version. A version never changes; another text is another version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyNotice {
    /// Its number.
    pub version: NoticeVersion,
    /// The short notice, for the door: who keeps the data, what for, where the full notice is
    /// (aviso simplificado).
    pub short: NoticeText,
    /// The full notice (aviso integral).
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
    /// Neither PNG nor JPEG nor WebP. Formats that can carry a program aren't accepted.
    #[error("neither PNG nor JPEG nor WebP")]
    Unknown,
}

/// What kind of image a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    WebP,
}

impl ImageKind {
    /// The kind of a file, by its first bytes; none when it isn't such an image.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }
}

/// An image of at most [`LOGO_BYTES`], stored as a file: the log has only its digest, kind and
/// size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Its kind.
    pub kind: ImageKind,
    /// How many bytes it has.
    pub size: u32,
}

impl Image {
    /// Checks a file's bytes; `digest` is their SHA-256.
    ///
    /// # Errors
    /// [`ImageError`].
    pub fn of(bytes: &[u8], digest: Digest) -> Result<Self, ImageError> {
        let size = u32::try_from(bytes.len())
            .ok()
            .filter(|_| bytes.len() <= LOGO_BYTES)
            .ok_or(ImageError::TooLarge)?;
        let kind = ImageKind::of(bytes).ok_or(ImageError::Unknown)?;
        Ok(Self { digest, kind, size })
    }
}

/// A logo of one of the exercise's hosts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Whose it is: the alternative text.
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

/// What is set up in advance for a mesa.
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
