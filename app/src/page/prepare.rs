//! The pages on which an exercise is set up: created, prepared, and changed while it runs.

use domain::exercise::{DecisionRule, MeetingMode, Quota, SeatKind, Sector, SectorName};
use domain::pack::NoticeRule;
use domain::people::registry::Grant;
use domain::{ActorNumber, Date, LinkId, MesaNumber, PersonId, Phase, SeatId, SessionId, StreamId};

use super::form::{Field, Form};
use super::mail::{Fault, MailPage, Post, Undelivered};
use super::petition::Petition;

/// Hour and minute.
pub type Hour = (u8, u8);
/// A day with hour and minute, by the clock of the exercise.
pub type Moment = (Date, Hour);

/// The form that creates an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Creating {
    /// The form.
    pub form: Form,
    /// Whether the sample can be loaded instead: there is no exercise yet.
    pub offers_sample: bool,
    /// The file that the form was filled from; empty: none.
    pub archive: String,
    /// Where the form is posted; none: to the page's own address.
    pub action: Option<String>,
}

/// A page of an exercise that is being prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepare {
    /// The exercise.
    pub exercise: StreamId,
    /// Its name.
    pub name: String,
    /// Its municipality.
    pub municipality: String,
    /// Its mesas with their themes, in order.
    pub mesas: Vec<(MesaNumber, String)>,
    /// The sectors of its organisations, in order.
    pub sectors: Vec<SectorName>,
    /// Whether it is the sample.
    pub sample: bool,
    /// Whether something was just saved.
    pub saved: bool,
    /// What the page is about.
    pub part: Part,
}

/// What a page of the preparation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is there and what is missing.
    Overview(Overview),
    /// The exercise's card.
    Exercise(Editing),
    /// A mesa's card; none: a new one.
    Mesa(Option<MesaNumber>, Editing),
    /// The organisations and their seats.
    Actors(Vec<ActorRow>),
    /// One of them; none: a new one.
    Actor(Box<EditedActor>),
    /// A list to be pasted, and what would become of it.
    #[cfg(feature = "ssr")]
    Paste(Box<super::paste::Paste>),
    /// Which cards are to be printed.
    Cards(CardChoice),
    /// The invitations by mail.
    Invitations(Invitations),
    /// The optional sections of the plan's document.
    Sections {
        /// The form.
        editing: Editing,
        /// The version with which they are frozen now; none: they may be changed.
        frozen: Option<u16>,
    },
    /// How the server sends mail.
    Mail(Box<MailPage>),
    /// The privacy notice.
    Notice(Editing),
    /// The logos by place, and why the last file isn't one.
    Logos(Vec<(u8, Option<String>)>, Option<LogoProblem>),
    /// Who prepares and facilitates.
    Staff(Staff),
    /// What people ask to be corrected of their data, the open ones first.
    Petitions(Vec<Petition>),
    /// The exercise as a file, copies, and the end of the sample.
    Archive {
        /// Whether the sample's end is to be confirmed.
        confirms_end: bool,
    },
}

/// A form that changes something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editing {
    /// The form.
    pub form: Form,
    /// What the change does, to be confirmed; empty: nothing was asked yet, or nothing happens.
    pub consequences: Vec<Consequence>,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// A field changes.
    Changes {
        /// Which.
        field: Field,
        /// What it was.
        before: String,
        /// What it will be.
        after: String,
    },
    /// The agenda changes.
    Agenda,
    /// A section of the plan's document changes.
    Section(Field),
    /// The plan's last version stays as it is, and the next read-out has another one.
    AnotherVersion {
        /// The last version.
        last: u16,
    },
    /// Dates of commitments and activities lie outside of the new period.
    OutsideThePeriod {
        /// How many commitments have one.
        commitments: usize,
        /// How many activities.
        activities: usize,
    },
    /// With the new quota commitments are missing.
    QuotaMissing(Vec<Quota>),
    /// All hours are shown by another clock; what was planned stays at its hour by the new one.
    OtherClock,
    /// Printed cards and invitations say another day or place.
    PrintedBefore {
        /// How many links there are.
        links: usize,
    },
    /// The mesa is under way: everybody's screen changes at once.
    UnderWay {
        /// Its phase.
        phase: Phase,
    },
    /// An organisation no longer takes part: its people are signed out, and its links end.
    Withdrawn {
        /// How many people.
        people: usize,
        /// How many commitments and activities name it.
        named: usize,
    },
    /// A seat's person changes: who was there is signed out, and their link ends.
    SeatChanges {
        /// Who was there.
        before: String,
    },
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing yet.
    Nothing,
    /// Something is missing.
    Partly,
    /// Nothing is missing.
    Done,
}

