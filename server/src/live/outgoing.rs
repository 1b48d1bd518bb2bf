//! Fan-out: one encoded frame for each kind of viewer, shared by its connections.
//!
//! The bottleneck isn't merging but one system call for each connection and frame. A frame is sent
//! at once, unless the one before it is probably still being written to so many connections: then
//! what happens meanwhile is sent together. Whoever types gets the answer to their own change at
//! once: answers take another way.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use domain::{Seq, Viewer};
use sync::wire::{Events, ServerFrame, Tag, encode};
use tokio::sync::broadcast;
use tokio::time::Instant;

use crate::room::Published;

/// Frames that a connection may lag behind before it has to say hello again.
const FRAME_QUEUE: usize = 1_024;
/// The same for frames that aren't of the stream; a connection that missed some gets the next.
const ASIDE_QUEUE: usize = 64;
/// The time that a frame is assumed to cost for each connection: about twice what writing it takes,
/// so that frames fill half a core.
const FOR_EACH: Duration = Duration::from_micros(12);
/// A shorter pause isn't worth it: below it, frames are far apart anyway.
const LEAST: Duration = Duration::from_millis(4);
/// No frame is delayed longer than this: from some ten thousand connections on, frames take more of
/// the core instead.
const MOST: Duration = Duration::from_millis(125);
/// Most events in a frame.
const EVENTS_LIMIT: usize = 1_024;

/// The least time between two frames to this many connections.
fn apart(connections: usize) -> Duration {
    let pause = FOR_EACH.saturating_mul(u32::try_from(connections).unwrap_or(u32::MAX)).min(MOST);
    if pause < LEAST { Duration::ZERO } else { pause }
}

/// The channels to one kind of viewer.
struct Way {
    /// The stream's frames.
    frames: broadcast::Sender<Bytes>,
    /// Frames that aren't of the stream.
    asides: broadcast::Sender<Bytes>,
    held: Option<Events>,
    /// When the last frame went out.
    sent: Option<Instant>,
}

impl Way {
    fn new() -> Self {
        Self {
            frames: broadcast::channel(FRAME_QUEUE).0,
            asides: broadcast::channel(ASIDE_QUEUE).0,
            held: None,
            sent: None,
        }
    }

    fn due(&self, now: Instant) -> Option<Instant> {
        let held = self.held.as_ref()?;
        let sent = self.sent.filter(|_| held.events.len() < EVENTS_LIMIT);
        Some(sent.map_or(now, |sent| sent + apart(self.frames.receiver_count())))
    }

    fn send(&mut self, now: Instant) {
        if let Some(events) = self.held.take() {
            self.sent = Some(now);
            // Fails when the last receiver has left.
            let _ = self.frames.send(encode(&ServerFrame::Events(events)).into());
        }
    }
}

/// The outgoing frames of a room.
pub(crate) struct Outgoing {
    /// The channels to each kind of viewer that ever joined.
    ways: BTreeMap<Viewer, Way>,
}

impl Outgoing {
    pub(crate) fn new() -> Self {
        Self { ways: BTreeMap::new() }
    }

    /// Subscribes to a viewer's frames from here on; what waits is first sent to the others.
    pub(crate) fn subscribe(
        &mut self,
        viewer: Viewer,
        now: Instant,
    ) -> (broadcast::Receiver<Bytes>, broadcast::Receiver<Bytes>) {
        let way = self.ways.entry(viewer).or_insert_with(Way::new);
        way.send(now);
        (way.frames.subscribe(), way.asides.subscribe())
    }

    /// Ends the connections of a kind of viewer: they say hello again, if they may.
    pub(crate) fn end(&mut self, viewer: Viewer) {
        self.ways.remove(&viewer);
    }

    /// Queues events for the next [`flush`](Self::flush); `tag` is the chain's hash after them.
    pub(crate) fn take(&mut self, first: Seq, tag: Tag, new: &[&Published]) {
        for (viewer, way) in &mut self.ways {
            if way.frames.receiver_count() == 0 {
                way.held = None;
                continue;
            }
            let mut events = new.iter().map(|published| published.to(*viewer).clone()).collect();
            match &mut way.held {
                Some(held) => {
                    held.events.append(&mut events);
                    held.tag = tag;
                }
                None => way.held = Some(Events { first, tag, events }),
            }
        }
    }

    /// When the next flush is due; none when nothing waits.
    pub(crate) fn due(&self, now: Instant) -> Option<Instant> {
        self.ways.values().filter_map(|way| way.due(now)).min()
    }

