//! Deciding commands about items and contributions.

use super::choice::ItemKind;
use super::contribution::ContributionKind;
use super::field::TextField;
use super::item::{Details, Item};
use super::{Command, Event, Rejection};
use crate::judge::{Judge, scope_allows, when};
use crate::mesa::Mesa;
use crate::permission::{Action, Phase, Role, Scope, deletable, permitted};
use crate::text::patch::{Patch, scalars};
use crate::text::recover::{ANCESTOR_LIMIT, recovery};
use crate::text::words::{Remark, is_plain};
use crate::{Alias, ItemId, PersonId};

/// Most problems of a mesa, deleted ones included.
pub const PROBLEM_LIMIT: u32 = 400;
/// Most commitments of a mesa, deleted ones included.
pub const COMMITMENT_LIMIT: u32 = 200;
/// Most activities of a commitment, deleted ones included.
pub const ACTIVITY_LIMIT: u32 = 100;
/// Most solutions of a problem, and most preliminary commitments of one, deleted ones included.
pub const SOLUTION_LIMIT: u32 = 100;
/// Most contributions of a mesa, deleted ones included.
pub const CONTRIBUTION_LIMIT: u32 = 2_000;

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::Add { item, kind, parent } => judge.add(*item, *kind, *parent),
        Command::Remove { item } => judge.remove_or_restore(*item, true),
        Command::Restore { item } => judge.remove_or_restore(*item, false),
        Command::Move { item, after } => judge.reorder(*item, *after),
        Command::Patch { item, field, patch, .. } => judge.patch(*item, *field, patch),
        Command::Recover { item, field, full_text, ancestors } => {
            judge.recover(*item, *field, full_text, ancestors)
        }
        Command::Assign { item, value } => judge.assign(*item, value),
        Command::Contribute { item, target, kind, text } => {
            judge.contribute(*item, *target, *kind, text)
        }
        Command::Hide { item, hidden } => judge.hide(*item, *hidden),
    }
}

/// Whether someone may edit this item now (its texts and short fields): screens ask before they
/// offer an editor. Contributions can't be edited.
pub fn may_edit(state: &Mesa, item: &Item, role: Role, person: Option<PersonId>) -> bool {
    let scope = edit_action(item.kind())
        .map_or(Scope::Nothing, |action| permitted(action, state.conduct.phase, role));
    scope_allows(state, scope, item, person, None)
}

/// Whether someone may delete or restore this item now.
pub fn may_delete(state: &Mesa, item: &Item, role: Role, person: Option<PersonId>) -> bool {
    scope_allows(state, deletable(make_action(item), state.conduct.phase, role), item, person, None)
}

/// Whether someone may add an item of this kind now; for contributions ask [`may_contribute`].
pub fn may_add(phase: Phase, role: Role, kind: ItemKind) -> bool {
    edit_action(kind).is_some_and(|action| permitted(action, phase, role) != Scope::Nothing)
}

/// Whether someone may contribute something of this kind now.
pub fn may_contribute(phase: Phase, role: Role, kind: ContributionKind) -> bool {
    permitted(contribute_action(kind), phase, role) != Scope::Nothing
}

/// Whether someone may reorder this kind of item now.
pub fn may_arrange(phase: Phase, role: Role, kind: ItemKind) -> bool {
    arrange_action(kind).is_some_and(|action| permitted(action, phase, role) == Scope::Any)
}

pub(crate) fn edit_action(kind: ItemKind) -> Option<Action> {
    match kind {
        ItemKind::Problem | ItemKind::Solution | ItemKind::DraftCommitment => {
            Some(Action::EditProblem)
        }
        ItemKind::Commitment | ItemKind::Activity => Some(Action::EditCommitment),
        ItemKind::Contribution => None,
    }
}

