//! One document that is asked for.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::attendance::{AttendanceList, attendance_list};
use crate::compile::{Pdf, blank};
use crate::failure::Failure;
use crate::fonts::Fonts;
use crate::minutes::{Minutes, minutes};
use crate::pal::{pal, sheets};
use crate::plan::Plan;
use crate::scan::{ScanPage, scan_page};

/// Which document, with its data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "document", content = "data", rename_all = "snake_case")]
pub enum Request {
    /// A Plan de Acción Local.
    Pal(Box<Plan>),
    /// The same as pictures of its pages.
    Sheets(Box<Plan>),
    /// The minutes of a mesa.
    Minutes(Box<Minutes>),
    /// The attendance list of a mesa.
    AttendanceList(Box<AttendanceList>),
    /// A page of a scanned copy as a picture.
    Scan(ScanPage),
    /// A page with nothing on it: what other documents' times are compared with.
    Blank,
}

impl Request {
    /// Sets the document in this process.
    ///
    /// # Errors
    ///
    /// As the functions for each kind.
    pub fn set(&self, fonts: &Fonts) -> Result<Pdf, Failure> {
        match self {
            Request::Pal(plan) => pal(fonts, plan),
            Request::Sheets(plan) => sheets(fonts, plan),
            Request::Minutes(data) => minutes(fonts, data),
            Request::AttendanceList(data) => attendance_list(fonts, data),
            Request::Scan(asked) => scan_page(asked),
            Request::Blank => blank(fonts),
        }
    }

    /// The SHA-256 by which equal requests are known: the same for the same data, in every run.
    ///
    /// # Errors
    ///
    /// It can't be written as JSON.
    pub fn digest(&self) -> Result<[u8; 32], serde_json::Error> {
        self.encoded().map(|(_, digest)| digest)
    }

    /// The request as it goes to a child, and the digest by which equal ones are known.
    pub(crate) fn encoded(&self) -> Result<(Vec<u8>, [u8; 32]), serde_json::Error> {
        let bytes = serde_json::to_vec(self)?;
        let digest = Sha256::digest(&bytes).into();
        Ok((bytes, digest))
    }
}