/// The overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Today, in the exercise's zone.
    pub today: Date,
    /// How the information pack stands, for the mesa that is being prepared for which it is due first.
    pub pack: Option<PackStep>,
    /// The exercise's data.
    pub period: (Date, Date),
    /// Its quota.
    pub quota: Vec<Quota>,
    /// Its decision rule.
    pub rule: DecisionRule,
    /// Its quorum.
    pub quorum: u16,
    /// The mesas.
    pub mesas: Vec<MesaStep>,
    /// The actors and seats.
    pub seats: SeatsStep,
    /// The version of the notice, and whether blanks of its template are left.
    pub notice: Option<(u16, bool)>,
    /// How many logos there are.
    pub logos: usize,
    /// The sections of the plan's document that say something.
    pub sections: Vec<Field>,
    /// How many prepare and facilitate.
    pub staff: usize,
    /// Whether the public page is on.
    pub followers: bool,
    /// How many people's requests to correct their data are open.
    pub petitions: usize,
}

/// The information pack in the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackStep {
    /// For which mesa.
    pub mesa: MesaNumber,
    /// What comes before this moment is in time.
    pub due: Moment,
    /// The rule.
    pub rule: NoticeRule,
    /// How many whole days there are until then; none: it is over.
    pub left: Option<i64>,
    /// How many entries nobody answered.
    pub missing: u8,
    /// How many files and declarations came too late.
    pub late: u8,
}

/// A mesa in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MesaStep {
    /// Its number.
    pub number: MesaNumber,
    /// Its theme.
    pub theme: String,
    /// Its phase.
    pub phase: Phase,
    /// Its day and hours, in the exercise's zone.
    pub meets: Option<(Date, Hour, Hour)>,
    /// What is missing.
    pub missing: Vec<Field>,
    /// Whether somebody facilitates it.
    pub led: bool,
}

/// Counts of seats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatsStep {
    /// Organisations that take part.
    pub actors: usize,
    /// Those that sign.
    pub signing: usize,
    /// Organisations without a person in the first seat.
    pub without_holder: usize,
    /// Without one in the second.
    pub without_alternate: usize,
    /// People without a mail address.
    pub without_mail: usize,
    /// People invited to a seat.
    pub people: usize,
    /// Seats with a valid link.
    pub linked: usize,
    /// Seats whose person came in.
    pub entered: usize,
}

impl SeatsStep {
    /// Seats whose person has neither a valid link nor come in.
    pub fn without_link(&self) -> usize {
        self.people.saturating_sub(self.linked)
    }
}

/// An organisation in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorRow {
    /// Its number.
    pub number: ActorNumber,
    /// Its name.
    pub organisation: String,
    /// Its sector.
    pub sector: Sector,
    /// Whether it signs.
    pub signs: bool,
    /// Whether it no longer takes part.
    pub withdrawn: bool,
    /// Which of its seats acts.
    pub acting: Option<SeatId>,
    /// Its seats.
    pub seats: Vec<SeatRow>,
}

/// A seat in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// The seat.
    pub seat: SeatId,
    /// Titular or suplente.
    pub kind: SeatKind,
    /// Who was invited, or came.
    pub person: Option<(PersonId, String)>,
    /// Their mail address.
    pub mail: Option<String>,
    /// How far their invitation is.
    pub invitation: Invitation,
    /// Whether it goes by mail.
    pub mailing: Mailing,
    /// Their open sessions, with the day and time of each.
    pub sessions: Vec<(SessionId, Option<Moment>)>,
}

/// How far an invitation is: the furthest step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// Nobody was named.
    Nobody,
    /// There is no valid link.
    NoLink,
    /// There is one, made then.
    Linked(Option<Moment>),
    /// The person came in, first then.
    Entered(Option<Moment>),
}

/// What becomes of an invitation by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailing {
    /// Nobody is to be invited: no person, or they came in.
    Needless,
    /// There is no address.
    NoMail,
    /// It wasn't asked for.
    Unasked,
    /// It is to be sent.
    Queued,
    /// It couldn't be sent yet, and is tried again.
    Failed(Fault),
    /// It was sent then.
    Sent(Option<Moment>),
    /// It was refused for good.
    Refused(Fault),
    /// It may have arrived.
    Uncertain,
}

