//! What the real server concludes by itself: it freezes, asks, closes and opens with a change of
//! phase, sets the document of a signing, and seals it.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::agreement::follow::{Canonical, commitments, phase_change};
use domain::agreement::signing::ServerCommand;
use domain::exercise::DecisionRule;
use domain::{
    Date, Digest, Event, Exercise, ExerciseCard, ItemId, ItemKind, ShortText, conduct, exercise,
};

use crate::random::Random;

/// The event that opens the exercise: with no quota, or the read-out would wait for it.
pub fn described(secret: bool) -> Event {
    let short = |text| ShortText::parse(text).unwrap();
    let day = |ordinal| Date::from_ordinal_date(2026, ordinal).unwrap();
    let card = ExerciseCard {
        name: short("Plan"),
        state: short("Morelos"),
        municipality: short("Tepoztlán"),
        guarantor: short("IMIPE"),
        reference_plan: short("Plan nacional"),
        axes: Vec::new(),
        quota: Vec::new(),
        sectors: Vec::new(),
        starts: day(1),
        ends: day(365),
        decision_rule: DecisionRule::Consensus,
        quorum: 1,
        secret_conformity: secret,
        time_zone: short("America/Mexico_City"),
        language: short("español"),
        sample: false,
        notice: None,
    };
    Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card)))
}

fn digest(value: impl Hash) -> Digest {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    let mut digest = [0; 32];
    digest[..8].copy_from_slice(&hasher.finish().to_be_bytes());
    Digest(digest)
}

/// Every word of a commitment and of its activities.
fn words(exercise: &Exercise, id: ItemId) -> String {
    let Some(mesa) = exercise.mesa_of(id) else { return String::new() };
    let parts = mesa.item(id).into_iter().chain(mesa.visible(ItemKind::Activity, Some(id)));
    parts.map(|item| format!("{:?}", item.texts.iter().collect::<Vec<_>>())).collect()
}

fn canonical(exercise: &Exercise, number: u16, at: i64) -> Canonical {
    let texts: Vec<_> = commitments(exercise).map(|id| words(exercise, id)).collect();
    Canonical {
        digest: digest((&texts, number, at)),
        commitments: texts.iter().map(digest).collect(),
        text: texts.concat().into(),
        changes: Vec::new(),
        sections: Vec::new(),
    }
}

/// What follows from a command's events.
pub fn follows(before: &Exercise, after: &Exercise, events: &[Event], now: i64) -> Vec<Event> {
    let changed = events.iter().find_map(|event| match event {
        Event::Conduct(mesa, conduct::Event::PhaseChanged { to, .. }) => Some((*mesa, *to)),
        _ => None,
    });
    let Some((mesa, to)) = changed else { return Vec::new() };
    let from = before.mesa(mesa).unwrap().conduct.phase;
    let follows = phase_change(after, (from, to), now, canonical);
    follows.into_iter().map(Event::Agreement).collect()
}

/// The document of a signing as it stands; most often it is sealed as soon as it can be.
pub fn of_the_document(
    exercise: &Exercise,
    at: i64,
    random: &mut Random,
) -> Option<domain::ServerCommand> {
    let round = exercise.plan.round()?;
    let (version, changes) = (round.version, round.changes);
    Some(domain::ServerCommand::Signing(match round.pages {
        Some(pages) if round.is_complete() && random.chance(80) => {
            let document = digest(at);
            ServerCommand::Seal { version, changes, document, pages, at }
        }
        _ => {
            let pages = 7 + u16::from(random.chance(20));
            ServerCommand::SetPages { version, changes, pages, base: Digest([1; 32]) }
        }
    }))
}
