//! One history: devices, a bad network and a server, driven by a seed.

mod agree;
mod command;
mod floor;
mod judge;
mod priority;
mod veil;

use domain::{conduct, deliberation, exercise};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use domain::{
    ActorId, ActorNumber, Command, CommandId, Event, ItemId, ItemKind, MesaId, MesaNumber, Patch,
    PersonId, Phase, Role, Seat, SeatId, ShortText, StreamId, TextField, Viewer,
};
use sync::EditorBuffer;
use sync::wire::Snapshot;
use uuid::Uuid;

use crate::device::{Device, Text, removed_by, text_of};
use crate::plan::described;
use crate::random::Random;
use crate::server::{HERE, OTHER, Server, Speaker, opened};

/// A connection as the network sees it: bytes in transit in both directions. After its page gave it
/// up it may still deliver.
#[derive(Default)]
struct Link {
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
    given_up: bool,
}

/// A character that was typed only once in the whole history.
struct Typed {
    device: usize,
    text: Text,
    deleted_by: BTreeSet<usize>,
}

pub struct World {
    random: Random,
    server: Server,
    devices: Vec<Device>,
    links: BTreeMap<u64, Link>,
    typed: BTreeMap<char, Typed>,
    /// What was stated and signed.
    said: BTreeMap<CommandId, Command>,
    old_pages: Vec<(MesaNumber, Snapshot)>,
    /// Three people, one text, and a network that is down most of the time.
    narrow: bool,
    /// Whether its people mostly divide points.
    prioritises: bool,
    /// Whether they mostly write alone.
    veils: bool,
    /// The server is restored from a backup once.
    backups: bool,
    restored: usize,
    /// How often a connection fell behind.
    behind: usize,
    furnished: usize,
    made: u64,
}

/// Counts of what a history covered, to verify that the histories cover what they are for.
#[derive(Debug, Default)]
pub struct Tally {
    pub events: usize,
    pub typed: usize,
    /// How much of that at the other mesa.
    pub elsewhere: usize,
    pub refused: usize,
    pub restored: usize,
    pub behind: usize,
    pub entered: BTreeMap<&'static str, usize>,
}

const STREAM: StreamId = StreamId(Uuid::from_u128(1));
const SEATS: [SeatId; 2] = [SeatId(Uuid::from_u128(11)), SeatId(Uuid::from_u128(12))];

fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

impl World {
    pub fn new(seed: u64, backups: bool) -> Self {
        // Every second server accepts late arrivals from connections that were given up.
        let mut server = Server::new(seed.is_multiple_of(2));
        // Answers are secret in every fifth history.
        server.enter(&described(seed.is_multiple_of(5)), None);
        for mesa in [HERE, OTHER] {
            server.enter(&opened(mesa), None);
        }
        for (number, seat) in (1..).zip(SEATS) {
            let actor = domain::Actor {
                id: ActorId(Uuid::from_u128(20 + u128::from(number))),
                number: ActorNumber(number),
                organisation: short("Ayuntamiento"),
                sector: domain::exercise::Sector::PublicInstitution,
                signs: true,
                seats: vec![Seat { id: seat, kind: domain::exercise::SeatKind::Holder }],
                acting: None,
                withdrawn: false,
            };
            server.enter(&Event::Exercise(exercise::Event::ActorDescribed(Box::new(actor))), None);
        }
        for mesa in [HERE, OTHER] {
            server.enter(
                &Event::Conduct(
                    mesa,
                    conduct::Event::PhaseChanged { to: Phase::Agreements, at: 0 },
                ),
                None,
            );
        }
        let roles = [
            (Role::Facilitator, None),
            (Role::Actor, Some(SEATS[0])),
            (Role::Actor, Some(SEATS[1])),
            (Role::Participant, None),
            (Role::Follower, None),
        ];
        let devices = (100..)
            .zip(roles)
            .map(|(id, (role, seat))| {
                let speaker = Speaker { person: PersonId(Uuid::from_u128(id + 100)), role, seat };
                Device::new(id, speaker, role == Role::Follower)
            })
            .collect();
        let mut world = Self {
            random: Random::new(seed),
            server,
            devices,
            links: BTreeMap::new(),
            typed: BTreeMap::new(),
            said: BTreeMap::new(),
            old_pages: Vec::new(),
            narrow: seed.is_multiple_of(3),
            prioritises: seed % 10 == 4,
            veils: seed % 10 == 7,
            backups,
            restored: 0,
            behind: 0,
            furnished: 0,
            made: 0,
        };
        world.furnish();
        world
    }

