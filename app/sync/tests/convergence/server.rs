//! An in-memory server that keeps the real one's contract: patches are rebased over those since
//! their base, a command is accepted at most once and answered every time, answers go out before
//! the events.

use domain::{deliberation, exercise};
use std::collections::{BTreeMap, HashMap};

use domain::decide::{decide_for, decide_server};
use domain::exercise::MeetingMode;
use domain::judge::Context;
use domain::project::project;
use domain::{
    Command, CommandId, Event, Exercise, ItemId, MesaCard, MesaNumber, Patch, PersonId, Rejection,
    Role, SeatId, Seq, ShortText, TextField, Viewer,
};
use sync::packed::{PackedSnapshot, pack};
use sync::wire::{
    Answer, ClientFrame, CommandFrame, Continuity, Events, Hello, History, Outcome, Position,
    Resume, ServerFrame, Snapshot, Tag, Welcome, WireEvent, decode, encode, to_wire,
};

use crate::plan::{follows, of_the_document};
use crate::random::Random;

/// The mesa that most people join.
pub const HERE: MesaNumber = MesaNumber(1);
/// The exercise's other mesa.
pub const OTHER: MesaNumber = MesaNumber(2);

/// The event that opens a mesa.
pub fn opened(mesa: MesaNumber) -> Event {
    let short = |text| ShortText::parse(text).unwrap();
    let (theme, venue) = (short("Agua"), short("Casa de cultura"));
    let card = MesaCard {
        theme,
        venue,
        mode: MeetingMode::Hybrid,
        starts_at: 0,
        ends_at: 0,
        agenda: Vec::new(),
    };
    Event::Exercise(exercise::Event::MesaDescribed { mesa, card: Box::new(card) })
}

/// The speaker on a connection.
#[derive(Clone, Copy)]
pub struct Speaker {
    pub person: PersonId,
    pub role: Role,
    pub seat: Option<SeatId>,
}

struct Peer {
    speaker: Speaker,
    /// The mesa of its hello.
    mesa: MesaNumber,
    joined: bool,
    outbound: Vec<Vec<u8>>,
}

pub struct Server {
    pub state: Exercise,
    /// Of each event, the command that it comes from.
    pub applied: Vec<Option<CommandId>>,
    pub events: Vec<Event>,
    /// The chain's hash after every event, truncated.
    tags: Vec<Tag>,
    /// Grows whenever a backup is restored: another history has other hashes.
    history: u64,
    /// Number of events by name.
    pub entered: BTreeMap<&'static str, usize>,
    wire: BTreeMap<Viewer, Vec<WireEvent>>,
    texts: HashMap<(ItemId, TextField), Vec<(Seq, Patch)>>,
    answers: HashMap<CommandId, (PersonId, Outcome)>,
    peers: BTreeMap<u64, Peer>,
    /// The newest connection that asked about a command: what an older one still delivers of it
    /// isn't accepted any more.
    claims: HashMap<CommandId, u64>,
    /// Whether claims are enforced.
    pub fences: bool,
    published: usize,
}

/// All viewers.
const VIEWERS: [Viewer; 5] = [
    Viewer::Facilitation(HERE),
    Viewer::Facilitation(OTHER),
    Viewer::Seat(HERE),
    Viewer::Seat(OTHER),
    Viewer::Public,
];

impl Server {
    pub fn new(fences: bool) -> Self {
        Self {
            state: Exercise::default(),
            applied: Vec::new(),
            events: Vec::new(),
            tags: Vec::new(),
            history: 1,
            entered: BTreeMap::new(),
            wire: VIEWERS.into_iter().map(|viewer| (viewer, Vec::new())).collect(),
            texts: HashMap::new(),
            answers: HashMap::new(),
            peers: BTreeMap::new(),
            claims: HashMap::new(),
            fences,
            published: 0,
        }
    }

    pub fn head(&self) -> usize {
        self.applied.len()
    }

    /// The position of the stream after its first `seq` events.
    fn position(&self, seq: usize) -> Position {
        Position {
            seq: seq as Seq,
            tag: seq.checked_sub(1).map_or(Tag::default(), |last| self.tags[last]),
        }
    }

    fn holds(&self, at: Position) -> bool {
        let seq = usize::try_from(at.seq).unwrap();
        seq <= self.head() && self.position(seq) == at
    }

    /// Restores the server from a backup after about its first `seq` events: it knows nothing of
    /// what came later, and nobody is connected. What one command did is in it as a whole.
    pub fn restore(&mut self, mut seq: usize) {
        while self.applied.get(seq).is_some_and(|of| of.is_some() && *of == self.applied[seq - 1]) {
            seq -= 1;
        }
        let kept =
            std::mem::replace(self, Self { history: self.history + 1, ..Self::new(self.fences) });
        for (place, event) in kept.events.iter().take(seq).enumerate() {
            self.enter(event, kept.applied[place]);
            self.tags[place] = kept.tags[place];
        }
        let known: Vec<_> = self.applied.iter().flatten().collect();
        self.answers =
            kept.answers.into_iter().filter(|(command, _)| known.contains(&command)).collect();
        self.published = self.head();
    }

