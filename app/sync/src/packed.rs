//! A snapshot of a stream for devices that join: packed once for every viewer of a kind, and sent
//! with the events since.

use serde::{Deserialize, Serialize};

use crate::wire::{Events, FrameError, SERVER_FRAME_LIMIT, Snapshot, decode, encode, from_wire};

/// How many times longer than packed a snapshot can be, at most: LZ4's own bound. A frame that
/// claims more isn't valid.
const RATIO: usize = 256;

/// A packed snapshot and the events after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedSnapshot {
    /// The snapshot's bytes, as LZ4 makes them: the length (u32, little-endian), then a block.
    packed: Vec<u8>,
    /// What happened since, oldest first.
    tail: Vec<Events>,
}

/// A snapshot's bytes, packed.
pub fn pack(snapshot: &Snapshot) -> Vec<u8> {
    lz4_flex::compress_prepend_size(&encode(snapshot))
}

impl PackedSnapshot {
    /// What was packed, and what happened since.
    pub fn new(packed: Vec<u8>, tail: Vec<Events>) -> Self {
        Self { packed, tail }
    }

    /// The stream as it stands.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes aren't a snapshot, or what comes after isn't what happened
    /// next.
    pub fn unpack(self) -> Result<Snapshot, FrameError> {
        let (length, _) =
            lz4_flex::block::uncompressed_size(&self.packed).map_err(|_| FrameError)?;
        if length > self.packed.len().saturating_mul(RATIO) || length > SERVER_FRAME_LIMIT {
            return Err(FrameError);
        }
        let bytes = lz4_flex::decompress_size_prepended(&self.packed).map_err(|_| FrameError)?;
        let mut snapshot: Snapshot = decode(&bytes)?;
        for events in self.tail {
            if Some(events.first) != snapshot.at.seq.checked_add(1) || events.events.is_empty() {
                return Err(FrameError);
            }
            (snapshot.at.seq, snapshot.at.tag) = (events.last(), events.tag);
            for event in events.events {
                let projected = from_wire(&snapshot.state, event.what)?;
                snapshot.state.apply_projected(&projected);
            }
        }
        Ok(snapshot)
    }
}
