//! A device's copy of a stream: what the server confirmed, the person's own waiting commands, and
//! the view that both together give.

use domain::deliberation;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::decide::decide_for;
use domain::judge::Context;
use domain::{
    Command, CommandId, DeviceId, Exercise, ItemId, MesaNumber, Millis, Patch, PersonId, Rejection,
    Role, SeatId, Seq, StreamId, TextField,
};
use uuid::Uuid;

use crate::outbox::{Row, StoredCommand};
use crate::receipt::{Receipt, ReceiptKey, Receipts};
use crate::wire::{
    CLIENT_FRAME_LIMIT, ClientFrame, CommandFrame, FrameError, HelloRefusal, Position, Present,
    SERVER_FRAME_LIMIT, ServerFrame, Snapshot, Writing, decode,
};

mod following;
mod joining;
mod pending;
mod restored;
use pending::{Entry, Sent};

/// Whose replica it is, as the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The mesa that is shown: what the person does is done there.
    pub mesa: MesaNumber,
    /// The person; none for a follower or a projector, whose replica is read-only.
    pub person: Option<PersonId>,
    /// Their role at that mesa.
    pub role: Role,
    /// Their seat.
    pub seat: Option<SeatId>,
    /// The outbox.
    pub device: DeviceId,
    /// This replica: one tab of that device.
    pub replica: Uuid,
}

/// What the owner of a replica has to do, or is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this command, in place of what was kept under its id.
    Save(Box<StoredCommand>),
    /// It is answered: delete what was kept of it.
    Forget(CommandId),
    /// It is in the log: keep this receipt, in place of the one under the same key.
    Remember(Box<Receipt>),
    /// Delete this receipt.
    Unremember(ReceiptKey),
    /// The server was restored from a backup and lost some of what this person did: call
    /// [`Replica::bring_back`].
    Restored,
    /// A new connection is needed.
    Reconnect,
    /// The server no longer knows where this replica stands: send [`Replica::hello`] on the present
    /// connection.
    Greet,
    /// Someone else's change of a text, as it applies to the view: for open editors.
    TextChanged {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// The change to the view.
        patch: Patch,
    },
    /// The view was replaced: open editors compare with it.
    Replaced,
    /// A command was refused; what it would have written is kept for its author.
    Refused {
        /// The command.
        command: Box<StoredCommand>,
        /// Why.
        rejection: Rejection,
    },
    /// Who is here.
    Roster(Vec<Present>),
    /// Someone else is writing now.
    Writing(Writing),
    /// The connection stands and everything missed is in.
    Joined {
        /// The server's clock.
        now: Millis,
    },
    /// Nothing happened; the connection is alive.
    Alive {
        /// The server's clock.
        now: Millis,
    },
    /// The server refuses to serve this replica.
    Ended(HelloRefusal),
}

/// A waiting patch with this many steps isn't extended by further typing; a new one begins.
const JOINED_STEP_LIMIT: usize = 500;

/// A device's copy of a stream.
#[derive(Debug)]
pub struct Replica {
    stream: StreamId,
    me: Me,
    confirmed: Exercise,
    at: Option<Position>,
    /// Whether the tag in `at` is the hash at that very seq, not at the end of the frame that is
    /// being followed.
    exact: bool,
    view: Option<Exercise>,
    pending: Vec<Entry>,
    /// Restored text patches that wait for the history they must be carried over.
    unplaced: Vec<Entry>,
    /// The texts whose history the hello asked for.
    asked: Vec<(ItemId, TextField)>,
    joined: bool,
    receipts: Receipts,
    /// Whether the server confirmed that all its receipts are of the stream that it follows.
    unbroken: bool,
    /// The parts of a frame that have come so far.
    parts: Vec<u8>,
    /// Fingerprints of what texts said before, as far as this page saw it, newest last.
    versions: BTreeMap<(ItemId, TextField), VecDeque<u64>>,
    /// What texts said on a stretch of the stream that the server lost, until that is brought back.
    lost: Vec<restored::Lost>,
    /// What this page brought back (of a text: the fingerprint of which wording), even if another
    /// tab took it over: it isn't brought back a second time while its place in the stream is
    /// unchanged.
    brought_back: BTreeSet<(ReceiptKey, u64)>,
    /// The row of its own commands.
    row: Row,
    made: u64,
}

