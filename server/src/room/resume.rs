//! What a device gets when it joins: the events that it missed, or a snapshot, packed once for all
//! viewers of a kind, with the events since.

use domain::{Seq, SessionId, Viewer};
use sync::packed::{PackedSnapshot, pack};
use sync::wire::{Events, Position, Resume, Snapshot};
use tokio::time::Instant;

use super::{Joined, Room};

/// A packed snapshot that is older than this many events is packed again for the next device.
const PACKED_FOR: Seq = 256;

impl Room {
    pub(super) fn join(
        &mut self,
        viewer: Viewer,
        at: Option<Position>,
        session: Option<SessionId>,
    ) -> Joined {
        let resume = match at.and_then(|at| self.tail(viewer, at)) {
            Some(tail) => Resume::Tail(tail),
            None => Resume::Snapshot(self.packed_snapshot(viewer)),
        };
        let (frames, asides) = self.outgoing.subscribe(viewer, Instant::now());
        let cut = session.map(|session| self.cuts.entry(session).or_default().clone());
        Joined { at: self.position(), resume, frames, asides, cut }
    }

    /// A packed snapshot. Packing takes longer than sending: a snapshot is packed again only when
    /// much has happened since.
    fn packed_snapshot(&mut self, viewer: Viewer) -> PackedSnapshot {
        let known = self.packed.remove(&viewer).filter(|(seq, _)| {
            let in_memory = self.head.seq == *seq
                || self.recent.front().is_some_and(|oldest| oldest.seq <= seq + 1);
            in_memory && self.head.seq - seq <= PACKED_FOR
        });
        let (seq, bytes) = known.unwrap_or_else(|| {
            let snapshot = Snapshot { at: self.position(), state: self.state.for_viewer(viewer) };
            (self.head.seq, pack(&snapshot))
        });
        let tail =
            if seq == self.head.seq { Vec::new() } else { vec![self.events_since(viewer, seq)] };
        self.packed.insert(viewer, (seq, bytes.clone()));
        PackedSnapshot::new(bytes, tail)
    }

    /// The events after a seq, as far as they are in memory.
    fn events_since(&self, viewer: Viewer, seq: Seq) -> Events {
        let missed = self.recent.iter().filter(|recent| recent.seq > seq);
        let events = missed.map(|recent| recent.published.to(viewer).clone()).collect();
        Events { first: seq + 1, tag: self.head.hash.into(), events }
    }

    /// The events missed since `at`, if that is a position of this stream and all later events are
    /// still in memory. None when an event withdrew something from the viewer meanwhile: its
    /// earlier text isn't sent any more.
    fn tail(&self, viewer: Viewer, at: Position) -> Option<Vec<Events>> {
        if at == self.position() {
            return Some(Vec::new());
        }
        let known =
            self.recent.iter().any(|recent| recent.seq == at.seq && recent.tag == Some(at.tag));
        if !known {
            return None;
        }
        let missed = self.events_since(viewer, at.seq);
        let withdrawn = missed.events.iter().any(|event| event.what.withdraws());
        (!withdrawn).then(|| vec![missed])
    }
}
