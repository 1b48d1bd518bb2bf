//! One device: joins, follows, and, as an editor, writes on an open loop. It notes when it showed each event.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use domain::{CommandId, DeviceId, PersonId, Rejection, Role, Seq, State};
use futures_util::{SinkExt, StreamExt};
use sync::wire::{Outcome as Answered, ServerFrame, decode};
use sync::{Effect, Me, Replica};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::arguments::Arguments;
use crate::connect::{self, Socket};
use crate::editor::{self, Editor, Input};
use crate::links::Links;
use crate::run::Failure;

/// What all clients do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// They come in.
    Joining,
    /// Editors write, from this moment on.
    Writing(Instant),
    /// What is under way arrives.
    Draining,
    /// They leave.
    Ended,
}

/// What all clients share.
pub struct Shared {
    /// How to measure.
    pub arguments: Arguments,
    /// Where.
    pub links: Links,
    /// What to do now.
    pub phase: watch::Receiver<Phase>,
    /// How many may be coming in at a time.
    pub door: Semaphore,
    /// When it all began; arrivals count from here.
    pub began: Instant,
    /// Tells this run's texts from an earlier one's.
    pub run: u64,
}

/// How far a client is, for who waits for all of them.
#[derive(Debug, Default)]
pub struct Progress {
    /// Whether it is in.
    pub joined: Cell<bool>,
    /// Whether its connection ended before its time.
    pub gone: Cell<bool>,
    /// The last event that it shows.
    pub seq: Cell<Seq>,
    /// Its commands without an answer.
    pub unanswered: Cell<usize>,
    /// It was told to write no more, and won't: what it wrote until then is counted in `unanswered`.
    pub done_writing: Cell<bool>,
}

/// What a client has to tell in the end.
pub struct Outcome {
    /// Whether it is an editor.
    pub is_editor: bool,
    /// From its hello to its welcome.
    pub joined_in: Duration,
    /// The seq that it joined at.
    pub base: Seq,
    /// When it showed each event after `base`, in µs since the beginning.
    pub arrivals: Vec<u32>,
    /// Bytes received since the writing began.
    pub bytes: u64,
    /// What it wrote.
    pub inputs: Vec<Input>,
    /// The events that its commands became.
    pub confirmed: HashMap<CommandId, Seq>,
    /// Why a command of its was refused, if one was.
    pub refused: Option<Rejection>,
    /// How often it was sent each marker, if it is the witness.
    pub markers: HashMap<String, u32>,
    /// What it shows in the end.
    pub state: State,
}

