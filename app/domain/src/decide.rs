//! The server's judgement: a command becomes events or a typed refusal. Pure; the same code tells a screen what to offer.

mod conduct;
mod contribute;
mod register;
mod together;
mod value;

use crate::command::Command;
use crate::deliberation::contribution::ContributionKind;
use crate::deliberation::field::TextField;
use crate::deliberation::item::{Details, Item, ItemKind, Party};
use crate::event::Event;
use crate::exercise::Sector;
use crate::permission::{Action, Phase, Role, Scope, deletable, may_assist, permitted};
use crate::rejection::Rejection;
use crate::state::State;
use crate::text::patch::{Patch, scalars};
use crate::text::recover::{ANCESTOR_LIMIT, recovery};
use crate::text::words::is_plain;
use crate::{Alias, Audience, Date, ItemId, Millis, PersonId, SeatId};

pub use register::register;

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

/// Who asks, as the server knows it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The person.
    pub person: PersonId,
    /// The seat that the command speaks for.
    pub seat: Option<SeatId>,
    /// Their role.
    pub role: Role,
    /// What time it is: by the server's clock where it decides, by the device's where a screen shows what it waits for.
    pub now: Millis,
    /// For a text patch: the patches of that field since its base, oldest first.
    pub since: &'a [Patch],
}

/// What a command comes to. No event: it changes nothing, and is answered as applied.
///
/// # Errors
/// [`Rejection`] says why it is refused; the state stays as it is.
pub fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    let judge = Judge { state, context };
    match command {
        Command::Add { item, kind, parent } => judge.add(*item, *kind, *parent),
        Command::Remove { item } => judge.remove_or_restore(*item, true),
        Command::Restore { item } => judge.remove_or_restore(*item, false),
        Command::Move { item, after } => judge.reorder(*item, *after),
        Command::Patch { item, field, patch, .. } => judge.patch(*item, *field, patch),
        Command::Recover { item, field, whole, ancestors } => judge.recover(*item, *field, whole, ancestors),
        Command::Assign { item, value } => judge.assign(*item, value),
        Command::Show { shown } => judge.show(shown),
        Command::ChangePhase { to } => judge.change_phase(*to),
        Command::SetDoor { open } => judge.set_door(*open),
        Command::NoteAttendance { person, there } => judge.note_attendance(*person, *there),
        Command::Contribute { item, target, kind, text } => judge.contribute(*item, *target, *kind, text),
        Command::Hide { item, hidden } => judge.hide(*item, *hidden),
        Command::OverrideCheck { finding, reason } => judge.override_check(finding, reason),
        Command::WithdrawOverride { finding } => judge.withdraw_override(finding),
        Command::AskLate => judge.ask_late(),
        Command::SettleLate { print } => judge.settle_late(*print),
    }
}

/// The same for someone who says what a person in a seat tells them (section 3: a helper acts on behalf of several seats): the
/// facilitation, for what is said at the mesa. What the seat's own actor may say then is said, in its name.
///
/// # Errors
/// [`Rejection::NotOnBehalf`] for anyone else, anything else, or a seat that there isn't; otherwise as [`decide`].
pub fn decide_for(state: &State, command: &Command, context: &Context<'_>, on_behalf: Option<SeatId>) -> Result<Vec<Event>, Rejection> {
    let Some(seat) = on_behalf else { return decide(state, command, context) };
    if !may_assist(context.role) || !matches!(command, Command::Contribute { .. }) || state.actor_of(seat).is_none() {
        return Err(Rejection::NotOnBehalf);
    }
    decide(state, command, &Context { seat: Some(seat), role: Role::Actor, ..*context })
}

/// Whether someone may edit this item now (its texts and short fields): what screens ask before they offer an editor. Never a
/// contribution: it says what it says.
pub fn may_edit(state: &State, item: &Item, role: Role, person: Option<PersonId>) -> bool {
    let scope = edit_action(item.kind()).map_or(Scope::Nothing, |action| permitted(action, state.phase, role));
    scope_allows(state, scope, item, person, None)
}

