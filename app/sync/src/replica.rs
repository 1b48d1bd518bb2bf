//! A device's copy of a stream: what the server confirmed, what the person did that isn't confirmed yet, and the view that
//! both together give.

use domain::decide::{Context, decide};
use domain::{
    Command, CommandId, DeviceId, ItemId, Millis, Patch, PersonId, Rejection, Role, SeatId, Seq, State, StreamId, TextField,
};
use uuid::Uuid;

use crate::outbox::StoredCommand;
use crate::rebase::{self, Waiting};
use crate::wire::{
    Answer, ClientFrame, Events, FrameError, Hello, HelloRefusal, History, Outcome, Pending, Position, Present, Resume,
    ServerFrame, Snapshot, Submit, VERSIONS, Welcome, as_patch, decode, from_wire,
};

mod pending;
use pending::{Entry, Sent, Settled};

/// Whose replica it is, as the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The person; none for a follower or a projector, whose replica is read-only.
    pub person: Option<PersonId>,
    /// Their role.
    pub role: Role,
    /// Their seat.
    pub seat: Option<SeatId>,
    /// The outbox.
    pub device: DeviceId,
    /// This replica: one tab of that device.
    pub replica: Uuid,
}

/// What the owner of a replica has to do or to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this command, in place of what was kept under its id.
    Save(Box<StoredCommand>),
    /// It is answered: keep it no longer.
    Forget(CommandId),
    /// Someone else's change of a text, as the view has it now: for open editors.
    TextChanged {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// The change to the view.
        patch: Patch,
    },
    /// The whole view was replaced: open editors compare.
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
    /// The connection stands and everything missed is in.
    Joined {
        /// The server's clock.
        now: Millis,
    },
    /// The server won't talk to this replica.
    Ended(HelloRefusal),
}

/// A device's copy of a stream.
#[derive(Debug)]
pub struct Replica {
    stream: StreamId,
    me: Me,
    confirmed: State,
    at: Option<Position>,
    view: Option<State>,
    pending: Vec<Entry>,
    /// Restored text patches that wait for the history they must be carried over.
    unplaced: Vec<Entry>,
    joined: bool,
    made: u64,
}

impl Replica {
    /// A replica that starts from a snapshot, or from nothing.
    pub fn new(stream: StreamId, me: Me, snapshot: Option<Snapshot>) -> Self {
        let (at, confirmed) = snapshot.map_or((None, State::default()), |s| (Some(s.at), s.state));
        Self { stream, me, confirmed, at, view: None, pending: Vec::new(), unplaced: Vec::new(), joined: false, made: 0 }
    }

    /// What the person sees: confirmed and, on top, their own waiting commands.
    pub fn view(&self) -> &State {
        self.view.as_ref().unwrap_or(&self.confirmed)
    }

