//! Contributions: making them, hiding them. Answering one is a short field's value.

use super::{CONTRIBUTION_LIMIT, Judge, contribute_action, when};
use crate::ItemId;
use crate::deliberation::contribution::ContributionKind;
use crate::event::Event;
use crate::permission::Action;
use crate::rejection::Rejection;
use crate::text::words::Remark;

impl Judge<'_> {
    pub(super) fn contribute(
        &self,
        id: ItemId,
        target: Option<ItemId>,
        kind: ContributionKind,
        text: &Remark,
    ) -> Result<Vec<Event>, Rejection> {
        self.require(contribute_action(kind), None)?;
        self.unused(id)?;
        if let Some(target) = target {
            self.visible(target)?;
        }
        let alias = self.next_alias(self.state.contributions.len(), CONTRIBUTION_LIMIT)?;
        let actor = self.context.seat.and_then(|seat| self.state.actor_of(seat)).map(|actor| actor.number);
        let (text, author, at) = (text.clone(), Some(self.context.person), self.context.now);
        Ok(vec![Event::Contributed { item: id, alias, target, kind, text, actor, author, at }])
    }

    pub(super) fn hide(&self, id: ItemId, hidden: bool) -> Result<Vec<Event>, Rejection> {
        let item = self.visible(id)?;
        self.require(Action::Conduct, Some(item))?;
        let contribution = item.as_contribution().ok_or(Rejection::WrongField)?;
        Ok(when(contribution.hidden != hidden, Event::HiddenSet { item: id, hidden }))
    }
}
