//! The frames between a device and the server: postcard, versioned by the hello, items named by
//! stream-local aliases.
//!
//! A frame of events covers a gapless run of seqs; an event that an audience may not see takes one
//! byte and keeps its seq. A frame never carries the ids of other people's commands.

use std::sync::Arc;

use domain::event::{Event, Redaction};
use domain::{
    Alias, Assignment, Command, CommandId, DeviceId, Digest, Exercise, Item, ItemId, MesaNumber,
    Millis, Patch, PersonId, Projected, Rejection, SeatId, Seq, StreamId, TextField, agreement,
    conduct, deliberation, exercise, floor, people, priority, veil,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::packed::PackedSnapshot;

/// Frame versions that this program speaks, best first. A page of an older program is told to
/// reload.
pub const VERSIONS: &[u8] = &[1];

/// Longest frame that the server sends in parts, in bytes.
pub const SERVER_FRAME_LIMIT: usize = 64 * 1024 * 1024;
/// Longest frame that a device may send, in bytes.
pub const CLIENT_FRAME_LIMIT: usize = 128 * 1024;

/// Most commands that a hello may ask about.
pub const PENDING_LIMIT: usize = 2_000;

/// Most positions besides its own that a hello may ask about.
pub const MARK_LIMIT: usize = 16;

/// The first four bytes of the chain's hash at a seq: enough to notice that a server's history
/// isn't the one that a device followed (a restored backup).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag(pub [u8; 4]);

impl From<Digest> for Tag {
    fn from(hash: Digest) -> Self {
        let [a, b, c, d, ..] = hash.0;
        Self([a, b, c, d])
    }
}

/// How far a stream was followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The last seq.
    pub seq: Seq,
    /// The chain's hash there, shortened.
    pub tag: Tag,
}

/// A frame from a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientFrame {
    /// The first frame on every connection.
    Hello(Hello),
    /// A command.
    Command(CommandFrame),
    /// The person is writing here now. Ephemeral: not logged, not answered, not sent again.
    Writing {
        /// In which item.
        item: ItemId,
        /// In which text.
        field: TextField,
    },
}

/// Where a device stands and which answers it waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Versions that it speaks.
    pub versions: Vec<u8>,
    /// The stream that it follows.
    pub stream: StreamId,
    /// The mesa that it shows: it is told who is here and who is writing at that one.
    pub mesa: MesaNumber,
    /// Its outbox.
    pub device: DeviceId,
    /// How far it followed; none: it has nothing.
    pub at: Option<Position>,
    /// Other positions that it relies on, [`MARK_LIMIT`] at most: the latest at which it knows its
    /// changes to have been acknowledged, and those that its waiting patches are based on.
    pub marks: Vec<Position>,
    /// Its unanswered commands, oldest first.
    pub pending: Vec<Pending>,
}

/// An unanswered command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Its id.
    pub command: CommandId,
    /// For a text patch: which text, and the seq that it was made at.
    pub text: Option<(ItemId, TextField, Seq)>,
}

/// A command in transit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandFrame {
    /// At which mesa.
    pub mesa: MesaNumber,
    /// Its id.
    pub id: CommandId,
    /// Whether it may have been sent before, on another connection.
    pub again: bool,
    /// The seat on whose behalf a helper types.
    pub on_behalf: Option<SeatId>,
    /// The device's clock when it was made.
    pub client_at: Millis,
    /// The command itself.
    pub command: Command,
}

/// A frame from the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServerFrame {
    /// The first frame on every connection.
    Welcome(Box<Welcome>),
    /// What happened.
    Events(Events),
    /// What became of a command.
    Answer(Answer),
    /// Who is here; to the facilitation only.
    Roster(Vec<Present>),
    /// Nothing happened; the connection is alive.
    Heartbeat {
        /// The server's clock.
        now: Millis,
    },
    /// The hello is refused; the connection ends.
    Refused(HelloRefusal),
    /// Someone is writing now; sent only to people at the same mesa.
    Writing(Writing),
    /// A part of a frame that is too long to be sent at once.
    Part {
        /// Whether more parts follow.
        more: bool,
        /// The piece.
        bytes: Vec<u8>,
    },
    /// The device didn't fetch what was sent to it and has missed some: it has to say hello again
    /// on this connection.
    Resync,
}

/// Someone writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// Who.
    pub person: PersonId,
    /// What they are called at the table: a name that nobody else there has.
    pub name: String,
    /// In which item.
    pub item: ItemId,
    /// In which text.
    pub field: TextField,
}

