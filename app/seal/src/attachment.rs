//! The frozen text that a document carries: the one file that is attached to it.

use std::io::Read as _;

use crate::trailer::number;

/// Longest text that is read out, in bytes: a small file may say that it is an endless one.
const LONGEST: u64 = 64 * 1024 * 1024;

/// The bytes of the file that is attached to a PDF; none when there isn't exactly one, or it can't
/// be read.
pub fn attached(pdf: &[u8]) -> Option<Vec<u8>> {
    let mark = b"/Type/EmbeddedFile";
    let mut places = (0..pdf.len()).filter(|at| pdf[*at..].starts_with(mark));
    let (place, None) = (places.next()?, places.next()) else { return None };
    let begins = crate::trailer::last(&pdf[..place], b"<<")?;
    let stream = b">>\nstream\n";
    let ends = pdf[place..].windows(stream.len()).position(|window| window == stream)? + place;
    let dictionary = &pdf[begins..ends];
    let length = after(dictionary, b"/Length ").and_then(number)?.0;
    let begins = ends + stream.len();
    let bytes = pdf.get(begins..begins.checked_add(usize::try_from(length).ok()?)?)?;
    if after(dictionary, b"/Filter/FlateDecode").is_none() {
        return (!dictionary.windows(7).any(|part| part == b"/Filter")).then(|| bytes.to_vec());
    }
    let mut text = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).take(LONGEST).read_to_end(&mut text).ok()?;
    Some(text)
}

fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    let at = bytes.windows(mark.len()).position(|part| part == mark)?;
    Some(&bytes[at + mark.len()..])
}
