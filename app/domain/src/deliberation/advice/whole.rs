//! What is said of a field with an eye to the rest of its item.

use time::Duration;

use super::lexicon::Lexicon;
use super::reading::Reading;
use super::{Advice, Place, in_words, wording};
use crate::Date;
use crate::deliberation::activity::Activity;
use crate::deliberation::choice::{ItemKind, Party, ProblemState};
use crate::deliberation::commitment::Commitment;
use crate::deliberation::field::TextField;
use crate::deliberation::item::{Details, Item};
use crate::mesa::Mesa;

/// Most activities that a mesa can follow for a year.
const MOST_ACTIVITIES: usize = 6;
/// The last month.
const MONTH: Duration = Duration::days(30);
/// A period of which the last month isn't most of the time.
const LONG_ENOUGH: Duration = Duration::days(90);

/// Whether a problem counts: it was neither merged nor discarded.
pub(super) fn counts(problem: &Item) -> bool {
    problem.as_problem().is_some_and(|problem| {
        !matches!(problem.state, ProblemState::MergedInto(_) | ProblemState::Discarded(_))
    })
}

/// The advice on a field of an item.
pub(super) fn advice(
    mesa: &Mesa,
    item: &Item,
    place: Place,
    typed: Option<&str>,
    lexicon: &Lexicon,
) -> Vec<Advice> {
    let text = typed.unwrap_or_else(|| written(item, place));
    let reading = Reading::of(text, lexicon);
    let mut advice = Vec::new();
    in_words(item.kind(), place, &reading, mesa.plan_period().1, &mut advice);
    match &item.details {
        Details::Commitment(commitment) => {
            let about = About { mesa, item, reading: &reading, lexicon };
            about.commitment(commitment, place, &mut advice);
        }
        Details::Activity(_) => {
            let about = About { mesa, item, reading: &reading, lexicon };
            about.activity(place, &mut advice);
        }
        Details::Problem(_)
        | Details::Solution(_)
        | Details::DraftCommitment(_)
        | Details::Contribution(_) => {}
    }
    advice
}

/// What is written in a field; empty for a choice.
pub fn written(item: &Item, place: Place) -> &str {
    match (place, &item.details) {
        (Place::Text(field), _) => item.text(field),
        (Place::Unit, Details::Commitment(commitment)) => commitment.indicator.unit.as_str(),
        (Place::Target, Details::Commitment(commitment)) => commitment.indicator.target.as_str(),
        (Place::Period, Details::Commitment(commitment)) => commitment.indicator.period.as_str(),
        (Place::Lead, Details::Commitment(Commitment { lead, .. }))
        | (Place::Lead, Details::Activity(Activity { lead, .. })) => name(lead),
        (Place::Counterpart, Details::Commitment(commitment)) => name(&commitment.counterpart),
        (Place::Post, Details::Activity(activity)) => activity.responsible_post.as_str(),
        _ => "",
    }
}

/// The name of an institution without a seat.
fn name(party: &Party) -> &str {
    match party {
        Party::Named(name) => name.as_str(),
        Party::Unnamed | Party::Actor(_) => "",
    }
}

/// A field that is read, and what is around it.
struct About<'a> {
    mesa: &'a Mesa,
    item: &'a Item,
    reading: &'a Reading,
    lexicon: &'a Lexicon,
}