    /// Sends what is due.
    pub(crate) fn flush(&mut self, now: Instant) {
        for way in self.ways.values_mut() {
            if way.due(now).is_some_and(|due| due <= now) {
                way.send(now);
            }
        }
    }

    /// Sends a frame that isn't of the stream.
    pub(crate) fn aside(&mut self, viewer: Viewer, frame: &ServerFrame) {
        if let Some(way) = self.ways.get(&viewer) {
            // Fails when nobody is connected.
            let _ = way.asides.send(encode(frame).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use sync::wire::{Aliased, WireEvent, decode};

    use super::*;

    const PUBLIC: Viewer = Viewer::Public;

    fn nothing() -> Published {
        Published {
            of_the_plan: false,
            mesa: None,
            wire: std::array::from_fn(|_| WireEvent { by: 0, what: Aliased::HIDDEN }),
        }
    }

    fn happen(outgoing: &mut Outgoing, seq: Seq, now: Instant) {
        outgoing.take(seq, Tag([0; 4]), &[&nothing()]);
        outgoing.flush(now);
    }

    fn a_thousand(outgoing: &mut Outgoing, now: Instant) -> Vec<broadcast::Receiver<Bytes>> {
        (0..1_000).map(|_| outgoing.subscribe(PUBLIC, now).0).collect()
    }

    fn fetch(receiver: &mut broadcast::Receiver<Bytes>) -> Option<(Seq, usize)> {
        match decode(&receiver.try_recv().ok()?) {
            Ok(ServerFrame::Events(events)) => Some((events.first, events.events.len())),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_more_listen_the_further_apart_frames_are_up_to_a_limit() {
        assert_eq!(apart(0), Duration::ZERO);
        assert_eq!(apart(260), Duration::ZERO);
        assert_eq!(apart(1_060), Duration::from_micros(12_720));
        assert_eq!(apart(18_000), MOST);
        assert_eq!(apart(usize::MAX), MOST);
    }

    #[test]
    fn few_get_everything_at_once_and_many_get_what_happens_meanwhile_together() {
        let (mut outgoing, mut now) = (Outgoing::new(), Instant::now());
        let (mut few, _) = outgoing.subscribe(Viewer::Seat(domain::MesaNumber(1)), now);
        let mut many = a_thousand(&mut outgoing, now);
        for seq in 1..=3 {
            happen(&mut outgoing, seq, now);
            assert_eq!(fetch(&mut few), Some((seq, 1)));
        }
        // The first was sent at once, the others wait.
        assert_eq!(fetch(&mut many[0]), Some((1, 1)));
        assert_eq!(outgoing.due(now), Some(now + Duration::from_millis(12)));
        outgoing.flush(now + Duration::from_millis(11));
        assert_eq!(fetch(&mut many[0]), None);
        now += Duration::from_millis(12);
        outgoing.flush(now);
        assert_eq!(fetch(&mut many[0]), Some((2, 2)));
        assert_eq!(outgoing.due(now), None);
        // After a quiet time nothing waits.
        now += Duration::from_secs(1);
        happen(&mut outgoing, 4, now);
        assert_eq!(fetch(&mut many[0]), Some((4, 1)));
        assert_eq!(
            std::iter::from_fn(|| fetch(&mut many[999])).collect::<Vec<_>>(),
            [(1, 1), (2, 2), (4, 1)]
        );
    }

    #[test]
    fn whoever_comes_gets_nothing_that_was_before() {
        let (mut outgoing, now) = (Outgoing::new(), Instant::now());
        let mut many = a_thousand(&mut outgoing, now);
        happen(&mut outgoing, 1, now);
        happen(&mut outgoing, 2, now);
        let (mut late, _) = outgoing.subscribe(PUBLIC, now);
        assert_eq!((fetch(&mut many[0]), fetch(&mut many[0])), (Some((1, 1)), Some((2, 1))));
        assert_eq!(fetch(&mut late), None);
        happen(&mut outgoing, 3, now + Duration::from_secs(1));
        assert_eq!(fetch(&mut late), Some((3, 1)));
    }

    #[test]
    fn a_frame_has_a_limit() {
        let (mut outgoing, now) = (Outgoing::new(), Instant::now());
        let mut many = a_thousand(&mut outgoing, now);
        for seq in 1..=EVENTS_LIMIT as Seq + 1 {
            happen(&mut outgoing, seq, now);
        }
        assert_eq!(fetch(&mut many[0]), Some((1, 1)));
        assert_eq!(fetch(&mut many[0]), Some((2, EVENTS_LIMIT)));
    }
}
