//! What deciding needs in every area: who asks, and whether they may.

use crate::audience::Audience;
use crate::deliberation::choice::Party;
use crate::deliberation::item::{Details, Item};
use crate::exercise::{Exercise, Sector};
use crate::mesa::Mesa;
use crate::permission::{Action, Role, Scope, permitted};
use crate::rejection::Rejection;
use crate::text::patch::Patch;
use crate::{ItemId, Millis, PersonId, SeatId, deliberation};

/// Who asks, as the server knows it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The person.
    pub person: PersonId,
    /// The seat on whose behalf the command is given.
    pub seat: Option<SeatId>,
    /// Their role.
    pub role: Role,
    /// The present time: by the server's clock where it decides, by the device's where a screen
    /// shows waiting commands.
    pub now: Millis,
    /// For a text patch: the patches of that field since its base, oldest first.
    pub since: &'a [Patch],
}

/// A command's judge: the state that it applies to, and who asks.
pub(crate) struct Judge<'a> {
    pub(crate) exercise: &'a Exercise,
    /// The mesa that it is for.
    pub(crate) mesa: &'a Mesa,
    pub(crate) context: &'a Context<'a>,
}

impl Judge<'_> {
    pub(crate) fn not_allowed(&self) -> Rejection {
        Rejection::NotAllowed { role: self.context.role, phase: self.mesa.conduct.phase }
    }

    pub(crate) fn require(&self, action: Action, item: Option<&Item>) -> Result<(), Rejection> {
        let scope = permitted(action, self.mesa.conduct.phase, self.context.role);
        let allowed = match item {
            Some(item) => {
                scope_allows(self.mesa, scope, item, Some(self.context.person), self.context.seat)
            }
            None => scope != Scope::Nothing,
        };
        if allowed { Ok(()) } else { Err(self.not_allowed()) }
    }

    /// The same for what concerns more than the person's own items.
    pub(crate) fn require_for_all(&self, action: Action) -> Result<(), Rejection> {
        if permitted(action, self.mesa.conduct.phase, self.context.role) == Scope::Any {
            Ok(())
        } else {
            Err(self.not_allowed())
        }
    }

    pub(crate) fn known(&self, id: ItemId) -> Result<&Item, Rejection> {
        self.mesa.item(id).map(AsRef::as_ref).ok_or(deliberation::Rejection::UnknownItem.into())
    }

    pub(crate) fn visible(&self, id: ItemId) -> Result<&Item, Rejection> {
        let item = self.known(id)?;
        // For people from whom something is hidden it doesn't exist.
        let hidden = item.as_contribution().is_some_and(|contribution| contribution.hidden);
        let withheld = hidden && Audience::of(self.context.role) != Audience::Facilitation;
        if self.mesa.is_visible(item) && !withheld {
            Ok(item)
        } else {
            Err(deliberation::Rejection::RemovedItem.into())
        }
    }
}

/// Whether this item is within the scope of a permission.
pub(crate) fn scope_allows(
    state: &Mesa,
    scope: Scope,
    item: &Item,
    person: Option<PersonId>,
    seat: Option<SeatId>,
) -> bool {
    let actor = || seat.and_then(|seat| state.actor_of(seat));
    match scope {
        Scope::Nothing => false,
        Scope::Any => true,
        Scope::Own => state.is_by(item, person),
        Scope::Led => {
            let lead = match &item.details {
                Details::Commitment(commitment) => &commitment.lead,
                Details::Activity(activity) => &activity.lead,
                Details::Problem(_)
                | Details::Solution(_)
                | Details::DraftCommitment(_)
                | Details::Contribution(_) => return false,
            };
            matches!((lead, actor()), (Party::Actor(number), Some(actor)) if actor.number == *number)
        }
        Scope::PublicInstitution => {
            actor().is_some_and(|actor| actor.sector == Sector::PublicInstitution)
        }
        // No item is sent.
        Scope::OwnSender => false,
        Scope::OwnSeat => seat.is_some_and(|seat| actor().is_some_and(|actor| actor.acts_by(seat))),
    }
}

/// The event, if there is a change.
pub(crate) fn when<E>(changes: bool, event: E) -> Vec<E> {
    if changes { vec![event] } else { Vec::new() }
}