impl Replica {
    /// A replica that starts from a snapshot, or from nothing.
    pub fn new(stream: StreamId, me: Me, snapshot: Option<Snapshot>) -> Self {
        let (at, confirmed) =
            snapshot.map_or((None, Exercise::default()), |s| (Some(s.at), s.state));
        let (pending, unplaced, asked) = (Vec::new(), Vec::new(), Vec::new());
        let row = Row { replica: me.replica, number: 0 };
        let (receipts, versions, lost) = (Receipts::default(), BTreeMap::new(), Vec::new());
        Self {
            stream,
            me,
            confirmed,
            at,
            exact: true,
            view: None,
            pending,
            unplaced,
            asked,
            joined: false,
            receipts,
            unbroken: false,
            parts: Vec::new(),
            versions,
            lost,
            brought_back: BTreeSet::new(),
            row,
            made: 0,
        }
    }

    /// What the person sees: the confirmed state with their own waiting commands applied.
    pub fn view(&self) -> &Exercise {
        self.view.as_ref().unwrap_or(&self.confirmed)
    }

    /// What the server confirmed.
    pub fn confirmed(&self) -> &Exercise {
        &self.confirmed
    }

    /// How far the stream was followed.
    pub fn position(&self) -> Option<Position> {
        self.at
    }

    /// Whose it is.
    pub fn me(&self) -> &Me {
        &self.me
    }

    /// Whether the connection stands and everything missed is in.
    pub fn is_joined(&self) -> bool {
        self.joined
    }

    /// The commands that aren't answered, oldest first.
    pub fn unanswered(&self) -> impl Iterator<Item = &StoredCommand> {
        self.unplaced.iter().chain(&self.pending).map(|entry| &entry.stored)
    }

    /// Whether this text has changes that aren't confirmed.
    pub fn is_text_waiting(&self, item: ItemId, field: TextField) -> bool {
        self.unanswered().any(|stored| stored.text() == Some((item, field)))
    }

    /// The waiting changes of texts that the view doesn't show: restored ones, before the history
    /// that they must be carried over has come.
    pub fn apart(&self) -> impl Iterator<Item = &Command> {
        self.unplaced.iter().map(|entry| &entry.stored.command)
    }

    /// Whether an item has waiting commands for which `matches` holds.
    pub fn is_waiting(&self, matches: impl Fn(&Command) -> bool) -> bool {
        self.unanswered().any(|stored| matches(&stored.command))
    }

    /// Restores what was kept for this mesa, before the first hello: after a reload, from any tab
    /// of the device. This replica takes it over; a tab that still holds it has to
    /// [`let_go`](Self::let_go). What is for another mesa waits for a page of that mesa, whose view
    /// it was made on.
    pub fn restore(&mut self, mut stored: Vec<StoredCommand>) -> Vec<Effect> {
        let here = (self.stream, self.me.mesa, self.me.person);
        stored.retain(|s| (s.stream, s.mesa, Some(s.person)) == here && !self.knows(s.id));
        // Row after row, because patches are based on those before them in their row; the device's
        // clock only orders the rows.
        let mut rows: BTreeMap<Row, (Millis, Vec<StoredCommand>)> = BTreeMap::new();
        for stored in stored {
            let row = rows.entry(stored.row).or_insert((stored.made_at, Vec::new()));
            row.0 = row.0.min(stored.made_at);
            row.1.push(stored);
        }
        let mut ordered: Vec<StoredCommand> = Vec::new();
        let mut rows: Vec<_> = rows.into_values().collect();
        rows.sort_by_key(|row| row.0);
        for (_, mut row) in rows {
            row.sort_by_key(|stored| stored.order);
            ordered.append(&mut row);
        }
        additions_first(&mut ordered);
        let mut effects = Vec::new();
        for mut stored in ordered {
            stored.holder = self.me.replica;
            effects.push(Effect::Save(Box::new(stored.clone())));
            self.made += 1;
            let sent = if stored.sent { Sent::Before } else { Sent::No };
            let entry = Entry { stored, rank: self.made, sent, settled: None };
            if entry.stored.text().is_some() {
                self.unplaced.push(entry)
            } else {
                self.pending.push(entry)
            }
        }
        self.place_what_is_here(&mut effects);
        self.redraw();
        effects
    }

