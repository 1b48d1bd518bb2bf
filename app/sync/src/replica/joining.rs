//! Joining: the hello, the welcome, and rebasing what was kept over what was missed.

use domain::deliberation;
use domain::{Command, Patch};

use super::pending::{Entry, Sent, Settled};
use super::{Effect, Replica};
use crate::rebase::{self, Waiting};
use crate::wire::{
    ClientFrame, Continuity, Events, FrameError, Hello, History, Outcome, Pending, Resume,
    Snapshot, VERSIONS, Welcome,
};

/// What a device missed, unpacked.
enum Missed {
    Tail(Vec<Events>),
    Snapshot(Box<Snapshot>),
}

impl Replica {
    /// The first frame of a new connection.
    pub fn hello(&mut self) -> Vec<u8> {
        self.joined = false;
        self.parts.clear();
        let seq = self.seq();
        let placed = self.pending.iter().map(|entry| (entry, seq));
        // The history begins at the position where the patch was made; a patch too many in it does
        // no harm.
        let unplaced =
            self.unplaced.iter().map(|entry| (entry, entry.base().min(seq.saturating_sub(1))));
        let pending: Vec<_> = unplaced
            .chain(placed)
            .map(|(entry, base)| Pending {
                command: entry.stored.id,
                text: entry.stored.text().map(|(item, field)| (item, field, base)),
            })
            .collect();
        self.asked = pending
            .iter()
            .filter_map(|pending| pending.text)
            .map(|(item, field, _)| (item, field))
            .collect();
        crate::wire::encode(&ClientFrame::Hello(Hello {
            versions: VERSIONS.to_vec(),
            stream: self.stream,
            mesa: self.me.mesa,
            device: self.me.device,
            at: self.at.filter(|_| self.exact),
            marks: self.marks(),
            pending,
        }))
    }

