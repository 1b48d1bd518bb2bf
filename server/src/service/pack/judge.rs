//! What a file is, by its content, while it streams by: its name and what the browser says of it decide
//! nothing. At most its beginning and its end are in memory.

use domain::pack::FileKind;

/// Bytes of the beginning by which a file is judged.
const HEAD: usize = 4 * 1024;
/// Bytes of the end that are kept: the directory of an archive is there.
const TAIL: usize = 1024 * 1024;
/// What an archive's end of directory begins with, and its length without a comment.
const END_OF_DIRECTORY: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// What an entry of the directory begins with, and its length without name, extra field and comment.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
/// Most entries that are looked at.
const MOST_ENTRIES: usize = 20_000;

/// Why a file isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There are no bytes.
    Empty,
    /// None of the kinds that are taken.
    Unknown,
    /// A page or drawing in which a program could run.
    Active,
    /// A document with macros.
    Macros,
}

/// A file that is being judged.
#[derive(Debug, Default)]
pub struct Judge {
    head: Vec<u8>,
    tail: Vec<u8>,
    size: u64,
    text: Text,
}

impl Judge {
    /// Looks at the next bytes.
    ///
    /// # Errors
    /// [`Verdict`], as soon as it is known that the file isn't taken.
    pub fn look(&mut self, bytes: &[u8]) -> Result<(), Verdict> {
        let was_short = self.head.len() < HEAD;
        let fits = bytes.len().min(HEAD - self.head.len());
        self.head.extend_from_slice(&bytes[..fits]);
        self.size += bytes.len() as u64;
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        // Moved seldom: the rest is copied at most once for each of its bytes.
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
        self.text.look(bytes);
        if was_short && self.head.len() == HEAD { self.of_head().map(|_| ()) } else { Ok(()) }
    }

    /// What the file is, once all of it was seen.
    ///
    /// # Errors
    /// [`Verdict`].
    pub fn end(&self) -> Result<FileKind, Verdict> {
        if self.size == 0 {
            return Err(Verdict::Empty);
        }
        match self.of_head()? {
            Guess::Is(kind) => Ok(kind),
            Guess::Archive => of_archive(&self.head, &self.tail),
            Guess::Text if self.text.is_plain() => Ok(FileKind::Text),
            Guess::Text => Err(Verdict::Unknown),
        }
    }

