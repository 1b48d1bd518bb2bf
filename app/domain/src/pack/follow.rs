//! What follows from another hour, rule or pack: how the notice of each mesa stands. Only the server draws
//! this conclusion, because only it knows which instant a due day and hour are.

use super::notice::Notice;
use crate::exercise::Exercise;
use crate::permission::Phase;
use crate::{Event, MesaNumber, Millis, conduct};

/// The events with which the mesas learn how their notice stands; none for those that know. `due` is when
/// the pack of a mesa is due by the exercise's rule; none: nothing is. How it stood when a mesa began stays
/// until that goes back to its preparation.
pub fn follow(exercise: &Exercise, due: impl Fn(MesaNumber) -> Option<Millis>) -> Vec<Event> {
    let mesas = exercise.mesas.values();
    let waiting = mesas.filter(|mesa| mesa.conduct.phase == Phase::Preparation);
    let counted = waiting.filter_map(|mesa| {
        let notice = due(mesa.number).map(|due| Notice::of(&exercise.pack, due));
        (mesa.conduct.notice != notice)
            .then_some(Event::Conduct(mesa.number, conduct::Event::NoticeCounted { notice }))
    });
    counted.collect()
}