    /// Another tab of the device took these commands over (what is kept of them names another
    /// holder, or is gone): this one neither sends nor shows them any more, until they come back as
    /// events. Call it before every edit, so that nothing is added to a command that another tab
    /// sends.
    pub fn let_go(&mut self, taken: &[CommandId]) -> Vec<Effect> {
        let mut effects = Vec::new();
        if taken.is_empty() {
            return effects;
        }
        self.unplaced.retain(|entry| !taken.contains(&entry.stored.id));
        let mut texts = Vec::new();
        while let Some(index) =
            self.pending.iter().position(|entry| taken.contains(&entry.stored.id))
        {
            texts.extend(self.take_out(index, &mut effects).stored.text());
        }
        for text in texts {
            self.keep(text, &mut effects);
        }
        // What is made from here on isn't based on what stays in the old row.
        self.row.number += 1;
        self.stand_in_row(&mut effects);
        self.redraw();
        effects
    }

    /// Retries what was refused and kept, each command under the id that follows from its own:
    /// however often and from however many tabs that is done, the server takes it once. Texts are
    /// rebased by the hello of a new connection.
    pub fn send_again(&mut self, refused: Vec<StoredCommand>) -> Vec<Effect> {
        self.disconnected();
        let again = |mut stored: StoredCommand| {
            // Each was refused by itself: none is based on another.
            stored.row = Row { replica: stored.id.0, number: 0 };
            stored.id = stored.id.again();
            stored.sent = true;
            stored
        };
        let mut effects = self.restore(refused.into_iter().map(again).collect());
        effects.push(Effect::Reconnect);
        effects
    }

    fn knows(&self, id: CommandId) -> bool {
        self.unplaced.iter().chain(&self.pending).any(|entry| entry.stored.id == id)
    }

    /// The connection broke: what was sent may or may not have arrived.
    pub fn disconnected(&mut self) {
        self.joined = false;
        for entry in self.pending.iter_mut().chain(&mut self.unplaced) {
            if entry.sent == Sent::Now {
                entry.sent = Sent::Before;
            }
        }
    }

    /// A change of a long text by the person. While an earlier change of the same text hasn't been
    /// sent, it joins that one; otherwise it becomes a command of its own, with the id `command`
    /// and `now`, the device's clock. Returns the stored commands to keep.
    pub fn edit(
        &mut self,
        item: ItemId,
        field: TextField,
        patch: &Patch,
        id: CommandId,
        now: Millis,
    ) -> Vec<Effect> {
        if patch.is_identity() {
            return Vec::new();
        }
        if let Some(view) = &mut self.view {
            view.patch(item, field, patch);
        }
        let seq = self.seq();
        let last =
            self.pending.iter_mut().rev().find(|entry| entry.stored.text() == Some((item, field)));
        if let Some(entry) = last.filter(|entry| entry.sent == Sent::No && !entry.stored.sent) {
            let composed = entry.patch().compose(patch);
            if fits_a_frame(&composed) {
                entry.set_patch(composed, seq);
                let mut effects = Vec::new();
                self.keep((item, field), &mut effects);
                return effects;
            }
        }
        self.submit(
            Command::Deliberation(deliberation::Command::Patch {
                item,
                field,
                base: seq,
                patch: patch.clone(),
            }),
            id,
            now,
        )
    }

