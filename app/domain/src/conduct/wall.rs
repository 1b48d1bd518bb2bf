//! The wall: the projector as the facilitation leads it together. Who leads it, whether it stands
//! still, and what comes next are one state for all who facilitate, so that two of them don't
//! project against each other.

use serde::{Deserialize, Serialize};

use super::{Event, Rejection};
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::{ItemId, PersonId};

/// Most items that wait to be shown.
pub const NEXT_LIMIT: usize = 50;

/// How the projector is led.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wall {
    /// Who took it: nobody else shows anything until they take it themselves. None: whoever
    /// facilitates may. Only the facilitation sees it.
    pub by: Option<PersonId>,
    /// Whether it stands still: it shows what it showed when it was held, also while the text of
    /// that changes, until something else is shown.
    pub held: bool,
    /// What comes next, in order; only the facilitation sees it.
    pub next: Vec<ItemId>,
}

impl Wall {
    pub(super) fn take(&mut self, by: Option<PersonId>) {
        self.by = by;
    }

    pub(super) fn hold(&mut self, held: bool) {
        self.held = held;
    }

    /// Something is shown: it doesn't wait any longer, and the wall moves.
    pub(super) fn show(&mut self, item: Option<ItemId>) {
        self.held = false;
        self.next.retain(|other| Some(*other) != item);
    }

    /// An item waits, where it is put; one that waited already is moved.
    pub(super) fn line_up(&mut self, item: ItemId, first: bool) {
        self.next.retain(|other| *other != item);
        let place = if first { 0 } else { self.next.len() };
        self.next.insert(place, item);
    }

    pub(super) fn leave_out(&mut self, item: ItemId) {
        self.next.retain(|other| *other != item);
    }

    /// The wall as everybody but the facilitation knows it.
    pub(crate) fn hide(&mut self) {
        *self = Self { held: self.held, ..Self::default() };
    }
}

impl Judge<'_> {
    /// Whoever took the wall is the only one who changes it, under any of their ids.
    pub(crate) fn require_wall(&self) -> Result<(), crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let own = |by| self.mesa.people.are_one(by, self.context.person);
        if self.mesa.conduct.wall.by.is_none_or(own) {
            Ok(())
        } else {
            Err(Rejection::WallTaken.into())
        }
    }

    /// Taking it is open to all who facilitate at any moment; letting go of it only matters to who
    /// has it.
    pub(super) fn take_wall(&self, taken: bool) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let person = self.mesa.people.one(self.context.person);
        let by = self.mesa.conduct.wall.by;
        let has_it = by.is_some_and(|by| self.mesa.people.are_one(by, person));
        let by = taken.then_some(person);
        Ok(when(taken != has_it, Event::WallTaken { by }))
    }

    pub(super) fn hold_wall(&self, held: bool) -> Result<Vec<Event>, crate::Rejection> {
        self.require_wall()?;
        Ok(when(self.mesa.conduct.wall.held != held, Event::WallHeld { held }))
    }

    /// What comes next everybody who facilitates may suggest, whoever has the wall.
    pub(super) fn line_up(
        &self,
        item: ItemId,
        first: bool,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        self.visible(item)?;
        let next = &self.mesa.conduct.wall.next;
        if next.len() >= NEXT_LIMIT && !next.contains(&item) {
            let limit = u32::try_from(NEXT_LIMIT).unwrap_or(u32::MAX);
            return Err(crate::Rejection::TooMany { limit });
        }
        let there = if first { next.first() } else { next.last() };
        Ok(when(there != Some(&item), Event::LinedUp { item, first }))
    }

    pub(super) fn leave_out(&self, item: ItemId) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let waits = self.mesa.conduct.wall.next.contains(&item);
        Ok(when(waits, Event::LeftOut { item }))
    }
}