/// Runs a client until the end.
pub async fn run(shared: Rc<Shared>, number: usize, is_witness: bool, progress: Rc<Progress>) -> Result<Outcome, Failure> {
    let is_editor = number < shared.arguments.editors;
    let mut client = {
        let _turn = shared.door.acquire().await.map_err(|_| Failure::Closed)?;
        join(&shared, number, is_editor, is_witness).await?
    };
    client.report(&progress);
    progress.joined.set(true);
    let mut phase = shared.phase.clone();
    let mut writes: Option<Interval> = None;
    loop {
        tokio::select! {
            message = client.socket.next() => match message {
                Some(Ok(Message::Binary(bytes))) => client.receive(&bytes, shared.began).await?,
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Text(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => {
                    progress.gone.set(true);
                    return Ok(client.outcome());
                }
            },
            () = tick(&mut writes) => client.write().await?,
            changed = phase.changed() => {
                changed.map_err(|_| Failure::Closed)?;
                match *phase.borrow_and_update() {
                    Phase::Joining => {}
                    Phase::Writing(from) => {
                        client.outcome.bytes = 0;
                        writes = is_editor.then(|| rhythm(&shared.arguments, number, from));
                    }
                    Phase::Draining => {
                        writes = None;
                        progress.done_writing.set(true);
                    }
                    Phase::Ended => return Ok(client.outcome()),
                }
            }
        }
        client.report(&progress);
    }
}

/// Editors don't write all at once, but each at its own even rate.
fn rhythm(arguments: &Arguments, number: usize, from: Instant) -> Interval {
    let every = Duration::from_secs_f64(1.0 / arguments.rate);
    let share = u32::try_from(number).unwrap_or(0);
    let mut interval = tokio::time::interval_at(from + every * share / u32::try_from(arguments.editors).unwrap_or(1), every);
    // Open loop: what is late is made up for.
    interval.set_missed_tick_behavior(MissedTickBehavior::Burst);
    interval
}

async fn tick(writes: &mut Option<Interval>) {
    match writes {
        Some(interval) => {
            interval.tick().await;
        }
        None => std::future::pending().await,
    }
}

async fn join(shared: &Shared, number: usize, is_editor: bool, is_witness: bool) -> Result<Client, Failure> {
    let Shared { arguments, links, .. } = shared;
    let cookie = if is_editor {
        let link = links.seats.get(number % links.seats.len().max(1)).ok_or(Failure::NoSeats)?;
        Some(connect::sit_down(arguments, link, number).await?)
    } else {
        None
    };
    let mut socket = connect::socket(arguments, links, cookie.as_deref()).await?;
    let me = Me {
        person: is_editor.then(|| PersonId(Uuid::now_v7())),
        role: if is_editor { Role::Actor } else { Role::Follower },
        seat: None,
        device: DeviceId(Uuid::now_v7()),
        replica: Uuid::now_v7(),
    };
    let mut replica = Replica::new(links.mesa_id, me, None);
    let asked = Instant::now();
    socket.send(Message::Binary(replica.hello().into())).await?;
    while !replica.is_joined() {
        let Message::Binary(bytes) = socket.next().await.ok_or(Failure::Closed)?? else { continue };
        for effect in replica.receive(&bytes)? {
            if let Effect::Ended(refusal) = effect {
                return Err(Failure::Refused(refusal));
            }
        }
    }
    let joined_in = asked.elapsed();
    let texts = editor::texts(replica.view());
    let editor = match texts.get(number / 10 % texts.len().max(1)) {
        Some(text) if is_editor => Some(Editor::new(shared.run, number, *text, replica.view())),
        Some(_) => None,
        None => return Err(Failure::NoTexts),
    };
    let base = replica.position().map_or(0, |at| at.seq);
    let outcome = Outcome {
        is_editor,
        joined_in,
        base,
        arrivals: Vec::new(),
        bytes: 0,
        inputs: Vec::new(),
        confirmed: HashMap::new(),
        refused: None,
        markers: HashMap::new(),
        state: State::default(),
    };
    Ok(Client { socket, replica, editor, is_witness, outcome })
}

struct Client {
    socket: Socket,
    replica: Replica,
    editor: Option<Editor>,
    is_witness: bool,
    outcome: Outcome,
}

impl Client {
    fn seq(&self) -> Seq {
        self.replica.position().map_or(0, |at| at.seq)
    }

    fn report(&self, progress: &Progress) {
        progress.seq.set(self.seq());
        progress.unanswered.set(self.replica.unanswered().count());
    }

    fn outcome(self) -> Outcome {
        Outcome { state: self.replica.view().clone(), ..self.outcome }
    }

    async fn receive(&mut self, bytes: &[u8], began: Instant) -> Result<(), Failure> {
        let header = if bytes.len() < 126 { 2 } else { 4 };
        self.outcome.bytes += bytes.len() as u64 + header;
        if self.editor.is_some()
            && let Ok(ServerFrame::Answer(answer)) = decode(bytes)
        {
            match answer.outcome {
                Answered::Applied { seq } => {
                    self.outcome.confirmed.insert(answer.command, seq);
                }
                Answered::Unchanged { .. } => {}
                Answered::Refused(rejection) => self.outcome.refused = Some(rejection),
            }
        }
        let before = self.seq();
        let effects = self.replica.receive(bytes)?;
        let after = self.seq();
        if after > before {
            let now = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
            self.outcome.arrivals.extend((before..after).map(|_| now));
        }
        for effect in effects {
            let Effect::TextChanged { item, field, patch } = effect else { continue };
            if let Some(editor) = self.editor.as_mut().filter(|editor| editor.text() == (item, field)) {
                editor.others(&patch);
            }
            if self.is_witness {
                for marker in patch.insertions().flat_map(editor::markers) {
                    *self.outcome.markers.entry(marker.to_owned()).or_default() += 1;
                }
            }
        }
        self.send().await
    }

    /// One input. It waits for nothing: what was written before may still be under way, the replica composes.
    async fn write(&mut self) -> Result<(), Failure> {
        let Some(editor) = &mut self.editor else { return Ok(()) };
        let at = Instant::now();
        let (patch, marker) = editor.next(self.replica.view());
        let (item, field) = editor.text();
        let effects = self.replica.edit(item, field, &patch, CommandId(Uuid::now_v7()), clock());
        let carries = |effect: &Effect| if let Effect::Save(stored) = effect { Some(stored.command) } else { None };
        if let Some(command) = effects.iter().rev().find_map(carries) {
            self.outcome.inputs.push(Input { at, command, marker });
        }
        self.send().await
    }

    async fn send(&mut self) -> Result<(), Failure> {
        let (_, frames) = self.replica.outgoing();
        for frame in frames {
            self.socket.send(Message::Binary(frame.into())).await?;
        }
        Ok(())
    }
}

/// This machine's clock, in ms.
pub fn clock() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
