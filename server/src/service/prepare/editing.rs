//! Changing the exercise's card, a mesa's and the notice, with what a change does said first.

use std::collections::BTreeMap;

use app::page::form::{Field, Form, Problem};
use app::page::prepare::{Consequence, Editing};
use app::text::{form as words, pack};
use domain::codes::Parsed;
use domain::deliberation::item::Details;
use domain::exercise::{DecisionRule, MeetingMode, NoticeText, Quota};
use domain::pack::DayKind;
use domain::{
    Exercise, ExerciseCard, Mesa, MesaCard, MesaNumber, PersonId, Phase, Rejection, ServerCommand,
    StreamId, conduct, exercise,
};

use super::{enter, zone};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::service::form::{Reading, of_agenda, of_exercise, of_mesa, usual};
use crate::service::template;

/// What came of a posted form.
#[derive(Debug)]
pub enum Outcome {
    /// It is saved.
    Saved,
    /// It comes back: something is wrong with it, or what it does is to be confirmed.
    Back(Editing),
}

/// The form of the exercise's card.
pub fn exercise_form(seen: &Exercise) -> Editing {
    let typed = seen.card.as_deref().map(of_exercise).unwrap_or_default();
    Editing { form: Form { typed, ..Form::default() }, consequences: Vec::new() }
}

/// The form of a mesa's card; none: a new mesa.
pub fn mesa_form(seen: &Exercise, number: Option<MesaNumber>) -> Editing {
    let card = number.and_then(|number| seen.mesa(number)).and_then(|mesa| mesa.card.as_deref());
    let typed = match card {
        Some(card) => of_mesa(card, zone(seen)),
        None => {
            let mut typed = usual(clock::today());
            typed.retain(|field, _| matches!(field, Field::From | Field::To | Field::Mode));
            typed.extend(of_agenda(&template::agenda()));
            typed
        }
    };
    Editing { form: Form { typed, ..Form::default() }, consequences: Vec::new() }
}

/// The form of the notice.
pub fn notice_form(seen: &Exercise) -> Editing {
    let texts = seen.notices.last().map(|notice| {
        [
            (Field::NoticeShort, notice.short.as_str().to_owned()),
            (Field::NoticeFull, notice.full.as_str().to_owned()),
        ]
    });
    let typed = texts.map(BTreeMap::from).unwrap_or_default();
    Editing { form: Form { typed, ..Form::default() }, consequences: Vec::new() }
}

/// Changes the exercise's card.
///
/// # Errors
/// [`Unexpected`].
pub async fn exercise(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    typed: BTreeMap<Field, String>,
    confirmed: bool,
) -> Result<Outcome, Unexpected> {
    let Some(before) = seen.card.as_deref() else { return Ok(Outcome::Saved) };
    // A form without them leaves them as they are.
    let without = Field::sectors().all(|field| !typed.contains_key(&field));
    let sectors = without.then(|| before.sectors.clone());
    let mut reading = Reading::new(typed);
    let after = reading.exercise(before.sample, sectors);
    for actor in seen.actors.iter().filter(|actor| !actor.withdrawn) {
        let gone = after.as_ref().is_some_and(|card| card.sector_name(actor.sector).is_none());
        let field = Field::sectors().find(|field| field.sector() == Some(actor.sector));
        if let Some(field) = field.filter(|_| gone) {
            reading.note(field, Problem::InUse);
        }
    }
    let Some(after) = after.filter(|_| reading.is_fine()) else { return Ok(back(reading.form)) };
    let mut consequences = changes(&of_exercise(before), &of_exercise(&after));
    let changed = !consequences.is_empty();
    consequences.extend(of_card(seen, before, &after));
    if needs_asking(seen, None, &consequences) && changed && !confirmed {
        return Ok(Outcome::Back(Editing { form: reading.form, consequences }));
    }
    let amend = exercise::ServerCommand::AmendExercise(Box::new(after.clone()));
    match enter(state, stream, by, vec![ServerCommand::Exercise(amend)], Vec::new()).await? {
        Ok(()) => Ok(Outcome::Saved),
        Err(Rejection::NotAllowed { .. }) => {
            for field in agreed(before, &after) {
                reading.note(field, Problem::Agreed);
            }
            Ok(back(reading.form))
        }
        Err(rejection) => Ok(refused(reading.form, &rejection)),
    }
}

