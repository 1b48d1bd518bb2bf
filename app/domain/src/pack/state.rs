//! What was sent, withdrawn and opened: state folded from events.

use serde::{Deserialize, Serialize};

use super::checklist::Entry;
use super::results::Results;
use crate::text::words::Remark;
use crate::{Digest, Millis, PersonId, SeatId, ShortText};

/// Number of a file in its exercise, from 1, in the order in which they came.
pub type FileNumber = u16;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person.
    pub person: PersonId,
    /// The seat that they had; none: they prepare or facilitate.
    pub seat: Option<SeatId>,
}

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
    /// A WebP.
    WebP,
    /// A GIF.
    Gif,
    /// A text, or a table as text.
    Text,
    /// A workbook of Office Open XML.
    Xlsx,
    /// A text of Office Open XML.
    Docx,
    /// Slides of Office Open XML.
    Pptx,
    /// A workbook of OpenDocument.
    Ods,
    /// A text of OpenDocument.
    Odt,
    /// Slides of OpenDocument.
    Odp,
}

impl FileKind {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Text => "text/plain",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }

    /// Whether browsers show it as a picture.
    pub fn is_picture(self) -> bool {
        match self {
            Self::Jpeg | Self::Png | Self::WebP | Self::Gif => true,
            Self::Pdf
            | Self::Text
            | Self::Xlsx
            | Self::Docx
            | Self::Pptx
            | Self::Ods
            | Self::Odt
            | Self::Odp => false,
        }
    }
}

/// A file of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its number.
    pub number: FileNumber,
    /// What it answers.
    pub entry: Entry,
    /// Its name, as it was given.
    pub name: ShortText,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of them.
    pub digest: Digest,
    /// When all of it had come, by the server's clock, ms since the epoch: its own clock begins here.
    pub at: Millis,
    /// Who sent it.
    pub by: By,
    /// The file in whose place it came.
    pub replaces: Option<FileNumber>,
    /// Its end; none: it stands.
    pub end: Option<End>,
}

/// The end of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// Another came in its place.
    Replaced {
        /// Which.
        with: FileNumber,
    },
    /// It was withdrawn.
    Withdrawn {
        /// Why.
        reason: Remark,
        /// When, by the server's clock, ms since the epoch.
        at: Millis,
    },
}

/// The declaration that there is nothing to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Of what.
    pub entry: Entry,
    /// Why.
    pub reason: Remark,
    /// When it was said, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who said it.
    pub by: By,
}

/// A person's tap that opened a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Which file.
    pub file: FileNumber,
    /// Who.
    pub by: By,
    /// When first, by the server's clock, ms since the epoch.
    pub at: Millis,
}

/// The pack of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Every file that was ever sent, in order of its number.
    pub files: Vec<File>,
    /// What there is nothing of.
    pub absent: Vec<Absence>,
    /// Who opened what, first time each, in order.
    pub opened: Vec<Opening>,
    /// What was counted, a file once.
    pub results: Vec<Results>,
}

/// How many bytes an empty pack has in a snapshot, all zero: one for each field.
pub const EMPTY_BYTES: usize = 4;

/// Reads the pack of a snapshot on a device, which gets an empty one.
///
/// # Errors
/// What the format says.
#[cfg(target_arch = "wasm32")]
pub(crate) fn pass_over<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<std::sync::Arc<State>, D::Error> {
    <[u8; EMPTY_BYTES]>::deserialize(from)?;
    Ok(std::sync::Arc::default())
}

impl State {
    /// A file by its number, whether it stands or not.
    pub fn file(&self, number: FileNumber) -> Option<&File> {
        self.files.iter().find(|file| file.number == number)
    }

    /// The files that stand.
    pub fn standing(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.end.is_none())
    }

    /// Those of an entry.
    pub fn of(&self, entry: Entry) -> impl Iterator<Item = &File> {
        self.standing().filter(move |file| file.entry == entry)
    }

    /// The declaration that there is nothing of an entry.
    pub fn absence(&self, entry: Entry) -> Option<&Absence> {
        self.absent.iter().find(|absence| absence.entry == entry)
    }

    /// Whether an entry has a file or a declaration.
    pub fn answers(&self, entry: Entry) -> bool {
        self.of(entry).next().is_some() || self.absence(entry).is_some()
    }

    /// The results of files that stand, with their files.
    pub fn shown_results(&self) -> impl Iterator<Item = &Results> {
        self.results.iter().filter(|one| self.standing().any(|file| file.number == one.file))
    }

    /// Whether a person opened a file.
    pub fn has_opened(&self, person: PersonId, file: FileNumber) -> bool {
        self.opened.iter().any(|opening| opening.by.person == person && opening.file == file)
    }
}
