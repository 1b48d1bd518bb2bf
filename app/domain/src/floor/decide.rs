//! Deciding commands about the floor. What no longer fits, because somebody else was faster, changes
//! nothing and isn't refused.

use super::apply::extend;
use super::state::{Entry, Mark, Turn, Who};
use super::timer::{Clock, ClockKind, LONGEST, Timer};
use super::{Added, Command, Event, ServerCommand};
use crate::exercise::Exercise;
use crate::judge::{Judge, when};
use crate::people::attendance::AttendanceMode;
use crate::permission::Action;
use crate::rejection::Rejection;
use crate::{ActorNumber, EntryId, ItemId, MesaNumber, Millis, PersonId, Remark, deliberation};

/// Most who wait at a time.
pub const WAITING_LIMIT: usize = 100;
/// Moves of the clock that are reported within this time are the same one, ms.
const SAME_MOVE: Millis = 3_000;
/// Most people without a device whose turns are counted.
const NAMED_LIMIT: usize = 300;

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Ask { entry } => judge.ask(*entry),
        Command::Withdraw => Ok(judge.withdraw()),
        Command::End { entry } => judge.end(*entry),
        Command::Pass => judge.pass(),
        command => {
            judge.require(Action::Conduct, None)?;
            judge.lead(command)
        }
    }
}

/// Decides the server's own command. The clock's move matters only while something runs; a second
/// node on the same machine reports the same one.
pub(crate) fn decide_server(
    exercise: &Exercise,
    mesa: MesaNumber,
    command: &ServerCommand,
) -> Result<Vec<Event>, Rejection> {
    let floor = &exercise.mesa(mesa).ok_or(Rejection::UnknownMesa)?.floor;
    let ServerCommand::ClockMoved { by, at } = command;
    let running = floor.turn.is_some() || floor.clock.is_some();
    let known = floor.moved_at.is_some_and(|last| (at - last).abs() < SAME_MOVE);
    Ok(when(running && !known, Event::ClockMoved { by: *by, at: *at }))
}