    /// Enters an event, of a command or of the server itself.
    pub fn enter(&mut self, event: &Event, command: Option<CommandId>) {
        self.state.apply(event);
        self.applied.push(command);
        self.events.push(event.clone());
        let [a, b, c, d, ..] =
            (self.head() as u64).wrapping_mul(0x9E37_79B9).wrapping_mul(self.history).to_le_bytes();
        self.tags.push(Tag([a, b, c, d]));
        *self.entered.entry(event.name()).or_default() += 1;
        if let Event::Deliberation(deliberation::Event::TextPatched { item, field, patch }) = event
        {
            let seq = self.head() as Seq;
            self.texts.entry((*item, *field)).or_default().push((seq, patch.clone()));
        }
        for (viewer, wire) in &mut self.wire {
            let what = to_wire(&self.state, project(event, &self.state, *viewer));
            wire.push(WireEvent { by: 0, what });
        }
    }

    pub fn snapshot(&self, viewer: Viewer) -> Snapshot {
        Snapshot { at: self.position(self.head()), state: self.state.for_viewer(viewer) }
    }

    /// A full snapshot: packed a while ago, with the events since.
    fn packed_snapshot(&self, viewer: Viewer, random: &mut Random) -> PackedSnapshot {
        let from = self.head() - random.below(self.head().min(20) + 1);
        let mut state = Exercise::default();
        self.events[..from].iter().for_each(|event| state.apply(event));
        let packed = pack(&Snapshot { at: self.position(from), state: state.for_viewer(viewer) });
        PackedSnapshot::new(packed, self.frames(viewer, from, random))
    }

    /// The events after seq `from`, in frames.
    fn frames(&self, viewer: Viewer, mut from: usize, random: &mut Random) -> Vec<Events> {
        let mut frames = Vec::new();
        while from < self.head() {
            let to = self.head().min(from + 1 + random.below(8));
            frames.push(frame(&self.wire[&viewer], &self.tags, from, to));
            from = to;
        }
        frames
    }

    pub fn connect(&mut self, peer: u64, speaker: Speaker) {
        self.peers.insert(peer, Peer { speaker, mesa: HERE, joined: false, outbound: Vec::new() });
    }

    pub fn disconnect(&mut self, peer: u64) {
        self.peers.remove(&peer);
    }

    /// The frames for a connection.
    pub fn drain(&mut self, peer: u64) -> Vec<Vec<u8>> {
        self.peers.get_mut(&peer).map(|peer| std::mem::take(&mut peer.outbound)).unwrap_or_default()
    }

    /// A device doesn't read what is sent to it: the rest is dropped, and it is told to say hello
    /// again.
    pub fn fall_behind(&mut self, random: &mut Random) -> bool {
        let behind: Vec<u64> = self
            .peers
            .iter()
            .filter(|(_, peer)| peer.joined && peer.outbound.len() > 1)
            .map(|(id, _)| *id)
            .collect();
        let Some(peer) = random.pick(&behind).and_then(|id| self.peers.get_mut(id)) else {
            return false;
        };
        peer.outbound.truncate(random.below(peer.outbound.len()));
        peer.outbound.push(encode(&ServerFrame::Resync));
        peer.joined = false;
        true
    }

    /// Decides what queued during the last commit.
    pub fn take(&mut self, batch: Vec<(u64, Vec<u8>)>, random: &mut Random) {
        for (peer, bytes) in batch {
            let Some(speaker) = self.peers.get(&peer).map(|peer| peer.speaker) else { continue };
            match decode::<ClientFrame>(&bytes).expect("a replica sends frames") {
                ClientFrame::Hello(hello) => {
                    self.publish();
                    for pending in &hello.pending {
                        let claim = self.claims.entry(pending.command).or_insert(peer);
                        *claim = peer.max(*claim);
                    }
                    let welcome =
                        ServerFrame::Welcome(Box::new(self.welcome(&hello, speaker, random)));
                    self.send(peer, &welcome);
                    let peer = self.peers.get_mut(&peer).unwrap();
                    (peer.mesa, peer.joined) = (hello.mesa, true);
                }
                ClientFrame::Writing { .. } => {}
                ClientFrame::Command(frame) => {
                    let claimed = self.claims.get(&frame.id).is_some_and(|claim| *claim > peer);
                    if self.fences && claimed {
                        continue;
                    }
                    let outcome = self.answer_to(&frame, speaker);
                    self.send(peer, &ServerFrame::Answer(Answer { command: frame.id, outcome }));
                }
            }
        }
        self.publish();
    }

    fn send(&mut self, peer: u64, frame: &ServerFrame) {
        self.peers.get_mut(&peer).unwrap().outbound.push(encode(frame));
    }

    fn publish(&mut self) {
        if self.published == self.head() {
            return;
        }
        for peer in self.peers.values_mut().filter(|peer| peer.joined) {
            let wire = &self.wire[&Viewer::new(peer.speaker.role, peer.mesa)];
            peer.outbound.push(encode(&ServerFrame::Events(frame(
                wire,
                &self.tags,
                self.published,
                self.applied.len(),
            ))));
        }
        self.published = self.head();
    }

