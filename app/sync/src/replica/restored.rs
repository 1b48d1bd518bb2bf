//! After the server was restored from an older backup: what this device knows to have been
//! acknowledged is sent again.

use domain::deliberation;
use std::cmp::Reverse;

use domain::text::recover::{ANCESTOR_LIMIT, fingerprint};
use domain::{Command, CommandId, ItemId, Millis, PersonId, Rejection, TextField};

use super::pending::{Entry, Sent, Settled};
use super::{Effect, Replica, Stored};
use crate::outbox::StoredCommand;
use crate::receipt::{Change, KEPT_FOR, Receipt, ReceiptKey, is_lasting};
use crate::wire::{Continuity, MARK_LIMIT, Position};

/// What a text said on the stretch of the stream that was lost.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    item: ItemId,
    field: TextField,
    full_text: String,
    ancestors: Vec<u64>,
}

impl Replica {
    /// A contribution as this device sent it within the last seven days, whatever became of it at
    /// the mesa.
    pub fn sent_contribution(&self, id: ItemId) -> Option<&Command> {
        self.receipts.contribution(id)
    }

    /// Loads the receipts that the device keeps of this mesa, before every hello: another tab may
    /// have added some. Those older than seven days by the device's clock are dropped.
    pub fn remember(&mut self, receipts: Vec<Receipt>, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        for receipt in receipts {
            if receipt.made_at.saturating_add(KEPT_FOR) < now {
                effects.push(Effect::Unremember(receipt.key()));
            } else if (receipt.stream, receipt.mesa, Some(receipt.person))
                == (self.stream, self.me.mesa, self.me.person)
                && self.receipts.get(receipt.key()) != Some(&receipt)
            {
                // Only the server can say whether it is of the stream that this page follows.
                self.unbroken = false;
                effects.extend(self.receipts.put(receipt).map(Effect::Unremember));
            }
        }
        effects
    }

    /// Keeps a receipt for a command that is in the log; `mark` is a position of the stream seen
    /// after it. What was brought back gets a new receipt even if it was there already.
    pub(super) fn acknowledge(&mut self, entry: &Entry, mark: Position, effects: &mut Vec<Effect>) {
        let stored = &entry.stored;
        let seq = match entry.settled {
            Some(Settled::Own(seq)) => seq,
            Some(Settled::Void(seq)) if self.has_receipt(stored) => seq,
            Some(Settled::Void(_)) | None => return,
        };
        let change = match &stored.command {
            Command::Deliberation(deliberation::Command::Patch { item, field, .. })
            | Command::Deliberation(deliberation::Command::Recover { item, field, .. }) => {
                let full_text =
                    self.confirmed.item(*item).map_or("", |item| item.text(*field)).to_owned();
                Change::Text {
                    item: *item,
                    field: *field,
                    tab: self.me.replica,
                    full_text,
                    ancestors: self.versions_of(*item, *field),
                }
            }
            command if is_lasting(command) => Change::of_command(stored),
            _ => return,
        };
        let receipt = Receipt {
            stream: self.stream,
            mesa: stored.mesa,
            person: stored.person,
            seq,
            mark,
            made_at: stored.made_at,
            change,
        };
        let key = receipt.key();
        effects.extend(self.receipts.put(receipt).map(Effect::Unremember));
        effects.extend(
            self.receipts.get(key).map(|receipt| Effect::Remember(Box::new(receipt.clone()))),
        );
        if let ReceiptKey::Text(item, field, _) = key
            && (self.unbroken
                || matches!(
                    stored.command,
                    Command::Deliberation(deliberation::Command::Recover { .. })
                ))
        {
            // It includes what other tabs knew of the text.
            let earlier: Vec<_> = self
                .receipts
                .of_text(item, field)
                .filter(|other| other.seq <= seq || !self.unbroken)
                .map(|r| r.key())
                .collect();
            for other in earlier.into_iter().filter(|other| *other != key) {
                self.receipts.take(other);
                effects.push(Effect::Unremember(other));
            }
        }
    }

    fn has_receipt(&mut self, stored: &StoredCommand) -> bool {
        match &stored.command {
            Command::Deliberation(deliberation::Command::Recover { item, field, .. }) => {
                self.receipts.of_text(*item, *field).next().is_some()
            }
            _ => self.receipts.get(ReceiptKey::Command(stored.id)).is_some(),
        }
    }

