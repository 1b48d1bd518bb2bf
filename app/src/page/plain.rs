//! Pages that are read, or sent as forms, and run no program.

use std::sync::Arc;

use domain::exercise::{NoticeVersion, PrivacyNotice};
use domain::people::attendance::AttendanceMode;
use domain::people::quorum::Quorum;
use domain::{
    Date, ExerciseCard, ItemKind, MesaId, MesaNumber, PersonId, Rejection, Role, Seq, StreamId,
    TextField,
};

use sync::wire::Snapshot;

use super::PageError;
#[cfg(feature = "ssr")]
use super::bringing::Bringing;
use super::dispatch::Dispatch;
use super::pack::Pack;
use super::paper::Paper;
use super::petition::{Asking, OwnWriting};
use super::plan::{BeforeFreeze, PlanPage};
use super::prepare::{Creating, Forgotten, Prepare, SigningIn};
use super::reminder::Reminders;
#[cfg(feature = "ssr")]
use super::results::{CountPage, ResultsPage};
use super::verify::VerifyPage;
use crate::address::Screen;

/// The mesa as somebody sees it who attends and has no seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsAttendee {
    /// The mesa.
    pub mesa: MesaId,
    /// The screen that was asked for.
    pub screen: Screen,
    /// The exercise as they may see it.
    pub snapshot: Box<Snapshot>,
}

/// The content of such a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainPage {
    /// The home page.
    Home(Home),
    /// The page of a link whose secret is still in its address, or nowhere.
    Link,
    /// The door: name and organisation, then inside.
    Door(Box<Door>),
    /// What a person says about their own attendance.
    Attendance(OwnAttendance),
    /// The changes of a text.
    History(TextHistory),
    /// The mesa as somebody sees it who attends, for who facilitates.
    AsAttendee(Box<AsAttendee>),
    /// The full privacy notice.
    Privacy {
        /// The mesa that it was opened from.
        mesa: MesaLink,
        /// The exercise's notice; none if it has none.
        notice: Option<Arc<PrivacyNotice>>,
    },
    /// The people of whom a record is kept, for whoever leads the mesa.
    Records(Box<Records>),
    /// Whether somebody may write, and why not.
    Writing(Box<OwnWriting>),
    /// Asking for a correction of one's data.
    Asking(Box<Asking>),
    /// The form that creates an exercise.
    Creating(Box<Creating>),
    /// An exercise that is being prepared.
    Prepare(Box<Prepare>),
    /// Signing in with mail and passphrase.
    SigningIn(Box<SigningIn>),
    /// Asking for a link with which one chooses another passphrase.
    Forgotten(Box<Forgotten>),
    /// Before the closed door.
    Waits(Box<Waits>),
    /// Who waits there.
    WaitsHere(Box<WaitsHere>),
    /// What is signed on paper.
    Paper(Box<Paper>),
    /// The information pack of a mesa.
    Pack(Box<Pack>),
    /// The results of consultations.
    #[cfg(feature = "ssr")]
    Results(Box<ResultsPage>),
    /// A file that is being counted.
    #[cfg(feature = "ssr")]
    Count(Box<CountPage>),
    /// Problems that are brought from a spreadsheet.
    #[cfg(feature = "ssr")]
    Bringing(Box<Bringing>),
    /// The versions of an exercise's plan.
    Plan(Box<PlanPage>),
    /// What is looked over before the read-out.
    BeforeFreeze(Box<BeforeFreeze>),
    /// Sending the plan to everybody who takes part.
    Dispatch(Box<Dispatch>),
    /// Reminding by mail those of whom something is missing.
    Reminders(Box<Reminders>),
    /// Whether a file is what this server handed out.
    Verify(Box<VerifyPage>),
    /// A sentence that says why something can't be shown.
    Error(PageError),
}

/// The home page: the exercises of this server, with links to their public pages, and a field for
/// the join code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// The exercises, or those of them that were found, in the order of their names.
    pub exercises: Vec<ExerciseLink>,
    /// How many there are in all.
    pub all: usize,
    /// What was searched for, empty for everything; none: there are too few to be searched. The
    /// form sends it as `q`.
    pub search: Option<String>,
    /// Whether an unknown code was tried.
    pub unknown_code: bool,
}

/// An exercise in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseLink {
    /// Its id.
    pub exercise: StreamId,
    /// Its name.
    pub name: String,
    /// Its municipality.
    pub municipality: String,
    /// Its mesas with their themes, in order.
    pub mesas: Vec<(MesaNumber, String)>,
}

/// A mesa in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MesaLink {
    /// Its id.
    pub mesa: MesaId,
    /// Its theme.
    pub theme: String,
    /// The exercise's name.
    pub exercise: String,
}

