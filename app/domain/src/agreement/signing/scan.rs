//! Scans of the copy that was signed on paper. That a file was attached says nothing about what is on it:
//! whoever attaches it declares which of its pages bear initials.

use serde::{Deserialize, Serialize};

use super::{Event, Rejection, Round};
use crate::agreement::VersionNumber;
use crate::exercise::Exercise;
use crate::text::words::ShortText;
use crate::{Digest, Millis};

/// Most scans of a version: a photograph a page is usual.
pub const MOST_SCANS: usize = 60;
/// Most pages of a scan.
pub const MOST_SCAN_PAGES: u16 = 200;

/// A file with pages of the signed copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// SHA-256 of its bytes.
    pub file: Digest,
    /// The name that the file had.
    pub name: ShortText,
    /// What it is.
    pub kind: ScanKind,
    /// Its pages; zero: it can't be shown, so nobody can tell.
    pub pages: u16,
    /// Which of its pages bear initials, in order, as whoever attached it declares; none: nothing is
    /// declared yet.
    pub initialled: Option<Vec<u16>>,
    /// When it was attached, by the server's clock.
    pub at: Millis,
}

/// What a scan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScanKind {
    /// A PDF.
    Pdf,
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
    /// A photograph as some phones take it, which few browsers show.
    Heic,
}

/// A command about scans, from whoever facilitates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanCommand {
    /// Attach a file.
    Attach(Scan),
    /// Declare which of its pages bear initials.
    Declare {
        /// Which file.
        file: Digest,
        /// Its pages, from one.
        initialled: Vec<u16>,
    },
    /// Take it away.
    Detach {
        /// Which file.
        file: Digest,
    },
}

/// How much of the signed copy the scans of a version show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// Pages in the scans.
    pub pages: u16,
    /// Pages of them that are declared to bear initials.
    pub initialled: u16,
    /// Pages of the document; none: it isn't set.
    pub of: Option<u16>,
}

impl Scanned {
    /// Whether every page of the document is declared to bear initials: *rubricado en cada hoja*.
    pub fn is_initialled_throughout(self) -> bool {
        self.of.is_some_and(|of| of > 0 && self.initialled >= of)
    }
}

impl ScanKind {
    /// What bytes are, judged by what they begin with.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // Some scanners write a line of their own before a PDF's header; readers take it within 1 KiB.
        let head = &bytes[..bytes.len().min(1024)];
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => Some(Self::Heic),
            _ => head.windows(5).any(|five| five == b"%PDF-").then_some(Self::Pdf),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
        }
    }
}

/// Whether a brand of the ISO base media format is one of HEIF with HEVC or AV1 inside.
fn is_heic(brand: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 8] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"];
    BRANDS.iter().any(|known| brand.starts_with(*known))
}

impl Round {
    /// A scan by its file.
    pub fn scan(&self, file: Digest) -> Option<&Scan> {
        self.scans.iter().find(|scan| scan.file == file)
    }

    /// What the scans show; none: there are none.
    pub fn scanned(&self) -> Option<Scanned> {
        if self.scans.is_empty() {
            return None;
        }
        let sum = |of: fn(&Scan) -> usize| {
            u16::try_from(self.scans.iter().map(of).sum::<usize>()).unwrap_or(u16::MAX)
        };
        Some(Scanned {
            pages: sum(|scan| usize::from(scan.pages)),
            initialled: sum(|scan| scan.initialled.as_ref().map_or(0, Vec::len)),
            of: self.seal.map_or(self.pages, |seal| Some(seal.pages)),
        })
    }

    pub(super) fn apply_scan(&mut self, event: &Event) {
        match event {
            Event::ScanAttached { scan, .. } => self.scans.push(scan.clone()),
            Event::InitialsDeclared { file, initialled, .. } => {
                if let Some(scan) = self.scans.iter_mut().find(|scan| scan.file == *file) {
                    scan.initialled = Some(initialled.clone());
                }
            }
            Event::ScanDetached { file, .. } => self.scans.retain(|scan| scan.file != *file),
            _ => {}
        }
    }
}

/// Decides a command about scans of a version: also after it was sealed, because paper is scanned when
/// there is a scanner.
pub(super) fn decide(
    exercise: &Exercise,
    version: VersionNumber,
    command: &ScanCommand,
) -> Result<Vec<Event>, crate::Rejection> {
    let round = exercise.plan.round_of(version).ok_or(Rejection::NotOpen)?;
    match command {
        ScanCommand::Attach(scan) => {
            if round.scan(scan.file).is_some() {
                return Ok(Vec::new());
            }
            if round.scans.len() >= MOST_SCANS || scan.pages > MOST_SCAN_PAGES {
                return Err(Rejection::TooManyPages.into());
            }
            let scan = Scan { initialled: None, ..scan.clone() };
            Ok(vec![Event::ScanAttached { version, scan }])
        }
        ScanCommand::Declare { file, initialled } => {
            let scan = round.scan(*file).ok_or(Rejection::NoScan)?;
            let mut pages = initialled.clone();
            pages.sort_unstable();
            pages.dedup();
            if pages.iter().any(|page| *page == 0 || *page > scan.pages) {
                return Err(Rejection::NoScan.into());
            }
            if scan.initialled.as_ref() == Some(&pages) {
                return Ok(Vec::new());
            }
            Ok(vec![Event::InitialsDeclared { version, file: *file, initialled: pages }])
        }
        ScanCommand::Detach { file } => {
            round.scan(*file).ok_or(Rejection::NoScan)?;
            Ok(vec![Event::ScanDetached { version, file: *file }])
        }
    }
}