/// Why a hello is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum HelloRefusal {
    /// No common version: the page must be loaded again.
    #[error("no common version")]
    Version,
    /// No such stream, or not for this session.
    #[error("no such stream for this session")]
    Stream,
    /// Too large, or not a frame.
    #[error("malformed")]
    Malformed,
}

/// The answer to a hello: answers first, then what was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The version spoken from here on.
    pub version: u8,
    /// The server's clock.
    pub now: Millis,
    /// Answers to the commands that the hello asked about, where there are any.
    pub answers: Vec<Answer>,
    /// Whether the stream still contains the positions that the device named.
    pub continuity: Continuity,
    /// What was missed.
    pub resume: Resume,
    /// How texts changed since their waiting patches were made: those made before the device's
    /// position, or all of them when it gets a snapshot.
    pub histories: Vec<History>,
}

/// Whether a stream still contains the positions that a device named. After the server was restored
/// from a backup it may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Continuity {
    /// It contains all of them.
    #[default]
    Unbroken,
    /// The last acknowledged position is gone; where the page stands is there.
    MarkLost,
    /// Where the page stands is gone too.
    PositionLost,
}

/// What a device missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resume {
    /// These events; perhaps none.
    Tail(Vec<Events>),
    /// It missed too much, or its history isn't this stream's: a snapshot.
    Snapshot(PackedSnapshot),
}

/// A stream's state as a viewer may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Its position.
    pub at: Position,
    /// The state there.
    pub state: Exercise,
}

/// How a text changed since a seq.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Of which item.
    pub item: ItemId,
    /// Which text.
    pub field: TextField,
    /// The patches with their seqs, oldest first.
    pub patches: Vec<(Seq, Patch)>,
}

/// A gapless run of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    /// Seq of the first.
    pub first: Seq,
    /// The chain's hash after the last, shortened.
    pub tag: Tag,
    /// The events.
    pub events: Vec<WireEvent>,
}

impl Events {
    /// Seq of the last; one before the first when there are none.
    pub fn last(&self) -> Seq {
        self.first.saturating_add(self.events.len() as Seq).saturating_sub(1)
    }
}

/// An event in a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireEvent {
    /// Number of the actor who did it; 0 for someone without a seat.
    pub by: u16,
    /// What happened.
    pub what: Aliased,
}

/// What happened; items that existed before it are named by their aliases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Flat", into = "Flat")]
pub struct Aliased(pub Projected);

impl Aliased {
    /// An event that this viewer may not see.
    pub const HIDDEN: Self = Self(Projected::Hidden);

    /// Whether it withdraws from its viewer what an earlier event gave them.
    pub fn withdraws(&self) -> bool {
        self.0.withdraws()
    }
}

/// The same in one layer: one byte says both that it is an event and which area's.
#[derive(Serialize, Deserialize)]
enum Flat {
    Hidden,
    Deliberation(deliberation::Event),
    Conduct(MesaNumber, conduct::Event),
    People(people::Event),
    Exercise(exercise::Event),
    Redacted { events: Vec<Redaction> },
    Assigned { item: ItemId, value: Assignment },
    Forgotten(ItemId),
    Revealed(Vec<Arc<Item>>),
    Agreement(agreement::Event),
    Told(Arc<agreement::State>),
    Floor(MesaNumber, floor::Event),
    Priority(MesaNumber, priority::Event),
    Veil(MesaNumber, veil::Event),
}

impl From<Aliased> for Flat {
    fn from(aliased: Aliased) -> Self {
        match aliased.0 {
            // No device is sent what happens to the pack.
            Projected::Hidden | Projected::Event(Event::Pack(_)) => Self::Hidden,
            Projected::Event(Event::Deliberation(event)) => Self::Deliberation(event),
            Projected::Event(Event::Conduct(mesa, event)) => Self::Conduct(mesa, event),
            Projected::Event(Event::People(event)) => Self::People(event),
            Projected::Event(Event::Exercise(event)) => Self::Exercise(event),
            Projected::Event(Event::Redacted { events }) => Self::Redacted { events },
            Projected::Assigned { item, value } => Self::Assigned { item, value },
            Projected::Forgotten(item) => Self::Forgotten(item),
            Projected::Revealed(items) => Self::Revealed(items),
            Projected::Event(Event::Agreement(event)) => Self::Agreement(event),
            Projected::Told(plan) => Self::Told(plan),
            Projected::Event(Event::Floor(mesa, event)) => Self::Floor(mesa, event),
            Projected::Event(Event::Priority(mesa, event)) => Self::Priority(mesa, event),
            Projected::Event(Event::Veil(mesa, event)) => Self::Veil(mesa, event),
        }
    }
}