    /// Notes what a text says before it is changed. A page that only reads brings nothing back.
    pub(super) fn note_version(&mut self, item: ItemId, field: TextField) {
        // Only what was changed at the page's own mesa can need recovery.
        let here = self.confirmed.mesa(self.me.mesa).is_some_and(|mesa| mesa.item(item).is_some());
        if self.me.person.is_none() || !here {
            return;
        }
        let before = fingerprint(self.confirmed.item(item).map_or("", |item| item.text(field)));
        let versions = self.versions.entry((item, field)).or_default();
        versions.push_back(before);
        if versions.len() > ANCESTOR_LIMIT {
            versions.pop_front();
        }
    }

    fn versions_of(&self, item: ItemId, field: TextField) -> Vec<u64> {
        self.versions.get(&(item, field)).into_iter().flatten().copied().collect()
    }

    /// Before the restored server's snapshot is taken over: notes what the texts say that this
    /// person changed, waiting changes included. Patches based on what is lost are dropped.
    pub(super) fn note_lost(&mut self, continuity: Continuity, effects: &mut Vec<Effect>) {
        let here_too = match continuity {
            Continuity::Unbroken => return,
            Continuity::MarkLost => false,
            Continuity::PositionLost => true,
        };
        let texts =
            self.receipts.in_order().into_iter().filter_map(|receipt| match receipt.change {
                Change::Text { item, field, full_text, ancestors, .. } => {
                    Some((receipt.mark.seq, Lost { item, field, full_text, ancestors }))
                }
                Change::Command { .. } | Change::Told { .. } => None,
            });
        let at = self.at.map_or(0, |at| at.seq);
        let mut lost: Vec<Lost> = Vec::new();
        for (acknowledged, mut known) in texts {
            // Most pages followed the text further than the receipt knows.
            if here_too
                && self.unbroken
                && at >= acknowledged
                && let Some(item) = self.confirmed.item(known.item)
            {
                known.ancestors.push(fingerprint(&known.full_text));
                known.ancestors.extend(self.versions_of(known.item, known.field));
                known.full_text = item.text(known.field).to_owned();
            }
            lost.push(known);
        }
        while here_too
            && let Some((item, field)) = self.pending.iter().find_map(|entry| entry.stored.text())
        {
            let mut full_text =
                self.confirmed.item(item).map_or("", |item| item.text(field)).to_owned();
            let mut ancestors = self.versions_of(item, field);
            let (waiting, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pending)
                .into_iter()
                .partition(|entry| entry.stored.text() == Some((item, field)));
            self.pending = rest;
            for entry in waiting {
                ancestors.push(fingerprint(&full_text));
                full_text = entry.patch().apply(&full_text).unwrap_or(full_text);
                effects.push(Effect::Forget(entry.stored.id));
            }
            lost.retain(|known| (known.item, known.field) != (item, field) || !self.unbroken);
            lost.push(Lost { item, field, full_text, ancestors });
        }
        // Patches kept by an earlier page can't be placed: nobody here knows the text that they are
        // based on.
        for entry in std::mem::take(&mut self.unplaced) {
            effects.push(Effect::Forget(entry.stored.id));
            // A patch that is in the log after all was placed there.
            if entry.settled.is_none() {
                effects.push(Effect::Refused {
                    command: Box::new(entry.stored),
                    rejection: Rejection::Deliberation(deliberation::Rejection::BaseAhead),
                });
            }
        }
        self.lost = lost;
        // What is written from here on isn't based on what was lost.
        self.versions.clear();
        self.receipts.forget_ancestors();
    }

