//! What a plan takes from its mesas and a mesa from its plan. Said again, or said late, it changes nothing.

use super::when;
use crate::event::Event;
use crate::exercise::together::{PlanMove, Standing};
use crate::permission::Phase;
use crate::state::State;
use crate::{Millis, Seq, StreamId};

/// A mesa's standing, as the plan notes it: only of a mesa that feeds it, and not an older one in place of a newer.
pub(super) fn note_standing(plan: &State, standing: &Standing, seq: Seq) -> Vec<Event> {
    let known = plan.standings.iter().find(|stood| stood.standing.mesa == standing.mesa);
    let news = known.is_none_or(|known| known.seq < seq && known.standing != *standing);
    when(news && plan.mesas.contains(&standing.mesa), Event::MesaStood { standing: Box::new(standing.clone()), seq })
}

/// A move made at a mesa: the plan takes each once.
pub(super) fn take_move(plan: &State, mesa: StreamId, number: u32, to: Phase, at: Millis) -> Vec<Event> {
    let taken = plan.course.taken.get(&mesa).copied().unwrap_or(0);
    let to = to.max(Phase::Agreements);
    when(plan.mesas.contains(&mesa) && taken < number, Event::PlanMoved { mesa, number, to, at })
}

/// What the plan says, as a mesa takes it. A mesa that is alone goes its own way. While the plan hasn't taken all of the mesa's
/// own moves, it doesn't lead: the mesa's last move will come after what the plan says now.
pub(super) fn follow(mesa: &State, siblings: &[Standing], seq: Seq, last: Option<PlanMove>, taken: u32) -> Vec<Event> {
    if siblings.is_empty() && mesa.siblings.is_empty() {
        return Vec::new();
    }
    let others = if seq > mesa.course.told { siblings } else { &mesa.siblings };
    let followed = last.filter(|last| last.number > mesa.course.followed && taken >= mesa.course.moves);
    let event = Event::PlanStood { siblings: others.to_vec(), seq: seq.max(mesa.course.told), followed };
    // Also a move that leaves the mesa where it is: older word that comes later isn't followed any more.
    when(followed.is_some() || others != mesa.siblings, event)
}
