//! Who spoke and how long, and the rounds of actors, for the minutes.

use app::text::{agreement as words, floor, name};
use document::{Round, Spoke};
use domain::floor::{Mark, Who};
use domain::{ActorNumber, Mesa, Millis};

use super::Source;
use super::people::{People, allows_its_name};

impl Source<'_> {
    /// How long each spoke, in the order of their first turns. An organisation is named, a person on
    /// their own only if they allow it.
    pub(super) fn speakers(&self, mesa: &Mesa, people: &People) -> Vec<Spoke> {
        let named = |who: &Who| {
            let person = who.person.filter(|person| allows_its_name(self.exercise, *person));
            let organisation = who.actor.and_then(|number| mesa.actor(number));
            let name = person.and_then(|person| people.name(person));
            match (name, organisation) {
                (Some(name), Some(actor)) => format!("{name} ({})", actor.organisation),
                (Some(name), None) => name.to_owned(),
                (None, Some(actor)) => actor.organisation.to_string(),
                (None, None) => words::OTHERS.to_owned(),
            }
        };
        let mut all: Vec<Spoke> = Vec::new();
        for spoke in mesa.spoken(self.now) {
            let who = named(&spoke.who);
            let (turns, seconds) = (spoke.turns, seconds(spoke.time));
            match all.iter_mut().find(|other| other.who == who) {
                Some(other) => {
                    other.turns = other.turns.saturating_add(turns);
                    other.seconds = other.seconds.saturating_add(seconds);
                }
                None => all.push(Spoke { who, turns, seconds }),
            }
        }
        all
    }

    /// How long each sector spoke; none while nobody did.
    pub(super) fn speaking(&self, mesa: &Mesa) -> Vec<Spoke> {
        let sums = mesa.spoken_by_sector(self.now);
        if sums.iter().all(|(_, turns, _)| *turns == 0) {
            return Vec::new();
        }
        let row = |(sector, turns, time): &(_, u32, Millis)| Spoke {
            who: self.sector(*sector),
            turns: *turns,
            seconds: seconds(*time),
        };
        sums.iter().map(row).collect()
    }

    /// The rounds: who spoke, who passed, who was pending and why it was closed all the same.
    pub(super) fn rounds(&self, mesa: &Mesa) -> Vec<Round> {
        let named = |numbers: Vec<ActorNumber>| {
            let actors = numbers.into_iter().filter_map(|number| mesa.actor(number));
            actors.map(|actor| actor.organisation.to_string()).collect::<Vec<_>>()
        };
        let round = |round: &domain::floor::Round| {
            let marked = |mark| {
                let these = round.marks.iter().filter(|(_, other)| **other == mark);
                named(these.map(|(number, _)| *number).collect())
            };
            let item = round.about.and_then(|item| mesa.item(item));
            Round {
                about: item.map_or_else(
                    || floor::WHOLE_DIAGNOSIS.to_owned(),
                    |item| format!("{}: {}", name::numbered(mesa, item), name::title(item)),
                ),
                spoke: marked(Mark::Spoke),
                passed: marked(Mark::Passed),
                pending: match &round.closed {
                    Some(closed) => named(closed.pending.clone()),
                    None => named(mesa.pending()),
                },
                reason: round
                    .closed
                    .as_ref()
                    .and_then(|closed| closed.reason.as_ref())
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            }
        };
        mesa.floor.rounds.iter().map(round).collect()
    }
}

fn seconds(time: Millis) -> u32 {
    u32::try_from(time / 1_000).unwrap_or(u32::MAX)
}
