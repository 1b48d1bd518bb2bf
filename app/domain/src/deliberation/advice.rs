//! Advice on how something is worded, which never blocks (section 5): what is missing, and in which
//! field. The blocking checks are in [`check`](super::check).
//!
//! The words that it looks for are data (`words`); texts are compared without accents and
//! capitals, in the singular and the plural, in the forms of the verbs. It says nothing rather
//! than something wrong: people who know better are annoyed sooner than helped.

mod lexicon;
mod reading;
mod whole;
mod wording;
mod words;

use super::choice::ItemKind;
use super::field::{Assignment, TextField};
use super::item::Item;
use crate::mesa::Mesa;
use crate::{Date, ItemId};

pub use whole::written;

use lexicon::Lexicon;
use reading::Reading;

/// A passage of a text, in Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The first one.
    pub from: u32,
    /// The one after the last.
    pub to: u32,
}

impl Words {
    /// The passage; empty when the text is another one.
    pub fn of(self, text: &str) -> &str {
        let byte = |scalar: u32| {
            let scalar = usize::try_from(scalar).unwrap_or(usize::MAX);
            text.char_indices().nth(scalar).map_or(text.len(), |(byte, _)| byte)
        };
        text.get(byte(self.from)..byte(self.to)).unwrap_or_default()
    }
}

/// A piece of advice. Words are a passage of the field that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Only verbs whose fulfilment nobody can check; the first of them.
    OnlySoftVerbs(Words),
    /// It doesn't say what is delivered.
    NoDeliverable,
    /// A problem that is put as a missing solution.
    ProblemIsAnAbsence(Words),
    /// A verb that nobody can fulfil.
    AbsoluteVerb(Words),
    /// A responsible that names nobody.
    GenericResponsible(Words),
    /// Words that promise nothing.
    VagueAdverb(Words),
    /// A year after the plan's end.
    YearAfterPlan {
        /// The year.
        words: Words,
        /// The year in which the plan ends.
        last: i32,
    },
    /// The indicator has no number to reach.
    IndicatorWithoutNumber,
    /// Its number has no unit.
    IndicatorWithoutUnit,
    /// No open-government component.
    NoComponent,
    /// No civil counterpart.
    NoCounterpart,
    /// More activities than can be followed.
    TooManyActivities {
        /// How many.
        count: usize,
    },
    /// All activities are due in the last month.
    AllDueInLastMonth,
    /// A sentence that is too long to be read out.
    LongSentence {
        /// The sentence.
        words: Words,
        /// How many words it has.
        count: usize,
    },
}

impl Advice {
    /// Whether both say the same, of whatever words.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// The passage that it is about.
    pub fn words(self) -> Option<Words> {
        match self {
            Self::OnlySoftVerbs(words)
            | Self::ProblemIsAnAbsence(words)
            | Self::AbsoluteVerb(words)
            | Self::GenericResponsible(words)
            | Self::VagueAdverb(words)
            | Self::YearAfterPlan { words, .. }
            | Self::LongSentence { words, .. } => Some(words),
            Self::NoDeliverable
            | Self::IndicatorWithoutNumber
            | Self::IndicatorWithoutUnit
            | Self::NoComponent
            | Self::NoCounterpart
            | Self::TooManyActivities { .. }
            | Self::AllDueInLastMonth => None,
        }
    }
}

/// A field that advice may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A long text.
    Text(TextField),
    /// Unit of the indicator.
    Unit,
    /// Target of the indicator.
    Target,
    /// How often it is measured.
    Period,
    /// Open-government components.
    Components,
    /// Lead institution.
    Lead,
    /// Civil counterpart.
    Counterpart,
    /// Responsible post of an activity.
    Post,
    /// The activities of a commitment.
    Activities,
}

impl Place {
    /// The place of a short field; none where nothing is advised.
    pub fn of(field: &Assignment) -> Option<Self> {
        Some(match field {
            Assignment::IndicatorUnit(_) => Self::Unit,
            Assignment::IndicatorTarget(_) => Self::Target,
            Assignment::IndicatorPeriod(_) => Self::Period,
            Assignment::Component { .. } => Self::Components,
            Assignment::Lead(_) => Self::Lead,
            Assignment::Counterpart(_) => Self::Counterpart,
            Assignment::ResponsiblePost(_) => Self::Post,
            _ => return None,
        })
    }
}

/// Advice about a field of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The item.
    pub item: ItemId,
    /// The field.
    pub place: Place,
    /// What is advised.
    pub advice: Advice,
}

