//! The pages on which an exercise is set up: created, prepared, and changed while it runs.

use domain::exercise::{DecisionRule, Quota, SeatKind, Sector};
use domain::people::registry::Grant;
use domain::{ActorNumber, Date, MesaNumber, PersonId, Phase, SeatId, SessionId, StreamId};

use super::form::{Field, Form};

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
    /// The privacy notice.
    Notice(Editing),
    /// The logos by place, and why the last file isn't one.
    Logos(Vec<(u8, Option<String>)>, Option<LogoProblem>),
    /// Who prepares and facilitates.
    Staff(Staff),
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
    /// The last day on which the information pack reaches everybody in time, for the first mesa
    /// that hasn't met, with the days until then: negative when it is over.
    pub pack: Option<(MesaNumber, Date, i64)>,
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
    /// How many prepare and facilitate.
    pub staff: usize,
    /// Whether the public page is on.
    pub followers: bool,
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
