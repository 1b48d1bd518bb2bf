//! The mesa as the screens see it: one handle, a context of the page. On the server it is the
//! snapshot and never changes; in the browser [`Live::start`] connects it.

use std::sync::Arc;

use domain::{
    Command, CommandId, DeviceId, Exercise, Item, ItemId, ItemKind, Mesa, MesaId, MesaNumber,
    Patch, Role, SeatId, TextField,
};
use leptos::prelude::*;
use sync::wire::{Present, Snapshot};
use sync::{Me, Replica};
use uuid::Uuid;

use super::follow::{Followers, TextChange};
use super::writers::Writers;
use super::{Clocks, Condition, Drafts, Outbox};
use crate::browser;
use crate::erased::memo;
use crate::page::{Content, Member, Own, PageData};

/// In which capacity the stream is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// As someone at the table.
    Mesa,
    /// As the public.
    Public,
}

/// The handle. Cheap to copy; what it returns are signals, owned by the caller.
#[derive(Clone, Copy)]
pub struct Live {
    mesa: MesaId,
    following: Following,
    /// The time.
    pub clocks: Clocks,
    /// The status of the page.
    pub condition: Condition,
    /// What the person wrote and isn't confirmed.
    pub outbox: Outbox,
    /// Drafts.
    pub drafts: Drafts,
    /// Whether the view is frozen, for the projector.
    pub(crate) held: StoredValue<bool>,
    member: StoredValue<Option<Member>>,
    pub(crate) followers: Followers,
    pub(crate) replica: StoredValue<Replica>,
    pub(crate) view: RwSignal<Arc<Mesa>>,
    /// The views of other mesas.
    pub(crate) others: StoredValue<Vec<(MesaNumber, RwSignal<Arc<Mesa>>)>>,
    pub(crate) roster: RwSignal<Vec<Present>>,
    pub(crate) writers: Writers,
    /// What of the mesa's secrets is the viewer's own.
    pub(crate) own: RwSignal<Own>,
    /// The last contribution that was sent, until it was announced.
    sent: StoredValue<Option<ItemId>>,
}

impl Live {
    /// The handle for a page that shows a mesa; none for other pages. Created inside the page's
    /// root owner, on both sides alike.
    pub fn new(page: &PageData) -> Option<Self> {
        match &page.content {
            Content::Mesa { mesa, me, snapshot, own, .. } => {
                let live =
                    Self::of(page, *mesa, Following::Mesa, Some(me), Role::Participant, snapshot);
                live.own.set(own.clone());
                Some(live)
            }
            Content::Projector { mesa, snapshot, .. } => {
                Some(Self::of(page, *mesa, Following::Public, None, Role::Projector, snapshot))
            }
            Content::Public { mesa, snapshot } => {
                Some(Self::of(page, *mesa, Following::Public, None, Role::Follower, snapshot))
            }
            #[cfg(feature = "ssr")]
            Content::Plain(_) => None,
        }
    }

    fn of(
        page: &PageData,
        mesa: MesaId,
        following: Following,
        member: Option<&Member>,
        role: Role,
        snapshot: &Snapshot,
    ) -> Self {
        let me = Me {
            mesa: mesa.number,
            person: member.map(|member| member.person),
            role: member.map_or(role, |member| member.role),
            seat: member.and_then(|member| member.seat),
            device: member.map_or_else(|| DeviceId(Uuid::now_v7()), |member| member.device),
            replica: Uuid::now_v7(),
        };
        let person = me.person;
        let replica = StoredValue::new(Replica::new(mesa.exercise, me, Some(snapshot.clone())));
        let condition = Condition::new();
        Self {
            mesa,
            following,
            clocks: Clocks::of(page),
            condition,
            outbox: Outbox::of(replica, condition),
            drafts: Drafts::new(mesa, person, condition),
            held: StoredValue::new(false),
            member: StoredValue::new(member.cloned()),
            followers: Followers::new(),
            view: RwSignal::new(snapshot.state.mesa(mesa.number).cloned().unwrap_or_default()),
            others: StoredValue::new(Vec::new()),
            replica,
            roster: RwSignal::new(Vec::new()),
            writers: Writers::new(),
            own: RwSignal::new(Own::default()),
            sent: StoredValue::new(None),
        }
    }

    /// The view: what the server confirmed, with the person's own waiting changes applied.
    pub fn view(&self) -> Signal<Arc<Mesa>> {
        self.view.into()
    }

