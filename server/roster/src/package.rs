//! A workbook's zip file, unpacked within bounds: what it says of its sizes is checked before
//! anything is unpacked, and what it turns out to hold while it is.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::read::{MOST_UNPACKED, ReadError};

/// Most parts of a workbook.
const MOST_PARTS: usize = 1_000;

/// The unpacked parts.
pub(crate) struct Package {
    parts: Vec<Part>,
}

/// A file in the zip.
pub(crate) struct Part {
    /// Its path, in lower case and with slashes.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Whose workbook it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// XLSX.
    Excel,
    /// ODS, LibreOffice's.
    OpenDocument,
}

/// Unpacks a zip.
pub(crate) fn open(bytes: &[u8]) -> Result<Package, ReadError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    if zip.len() > MOST_PARTS {
        return Err(ReadError::Unpacks);
    }
    let mut declared = 0_u64;
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(|_| ReadError::Damaged)?;
        if part.encrypted() {
            return Err(ReadError::Password);
        }
        declared = declared.saturating_add(part.size());
    }
    if declared > MOST_UNPACKED {
        return Err(ReadError::Unpacks);
    }
    let mut left = MOST_UNPACKED;
    let mut parts = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).map_err(|_| ReadError::Damaged)?;
        let name = part.name().map_err(|_| ReadError::Damaged)?;
        let name = name.to_lowercase().replace('\\', "/");
        let mut bytes = Vec::new();
        // One more than is allowed shows that there is more.
        let unpacked = part.by_ref().take(left + 1).read_to_end(&mut bytes);
        left = left.checked_sub(bytes.len() as u64).ok_or(ReadError::Unpacks)?;
        unpacked.map_err(|_| ReadError::Damaged)?;
        parts.push(Part { name, bytes });
    }
    Ok(Package { parts })
}

impl Package {
    /// All parts.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What the part of that name holds.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|part| part.name == name).map(|part| part.bytes.as_slice())
    }

    /// Whose workbook it is; a document or a mere zip is no list.
    pub fn kind(&self) -> Result<Kind, ReadError> {
        if let Some(media_type) = self.part("mimetype") {
            return match media_type {
                b"application/vnd.oasis.opendocument.spreadsheet"
                | b"application/vnd.oasis.opendocument.spreadsheet-template" => {
                    Ok(Kind::OpenDocument)
                }
                _ => Err(ReadError::NotAList),
            };
        }
        let named = |end: &str| self.parts.iter().any(|part| part.name.ends_with(end));
        if named("workbook.bin") {
            Err(ReadError::OtherWorkbook)
        } else if named("workbook.xml") {
            Ok(Kind::Excel)
        } else {
            Err(ReadError::NotAList)
        }
    }
}
