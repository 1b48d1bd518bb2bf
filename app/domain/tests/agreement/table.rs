//! A table of four signing actors, each with a titular and a suplente, and three commitments.

use std::sync::Arc;

use domain::agreement::{self, Reason, Stance};
use domain::decide::decide_for;
use domain::exercise::{DecisionRule, SeatKind, Sector};
use domain::judge::Context;
use domain::{
    Actor, ActorId, ActorNumber, Command, Event, Exercise, ExerciseCard, ItemId, ItemKind, Patch,
    Phase, Rejection, Role, Seat, SeatId, TextField, conduct, decide_server, deliberation,
    exercise,
};
use uuid::Uuid;

use crate::mesa::{HERE, NOW, events_before, follows, item, overrides, person, short};

pub const ACTORS: u16 = 4;

pub struct Table {
    pub exercise: Exercise,
    pub log: Vec<Event>,
    pub commitments: [ItemId; 3],
    pub now: i64,
}

pub fn titular(actor: u16) -> SeatId {
    SeatId(Uuid::from_u128(0xC100 + u128::from(actor)))
}

pub fn suplente(actor: u16) -> SeatId {
    SeatId(Uuid::from_u128(0xC200 + u128::from(actor)))
}

pub fn actor(number: u16) -> Actor {
    let seats = [(titular(number), SeatKind::Holder), (suplente(number), SeatKind::Alternate)];
    Actor {
        id: ActorId(Uuid::from_u128(0xD100 + u128::from(number))),
        number: ActorNumber(number),
        organisation: short(&format!("Organización {number}")),
        sector: Sector::Academia,
        signs: true,
        seats: seats.map(|(id, kind)| Seat { id, kind }).to_vec(),
        acting: None,
        withdrawn: false,
    }
}

pub fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

impl Table {
    /// In its agreements, with its three commitments.
    pub fn new() -> Self {
        let commitments = [item(1), item(2), item(3)];
        let mut table =
            Self { exercise: Exercise::default(), log: Vec::new(), commitments, now: NOW };
        // The two actors of the tests' mesa don't sign here.
        for mut event in events_before() {
            if let Event::Exercise(exercise::Event::ActorDescribed(actor)) = &mut event {
                (actor.signs, actor.number.0) = (false, actor.number.0 + 10);
            }
            table.enter(vec![event]);
        }
        for number in 1..=ACTORS {
            table.set_up(exercise::ServerCommand::SeatActor(Box::new(actor(number))));
        }
        table.go(Phase::Agreements);
        for commitment in commitments {
            let add = deliberation::Command::Add {
                item: commitment,
                kind: ItemKind::Commitment,
                parent: None,
            };
            table.lead(Command::Deliberation(add)).unwrap();
        }
        table
    }

    /// The same with another rule and quorum.
    pub fn under(rule: DecisionRule, quorum: u16) -> Self {
        let mut table = Self::new();
        table.amend(|card| (card.decision_rule, card.quorum) = (rule, quorum));
        table
    }

    pub fn amend(&mut self, change: impl FnOnce(&mut ExerciseCard)) {
        let mut card = self.exercise.card.as_deref().unwrap().clone();
        change(&mut card);
        self.set_up(exercise::ServerCommand::AmendExercise(Box::new(card)));
    }

    pub fn set_up(&mut self, command: exercise::ServerCommand) {
        let command = domain::ServerCommand::Exercise(command);
        let events = decide_server(&self.exercise, &command).unwrap();
        self.enter(events);
    }

    pub fn enter(&mut self, events: Vec<Event>) {
        for event in events {
            self.exercise.apply(&event);
            self.log.push(event);
        }
    }

    pub fn act(
        &mut self,
        role: Role,
        seat: Option<SeatId>,
        on_behalf: Option<SeatId>,
        command: Command,
    ) -> Result<Vec<Event>, Rejection> {
        self.now += 1_000;
        let context = Context { person: person(role), seat, role, now: self.now, since: &[] };
        let events = decide_for(&self.exercise, HERE, &command, &context, on_behalf)?;
        let before = self.exercise.clone();
        self.enter(events.clone());
        let follows = follows(&before, &self.exercise, &events, self.now);
        self.enter(follows.clone());
        Ok(events.into_iter().chain(follows).collect())
    }