/// Whether someone may delete or restore this item now.
pub fn may_delete(state: &State, item: &Item, role: Role, person: Option<PersonId>) -> bool {
    scope_allows(state, deletable(make_action(item), state.phase, role), item, person, None)
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

fn edit_action(kind: ItemKind) -> Option<Action> {
    match kind {
        ItemKind::Problem | ItemKind::Solution | ItemKind::DraftCommitment => Some(Action::EditProblem),
        ItemKind::Commitment | ItemKind::Activity => Some(Action::EditCommitment),
        ItemKind::Contribution => None,
    }
}

fn contribute_action(kind: ContributionKind) -> Action {
    match kind {
        ContributionKind::Question | ContributionKind::Contribution | ContributionKind::Feedback => Action::Contribute,
        ContributionKind::Objection => Action::RaiseObjection,
    }
}

/// The action by which the item came to be, by which deleting it goes.
fn make_action(item: &Item) -> Action {
    match &item.details {
        Details::Problem(_) | Details::Solution(_) | Details::DraftCommitment(_) => Action::EditProblem,
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
        // They stand as they were made.
        ItemKind::Contribution => None,
    }
}

fn scope_allows(state: &State, scope: Scope, item: &Item, person: Option<PersonId>, seat: Option<SeatId>) -> bool {
    let actor = || seat.and_then(|seat| state.actor_of(seat));
    match scope {
        Scope::Nothing => false,
        Scope::Any => true,
        Scope::Own => person.is_some() && item.author == person,
        Scope::Led => {
            let lead = match &item.details {
                Details::Commitment(commitment) => &commitment.lead,
                Details::Activity(activity) => &activity.lead,
                Details::Problem(_) | Details::Solution(_) | Details::DraftCommitment(_) | Details::Contribution(_) => return false,
            };
            matches!((lead, actor()), (Party::Actor(number), Some(actor)) if actor.number == *number)
        }
        Scope::PublicInstitution => actor().is_some_and(|actor| actor.sector == Sector::PublicInstitution),
        Scope::OwnSeat => actor().is_some(),
    }
}

fn when(changes: bool, event: Event) -> Vec<Event> {
    if changes { vec![event] } else { Vec::new() }
}

struct Judge<'a> {
    state: &'a State,
    context: &'a Context<'a>,
}

