//! What the server itself does to an exercise and its mesas, and what they take from each other: said again, or said late, that
//! changes nothing.

use super::together::{PlanMove, Standing};
use super::{Event, LOGO_PLACES, NoticeText, PrivacyNotice, ServerCommand};
use crate::judge::when;
use crate::permission::Phase;
use crate::rejection::Rejection;
use crate::state::State;
use crate::{Millis, Seq, StreamId};

/// What the server's own command comes to.
pub(crate) fn register(state: &State, command: &ServerCommand) -> Result<Vec<Event>, Rejection> {
    match command {
        ServerCommand::OpenPlan(card) => fresh(state.plan.is_some() || state.mesa.is_some(), Event::PlanOpened(card.clone())),
        ServerCommand::GatherMesa(mesa) => fresh(state.mesas.contains(mesa), Event::MesaGathered { mesa: *mesa }),
        ServerCommand::OpenMesa(card) => fresh(state.plan.is_some() || state.mesa.is_some(), Event::MesaOpened(card.clone())),
        ServerCommand::SeatActor(actor) => {
            let taken = state.actors.iter().any(|other| other.number == actor.number || other.id == actor.id);
            fresh(taken, Event::ActorSeated(actor.clone()))
        }
        ServerCommand::PublishNotice { short, full } => publish_notice(state, short, full),
        ServerCommand::SetLogo { place, logo } => {
            if state.plan.is_none() || *place == 0 || *place > LOGO_PLACES {
                return Err(Rejection::UnknownValue);
            }
            let before = state.logos.get(place).and_then(Option::as_deref);
            Ok(when(before != logo.as_deref(), Event::LogoSet { place: *place, logo: logo.clone() }))
        }
        ServerCommand::NoteStanding { standing, seq } => Ok(note_standing(state, standing, *seq)),
        ServerCommand::TakeMove { mesa, number, to, at, .. } => Ok(take_move(state, *mesa, *number, *to, *at)),
        ServerCommand::Follow { siblings, seq, last, taken } => Ok(follow(state, siblings, *seq, *last, *taken)),
    }
}

fn publish_notice(state: &State, short: &NoticeText, full: &NoticeText) -> Result<Vec<Event>, Rejection> {
    if state.plan.is_none() {
        return Err(Rejection::UnknownValue);
    }
    let last = state.notices.last();
    let version = last.map_or(1, |last| last.version.saturating_add(1));
    let same = last.is_some_and(|last| last.short == *short && last.full == *full);
    let notice = PrivacyNotice { version, short: short.clone(), full: full.clone() };
    Ok(when(!same, Event::NoticePublished(Box::new(notice))))
}

/// The event, unless what it makes is there already.
pub(crate) fn fresh<E>(taken: bool, event: E) -> Result<Vec<E>, Rejection> {
    if taken { Err(Rejection::IdTaken) } else { Ok(vec![event]) }
}

/// A mesa's standing, as the plan notes it: only of a mesa that feeds it, and not an older one in place of a newer.
fn note_standing(plan: &State, standing: &Standing, seq: Seq) -> Vec<Event> {
    let known = plan.standings.iter().find(|stood| stood.standing.mesa == standing.mesa);
    let news = known.is_none_or(|known| known.seq < seq && known.standing != *standing);
    when(news && plan.mesas.contains(&standing.mesa), Event::MesaStood { standing: Box::new(standing.clone()), seq })
}

/// A move made at a mesa: the plan takes each once.
fn take_move(plan: &State, mesa: StreamId, number: u32, to: Phase, at: Millis) -> Vec<Event> {
    let taken = plan.course.taken.get(&mesa).copied().unwrap_or(0);
    let to = to.max(Phase::Agreements);
    when(plan.mesas.contains(&mesa) && taken < number, Event::PlanMoved { mesa, number, to, at })
}

/// What the plan says, as a mesa takes it. A mesa that is alone goes its own way. While the plan hasn't taken all of the mesa's
/// own moves, it doesn't lead: the mesa's last move will come after what the plan says now.
fn follow(mesa: &State, siblings: &[Standing], seq: Seq, last: Option<PlanMove>, taken: u32) -> Vec<Event> {
    if siblings.is_empty() && mesa.siblings.is_empty() {
        return Vec::new();
    }
    let others = if seq > mesa.course.told { siblings } else { &mesa.siblings };
    let followed = last.filter(|last| last.number > mesa.course.followed && taken >= mesa.course.moves);
    let event = Event::PlanStood { siblings: others.to_vec(), seq: seq.max(mesa.course.told), followed };
    // Also a move that leaves the mesa where it is: older word that comes later isn't followed any more.
    when(followed.is_some() || others != mesa.siblings, event)
}