impl From<Flat> for Aliased {
    fn from(flat: Flat) -> Self {
        Self(match flat {
            Flat::Hidden => Projected::Hidden,
            Flat::Deliberation(event) => Projected::Event(Event::Deliberation(event)),
            Flat::Conduct(mesa, event) => Projected::Event(Event::Conduct(mesa, event)),
            Flat::People(event) => Projected::Event(Event::People(event)),
            Flat::Exercise(event) => Projected::Event(Event::Exercise(event)),
            Flat::Redacted { events } => Projected::Event(Event::Redacted { events }),
            Flat::Assigned { item, value } => Projected::Assigned { item, value },
            Flat::Forgotten(item) => Projected::Forgotten(item),
            Flat::Revealed(items) => Projected::Revealed(items),
            Flat::Agreement(event) => Projected::Event(Event::Agreement(event)),
            Flat::Told(plan) => Projected::Told(plan),
            Flat::Floor(mesa, event) => Projected::Event(Event::Floor(mesa, event)),
            Flat::Priority(mesa, event) => Projected::Event(Event::Priority(mesa, event)),
            Flat::Veil(mesa, event) => Projected::Event(Event::Veil(mesa, event)),
        })
    }
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which.
    pub command: CommandId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is in the log at this seq, on disk.
    Applied {
        /// The event's seq.
        seq: Seq,
    },
    /// There was nothing left to change at this seq.
    Unchanged {
        /// The stream's seq then.
        seq: Seq,
    },
    /// It was refused.
    Refused(Rejection),
}

/// Someone who came, as the facilitation sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// How many of their devices are connected and answer.
    pub devices: u16,
    /// When any of their devices was last heard, by the server's clock, while none is connected;
    /// none: not since the server started.
    pub heard: Option<Millis>,
    /// While one of their devices is connected: when each other one that was connected since the
    /// server started, and neither is now nor was signed out, was last heard; latest first.
    pub others: Vec<Millis>,
}

/// The bytes aren't a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a frame")]
pub struct FrameError;

/// The bytes of a frame.
pub fn encode<T: Serialize>(frame: &T) -> Vec<u8> {
    postcard::to_stdvec(frame)
        .expect("frames hold no type that postcard cannot write, and memory does not refuse")
}

/// The frame that the bytes are.
///
/// # Errors
/// [`FrameError`] when they aren't one, or when something follows it.
pub fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, FrameError> {
    match postcard::take_from_bytes(bytes) {
        Ok((frame, [])) => Ok(frame),
        Ok(_) | Err(_) => Err(FrameError),
    }
}

/// What a frame contains in place of the item with this alias.
pub fn in_place_of(alias: Alias) -> ItemId {
    ItemId(Uuid::from_u128(alias.0.into()))
}

/// An event as a frame carries it: items by alias. An event that can't be expressed so isn't shown.
pub fn to_wire(state: &Exercise, projected: Projected) -> Aliased {
    let mut aliased = projected;
    let known = aliased.try_visit(&mut |item| {
        let alias = state.item(*item).ok_or(())?.alias;
        *item = in_place_of(alias);
        Ok::<_, ()>(())
    });
    // An event names only items that its state knows; if that were ever untrue, it is safer to show
    // nothing.
    Aliased(if known.is_ok() { aliased } else { Projected::Hidden })
}

/// An event as a replica applies it: items by id, looked up in the replica's state before the
/// event.
///
/// # Errors
/// [`FrameError`] when it names an alias that the replica doesn't know.
pub fn from_wire(state: &Exercise, what: Aliased) -> Result<Projected, FrameError> {
    let mut projected = what.0;
    projected.try_visit(&mut |item| {
        let alias = u32::try_from(item.0.as_u128()).map_err(|_| FrameError)?;
        *item = state.by_alias(Alias(alias)).ok_or(FrameError)?;
        Ok(())
    })?;
    Ok(projected)
}

/// Whether an event is a patch of a text.
pub fn as_patch(projected: &Projected) -> Option<(ItemId, TextField, &Patch)> {
    match projected {
        Projected::Event(Event::Deliberation(deliberation::Event::TextPatched {
            item,
            field,
            patch,
        })) => Some((*item, *field, patch)),
        Projected::Event(_)
        | Projected::Hidden
        | Projected::Forgotten(_)
        | Projected::Revealed(_)
        | Projected::Told(_)
        | Projected::Assigned { .. } => None,
    }
}
