//! What pages ask of the mesa: parts of an item, whether something is allowed, the usual callbacks
//! of fields.

use domain::decide::decide;
use domain::deliberation;
use domain::deliberation::decide::{may_contribute, may_edit};
use domain::judge::Context;
use domain::{
    Activity, Assignment, Command, Commitment, Contribution, ContributionKind, Date, ItemId,
    ItemKind, PersonId, Problem, Remark, Role, SeatId,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{Live, SaveState};
use crate::erased::memo;

impl Live {
    /// Whether the viewer may edit the texts and short fields of an item now.
    pub fn editable(&self, id: ItemId) -> Signal<bool> {
        let (view, me) = (self.view(), self.me());
        memo(move || {
            let state = view.read();
            state.item(id).is_some_and(|item| {
                state.is_visible(item) && may_edit(&state, item, me.role, me.person)
            })
        })
        .into()
    }

    /// Whether a command would be accepted now: screens ask before they offer a button. For a short
    /// field whose rule isn't that of [`editable`](Self::editable) (feasibility, a problem's state)
    /// ask with any valid value.
    pub fn allows(&self, command: Command) -> Signal<bool> {
        let (live, view, me) = (*self, self.view(), self.me());
        memo(move || {
            view.track();
            let person = me.person.unwrap_or(PersonId(Uuid::nil()));
            let context = Context { person, seat: me.seat, role: me.role, now: 0, since: &[] };
            live.with_exercise(|exercise| decide(exercise, me.mesa, &command, &context).is_ok())
        })
        .into()
    }

    /// The kinds of contribution that the viewer may make now, in the order of the pick-list.
    pub fn contribution_kinds(&self) -> Memo<Vec<ContributionKind>> {
        let role = self.me().role;
        self.contribution_kinds_of(Signal::derive(move || role))
    }

    /// The kinds of contribution that this role may make now.
    pub fn contribution_kinds_of(&self, role: Signal<Role>) -> Memo<Vec<ContributionKind>> {
        let view = self.view();
        memo(move || {
            let (phase, role) = (view.read().conduct.phase, role.get());
            ContributionKind::ALL
                .into_iter()
                .filter(|kind| may_contribute(phase, role, *kind))
                .collect()
        })
    }

    /// Makes a contribution, on behalf of a seat if given; returns its id. On the server it only
    /// makes the id.
    pub fn contribute(
        &self,
        on_behalf: Option<SeatId>,
        target: Option<ItemId>,
        kind: ContributionKind,
        text: Remark,
    ) -> ItemId {
        let item = ItemId(Uuid::now_v7());
        self.submit_for(
            on_behalf,
            Command::Deliberation(deliberation::Command::Contribute { item, target, kind, text }),
        );
        item
    }

    /// A contribution; none when it isn't one.
    pub fn contribution(&self, id: ItemId) -> Memo<Option<Contribution>> {
        let view = self.view();
        memo(move || view.read().item(id).and_then(|item| item.as_contribution()).cloned())
    }

    /// A contribution that is hidden from the room, as its author sent it from this device; none
    /// when it is another's or was too long ago.
    pub fn hidden_contribution(&self, id: ItemId) -> Option<Contribution> {
        self.condition.ready.track();
        self.replica.with_value(|replica| match replica.sent_contribution(id) {
            Some(Command::Deliberation(deliberation::Command::Contribute {
                target,
                kind,
                text,
                ..
            })) => Some(Contribution {
                target: *target,
                kind: *kind,
                text: Some(text.clone()),
                hidden: true,
                ..Contribution::default()
            }),
            _ => None,
        })
    }

    /// What the viewer added of a kind, newest first; of deleted ones only contributions, which
    /// their author may restore.
    pub fn own(&self, kind: ItemKind) -> Memo<Vec<ItemId>> {
        let (view, person) = (self.view(), self.me().person);
        memo(move || {
            let state = view.read();
            let all =
                state.deliberation.list(kind, None).iter().rev().filter_map(|id| state.item(*id));
            let own = all.filter(|item| state.is_by(item, person));
            own.filter(|item| kind == ItemKind::Contribution || state.is_visible(item))
                .map(|item| item.id)
                .collect::<Vec<_>>()
        })
    }

    /// A problem's short fields; defaults when it isn't one.
    pub fn problem(&self, id: ItemId) -> Memo<Problem> {
        let view = self.view();
        memo(move || {
            view.read().item(id).and_then(|item| item.as_problem()).cloned().unwrap_or_default()
        })
    }

    /// A commitment's short fields; defaults when it isn't one.
    pub fn commitment(&self, id: ItemId) -> Memo<Commitment> {
        let view = self.view();
        memo(move || {
            view.read().item(id).and_then(|item| item.as_commitment()).cloned().unwrap_or_default()
        })
    }

    /// An activity's short fields; empty ones when it isn't one.
    pub fn activity(&self, id: ItemId) -> Memo<Activity> {
        let view = self.view();
        memo(move || {
            view.read()
                .item(id)
                .and_then(|item| item.as_activity())
                .cloned()
                .unwrap_or_else(|| Activity::of(id))
        })
    }

    /// The period in which an item's dates must be: the plan's for a commitment, the commitment's
    /// for an activity.
    pub fn period(&self, id: ItemId) -> Signal<(Date, Date)> {
        let view = self.view();
        memo(move || {
            let state = view.read();
            let plan = state.plan_period();
            let parent =
                state.item(id).and_then(|item| item.parent()).and_then(|parent| state.item(parent));
            match parent.and_then(|parent| parent.as_commitment()) {
                Some(commitment) => {
                    (commitment.starts.unwrap_or(plan.0), commitment.ends.unwrap_or(plan.1))
                }
                None => plan,
            }
        })
        .into()
    }

    /// A field's callback for a new value: submits an assignment to the item.
    pub fn assigning<T: 'static>(
        &self,
        item: ItemId,
        make: impl Fn(T) -> Assignment + Send + Sync + 'static,
    ) -> Callback<T> {
        let live = *self;
        Callback::new(move |value| {
            live.submit(Command::Deliberation(deliberation::Command::Assign {
                item,
                value: make(value),
            }))
        })
    }

    /// The same for a set whose members are switched one at a time.
    pub fn toggling<T: 'static>(
        &self,
        item: ItemId,
        make: impl Fn(T, bool) -> Assignment + Send + Sync + 'static,
    ) -> Callback<(T, bool)> {
        self.assigning(item, move |(value, present)| make(value, present))
    }

    /// The save state of a short field: `concerns` is true for assignments to it.
    pub fn assign_status(
        &self,
        id: ItemId,
        concerns: impl Fn(&Assignment) -> bool + Send + Sync + 'static,
    ) -> Signal<SaveState> {
        self.outbox.state(move |command| matches!(command, Command::Deliberation(deliberation::Command::Assign { item, value }) if *item == id && concerns(value)))
    }

    /// The save state of the short field that `like` sets.
    pub fn field_status(&self, id: ItemId, like: Assignment) -> Signal<SaveState> {
        self.assign_status(id, move |value| value.is_of_the_field_of(&like))
    }

    /// The value of the field that `like` sets.
    pub fn assigned(&self, id: ItemId, like: Assignment) -> Memo<Option<Assignment>> {
        let view = self.view();
        memo(move || view.read().item(id).and_then(|item| item.details.value(&like)))
    }

    /// Adds an item at the end of its list and returns its id. On the server it only makes the id.
    pub fn add(&self, kind: ItemKind, parent: Option<ItemId>) -> ItemId {
        let item = ItemId(Uuid::now_v7());
        self.submit(Command::Deliberation(deliberation::Command::Add { item, kind, parent }));
        item
    }
}
