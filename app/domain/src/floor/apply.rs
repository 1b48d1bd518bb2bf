//! Folding events about the floor into its state. Taking somebody off the list, or moving them,
//! never touches the turn that runs.

use std::collections::BTreeMap;

use super::state::{Closed, Round, Spoke, State, Turn};
use super::timer::{LONGEST, Timer};
use super::{Event, Who};
use crate::Millis;

impl State {
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::Asked(entry) => self.waiting.push(entry.clone()),
            Event::Unlisted { entry } => self.waiting.retain(|other| other.id != *entry),
            Event::Moved { entry, before } => {
                let Some(place) = self.place(*entry) else { return };
                let moved = self.waiting.remove(place);
                let to = before.and_then(|before| self.place(before));
                self.waiting.insert(to.unwrap_or(self.waiting.len()), moved);
            }
            Event::Called { entry, at, minutes } => {
                let Some(place) = self.place(*entry) else { return };
                let entry = self.waiting.remove(place);
                let timer = Timer { since: *at, minutes: *minutes };
                self.turn = Some(Turn { entry, timer });
            }
            Event::Spoke { who, time } => self.count(who, *time),
            Event::Ended => self.turn = None,
            Event::MinutesSet { minutes } => self.minutes = Some(*minutes),
            Event::ClockSet { clock } => self.clock = *clock,
            Event::TurnExtended => {
                self.turn.iter_mut().for_each(|turn| extend(&mut turn.timer));
            }
            Event::RoundOpened { about, at } => {
                let known = self.rounds.iter().position(|round| round.about == *about);
                let round = match known {
                    Some(place) => Round { closed: None, ..self.rounds.remove(place) },
                    None => {
                        let marks = BTreeMap::new();
                        Round { about: *about, opened: *at, marks, closed: None }
                    }
                };
                self.rounds.push(round);
            }
            Event::Marked { actor, mark } => {
                let Some(round) = self.rounds.last_mut() else { return };
                match mark {
                    Some(mark) => round.marks.insert(*actor, *mark),
                    None => round.marks.remove(actor),
                };
            }
            Event::RoundClosed { at, pending, reason } => {
                let closed = Closed { at: *at, pending: pending.clone(), reason: reason.clone() };
                self.rounds.iter_mut().last().into_iter().for_each(|round| {
                    round.closed = Some(closed.clone());
                });
            }
            Event::ClockMoved { by, at } => {
                let timers = self.turn.iter_mut().map(|turn| &mut turn.timer);
                for timer in timers.chain(self.clock.iter_mut().map(|clock| &mut clock.timer)) {
                    timer.since = timer.since.saturating_add(*by);
                }
                self.moved = self.moved.saturating_add(*by);
                self.moved_at = Some(*at);
            }
        }
    }

    fn count(&mut self, who: &Who, time: Millis) {
        match self.spoke.iter_mut().find(|spoke| spoke.who == *who) {
            Some(spoke) => {
                spoke.turns = spoke.turns.saturating_add(1);
                spoke.time = spoke.time.saturating_add(time);
            }
            None => self.spoke.push(Spoke { who: who.clone(), turns: 1, time }),
        }
    }
}

/// A minute more, up to [`LONGEST`].
pub(super) fn extend(timer: &mut Timer) {
    timer.minutes = timer.minutes.saturating_add(1).min(LONGEST);
}
