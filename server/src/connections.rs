//! How many connections an address has. A connection counts until its last byte, also as a socket.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::client::Place;

/// How often the log may say that an address has too many.
const SAY_EVERY: Duration = Duration::from_secs(60);

/// The open connections by address. Clones share them.
#[derive(Clone, Debug)]
pub struct Connections {
    open: Arc<Mutex<HashMap<Place, u32>>>,
    most: u32,
    said: Arc<Mutex<Option<Instant>>>,
}

impl Connections {
    /// None yet, at most so many for each address.
    pub fn new(most: u32) -> Self {
        Self { open: Arc::default(), most, said: Arc::default() }
    }

    /// Counts one more; none if the address has as many as it may.
    pub fn one_more(&self, place: Place) -> Option<One> {
        let mut open = locked(&self.open);
        let count = open.entry(place).or_default();
        if *count >= self.most {
            drop(open);
            self.say();
            return None;
        }
        *count += 1;
        Some(One { place, open: Arc::clone(&self.open) })
    }

    fn say(&self) {
        let mut said = locked(&self.said);
        if said.is_none_or(|at| at.elapsed() > SAY_EVERY) {
            *said = Some(Instant::now());
            tracing::warn!(
                most = self.most,
                "an address has too many connections; further ones are refused"
            );
        }
    }
}

/// A connection that is counted until this is dropped.
#[derive(Debug)]
pub struct One {
    place: Place,
    open: Arc<Mutex<HashMap<Place, u32>>>,
}

impl Drop for One {
    fn drop(&mut self) {
        let mut open = locked(&self.open);
        if let Some(count) = open.get_mut(&self.place) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.place);
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection that counts as long as it is open, whoever holds it.
pub struct Counted<S> {
    stream: S,
    _one: Option<One>,
}

impl<S> Counted<S> {
    /// A stream, with what counts it; none: it isn't counted.
    pub fn new(stream: S, one: Option<One>) -> Self {
        Self { stream, _one: one }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    #[test]
    fn an_address_has_as_many_as_it_may_and_what_ends_makes_room() {
        let place = |number| Place::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)));
        let connections = Connections::new(2);
        let one = connections.one_more(place(1)).unwrap();
        let _other = connections.one_more(place(1)).unwrap();
        assert!(connections.one_more(place(1)).is_none());
        assert!(connections.one_more(place(2)).is_some());
        drop(Counted::new((), Some(one)));
        assert!(connections.one_more(place(1)).is_some());
        assert_eq!(locked(&connections.open).len(), 1, "who has none isn't remembered");
    }
}
