//! Followers in large numbers: they read the seqs of each frame and when it came, and decode
//! nothing else. They check that no event is missing between two frames; the events' content is
//! compared by the full clients.
//!
//! They speak the WebSocket protocol themselves: one system call for each frame, or the tool would
//! be slower than the server.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::Seq;
use sync::wire::{Resume, ServerFrame, decode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::arguments::Arguments;
use crate::bare::{self, Kind};
use crate::connect;
use crate::failure::Failure;
use crate::links::Links;

/// Bytes read at a time.
const BUFFER: usize = 2 * 1024;

/// What a light follower saw.
#[derive(Debug, Default)]
pub struct Light {
    /// Whether it has joined.
    pub joined: Cell<bool>,
    /// Whether its connection ended, or an event was missing.
    pub gone: Cell<bool>,
    /// The parts of the welcome so far.
    parts: RefCell<Vec<u8>>,
    /// The last seq.
    pub seq: Cell<Seq>,
    /// Each frame's last seq, and when it came, in µs since the beginning.
    pub frames: RefCell<Vec<(Seq, u32)>>,
}

impl Light {
    /// When it got an event, in µs since the beginning; none if it hasn't.
    pub fn shown(&self, seq: Seq) -> Option<u32> {
        let frames = self.frames.borrow();
        frames.get(frames.partition_point(|(last, _)| *last < seq)).map(|(_, at)| *at)
    }

    fn begin(&self, bytes: &[u8]) {
        let mut frame = decode(bytes);
        if let Ok(ServerFrame::Part { more, bytes }) = frame {
            self.parts.borrow_mut().extend(bytes);
            if more {
                return;
            }
            frame = decode(&self.parts.take());
        }
        if let Ok(ServerFrame::Welcome(welcome)) = frame
            && let Resume::Snapshot(packed) = welcome.resume
            && let Ok(snapshot) = packed.unpack()
        {
            self.seq.set(snapshot.at.seq);
            self.joined.set(true);
        }
    }

    fn take(&self, bytes: &[u8], began: Instant) {
        let Some((first, count)) = extent(bytes) else {
            // A follower that missed something counts as gone.
            self.gone.set(self.gone.get() || matches!(decode(bytes), Ok(ServerFrame::Resync)));
            return;
        };
        self.gone.set(self.gone.get() || first != self.seq.get() + 1);
        self.seq.set(first + count - 1);
        let at = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
        self.frames.borrow_mut().push((self.seq.get(), at));
    }
}

/// Follows until the end of its task.
pub async fn follow(
    arguments: Rc<Arguments>,
    links: Rc<Links>,
    door: Rc<Semaphore>,
    began: Instant,
    light: Rc<Light>,
) {
    // A follower that can't join counts as gone.
    if run(&arguments, &links, &door, began, &light).await.is_err() {
        light.gone.set(true);
    }
}

async fn run(
    arguments: &Arguments,
    links: &Links,
    door: &Semaphore,
    began: Instant,
    light: &Light,
) -> Result<(), Failure> {
    let mut turn = Some(door.acquire().await.map_err(|_| Failure::Closed)?);
    let mut stream = connect::stream(arguments).await?;
    let hello = connect::replica(links, None).hello();
    stream.write_all(bare::upgrade(arguments, links).as_bytes()).await?;
    let mut unread = bare::upgraded(&mut stream).await?;
    stream.write_all(&bare::binary(&hello)).await?;
    let mut buffer = [0; BUFFER];
    loop {
        let mut taken = 0;
        while let Some((kind, payload, length)) = bare::next(&unread[taken..]) {
            match kind {
                Kind::Binary if light.joined.get() => light.take(payload, began),
                Kind::Binary => {
                    light.begin(payload);
                    if light.joined.get() {
                        turn = None;
                    }
                }
                Kind::Ping => answer(&mut stream, payload).await?,
                Kind::Other => {}
                Kind::Close => return Err(Failure::Closed),
            }
            taken += length;
        }
        unread.drain(..taken);
        if unread.is_empty() && turn.is_none() {
            // The buffer that the welcome needed isn't needed again.
            unread.shrink_to(BUFFER);
        }
        match stream.read(&mut buffer).await? {
            0 => return Err(Failure::Closed),
            count => unread.extend_from_slice(&buffer[..count]),
        }
    }
}

async fn answer(stream: &mut TcpStream, ping: &[u8]) -> Result<(), Failure> {
    Ok(stream.write_all(&bare::pong(ping)).await?)
}

/// The seq of a frame's first event and the number of events; none when it isn't a frame of events.
/// It doesn't decode them, which would take longer than everything else that such a follower does.
fn extent(bytes: &[u8]) -> Option<(Seq, Seq)> {
    const EVENTS: u64 = 1;
    const TAG: usize = 4;
    let (kind, rest) = number(bytes)?;
    let (first, rest) = number(rest)?;
    let (count, _) = number(rest.get(TAG..)?)?;
    (kind == EVENTS && count > 0).then_some((first, count))
}

/// A varint, and the bytes after it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.iter().take(10).position(|byte| byte & 0x80 == 0)? + 1;
    let value = bytes[..length]
        .iter()
        .rev()
        .fold(0_u64, |value, byte| (value << 7) | u64::from(byte & 0x7F));
    Some((value, &bytes[length..]))
}

#[cfg(test)]
mod tests {
    use sync::wire::{Aliased, Events, Tag, WireEvent, encode};

    use super::*;

    fn frame(first: Seq, count: usize) -> Vec<u8> {
        let event = || WireEvent { by: 0, what: Aliased::HIDDEN };
        encode(&ServerFrame::Events(Events {
            first,
            tag: Tag([0x80, 1, 2, 3]),
            events: (0..count).map(|_| event()).collect(),
        }))
    }

    #[test]
    fn a_frame_s_extent_is_read_without_its_events() {
        for (first, count) in [(1, 1), (127, 2), (128, 200), (300_000, 1_024)] {
            assert_eq!(extent(&frame(first, count)), Some((first, count as Seq)));
        }
        assert_eq!(extent(&encode(&ServerFrame::Heartbeat { now: 1 })), None);
        assert_eq!(extent(&[]), None);
    }

    #[test]
    fn an_event_is_shown_with_the_frame_that_holds_it_and_a_gap_is_noticed() {
        let (light, began) = (Light::default(), Instant::now());
        light.take(&frame(1, 3), began);
        light.take(&frame(4, 1), began);
        assert!(light.shown(3).is_some() && light.shown(4).is_some() && light.shown(5).is_none());
        assert!(!light.gone.get());
        light.take(&frame(6, 1), began);
        assert!(light.gone.get());
    }

    #[test]
    fn a_follower_that_is_told_to_begin_anew_is_not_held() {
        let (light, began) = (Light::default(), Instant::now());
        light.take(&encode(&ServerFrame::Heartbeat { now: 1 }), began);
        assert!(!light.gone.get());
        light.take(&encode(&ServerFrame::Resync), began);
        assert!(light.gone.get());
    }
}
