//! Deciding commands about reading out and agreeing.

use super::event::Said;
use super::stance::Stance;
use super::state::VersionNumber;
use super::{Command, Event, Rejection, signing};
use crate::judge::{Judge, when};
use crate::permission::{Action, Phase};
use crate::text::words::Remark;
use crate::{ItemId, PersonId};

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::ReadOut { commitment } => judge.read_out(*commitment),
        Command::ChooseReader { reader } => judge.choose_reader(*reader),
        Command::State { version, stances } => judge.state_conformity(*version, stances),
        Command::Remind => judge.remind(),
        Command::NameMissing { named } => {
            judge.require(Action::Conduct, None)?;
            let change = judge.exercise.plan.names_missing != *named;
            Ok(when(change, Event::MissingNamed { named: *named }))
        }
        Command::Close { reason } => judge.close(reason.as_ref()),
        Command::Signing(command) => {
            let events = signing::decide::decide(judge, command)?;
            Ok(events.into_iter().map(Event::Signing).collect())
        }
    }
}

impl Judge<'_> {
    fn read_out(&self, commitment: Option<ItemId>) -> Result<Vec<Event>, crate::Rejection> {
        let plan = &self.exercise.plan;
        if plan.reader != Some(self.context.person) {
            self.require(Action::Conduct, None)?;
        }
        if self.mesa.conduct.phase != Phase::ReadOut {
            return Err(self.not_allowed());
        }
        let version = plan.version().ok_or(Rejection::NotOfThePlan)?;
        if commitment.is_some_and(|commitment| version.number_of(commitment).is_none()) {
            return Err(Rejection::NotOfThePlan.into());
        }
        // The walls may show something else meanwhile, as an objection: going on returns to it.
        let shown = self.exercise.mesas.values().all(|mesa| {
            mesa.conduct.shown == commitment.map_or(crate::Shown::Agreement, crate::Shown::Item)
        });
        let event = Event::ReadOut { commitment, at: self.context.now };
        Ok(when(plan.reading != commitment || !shown, event))
    }

    fn choose_reader(&self, reader: Option<PersonId>) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let known = |reader| {
            self.exercise.mesas.values().any(|mesa| mesa.people.attendees.contains_key(&reader))
        };
        if !reader.is_none_or(known) {
            return Err(crate::Rejection::UnknownValue);
        }
        Ok(when(self.exercise.plan.reader != reader, Event::ReaderChosen { reader }))
    }

    fn state_conformity(
        &self,
        version: VersionNumber,
        stances: &[(ItemId, Stance)],
    ) -> Result<Vec<Event>, crate::Rejection> {
        let plan = &self.exercise.plan;
        let own = self.context.seat.and_then(|seat| Some((seat, self.exercise.actor_of(seat)?)));
        let Some((_, actor)) = own.filter(|(seat, actor)| actor.acts_by(*seat)) else {
            return Err(self.not_allowed());
        };
        self.require(Action::StateConformity, None)?;
        let question = plan.open_question().ok_or(Rejection::NotAsked)?;
        if !question.entitled.contains(&actor.number) {
            return Err(Rejection::NotEntitled.into());
        }
        let present = plan.version().ok_or(Rejection::NotAsked)?;
        let read = plan.version_numbered(version).ok_or(Rejection::TextChanged)?;
        if stances.iter().any(|(item, _)| read.text_of(*item).is_none()) {
            return Err(Rejection::NotOfThePlan.into());
        }
        // Who answered about an older version answered about every text that is still the same.
        let same = |item: &ItemId| present.text_of(*item) == read.text_of(*item);
        let answered: Vec<&(ItemId, Stance)> =
            stances.iter().filter(|(item, _)| same(item)).collect();
        if answered.is_empty() && !stances.is_empty() {
            return Err(Rejection::TextChanged.into());
        }
        let changes = |(item, stance): &&&(ItemId, Stance)| {
            plan.given(actor.number, *item)
                .is_none_or(|given| given.stance.as_ref() != Some(stance))
        };
        let said: Vec<Said> = answered
            .iter()
            .filter(changes)
            .map(|(item, stance)| Said { commitment: *item, stance: Some(stance.clone()) })
            .collect();
        Ok(when(
            !said.is_empty(),
            Event::Stated {
                actor: actor.number,
                version: present.number,
                said,
                assisted: false,
                at: self.context.now,
            },
        ))
    }

    /// It can be repeated: who didn't see it the last time may now.
    fn remind(&self) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let plan = &self.exercise.plan;
        plan.open_question().ok_or(Rejection::NotAsked)?;
        let missing = plan.missing().next().is_some();
        Ok(when(missing, Event::Reminded { at: self.context.now }))
    }

    /// While somebody hasn't answered a reason has to be given.
    fn close(&self, reason: Option<&Remark>) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let plan = &self.exercise.plan;
        let open = plan.open_question().is_some();
        let missing = plan.missing().next().is_some();
        if open && missing && reason.is_none() {
            return Err(crate::Rejection::ReasonNeeded);
        }
        let reason = reason.filter(|_| missing).cloned();
        Ok(when(open, Event::Closed { reason, at: self.context.now }))
    }
}
