//! How long was spoken, by organisation and by sector: for the desk, the suggested order and the
//! minutes. Only the facilitation has the times.

use super::{Spoke, Who};
use crate::exercise::Sector;
use crate::mesa::Mesa;
use crate::{ActorNumber, Millis};

impl Mesa {
    /// The sector that somebody speaks for; none for who came on their own.
    pub fn sector_of(&self, who: &Who) -> Option<Sector> {
        who.actor.and_then(|number| self.actor(number)).map(|actor| actor.sector)
    }

    /// How long each spoke up to `now`, the running turn included. Those who came in twice are one.
    pub fn spoken(&self, now: Millis) -> Vec<Spoke> {
        let ended = self.floor.spoke.iter().cloned();
        let running = self.floor.turn.iter().map(|turn| Spoke {
            who: turn.entry.who.clone(),
            turns: 1,
            time: now.saturating_sub(turn.timer.since).max(0),
        });
        let mut all: Vec<Spoke> = Vec::new();
        for mut spoke in ended.chain(running) {
            spoke.who.person = spoke.who.person.map(|person| self.people.one(person));
            match all.iter_mut().find(|other| other.who == spoke.who) {
                Some(other) => {
                    other.turns = other.turns.saturating_add(spoke.turns);
                    other.time = other.time.saturating_add(spoke.time);
                }
                None => all.push(spoke),
            }
        }
        all
    }

    /// How long was spoken for an organisation up to `now`, ms.
    pub fn spoken_for(&self, actor: ActorNumber, now: Millis) -> Millis {
        let theirs = self.spoken(now).into_iter().filter(|spoke| spoke.who.actor == Some(actor));
        theirs.fold(0, |sum, spoke| sum.saturating_add(spoke.time))
    }

    /// Turns and time by sector up to `now`: those that have an organisation at the table, in the
    /// order of the organisations, whether heard or not; then, without a sector, who came on their
    /// own, if any spoke.
    pub fn spoken_by_sector(&self, now: Millis) -> Vec<(Option<Sector>, u32, Millis)> {
        let mut sums: Vec<(Option<Sector>, u32, Millis)> = Vec::new();
        for actor in self.actors.iter().filter(|actor| !actor.withdrawn) {
            if !sums.iter().any(|(sector, ..)| *sector == Some(actor.sector)) {
                sums.push((Some(actor.sector), 0, 0));
            }
        }
        for spoke in self.spoken(now) {
            let sector = self.sector_of(&spoke.who);
            match sums.iter_mut().find(|(other, ..)| *other == sector) {
                Some((_, turns, time)) => {
                    *turns = turns.saturating_add(spoke.turns);
                    *time = time.saturating_add(spoke.time);
                }
                None => sums.push((sector, spoke.turns, spoke.time)),
            }
        }
        sums
    }

    /// The organisations that the open round still waits for, in order of their numbers. One that
    /// speaks now is heard.
    pub fn pending(&self) -> Vec<ActorNumber> {
        let Some(round) = self.floor.round() else { return Vec::new() };
        let speaks = self.floor.turn.as_ref().and_then(|turn| turn.entry.who.actor);
        let actors = self.actors.iter().filter(|actor| !actor.withdrawn).map(|actor| actor.number);
        actors
            .filter(|number| !round.marks.contains_key(number) && speaks != Some(*number))
            .collect()
    }
}
