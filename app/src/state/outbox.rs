//! What the person wrote and isn't confirmed: waiting commands, and refused ones.

use domain::{Command, ItemId, TextField, deliberation};
use leptos::prelude::*;
use sync::Replica;
use sync::connection::Status;

use super::Condition;
use super::refused::{RefusedText, written};
use super::save::{Known, SaveState};
use crate::browser;
use crate::erased::memo;

/// Waiting and refused commands. Cheap to copy; what it returns are signals, owned by the caller.
#[derive(Clone, Copy)]
pub struct Outbox {
    replica: StoredValue<Replica>,
    /// Notified when the replica's waiting commands change.
    pub(crate) waiting: RwSignal<()>,
    pub(crate) refused: RwSignal<Vec<RefusedText>>,
    connection: RwSignal<Status>,
    stalled: RwSignal<bool>,
    storage_problem: RwSignal<bool>,
}

impl Outbox {
    /// The outbox of a replica.
    pub(super) fn of(replica: StoredValue<Replica>, condition: Condition) -> Self {
        let (waiting, refused) = (RwSignal::new(()), RwSignal::new(Vec::new()));
        let Condition { connection, stalled, storage_problem, .. } = condition;
        Self { replica, waiting, refused, connection, stalled, storage_problem }
    }

    /// The save state of a long text.
    pub fn text_state(&self, item: ItemId, field: TextField) -> Signal<SaveState> {
        self.state(move |command| matches!(command, Command::Deliberation(deliberation::Command::Patch { item: i, field: f, .. }) if (*i, *f) == (item, field)))
    }

    /// The save state of the commands for which `concerns` is true.
    pub fn state(
        &self,
        concerns: impl Fn(&Command) -> bool + Send + Sync + 'static,
    ) -> Signal<SaveState> {
        self.state_of(Box::new(concerns))
    }

    fn state_of(&self, concerns: Box<dyn Fn(&Command) -> bool + Send + Sync>) -> Signal<SaveState> {
        let outbox = *self;
        memo(move || {
            outbox.waiting.track();
            let waiting = outbox.replica.with_value(|replica| replica.is_waiting(&concerns));
            let refused = outbox
                .refused
                .read()
                .iter()
                .any(|refused| !refused.sent_again && concerns(&refused.command));
            outbox.standing(waiting, refused)
        })
        .into()
    }

    /// What the person wrote in a long text and can't be shown in its place before the server is
    /// reached, piece by piece.
    pub fn apart(&self, item: ItemId, field: TextField) -> Memo<Vec<String>> {
        let outbox = *self;
        memo(move || {
            outbox.waiting.track();
            let of_text = |command: &&Command| matches!(command, Command::Deliberation(deliberation::Command::Patch { item: i, field: f, .. }) if (*i, *f) == (item, field));
            outbox
                .replica
                .with_value(|replica| replica.apart().filter(of_text).map(written).collect())
        })
    }

    /// The save state of everything on this device.
    pub fn overall_state(&self) -> Signal<SaveState> {
        let outbox = *self;
        let unanswered = self.unanswered();
        memo(move || {
            // It also changes when a waiting command reaches the disk.
            outbox.waiting.track();
            outbox.standing(unanswered.get() > 0, false)
        })
        .into()
    }

    /// Whether something isn't on the device's disk yet: it is being saved, with or without a
    /// connection.
    fn is_being_kept(&self) -> bool {
        !browser::is_settled()
    }

    fn standing(&self, waiting: bool, refused: bool) -> SaveState {
        // Signals are read only if they matter, so that the many idle fields don't subscribe to the
        // connection.
        let flowing = waiting
            && (self.is_being_kept()
                || (self.connection.get() == Status::Connected && !self.stalled.get()));
        let storable = !waiting || !self.storage_problem.get();
        SaveState::of(Known { waiting, refused, flowing, storable })
    }

    /// How many commands aren't answered.
    pub fn unanswered(&self) -> Signal<usize> {
        let outbox = *self;
        memo(move || {
            outbox.waiting.track();
            outbox.replica.with_value(|replica| replica.unanswered().count())
        })
        .into()
    }

    /// The unanswered commands, oldest first, for the tray.
    pub fn waiting(&self) -> Signal<Vec<Command>> {
        let outbox = *self;
        memo(move || {
            outbox.waiting.track();
            outbox.replica.with_value(|replica| {
                replica.unanswered().map(|stored| stored.command.clone()).collect()
            })
        })
        .into()
    }

    /// The refused texts, oldest first, until dismissed.
    pub fn refused(&self) -> Signal<Vec<RefusedText>> {
        self.refused.into()
    }
}
