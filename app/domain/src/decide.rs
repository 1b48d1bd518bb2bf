//! The server's judgement: a command becomes events or a typed refusal. Pure; the same code tells a screen what to offer.

use crate::command::{Command, Registration};
use crate::event::Event;
use crate::field::{Assignment, TextField};
use crate::item::{Details, Item, ItemKind, Party, ProblemState};
use crate::patch::{Patch, scalars};
use crate::permission::{Action, Phase, Role, Scope, may_delete, permitted};
use crate::recover::{ANCESTOR_LIMIT, recovery};
use crate::rejection::Rejection;
use crate::state::{Shown, State};
use crate::words::is_plain;
use crate::{Alias, Date, ItemId, PersonId, SeatId};

/// Most problems of a mesa, deleted ones included.
pub const PROBLEM_LIMIT: u32 = 400;
/// Most commitments of a mesa, deleted ones included.
pub const COMMITMENT_LIMIT: u32 = 200;
/// Most activities of a commitment, deleted ones included.
pub const ACTIVITY_LIMIT: u32 = 100;

/// Who asks, as the server knows it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The person.
    pub person: PersonId,
    /// The seat that the command speaks for.
    pub seat: Option<SeatId>,
    /// Their role.
    pub role: Role,
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
        Command::Show { shown } => {
            judge.require(Action::Conduct, None)?;
            if let Shown::Item(item) = shown {
                judge.visible(*item)?;
            }
            Ok(when(state.shown != *shown, Event::ShownChanged { shown: shown.clone() }))
        }
        Command::ChangePhase { to } => {
            judge.require(Action::Conduct, None)?;
            Ok(when(state.phase != *to, Event::PhaseChanged { to: *to }))
        }
        Command::SetDoor { open } => {
            judge.require(Action::Conduct, None)?;
            Ok(when(state.door_open != *open, Event::DoorSet { open: *open }))
        }
    }
}

/// Whether someone may edit this item now (its texts and short fields): what screens ask before they offer an editor.
pub fn may_edit(state: &State, item: &Item, role: Role, person: Option<PersonId>) -> bool {
    scope_allows(state, permitted(edit_action(item.kind()), state.phase, role), item, person, None)
}

/// Whether someone may add an item of this kind now.
pub fn may_add(phase: Phase, role: Role, kind: ItemKind) -> bool {
    permitted(edit_action(kind), phase, role) != Scope::Nothing
}

/// Whether someone may reorder this kind of item now.
pub fn may_arrange(phase: Phase, role: Role, kind: ItemKind) -> bool {
    permitted(arrange_action(kind), phase, role) == Scope::Any
}

fn edit_action(kind: ItemKind) -> Action {
    match kind {
        ItemKind::Problem => Action::EditProblem,
        ItemKind::Commitment | ItemKind::Activity => Action::EditCommitment,
    }
}

fn arrange_action(kind: ItemKind) -> Action {
    match kind {
        ItemKind::Problem => Action::ArrangeProblems,
        ItemKind::Commitment => Action::ArrangeCommitments,
        // The order of its activities is part of a commitment's text.
        ItemKind::Activity => Action::EditCommitment,
    }
}