    fn answer_to(&mut self, frame: &CommandFrame, speaker: Speaker) -> Outcome {
        // Whether the device thinks that it sent it before doesn't matter: a first sending may
        // arrive late, by a connection that the device gave up.
        if let Some((person, outcome)) = self.answers.get(&frame.id) {
            assert_eq!(*person, speaker.person);
            return outcome.clone();
        }
        let outcome = match self.judge(frame, speaker) {
            Err(rejection) => Outcome::Refused(rejection),
            Ok(events) if events.is_empty() => Outcome::Unchanged { seq: self.head() as Seq },
            Ok(events) => {
                let (before, seq) = (self.state.clone(), self.head() as Seq + 1);
                for event in &events {
                    self.enter(event, Some(frame.id));
                }
                for event in follows(&before, &self.state, &events, self.now()) {
                    self.enter(&event, Some(frame.id));
                }
                Outcome::Applied { seq }
            }
        };
        self.answers.insert(frame.id, (speaker.person, outcome.clone()));
        outcome
    }

    fn judge(&self, frame: &CommandFrame, speaker: Speaker) -> Result<Vec<Event>, Rejection> {
        let since: Vec<Patch> = match &frame.command {
            Command::Deliberation(deliberation::Command::Patch { base, .. })
                if *base > self.head() as Seq =>
            {
                return Err(Rejection::Deliberation(deliberation::Rejection::BaseAhead));
            }
            Command::Deliberation(deliberation::Command::Patch { item, field, base, .. }) => {
                self.history((*item, *field), *base).into_iter().map(|(_, patch)| patch).collect()
            }
            _ => Vec::new(),
        };
        let context = Context {
            person: speaker.person,
            seat: speaker.seat,
            role: speaker.role,
            now: self.now(),
            since: &since,
        };
        decide_for(&self.state, frame.mesa, &frame.command, &context, frame.on_behalf)
    }

    fn now(&self) -> i64 {
        self.head() as i64 * 1_000
    }

    /// The server sets the document of a signing, or seals it.
    pub fn serve(&mut self, random: &mut Random) {
        let Some(command) = of_the_document(&self.state, self.now(), random) else { return };
        for event in decide_server(&self.state, &command).unwrap_or_default() {
            self.enter(&event, None);
        }
        self.publish();
    }

    /// What came of a command; none: it never arrived.
    pub fn outcome(&self, command: CommandId) -> Option<&Outcome> {
        self.answers.get(&command).map(|(_, outcome)| outcome)
    }

    fn history(&self, text: (ItemId, TextField), base: Seq) -> Vec<(Seq, Patch)> {
        self.texts
            .get(&text)
            .into_iter()
            .flatten()
            .filter(|(seq, _)| *seq > base)
            .cloned()
            .collect()
    }

    fn welcome(&self, hello: &Hello, speaker: Speaker, random: &mut Random) -> Welcome {
        let known = |command| match self.answers.get(&command) {
            Some((person, outcome)) if *person == speaker.person => {
                Some(Answer { command, outcome: outcome.clone() })
            }
            _ => None,
        };
        let continuity = if hello.at.is_some_and(|at| !self.holds(at)) {
            Continuity::PositionLost
        } else if hello.marks.iter().any(|mark| !self.holds(*mark)) {
            Continuity::MarkLost
        } else {
            Continuity::Unbroken
        };
        let viewer = Viewer::new(speaker.role, hello.mesa);
        let resume = match hello.at {
            Some(at) if continuity != Continuity::PositionLost && !random.chance(25) => {
                Resume::Tail(self.frames(viewer, usize::try_from(at.seq).unwrap(), random))
            }
            _ => Resume::Snapshot(self.packed_snapshot(viewer, random)),
        };
        // Texts whose patches are all based on the device's position need no history: the tail has
        // it.
        let tail_from = matches!(resume, Resume::Tail(_)).then(|| hello.at.map_or(0, |at| at.seq));
        let mut bases: BTreeMap<(ItemId, TextField), Seq> = BTreeMap::new();
        for (item, field, base) in hello.pending.iter().filter_map(|pending| pending.text) {
            let oldest = bases.entry((item, field)).or_insert(base);
            *oldest = base.min(*oldest);
        }
        let histories = bases
            .into_iter()
            .filter(|(_, base)| tail_from.is_none_or(|from| *base < from))
            .map(|((item, field), base)| History {
                item,
                field,
                patches: self.history((item, field), base),
            })
            .collect();
        let answers = hello.pending.iter().filter_map(|pending| known(pending.command)).collect();
        Welcome { version: 3, now: 0, answers, continuity, resume, histories }
    }
}

/// The events after seq `from` up to `to`.
fn frame(wire: &[WireEvent], tags: &[Tag], from: usize, to: usize) -> Events {
    Events { first: from as Seq + 1, tag: tags[to - 1], events: wire[from..to].to_vec() }
}