    /// What the server confirmed.
    pub fn confirmed(&self) -> &State {
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

    /// Whether an item has waiting commands for which `matches` holds.
    pub fn is_waiting(&self, matches: impl Fn(&Command) -> bool) -> bool {
        self.unanswered().any(|stored| matches(&stored.wish))
    }

    /// Puts back what was kept: after a reload, from any tab of the device.
    pub fn restore(&mut self, mut stored: Vec<StoredCommand>) {
        stored.retain(|s| s.stream == self.stream && Some(s.person) == self.me.person && !self.knows(s.command));
        stored.sort_by_key(|s| (s.made_at, s.replica, s.order));
        for stored in stored {
            let sent = if stored.sent { Sent::Before } else { Sent::No };
            let entry = Entry { stored, sent, settled: None };
            // A text patch made at the very seq that this replica starts from could be placed at once; the hello's history
            // places it as well, and only that one way has to be right.
            if entry.stored.text().is_some() { self.unplaced.push(entry) } else { self.pending.push(entry) }
        }
        self.redraw();
    }

    fn knows(&self, command: CommandId) -> bool {
        self.unplaced.iter().chain(&self.pending).any(|entry| entry.stored.command == command)
    }

    /// The first frame of a new connection.
    pub fn hello(&mut self) -> Vec<u8> {
        self.joined = false;
        let seq = self.seq();
        let placed = self.pending.iter().map(|entry| (entry, seq));
        let unplaced = self.unplaced.iter().map(|entry| (entry, entry.base()));
        let pending = unplaced
            .chain(placed)
            .map(|(entry, base)| Pending {
                command: entry.stored.command,
                text: entry.stored.text().map(|(item, field)| (item, field, base)),
            })
            .collect();
        crate::wire::encode(&ClientFrame::Hello(Hello {
            versions: VERSIONS.to_vec(),
            stream: self.stream,
            device: self.me.device,
            at: self.at,
            pending,
        }))
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

    /// A change of a long text by the person. `command` and `now` (the device's clock) are used when it becomes a command of
    /// its own; while an earlier change of the same text hasn't been sent it joins that one. Returns the stored commands to
    /// keep.
    pub fn edit(&mut self, item: ItemId, field: TextField, patch: &Patch, command: CommandId, now: Millis) -> Vec<Effect> {
        if patch.is_identity() {
            return Vec::new();
        }
        if let Some(view) = &mut self.view {
            view.patch(item, field, patch);
        }
        let seq = self.seq();
        let last = self.pending.iter_mut().rev().find(|entry| entry.stored.text() == Some((item, field)));
        if let Some(entry) = last.filter(|entry| entry.sent == Sent::No && !entry.stored.sent) {
            let composed = entry.patch().compose(patch);
            entry.set_patch(composed, seq);
            return vec![Effect::Save(Box::new(entry.stored.clone()))];
        }
        self.submit(Command::Patch { item, field, base: seq, patch: patch.clone() }, command, now)
    }

    /// A wish of the person, kept until answered.
    pub fn submit(&mut self, wish: Command, command: CommandId, now: Millis) -> Vec<Effect> {
        let Some(person) = self.me.person else { return Vec::new() };
        self.made += 1;
        let stored = StoredCommand {
            command,
            stream: self.stream,
            person,
            replica: self.me.replica,
            order: self.made,
            made_at: now,
            on_behalf: None,
            sent: false,
            wish,
        };
        self.pending.push(Entry { stored: stored.clone(), sent: Sent::No, settled: None });
        self.redraw();
        vec![Effect::Save(Box::new(stored))]
    }

    /// The frames that may go out now, oldest first, and what is to be kept before they do. At most one patch of a text is
    /// under way; a deletion waits for the earlier changes of what it deletes.
    pub fn outgoing(&mut self) -> (Vec<Effect>, Vec<Vec<u8>>) {
        let (mut effects, mut frames) = (Vec::new(), Vec::new());
        if !self.joined {
            return (effects, frames);
        }
        let seq = self.seq();
        for index in 0..self.pending.len() {
            let (earlier, rest) = self.pending.split_at_mut(index);
            let entry = &mut rest[0];
            if matches!(entry.sent, Sent::Now) || entry.settled.is_some() || entry.waits_for(earlier) {
                continue;
            }
            if entry.stored.text().is_some() {
                entry.set_patch(entry.patch().clone(), seq);
            }
            frames.push(crate::wire::encode(&ClientFrame::Submit(Submit {
                command: entry.stored.command,
                again: entry.stored.sent,
                on_behalf: entry.stored.on_behalf,
                client_at: entry.stored.made_at,
                wish: entry.stored.wish.clone(),
            })));
            entry.sent = Sent::Now;
            entry.stored.sent = true;
            effects.push(Effect::Save(Box::new(entry.stored.clone())));
        }
        (effects, frames)
    }

    /// Takes a frame from the server.
    ///
    /// # Errors
    /// [`FrameError`] when it isn't one, or doesn't follow what the replica has: the owner connects again.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<Vec<Effect>, FrameError> {
        let mut effects = Vec::new();
        match decode::<ServerFrame>(bytes)? {
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
            ServerFrame::Roster(present) => effects.push(Effect::Roster(present)),
            ServerFrame::Heartbeat { .. } => {}
            ServerFrame::Refused(refusal) => effects.push(Effect::Ended(refusal)),
        }
        Ok(effects)
    }

    fn seq(&self) -> Seq {
        self.at.map_or(0, |at| at.seq)
    }

    fn welcome(&mut self, welcome: Welcome, effects: &mut Vec<Effect>) -> Result<(), FrameError> {
        for answer in welcome.answers {
            self.settle(answer, effects);
        }
        match welcome.resume {
            Resume::Tail(frames) => {
                for events in frames {
                    self.follow(events, effects)?;
                }
            }
            Resume::Snapshot(snapshot) => {
                let seq = self.seq();
                // Everything waiting is carried over the history that the snapshot jumps.
                for entry in &mut self.pending {
                    if entry.stored.text().is_some() {
                        let patch = entry.patch().clone();
                        entry.set_patch(patch, seq);
                    }
                }
                let (texts, others) = std::mem::take(&mut self.pending).into_iter().partition(|e| e.stored.text().is_some());
                self.pending = others;
                self.unplaced.extend::<Vec<_>>(texts);
                self.confirmed = snapshot.state;
                self.at = Some(snapshot.at);
                self.drop_passed(snapshot.at.seq, effects);
                effects.push(Effect::Replaced);
            }
        }
        self.place(&welcome.histories, effects);
        self.joined = true;
        self.redraw();
        effects.push(Effect::Joined { now: welcome.now });
        Ok(())
    }

    /// Puts restored patches behind what happened since they were made.
    fn place(&mut self, histories: &[History], effects: &mut Vec<Effect>) {
        let mut unplaced = std::mem::take(&mut self.unplaced);
        let seq = self.seq();
        let placed_any = !unplaced.is_empty();
        while let Some(key) = unplaced.first().and_then(|entry| entry.stored.text()) {
            let (mut of_text, rest): (Vec<_>, Vec<_>) = unplaced.into_iter().partition(|e| e.stored.text() == Some(key));
            unplaced = rest;
            let history = histories.iter().find(|h| (h.item, h.field) == key).map_or(&[][..], |h| &h.patches);
            let applied = |command| {
                of_text.iter().find(|e| e.stored.command == command).and_then(|e| match e.settled {
                    Some(Settled::Own(seq)) => Some(seq),
                    Some(Settled::Void(_)) | None => None,
                })
            };
            // What this replica has placed already stands first.
            let mut sequence: Vec<Waiting> = self.pending.iter().filter(|e| e.stored.text() == Some(key)).map(Entry::waiting).collect();
            let already = sequence.len();
            let mut replicas: Vec<Uuid> = of_text.iter().map(|e| e.stored.replica).collect();
            replicas.dedup();
            for replica in replicas {
                let waiting = of_text.iter().filter(|e| e.stored.replica == replica).map(Entry::waiting).collect();
                rebase::join(&mut sequence, rebase::through_history(waiting, history, applied));
            }
            for waiting in sequence.drain(already..) {
                if let Some(place) = of_text.iter().position(|e| e.stored.command == waiting.command) {
                    let mut entry = of_text.remove(place);
                    entry.set_patch(waiting.patch, seq);
                    effects.push(Effect::Save(Box::new(entry.stored.clone())));
                    self.pending.push(entry);
                }
            }
            // What is left was among the history: it is in the log.
            effects.extend(of_text.iter().map(|entry| Effect::Forget(entry.stored.command)));
        }
        self.drop_passed(seq, effects);
        if placed_any {
            effects.push(Effect::Replaced);
        }
    }

    fn follow(&mut self, events: Events, effects: &mut Vec<Effect>) -> Result<(), FrameError> {
        let last = events.last();
        if last <= self.seq() {
            return Ok(());
        }
        if events.first > self.seq() + 1 {
            return Err(FrameError);
        }
        let skip = usize::try_from(self.seq() + 1 - events.first).map_err(|_| FrameError)?;
        for (seq, event) in (events.first..).zip(events.events).skip(skip) {
            let what = from_wire(&self.confirmed, event.what)?;
            let own = self.pending.iter().position(|e| e.settled == Some(Settled::Own(seq)));
            if let Some((item, field, patch)) = as_patch(&what).filter(|_| own.is_none()) {
                let waiting = self.pending.iter_mut().filter(|e| e.stored.text() == Some((item, field)));
                let patch = rebase::over(patch, waiting.filter_map(Entry::patch_mut));
                effects.push(Effect::TextChanged { item, field, patch });
            }
            self.confirmed.apply_projected(&what);
            self.at = Some(Position { seq, tag: events.tag });
            self.drop_passed(seq, effects);
        }
        Ok(())
    }

    /// Drops the commands whose answer the stream has reached. Those made after them on the same text are kept anew first:
    /// what is stored of them would otherwise still count on what is dropped.
    fn drop_passed(&mut self, seq: Seq, effects: &mut Vec<Effect>) {
        while let Some(index) = self.pending.iter().position(|e| e.settled.is_some_and(|settled| settled.seq() <= seq)) {
            let entry = self.pending.remove(index);
            if let Some(key) = entry.stored.text() {
                self.save_later(key, seq, effects);
            }
            effects.push(Effect::Forget(entry.stored.command));
        }
    }

    fn save_later(&mut self, key: (ItemId, TextField), seq: Seq, effects: &mut Vec<Effect>) {
        for later in self.pending.iter_mut().filter(|e| e.stored.text() == Some(key)) {
            let patch = later.patch().clone();
            later.set_patch(patch, seq);
            effects.push(Effect::Save(Box::new(later.stored.clone())));
        }
    }

    fn settle(&mut self, answer: Answer, effects: &mut Vec<Effect>) {
        let settled = match answer.outcome {
            Outcome::Applied { seq } => Settled::Own(seq),
            Outcome::Unchanged { seq } => Settled::Void(seq),
            Outcome::Refused(rejection) => return self.refused(answer.command, rejection, effects),
        };
        let seq = self.seq();
        if let Some(entry) = self.unplaced.iter_mut().find(|e| e.stored.command == answer.command) {
            entry.settled = Some(settled);
        } else if let Some(index) = self.pending.iter().position(|e| e.stored.command == answer.command) {
            match settled {
                // Its event came without its answer (sent on a connection that broke): it was taken for someone else's and
                // stands twice in the view.
                Settled::Own(own) if own <= seq => {
                    self.take_out(index, effects);
                    effects.push(Effect::Forget(answer.command));
                }
                Settled::Own(_) | Settled::Void(_) => self.pending[index].settled = Some(settled),
            }
            self.drop_passed(seq, effects);
        }
    }

    fn refused(&mut self, command: CommandId, rejection: Rejection, effects: &mut Vec<Effect>) {
        let entry = if let Some(index) = self.unplaced.iter().position(|e| e.stored.command == command) {
            self.unplaced.remove(index)
        } else if let Some(index) = self.pending.iter().position(|e| e.stored.command == command) {
            self.take_out(index, effects)
        } else {
            return;
        };
        effects.push(Effect::Refused { command: Box::new(entry.stored), rejection });
        effects.push(Effect::Forget(command));
    }

    /// Takes a waiting command out, and what it did to a text with it.
    fn take_out(&mut self, index: usize, effects: &mut Vec<Effect>) -> Entry {
        let entry = self.pending.remove(index);
        if let Some((item, field)) = entry.stored.text() {
            let (earlier, later) = self.pending.split_at_mut(index);
            let confirmed = self.confirmed.item(item).map_or("", |item| item.text(field)).to_owned();
            let text = earlier
                .iter()
                .filter(|e| e.stored.text() == Some((item, field)))
                .fold(confirmed, |text, e| e.patch().apply(&text).unwrap_or(text));
            let later = later.iter_mut().filter(|e| e.stored.text() == Some((item, field)));
            let patch = rebase::without(entry.patch(), &text, later.filter_map(Entry::patch_mut));
            let seq = self.seq();
            self.save_later((item, field), seq, effects);
            if !patch.is_identity() {
                effects.push(Effect::TextChanged { item, field, patch });
            }
        }
        entry
    }

    fn redraw(&mut self) {
        if self.pending.is_empty() {
            self.view = None;
            return;
        }
        let mut view = self.confirmed.clone();
        for entry in &self.pending {
            match &entry.stored.wish {
                Command::Patch { item, field, patch, .. } => view.patch(*item, *field, patch),
                wish => {
                    let person = entry.stored.person;
                    let context = Context { person, seat: self.me.seat, role: self.me.role, since: &[] };
                    // What the server will refuse isn't shown; it says so when it answers.
                    for event in decide(&view, wish, &context).unwrap_or_default() {
                        view.apply(&event);
                    }
                }
            }
        }
        self.view = Some(view);
    }
}