    fn furnish(&mut self) {
        let author = Some(self.devices[3].speaker.person);
        let (here, other) = (
            [ItemKind::Commitment, ItemKind::Commitment, ItemKind::Problem],
            [ItemKind::Commitment, ItemKind::Problem],
        );
        let furniture =
            here.map(|kind| (HERE, kind)).into_iter().chain(other.map(|kind| (OTHER, kind)));
        for (number, (mesa, kind)) in (0..).zip(furniture) {
            let item = ItemId(self.fresh());
            self.server.enter(
                &Event::Deliberation(deliberation::Event::ItemAdded {
                    mesa,
                    item,
                    alias: domain::Alias(number),
                    kind,
                    parent: None,
                    author,
                }),
                None,
            );
            let patch = Patch::splice(0, 0, "Agua 👩🏽‍👧 é.");
            self.server.enter(
                &Event::Deliberation(deliberation::Event::TextPatched {
                    item,
                    field: TextField::of(kind)[1],
                    patch,
                }),
                None,
            );
        }
        self.furnished = self.server.head();
        for device in 0..self.devices.len() {
            self.open(device, false);
        }
    }

    fn fresh(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(1 << 100 | u128::from(self.made))
    }

    pub fn run(mut self, steps: usize) -> Tally {
        for _ in 0..steps {
            self.step();
        }
        self.settle();
        self.judge()
    }

    fn step(&mut self) {
        let device =
            if self.narrow { self.random.below(3) } else { self.random.below(self.devices.len()) };
        let tabs = self.devices[device].tabs.len();
        let tab = self.random.below(tabs);
        if self.backups && self.restored == 0 && self.random.chance(1) {
            return self.restore();
        }
        if self.narrow && tabs > 0 && self.random.chance(15) {
            self.give_up(device, tab);
            return self.pump(device, tab);
        }
        match self.random.below(100) {
            0..=1 => {
                let takes_all = self.random.chance(50);
                self.open(device, takes_all);
            }
            2 if tabs > 0 => self.close(device, tab),
            3 if tabs > 2 => self.close(device, 0),
            3 if tabs > 0 => {
                self.close(device, tab);
                self.open(device, false);
            }
            4..=6 if tabs > 0 => self.give_up(device, tab),
            7 => self.drop_all(),
            8 => self.change_phase(),
            9 if self.random.chance(50) => self.server.serve(&mut self.random),
            9..=12 if tabs > 0 => self.command(device, tab),
            13..=30 if tabs > 0 && (self.prioritises || self.veils) => self.command(device, tab),
            13..=34 if tabs > 0 => self.edit(device, tab),
            35..=44 if tabs > 0 => self.type_in(device, tab),
            45..=62 => (0..=self.random.below(5)).for_each(|_| self.deliver_up()),
            63..=80 => (0..=self.random.below(9)).for_each(|_| self.deliver_down()),
            _ if tabs > 0 => self.pump(device, tab),
            _ => {}
        }
    }

    /// Opens a page of one of the mesas: empty, or from what the server rendered now or a while
    /// ago.
    fn open(&mut self, device: usize, takes_all: bool) {
        let number = if self.narrow || self.random.chance(70) { HERE } else { OTHER };
        self.open_at(number, device, takes_all);
    }

    fn open_at(&mut self, number: MesaNumber, device: usize, takes_all: bool) {
        let role = self.devices[device].speaker.role;
        let old: Vec<_> = self
            .old_pages
            .iter()
            .filter(|(mesa, _)| *mesa == number)
            .map(|(_, page)| page.clone())
            .collect();
        let snapshot = match self.random.below(4) {
            0 => None,
            1 if role == Role::Actor => self.random.pick(&old).cloned(),
            _ => Some(self.server.snapshot(Viewer::new(role, number))),
        };
        if role == Role::Actor && self.random.chance(30) {
            self.old_pages.extend(snapshot.clone().map(|page| (number, page)));
        }
        let replica = self.fresh();
        self.devices[device].open(
            MesaId { exercise: STREAM, number },
            replica,
            snapshot,
            takes_all,
        );
    }

    fn close(&mut self, device: usize, tab: usize) {
        self.give_up(device, tab);
        self.devices[device].tabs.remove(tab);
    }

    /// The page gives its connection up. What is in transit to the server is lost, or some of it
    /// arrives later; answers are lost.
    fn give_up(&mut self, device: usize, tab: usize) {
        let page = &mut self.devices[device].tabs[tab];
        let Some(id) = page.link.take() else { return };
        page.replica.disconnected();
        let arrives = self.random.below(4);
        let link = self.links.get_mut(&id).unwrap();
        link.up.truncate(arrives);
        link.given_up = true;
        self.bury(id);
    }

    fn bury(&mut self, id: u64) {
        if self.links.get(&id).is_some_and(|link| link.given_up && link.up.is_empty()) {
            self.links.remove(&id);
            self.server.disconnect(id);
        }
    }

