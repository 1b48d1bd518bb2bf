//! One history of people writing in one text.

use domain::{conduct, deliberation};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::{
    CommandId, Event, ItemId, ItemKind, MesaId, Patch, PersonId, Phase, Role, StreamId, TextField,
    Viewer,
};
use sync::EditorBuffer;
use uuid::Uuid;

use crate::device::{Device, Text, text_of};
use crate::random::Random;
use crate::server::{HERE, Server, Speaker, opened};

const STREAM: StreamId = StreamId(Uuid::from_u128(1));
const TEXT: Text = (ItemId(Uuid::from_u128(2)), TextField::Description);
/// Longer than any text here.
const ROOM: u32 = 8_000;

/// What the network and the server do to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Late and in any order between devices, but no connection breaks.
    Connected,
    /// Connections break with frames in transit, and pages are reloaded.
    Broken,
    /// The server is restored from a backup once.
    Restored,
}

/// A writer: their device has one page, with an editor.
struct Writer {
    device: Device,
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
    caret: u32,
    run: usize,
}

/// The index of a run.
type Run = usize;

pub struct Writers {
    random: Random,
    kind: Kind,
    server: Server,
    writers: Vec<Writer>,
    /// The run in which each letter was typed.
    typed: BTreeMap<char, Run>,
    runs: usize,
    made: u128,
    restored: bool,
    furnished: usize,
    /// Most steps of the history.
    size: usize,
}

