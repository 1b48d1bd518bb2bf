//! What minutes are made from: words, and moments on the clocks of the exercise.

use serde::{Deserialize, Serialize};

use crate::date::{Date, Moment};
use crate::plan::{Conformity, Exercise, Logo};
use crate::seal::Seal;

/// The minutes of a mesa.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// Draft or sealed.
    pub seal: Seal,
    /// The exercise.
    pub exercise: Exercise,
    /// The convener's logo.
    pub logo: Option<Logo>,
    /// The mesa's number.
    pub number: u32,
    /// Its theme.
    pub theme: String,
    /// Who convened.
    pub convener: String,
    /// Where it met.
    pub place: String,
    /// The day.
    pub date: Date,
    /// How, as "presencial"; may be empty.
    pub mode: String,
    /// The hours that were planned.
    pub planned: Option<Span>,
    /// The hours that it took.
    pub actual: Option<Span>,
    /// When the agreements were read out.
    pub read_out: Option<Span>,
    /// The quorum in a sentence; may be empty.
    pub quorum: String,
    /// Who facilitated.
    pub facilitator: String,
    /// Who wrote.
    pub rapporteur: String,
    /// How many came, by sector and by how they took part.
    pub attendance: Vec<SectorAttendance>,
    /// The agenda, planned and as it went.
    pub agenda: Vec<AgendaItem>,
    /// The information pack; none: nothing was agreed on and nothing was sent.
    pub pack: Option<PackReport>,
    /// Checks that were let pass and notices that were waived, each with its reason.
    pub waivers: Vec<Waiver>,
    /// What was said, with its answer.
    pub contributions: Vec<Contribution>,
    /// How long each spoke.
    pub speakers: Vec<Spoke>,
    /// How long each sector spoke.
    pub speaking: Vec<Spoke>,
    /// The rounds in which each organisation was asked to speak.
    pub rounds: Vec<Round>,
    /// What came of dividing points among the problems.
    pub priorities: Vec<Priority>,
    /// Objections, verbatim.
    pub objections: Vec<Objection>,
    /// The versions that were frozen.
    pub versions: Vec<Version>,
    /// What came of asking for conformity with each commitment.
    pub conformity: Vec<Asked>,
    /// Agreements: one entry each.
    pub agreements: Vec<String>,
    /// Who signs, as facilitator and rapporteur: at most 4.
    pub signatories: Vec<Signatory>,
}

/// From one moment to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The beginning.
    pub from: Moment,
    /// The end.
    pub to: Moment,
}

/// Which problems came first, by points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// Who divided points, how many each had, who didn't: one sentence each.
    pub standing: Vec<String>,
    /// When it was closed.
    pub at: Moment,
    /// The problems with their points, most first.
    pub sums: Vec<(String, u32)>,
}

/// How many people of a sector took part, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorAttendance {
    /// The sector in words.
    pub sector: String,
    /// People in the room.
    pub in_room: u32,
    /// People elsewhere.
    pub remote: u32,
    /// People for whom somebody typed.
    pub assisted: u32,
}

/// A point of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// What it is.
    pub title: String,
    /// When it began; none when it was never reached.
    pub began: Option<Moment>,
    /// Minutes planned.
    pub planned_minutes: Option<u32>,
    /// Minutes taken.
    pub actual_minutes: Option<u32>,
}

/// What everybody had before the mesa.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackReport {
    /// Until when it was due, and whether that was kept: one sentence each.
    pub standing: Vec<String>,
    /// What was sent, entry by entry.
    pub sent: Vec<PackLine>,
    /// Who had opened it, and who hadn't: one sentence each.
    pub opened: Vec<String>,
}

/// A file that was sent, or that there was nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackLine {
    /// What was owed: "Kit de capacidades".
    pub entry: String,
    /// The file's name, or why there was nothing.
    pub what: String,
    /// Who sent it; may be empty.
    pub by: String,
    /// When, and whether that was in time.
    pub when: String,
}

/// Something that was let pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// What: "Plazo de diez días".
    pub what: String,
    /// Why, as it was written.
    pub reason: String,
    /// Who let it pass; may be empty.
    pub by: String,
    /// When.
    pub at: Option<Moment>,
}

/// Something that was said, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// In which phase: "Análisis".
    pub phase: String,
    /// Who: an organisation or a sector.
    pub who: String,
    /// What kind: "duda".
    pub kind: String,
    /// The words.
    pub text: String,
    /// The answer: "Incorporada", "Pendiente".
    pub answer: String,
    /// The reason, and what was changed; may be empty.
    pub reason: String,
}

/// How long somebody, or a sector, spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spoke {
    /// Who: an organisation, a name that may be published, a sector.
    pub who: String,
    /// How many turns.
    pub turns: u32,
    /// How long, all turns together.
    pub seconds: u32,
}

/// A round in which each organisation was asked to speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// About what.
    pub about: String,
    /// Organisations that spoke.
    pub spoke: Vec<String>,
    /// Those that passed.
    pub passed: Vec<String>,
    /// Those that were still pending.
    pub pending: Vec<String>,
    /// Why it was closed all the same; may be empty.
    pub reason: String,
}

/// An objection at the read-out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Who raised it.
    pub who: String,
    /// To what: "Compromiso 4".
    pub about: String,
    /// The words, unchanged.
    pub text: String,
    /// The answer; may be empty.
    pub answer: String,
    /// When.
    pub at: Option<Moment>,
}

/// A frozen version of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its number.
    pub number: u32,
    /// When it was frozen.
    pub frozen: Moment,
    /// Its code, SHA-256 in hexadecimal digits.
    pub code: String,
    /// Why there was another: "Se volvió a acuerdos por la objeción al compromiso 4"; may be empty.
    pub note: String,
}

/// What a commitment's question came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The commitment's number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Who said what, and whether it stands.
    pub conformity: Conformity,
}

/// Who signs the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// As what: "Facilita".
    pub role: String,
    /// The name; may be empty.
    pub person: String,
    /// The organisation.
    pub organisation: String,
}
