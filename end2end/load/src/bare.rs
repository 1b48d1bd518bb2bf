//! The WebSocket protocol (RFC 6455), as far as a follower needs it: short frames out, complete
//! frames in.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use crate::arguments::Arguments;
use crate::connect::host;
use crate::failure::Failure;
use crate::links::Links;

/// The kind of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bytes.
    Binary,
    /// A ping, to be answered.
    Ping,
    /// The end of the connection.
    Close,
    /// Anything else.
    Other,
}

/// Most bytes of the response head to an upgrade.
const HEAD_LIMIT: usize = 4 * 1024;

/// The upgrade request, as the public.
pub fn upgrade(arguments: &Arguments, links: &Links) -> String {
    format!(
        "GET /ws?mesa={}&view=public HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        links.mesa_id,
        host(arguments),
        arguments.origin,
    )
}

/// Waits until the socket is open. Returns what followed the response head.
pub async fn upgraded(stream: &mut TcpStream) -> Result<Vec<u8>, Failure> {
    const END: &[u8] = b"\r\n\r\n";
    let mut head = Vec::new();
    loop {
        if let Some(end) = head.windows(END.len()).position(|window| window == END) {
            return if head.starts_with(b"HTTP/1.1 101") {
                Ok(head.split_off(end + END.len()))
            } else {
                Err(Failure::Closed)
            };
        }
        if head.len() > HEAD_LIMIT || stream.read_buf(&mut head).await? == 0 {
            return Err(Failure::Closed);
        }
    }
}

/// A binary frame, at most 65 535 bytes.
pub fn binary(payload: &[u8]) -> Vec<u8> {
    masked(0x82, payload)
}

/// The answer to a ping.
pub fn pong(payload: &[u8]) -> Vec<u8> {
    masked(0x8A, payload)
}

/// Clients must mask what they send; with a mask of zeros the bytes stay the same.
fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASKED: u8 = 0x80;
    let mut frame = vec![first];
    match u8::try_from(payload.len()) {
        Ok(short) if short < 126 => frame.push(MASKED | short),
        _ => {
            frame.push(MASKED | 126);
            frame.extend(u16::try_from(payload.len()).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// The first frame in the buffer, with its payload and its full length; none while it is
/// incomplete.
pub fn next(bytes: &[u8]) -> Option<(Kind, &[u8], usize)> {
    let (first, second) = (*bytes.first()?, *bytes.get(1)?);
    let (head, length) = match second & 0x7F {
        126 => (4, u64::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)),
        short => (2, u64::from(short)),
    };
    let end = head + usize::try_from(length).ok()?;
    let kind = match first & 0x0F {
        2 => Kind::Binary,
        8 => Kind::Close,
        9 => Kind::Ping,
        _ => Kind::Other,
    };
    Some((kind, bytes.get(head..end)?, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_taken_from_a_stream_when_they_are_complete() {
        for length in [0, 5, 125, 126, 300, 65_535] {
            let mut sent = binary(&vec![7; length]);
            // A server's frame isn't masked.
            let head = if length < 126 { 2 } else { 4 };
            sent.drain(head..head + 4);
            sent[1] &= 0x7F;
            assert!((0..sent.len()).all(|end| next(&sent[..end]).is_none()), "{length}");
            let end = sent.len();
            sent.extend([0x89, 0]);
            assert_eq!(next(&sent), Some((Kind::Binary, &vec![7; length][..], end)));
            assert_eq!(next(&sent[end..]), Some((Kind::Ping, &[][..], 2)));
        }
        assert_eq!(next(&[0x88, 0]), Some((Kind::Close, &[][..], 2)));
        assert_eq!(pong(b"x"), [0x8A, 0x81, 0, 0, 0, 0, b'x']);
    }
}
