//! What follows from another hour, rule or pack: how the notice of each mesa stands. Only the server draws
//! this conclusion, because only it knows which instant a due day and hour are.

use super::notice::Notice;
use crate::exercise::Exercise;
use crate::mesa::Mesa;
use crate::permission::Phase;
use crate::{Event, MesaNumber, Millis, conduct};

/// The events with which the mesas learn how their notice stands; none for those that know. `due` is when
/// the pack of a mesa is due by the exercise's rule; none: nothing is. How it stood when a mesa began stays.
pub fn follow(exercise: &Exercise, due: impl Fn(MesaNumber) -> Option<Millis>) -> Vec<Event> {
    let waiting = exercise.mesas.values().filter(|mesa| !has_begun(mesa));
    let counted = waiting.filter_map(|mesa| {
        let notice = due(mesa.number).map(|due| Notice::of(&exercise.pack, due));
        (mesa.conduct.notice != notice)
            .then_some(Event::Conduct(mesa.number, conduct::Event::NoticeCounted { notice }))
    });
    counted.collect()
}

fn has_begun(mesa: &Mesa) -> bool {
    mesa.conduct.phase != Phase::Preparation
        || mesa.conduct.phases.iter().any(|start| start.phase != Phase::Preparation)
}