/// All advice on a mesa, in the plan's order: its problems, then commitment by commitment, each
/// followed by its activities; within an item in the order of its sheet. Problems that were merged
/// or discarded aren't advised on.
pub fn of(mesa: &Mesa) -> Vec<Given> {
    let lexicon = Lexicon::new();
    let mut given = Vec::new();
    for problem in mesa.visible(ItemKind::Problem, None) {
        if whole::counts(problem) {
            of_item(mesa, problem, &lexicon, &mut given);
        }
    }
    for commitment in mesa.visible(ItemKind::Commitment, None) {
        of_item(mesa, commitment, &lexicon, &mut given);
        for activity in mesa.visible(ItemKind::Activity, Some(commitment.id)) {
            of_item(mesa, activity, &lexicon, &mut given);
        }
    }
    given
}

/// The advice on one item, without its activities.
pub fn of_one(mesa: &Mesa, item: &Item) -> Vec<Given> {
    let mut given = Vec::new();
    of_item(mesa, item, &Lexicon::new(), &mut given);
    given
}

fn of_item(mesa: &Mesa, item: &Item, lexicon: &Lexicon, given: &mut Vec<Given>) {
    for place in places(item.kind()) {
        let advice = whole::advice(mesa, item, *place, None, lexicon);
        given.extend(advice.into_iter().map(|advice| Given {
            item: item.id,
            place: *place,
            advice,
        }));
    }
}

/// The advice on a field, the most useful first. `typed` is what is in its control, when that isn't
/// in the state yet.
pub fn of_field(mesa: &Mesa, item: &Item, place: Place, typed: Option<&str>) -> Vec<Advice> {
    whole::advice(mesa, item, place, typed, &Lexicon::new())
}

/// The advice on the words of a field, whatever else its item says; the most useful first. The plan
/// ends on `ends`.
pub fn of_text(kind: ItemKind, place: Place, text: &str, ends: Date) -> Vec<Advice> {
    let lexicon = Lexicon::new();
    let mut advice = Vec::new();
    in_words(kind, place, &Reading::of(text, &lexicon), ends, &mut advice);
    advice
}

/// The fields of a kind of item in the order of its sheet.
fn places(kind: ItemKind) -> &'static [Place] {
    use Place::Text;
    match kind {
        ItemKind::Problem => &[Text(TextField::Title), Text(TextField::Statement)],
        ItemKind::Commitment => &[
            Text(TextField::Title),
            Text(TextField::Objective),
            Text(TextField::Description),
            Text(TextField::Contribution),
            Text(TextField::ExpectedResult),
            Place::Activities,
            Place::Components,
            Text(TextField::Indicator),
            Place::Unit,
            Place::Target,
            Place::Period,
            Place::Lead,
            Place::Counterpart,
        ],
        ItemKind::Activity => {
            &[Text(TextField::Title), Text(TextField::Deliverable), Place::Lead, Place::Post]
        }
        ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution => &[],
    }
}

/// Which rules a field's words are read by.
fn in_words(kind: ItemKind, place: Place, reading: &Reading, ends: Date, advice: &mut Vec<Advice>) {
    if reading.tokens.is_empty() {
        return;
    }
    let field = match place {
        Place::Text(field) => field,
        Place::Unit => {
            let names = (0..reading.tokens.len())
                .any(|place| reading.word(place).starts_with(char::is_alphabetic));
            return if !names && !reading.percent {
                advice.push(Advice::IndicatorWithoutUnit);
            };
        }
        Place::Target => {
            if !wording::has_number(reading) {
                advice.push(Advice::IndicatorWithoutNumber);
            }
            return wording::years(reading, ends.year(), advice);
        }
        Place::Period => return wording::vague(reading, advice),
        Place::Lead | Place::Counterpart | Place::Post => return wording::nobody(reading, advice),
        Place::Components | Place::Activities => return,
    };
    match (kind, field) {
        (ItemKind::Problem, TextField::Title | TextField::Statement) => {
            advice.extend(wording::absence(reading));
            wording::long(reading, advice);
        }
        (ItemKind::Commitment | ItemKind::Activity, _) => {
            in_promise(kind, field, reading, ends, advice);
        }
        (ItemKind::Problem | ItemKind::Solution | ItemKind::DraftCommitment, _)
        | (ItemKind::Contribution, _) => {}
    }
}

/// The texts of commitments and activities: what somebody promises.
fn in_promise(
    kind: ItemKind,
    field: TextField,
    reading: &Reading,
    ends: Date,
    advice: &mut Vec<Advice>,
) {
    if field == TextField::BudgetNote {
        return;
    }
    wording::absolute(reading, advice);
    let says_what =
        matches!(field, TextField::Title | TextField::Objective | TextField::ExpectedResult);
    if advice.is_empty() && says_what {
        advice.extend(wording::only_soft(reading));
        if advice.is_empty() && field == TextField::Objective {
            advice.extend(wording::no_deliverable(reading));
        }
    }
    if !matches!((kind, field), (_, TextField::Deliverable | TextField::Indicator)) {
        wording::generic(reading, advice);
    }
    wording::vague(reading, advice);
    wording::years(reading, ends.year(), advice);
    wording::long(reading, advice);
}