    fn drop_all(&mut self) {
        for device in 0..self.devices.len() {
            for tab in 0..self.devices[device].tabs.len() {
                self.give_up(device, tab);
            }
        }
    }

    /// The server dies and is restored from a backup of some earlier moment.
    fn restore(&mut self) {
        self.drop_all();
        self.links.clear();
        let lost = self.random.below(30);
        self.server.restore(self.server.head().saturating_sub(lost).max(self.furnished));
        self.restored += 1;
    }

    /// The device's clock, which may run backwards.
    fn clock(&mut self) -> i64 {
        i64::try_from(self.random.below(50)).unwrap()
    }

    fn any_text(&mut self, device: usize, tab: usize) -> Option<Text> {
        let mesa = self.devices[device].tabs[tab].mesa();
        let has_text = |item: &&Arc<domain::Item>| !TextField::of(item.kind()).is_empty();
        let items: Vec<_> = mesa
            .deliberation
            .items
            .values()
            .filter(|item| mesa.is_visible(item))
            .filter(has_text)
            .map(|item| (item.id, item.kind()))
            .collect();
        // Most people are in the same text at the same time.
        let (item, kind) = if self.narrow || self.random.chance(60) {
            *items.first()?
        } else {
            *self.random.pick(&items)?
        };
        let fields = TextField::of(kind);
        let usual = *fields.get(1).or(fields.first())?;
        let field = if self.narrow || self.random.chance(70) {
            usual
        } else {
            *self.random.pick(fields)?
        };
        Some((item, field))
    }

    /// Characters that nobody has typed before.
    fn unique(&mut self, device: usize, text: Text) -> String {
        let count = match self.random.below(12) {
            0 => 0,
            1 if text.1 == TextField::Title => 240,
            few => few % 4 + 1,
        };
        (0..count)
            .map(|_| {
                let next = u32::try_from(self.typed.len()).unwrap();
                // Two Unicode planes: letters of three bytes and of four.
                let character = char::from_u32(if next % 2 == 0 {
                    0x4E00 + next / 2
                } else {
                    0x20000 + next / 2
                })
                .unwrap();
                self.typed.insert(character, Typed { device, text, deleted_by: BTreeSet::new() });
                character
            })
            .collect()
    }

    fn splice(&mut self, device: usize, text: Text, current: &str) -> (Patch, u32) {
        let length = current.chars().count();
        let at = self.random.below(length + 1);
        let removed =
            if self.random.chance(40) { self.random.below((length - at).min(5) + 1) } else { 0 };
        let inserted = self.unique(device, text);
        let caret = u32::try_from(at + inserted.chars().count()).unwrap();
        (
            Patch::splice(u32::try_from(at).unwrap(), u32::try_from(removed).unwrap(), &inserted),
            caret,
        )
    }

    fn note_removed(&mut self, device: usize, patch: &Patch, text: &str) {
        for character in removed_by(patch, text) {
            if let Some(typed) = self.typed.get_mut(&character) {
                typed.deleted_by.insert(device);
            }
        }
    }

    fn edit(&mut self, device: usize, tab: usize) {
        self.devices[device].notice(tab);
        let Some(text) = self.any_text(device, tab).filter(|_| !self.devices[device].reads_only)
        else {
            return;
        };
        if self.devices[device].tabs[tab].editor.as_ref().is_some_and(|(open, _)| *open == text) {
            return;
        }
        let current = text_of(self.devices[device].tabs[tab].replica.view(), text).to_owned();
        let (patch, _) = self.splice(device, text, &current);
        self.put(device, tab, text, &patch, &current);
    }

    fn put(&mut self, device: usize, tab: usize, text: Text, patch: &Patch, current: &str) {
        self.note_removed(device, patch, current);
        let (command, now) = (CommandId(self.fresh()), self.clock());
        let effects =
            self.devices[device].tabs[tab].replica.edit(text.0, text.1, patch, command, now);
        self.devices[device].perform(tab, effects);
    }

    /// Typing in an editor that lets others' changes in only between words.
    fn type_in(&mut self, device: usize, tab: usize) {
        self.devices[device].notice(tab);
        let mesa = self.devices[device].tabs[tab].mesa();
        let there = |text: &Text| mesa.item(text.0).is_some_and(|item| mesa.is_visible(item));
        let open =
            self.devices[device].tabs[tab].editor.as_ref().map(|(text, _)| *text).filter(there);
        let Some(text) = open else {
            let Some(text) = self.any_text(device, tab) else { return };
            let page = &mut self.devices[device].tabs[tab];
            page.editor = Some((text, EditorBuffer::new(text_of(page.replica.view(), text))));
            return;
        };
        if self.random.chance(5) {
            self.devices[device].tabs[tab].editor = None;
            return;
        }
        if self.random.chance(30) {
            if let Some((_, buffer)) = &mut self.devices[device].tabs[tab].editor {
                let _ = buffer.release();
            }
            return;
        }
        if self.devices[device].reads_only {
            return;
        }
        let (_, buffer) = self.devices[device].tabs[tab].editor.as_ref().unwrap();
        let shown = buffer.shown().to_owned();
        let (patch, caret) = self.splice(device, text, &shown);
        let value = patch.apply(&shown).unwrap();
        let page = &mut self.devices[device].tabs[tab];
        let current = text_of(page.replica.view(), text).to_owned();
        let typed = page.editor.as_mut().and_then(|(_, buffer)| buffer.typed(&value, Some(caret)));
        if let Some(patch) = typed {
            self.put(device, tab, text, &patch, &current);
        }
    }