    /// The facilitator gives a command.
    pub fn lead(&mut self, command: Command) -> Result<Vec<Event>, Rejection> {
        self.act(Role::Facilitator, None, None, command)
    }

    /// Somebody gives a command about agreeing.
    pub fn ask(
        &mut self,
        role: Role,
        command: agreement::Command,
    ) -> Result<Vec<Event>, Rejection> {
        self.act(role, None, None, Command::Agreement(command))
    }

    /// The facilitator goes to a phase, letting pass whatever is in the way.
    pub fn go(&mut self, to: Phase) -> Vec<Event> {
        for command in overrides(&Arc::clone(self.exercise.mesa(HERE).unwrap())) {
            self.lead(command).unwrap();
        }
        self.lead(Command::Conduct(conduct::Command::ChangePhase { to })).unwrap()
    }

    /// Changes the rules, while they may be.
    pub fn try_to_amend(&mut self, change: impl FnOnce(&mut ExerciseCard)) {
        let mut card = self.exercise.card.as_deref().unwrap().clone();
        change(&mut card);
        let amend = exercise::ServerCommand::AmendExercise(Box::new(card));
        let amend = domain::ServerCommand::Exercise(amend);
        let events = decide_server(&self.exercise, &amend).unwrap_or_default();
        self.enter(events);
    }

    /// Has an actor's other seat act for it, if there is such an actor.
    pub fn replace(&mut self, number: u16) {
        let known = self.exercise.actors.iter().find(|actor| actor.number.0 == number);
        let Some(known) = known else { return };
        let mut changed = known.as_ref().clone();
        changed.acting = match changed.acting {
            None => Some(suplente(number)),
            Some(_) => None,
        };
        self.set_up(exercise::ServerCommand::AmendActor(Box::new(changed)));
    }

    /// Writes in a commitment, while that is possible.
    pub fn try_to_write(&mut self, commitment: usize, text: &str) {
        if self.exercise.mesa(HERE).unwrap().conduct.phase == Phase::Agreements {
            self.write(commitment, text);
        }
    }

    pub fn write(&mut self, commitment: usize, text: &str) {
        let command = deliberation::Command::Patch {
            item: self.commitments[commitment],
            field: TextField::Objective,
            base: 0,
            patch: Patch::splice(0, 0, text),
        };
        self.lead(Command::Deliberation(command)).unwrap();
    }

    fn stating(&self, stances: &[(usize, Stance)], version: u16) -> Command {
        let stances = stances.iter().map(|(at, said)| (self.commitments[*at], said.clone()));
        Command::Agreement(agreement::Command::State { version, stances: stances.collect() })
    }

    /// A seat states its conformity with texts of a version.
    pub fn state_of(
        &mut self,
        version: u16,
        seat: SeatId,
        stances: &[(usize, Stance)],
    ) -> Result<Vec<Event>, Rejection> {
        let command = self.stating(stances, version);
        self.act(Role::Actor, Some(seat), None, command)
    }

    /// A seat states its conformity with texts of the present version.
    pub fn state(
        &mut self,
        seat: SeatId,
        stances: &[(usize, Stance)],
    ) -> Result<Vec<Event>, Rejection> {
        let version = self.exercise.plan.version().map_or(1, |version| version.number);
        self.state_of(version, seat, stances)
    }

    /// A seat agrees with everything.
    pub fn agree(&mut self, seat: SeatId) {
        let all = [0, 1, 2].map(|at| (at, Stance::Agree));
        self.state(seat, &all).unwrap();
    }

    /// A helper states it for a seat.
    pub fn state_for(
        &mut self,
        helper: Role,
        seat: SeatId,
        stances: &[(usize, Stance)],
    ) -> Result<Vec<Event>, Rejection> {
        let command = self.stating(stances, 1);
        self.act(helper, None, Some(seat), command)
    }

    pub fn missing(&self) -> Vec<u16> {
        self.exercise.plan.missing().map(|actor| actor.0).collect()
    }
}
