//! The plan's canonical text: what is frozen, hashed, read out, agreed to and attached to the
//! document. It has every word of the plan and no person's name.
//!
//! Keys are the glossary's (section 7), values of lists are the codes of the open data. Written as
//! RFC 8785 says, so that anybody can hash it again.

use app::text::date;
use domain::agreement::VersionNumber;
use domain::agreement::follow::{self, Canonical};
use domain::codes::Coded;
use domain::deliberation::choice::{Feasibility, Party};
use domain::exercise::Sections;
use domain::exercise::sections::{Definition, Entry, Passage};
use domain::{
    Commitment, Date, Digest, Event, Exercise, Item, ItemId, ItemKind, Mesa, Millis, StreamId,
    TextField, conduct,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::pack;

pub(crate) mod changes;

/// Version of the canonical text's form.
const FORM: u16 = 1;

/// Adds to a command's events what follows from a change of phase among them.
pub fn follow(before: &Exercise, stream: StreamId, events: &mut Vec<Event>, now: Millis) {
    let changed = events.iter().find_map(|event| match event {
        Event::Conduct(mesa, conduct::Event::PhaseChanged { to, .. }) => Some((*mesa, *to)),
        _ => None,
    });
    let Some((mesa, to)) = changed else { return };
    let Some(from) = before.mesa(mesa).map(|mesa| mesa.conduct.phase) else { return };
    let mut after = before.clone();
    events.iter().for_each(|event| after.apply(event));
    let canonical = |exercise: &Exercise, number, at| canonical(exercise, stream, number, at);
    let follows = follow::phase_change(&after, (from, to), now, canonical);
    events.extend(follows.into_iter().map(Event::Agreement));
    // Who goes back to the preparation is held up by what came too late meanwhile.
    events.extend(pack::follow(&after));
}

/// The canonical text of a version of the plan as the exercise has it now.
pub fn canonical(
    exercise: &Exercise,
    stream: StreamId,
    number: VersionNumber,
    at: Millis,
) -> Canonical {
    let commitments: Vec<_> = follow::commitments(exercise)
        .filter_map(|id| {
            let mesa = exercise.mesa_of(id)?;
            let item = mesa.item(id)?;
            Some(commitment(exercise, mesa, item, item.as_commitment()?))
        })
        .collect();
    let texts = commitments.iter().map(|text| digest(&written(text))).collect();
    let before = exercise.plan.version().filter(|before| before.number < number);
    let before: Option<Value> = before
        .and_then(|before| before.text.as_deref())
        .map(|text| serde_json::from_str(text).unwrap_or_default());
    let (problems, sections) = (problems(exercise), sections(&exercise.sections));
    let compared = before.map(|before| {
        let changes = changes::changes(&before, &commitments, &problems);
        (changes, changes::sections(&before, &sections))
    });
    let (changes, changed_sections) = compared.unwrap_or_default();
    let numbered = (1_u16..).zip(commitments).map(|(number, mut commitment)| {
        commitment["number"] = number.into();
        commitment
    });
    let whole = json!({
        "form": FORM,
        "exercise_id": stream.to_string(),
        "version": number,
        "frozen_at": at,
        "exercise": of_exercise(exercise),
        "mesas": exercise.mesas.values().map(|mesa| of_mesa(mesa)).collect::<Vec<_>>(),
        "actors": actors(exercise),
        "sections": sections,
        "problems": problems,
        "commitments": numbered.collect::<Vec<_>>(),
    });
    let text = written(&whole);
    Canonical {
        digest: digest(&text),
        text: text.into(),
        commitments: texts,
        changes,
        sections: changed_sections,
    }
}

/// As RFC 8785 says.
fn written(value: &Value) -> String {
    serde_json_canonicalizer::to_string(value).expect("the text has only strings and whole numbers")
}

fn digest(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}

fn of_exercise(exercise: &Exercise) -> Value {
    let Some(card) = exercise.card.as_deref() else { return Value::Null };
    let axes = card.axes.iter().map(|axis| json!({ "number": axis.number, "name": axis.name }));
    let quota = card
        .quota
        .iter()
        .map(|quota| json!({ "category": quota.category.code(), "minimum": quota.minimum }));
    json!({
        "name": card.name,
        "state": card.state,
        "municipality": card.municipality,
        "guarantor": card.guarantor,
        "reference_plan": card.reference_plan,
        "axes": axes.collect::<Vec<_>>(),
        "quota": quota.collect::<Vec<_>>(),
        "starts": date::machine_date(card.starts),
        "ends": date::machine_date(card.ends),
        "decision_rule": card.decision_rule.code(),
        "quorum": card.quorum,
    })
}

fn of_mesa(mesa: &Mesa) -> Value {
    let card = mesa.card.as_deref();
    json!({
        "number": mesa.number.0,
        "theme": card.map(|card| &card.theme),
        "venue": card.map(|card| &card.venue),
    })
}

fn actors(exercise: &Exercise) -> Value {
    let here = exercise.actors.iter().filter(|actor| !actor.withdrawn);
    here.map(|actor| {
        json!({
            "number": actor.number.0,
            "organisation": actor.organisation,
            "sector": actor.sector.code(),
            "signs": actor.signs,
        })
    })
    .collect()
}

/// The optional sections of the document, empty ones too.
fn sections(sections: &Sections) -> Value {
    let passage = |passage: &Option<Passage>| {
        document_text(passage.as_ref().map_or("", |passage| passage.as_str()))
    };
    let list = |entries: &[Entry]| -> Vec<_> {
        entries.iter().map(|entry| document_text(entry.as_str())).collect()
    };
    let definition = |one: &Definition| {
        json!({
            "term": document_text(one.term.as_str()),
            "meaning": document_text(one.meaning.as_str()),
        })
    };
    json!({
        "context": passage(&sections.context),
        "how_it_was_made": passage(&sections.how_it_was_made),
        "legal_framework": list(&sections.legal_framework),
        "definitions": sections.definitions.iter().map(definition).collect::<Vec<_>>(),
        "strategic_objective": passage(&sections.strategic_objective),
        "specific_objectives": list(&sections.specific_objectives),
        "measurement": passage(&sections.measurement),
    })
}

/// The visible problems of all mesas, in their order.
fn problems(exercise: &Exercise) -> Value {
    let of_mesa = |mesa: &Mesa| {
        let listed = (1_usize..).zip(mesa.visible(ItemKind::Problem, None));
        let problem = |(number, item): (usize, &std::sync::Arc<Item>)| {
            let problem = item.as_problem()?;
            let mut text = texts(item);
            text.insert("id".to_owned(), item.id.to_string().into());
            text.insert("mesa".to_owned(), mesa.number.0.into());
            text.insert("number".to_owned(), number.into());
            text.insert("origin".to_owned(), problem.origin.map(|origin| origin.code()).into());
            text.insert("evidence_source".to_owned(), problem.evidence_source.as_str().into());
            text.insert("state".to_owned(), problem.state.code().into());
            Some(Value::Object(text))
        };
        listed.filter_map(problem).collect::<Vec<_>>()
    };
    exercise.mesas.values().flat_map(|mesa| of_mesa(mesa)).collect()
}

/// A commitment with its activities, without its number: it is the same text in another place.
fn commitment(exercise: &Exercise, mesa: &Mesa, item: &Item, it: &Commitment) -> Value {
    let mut text = texts(item);
    let indicator = json!({
        "what": text.remove("indicator"),
        "unit": it.indicator.unit,
        "baseline": it.indicator.baseline,
        "target": it.indicator.target,
        "period": it.indicator.period,
    });
    let axis = exercise.card.iter().flat_map(|card| &card.axes);
    let axis = axis.filter(|axis| Some(axis.number) == it.axis);
    let problems = mesa.deliberation.problems_of(it).map(|problem| problem.id.to_string());
    let note = match &it.feasibility {
        Feasibility::Pending => "",
        Feasibility::ConfirmedBy(note) | Feasibility::WithReservations(note) => note.as_str(),
    };
    let components: Vec<_> = it.components.iter().map(|component| component.code()).collect();
    let rest = [
        ("id", item.id.to_string().into()),
        ("mesa", mesa.number.0.into()),
        ("category", it.category.map(|category| category.code()).into()),
        ("problems", problems.collect::<Vec<_>>().into()),
        ("indicator", indicator),
        ("components", components.into()),
        (
            "axis",
            axis.map(|axis| json!({ "number": axis.number, "name": axis.name })).next().into(),
        ),
        ("lead", party(mesa, &it.lead)),
        ("civil_counterpart", party(mesa, &it.counterpart)),
        ("starts", day(it.starts)),
        ("ends", day(it.ends)),
        ("feasibility", it.feasibility.code().into()),
        ("feasibility_note", note.into()),
        ("sdg", it.sdg.into()),
        ("activities", activities(mesa, item.id)),
    ];
    text.extend(rest.map(|(key, value)| (key.to_owned(), value)));
    Value::Object(text)
}

/// A commitment's visible activities, in order. The name of the person responsible isn't part of
/// the plan; their post is.
fn activities(mesa: &Mesa, commitment: ItemId) -> Value {
    let listed = (1_usize..).zip(mesa.visible(ItemKind::Activity, Some(commitment)));
    let activity = |(number, item): (usize, &std::sync::Arc<Item>)| {
        let it = item.as_activity()?;
        let mut text = texts(item);
        let rest = [
            ("id", item.id.to_string().into()),
            ("number", number.into()),
            ("lead", party(mesa, &it.lead)),
            ("responsible_post", it.responsible_post.as_str().into()),
            ("co_responsible", it.co_responsible.as_str().into()),
            ("starts", day(it.starts)),
            ("due_date", day(it.due)),
        ];
        text.extend(rest.map(|(key, value)| (key.to_owned(), value)));
        Some(Value::Object(text))
    };
    listed.filter_map(activity).collect()
}

/// An item's long texts by the codes of their fields, empty ones too.
fn texts(item: &Item) -> Map<String, Value> {
    let fields = TextField::of(item.kind()).iter();
    fields.map(|field| (field.code().to_owned(), document_text(item.text(*field)).into())).collect()
}

/// A text in its normal form.
fn document_text(text: &str) -> String {
    document::prepare(text)
}

fn party(mesa: &Mesa, party: &Party) -> Value {
    match party {
        Party::Unnamed => Value::Null,
        Party::Actor(number) => {
            json!({ "actor": number.0, "name": mesa.actor(*number).map(|actor| &actor.organisation) })
        }
        Party::Named(name) => json!({ "name": name }),
    }
}

fn day(day: Option<Date>) -> Value {
    day.map(date::machine_date).into()
}
