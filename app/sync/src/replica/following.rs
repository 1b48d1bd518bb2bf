//! Following the stream: incoming events, answers to the replica's own commands, and what both do
//! to the waiting ones.

use std::collections::BTreeSet;

use domain::{CommandId, Rejection, Seq};

use super::pending::{Entry, Sent, Settled};
use super::{Effect, Replica, fits_a_frame};
use crate::rebase;
use crate::wire::{Answer, Events, FrameError, Outcome, Position, as_patch, from_wire};

impl Replica {
    pub(super) fn follow(
        &mut self,
        events: Events,
        effects: &mut Vec<Effect>,
    ) -> Result<(), FrameError> {
        let last = events.last();
        if last <= self.seq() {
            return Ok(());
        }
        if events.first > self.seq().saturating_add(1) {
            return Err(FrameError);
        }
        let mark = Position { seq: last, tag: events.tag };
        let skip =
            usize::try_from(self.seq().saturating_add(1) - events.first).map_err(|_| FrameError)?;
        for (seq, event) in (events.first..=Seq::MAX).zip(events.events).skip(skip) {
            let what = from_wire(&self.confirmed, event.what)?;
            let own = self.pending.iter().position(|e| e.settled == Some(Settled::Own(seq)));
            let mut stands_twice = false;
            if let Some((item, field, patch)) = as_patch(&what) {
                self.note_version(item, field);
                // A recovered text is applied like anyone's change: the view doesn't contain it
                // yet.
                let own = own.filter(|own| self.pending[*own].stored.text().is_some());
                let ahead = own.map(|own| {
                    self.pending[..own]
                        .iter()
                        .filter(|e| e.stored.text() == Some((item, field)))
                        .count()
                });
                let waiting =
                    self.pending.iter_mut().filter(|e| e.stored.text() == Some((item, field)));
                let waiting = waiting.filter_map(Entry::patch_mut);
                match ahead {
                    Some(ahead) => stands_twice = !rebase::over_own(patch, waiting, ahead),
                    None => {
                        let patch = rebase::over(patch, waiting);
                        effects.push(Effect::TextChanged { item, field, patch });
                    }
                }
            }
            self.confirmed.apply_projected(&what);
            if what.withdraws() {
                effects.push(Effect::Replaced);
            }
            self.at = Some(Position { seq, tag: events.tag });
            self.exact = seq == last;
            if let Some(own) = own.filter(|_| stands_twice) {
                self.withdraw(own, mark, effects);
                effects.push(Effect::Replaced);
            }
            self.drop_passed(seq, mark, effects);
        }
        // What was kept within the frame has no hash of its position; at the frame's end that is
        // known.
        let texts: BTreeSet<_> = self
            .pending
            .iter()
            .filter(|e| e.stored.tag.is_none())
            .filter_map(|e| e.stored.text())
            .collect();
        for text in texts {
            self.keep(text, effects);
        }
        Ok(())
    }

    /// Drops the commands whose answer the stream has reached. Later ones on the same text are kept
    /// again first: what is stored of them would otherwise still be based on what is dropped.
    pub(super) fn drop_passed(&mut self, seq: Seq, mark: Position, effects: &mut Vec<Effect>) {
        while let Some(index) =
            self.pending.iter().position(|e| e.settled.is_some_and(|settled| settled.seq() <= seq))
        {
            let entry = self.pending.remove(index);
            self.acknowledge(&entry, mark, effects);
            if let Some(key) = entry.stored.text() {
                self.keep(key, effects);
            }
            effects.push(Effect::Forget(entry.stored.id));
        }
    }

    pub(super) fn settle(&mut self, answer: Answer, effects: &mut Vec<Effect>) {
        let settled = match answer.outcome {
            Outcome::Applied { seq } => Settled::Own(seq),
            Outcome::Unchanged { seq } => Settled::Void(seq),
            Outcome::Refused(rejection) => return self.refused(answer.command, rejection, effects),
        };
        let (seq, mark) = (self.seq(), self.at.unwrap_or_default());
        if let Some(entry) = self.unplaced.iter_mut().find(|e| e.stored.id == answer.command) {
            entry.settled = Some(settled);
        } else if let Some(index) = self.pending.iter().position(|e| e.stored.id == answer.command)
        {
            match settled {
                // Its event came without its answer (it was sent on a connection that broke), was
                // taken for someone else's, and is in the view twice.
                Settled::Own(own) if own <= seq => {
                    self.pending[index].settled = Some(settled);
                    self.withdraw(index, mark, effects);
                }
                Settled::Own(_) | Settled::Void(_) => self.pending[index].settled = Some(settled),
            }
            self.drop_passed(seq, mark, effects);
        }
    }

    fn refused(&mut self, command: CommandId, rejection: Rejection, effects: &mut Vec<Effect>) {
        let Some(index) = self.pending.iter().position(|e| e.stored.id == command) else { return };
        if matches!(rejection, Rejection::NotAllowed { .. }) {
            self.take_in_later(index, effects);
        }
        let mut entry = self.take_out(index, effects);
        // In this form it can be sent again at any later time.
        entry.rest_at(self.seq());
        entry.stored.tag = self.at.map(|at| at.tag).filter(|_| self.exact);
        if let Some(text) = entry.stored.text() {
            self.keep(text, effects);
        }
        self.refused_again(&entry.stored, effects);
        effects.push(Effect::Refused { command: Box::new(entry.stored), rejection });
        effects.push(Effect::Forget(command));
    }

    /// When a text may not be changed any more, what was typed after the refused patch and not sent
    /// yet is refused together with it: alone it would say something else.
    fn take_in_later(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let Some(text) = self.pending[index].stored.text() else { return };
        while let Some(next) = (index + 1..self.pending.len())
            .find(|later| self.pending[*later].stored.text() == Some(text))
        {
            let (sent, patch) = (
                self.pending[next].sent != Sent::No || self.pending[next].stored.sent,
                self.pending[next].patch(),
            );
            let composed = self.pending[index].patch().compose(patch);
            if sent || !fits_a_frame(&composed) {
                break;
            }
            let base = self.pending[index].base();
            self.pending[index].set_patch(composed, base);
            let later = self.pending.remove(next);
            effects.push(Effect::Forget(later.stored.id));
        }
    }

    /// Takes out a command that is already in the log and is in the view twice.
    pub(super) fn withdraw(&mut self, index: usize, mark: Position, effects: &mut Vec<Effect>) {
        let entry = self.take_out(index, effects);
        self.acknowledge(&entry, mark, effects);
        if let Some(text) = entry.stored.text() {
            self.keep(text, effects);
        }
        effects.push(Effect::Forget(entry.stored.id));
    }

    /// Takes out a waiting command together with what it did to a text.
    pub(super) fn take_out(&mut self, index: usize, effects: &mut Vec<Effect>) -> Entry {
        let entry = self.pending.remove(index);
        if let Some((item, field)) = entry.stored.text() {
            let (earlier, later) = self.pending.split_at_mut(index);
            let confirmed =
                self.confirmed.item(item).map_or("", |item| item.text(field)).to_owned();
            let text = earlier
                .iter()
                .filter(|e| e.stored.text() == Some((item, field)))
                .fold(confirmed, |text, e| e.patch().apply(&text).unwrap_or(text));
            let later = later.iter_mut().filter(|e| e.stored.text() == Some((item, field)));
            let patch = rebase::without(entry.patch(), &text, later.filter_map(Entry::patch_mut));
            if !patch.is_identity() {
                effects.push(Effect::TextChanged { item, field, patch });
            }
        }
        entry
    }
}
