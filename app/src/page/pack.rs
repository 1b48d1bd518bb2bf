//! The information pack of a mesa. The form for a file posts to
//! [`address::pack_upload`](crate::address::pack_upload) (`entrada`, `reemplaza` and `archivo`, in this order);
//! the others post to the page's own address: `entrada` with `razon` says that there is nothing of it, with
//! `si-hay` takes that back; `retira`, the number of a file, with `razon` withdraws it. Opening a file is
//! a form, too, which posts to the file's address: only a person's tap is a receipt.

use domain::MesaId;
use domain::pack::{Entry, FileKind, FileNumber, NoticeRule, Sender};

use super::mail::Delivery;
use super::prepare::Moment;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The mesa.
    pub mesa: MesaId,
    /// The exercise's name.
    pub name: String,
    /// The mesa's theme.
    pub theme: String,
    /// Until when it is due; none: no rule says so.
    pub term: Option<Term>,
    /// Both senders.
    pub senders: Vec<Part>,
    /// Who opened how much, organisation by organisation; empty where whoever reads isn't told.
    pub readers: Vec<Reader>,
    /// How many people without a seat opened something.
    pub others: usize,
    /// Whether the page is the facilitation's.
    pub leads: bool,
    /// Whether there are results of consultations.
    pub results: bool,
    /// Whether whoever reads may bring problems from a spreadsheet now.
    pub brings: bool,
    /// What came of what was just sent.
    pub done: Option<Done>,
}

/// Until when the pack of a mesa is due. All moments are by the clock of the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What comes before this moment is in time.
    pub due: Moment,
    /// When the mesa begins.
    pub meets: Moment,
    /// The rule.
    pub rule: NoticeRule,
    /// The zone's name, as IANA has it.
    pub zone: String,
    /// How many whole days there are until then; none: it is over.
    pub left: Option<i64>,
    /// Whether the mesa has begun: nothing is counted any more.
    pub begun: bool,
    /// How many entries nobody answered.
    pub missing: u8,
    /// How many files and declarations came too late.
    pub late: u8,
    /// Why the mesa may begin all the same.
    pub waived: Option<String>,
}

/// What one sender owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub sender: Sender,
    /// The organisations that are it.
    pub organisations: String,
    /// Whether whoever reads may send for it.
    pub may_send: bool,
    /// Its checklist.
    pub entries: Vec<Row>,
}

/// An entry of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub entry: Entry,
    /// The files that stand.
    pub files: Vec<Sent>,
    /// That there is nothing of it: why, and when it was said.
    pub absence: Option<(String, Option<Stamp>)>,
    /// The files that no longer stand, by name, with why.
    pub gone: Vec<(String, Gone)>,
}

/// A moment, and what it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When it was sent.
    pub at: Moment,
    /// When it was due, and whether it was before that; none: no rule says so.
    pub due: Option<(Moment, bool)>,
}

/// A file that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its number.
    pub number: FileNumber,
    /// Its name, as it was given.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub size: u64,
    /// When it came; none: there is no such zone.
    pub stamp: Option<Stamp>,
    /// The organisation that sent it; none: the facilitation.
    pub by: Option<String>,
    /// Whether it came in another's place.
    pub replaces: bool,
    /// Whether whoever reads opened it.
    pub opened: bool,
    /// Whether they opened the one in whose place it came.
    pub opened_before: bool,
    /// Whether they may have it counted as the results of a consultation.
    pub countable: bool,
    /// Whether they may bring the problems that it lists.
    pub bringable: bool,
}

/// Why a file no longer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Another came in its place.
    Replaced,
    /// It was withdrawn, for this reason.
    Withdrawn(String),
}

/// How much an organisation opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Its name.
    pub organisation: String,
    /// How many of the files that stand somebody of it opened.
    pub opened: usize,
    /// How many there are.
    pub of: usize,
    /// When it last opened one of them.
    pub last: Option<Moment>,
    /// How far the last letter is that reminded it; none: it wasn't.
    pub reminded: Option<Delivery>,
}

/// What a letter reminds of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What is to be sent, while there is time.
    Sending,
    /// What is to be read, since it is all there.
    Reading,
    /// The same shortly before the mesa.
    ReadingSoon,
}

domain::coded! {
    About { Sending = "enviar", Reading = "leer", ReadingSoon = "leer-pronto" }
}

/// What came of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The file is there.
    Sent {
        /// Which.
        file: FileNumber,
    },
    /// It is there already: the same bytes under the same entry.
    Same {
        /// Which.
        file: FileNumber,
    },
    /// It is said that there is nothing of something, or no longer.
    Declared,
    /// A file was withdrawn.
    Withdrawn,
    /// Nothing was changed; why.
    Refused(Problem),
}

/// Why something isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No file was chosen.
    Missing,
    /// None of the kinds that are taken.
    Unknown,
    /// A page or drawing in which a program could run.
    Active,
    /// A document with macros.
    Macros,
    /// More bytes than are taken.
    TooLarge,
    /// More files than there may be.
    TooMany,
    /// The connection ended before all of it came.
    CutOff,
    /// The file that it was to replace is no longer there.
    Gone,
    /// A reason is missing, or has characters that can't be shown.
    NoReason,
    /// There are files: there is something of it.
    HasFiles,
    /// The virus scanner found something.
    Infected,
    /// The virus scanner gives no answer.
    NotScanned,
}