    /// The exercise behind the view, with all its mesas. Call it where the view is tracked.
    pub(crate) fn with_exercise<T>(&self, read: impl FnOnce(&Exercise) -> T) -> T {
        self.replica.with_value(|replica| read(replica.view()))
    }

    /// The handle for another mesa of the exercise, until the current owner is cleaned up: for a
    /// page that shows several.
    pub fn at(&self, number: MesaNumber) -> Self {
        if number == self.mesa.number {
            return *self;
        }
        let seen = self.with_exercise(|exercise| exercise.mesa(number).cloned());
        let view = RwSignal::new(seen.unwrap_or_default());
        self.others.update_value(|others| {
            others.retain(|(_, view)| !view.is_disposed());
            others.push((number, view));
        });
        Self { mesa: self.other(number), view, ..*self }
    }

    /// One item, deleted or not.
    pub fn item(&self, id: ItemId) -> Memo<Option<Arc<Item>>> {
        let view = self.view;
        memo(move || view.read().item(id).cloned())
    }

    /// The ids of a list's visible items, in order.
    pub fn list(&self, kind: ItemKind, parent: Option<ItemId>) -> Memo<Vec<ItemId>> {
        let view = self.view;
        memo(move || view.read().visible(kind, parent).map(|item| item.id).collect())
    }

    /// The viewer; none on the projector and the public page.
    pub fn member(&self) -> Option<Member> {
        self.member.get_value()
    }

    /// The mesa.
    pub fn mesa(&self) -> MesaId {
        self.mesa
    }

    /// Another mesa of the same exercise.
    pub fn other(&self, number: MesaNumber) -> MesaId {
        MesaId { number, ..self.mesa }
    }

    /// Freezes the view, or lets it follow the mesa again; what comes meanwhile isn't lost.
    pub fn hold(&self, held: bool) {
        self.held.set_value(held);
        if !held {
            let view = self.with_exercise(|exercise| {
                exercise.mesa(self.mesa.number).cloned().unwrap_or_default()
            });
            self.view.set(view);
        }
    }

    /// Notes a sent contribution, for the screen that announces it.
    pub fn note_sent(&self, item: ItemId) {
        self.sent.set_value(Some(item));
    }

    /// The contribution that was just sent; it is returned once.
    pub fn just_sent(&self) -> Option<ItemId> {
        self.sent.try_update_value(Option::take).flatten()
    }

    /// The names of the others who are writing in a text.
    pub fn writers_of(&self, item: ItemId, field: TextField) -> Memo<Vec<String>> {
        self.writers.of(item, field)
    }

    /// Submits a command: it is kept on the device, shown at once, and sent as soon as possible.
    /// Does nothing on the server.
    pub fn submit(&self, command: Command) {
        self.submit_for(None, command);
    }

    /// The same on behalf of a seat.
    pub fn submit_for(&self, on_behalf: Option<SeatId>, command: Command) {
        browser::submit(*self, on_behalf, command);
    }

    /// Changes a long text: `patch` applies to the view. Does nothing on the server.
    pub fn edit(&self, item: ItemId, field: TextField, patch: Patch) {
        browser::edit(*self, item, field, &patch);
    }

    /// Keeps a text that doesn't fit where it was typed, like a refused one. `id` stays the same
    /// while it is typed: what is kept under it is replaced. Does nothing on the server.
    pub fn set_aside(&self, id: CommandId, item: ItemId, field: TextField, text: &str) {
        browser::set_aside(*self, id, item, field, text);
    }

    /// Deletes a refused text for good.
    pub fn dismiss(&self, id: CommandId) {
        self.give_up_late(id);
        self.outbox.refused.update(|refused| refused.retain(|other| other.id != id));
        browser::dismissed(id);
    }

    /// Who is here; empty for anyone but the facilitation.
    pub fn roster(&self) -> Signal<Vec<Present>> {
        self.roster.into()
    }

    /// Calls back with what others do to a text, until the current owner is cleaned up: for an open
    /// editor.
    pub fn follow_text(&self, item: ItemId, field: TextField, callback: Callback<TextChange>) {
        self.followers.follow((item, field), callback);
    }

    /// Restores what was kept and connects. Called once, from an effect after rendering; further
    /// calls do nothing.
    pub fn start(&self) {
        browser::start(*self);
    }

    /// The viewer, as the replica knows them.
    pub(crate) fn me(&self) -> Me {
        self.replica.with_value(|replica| replica.me().clone())
    }

    /// In which capacity the stream is followed.
    pub fn following(&self) -> Following {
        self.following
    }
}
