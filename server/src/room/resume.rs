//! What a device that comes gets: what it missed, or the mesa packed once for everyone, with what happened since.

use domain::{Audience, MesaNumber, Seq};
use sync::whole::{Whole, pack};
use sync::wire::{Events, Position, Resume, Snapshot};
use tokio::time::Instant;

use super::{Joined, Room, index_of};

/// Events after which a packed stream is packed anew for whoever comes.
const PACKED_FOR: Seq = 256;

impl Room {
    pub(super) fn join(&mut self, audience: Audience, mesa: MesaNumber, at: Option<Position>) -> Joined {
        let index = index_of(audience);
        let resume = match at.and_then(|at| self.tail(index, at)) {
            Some(tail) => Resume::Tail(tail),
            None => Resume::Whole(self.whole(index, audience)),
        };
        let (frames, asides) = (self.outgoing.subscribe(index, Instant::now()), self.outgoing.listen(mesa, audience));
        Joined { at: self.position(), resume, frames, asides }
    }

    /// All there is. Packing takes longer than sending: it is done anew only when much has happened since.
    fn whole(&mut self, index: usize, audience: Audience) -> Whole {
        let known = self.packed[index].take().filter(|(seq, _)| {
            let in_memory = self.head.seq == *seq || self.recent.front().is_some_and(|oldest| oldest.seq <= seq + 1);
            in_memory && self.head.seq - seq <= PACKED_FOR
        });
        let (seq, bytes) = known.unwrap_or_else(|| {
            let snapshot = Snapshot { at: self.position(), state: self.state.for_audience(audience) };
            (self.head.seq, pack(&snapshot))
        });
        let tail = if seq == self.head.seq { Vec::new() } else { vec![self.events_since(index, seq)] };
        self.packed[index] = Some((seq, bytes.clone()));
        Whole::new(bytes, tail)
    }

    /// What happened after a seq, as far as it is in memory.
    fn events_since(&self, index: usize, seq: Seq) -> Events {
        let events = self.recent.iter().filter(|recent| recent.seq > seq).map(|recent| recent.wire[index].clone()).collect();
        Events { first: seq + 1, tag: self.head.hash.into(), events }
    }

    /// What was missed since `at`, if that moment is one of this stream's and all that followed is still in memory. None when
    /// something was withdrawn from the audience meanwhile: what it said before isn't sent any more.
    fn tail(&self, index: usize, at: Position) -> Option<Vec<Events>> {
        if at == self.position() {
            return Some(Vec::new());
        }
        let known = self.recent.iter().any(|recent| recent.seq == at.seq && recent.tag == Some(at.tag));
        if !known {
            return None;
        }
        let missed = self.events_since(index, at.seq);
        let withdrawn = missed.events.iter().any(|event| event.what.withdraws());
        (!withdrawn).then(|| vec![missed])
    }
}