/// Changes a mesa's card, or opens another mesa. The result is its number.
///
/// # Errors
/// [`Unexpected`].
pub async fn mesa(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    number: Option<MesaNumber>,
    typed: BTreeMap<Field, String>,
    confirmed: bool,
) -> Result<(Option<MesaNumber>, Outcome), Unexpected> {
    let mut reading = Reading::new(typed);
    let Some(after) = reading.mesa(zone(seen), None) else {
        return Ok((number, back(reading.form)));
    };
    let Some(there) = number else {
        return add_mesa(state, stream, seen, by, after, reading).await;
    };
    let Some(mesa) = seen.mesa(there) else { return Ok((number, back(reading.form))) };
    let before = mesa.card.as_deref();
    let mut consequences = match before {
        Some(before) => {
            let zone = zone(seen);
            let mut changes = changes(&of_mesa(before, zone), &of_mesa(&after, zone));
            if before.agenda != after.agenda {
                changes.push(Consequence::Agenda);
            }
            changes
        }
        None => Vec::new(),
    };
    let moves = before
        .is_some_and(|before| (before.starts_at, &before.venue) != (after.starts_at, &after.venue));
    let changed = !consequences.is_empty();
    consequences.extend(of_move(seen, there, mesa, moves));
    if needs_asking(seen, Some(mesa), &consequences) && changed && !confirmed {
        return Ok((number, Outcome::Back(Editing { form: reading.form, consequences })));
    }
    let amend = exercise::ServerCommand::AmendMesa { mesa: there, card: Box::new(after) };
    let entered =
        enter(state, stream, by, vec![ServerCommand::Exercise(amend)], Vec::new()).await?;
    Ok((number, entered.map_or_else(|r| refused(reading.form, &r), |()| Outcome::Saved)))
}

async fn add_mesa(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    card: MesaCard,
    reading: Reading,
) -> Result<(Option<MesaNumber>, Outcome), Unexpected> {
    let last = seen.mesas.keys().next_back().map_or(0, |number| number.0);
    let number = MesaNumber(last + 1);
    let code = domain::ShortText::parse(&clock::join_code()).unwrap_or_default();
    let commands = vec![
        ServerCommand::Exercise(exercise::ServerCommand::OpenMesa {
            mesa: number,
            card: Box::new(card),
        }),
        ServerCommand::Conduct(number, conduct::ServerCommand::SetJoinCode(code)),
        ServerCommand::Conduct(number, conduct::ServerCommand::OpenDoor),
    ];
    match enter(state, stream, by, commands, Vec::new()).await? {
        Ok(()) => Ok((Some(number), Outcome::Saved)),
        Err(rejection) => Ok((None, refused(reading.form, &rejection))),
    }
}

/// Publishes another version of the notice.
///
/// # Errors
/// [`Unexpected`].
pub async fn notice(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    typed: BTreeMap<Field, String>,
) -> Result<Outcome, Unexpected> {
    let mut reading = Reading::new(typed);
    let texts: Option<(NoticeText, NoticeText)> =
        reading.notice(Field::NoticeShort).zip(reading.notice(Field::NoticeFull));
    let Some((short, full)) = texts else { return Ok(back(reading.form)) };
    let publish = exercise::ServerCommand::PublishNotice { short, full };
    let entered =
        enter(state, stream, by, vec![ServerCommand::Exercise(publish)], Vec::new()).await?;
    Ok(entered.map_or_else(|r| refused(reading.form, &r), |()| Outcome::Saved))
}

pub(super) fn back(form: Form) -> Outcome {
    Outcome::Back(Editing { form, consequences: Vec::new() })
}

/// What the rules reject although the form is fine: somebody else changed it meanwhile.
pub(super) fn refused(mut form: Form, rejection: &Rejection) -> Outcome {
    tracing::warn!(%rejection, "a change of the preparation was refused");
    if let Some(field) = form.typed.keys().next().copied() {
        form.problems.insert(field, Problem::Taken);
    }
    back(form)
}

/// A change is asked about when something happens besides, or when the mesa (any mesa, for the
/// exercise's card) is under way.
fn needs_asking(seen: &Exercise, mesa: Option<&Mesa>, consequences: &[Consequence]) -> bool {
    let begun = |mesa: &Mesa| mesa.conduct.phase != Phase::Preparation;
    let under_way = match mesa {
        Some(mesa) => begun(mesa),
        None => seen.mesas.values().any(|mesa| begun(mesa)),
    };
    let only_says = |consequence: &Consequence| {
        matches!(consequence, Consequence::Changes { .. } | Consequence::Agenda)
    };
    under_way || !consequences.iter().all(only_says)
}

