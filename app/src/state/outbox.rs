//! Where stands what the person wrote: what waits for an answer, and what wasn't accepted.

use domain::{Command, ItemId, TextField, deliberation};
use leptos::prelude::*;
use sync::Replica;
use sync::connection::Status;

use super::Condition;
use super::refused::{RefusedText, written};
use super::save::{Known, SaveState};
use crate::browser;
use crate::erased::memo;

/// What isn't at the mesa yet. Cheap to copy; what it gives are signals, owned by whoever asks.
#[derive(Clone, Copy)]
pub struct Outbox {
    replica: StoredValue<Replica>,
    /// Notified when what waits in the replica changed.
    pub(crate) waiting: RwSignal<()>,
    pub(crate) refused: RwSignal<Vec<RefusedText>>,
    condition: Condition,
}

impl Outbox {
    /// Of a replica.
    pub(super) fn of(replica: StoredValue<Replica>, condition: Condition) -> Self {
        let (waiting, refused) = (RwSignal::new(()), RwSignal::new(Vec::new()));
        Self { replica, waiting, refused, condition }
    }

    /// Where a long text stands.
    pub fn text_state(&self, item: ItemId, field: TextField) -> Signal<SaveState> {
        self.state(move |command| matches!(command, Command::Deliberation(deliberation::Command::Patch { item: i, field: f, .. }) if (*i, *f) == (item, field)))
    }

    /// Where the commands stand for which `concerns` holds.
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

    /// What the person wrote in a long text and that can't be shown in its place before the server
    /// was reached, piece by piece.
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

    /// Where everything of this device stands.
    pub fn overall_state(&self) -> Signal<SaveState> {
        let outbox = *self;
        let unanswered = self.unanswered();
        memo(move || {
            // Also when what waits is only written to disk.
            outbox.waiting.track();
            outbox.standing(unanswered.get() > 0, false)
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
                || (self.condition.connection.get() == Status::Connected
                    && !self.condition.stalled.get()));
        let storable = !waiting || !self.condition.storage_problem.get();
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

    /// The commands that aren't answered, oldest first: what the tray lists.
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

    /// What wasn't accepted, oldest first, until dismissed.
    pub fn refused(&self) -> Signal<Vec<RefusedText>> {
        self.refused.into()
    }
}