impl About<'_> {
    fn commitment(&self, commitment: &Commitment, place: Place, advice: &mut Vec<Advice>) {
        let begun = [TextField::Title, TextField::Objective]
            .iter()
            .any(|field| !self.item.text(*field).is_empty());
        let empty = self.reading.tokens.is_empty() && !self.reading.percent;
        match place {
            // A name may be short when the objective says what is done.
            Place::Text(TextField::Title) if self.is_concrete(TextField::Objective) => {
                advice.retain(|advice| !matches!(advice, Advice::OnlySoftVerbs(_)));
            }
            Place::Target if begun && empty && !self.has_digit(TextField::Indicator) => {
                advice.push(Advice::IndicatorWithoutNumber);
            }
            Place::Unit if begun && empty && !self.target_has_unit(commitment) => {
                advice.push(Advice::IndicatorWithoutUnit);
            }
            Place::Components if begun && commitment.components.is_empty() => {
                advice.push(Advice::NoComponent);
            }
            Place::Counterpart if begun && empty && is_unnamed(&commitment.counterpart) => {
                advice.push(Advice::NoCounterpart);
            }
            Place::Activities => self.activities(commitment, advice),
            Place::Text(_)
            | Place::Unit
            | Place::Target
            | Place::Period
            | Place::Components
            | Place::Lead
            | Place::Counterpart
            | Place::Post => {}
        }
    }

    fn activities(&self, commitment: &Commitment, advice: &mut Vec<Advice>) {
        let (mut count, mut due) = (0, Vec::new());
        for activity in self.mesa.visible(ItemKind::Activity, Some(self.item.id)) {
            count += 1;
            due.extend(activity.as_activity().and_then(|activity| activity.due));
        }
        if count > MOST_ACTIVITIES {
            advice.push(Advice::TooManyActivities { count });
        }
        let plan = self.mesa.plan_period();
        let (from, to) = (commitment.starts.unwrap_or(plan.0), commitment.ends.unwrap_or(plan.1));
        // Where dates are missing, the checks say so.
        let known = count > 1 && due.len() == count;
        if known && is_long(from, to) && due.iter().all(|due| *due > to - MONTH) {
            advice.push(Advice::AllDueInLastMonth);
        }
    }

    fn activity(&self, place: Place, advice: &mut Vec<Advice>) {
        match place {
            Place::Text(TextField::Title) if self.delivers() => {
                advice.retain(|advice| !matches!(advice, Advice::OnlySoftVerbs(_)));
            }
            Place::Text(TextField::Deliverable) if self.reading.tokens.is_empty() => {
                let title = self.read(TextField::Title);
                let named = title.has(super::lexicon::Senses::THING);
                // Of a title that says nothing, that is said first.
                let soft = wording::only_soft(&title).is_some();
                if !title.tokens.is_empty() && !named && !soft {
                    advice.push(Advice::NoDeliverable);
                }
            }
            Place::Text(_)
            | Place::Unit
            | Place::Target
            | Place::Period
            | Place::Components
            | Place::Lead
            | Place::Counterpart
            | Place::Post
            | Place::Activities => {}
        }
    }

    /// Whether an activity says what is delivered.
    fn delivers(&self) -> bool {
        !self.item.text(TextField::Deliverable).trim().is_empty()
    }

    fn read(&self, field: TextField) -> Reading {
        Reading::of(self.item.text(field), self.lexicon)
    }

    fn is_concrete(&self, field: TextField) -> bool {
        wording::is_concrete(&self.read(field))
    }

    fn has_digit(&self, field: TextField) -> bool {
        wording::has_digit(&self.read(field))
    }

    /// Whether the target needs no unit: it has one itself ("14 localidades", "100 %"), or it has
    /// no number yet.
    fn target_has_unit(&self, commitment: &Commitment) -> bool {
        let target = Reading::of(commitment.indicator.target.as_str(), self.lexicon);
        let words = (0..target.tokens.len())
            .any(|place| target.word(place).starts_with(|first: char| first.is_alphabetic()));
        target.tokens.is_empty() || target.percent || words || self.measures_a_number()
    }

    /// Whether what is measured says the unit: "Número de talleres", "Porcentaje de contratos".
    fn measures_a_number(&self) -> bool {
        let measured = self.read(TextField::Indicator);
        matches!(measured.word(0), "numero" | "porcentaje" | "cantidad" | "total" | "tasa")
    }
}

fn is_unnamed(party: &Party) -> bool {
    match party {
        Party::Unnamed => true,
        Party::Actor(_) => false,
        Party::Named(name) => name.is_empty(),
    }
}

/// Whether a period is so long that its last month says something.
fn is_long(from: Date, to: Date) -> bool {
    to - from > LONG_ENOUGH
}