    /// After [`Effect::Restored`]: submits again what the server lost. Commands go under their own
    /// ids, texts as what they said; what the server has after all changes nothing. They go out on
    /// a new connection. `new_id` makes the ids for the texts, `now` is the device's clock.
    pub fn bring_back(
        &mut self,
        mut new_id: impl FnMut() -> CommandId,
        now: Millis,
    ) -> Vec<Effect> {
        let (Some(person), Some(at)) = (self.me.person, self.at) else { return Vec::new() };
        let mut effects = Vec::new();
        let made = self.made;
        let deletes = |receipt: &Receipt| {
            matches!(
                receipt.change,
                Change::Command {
                    command: Command::Deliberation(deliberation::Command::Remove { .. })
                        | Command::Deliberation(deliberation::Command::Restore { .. }),
                    ..
                }
            )
        };
        let (deletions, others): (Vec<_>, Vec<_>) =
            self.receipts.in_order().into_iter().partition(deletes);
        for receipt in &others {
            self.send_lost(receipt, person, &mut effects);
        }
        for Lost { item, field, full_text, ancestors } in std::mem::take(&mut self.lost) {
            if full_text.is_empty() {
                // Nothing to bring back: from here on the receipt refers to the restored stream.
                self.rest_receipts(item, field, at, &mut effects);
            } else if self
                .brought_back
                .insert((ReceiptKey::Text(item, field, self.me.replica), fingerprint(&full_text)))
                && !self.is_waiting(|command| is_recovery(command, item, field, &full_text))
            {
                let ancestors =
                    ancestors[ancestors.len().saturating_sub(ANCESTOR_LIMIT)..].to_vec();
                let recover = Command::Deliberation(deliberation::Command::Recover {
                    item,
                    field,
                    full_text,
                    ancestors,
                });
                effects.extend(self.submit_for(None, recover, new_id(), now));
            }
        }
        // A deleted item gets its text back first and is deleted again then.
        for receipt in &deletions {
            self.send_lost(receipt, person, &mut effects);
        }
        if self.made > made {
            // Another tab may send the same commands: the hello of a new connection settles which
            // of them does.
            self.disconnected();
            effects.push(Effect::Reconnect);
        }
        self.redraw();
        effects
    }

    fn send_lost(&mut self, receipt: &Receipt, person: PersonId, effects: &mut Vec<Effect>) {
        let Some((id, command, on_behalf)) = receipt.change.command() else { return };
        if self.knows(id) || !self.brought_back.insert((receipt.key(), 0)) {
            return;
        }
        let (made_at, command) = (receipt.made_at, command.clone());
        let stored = self.stored(Stored { id, person, made_at, on_behalf, command }, true);
        effects.push(Effect::Save(Box::new(stored.clone())));
        self.pending.push(Entry { stored, rank: self.made, sent: Sent::Before, settled: None });
    }

    /// A command that brings something back was refused: its author sees it as refused, and it
    /// isn't brought back again.
    pub(super) fn refused_again(&mut self, stored: &StoredCommand, effects: &mut Vec<Effect>) {
        match (&stored.command, self.at) {
            (
                Command::Deliberation(deliberation::Command::Recover { item, field, .. }),
                Some(at),
            ) => self.rest_receipts(*item, *field, at, effects),
            _ => {
                let key = ReceiptKey::Command(stored.id);
                effects.extend(self.receipts.take(key).map(|_| Effect::Unremember(key)));
            }
        }
    }

    /// From here on the receipts of a text refer to the stream as it is now.
    fn rest_receipts(
        &mut self,
        item: ItemId,
        field: TextField,
        at: Position,
        effects: &mut Vec<Effect>,
    ) {
        for receipt in self.receipts.of_text(item, field) {
            receipt.mark = at;
            effects.push(Effect::Remember(Box::new(receipt.clone())));
        }
    }

    /// The positions of the stream that the server is asked about, so that a restored backup is
    /// noticed after a reload too: the last one in the receipts, and those that patches kept by an
    /// earlier page are based on.
    pub(super) fn marks(&self) -> Vec<Position> {
        let made_on = self.unplaced.iter().filter_map(|entry| entry.stored.made_on());
        let mut all: Vec<Position> = Vec::new();
        for mark in made_on.chain(self.receipts.mark()).filter(|mark| self.at != Some(*mark)) {
            if !all.contains(&mark) {
                all.push(mark);
            }
        }
        // Latest first.
        all.sort_by_key(|mark| Reverse(mark.seq));
        all.truncate(MARK_LIMIT);
        all
    }
}

fn is_recovery(command: &Command, of: ItemId, text: TextField, says: &str) -> bool {
    matches!(command, Command::Deliberation(deliberation::Command::Recover { item, field, full_text, .. }) if (*item, *field) == (of, text) && full_text == says)
}