    /// The page connects, or sends what may be sent.
    fn pump(&mut self, device: usize, tab: usize) {
        self.devices[device].notice(tab);
        if std::mem::take(&mut self.devices[device].tabs[tab].renew) {
            self.give_up(device, tab);
        }
        let speaker = self.devices[device].speaker;
        let kept = self.devices[device].receipts.values().cloned().collect();
        let page = &mut self.devices[device].tabs[tab];
        if let Some(id) = page.link {
            if std::mem::take(&mut page.greet) {
                page.replica.remember(kept, 0);
                let hello = page.replica.hello();
                self.links.get_mut(&id).unwrap().up.push_back(hello);
            }
            let (effects, frames) = page.replica.outgoing();
            self.links.get_mut(&id).unwrap().up.extend(frames);
            self.devices[device].perform(tab, effects);
        } else {
            self.made += 1;
            let id = self.made;
            page.greet = false;
            page.replica.remember(kept, 0);
            let up = VecDeque::from([page.replica.hello()]);
            page.link = Some(id);
            self.links.insert(id, Link { up, ..Link::default() });
            self.server.connect(id, speaker);
        }
    }

    /// The server takes what arrived during its last commit: some of what is in transit on some
    /// connections.
    fn deliver_up(&mut self) {
        let ids: Vec<u64> = self.links.keys().copied().collect();
        let mut batch = Vec::new();
        for _ in 0..=self.random.below(4) {
            let full: Vec<u64> =
                ids.iter().copied().filter(|id| !self.links[id].up.is_empty()).collect();
            let Some(id) = self.random.pick(&full) else { break };
            batch.extend(
                self.links
                    .get_mut(id)
                    .and_then(|link| link.up.pop_front())
                    .map(|bytes| (*id, bytes)),
            );
        }
        self.server.take(batch, &mut self.random);
        if self.random.chance(10) {
            self.behind += usize::from(self.server.fall_behind(&mut self.random));
        }
        for id in ids {
            let frames = self.server.drain(id);
            let link = self.links.get_mut(&id).unwrap();
            if !link.given_up {
                link.down.extend(frames);
            }
            self.bury(id);
        }
    }

    fn deliver_down(&mut self) {
        let waiting: Vec<_> = (0..self.devices.len())
            .flat_map(|device| (0..self.devices[device].tabs.len()).map(move |tab| (device, tab)))
            .filter_map(|(device, tab)| Some((device, tab, self.devices[device].tabs[tab].link?)))
            .filter(|(_, _, id)| !self.links[id].down.is_empty())
            .collect();
        let Some((device, tab, id)) = self.random.pick(&waiting).copied() else { return };
        for _ in 0..=self.random.below(3) {
            let Some(bytes) = self.links.get_mut(&id).unwrap().down.pop_front() else { break };
            self.devices[device].notice(tab);
            match self.devices[device].tabs[tab].replica.receive(&bytes) {
                Ok(effects) => self.devices[device].perform(tab, effects),
                Err(_) => return self.give_up(device, tab),
            }
        }
        if self.random.chance(60) {
            self.pump(device, tab);
        }
    }

    /// The network is restored for good and every person opens the page once more.
    fn settle(&mut self) {
        for device in 0..self.devices.len() {
            for mesa in [HERE, OTHER] {
                self.open_at(mesa, device, true);
            }
        }
        for round in 0.. {
            assert!(round < 10_000, "it never comes to rest");
            for device in 0..self.devices.len() {
                for tab in 0..self.devices[device].tabs.len() {
                    self.pump(device, tab);
                }
            }
            for _ in 0..20 {
                self.deliver_up();
                self.deliver_down();
            }
            let under_way =
                self.links.values().any(|link| !link.up.is_empty() || !link.down.is_empty());
            let pages = || self.devices.iter().flat_map(|device| &device.tabs);
            if !under_way
                && pages()
                    .all(|page| page.replica.is_joined() && page.replica.unanswered().count() == 0)
            {
                return;
            }
        }
    }
}