    pub(super) fn welcome(
        &mut self,
        welcome: Welcome,
        effects: &mut Vec<Effect>,
    ) -> Result<(), FrameError> {
        // What waits has to be carried over what was missed. The hello didn't ask about a text that
        // was first changed after it, and a snapshot doesn't say how that text changed: the next
        // hello will ask. A malformed frame changes nothing.
        let missed = match welcome.resume {
            Resume::Tail(frames) => Missed::Tail(frames),
            Resume::Snapshot(packed) => Missed::Snapshot(Box::new(packed.unpack()?)),
        };
        let jumps = matches!(missed, Missed::Snapshot(_));
        let mut to_place = self
            .unplaced
            .iter()
            .chain(self.pending.iter().filter(|_| jumps))
            .filter_map(|e| e.stored.text());
        if to_place.any(|text| !self.asked.contains(&text)) {
            return Err(FrameError);
        }
        // The hello asked about everything that waits. An earlier answer that the stream hadn't
        // reached may refer to what the server has lost since.
        self.pending.iter_mut().chain(&mut self.unplaced).for_each(|entry| entry.settled = None);
        // A refused patch is taken out last: later ones are based on it until they are placed.
        let (refusals, answers): (Vec<_>, Vec<_>) = welcome
            .answers
            .into_iter()
            .partition(|answer| matches!(answer.outcome, Outcome::Refused(_)));
        for answer in answers {
            self.settle(answer, effects);
        }
        self.note_lost(welcome.continuity, effects);
        match missed {
            Missed::Tail(frames) => {
                for events in frames {
                    self.follow(events, effects)?;
                }
            }
            Missed::Snapshot(snapshot) => {
                self.tell_missed(&welcome.histories, effects);
                let seq = self.seq();
                let (texts, others): (Vec<_>, _) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|entry| entry.stored.text().is_some());
                self.pending = others;
                for mut entry in texts {
                    entry.rest_at(seq);
                    self.unplaced.push(entry);
                }
                self.confirmed = snapshot.state;
                self.at = Some(snapshot.at);
                effects.push(Effect::Replaced);
            }
        }
        self.place(&welcome.histories, effects);
        for refusal in refusals {
            self.settle(refusal, effects);
        }
        self.joined = true;
        self.unbroken = welcome.continuity == Continuity::Unbroken;
        if welcome.continuity != Continuity::MarkLost {
            self.brought_back.clear();
        }
        self.redraw();
        effects.push(Effect::Joined { now: welcome.now });
        if welcome.continuity != Continuity::Unbroken {
            effects.push(Effect::Restored);
        }
        Ok(())
    }

    /// Reports what the missed changes of a text with waiting patches do to the view, one by one as
    /// if they had come in time: from the snapshot alone an open editor couldn't know where its
    /// caret belongs.
    fn tell_missed(&self, histories: &[History], effects: &mut Vec<Effect>) {
        let seq = self.seq();
        for History { item, field, patches } in histories {
            let of_text =
                self.pending.iter().filter(|entry| entry.stored.text() == Some((*item, *field)));
            let mut waiting: Vec<(&Entry, Patch)> =
                of_text.map(|entry| (entry, entry.patch().clone())).collect();
            for (taken, patch) in patches.iter().filter(|(taken, _)| *taken > seq) {
                let own = waiting
                    .iter()
                    .position(|(entry, _)| entry.settled == Some(Settled::Own(*taken)));
                let rest = waiting.iter_mut().map(|(_, patch)| patch);
                let Some(own) = own else {
                    effects.push(Effect::TextChanged {
                        item: *item,
                        field: *field,
                        patch: rebase::over(patch, rest),
                    });
                    continue;
                };
                // What is in the view twice now is found by the comparison with the snapshot.
                if !rebase::over_own(patch, rest, own) {
                    break;
                }
                waiting.remove(own);
            }
        }
    }

    /// Rebases restored patches onto what happened since they were made.
    fn place(&mut self, histories: &[History], effects: &mut Vec<Effect>) {
        let (seq, mark) = (self.seq(), self.at.unwrap_or_default());
        let placed_any = !self.unplaced.is_empty();
        while let Some(key) = self.unplaced.first().and_then(|entry| entry.stored.text()) {
            let (mut of_text, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.unplaced)
                .into_iter()
                .partition(|e| e.stored.text() == Some(key));
            self.unplaced = rest;
            // What was typed into this replica before it joined is the last row.
            let (placed, pending): (Vec<_>, _) = std::mem::take(&mut self.pending)
                .into_iter()
                .partition(|e| e.stored.text() == Some(key));
            self.pending = pending;
            for mut entry in placed {
                entry.rest_at(seq);
                of_text.push(entry);
            }
            let history =
                histories.iter().find(|h| (h.item, h.field) == key).map_or(&[][..], |h| &h.patches);
            let applied = |command| {
                of_text.iter().find(|e| e.stored.id == command).and_then(|e| match e.settled {
                    Some(Settled::Own(seq)) => Some(seq),
                    Some(Settled::Void(_)) | None => None,
                })
            };
            let mut sequence: Vec<Waiting> = Vec::new();
            for row in of_text.chunk_by(|one, next| one.stored.row == next.stored.row) {
                rebase::join(
                    &mut sequence,
                    rebase::through_history(
                        row.iter().map(Entry::waiting).collect(),
                        history,
                        applied,
                    ),
                );
            }
            for waiting in sequence {
                if let Some(place) = of_text.iter().position(|e| e.stored.id == waiting.command) {
                    let mut entry = of_text.remove(place);
                    entry.set_patch(waiting.patch, seq);
                    // All patches of this text are one row now.
                    (entry.stored.row, entry.stored.order) = (self.row, entry.rank);
                    self.pending.push(entry);
                }
            }
            self.keep(key, effects);
            // The remaining entries were found in the history: they are in the log.
            for entry in of_text {
                self.acknowledge(&entry, mark, effects);
                effects.push(Effect::Forget(entry.stored.id));
            }
        }
        self.pending.sort_by_key(|entry| entry.rank);
        self.stand_in_row(effects);
        // What is in the log but wasn't found in the history is in the view twice.
        let twice = |e: &Entry| {
            e.stored.text().is_some() && matches!(e.settled, Some(Settled::Own(own)) if own <= seq)
        };
        while let Some(index) = self.pending.iter().position(twice) {
            self.withdraw(index, mark, effects);
        }
        self.drop_passed(seq, mark, effects);
        if placed_any {
            effects.push(Effect::Replaced);
        }
    }

    /// Places restored patches at once where nothing can have happened to their text since they
    /// were made: at the very position that this replica starts from, or of an item that only this
    /// device knows. A page that opens without a network shows them where they were typed.
    pub(super) fn place_what_is_here(&mut self, effects: &mut Vec<Effect>) {
        let here = self.at.filter(|_| self.exact);
        let is_new = |id| {
            self.pending.iter().any(|e| {
                e.sent == Sent::No
                    && matches!(e.stored.command, Command::Deliberation(deliberation::Command::Add { item, .. }) if item == id)
            })
        };
        let is_of_here = |entry: &Entry| {
            let of_new = || {
                entry.sent == Sent::No && entry.stored.text().is_some_and(|(item, _)| is_new(item))
            };
            here.is_some() && (entry.stored.made_on() == here || of_new())
        };
        let (of_here, mut others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.unplaced).into_iter().partition(is_of_here);
        // If one patch of a text has to wait, all of its patches wait: each is based on the one
        // before it.
        let (mut waiting, of_here): (Vec<_>, Vec<_>) = of_here
            .into_iter()
            .partition(|e| others.iter().any(|other| other.stored.text() == e.stored.text()));
        if !of_here.is_empty() {
            self.unplaced = of_here;
            self.place(&[], effects);
        }
        others.append(&mut waiting);
        self.unplaced = others;
        self.unplaced.sort_by_key(|entry| entry.rank);
    }

    /// Keeps again, in this replica's row, what is still in another one.
    pub(super) fn stand_in_row(&mut self, effects: &mut Vec<Effect>) {
        for entry in self.pending.iter_mut().filter(|entry| entry.stored.row != self.row) {
            (entry.stored.row, entry.stored.order) = (self.row, entry.rank);
            effects.push(Effect::Save(Box::new(entry.stored.clone())));
        }
    }
}
