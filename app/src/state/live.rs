//! The mesa as the screens see it: one handle, a context of the page. On the server it is the
//! snapshot and stands still; in the browser [`Live::start`] lets it move.

use domain::deliberation;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{
    Command, CommandId, DeviceId, Exercise, Item, ItemId, ItemKind, Mesa, MesaId, MesaNumber,
    Millis, Patch, Role, SeatId, TextField,
};
use leptos::prelude::*;
use sync::connection::Status;
use sync::wire::{Present, Snapshot};
use sync::{Me, Replica};
use uuid::Uuid;

use super::follow::{Followers, TextChange};
use super::refused::{RefusedText, written};
use super::save::{Known, SaveState};
use super::writers::Writers;
use crate::browser;
use crate::erased::{effect, memo};
use crate::page::{Content, Member, PageData, Zone};

/// How often clocks on a screen look whether a minute is over.
const SECOND: Duration = Duration::from_secs(1);

/// As whom the stream is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// As someone at the table.
    Mesa,
    /// As anyone may.
    Public,
}

/// The handle. Cheap to copy; what it gives are signals, owned by whoever asks.
#[derive(Clone, Copy)]
pub struct Live {
    mesa: MesaId,
    following: Following,
    clock: browser::Clock,
    zone: Option<Zone>,
    /// Whether what is drawn stays as it is, for the projector.
    pub(crate) held: StoredValue<bool>,
    member: StoredValue<Option<Member>>,
    pub(crate) followers: Followers,
    pub(crate) replica: StoredValue<Replica>,
    pub(crate) view: RwSignal<Arc<Mesa>>,
    /// Notified when what waits in the replica changed.
    pub(crate) waiting: RwSignal<()>,
    pub(crate) connection: RwSignal<Status>,
    /// The connection stands, but answers are overdue.
    pub(crate) stalled: RwSignal<bool>,
    pub(crate) ready: RwSignal<bool>,
    pub(crate) refused: RwSignal<Vec<RefusedText>>,
    pub(crate) roster: RwSignal<Vec<Present>>,
    pub(crate) writers: Writers,
    /// The contribution that was sent last, until it was told.
    sent: StoredValue<Option<ItemId>>,
    /// What is being written and wasn't sent, by name.
    pub(crate) drafts: RwSignal<BTreeMap<String, String>>,
    pub(crate) storage_problem: RwSignal<bool>,
    pub(crate) outdated: RwSignal<bool>,
    pub(crate) signed_out: RwSignal<bool>,
    /// The person left the device to others, in another tab.
    pub(crate) left: RwSignal<bool>,
}