impl Writers {
    pub fn new(seed: u64, kind: Kind) -> Self {
        let mut random = Random::new(seed ^ 0x5151);
        let mut server = Server::new(true);
        server.enter(&opened(HERE), None);
        server.enter(
            &Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::Agreements, at: 0 }),
            None,
        );
        let added = Event::Deliberation(deliberation::Event::ItemAdded {
            mesa: HERE,
            item: TEXT.0,
            alias: domain::Alias(0),
            kind: ItemKind::Commitment,
            parent: None,
            author: None,
        });
        server.enter(&added, None);
        if random.chance(60) {
            let patch = Patch::splice(0, 0, "Agua. Luz.");
            server.enter(
                &Event::Deliberation(deliberation::Event::TextPatched {
                    item: TEXT.0,
                    field: TEXT.1,
                    patch,
                }),
                None,
            );
        }
        let furnished = server.head();
        let count = 2 + random.below(3);
        let writers = (0..count).map(|number| Writer {
            device: Device::new(
                100 + number as u128,
                Speaker {
                    person: PersonId(Uuid::from_u128(200 + number as u128)),
                    role: Role::Facilitator,
                    seat: None,
                },
                false,
            ),
            up: VecDeque::new(),
            down: VecDeque::new(),
            caret: 0,
            run: number,
        });
        let writers: Vec<_> = writers.collect();
        let mut world = Self {
            random,
            kind,
            server,
            writers,
            typed: BTreeMap::new(),
            runs: count,
            made: 1_000,
            restored: kind != Kind::Restored,
            furnished,
            size: 20 + usize::try_from(seed % 8).unwrap() * 40,
        };
        for writer in 0..count {
            world.load(writer);
        }
        world
    }

    /// How many letters were typed.
    pub fn run(mut self) -> usize {
        for _ in 0..20 + self.random.below(self.size) {
            self.step();
        }
        self.settle();
        self.judge();
        self.typed.len()
    }

    fn fresh(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// Loads the page, restores what was kept, opens the text, the caret at a place of its own.
    fn load(&mut self, writer: usize) {
        let replica = self.fresh();
        let snapshot = self.server.snapshot(Viewer::Facilitation(HERE));
        let device = &mut self.writers[writer].device;
        device.tabs.clear();
        device.open(MesaId { exercise: STREAM, number: HERE }, replica, Some(snapshot), true);
        let tab = &mut device.tabs[0];
        tab.editor = Some((TEXT, EditorBuffer::new(text_of(tab.replica.view(), TEXT))));
        self.move_caret(writer);
    }

    fn buffer(&mut self, writer: usize) -> &mut EditorBuffer {
        &mut self.writers[writer].device.tabs[0].editor.as_mut().expect("an open editor").1
    }

    fn shown(&mut self, writer: usize) -> Vec<char> {
        self.buffer(writer).shown().chars().collect()
    }

    /// Moves to where everybody writes: mostly the end, sometimes elsewhere. Never into a run.
    fn move_caret(&mut self, writer: usize) {
        let shown = self.shown(writer);
        let place = match self.random.below(4) {
            0 => self.random.below(shown.len() + 1),
            1 => shown.iter().position(|letter| *letter == '.').map_or(0, |place| place + 1),
            _ => shown.len(),
        };
        self.writers[writer].caret = u32::try_from(place).unwrap();
        self.begin_run(writer);
        if self.is_inside(writer) {
            self.writers[writer].caret = u32::try_from(shown.len()).unwrap();
        }
    }

    fn begin_run(&mut self, writer: usize) {
        self.runs += 1;
        self.writers[writer].run = self.runs;
    }

    /// Whether the caret is between two letters of one run that isn't the one being typed.
    fn is_inside(&mut self, writer: usize) -> bool {
        let (caret, own) = (self.writers[writer].caret as usize, self.writers[writer].run);
        let shown = self.shown(writer);
        let run_of = |letter: &char| self.typed.get(letter).copied();
        let before = shown[..caret].iter().rev().find_map(run_of);
        let behind = shown[caret..].iter().find_map(run_of);
        // A blank after a letter may be the run's last, and its writer about to continue.
        let before_blank = shown.get(caret).is_some_and(|next| next.is_whitespace());
        before.is_some() && before != Some(own) && (before == behind || before_blank)
    }

    fn step(&mut self) {
        let writer = self.random.below(self.writers.len());
        if !self.restored && self.random.chance(1) {
            return self.restore();
        }
        match self.random.below(100) {
            0..=34 => self.types(writer),
            35..=39 => self.takes_back(writer),
            40..=42 => self.pastes(writer),
            43..=45 => self.undoes(writer),
            46 => self.move_caret(writer),
            47 => self.deletes_elsewhere(writer),
            48..=52 => self.lets_in(writer),
            53 if self.kind != Kind::Connected => self.breaks(writer),
            54 if self.kind != Kind::Connected && self.random.chance(30) => {
                self.breaks(writer);
                self.load(writer);
            }
            55..=70 => self.deliver_up(),
            71..=84 => self.deliver_down(writer),
            _ => self.pump(writer),
        }
    }

    /// Changes the area's text like a keyboard, the caret after the insertion.
    fn put(&mut self, writer: usize, at: u32, removed: u32, inserted: &str) {
        let shown: String = self.shown(writer).into_iter().collect();
        let value = Patch::splice(at, removed, inserted).apply(&shown).unwrap();
        let caret = at + u32::try_from(inserted.chars().count()).unwrap();
        self.writers[writer].caret = caret;
        if let Some(patch) = self.buffer(writer).typed(&value, Some(caret)) {
            self.edit(writer, &patch);
        }
    }

    fn edit(&mut self, writer: usize, patch: &Patch) {
        let command = CommandId(self.fresh());
        let device = &mut self.writers[writer].device;
        let effects = device.tabs[0].replica.edit(TEXT.0, TEXT.1, patch, command, 0);
        device.perform(0, effects);
    }

    fn letters(&mut self, writer: usize, count: usize) -> String {
        let run = self.writers[writer].run;
        let letters = (0..count).map(|_| {
            let next = u32::try_from(self.typed.len()).unwrap();
            let letter = char::from_u32(0x4E00 + next).unwrap();
            self.typed.insert(letter, run);
            letter
        });
        letters.collect()
    }

    fn types(&mut self, writer: usize) {
        if self.is_inside(writer) {
            return self.move_caret(writer);
        }
        let letter = match self.random.below(8) {
            0 => " ".to_owned(),
            1 if self.random.chance(30) => "\n".to_owned(),
            _ => self.letters(writer, 1),
        };
        let caret = self.writers[writer].caret;
        self.put(writer, caret, 0, &letter);
    }

    fn pastes(&mut self, writer: usize) {
        if self.is_inside(writer) {
            return self.move_caret(writer);
        }
        let text = [self.letters(writer, 2), "\n".to_owned(), self.letters(writer, 1)].concat();
        let caret = self.writers[writer].caret;
        self.put(writer, caret, 0, &text);
    }

    /// Backspace, a few times; or a keyboard that replaces a letter of its word.
    fn takes_back(&mut self, writer: usize) {
        let run = self.writers[writer].run;
        for _ in 0..=self.random.below(3) {
            let caret = self.writers[writer].caret;
            let shown = self.shown(writer);
            let Some(before) = (caret as usize).checked_sub(1).and_then(|at| shown.get(at)) else {
                return;
            };
            if self.typed.get(before) == Some(&run) {
                let again =
                    if self.random.chance(40) { self.letters(writer, 1) } else { String::new() };
                self.put(writer, caret - 1, 1, &again);
            }
        }
        // The first letter of what is being typed becomes a capital.
        let (shown, caret) = (self.shown(writer), self.writers[writer].caret);
        let start = shown[..caret as usize]
            .iter()
            .rposition(|letter| self.typed.get(letter) != Some(&run))
            .map_or(0, |place| place + 1);
        if self.random.chance(30) && start + 1 < caret as usize {
            let capital = self.letters(writer, 1);
            self.put(writer, u32::try_from(start).unwrap(), 1, &capital);
            self.writers[writer].caret = caret;
        }
    }

    /// Undoes what was typed in this page, or redoes it.
    fn undoes(&mut self, writer: usize) {
        let again = self.random.chance(50);
        let Some((_, patch, change)) = self.buffer(writer).undo(again, ROOM) else { return };
        self.writers[writer].caret = patch.end();
        self.edit(writer, &change);
        self.begin_run(writer);
    }

    /// Selects and deletes something that others wrote; continues writing elsewhere.
    fn deletes_elsewhere(&mut self, writer: usize) {
        let length = self.shown(writer).len();
        let at = self.random.below(length);
        let removed = self.random.below((length - at).min(4) + 1);
        if removed == 0 || !self.random.chance(30) {
            return;
        }
        self.put(writer, u32::try_from(at).unwrap(), u32::try_from(removed).unwrap(), "");
        // The deletion can't be undone any more: the editor is gone.
        let view = text_of(self.writers[writer].device.tabs[0].replica.view(), TEXT).to_owned();
        *self.buffer(writer) = EditorBuffer::new(&view);
        self.move_caret(writer);
    }

    fn lets_in(&mut self, writer: usize) {
        if let Some((_, patch)) = self.buffer(writer).release() {
            let caret = self.writers[writer].caret;
            self.writers[writer].caret = patch.map_position(caret);
        }
    }

    fn pump(&mut self, writer: usize) {
        let Writer { device, up, down, .. } = &mut self.writers[writer];
        let tab = &mut device.tabs[0];
        if std::mem::take(&mut tab.renew) {
            tab.replica.disconnected();
            tab.link = None;
        }
        if tab.link.is_none() {
            (*up, *down) = (VecDeque::new(), VecDeque::new());
            self.made += 1;
            let id = u64::try_from(self.made).unwrap();
            let kept = device.receipts.values().cloned().collect();
            tab.replica.remember(kept, 0);
            tab.link = Some(id);
            up.push_back(tab.replica.hello());
            self.server.connect(id, device.speaker);
            return;
        }
        let (effects, frames) = tab.replica.outgoing();
        up.extend(frames);
        device.perform(0, effects);
    }

    /// The connection breaks; some of what was in transit to the server arrives.
    fn breaks(&mut self, writer: usize) {
        let arrives = self.random.below(3);
        let tab = &mut self.writers[writer].device.tabs[0];
        let Some(id) = tab.link.take() else { return };
        tab.replica.disconnected();
        let batch =
            self.writers[writer].up.drain(..).take(arrives).map(|bytes| (id, bytes)).collect();
        self.server.take(batch, &mut self.random);
        self.share();
        self.server.disconnect(id);
    }

    fn restore(&mut self) {
        for writer in 0..self.writers.len() {
            let tab = &mut self.writers[writer].device.tabs[0];
            if tab.link.take().is_some() {
                tab.replica.disconnected();
            }
        }
        let lost = self.random.below(40);
        self.server.restore(self.server.head().saturating_sub(lost).max(self.furnished));
        self.restored = true;
    }

    fn deliver_up(&mut self) {
        let mut batch = Vec::new();
        for _ in 0..=self.random.below(3) {
            let writer = self.random.below(self.writers.len());
            let Writer { device, up, .. } = &mut self.writers[writer];
            batch.extend(device.tabs[0].link.and_then(|id| Some((id, up.pop_front()?))));
        }
        self.server.take(batch, &mut self.random);
        self.share();
    }

    fn share(&mut self) {
        for Writer { device, down, .. } in &mut self.writers {
            if let Some(id) = device.tabs[0].link {
                down.extend(self.server.drain(id));
            }
        }
    }

    fn deliver_down(&mut self, writer: usize) {
        for _ in 0..=self.random.below(3) {
            let Writer { device, down, .. } = &mut self.writers[writer];
            let Some(bytes) = down.pop_front() else { return };
            match device.tabs[0].replica.receive(&bytes) {
                Ok(effects) => device.perform(0, effects),
                Err(_) => return self.breaks(writer),
            }
            // A person who isn't typing sees it at once.
            if self.random.chance(50) {
                self.lets_in(writer);
            }
        }
        self.pump(writer);
    }

    fn settle(&mut self) {
        for round in 0.. {
            assert!(round < 10_000, "it never comes to rest");
            for writer in 0..self.writers.len() {
                self.pump(writer);
                self.deliver_up();
                self.deliver_down(writer);
            }
            let rests = |writer: &Writer| {
                let replica = &writer.device.tabs[0].replica;
                writer.up.is_empty()
                    && writer.down.is_empty()
                    && replica.is_joined()
                    && replica.unanswered().count() == 0
            };
            if self.writers.iter().all(rests) {
                return;
            }
        }
    }

    fn judge(&self) {
        let text = text_of(&self.server.state, TEXT);
        for writer in &self.writers {
            assert_eq!(
                text_of(writer.device.tabs[0].replica.view(), TEXT),
                text,
                "a view differs from the server's text"
            );
        }
        // Blanks belong to no run here.
        let letters: Vec<(char, Option<Run>)> = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| (c, self.typed.get(&c).copied()))
            .collect();
        let mut stretches: BTreeMap<Run, usize> = BTreeMap::new();
        for stretch in letters.chunk_by(|one, next| one.1 == next.1) {
            if let Some(run) = stretch[0].1 {
                *stretches.entry(run).or_default() += 1;
            }
        }
        for (run, count) in stretches {
            let of_run: Vec<char> = letters
                .iter()
                .filter(|letter| letter.1 == Some(run))
                .map(|letter| letter.0)
                .collect();
            let once: BTreeSet<char> = of_run.iter().copied().collect();
            if self.kind != Kind::Restored {
                assert_eq!(of_run.len(), once.len(), "a letter stands twice");
            }
            // After a backup, what several devices know differently may be there twice, and what
            // only one of them knows of a run may be after what another wrote there; but never
            // interleaved word by word.
            let copies = once
                .iter()
                .map(|letter| of_run.iter().filter(|other| *other == letter).count())
                .max()
                .unwrap_or(0);
            let most = if self.kind == Kind::Restored { 3 * copies } else { 1 };
            assert!(
                count <= most,
                "run {run} ({of_run:?}) is in {count} pieces: {}",
                self.runs_of(text)
            );
        }
    }

    /// The text with the run of each letter.
    fn runs_of(&self, text: &str) -> String {
        let name = |letter: char| {
            self.typed
                .get(&letter)
                .map_or_else(|| letter.to_string(), |run| format!("{letter}{run} "))
        };
        text.chars().map(name).collect()
    }
}