fn contribute_action(kind: ContributionKind) -> Action {
    match kind {
        ContributionKind::Question
        | ContributionKind::Contribution
        | ContributionKind::Feedback => Action::Contribute,
        ContributionKind::Objection => Action::RaiseObjection,
    }
}

/// The action that creates such an item; the permission to delete it follows from that one.
fn make_action(item: &Item) -> Action {
    match &item.details {
        Details::Problem(_) | Details::Solution(_) | Details::DraftCommitment(_) => {
            Action::EditProblem
        }
        Details::Commitment(_) | Details::Activity(_) => Action::EditCommitment,
        Details::Contribution(contribution) => contribute_action(contribution.kind),
    }
}

fn arrange_action(kind: ItemKind) -> Option<Action> {
    match kind {
        ItemKind::Problem => Some(Action::ArrangeProblems),
        ItemKind::Commitment => Some(Action::ArrangeCommitments),
        // The order of its parts belongs to a text.
        ItemKind::Activity => Some(Action::EditCommitment),
        ItemKind::Solution | ItemKind::DraftCommitment => Some(Action::EditProblem),
        // Contributions stay as they were made.
        ItemKind::Contribution => None,
    }
}

impl Judge<'_> {
    fn add(
        &self,
        id: ItemId,
        kind: ItemKind,
        parent: Option<ItemId>,
    ) -> Result<Vec<Event>, crate::Rejection> {
        // A contribution isn't added empty: it is made with its text (`Contribute`).
        let action = edit_action(kind).ok_or(Rejection::WrongField)?;
        self.require(action, None)?;
        if crate::veil::decide::is_in_the_way(self, kind) {
            return Err(crate::veil::Rejection::Drawn.into());
        }
        self.unused(id)?;
        let (of, limit) = match kind {
            ItemKind::Problem => (None, PROBLEM_LIMIT),
            ItemKind::Commitment => (None, COMMITMENT_LIMIT),
            ItemKind::Activity => (Some(ItemKind::Commitment), ACTIVITY_LIMIT),
            ItemKind::Solution | ItemKind::DraftCommitment => {
                (Some(ItemKind::Problem), SOLUTION_LIMIT)
            }
            ItemKind::Contribution => return Err(Rejection::WrongField.into()),
        };
        match (of, parent) {
            (None, None) => {}
            (Some(of), Some(parent)) if self.visible(parent)?.kind() == of => {}
            (None, Some(_)) | (Some(_), _) => return Err(Rejection::WrongField.into()),
        }
        let alias = self.next_alias(self.mesa.deliberation.list(kind, parent).len(), limit)?;
        Ok(vec![Event::ItemAdded {
            mesa: self.mesa.number,
            item: id,
            alias,
            kind,
            parent,
            author: Some(self.context.person),
        }])
    }

    fn unused(&self, id: ItemId) -> Result<(), crate::Rejection> {
        if self.exercise.item(id).is_some() { Err(crate::Rejection::IdTaken) } else { Ok(()) }
    }

    /// The alias of one more item, while there is room for it.
    fn next_alias(&self, there: usize, limit: u32) -> Result<Alias, crate::Rejection> {
        let full = crate::Rejection::TooMany { limit };
        if there >= limit as usize {
            Err(full)
        } else {
            u32::try_from(self.exercise.aliases.len()).map(Alias).map_err(|_| full)
        }
    }

    fn remove_or_restore(&self, id: ItemId, removed: bool) -> Result<Vec<Event>, crate::Rejection> {
        let item = self.known(id)?;
        if !may_delete(self.mesa, item, self.context.role, Some(self.context.person)) {
            return Err(self.not_allowed());
        }
        let event = if removed {
            Event::ItemRemoved { item: id }
        } else {
            Event::ItemRestored { item: id }
        };
        Ok(when(item.removed != removed, event))
    }

    fn reorder(&self, id: ItemId, after: Option<ItemId>) -> Result<Vec<Event>, crate::Rejection> {
        let item = self.visible(id)?;
        let action = arrange_action(item.kind()).ok_or(Rejection::WrongField)?;
        self.require_for_all(action)?;
        let list = self.mesa.deliberation.list(item.kind(), item.parent());
        if let Some(after) = after {
            self.known(after)?;
            if after == id || !list.contains(&after) {
                return Err(Rejection::UnknownItem.into());
            }
        }
        let place = list.iter().position(|other| *other == id);
        let before = place
            .and_then(|place| place.checked_sub(1))
            .and_then(|before| list.get(before))
            .copied();
        Ok(when(before != after, Event::ItemMoved { item: id, after }))
    }

    fn editable_text(&self, id: ItemId, field: TextField) -> Result<&Item, crate::Rejection> {
        let item = self.visible(id)?;
        // A contribution has no text that could be patched.
        self.require(edit_action(item.kind()).ok_or(Rejection::WrongField)?, Some(item))?;
        if TextField::of(item.kind()).contains(&field) {
            Ok(item)
        } else {
            Err(Rejection::WrongField.into())
        }
    }

    fn recover(
        &self,
        id: ItemId,
        field: TextField,
        full_text: &str,
        ancestors: &[u64],
    ) -> Result<Vec<Event>, crate::Rejection> {
        let item = self.editable_text(id, field)?;
        let limit = field.limit();
        if scalars(full_text) > limit {
            return Err(Rejection::TextTooLong { limit }.into());
        }
        let ancestors = &ancestors[..ancestors.len().min(ANCESTOR_LIMIT)];
        self.rewrite(item, field, recovery(item.text(field), full_text, ancestors))
    }

    fn patch(
        &self,
        id: ItemId,
        field: TextField,
        patch: &Patch,
    ) -> Result<Vec<Event>, crate::Rejection> {
        let item = self.editable_text(id, field)?;
        let patch =
            self.context.since.iter().fold(patch.clone(), |late, earlier| late.after(earlier));
        self.rewrite(item, field, patch)
    }

    fn rewrite(
        &self,
        item: &Item,
        field: TextField,
        patch: Patch,
    ) -> Result<Vec<Event>, crate::Rejection> {
        if !patch.insertions().all(|text| text.chars().all(is_plain)) {
            return Err(Rejection::ForbiddenCharacters.into());
        }
        let text = patch.apply(item.text(field)).map_err(|_| Rejection::PatchOutOfRange)?;
        let limit = field.limit();
        // A text that is already too long may still be shortened.
        if scalars(&text) > limit && scalars(&text) > scalars(item.text(field)) {
            return Err(Rejection::TextTooLong { limit }.into());
        }
        Ok(when(!patch.is_identity(), Event::TextPatched { item: item.id, field, patch }))
    }

    fn contribute(
        &self,
        id: ItemId,
        target: Option<ItemId>,
        kind: ContributionKind,
        text: &Remark,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require(contribute_action(kind), None)?;
        self.unused(id)?;
        if let Some(target) = target {
            self.visible(target)?;
        }
        let alias =
            self.next_alias(self.mesa.deliberation.contributions.len(), CONTRIBUTION_LIMIT)?;
        let actor =
            self.context.seat.and_then(|seat| self.mesa.actor_of(seat)).map(|actor| actor.number);
        let (text, author, at) = (text.clone(), Some(self.context.person), self.context.now);
        Ok(vec![Event::Contributed {
            mesa: self.mesa.number,
            item: id,
            alias,
            target,
            kind,
            text,
            actor,
            author,
            at,
        }])
    }

    fn hide(&self, id: ItemId, hidden: bool) -> Result<Vec<Event>, crate::Rejection> {
        let item = self.visible(id)?;
        self.require(Action::Conduct, Some(item))?;
        let contribution = item.as_contribution().ok_or(Rejection::WrongField)?;
        Ok(when(contribution.hidden != hidden, Event::HiddenSet { item: id, hidden }))
    }
}