/// The page that lets someone in. Its form is plain HTML: it posts `nombre`, `organizacion` and the
/// fields of [`Choices`] to the page's own address, and in `visto` the name that the page said they
/// would be called by: if that has changed, the page is shown once more, with the new name. With
/// `mirar` besides, the form only asks for that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The mesa's number and theme, the exercise's name.
    pub mesa: MesaLink,
    /// The role that the link grants; participants come by the join code.
    pub role: Role,
    /// The organisation whose seat it is; none: the person enters theirs.
    pub organisation: Option<String>,
    /// Set if they came to another mesa of the exercise on this device: they aren't asked who they
    /// are.
    pub known: Option<Known>,
    /// The name that was typed before it was refused.
    pub typed_name: String,
    /// The organisation that was typed before it was refused.
    pub typed_organisation: String,
    /// What they would be called at the table; none until they say who they are.
    pub called: Option<String>,
    /// Whether they sent the form before the page had said what they would be called.
    pub confirms: bool,
    /// How they attend and what they allow.
    pub choices: Choices,
    /// Whether they sign the plan.
    pub signs: Signs,
    /// What was wrong with the form.
    pub problem: Option<DoorProblem>,
}

/// Whether who comes to the door signs the plan for their organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// No.
    Never,
    /// Once it is signed.
    Later,
    /// It is being signed, and their organisation hasn't.
    Now,
}

/// Somebody who waits before the closed door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// The mesa.
    pub mesa: MesaLink,
    /// Their name.
    pub name: String,
}

/// Who waits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitsHere {
    /// The mesa.
    pub mesa: MesaLink,
    /// They, first who came first.
    pub people: Vec<Waiting>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Under what they are answered.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// Since when: hour and minute.
    pub since: Option<(u8, u8)>,
}

/// Someone who came to a mesa.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Their name.
    pub name: String,
    /// Their organisation; empty: they came on their own.
    pub organisation: String,
    /// The mesa that they came to.
    pub at: MesaId,
    /// Whether they were invited to a seat, and come for the first time.
    pub invited: bool,
}

/// How someone attends and what they allow, as form fields: `modo` is `sala`, `distancia` or
/// `ayuda`, `publico` is present when the name may be published, `aviso` is the version of the
/// notice that the form showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The ways of attending that this mesa offers.
    pub modes: Vec<AttendanceMode>,
    /// The chosen one.
    pub mode: AttendanceMode,
    /// Whether the name may be published.
    pub name_public: bool,
    /// The exercise's notice.
    pub notice: Option<Arc<PrivacyNotice>>,
}

/// The page on which people change what they said about their own attendance. Its form posts the
/// fields of [`Choices`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAttendance {
    /// The mesa.
    pub mesa: MesaLink,
    /// Their name.
    pub name: String,
    /// Their organisation; empty: they came on their own.
    pub organisation: String,
    /// What they chose.
    pub choices: Choices,
    /// The notice that they accepted last.
    pub accepted: Option<NoticeVersion>,
    /// Whether they have a seat, whose organisation is theirs.
    pub has_seat: bool,
    /// Who of the organisations is here, for those who lead the mesa: they may also see of whom a
    /// record is kept.
    pub leads: Option<(Quorum, Option<Arc<ExerciseCard>>)>,
    /// Whether it was just saved.
    pub saved: bool,
    /// Why a correction wasn't saved.
    pub problem: Option<DoorProblem>,
}

/// The people of an exercise whose names are kept. Its forms post `persona`, the id of one: first
/// alone, to be asked whether their record is to be erased, then with `borrar`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// The mesa.
    pub mesa: MesaLink,
    /// The others, by name.
    pub people: Vec<KeptRecord>,
    /// Whether records may be erased by now.
    pub may: bool,
    /// Of whom it is asked.
    pub asked: Option<KeptRecord>,
    /// Whether one was just erased, and in how many changes their name was written.
    pub erased: Option<usize>,
}

/// A person whose name is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRecord {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The organisations for which they came.
    pub organisations: Vec<String>,
}

/// The changes of a text, newest first. Its forms post `seq`, the place of the version to restore.
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
    /// The versions, each of what somebody wrote in one go.
    pub versions: Vec<TextVersion>,
    /// Whether the first of them is the present one.
    pub from_now: bool,
    /// The place before which there are older ones; none if there are none.
    pub older: Option<Seq>,
    /// Why a wording wasn't restored.
    pub problem: Option<Rejection>,
}

/// What somebody changed in a text in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    /// The place in the stream of its last change.
    pub seq: Seq,
    /// The time of that change: day, hour and minute by the exercise's clock.
    pub at: Option<(Date, (u8, u8))>,
    /// The author's full name, if they allow it.
    pub name: Option<String>,
    /// On whose behalf it was written.
    pub by: TextAuthor,
    /// The text, with insertions and deletions.
    pub pieces: Vec<(PieceKind, String)>,
}

/// On whose behalf something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextAuthor {
    /// An actor, by the name of their organisation.
    Organisation(String),
    /// On behalf of no seat: the author's role.
    Role(Role),
    /// By nobody at the mesa: it was prepared beforehand.
    Prepared,
    /// By nobody at the mesa: the record was redacted.
    Redacted,
}

/// The change of a piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// It is unchanged.
    Kept,
    /// It was inserted.
    Inserted,
    /// It was deleted.
    Deleted,
}

/// Why someone isn't let in yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorProblem {
    /// No name, or nothing but spaces.
    NameMissing,
    /// A text is too long or has characters that can't be shown.
    NotPlain,
    /// The facilitation closed the door.
    Closed,
}