/// The fields that differ, as people read them.
fn changes(before: &BTreeMap<Field, String>, after: &BTreeMap<Field, String>) -> Vec<Consequence> {
    let agenda = |field: &Field| {
        matches!(field, Field::AgendaPhase(_) | Field::AgendaTitle(_) | Field::AgendaMinutes(_))
    };
    let fields: std::collections::BTreeSet<Field> =
        before.keys().chain(after.keys()).copied().filter(|field| !agenda(field)).collect();
    let text = |typed: &BTreeMap<Field, String>, field| {
        shown(field, typed.get(&field).map_or("", String::as_str))
    };
    fields
        .into_iter()
        .map(|field| (field, text(before, field), text(after, field)))
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| Consequence::Changes { field, before, after })
        .collect()
}

/// A field's content as people read it.
fn shown(field: Field, typed: &str) -> String {
    match field {
        Field::Zone => words::zone(typed).to_owned(),
        Field::DecisionRule => {
            DecisionRule::parse(typed).map(words::rule).unwrap_or_default().to_owned()
        }
        Field::NoticeKind => {
            DayKind::parse(typed).map(pack::day_kind).unwrap_or_default().to_owned()
        }
        Field::Mode => MeetingMode::parse(typed).map(words::mode).unwrap_or_default().to_owned(),
        Field::Starts | Field::Ends | Field::Day => day_first(typed),
        Field::Axes => typed.lines().collect::<Vec<_>>().join("; "),
        _ => typed.to_owned(),
    }
}

fn day_first(typed: &str) -> String {
    let parts: Vec<_> = typed.split('-').rev().collect();
    parts.join("/")
}

/// What a change of the card does besides.
fn of_card(seen: &Exercise, before: &ExerciseCard, after: &ExerciseCard) -> Vec<Consequence> {
    let mut consequences = Vec::new();
    if (before.starts, before.ends) != (after.starts, after.ends) {
        let (mut commitments, mut activities) = (0, 0);
        let outside = |day: Option<domain::Date>| {
            day.is_some_and(|day| day < after.starts || day > after.ends)
        };
        let items = seen
            .mesas
            .values()
            .flat_map(|mesa| mesa.deliberation.items.values().filter(|item| mesa.is_visible(item)));
        for item in items {
            match &item.details {
                Details::Commitment(it) => {
                    commitments += usize::from(outside(it.starts) || outside(it.ends));
                }
                Details::Activity(it) => {
                    activities += usize::from(outside(it.starts) || outside(it.due));
                }
                _ => {}
            }
        }
        if commitments + activities > 0 {
            consequences.push(Consequence::OutsideThePeriod { commitments, activities });
        }
    }
    if before.quota != after.quota {
        let missing: Vec<Quota> = after
            .quota
            .iter()
            .filter_map(|quota| {
                let there: u32 = seen
                    .mesas
                    .values()
                    .map(|mesa| domain::Standing::of(mesa).has(quota.category))
                    .sum();
                let missing = u32::from(quota.minimum).saturating_sub(there);
                (missing > 0)
                    .then(|| Quota { minimum: u8::try_from(missing).unwrap_or(u8::MAX), ..*quota })
            })
            .collect();
        let begun = seen.mesas.values().any(|mesa| mesa.conduct.phase != Phase::Preparation);
        if !missing.is_empty() && begun {
            consequences.push(Consequence::QuotaMissing(missing));
        }
    }
    if before.time_zone != after.time_zone {
        consequences.push(Consequence::OtherClock);
    }
    let under_way = seen.mesas.values().map(|mesa| mesa.conduct.phase);
    if let Some(phase) = under_way.max().filter(|phase| *phase != Phase::Preparation) {
        consequences.push(Consequence::UnderWay { phase });
    }
    consequences
}

/// What a change of a mesa's card does besides.
fn of_move(seen: &Exercise, number: MesaNumber, mesa: &Mesa, moves: bool) -> Vec<Consequence> {
    let mut consequences = Vec::new();
    let links = seen.registry.links.values();
    let links = links
        .filter(|link| {
            link.ended.is_none() && link.grant.seat.is_some() && link.grant.is_for(number)
        })
        .count();
    if moves && links > 0 {
        consequences.push(Consequence::PrintedBefore { links });
    }
    if mesa.conduct.phase != Phase::Preparation {
        consequences.push(Consequence::UnderWay { phase: mesa.conduct.phase });
    }
    consequences
}

/// The fields of the rules that differ.
fn agreed(before: &ExerciseCard, after: &ExerciseCard) -> Vec<Field> {
    let differ = [
        (Field::Starts, before.starts != after.starts),
        (Field::Ends, before.ends != after.ends),
        (Field::DecisionRule, before.decision_rule != after.decision_rule),
        (Field::Quorum, before.quorum != after.quorum),
        (Field::Secret, before.secret_conformity != after.secret_conformity),
        (Field::FollowTheMoney, before.quota != after.quota),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