    /// Takes a command of the person and keeps it until it is answered.
    pub fn submit(&mut self, command: Command, id: CommandId, now: Millis) -> Vec<Effect> {
        self.submit_for(None, command, id, now)
    }

    /// The same on behalf of someone in a seat, for whom the person types.
    pub fn submit_for(
        &mut self,
        on_behalf: Option<SeatId>,
        command: Command,
        id: CommandId,
        now: Millis,
    ) -> Vec<Effect> {
        let Some(person) = self.me.person else { return Vec::new() };
        let stored = self.stored(Stored { id, person, made_at: now, on_behalf, command }, false);
        let text = stored.text();
        let entry = Entry { stored, rank: self.made, sent: Sent::No, settled: None };
        let mut effects = Vec::new();
        if text.is_none() {
            effects.push(Effect::Save(Box::new(entry.stored.clone())));
        }
        self.pending.push(entry);
        if let Some(text) = text {
            self.keep(text, &mut effects);
        }
        self.redraw();
        effects
    }

    /// A command after all that was made here before, as it is kept.
    fn stored(
        &mut self,
        Stored { id, person, made_at, on_behalf, command }: Stored,
        sent: bool,
    ) -> StoredCommand {
        self.made += 1;
        StoredCommand {
            id,
            stream: self.stream,
            mesa: self.me.mesa,
            person,
            row: self.row,
            order: self.made,
            holder: self.me.replica,
            made_at,
            on_behalf,
            sent,
            tag: None,
            command,
        }
    }

    /// The frames that may go out now, oldest first, and what has to be kept before they do. At
    /// most one patch of a text is in flight; a deletion waits for the earlier changes of what it
    /// deletes.
    pub fn outgoing(&mut self) -> (Vec<Effect>, Vec<Vec<u8>>) {
        let (mut effects, mut frames) = (Vec::new(), Vec::new());
        if !self.joined {
            return (effects, frames);
        }
        let seq = self.seq();
        for index in 0..self.pending.len() {
            let (earlier, rest) = self.pending.split_at_mut(index);
            let entry = &mut rest[0];
            if matches!(entry.sent, Sent::Now)
                || entry.settled.is_some()
                || entry.waits_for(earlier)
            {
                continue;
            }
            entry.rest_at(seq);
            frames.push(crate::wire::encode(&ClientFrame::Command(CommandFrame {
                mesa: entry.stored.mesa,
                id: entry.stored.id,
                again: entry.stored.sent,
                on_behalf: entry.stored.on_behalf,
                client_at: entry.stored.made_at,
                command: entry.stored.command.clone(),
            })));
            entry.sent = Sent::Now;
            entry.stored.sent = true;
            match entry.stored.text() {
                Some(text) => self.keep(text, &mut effects),
                None => effects.push(Effect::Save(Box::new(entry.stored.clone()))),
            }
        }
        (effects, frames)
    }