impl Judge<'_> {
    fn ask(&self, entry: EntryId) -> Result<Vec<Event>, Rejection> {
        self.require(Action::AskFloor, None)?;
        let person = self.mesa.people.one(self.context.person);
        if self.own().is_some() || self.has_turn() {
            return Ok(Vec::new());
        }
        let actor = self.own_actor();
        self.list(entry, Who { person: Some(person), actor, name: None })
    }

    /// Whoever speaks already doesn't wait: a withdrawal that comes late doesn't end their turn.
    fn withdraw(&self) -> Vec<Event> {
        self.own().map(|entry| Event::Unlisted { entry }).into_iter().collect()
    }

    fn end(&self, entry: EntryId) -> Result<Vec<Event>, Rejection> {
        let Some(turn) = self.mesa.floor.speaks(entry) else { return Ok(Vec::new()) };
        if !self.has_turn() {
            self.require(Action::Conduct, None)?;
        }
        Ok(self.ended(turn).into_iter().chain([Event::Ended]).collect())
    }

    fn pass(&self) -> Result<Vec<Event>, Rejection> {
        self.require(Action::AskFloor, None)?;
        let actor = self.own_actor().ok_or_else(|| self.not_allowed())?;
        Ok(match self.mesa.floor.round() {
            Some(round) if !round.marks.contains_key(&actor) => {
                vec![Event::Marked { actor, mark: Some(Mark::Passed) }]
            }
            Some(_) | None => Vec::new(),
        })
    }

    /// What only the facilitation does.
    fn lead(&self, command: &Command) -> Result<Vec<Event>, Rejection> {
        let floor = &self.mesa.floor;
        Ok(match command {
            Command::Add { entry, whom } => self.put_on_the_list(*entry, whom)?,
            Command::Remove { entry } => {
                when(floor.place(*entry).is_some(), Event::Unlisted { entry: *entry })
            }
            Command::Move { entry, before } => self.moved(*entry, *before),
            Command::Call { entry } => self.call(*entry),
            Command::SetMinutes { minutes } => {
                let minutes = length(*minutes)?;
                when(floor.turn_minutes() != minutes, Event::MinutesSet { minutes })
            }
            Command::Start { kind, minutes } => self.start(*kind, length(*minutes)?)?,
            Command::Stop => when(floor.clock.is_some(), Event::ClockSet { clock: None }),
            Command::Extend { entry: Some(entry) } => {
                let turn = floor.speaks(*entry);
                let room = turn.is_some_and(|turn| turn.timer.minutes < LONGEST);
                when(room, Event::TurnExtended)
            }
            Command::Extend { entry: None } => {
                let extended = floor.clock.map(|mut clock| {
                    extend(&mut clock.timer);
                    clock
                });
                when(extended != floor.clock, Event::ClockSet { clock: extended })
            }
            Command::OpenRound { about } => self.open_round(*about)?,
            Command::Mark { actor, mark } => self.mark(*actor, *mark)?,
            Command::CloseRound { reason } => self.close_round(reason.as_ref())?,
            Command::Ask { .. } | Command::Withdraw | Command::End { .. } | Command::Pass => {
                Vec::new()
            }
        })
    }

    fn put_on_the_list(&self, entry: EntryId, whom: &Added) -> Result<Vec<Event>, Rejection> {
        let mesa = self.mesa;
        let who = match whom {
            Added::Person(person) => {
                let person = mesa.people.one(*person);
                let attendee = mesa
                    .people
                    .attendees
                    .get(&person)
                    .ok_or(deliberation::Rejection::UnknownItem)?;
                let actor = attendee.seat.and_then(|seat| mesa.actor_of(seat));
                Who { person: Some(person), actor: actor.map(|actor| actor.number), name: None }
            }
            Added::Actor(number) => {
                mesa.actor(*number).ok_or(Rejection::UnknownValue)?;
                Who { actor: Some(*number), ..Who::default() }
            }
            Added::Named(name) => {
                if name.is_empty() {
                    return Err(Rejection::UnknownValue);
                }
                if mesa.floor.spoke.iter().filter(|spoke| spoke.who.name.is_some()).count()
                    >= NAMED_LIMIT
                {
                    return Err(too_many(NAMED_LIMIT));
                }
                Who { name: Some(name.clone()), ..Who::default() }
            }
        };
        if mesa.floor.waiting.iter().any(|other| other.who == who) {
            return Ok(Vec::new());
        }
        self.list(entry, who)
    }

    /// At the end of the list.
    fn list(&self, id: EntryId, who: Who) -> Result<Vec<Event>, Rejection> {
        let floor = &self.mesa.floor;
        if floor.place(id).is_some() || floor.speaks(id).is_some() {
            return Err(Rejection::IdTaken);
        }
        if floor.waiting.len() >= WAITING_LIMIT {
            return Err(too_many(WAITING_LIMIT));
        }
        let mode = self.mode_of(&who);
        Ok(vec![Event::Asked(Entry { id, who, mode })])
    }

    /// How they attend: whoever came for an organisation, if the entry is only the organisation's.
    fn mode_of(&self, who: &Who) -> AttendanceMode {
        let attendees = &self.mesa.people.attendees;
        let of_person = who.person.and_then(|person| attendees.get(&person));
        let of_actor = || {
            let actor = self.mesa.actor(who.actor?)?;
            let sits = |seat| actor.seats.iter().any(|own| own.id == seat);
            attendees.values().find(|one| one.is_there() && one.seat.is_some_and(sits))
        };
        of_person.or_else(of_actor).map_or(AttendanceMode::InRoom, |attendee| attendee.mode)
    }

    fn moved(&self, entry: EntryId, before: Option<EntryId>) -> Vec<Event> {
        let floor = &self.mesa.floor;
        let Some(place) = floor.place(entry) else { return Vec::new() };
        let to = match before {
            // Whoever they were to stand before has gone: the order stays.
            Some(before) => match floor.place(before) {
                Some(to) => to,
                None => return Vec::new(),
            },
            None => floor.waiting.len(),
        };
        when(to != place && to != place + 1, Event::Moved { entry, before })
    }

    fn call(&self, entry: EntryId) -> Vec<Event> {
        let floor = &self.mesa.floor;
        if floor.place(entry).is_none() {
            return Vec::new();
        }
        let ended = floor.turn.as_ref().map(|turn| self.ended(turn)).unwrap_or_default();
        let (at, minutes) = (self.context.now, floor.turn_minutes());
        ended.into_iter().chain([Event::Called { entry, at, minutes }]).collect()
    }

    /// What is noted of a turn that ends: how long it was, and that its organisation was heard.
    fn ended(&self, turn: &Turn) -> Vec<Event> {
        let who = turn.entry.who.clone();
        let time = self.context.now.saturating_sub(turn.timer.since).max(0);
        let heard = self.heard(turn);
        [Event::Spoke { who, time }].into_iter().chain(heard).collect()
    }

    fn heard(&self, turn: &Turn) -> Option<Event> {
        let (round, actor) = (self.mesa.floor.round()?, turn.entry.who.actor?);
        (round.marks.get(&actor) != Some(&Mark::Spoke))
            .then_some(Event::Marked { actor, mark: Some(Mark::Spoke) })
    }

    fn start(&self, kind: ClockKind, minutes: u16) -> Result<Vec<Event>, Rejection> {
        if let ClockKind::Agenda(place) = kind {
            let card = self.mesa.card.as_ref();
            let known = card.is_some_and(|card| usize::from(place) < card.agenda.len());
            if !known {
                return Err(Rejection::UnknownValue);
            }
        }
        let timer = Timer { since: self.context.now, minutes };
        Ok(vec![Event::ClockSet { clock: Some(Clock { kind, timer }) }])
    }

    fn open_round(&self, about: Option<ItemId>) -> Result<Vec<Event>, Rejection> {
        if let Some(item) = about {
            self.visible(item)?;
        }
        let open = self.mesa.floor.round();
        if let Some(open) = open {
            // One at a time: nothing is closed silently.
            return if open.about == about { Ok(Vec::new()) } else { Err(Rejection::ReasonNeeded) };
        }
        Ok(vec![Event::RoundOpened { about, at: self.context.now }])
    }

    fn mark(&self, actor: ActorNumber, mark: Option<Mark>) -> Result<Vec<Event>, Rejection> {
        self.mesa.actor(actor).ok_or(Rejection::UnknownValue)?;
        let Some(round) = self.mesa.floor.round() else { return Ok(Vec::new()) };
        Ok(when(round.marks.get(&actor).copied() != mark, Event::Marked { actor, mark }))
    }

    fn close_round(&self, reason: Option<&Remark>) -> Result<Vec<Event>, Rejection> {
        if self.mesa.floor.round().is_none() {
            return Ok(Vec::new());
        }
        let pending = self.mesa.pending();
        let reason = reason.filter(|_| !pending.is_empty()).cloned();
        if !pending.is_empty() && reason.is_none() {
            return Err(Rejection::ReasonNeeded);
        }
        let heard = self.mesa.floor.turn.as_ref().and_then(|turn| self.heard(turn));
        let closed = Event::RoundClosed { at: self.context.now, pending, reason };
        Ok(heard.into_iter().chain([closed]).collect())
    }

    /// The organisation that the person speaks for.
    fn own_actor(&self) -> Option<ActorNumber> {
        let seat = self.context.seat?;
        self.mesa.actor_of(seat).filter(|actor| !actor.withdrawn).map(|actor| actor.number)
    }

    /// The person's own entry on the list.
    fn own(&self) -> Option<EntryId> {
        self.mesa.own_entry(self.context.person).map(|entry| entry.id)
    }

    fn has_turn(&self) -> bool {
        let turn = self.mesa.floor.turn.as_ref();
        turn.is_some_and(|turn| self.mesa.is_of(&turn.entry, self.context.person))
    }
}

impl crate::mesa::Mesa {
    /// Whether an entry is a person's own, under any of their ids.
    pub fn is_of(&self, entry: &Entry, person: PersonId) -> bool {
        entry.who.person.is_some_and(|other| self.people.are_one(other, person))
    }

    /// A person's entry among those who wait.
    pub fn own_entry(&self, person: PersonId) -> Option<&Entry> {
        self.floor.waiting.iter().find(|entry| self.is_of(entry, person))
    }
}

fn length(minutes: u16) -> Result<u16, Rejection> {
    if (1..=LONGEST).contains(&minutes) { Ok(minutes) } else { Err(Rejection::UnknownValue) }
}

fn too_many(limit: usize) -> Rejection {
    Rejection::TooMany { limit: u32::try_from(limit).unwrap_or(u32::MAX) }
}
