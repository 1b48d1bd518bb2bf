//! A commitment for its sheet.

use serde_json::{Value, json};

use super::{calendar, code};
use crate::plan::{Activity, Commitment, Conformity, Indicator, Plan, Voice};
use crate::text;
use crate::user::User;

/// In lists longer titles are cut; the sheet has them whole.
const MOST_IN_LIST: usize = 160;
/// Figures longer than this are set as text instead of large.
const MOST_OF_FIGURE: usize = 16;

/// The commitment at a place in the list, from 0.
pub fn view(user: &User, plan: &Plan, one: &Commitment, place: usize, public: bool) -> Value {
    let last_due = one.activities.iter().filter_map(|activity| activity.due).max();
    let tally = one.conformity.as_ref().map(|said| text::tally_line(&said.groups));
    json!({
        "number": one.number,
        "category": code(one.category),
        "category-name": text::category(one.category),
        "place": format!("Compromiso {} de {}", place + 1, plan.commitments.len()),
        "title": user.rich(title(one)),
        "listed": user.rich(&text::cut(title(one), MOST_IN_LIST)),
        "letters": one.title.chars().count(),
        "head": user.line(&text::cut(title(one), 50)),
        "objective": user.paragraphs(&one.objective),
        "long-facts": long_facts(user, one),
        "facts": facts(user, plan, one),
        "indicator": indicator(user, &one.indicator),
        "activities": one.activities.iter()
            .map(|activity| activity_view(user, activity, public))
            .collect::<Vec<_>>(),
        "conformity": one.conformity.as_ref().map(|said| conformity(user, said)),
        "months": calendar::row(user, plan, one),
        "last-due": last_due.map(text::day).unwrap_or_default(),
        "tally": tally.unwrap_or_default(),
    })
}

/// A sheet without a title would have no heading, and the rest no place in the outline.
fn title(one: &Commitment) -> &str {
    match one.title.trim() {
        "" => text::UNTITLED,
        title => title,
    }
}

fn long_facts(user: &User, one: &Commitment) -> Vec<Value> {
    [(text::DESCRIPTION, &one.description), (text::CONTRIBUTION, &one.contribution)]
        .into_iter()
        .filter(|(_, said)| !said.trim().is_empty())
        .map(|(label, said)| json!({ "label": label, "said": user.paragraphs(said) }))
        .collect()
}

fn facts(user: &User, plan: &Plan, one: &Commitment) -> Vec<Value> {
    let axis = one.axis.as_deref().unwrap_or_default();
    let reference = match plan.exercise.reference_plan.trim() {
        "" => text::AXIS.to_owned(),
        name => text::axis_of(name),
    };
    let facts = [
        (text::LEAD.to_owned(), one.lead.clone()),
        (text::COUNTERPART.to_owned(), one.counterpart.clone()),
        (text::PROBLEMS.to_owned(), one.problems.join("\n")),
        (text::RESULT.to_owned(), one.result.clone()),
        (text::PERIOD.to_owned(), text::optional_period(one.period)),
        (text::COMPONENTS.to_owned(), text::components(&one.components)),
        (reference, axis.to_owned()),
        (text::FEASIBILITY.to_owned(), one.feasibility.clone()),
        (text::BUDGET.to_owned(), one.budget.clone()),
        (text::SDG.to_owned(), one.sdg.clone()),
    ];
    facts
        .into_iter()
        .filter(|(_, said)| !said.trim().is_empty())
        .map(|(label, said)| json!({ "label": user.line(&label), "said": user.rich(&said) }))
        .collect()
}

fn indicator(user: &User, one: &Indicator) -> Value {
    if one.what.trim().is_empty() {
        return Value::Null;
    }
    let figure = |value: &str| {
        let value = if value.trim().is_empty() { "–" } else { value.trim() };
        json!({ "said": user.rich(value), "letters": value.chars().count() })
    };
    let long = |value: &str| value.trim().chars().count() > MOST_OF_FIGURE;
    let measured = text::measured(&one.period);
    let unit = one.unit.trim();
    json!({
        "what": user.rich(&one.what),
        "said": user.rich(&text::joined(&[&text::sentence(&one.what), &measured], " ")),
        "period": user.rich(&one.period),
        "baseline": figure(&one.baseline),
        "target": figure(&one.target),
        "target-note": user.rich(&text::joined(&[text::TARGET, unit], ", ")),
        "target-full": user.rich(&text::joined(&[&one.target, unit], " ")),
        "long": long(&one.baseline) || long(&one.target) || unit.chars().count() > 40,
    })
}

fn activity_view(user: &User, one: &Activity, public: bool) -> Value {
    let person = if public { "" } else { one.person.as_str() };
    let responsible = text::joined(&[&one.post, person, &one.lead], ", ");
    json!({
        "number": user.rich(&one.number),
        "text": user.rich(&one.text),
        "deliverable": user.rich(&one.deliverable),
        "responsible": user.rich(&responsible),
        "with": user.rich(&text::with(&one.co_responsible)),
        "due": one.due.map(text::day).unwrap_or_default(),
        "start": one.start.map(text::since).unwrap_or_default(),
    })
}

fn conformity(user: &User, said: &Conformity) -> Value {
    let groups = &said.groups;
    let organisations = |voices: &[Voice]| -> Vec<String> {
        voices.iter().map(|voice| voice.organisation.clone()).collect()
    };
    let names = [
        groups.agree.clone(),
        organisations(&groups.with_reservation),
        organisations(&groups.disagree),
        groups.abstain.clone(),
        groups.unanswered.clone(),
    ];
    let none: &[Voice] = &[];
    let voices = [none, &groups.with_reservation, &groups.disagree, none, none];
    let whose: [fn(&str) -> String; 5] = [
        text::reservation_of,
        text::reservation_of,
        text::disagreement_of,
        text::reservation_of,
        text::reservation_of,
    ];
    let listed: Vec<Value> = text::tally(groups)
        .into_iter()
        .zip(names.iter().zip(voices.iter().zip(whose)))
        .filter(|((count, _), _)| *count > 0)
        .map(|((_, label), (names, (voices, whose)))| {
            let names = text::list(names.iter().map(String::as_str));
            json!({
                "label": label,
                "names": user.rich(&text::sentence(&names)),
                "voices": voices.iter()
                    .map(|voice| (voice, user.paragraphs(&voice.text)))
                    .filter(|(_, said)| !said.is_empty())
                    .map(|(voice, said)| json!({
                        "said": said,
                        "whose": user.rich(&whose(&voice.organisation)),
                    }))
                    .collect::<Vec<_>>(),
            })
        })
        .collect();
    let all = groups.agree.len() == groups.asked() && !groups.agree.is_empty();
    json!({
        "all": all.then(|| text::all_agreed(groups)),
        "groups": listed,
        "adopted": user.rich(&text::adopted(said.adopted, &said.rule)),
        "asked-with": said.asked_with.map(text::asked_with),
    })
}