    /// Takes a frame from the server.
    ///
    /// # Errors
    /// [`FrameError`] when it isn't one, or doesn't follow what the replica has: the owner connects
    /// again.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<Vec<Effect>, FrameError> {
        let mut frame = decode::<ServerFrame>(bytes)?;
        if let ServerFrame::Part { more, bytes } = frame {
            self.parts.extend(bytes);
            if more && self.parts.len() <= SERVER_FRAME_LIMIT {
                return Ok(Vec::new());
            }
            frame = decode(&std::mem::take(&mut self.parts))?;
        }
        let mut effects = Vec::new();
        match frame {
            ServerFrame::Welcome(welcome) => self.welcome(*welcome, &mut effects)?,
            ServerFrame::Events(events) => {
                if self.joined {
                    self.follow(events, &mut effects)?;
                    self.redraw();
                }
            }
            ServerFrame::Answer(answer) => {
                self.settle(answer, &mut effects);
                self.redraw();
            }
            ServerFrame::Resync => {
                self.disconnected();
                effects.push(Effect::Greet);
            }
            ServerFrame::Roster(present) => effects.push(Effect::Roster(present)),
            ServerFrame::Writing(writing) => {
                if self.me.person != Some(writing.person) {
                    effects.push(Effect::Writing(writing));
                }
            }
            ServerFrame::Heartbeat { now } => effects.push(Effect::Alive { now }),
            // Parts don't nest.
            ServerFrame::Part { .. } => return Err(FrameError),
            ServerFrame::Refused(refusal) => effects.push(Effect::Ended(refusal)),
        }
        if effects.contains(&Effect::Replaced) {
            // Editors compare with the final view: after all single changes.
            effects.retain(|effect| *effect != Effect::Replaced);
            effects.push(Effect::Replaced);
        }
        Ok(effects)
    }

    fn seq(&self) -> Seq {
        self.at.map_or(0, |at| at.seq)
    }

    /// Keeps the waiting patches of a text again, all based on one seq: in a row each is based on
    /// those before it.
    fn keep(&mut self, text: (ItemId, TextField), effects: &mut Vec<Effect>) {
        let (seq, tag) = (self.seq(), self.at.map(|at| at.tag).filter(|_| self.exact));
        for entry in self.pending.iter_mut().filter(|e| e.stored.text() == Some(text)) {
            entry.rest_at(seq);
            entry.stored.tag = tag;
            effects.push(Effect::Save(Box::new(entry.stored.clone())));
        }
    }

    fn redraw(&mut self) {
        if self.pending.is_empty() {
            self.view = None;
            return;
        }
        let mut view = self.confirmed.clone();
        for entry in &self.pending {
            match &entry.stored.command {
                Command::Deliberation(deliberation::Command::Patch {
                    item, field, patch, ..
                }) => view.patch(*item, *field, patch),
                // What the server will make of it depends on the text that it has then.
                Command::Deliberation(deliberation::Command::Recover { .. }) => {}
                command => {
                    let person = entry.stored.person;
                    let now = entry.stored.made_at;
                    let context =
                        Context { person, seat: self.me.seat, role: self.me.role, now, since: &[] };
                    // What the server will refuse isn't shown; the refusal comes with its answer.
                    for event in
                        decide_for(&view, self.me.mesa, command, &context, entry.stored.on_behalf)
                            .unwrap_or_default()
                    {
                        view.apply(&event);
                    }
                }
            }
        }
        self.view = Some(view);
    }
}

/// A command, and whose it is.
struct Stored {
    id: CommandId,
    person: PersonId,
    made_at: Millis,
    on_behalf: Option<SeatId>,
    command: Command,
}

/// Moves every addition before the commands about the item it adds: a device's clock that was set
/// back sorts rows wrongly.
fn additions_first(commands: &mut [StoredCommand]) {
    for place in 0..commands.len() {
        let Command::Deliberation(deliberation::Command::Add { item, .. }) =
            commands[place].command
        else {
            continue;
        };
        let about = |stored: &StoredCommand| {
            stored.command.item() == Some(item)
                || matches!(stored.command, Command::Deliberation(deliberation::Command::Add { parent, .. }) if parent == Some(item))
        };
        if let Some(first) = commands[..place].iter().position(about) {
            commands[first..=place].rotate_right(1);
        }
    }
}

/// Whether a composed patch stays well within what one frame may carry.
fn fits_a_frame(patch: &Patch) -> bool {
    patch.steps().len() <= JOINED_STEP_LIMIT
        && patch.insertions().map(str::len).sum::<usize>() <= CLIENT_FRAME_LIMIT / 2
}
