//! What goes out to the devices: one encoded frame for each kind of viewer, shared by its
//! connections.
//!
//! What limits everyone in this field isn't merging but fan-out: one system call for each
//! connection and frame. A frame goes out at once, unless the one before it is likely still on its
//! way to so many connections: then what happens meanwhile goes out together. Whoever types is told
//! of their own change at once in any case: answers go another way.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use domain::{Seq, Viewer};
use sync::wire::{Events, ServerFrame, Tag, encode};
use tokio::sync::broadcast;
use tokio::time::Instant;

use crate::room::Published;

/// Frames that a connection may be behind before it has to come back anew.
const FRAME_QUEUE: usize = 1_024;
/// The same of what isn't of the stream; who missed some gets the next.
const ASIDE_QUEUE: usize = 64;
/// What a frame is reckoned to cost for each connection: about twice what writing it takes, so that
/// frames fill half a core.
const FOR_EACH: Duration = Duration::from_micros(12);
/// A shorter time isn't worth a wait: below it, frames are far apart anyway.
const LEAST: Duration = Duration::from_millis(4);
/// Nobody is told later than this because of how many they are: from some ten thousand connections
/// on, frames take more of the core instead.
const MOST: Duration = Duration::from_millis(125);
/// Events in a frame.
const EVENTS_LIMIT: usize = 1_024;

/// How far frames to so many connections stay apart.
fn apart(connections: usize) -> Duration {
    let pause = FOR_EACH.saturating_mul(u32::try_from(connections).unwrap_or(u32::MAX)).min(MOST);
    if pause < LEAST { Duration::ZERO } else { pause }
}

/// The way out to one kind of viewer.
struct Way {
    /// What happens in the stream.
    frames: broadcast::Sender<Bytes>,
    /// What isn't of the stream.
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
            // The last receiver may have left.
            let _ = self.frames.send(encode(&ServerFrame::Events(events)).into());
        }
    }
}

/// The ways out.
pub(crate) struct Outgoing {
    /// To each kind of viewer that came.
    ways: BTreeMap<Viewer, Way>,
}

impl Outgoing {
    pub(crate) fn new() -> Self {
        Self { ways: BTreeMap::new() }
    }

    /// Everything for a viewer from here on, and what isn't of the stream; what waited goes to the
    /// others first.
    pub(crate) fn subscribe(
        &mut self,
        viewer: Viewer,
        now: Instant,
    ) -> (broadcast::Receiver<Bytes>, broadcast::Receiver<Bytes>) {
        let way = self.ways.entry(viewer).or_insert_with(Way::new);
        way.send(now);
        (way.frames.subscribe(), way.asides.subscribe())
    }

    /// Takes what happened; `tag` is the chain's hash after it. Goes out with the next
    /// [`flush`](Self::flush).
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

    /// When something has to go out; none: nothing waits.
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

    /// Sends what isn't of the stream.
    pub(crate) fn aside(&mut self, viewer: Viewer, frame: &ServerFrame) {
        if let Some(way) = self.ways.get(&viewer) {
            // Nobody is connected: nobody to tell.
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
        // The first went out at once, the others wait for their time.
        assert_eq!(fetch(&mut many[0]), Some((1, 1)));
        assert_eq!(outgoing.due(now), Some(now + Duration::from_millis(12)));
        outgoing.flush(now + Duration::from_millis(11));
        assert_eq!(fetch(&mut many[0]), None);
        now += Duration::from_millis(12);
        outgoing.flush(now);
        assert_eq!(fetch(&mut many[0]), Some((2, 2)));
        assert_eq!(outgoing.due(now), None);
        // After a quiet while nobody waits.
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
