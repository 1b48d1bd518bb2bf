//! What an incremental update has to repeat of a PDF: the end of its last cross-reference table
//! (ISO 32000-1, 7.5.5), with objects found by a classic table, which is how documents are set.

/// The last bytes of a PDF, understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Trailer<'a> {
    /// One more than the highest object number.
    pub size: u64,
    /// Where the last cross-reference table begins.
    pub table: usize,
    /// The values of `Root`, `Info` and `ID`, as they stand there; the last two may be missing.
    pub root: &'a [u8],
    pub info: Option<&'a [u8]>,
    pub id: Option<&'a [u8]>,
}

/// The trailer of a PDF; none when it isn't one with a classic cross-reference table at its end.
pub fn trailer(pdf: &[u8]) -> Option<Trailer<'_>> {
    let end = last(pdf, b"startxref")?;
    let after = &pdf[end + b"startxref".len()..];
    let (table, _) = number(after.trim_ascii_start())?;
    let table = usize::try_from(table).ok()?;
    let begins = pdf.get(table..end)?.starts_with(b"xref");
    let from = last(pdf.get(..end)?, b"trailer").filter(|from| begins && *from > table)?;
    let mut rest = pdf[from + b"trailer".len()..end].trim_ascii().strip_prefix(b"<<")?;
    let (mut size, mut root, mut info, mut id) = (None, None, None, None);
    loop {
        rest = rest.trim_ascii_start();
        if rest.starts_with(b">>") {
            break;
        }
        let (name, after) = value(rest)?;
        let (held, after) = value(after.trim_ascii_start())?;
        match name {
            b"/Size" => size = number(held).map(|(size, _)| size),
            b"/Root" => root = Some(held),
            b"/Info" => info = Some(held),
            b"/ID" => id = Some(held),
            _ => {}
        }
        rest = after;
    }
    Some(Trailer { size: size?, table, root: root?, info, id })
}

/// Where something stands for the last time.
pub fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

/// The whole number at the beginning, and what follows.
pub fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?;
    Some((number, &bytes[digits..]))
}

/// The value at the beginning (a name, a number, a reference, a text or a list of these), and what
/// follows.
fn value(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if bytes.first() != Some(&b'[') {
        return single(bytes);
    }
    let mut rest = &bytes[1..];
    loop {
        rest = rest.trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"]") {
            return Some(bytes.split_at(bytes.len() - after.len()));
        }
        (_, rest) = single(rest)?;
    }
}

/// One that is no list: somebody else's file can't make this go deep.
fn single(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match bytes.first()? {
        b'(' => text(bytes)?,
        b'<' if bytes.get(1) != Some(&b'<') => bytes.iter().position(|byte| *byte == b'>')? + 1,
        b'/' => 1 + word(&bytes[1..]),
        digit if digit.is_ascii_digit() => reference(bytes).unwrap_or_else(|| word(bytes)),
        _ => return None,
    };
    Some(bytes.split_at(length))
}

/// Letters until a blank or a delimiter.
fn word(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>[]{}/%".contains(byte);
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// The length of a reference, as `12 0 R`.
fn reference(bytes: &[u8]) -> Option<usize> {
    let (_, rest) = number(bytes)?;
    let (_, rest) = number(rest.strip_prefix(b" ")?)?;
    let rest = rest.strip_prefix(b" R")?;
    Some(bytes.len() - rest.len())
}

/// The length of a text in round brackets, with those that are within it.
fn text(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailer_is_read_whatever_its_texts_hold() {
        let pdf = b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 7/Root 6 0 R/Info 4 0 R/ID[(a\\)>>(b))<0a>]/Other [1 2 0 R/x]>>\nstartxref\n9\n%%EOF";
        let read = trailer(pdf).unwrap();
        assert_eq!((read.size, read.table, read.root), (7, 9, &b"6 0 R"[..]));
        assert_eq!(read.info, Some(&b"4 0 R"[..]));
        assert_eq!(read.id, Some(&b"[(a\\)>>(b))<0a>]"[..]));
    }

    #[test]
    fn what_has_no_classic_table_has_no_trailer() {
        for pdf in [
            &b"%PDF-1.7\n1 0 obj\n<</Type/XRef>>stream\nendstream\nendobj\nstartxref\n9\n%%EOF"[..],
            b"%PDF-1.7\nxref\ntrailer\n<</Size 7>>\nstartxref\n9\n%%EOF",
            b"%PDF-1.7\nxref\ntrailer\n<</Size 7/Root (6\nstartxref\n9\n%%EOF",
            b"%PDF-1.7\nxref\ntrailer\n<</Size 7/Root 6 0 R/ID[[(a)]]>>\nstartxref\n9\n%%EOF",
            b"startxref",
            b"",
        ] {
            assert_eq!(trailer(pdf), None, "{}", String::from_utf8_lossy(pdf));
        }
    }
}
