//! Answers with stored files: in full, in part (a range), or not at all when the browser has them.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Digest;
use futures_util::TryStreamExt;
use http_range_header::{EndPosition, StartPosition, parse_range_header};

use super::answer::Refused;
use crate::app_state::AppState;

/// A stored file, and how to serve it.
pub(super) struct Kept {
    /// SHA-256 of its bytes.
    pub(super) digest: Digest,
    /// Its media type, found from its content.
    pub(super) media_type: &'static str,
    /// Its `Cache-Control`.
    pub(super) cache: &'static str,
}

/// Answers with a file or the requested part of it. The browser may run nothing in it.
pub(super) async fn answer(
    state: &AppState,
    kept: &Kept,
    asked: &HeaderMap,
) -> Result<Response, Refused> {
    let Some(blob) = state.store.blob(kept.digest).await? else {
        tracing::error!(digest = %kept.digest, "a file that the log names isn't kept");
        return Err(Refused::NotFound);
    };
    let tag = format!("\"{}\"", kept.digest);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kept.media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept.cache)),
        (header::ETAG, HeaderValue::from_str(&tag).expect("hexadecimal digits are a header value")),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_NONE_MATCH)
        .is_some_and(|tags| tags == "*" || tags.split(',').any(|one| one.trim() == tag))
    {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    // A range of another version than the browser has the rest of would be useless.
    let range = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|one| one == tag));
    let (status, from, until) = match part(range, blob.size) {
        Part::Full => (StatusCode::OK, 0, blob.size),
        Part::Of(from, until) => (StatusCode::PARTIAL_CONTENT, from, until),
        Part::None => {
            let size = [(header::CONTENT_RANGE, format!("bytes */{}", blob.size))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, headers, size).into_response());
        }
    };
    let pieces = state.store.read_blob(&blob, from..until).into_stream();
    let body = Body::from_stream(
        pieces.inspect_err(|error| tracing::error!(%error, "a file that is kept can't be read")),
    );
    let length = [(header::CONTENT_LENGTH, (until - from).to_string())];
    let mut response = (status, headers, length, body).into_response();
    if status == StatusCode::PARTIAL_CONTENT {
        let place = format!("bytes {from}-{}/{}", until.saturating_sub(1), blob.size);
        response.headers_mut().insert(
            header::CONTENT_RANGE,
            HeaderValue::from_str(&place).expect("digits are a header value"),
        );
    }
    Ok(response)
}

/// Which part of a file is requested.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Full,
    /// From the first offset to before the second.
    Of(u64, u64),
    /// A range that the file doesn't have.
    None,
}

/// Several ranges, or what isn't understood, are answered with the full file (RFC 9110, 14.2).
fn part(range: Option<&str>, size: u64) -> Part {
    let Some(Ok(asked)) = range.map(parse_range_header) else { return Part::Full };
    let [range] = asked.ranges.as_slice() else { return Part::Full };
    match (&range.start, &range.end) {
        _ if size == 0 => Part::Full,
        (StartPosition::FromLast(0), _) => Part::None,
        (StartPosition::FromLast(count), _) => Part::Of(size.saturating_sub(*count), size),
        (StartPosition::Index(from), EndPosition::Index(to)) if to < from => Part::Full,
        (StartPosition::Index(from), _) if *from >= size => Part::None,
        (StartPosition::Index(from), EndPosition::Index(to)) => {
            Part::Of(*from, to.saturating_add(1).min(size))
        }
        (StartPosition::Index(from), EndPosition::LastByte) => Part::Of(*from, size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_part_and_what_is_not_understood_gets_the_full_file() {
        let cases = [
            (None, Part::Full),
            (Some("bytes=0-3"), Part::Of(0, 4)),
            (Some("bytes=6-"), Part::Of(6, 10)),
            (Some("bytes=-2"), Part::Of(8, 10)),
            (Some("bytes=0-99"), Part::Of(0, 10)),
            (Some("bytes=-99"), Part::Of(0, 10)),
            (Some("bytes=5-2"), Part::Full),
            (Some("bytes=0-5,3-8"), Part::Full),
            (Some("bytes=10-"), Part::None),
            (Some("bytes=0-1,4-5"), Part::Full),
            (Some("letters=0-1"), Part::Full),
            (Some("bytes=a-b"), Part::Full),
        ];
        for (range, expected) in cases {
            assert_eq!(part(range, 10), expected, "{range:?}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Full);
    }
}