fn scope_allows(state: &State, scope: Scope, item: &Item, person: Option<PersonId>, seat: Option<SeatId>) -> bool {
    match scope {
        Scope::Nothing => false,
        Scope::Any => true,
        Scope::Own => person.is_some() && item.author == person,
        Scope::Led => match (item.as_commitment().map(|c| &c.lead), seat.and_then(|seat| state.actor_of(seat))) {
            (Some(Party::Actor(number)), Some(actor)) => actor.number == *number,
            _ => false,
        },
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

    fn known(&self, id: ItemId) -> Result<&Item, Rejection> {
        self.state.item(id).map(AsRef::as_ref).ok_or(Rejection::UnknownItem)
    }

    fn visible(&self, id: ItemId) -> Result<&Item, Rejection> {
        let item = self.known(id)?;
        if self.state.is_visible(item) { Ok(item) } else { Err(Rejection::RemovedItem) }
    }

    fn add(&self, id: ItemId, kind: ItemKind, parent: Option<ItemId>) -> Result<Vec<Event>, Rejection> {
        self.require(edit_action(kind), None)?;
        if self.state.item(id).is_some() {
            return Err(Rejection::IdTaken);
        }
        let limit = match (kind, parent) {
            (ItemKind::Problem, None) => PROBLEM_LIMIT,
            (ItemKind::Commitment, None) => COMMITMENT_LIMIT,
            (ItemKind::Activity, Some(parent)) => {
                if self.visible(parent)?.kind() != ItemKind::Commitment {
                    return Err(Rejection::WrongField);
                }
                ACTIVITY_LIMIT
            }
            (ItemKind::Problem | ItemKind::Commitment, Some(_)) | (ItemKind::Activity, None) => return Err(Rejection::WrongField),
        };
        if self.state.list(kind, parent).len() >= limit as usize {
            return Err(Rejection::TooMany { limit });
        }
        let alias = Alias(u32::try_from(self.state.aliases.len()).map_err(|_| Rejection::TooMany { limit })?);
        Ok(vec![Event::ItemAdded { item: id, alias, kind, parent, author: Some(self.context.person) }])
    }

    fn remove_or_restore(&self, id: ItemId, removed: bool) -> Result<Vec<Event>, Rejection> {
        let item = self.known(id)?;
        self.require(edit_action(item.kind()), Some(item))?;
        if !may_delete(self.context.role, item.author == Some(self.context.person)) {
            return Err(self.not_allowed());
        }
        let event = if removed { Event::ItemRemoved { item: id } } else { Event::ItemRestored { item: id } };
        Ok(when(item.removed != removed, event))
    }

    fn reorder(&self, id: ItemId, after: Option<ItemId>) -> Result<Vec<Event>, Rejection> {
        let item = self.visible(id)?;
        self.require(arrange_action(item.kind()), Some(item))?;
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
        self.require(edit_action(item.kind()), Some(item))?;
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

    fn assign(&self, id: ItemId, value: &Assignment) -> Result<Vec<Event>, Rejection> {
        let item = self.visible(id)?;
        let action = match value {
            Assignment::Feasibility(_) => Action::ConfirmFeasibility,
            Assignment::ProblemState(_) => Action::ArrangeProblems,
            _ => edit_action(item.kind()),
        };
        self.require(action, Some(item))?;
        if !value.belongs_to(item.kind()) {
            return Err(Rejection::WrongField);
        }
        self.check_value(item, value)?;
        let event = Event::Assigned { item: id, value: value.clone() };
        let mut after = self.state.clone();
        after.apply(&event);
        let unchanged = after.item(id).is_some_and(|after| after.details == item.details)
            // Linking once more what is linked last changes nothing; order counts otherwise.
            || matches!((value, &item.details), (Assignment::Problem { problem, linked: true }, Details::Commitment(c)) if c.problems.contains(problem));
        Ok(when(!unchanged, event))
    }

    fn check_value(&self, item: &Item, value: &Assignment) -> Result<(), Rejection> {
        match value {
            Assignment::Axis(Some(axis)) => {
                let known = self.state.mesa.as_ref().is_some_and(|mesa| mesa.axes.iter().any(|other| other.number == *axis));
                if known { Ok(()) } else { Err(Rejection::UnknownValue) }
            }
            Assignment::Sdg(Some(goal)) if !(1..=17).contains(goal) => Err(Rejection::UnknownValue),
            Assignment::Lead(Party::Actor(number)) | Assignment::Counterpart(Party::Actor(number)) => {
                self.state.actor(*number).map(|_| ()).ok_or(Rejection::UnknownValue)
            }
            Assignment::Problem { problem, linked } => {
                let other = self.known(*problem)?;
                if other.kind() != ItemKind::Problem {
                    return Err(Rejection::WrongField);
                }
                if *linked && other.removed { Err(Rejection::RemovedItem) } else { Ok(()) }
            }
            Assignment::ProblemState(ProblemState::MergedInto(other)) => {
                if *other == item.id || self.visible(*other)?.kind() != ItemKind::Problem {
                    return Err(Rejection::WrongField);
                }
                Ok(())
            }
            Assignment::Starts(Some(date)) => self.check_period(item, Some(*date), None),
            Assignment::Ends(Some(date)) => self.check_period(item, None, Some(*date)),
            Assignment::Due(Some(date)) => {
                let starts = item.as_activity().and_then(|activity| activity.starts);
                self.within_commitment(item, *date)?;
                if starts.is_some_and(|starts| *date < starts) { Err(Rejection::EndBeforeStart) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    fn within_commitment(&self, activity: &Item, date: Date) -> Result<(), Rejection> {
        let commitment = activity.parent().and_then(|parent| self.state.item(parent)).and_then(|item| item.as_commitment());
        let plan = self.plan_period();
        let from = commitment.and_then(|c| c.starts).unwrap_or(plan.0);
        let to = commitment.and_then(|c| c.ends).unwrap_or(plan.1);
        inside(date, from, to)
    }

    fn plan_period(&self) -> (Date, Date) {
        self.state.mesa.as_ref().map_or((Date::MIN, Date::MAX), |mesa| (mesa.plan_starts, mesa.plan_ends))
    }

    fn check_period(&self, item: &Item, starts: Option<Date>, ends: Option<Date>) -> Result<(), Rejection> {
        if let Some(activity) = item.as_activity() {
            let date = starts.or(ends).unwrap_or(Date::MIN);
            self.within_commitment(item, date)?;
            return if activity.due.is_some_and(|due| due < date) { Err(Rejection::EndBeforeStart) } else { Ok(()) };
        }
        let Some(commitment) = item.as_commitment() else { return Err(Rejection::WrongField) };
        let (from, to) = self.plan_period();
        for date in starts.iter().chain(&ends) {
            inside(*date, from, to)?;
        }
        if let (Some(starts), Some(ends)) = (starts.or(commitment.starts), ends.or(commitment.ends)) {
            if ends < starts {
                return Err(Rejection::EndBeforeStart);
            }
            if ends > year_from(starts) {
                return Err(Rejection::LongerThanAYear);
            }
        }
        Ok(())
    }
}

fn inside(date: Date, from: Date, to: Date) -> Result<(), Rejection> {
    if date < from || date > to { Err(Rejection::DateOutside { from, to }) } else { Ok(()) }
}

/// Last day of the twelve months that begin on `starts`.
pub fn year_from(starts: Date) -> Date {
    let next = starts.replace_year(starts.year() + 1).ok();
    // 29 February: the year ends on the 28th.
    next.and_then(Date::previous_day).unwrap_or_else(|| starts.saturating_add(time::Duration::days(365)))
}

/// What the server's own entry comes to.
///
/// # Errors
/// [`Rejection`] when it doesn't fit: a door that is closed, a link that isn't known, an id in use.
pub fn register(state: &State, registration: &Registration) -> Result<Vec<Event>, Rejection> {
    match registration {
        Registration::OpenPlan(card) => fresh(state.plan.is_some() || state.mesa.is_some(), Event::PlanOpened(card.clone())),
        Registration::GatherMesa(mesa) => fresh(state.mesas.contains(mesa), Event::MesaGathered { mesa: *mesa }),
        Registration::OpenMesa(card) => fresh(state.plan.is_some() || state.mesa.is_some(), Event::MesaOpened(card.clone())),
        Registration::SeatActor(actor) => {
            let taken = state.actors.iter().any(|other| other.number == actor.number || other.id == actor.id);
            fresh(taken, Event::ActorSeated(actor.clone()))
        }
        Registration::SetJoinCode(code) => Ok(vec![Event::JoinCodeSet { code: code.clone() }]),
        Registration::IssueLink { link, issued } => {
            if issued.grant.seat.is_some_and(|seat| state.actor_of(seat).is_none()) {
                return Err(Rejection::UnknownGrant);
            }
            fresh(state.registry.links.contains_key(link), Event::LinkIssued { link: *link, issued: issued.clone() })
        }
        Registration::SignIn { session, opened, enrols, organisation, mode, by_code } => {
            if *by_code && !state.door_open {
                return Err(Rejection::DoorClosed);
            }
            if state.registry.sessions.contains_key(session) {
                return Err(Rejection::IdTaken);
            }
            let mut events = Vec::new();
            match enrols {
                Some(record) => events.push(Event::PersonEnrolled { person: opened.person, record: *record }),
                None if state.registry.people.contains_key(&opened.person) => {}
                None => return Err(Rejection::UnknownGrant),
            }
            events.push(Event::SessionOpened { session: *session, opened: opened.clone() });
            // One person on two devices is one attendance.
            if !state.attendees.contains_key(&opened.person) {
                events.push(Event::Arrived {
                    person: opened.person,
                    organisation: organisation.clone(),
                    seat: opened.grant.seat,
                    mode: *mode,
                });
            }
            Ok(events)
        }
        Registration::SignOut { session } => match state.registry.sessions.get(session) {
            Some(open) => Ok(when(!open.closed, Event::SessionClosed { session: *session })),
            None => Err(Rejection::UnknownGrant),
        },
    }
}

fn fresh(taken: bool, event: Event) -> Result<Vec<Event>, Rejection> {
    if taken { Err(Rejection::IdTaken) } else { Ok(vec![event]) }
}
