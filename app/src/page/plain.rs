//! Pages that are read, or sent as forms, and run no program.

use std::sync::Arc;

use domain::exercise::{NoticeVersion, PrivacyNotice};
use domain::people::attendance::AttendanceMode;
use domain::{Date, ItemKind, MesaId, Rejection, Role, Seq, TextField};

use super::PageError;

/// What is on such a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainPage {
    /// The start: the mesas of this server, with links to their public pages, and a field for the
    /// code.
    Home {
        /// The mesas.
        mesas: Vec<MesaLink>,
        /// Whether a code was tried that isn't one.
        unknown_code: bool,
    },
    /// The door: name and organisation, then inside.
    Door(Box<Door>),
    /// What someone says of their own attendance.
    Attendance(OwnAttendance),
    /// How a text changed.
    History(TextHistory),
    /// The full privacy notice.
    Privacy {
        /// The mesa from which it is read.
        mesa: MesaLink,
        /// The exercise's notice; none: it has none.
        notice: Option<Arc<PrivacyNotice>>,
    },
    /// Something that can't be shown, in a sentence.
    Error(PageError),
}

/// A mesa in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MesaLink {
    /// Which it is.
    pub mesa: MesaId,
    /// Its theme.
    pub theme: String,
    /// The exercise's name.
    pub exercise: String,
}

/// The page that lets someone in. Its form is plain HTML: it posts `nombre`, `organizacion` and
/// what [`Choices`] says to the page's own address, and in `visto` what the page said that they
/// would be called: as long as that is another name, the page is shown once more, with what they
/// will be called. With `mirar` besides, it is only asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The mesa's number and theme, the exercise's name.
    pub mesa: MesaLink,
    /// What the link grants; participants come by the join code.
    pub role: Role,
    /// The organisation whose seat it is; none: the person says theirs.
    pub organisation: Option<String>,
    /// Who came to another mesa of the exercise on this device: they aren't asked who they are.
    pub known: Option<Known>,
    /// What was typed before it was refused.
    pub typed_name: String,
    /// What was typed before it was refused.
    pub typed_organisation: String,
    /// What they would be called at the table; none: they haven't said who they are.
    pub called: Option<String>,
    /// Whether they wanted in before the page said so.
    pub confirms: bool,
    /// How they attend and what they allow.
    pub choices: Choices,
    /// What was wrong with it.
    pub problem: Option<DoorProblem>,
}

/// Someone who came to a mesa.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Their name.
    pub name: String,
    /// Their organisation; empty: they came on their own.
    pub organisation: String,
    /// The mesa to which they came.
    pub at: MesaId,
}

/// How someone attends and what they allow, as a form asks it: `modo` is `sala`, `distancia` or
/// `ayuda`, `publico` is there when the name may be published, `aviso` is the version of the notice
/// that the form showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The ways of attending that this mesa has.
    pub modes: Vec<AttendanceMode>,
    /// The chosen one.
    pub mode: AttendanceMode,
    /// Whether the name may be published.
    pub name_public: bool,
    /// The exercise's notice.
    pub notice: Option<Arc<PrivacyNotice>>,
}

/// The page on which someone changes what they said of their own attendance. Its form posts what
/// [`Choices`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAttendance {
    /// The mesa.
    pub mesa: MesaLink,
    /// Their name.
    pub name: String,
    /// Their organisation; empty: they came on their own.
    pub organisation: String,
    /// What they said.
    pub choices: Choices,
    /// The notice that they accepted last.
    pub accepted: Option<NoticeVersion>,
    /// Whether it was just saved.
    pub saved: bool,
}

/// How a text changed, newest first. Its forms post `seq`, the place of the version whose text is
/// to stand there again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHistory {
    /// The mesa.
    pub mesa: MesaLink,
    /// The item's kind.
    pub kind: ItemKind,
    /// Its title now.
    pub title: String,
    /// The text.
    pub field: TextField,
    /// The address of the sheet that it stands on.
    pub sheet: String,
    /// What people wrote in one go, each.
    pub versions: Vec<TextVersion>,
    /// Whether the first of them is what stands there now.
    pub from_now: bool,
    /// Before which place older ones are; none: there are none.
    pub older: Option<Seq>,
    /// Why the text that was asked for doesn't stand there again.
    pub problem: Option<Rejection>,
}

/// What someone made of a text in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    /// Place of its last change in the stream.
    pub seq: Seq,
    /// When that was: day, hour and minute by the exercise's clock.
    pub at: Option<(Date, (u8, u8))>,
    /// Who wrote it, where they allow it: their full name.
    pub name: Option<String>,
    /// For whom it was written.
    pub by: TextAuthor,
    /// The text, with what was put in and what was taken out of it.
    pub pieces: Vec<(PieceKind, String)>,
}

/// For whom something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextAuthor {
    /// An actor, by the name of their organisation.
    Organisation(String),
    /// Nobody's seat: the role of who wrote it.
    Role(Role),
    /// Nobody at the mesa: it came with it.
    Prepared,
    /// Nobody at the mesa: something was taken out of the record.
    Redacted,
}

/// What became of a piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// It was there before.
    Kept,
    /// It was put in.
    Inserted,
    /// It was taken out.
    Deleted,
}

/// Why someone isn't let in yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorProblem {
    /// No name, or nothing but spaces.
    NameMissing,
    /// A text is too long or has characters that can't be shown.
    NotPlain,
    /// The facilitator closed the door.
    Closed,
}