impl Judge<'_> {
    fn not_allowed(&self) -> Rejection {
        Rejection::NotAllowed { role: self.context.role, phase: self.state.phase }
    }

    fn require(&self, action: Action, item: Option<&Item>) -> Result<(), Rejection> {
        let scope = permitted(action, self.state.phase, self.context.role);
        let allowed = match item {
            Some(item) => scope_allows(self.state, scope, item, Some(self.context.person), self.context.seat),
            None => scope != Scope::Nothing,
        };
        if allowed { Ok(()) } else { Err(self.not_allowed()) }
    }

    /// The same for what concerns more than one's own items.
    fn require_for_all(&self, action: Action) -> Result<(), Rejection> {
        if permitted(action, self.state.phase, self.context.role) == Scope::Any { Ok(()) } else { Err(self.not_allowed()) }
    }

    fn known(&self, id: ItemId) -> Result<&Item, Rejection> {
        self.state.item(id).map(AsRef::as_ref).ok_or(Rejection::UnknownItem)
    }

    fn visible(&self, id: ItemId) -> Result<&Item, Rejection> {
        let item = self.known(id)?;
        // What is hidden from someone is gone for them.
        let hidden = item.as_contribution().is_some_and(|contribution| contribution.hidden);
        let withheld = hidden && Audience::of(self.context.role) != Audience::Facilitation;
        if self.state.is_visible(item) && !withheld { Ok(item) } else { Err(Rejection::RemovedItem) }
    }

    fn add(&self, id: ItemId, kind: ItemKind, parent: Option<ItemId>) -> Result<Vec<Event>, Rejection> {
        // A contribution is made whole.
        let action = edit_action(kind).ok_or(Rejection::WrongField)?;
        self.require(action, None)?;
        self.unused(id)?;
        let (of, limit) = match kind {
            ItemKind::Problem => (None, PROBLEM_LIMIT),
            ItemKind::Commitment => (None, COMMITMENT_LIMIT),
            ItemKind::Activity => (Some(ItemKind::Commitment), ACTIVITY_LIMIT),
            ItemKind::Solution | ItemKind::DraftCommitment => (Some(ItemKind::Problem), SOLUTION_LIMIT),
            ItemKind::Contribution => return Err(Rejection::WrongField),
        };
        match (of, parent) {
            (None, None) => {}
            (Some(of), Some(parent)) if self.visible(parent)?.kind() == of => {}
            (None, Some(_)) | (Some(_), _) => return Err(Rejection::WrongField),
        }
        let alias = self.next_alias(self.state.list(kind, parent).len(), limit)?;
        Ok(vec![Event::ItemAdded { item: id, alias, kind, parent, author: Some(self.context.person) }])
    }

    fn unused(&self, id: ItemId) -> Result<(), Rejection> {
        if self.state.item(id).is_some() { Err(Rejection::IdTaken) } else { Ok(()) }
    }

    /// The number of one more item, while there is room for it.
    fn next_alias(&self, there: usize, limit: u32) -> Result<Alias, Rejection> {
        let full = Rejection::TooMany { limit };
        if there >= limit as usize { Err(full) } else { u32::try_from(self.state.aliases.len()).map(Alias).map_err(|_| full) }
    }

    fn remove_or_restore(&self, id: ItemId, removed: bool) -> Result<Vec<Event>, Rejection> {
        let item = self.known(id)?;
        if !may_delete(self.state, item, self.context.role, Some(self.context.person)) {
            return Err(self.not_allowed());
        }
        let event = if removed { Event::ItemRemoved { item: id } } else { Event::ItemRestored { item: id } };
        Ok(when(item.removed != removed, event))
    }

    fn reorder(&self, id: ItemId, after: Option<ItemId>) -> Result<Vec<Event>, Rejection> {
        let item = self.visible(id)?;
        let action = arrange_action(item.kind()).ok_or(Rejection::WrongField)?;
        self.require_for_all(action)?;
        let list = self.state.list(item.kind(), item.parent());
        if let Some(after) = after {
            self.known(after)?;
            if after == id || !list.contains(&after) {
                return Err(Rejection::UnknownItem);
            }
        }
        let place = list.iter().position(|other| *other == id);
        let before = place.and_then(|place| place.checked_sub(1)).and_then(|before| list.get(before)).copied();
        Ok(when(before != after, Event::ItemMoved { item: id, after }))
    }

    fn editable_text(&self, id: ItemId, field: TextField) -> Result<&Item, Rejection> {
        let item = self.visible(id)?;
        // A contribution has no text that could be patched.
        self.require(edit_action(item.kind()).ok_or(Rejection::WrongField)?, Some(item))?;
        if TextField::of(item.kind()).contains(&field) { Ok(item) } else { Err(Rejection::WrongField) }
    }

    fn recover(&self, id: ItemId, field: TextField, whole: &str, ancestors: &[u64]) -> Result<Vec<Event>, Rejection> {
        let item = self.editable_text(id, field)?;
        let limit = field.limit();
        if scalars(whole) > limit {
            return Err(Rejection::TextTooLong { limit });
        }
        let ancestors = &ancestors[..ancestors.len().min(ANCESTOR_LIMIT)];
        self.rewrite(item, field, recovery(item.text(field), whole, ancestors))
    }

    fn patch(&self, id: ItemId, field: TextField, patch: &Patch) -> Result<Vec<Event>, Rejection> {
        let item = self.editable_text(id, field)?;
        let patch = self.context.since.iter().fold(patch.clone(), |late, earlier| late.after(earlier));
        self.rewrite(item, field, patch)
    }

    fn rewrite(&self, item: &Item, field: TextField, patch: Patch) -> Result<Vec<Event>, Rejection> {
        if !patch.insertions().all(|text| text.chars().all(is_plain)) {
            return Err(Rejection::ForbiddenCharacters);
        }
        let text = patch.apply(item.text(field)).map_err(|_| Rejection::PatchOutOfRange)?;
        let limit = field.limit();
        // A text that is too long already may still be made shorter.
        if scalars(&text) > limit && scalars(&text) > scalars(item.text(field)) {
            return Err(Rejection::TextTooLong { limit });
        }
        Ok(when(!patch.is_identity(), Event::TextPatched { item: item.id, field, patch }))
    }
}

/// Last day of the twelve months that begin on `starts`.
pub fn year_from(starts: Date) -> Date {
    let next = starts.replace_year(starts.year() + 1).ok();
    // 29 February: the year ends on the 28th.
    next.and_then(Date::previous_day).unwrap_or_else(|| starts.saturating_add(time::Duration::days(365)))
}