/// The invitations by mail: how far they are, and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitations {
    /// How many weren't asked for yet.
    pub unasked: usize,
    /// How many are to be sent.
    pub queued: usize,
    /// How many were sent.
    pub sent: usize,
    /// How many people have no address.
    pub without_mail: usize,
    /// How letters go out.
    pub post: Post,
    /// Those for which somebody has to do something.
    pub undelivered: Vec<Undelivered>,
    /// The letter to one of them; none: there is nobody to be invited.
    pub letter: Option<Box<Letter>>,
}

/// An invitation to a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The exercise's name.
    pub exercise: String,
    /// Its municipality.
    pub municipality: String,
    /// Who guarantees it, and invites.
    pub guarantor: String,
    /// Who is invited.
    pub person: String,
    /// Their organisation.
    pub organisation: String,
    /// Titular or suplente.
    pub kind: SeatKind,
    /// Whether the organisation signs.
    pub signs: bool,
    /// The mesas, in order.
    pub mesas: Vec<LetterMesa>,
    /// The personal link.
    pub link: String,
    /// The address at which the code is typed.
    pub enter: String,
    /// The code, as people read it.
    pub code: String,
    /// The address of the privacy notice; none: there is none yet.
    pub notice: Option<String>,
}

/// A mesa in an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterMesa {
    /// Its theme.
    pub theme: String,
    /// Day and hour.
    pub meets: Option<Moment>,
    /// Where it meets.
    pub venue: String,
    /// How it meets.
    pub mode: MeetingMode,
}

/// An organisation on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedActor {
    /// Its number; none: a new one.
    pub number: Option<ActorNumber>,
    /// Its form.
    pub editing: Editing,
    /// Whether it no longer takes part.
    pub withdrawn: bool,
    /// What it does when it no longer takes part, to be confirmed.
    pub withdrawal: Option<Consequence>,
}

/// Whose cards are to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardChoice {
    /// How many seats have no valid link.
    pub without_link: usize,
    /// How many people haven't come in.
    pub not_entered: usize,
    /// How many seats there are.
    pub all: usize,
    /// The cards that were just made; each is shown only now.
    pub cards: Vec<Card>,
    /// The short address that is typed.
    pub address: String,
}

/// A card to be cut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The organisation.
    pub organisation: String,
    /// Titular or suplente.
    pub kind: SeatKind,
    /// Whether it signs.
    pub signs: bool,
    /// Who it is for.
    pub person: Option<String>,
    /// Day and hour of the mesa.
    pub meets: Option<Moment>,
    /// Where it meets.
    pub venue: String,
    /// The link.
    pub url: String,
    /// The link as a QR code, an SVG made by the server.
    pub qr_svg: String,
    /// The code that leads there without a camera, as people read it.
    pub code: String,
}

/// Why a file isn't a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoProblem {
    /// No file, or no name.
    Missing,
    /// Too many bytes.
    TooLarge,
    /// Neither PNG nor JPEG nor WebP.
    Unknown,
    /// The name is too long or has characters that can't be shown.
    NotPlain,
}

/// Who prepares and facilitates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Them: name, mail address, role.
    pub people: Vec<StaffRow>,
    /// The form that adds one.
    pub form: Form,
    /// A link that was just made for one of them, shown only now.
    pub link: Option<(String, String)>,
    /// The links with which one leads a mesa or shows it, without a passphrase.
    pub links: Vec<StaffLink>,
}

/// A link of the facilitation or of a projector that is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffLink {
    /// Its id.
    pub link: LinkId,
    /// Its role and mesa.
    pub grant: Grant,
    /// When it was made.
    pub made: Option<Moment>,
    /// When it ends by itself; none: never.
    pub until: Option<Moment>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub mail: String,
    /// Their role.
    pub grant: Grant,
    /// Whether it is who reads the page.
    pub own: bool,
    /// Whether they chose a passphrase.
    pub has_passphrase: bool,
}

/// The page on which somebody asks for a link with which they choose another passphrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The form.
    pub form: Form,
    /// Whether it was sent.
    pub sent: bool,
    /// Whether this server sends no mail.
    pub off: bool,
}

/// The page for signing in with mail and passphrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SigningIn {
    /// The form, without the passphrase.
    pub form: Form,
    /// Whether they don't fit together.
    pub refused: bool,
    /// Exercises to choose from, when the mail has several: id, name.
    pub choices: Vec<(StreamId, String)>,
    /// Whether the page is for choosing a new passphrase.
    pub resets: bool,
}