impl Live {
    /// The handle for a page that shows a mesa; none for the others. Made inside the page's root
    /// owner, on both sides alike.
    pub fn new(page: &PageData) -> Option<Self> {
        match &page.content {
            Content::Mesa { mesa, me, snapshot, .. } => {
                Some(Self::of(page, *mesa, Following::Mesa, Some(me), Role::Participant, snapshot))
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
        Self {
            mesa,
            following,
            clock: browser::Clock::starting_at(page.now),
            zone: page.zone,
            held: StoredValue::new(false),
            member: StoredValue::new(member.cloned()),
            followers: Followers::new(),
            view: RwSignal::new(snapshot.state.mesa(mesa.number).cloned().unwrap_or_default()),
            replica: StoredValue::new(Replica::new(mesa.exercise, me, Some(snapshot.clone()))),
            waiting: RwSignal::new(()),
            connection: RwSignal::new(Status::Connecting),
            stalled: RwSignal::new(false),
            ready: RwSignal::new(false),
            refused: RwSignal::new(Vec::new()),
            roster: RwSignal::new(Vec::new()),
            writers: Writers::new(),
            sent: StoredValue::new(None),
            drafts: RwSignal::new(BTreeMap::new()),
            storage_problem: RwSignal::new(false),
            outdated: RwSignal::new(false),
            signed_out: RwSignal::new(false),
            left: RwSignal::new(false),
        }
    }

    /// What is drawn: what the server confirmed and, on top, the person's own waiting changes.
    pub fn view(&self) -> Signal<Arc<Mesa>> {
        self.view.into()
    }

    /// What stands behind the view: the exercise with all its mesas. To be asked where the view is
    /// tracked.
    pub(crate) fn with_exercise<T>(&self, read: impl FnOnce(&Exercise) -> T) -> T {
        self.replica.with_value(|replica| read(replica.view()))
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

    /// Who looks; none on the projector and the public page.
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

    /// The server's clock as far as the page can know it, ms since the epoch: what it was when the
    /// page was made or joined, and what has passed since. A device whose clock is wrong shows it
    /// right.
    pub fn server_now(&self) -> Millis {
        self.clock.now()
    }

    /// The same, told anew at each full minute until the current owner is cleaned up.
    pub fn minutes(&self) -> Signal<Millis> {
        let live = *self;
        let now = RwSignal::new(self.server_now());
        let minute = |at: Millis| at.div_euclid(60_000);
        effect(move || {
            now.set(live.server_now());
            let look = move || {
                let at = live.server_now();
                if minute(at) != minute(now.get_untracked()) {
                    now.set(at);
                }
            };
            if let Ok(handle) = set_interval_with_handle(look, SECOND) {
                on_cleanup(move || handle.clear());
            }
        });
        now.into()
    }

    /// The clock of the mesa's place, when it is known.
    pub fn zone(&self) -> Option<Zone> {
        self.zone
    }

    /// What the clock on the wall of the mesa says, when its zone is known.
    pub fn wall_clock(&self) -> Option<Signal<(u8, u8)>> {
        let (zone, minutes) = (self.zone?, self.minutes());
        Some(memo(move || zone.time_of_day(minutes.get())).into())
    }

    /// Keeps what is drawn as it is, or lets it follow the mesa again; what comes meanwhile isn't
    /// lost.
    pub fn hold(&self, held: bool) {
        self.held.set_value(held);
        if !held {
            let view = self.with_exercise(|exercise| {
                exercise.mesa(self.mesa.number).cloned().unwrap_or_default()
            });
            self.view.set(view);
        }
    }

    /// Notes what was said, for the screen that tells of it.
    pub fn note_sent(&self, item: ItemId) {
        self.sent.set_value(Some(item));
    }

    /// What was just said; asked once.
    pub fn just_sent(&self) -> Option<ItemId> {
        self.sent.try_update_value(Option::take).flatten()
    }

    /// The others who write in a text now, by name.
    pub fn writers_of(&self, item: ItemId, field: TextField) -> Memo<Vec<String>> {
        self.writers.of(item, field)
    }

    /// Whether the server can be reached.
    pub fn connection(&self) -> Signal<Status> {
        self.connection.into()
    }

    /// Whether the page takes input: false on the server and until it is live in the browser.
    pub fn ready(&self) -> Signal<bool> {
        self.ready.into()
    }

    /// Submits a command: kept on the device, seen at once, sent as soon as possible. Does nothing
    /// on the server.
    pub fn submit(&self, command: Command) {
        self.submit_for(None, command);
    }

    /// The same for what someone in a seat told the person.
    pub fn submit_for(&self, on_behalf: Option<SeatId>, command: Command) {
        browser::submit(*self, on_behalf, command);
    }

    /// Changes a long text: `patch` is a change to what the view says. Does nothing on the server.
    pub fn edit(&self, item: ItemId, field: TextField, patch: Patch) {
        browser::edit(*self, item, field, &patch);
    }

    /// Keeps a text that doesn't fit where it was typed, as if it had been refused. `id` is made
    /// once for one writing: what is kept under it is replaced. Does nothing on the server.
    pub fn set_aside(&self, id: CommandId, item: ItemId, field: TextField, text: &str) {
        browser::set_aside(*self, id, item, field, text);
    }

    /// Keeps what is being written and wasn't sent, on this device, for this person and mesa;
    /// empty: keeps it no longer. Does nothing on the server.
    pub fn keep_draft(&self, name: &str, text: &str) {
        self.note_draft(name, text);
        if self.ready.get_untracked() {
            self.drafts.maybe_update(|drafts| {
                if text.is_empty() {
                    return drafts.remove(name).is_some();
                }
                drafts.insert(name.to_owned(), text.to_owned());
                true
            });
        }
    }

    /// The same for what is in the middle of being typed and is taken in a moment: no screen tells
    /// of it before the page is opened anew.
    pub fn note_draft(&self, name: &str, text: &str) {
        if self.ready.get_untracked() && !browser::draft::keep(&self.draft_name(name), text) {
            self.storage_problem.set(true);
        }
    }

    /// What was kept so; empty when nothing was, and on the server.
    pub fn draft(&self, name: &str) -> String {
        let kept = browser::draft::read(&self.draft_name(name));
        // What the local storage has no room for.
        if kept.is_empty() {
            self.drafts.with_untracked(|drafts| drafts.get(name).cloned()).unwrap_or_default()
        } else {
            kept
        }
    }

    /// The path that the page is at; empty on the server, where nothing is kept under it.
    pub fn path() -> String {
        browser::path()
    }

    pub(crate) fn draft_name(&self, name: &str) -> String {
        // A phone may pass from hand to hand.
        let person = self.me().person.map(|person| person.to_string()).unwrap_or_default();
        format!("{}.{person}.{name}", self.mesa)
    }

    /// Where a long text stands.
    pub fn text_status(&self, item: ItemId, field: TextField) -> Signal<SaveState> {
        self.command_status(move |command| matches!(command, Command::Deliberation(deliberation::Command::Patch { item: i, field: f, .. }) if (*i, *f) == (item, field)))
    }

    /// Where the commands stand for which `concerns` holds.
    pub fn command_status(
        &self,
        concerns: impl Fn(&Command) -> bool + Send + Sync + 'static,
    ) -> Signal<SaveState> {
        self.status_of(Box::new(concerns))
    }

    fn status_of(
        &self,
        concerns: Box<dyn Fn(&Command) -> bool + Send + Sync>,
    ) -> Signal<SaveState> {
        let live = *self;
        memo(move || {
            live.waiting.track();
            let waiting = live.replica.with_value(|replica| replica.is_waiting(&concerns));
            let refused = live
                .refused
                .read()
                .iter()
                .any(|refused| !refused.sent_again && concerns(&refused.command));
            live.standing(waiting, refused)
        })
        .into()
    }

    /// What the person wrote in a long text and that can't be shown in its place before the server
    /// was reached, piece by piece.
    pub fn apart(&self, item: ItemId, field: TextField) -> Memo<Vec<String>> {
        let live = *self;
        memo(move || {
            live.waiting.track();
            let of_text = |command: &&Command| matches!(command, Command::Deliberation(deliberation::Command::Patch { item: i, field: f, .. }) if (*i, *f) == (item, field));
            live.replica
                .with_value(|replica| replica.apart().filter(of_text).map(written).collect())
        })
    }

    /// Where everything of this device stands.
    pub fn overall_status(&self) -> Signal<SaveState> {
        let live = *self;
        let unanswered = self.unanswered();
        memo(move || {
            // Also when what waits is only written to disk.
            live.waiting.track();
            live.standing(unanswered.get() > 0, false)
        })
        .into()
    }

    /// Whether something isn't on the device's disk yet: it is being saved, whether or not the
    /// server is there.
    fn is_being_kept(&self) -> bool {
        !browser::is_settled()
    }

    fn standing(&self, waiting: bool, refused: bool) -> SaveState {
        // Signals are read only as far as they matter, so that the many quiet fields don't listen
        // to the connection.
        let flowing = waiting
            && (self.is_being_kept()
                || (self.connection.get() == Status::Connected && !self.stalled.get()));
        let storable = !waiting || !self.storage_problem.get();
        SaveState::of(Known { waiting, refused, flowing, storable })
    }

    /// How many commands aren't answered.
    pub fn unanswered(&self) -> Signal<usize> {
        let live = *self;
        memo(move || {
            live.waiting.track();
            live.replica.with_value(|replica| replica.unanswered().count())
        })
        .into()
    }

    /// The commands that aren't answered, oldest first: what the tray lists.
    pub fn waiting(&self) -> Signal<Vec<Command>> {
        let live = *self;
        memo(move || {
            live.waiting.track();
            live.replica.with_value(|replica| {
                replica.unanswered().map(|stored| stored.command.clone()).collect()
            })
        })
        .into()
    }

    /// What wasn't accepted, oldest first, until dismissed.
    pub fn refused(&self) -> Signal<Vec<RefusedText>> {
        self.refused.into()
    }

    /// Takes a refused text off the list, for good.
    pub fn dismiss(&self, id: CommandId) {
        self.give_up_late(id);
        self.refused.update(|refused| refused.retain(|other| other.id != id));
        browser::dismissed(id);
    }

    /// Who is here; empty for who doesn't facilitate.
    pub fn roster(&self) -> Signal<Vec<Present>> {
        self.roster.into()
    }

    /// Calls back with what others do to a text, until the current owner is cleaned up: for an open
    /// editor.
    pub fn follow_text(&self, item: ItemId, field: TextField, callback: Callback<TextChange>) {
        self.followers.follow((item, field), callback);
    }

    /// Whether the device can't keep what is typed (storage full or forbidden).
    pub fn storage_problem(&self) -> Signal<bool> {
        self.storage_problem.into()
    }

    /// Whether the server speaks another version: the page must be loaded again, when the person
    /// wants.
    pub fn outdated(&self) -> Signal<bool> {
        self.outdated.into()
    }

    /// Whether the server knows this device no more: the person must come in again; what waits is
    /// kept.
    pub fn signed_out(&self) -> Signal<bool> {
        self.signed_out.into()
    }

    /// Whether the person left the device to others in another tab: this one takes nothing any
    /// more, and isn't ready.
    pub fn left(&self) -> Signal<bool> {
        self.left.into()
    }

    /// Puts back what was kept and connects. Called once, from an effect once the page is drawn;
    /// more calls do nothing.
    pub fn start(&self) {
        browser::start(*self);
    }

    /// Who looks, as the replica knows it.
    pub(crate) fn me(&self) -> Me {
        self.replica.with_value(|replica| replica.me().clone())
    }

    /// As whom the stream is followed.
    pub fn following(&self) -> Following {
        self.following
    }
}
