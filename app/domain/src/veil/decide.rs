//! Deciding commands about problems that each writes alone.

use super::state::{Veil, Veiled};
use super::{Command, Event, Rejection};
use crate::audience::Audience;
use crate::deliberation::choice::ItemKind;
use crate::deliberation::decide::PROBLEM_LIMIT;
use crate::deliberation::field::TextField;
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::text::patch::Patch;
use crate::{Alias, ItemId, Remark, ShortText, deliberation};

/// Most problems behind the veil of a mesa.
pub const VEILED_LIMIT: usize = 200;
/// Most of one person.
pub const VEILED_LIMIT_EACH: usize = 20;

/// Decides a person's command.
pub(crate) fn decide(
    judge: &Judge<'_>,
    command: &Command,
) -> Result<Vec<crate::Event>, crate::Rejection> {
    let events = match command {
        Command::Draw => judge.draw()?,
        Command::Write { problem, title, statement } => {
            judge.write_veiled(*problem, title, statement.as_ref())?
        }
        Command::Withdraw { problem } => judge.withdraw_veiled(*problem)?,
        Command::Lift => return judge.lift(),
    };
    let mesa = judge.mesa.number;
    Ok(events.into_iter().map(|event| crate::Event::Veil(mesa, event)).collect())
}

/// Whether a problem that is added now would be shown before the others: whoever sits at the mesa
/// writes theirs behind the veil, what the facilitation adds isn't an answer to its own question.
pub(crate) fn is_in_the_way(judge: &Judge<'_>, kind: ItemKind) -> bool {
    kind == ItemKind::Problem
        && judge.mesa.veil.drawn.is_some()
        && Audience::of(judge.context.role) == Audience::Seats
}

impl Judge<'_> {
    fn draw(&self) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        if !Action::EditProblem.is_open_in(self.mesa.conduct.phase) {
            return Err(self.not_allowed());
        }
        let drawn = self.mesa.veil.drawn.is_some();
        Ok(when(!drawn, Event::Drawn { at: self.context.now }))
    }

    fn veil(&self) -> Result<&Veil, Rejection> {
        self.mesa.veil.drawn.as_ref().ok_or(Rejection::NotDrawn)
    }

    fn write_veiled(
        &self,
        item: ItemId,
        title: &ShortText,
        statement: Option<&Remark>,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require_voice()?;
        self.require(Action::EditProblem, None)?;
        let veil = self.veil()?;
        if title.is_empty() {
            return Err(Rejection::NoTitle.into());
        }
        let known = veil.problems.iter().find(|other| other.item == item);
        let author = match known {
            Some(known) if self.mesa.people.are_one(known.author, self.context.person) => {
                known.author
            }
            Some(_) => return Err(crate::Rejection::IdTaken),
            None => {
                self.room_for(veil, item)?;
                self.context.person
            }
        };
        let (title, statement) = (title.clone(), statement.cloned());
        let problem = Veiled { item, author, title, statement };
        let count = veil.count.saturating_add(u16::from(known.is_none()));
        let changes = known != Some(&problem);
        Ok(when(changes, Event::Written { problem: Some(problem), count }))
    }

    fn room_for(&self, veil: &Veil, item: ItemId) -> Result<(), crate::Rejection> {
        let elsewhere = |mesa: &crate::Mesa| {
            let others = mesa.veil.drawn.iter().flat_map(|veil| &veil.problems);
            mesa.number != self.mesa.number && others.into_iter().any(|other| other.item == item)
        };
        if self.exercise.item(item).is_some()
            || self.exercise.mesas.values().any(|mesa| elsewhere(mesa))
        {
            return Err(crate::Rejection::IdTaken);
        }
        let full = |limit: usize| crate::Rejection::TooMany {
            limit: u32::try_from(limit).unwrap_or(u32::MAX),
        };
        if self.mesa.own_veiled(self.context.person).len() >= VEILED_LIMIT_EACH {
            return Err(full(VEILED_LIMIT_EACH));
        }
        let there = self.mesa.deliberation.problems.len() + usize::from(veil.count);
        if usize::from(veil.count) >= VEILED_LIMIT || there >= PROBLEM_LIMIT as usize {
            return Err(full(VEILED_LIMIT));
        }
        Ok(())
    }

    fn withdraw_veiled(&self, item: ItemId) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::EditProblem, None)?;
        let veil = self.veil()?;
        let Some(known) = veil.problems.iter().find(|other| other.item == item) else {
            return Ok(Vec::new());
        };
        if !self.mesa.people.are_one(known.author, self.context.person) {
            return Err(self.not_allowed());
        }
        let count = veil.count.saturating_sub(1);
        Ok(vec![Event::Withdrawn { problem: Some(item), count }])
    }

    /// A device doesn't have what others wrote: there nothing changes before the server's answer.
    fn lift(&self) -> Result<Vec<crate::Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let Ok(veil) = self.veil() else { return Ok(Vec::new()) };
        if !Action::EditProblem.is_open_in(self.mesa.conduct.phase) {
            return Err(self.not_allowed());
        }
        if veil.problems.len() != usize::from(veil.count) {
            return Ok(Vec::new());
        }
        let mut events = vec![crate::Event::Veil(self.mesa.number, Event::Lifted)];
        for (place, problem) in veil.problems.iter().enumerate() {
            let alias = u32::try_from(self.exercise.aliases.len() + place);
            let full = crate::Rejection::TooMany { limit: PROBLEM_LIMIT };
            events.extend(self.shown(problem, Alias(alias.map_err(|_| full)?)));
        }
        Ok(events)
    }

    /// The problem as an item of its author.
    fn shown(&self, problem: &Veiled, alias: Alias) -> impl Iterator<Item = crate::Event> + use<> {
        let Veiled { item, author, title, statement } = problem.clone();
        let added = deliberation::Event::ItemAdded {
            mesa: self.mesa.number,
            item,
            alias,
            kind: ItemKind::Problem,
            parent: None,
            author: Some(author),
        };
        let says = move |field, text: &str| {
            let patch = Patch::splice(0, 0, text);
            deliberation::Event::TextPatched { item, field, patch }
        };
        let title = says(TextField::Title, title.as_str());
        let statement = statement.map(|text| says(TextField::Statement, text.as_str()));
        [added, title].into_iter().chain(statement).map(crate::Event::Deliberation)
    }
}