    fn of_head(&self) -> Result<Guess, Verdict> {
        let head = &self.head[..];
        Ok(match head {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Guess::Is(FileKind::Png),
            [0xFF, 0xD8, 0xFF, ..] => Guess::Is(FileKind::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Guess::Is(FileKind::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                Guess::Is(FileKind::WebP)
            }
            [b'%', b'P', b'D', b'F', b'-', ..] => Guess::Is(FileKind::Pdf),
            [b'P', b'K', 3, 4, ..] => Guess::Archive,
            _ if is_active(head) => return Err(Verdict::Active),
            // Some programs write a line of their own before a PDF's header.
            _ if head[..head.len().min(1024)].windows(5).any(|five| five == b"%PDF-") => {
                Guess::Is(FileKind::Pdf)
            }
            _ if self.text.is_plain() => Guess::Text,
            _ => return Err(Verdict::Unknown),
        })
    }
}

/// What a beginning allows.
enum Guess {
    Is(FileKind),
    Archive,
    Text,
}

/// Whether a browser would read it as a page or a drawing: a tag of either near the beginning, or XML.
fn is_active(head: &[u8]) -> bool {
    // In UTF-16 every other byte is zero.
    let letters: Vec<u8> =
        head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let marks: [&[u8]; 8] =
        [b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<iframe", b"<?xml"];
    marks.iter().any(|mark| letters.windows(mark.len()).any(|part| part == *mark))
}

/// What an archive is, by the names in its directory, and in OpenDocument by what its first file says.
fn of_archive(head: &[u8], tail: &[u8]) -> Result<FileKind, Verdict> {
    let names = names(tail).ok_or(Verdict::Unknown)?;
    let has = |name: &[u8]| names.contains(&name);
    if names.iter().any(|name| is_program(name)) {
        return Err(Verdict::Macros);
    }
    if has(b"[Content_Types].xml") {
        let parts: [(&[u8], FileKind); 3] = [
            (b"xl/workbook.xml", FileKind::Xlsx),
            (b"word/document.xml", FileKind::Docx),
            (b"ppt/presentation.xml", FileKind::Pptx),
        ];
        return parts
            .iter()
            .find(|(part, _)| has(part))
            .map(|(_, kind)| *kind)
            .ok_or(Verdict::Unknown);
    }
    // The first file is called so, isn't compressed, and has no extra field.
    let said = head.get(30..).and_then(|name| name.strip_prefix(b"mimetype")).unwrap_or_default();
    let kinds: [(&[u8], FileKind); 3] = [
        (b"application/vnd.oasis.opendocument.spreadsheet", FileKind::Ods),
        (b"application/vnd.oasis.opendocument.text", FileKind::Odt),
        (b"application/vnd.oasis.opendocument.presentation", FileKind::Odp),
    ];
    let kind = kinds.iter().find(|(kind, _)| said.starts_with(kind) && has(b"content.xml"));
    kind.map(|(_, kind)| *kind).ok_or(Verdict::Unknown)
}

/// Whether a name in an archive is one under which documents carry programs.
fn is_program(name: &[u8]) -> bool {
    name.ends_with(b"vbaProject.bin")
        || name.starts_with(b"Basic/")
        || name.starts_with(b"Scripts/")
}

/// The names in an archive's directory; none when it isn't one, or has another archive's.
fn names(tail: &[u8]) -> Option<Vec<&[u8]>> {
    let last = tail.len().checked_sub(END_LENGTH)?;
    let end = (0..=last)
        .rev()
        .take(usize::from(u16::MAX))
        .find(|at| tail[*at..].starts_with(END_OF_DIRECTORY))?;
    let number = |at: usize| {
        let bytes = tail.get(at..at + 4)?;
        usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
    };
    let short = |at: usize| {
        let bytes = tail.get(at..at + 2)?;
        Some(usize::from(u16::from_le_bytes(bytes.try_into().ok()?)))
    };
    // What is kept ends where the file ends: the directory lies right before its end.
    let mut at = end.checked_sub(number(end + 12)?)?;
    let mut names = Vec::new();
    while at < end && names.len() < MOST_ENTRIES {
        if !tail[at..].starts_with(ENTRY) {
            return None;
        }
        let (name, extra, comment) = (short(at + 28)?, short(at + 30)?, short(at + 32)?);
        names.push(tail.get(at + ENTRY_LENGTH..at + ENTRY_LENGTH + name)?);
        at += ENTRY_LENGTH + name + extra + comment;
    }
    (at == end).then_some(names)
}

/// Whether bytes are a text: UTF-8, UTF-16 with its mark, or one byte a letter (Windows-1252), without
/// control characters.
#[derive(Debug)]
struct Text {
    seen: u64,
    wide: bool,
    plain: bool,
}

impl Default for Text {
    fn default() -> Self {
        Self { seen: 0, wide: false, plain: true }
    }
}

impl Text {
    fn look(&mut self, bytes: &[u8]) {
        if self.seen == 0 {
            self.wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        }
        self.seen += bytes.len() as u64;
        let is_control = |byte: &u8| match byte {
            b'\t' | b'\n' | b'\r' | 0x0C => false,
            0 => !self.wide,
            1..0x20 => !self.wide,
            0x7F => true,
            _ => false,
        };
        if self.plain && bytes.iter().any(is_control) {
            self.plain = false;
        }
    }

    fn is_plain(&self) -> bool {
        self.plain
    }
}
