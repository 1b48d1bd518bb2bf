//! The exercise, its mesas and who took part.

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// The local exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Its name.
    pub name: String,
    /// The municipality.
    pub municipality: String,
    /// The state.
    pub state: String,
    /// The guarantor body; the author in the document's properties.
    pub guarantor: String,
    /// The plan that commitments may be aligned with, as "Plan de Acción Nacional 2016-2018".
    pub reference_plan: String,
}

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// A picture for the cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// Whose it is: written beside the picture, and what is read out instead of it.
    pub name: String,
    /// What kind of bytes these are.
    pub kind: PictureKind,
    /// The picture in base64 (standard alphabet, padded). One that can't be set (damaged, or a
    /// JPEG of four inks) is left out, and the name stands alone.
    pub bytes: String,
}

/// The kinds of picture that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

/// A mesa that fed the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mesa {
    /// Its number, from 1.
    pub number: u32,
    /// Its theme.
    pub theme: String,
    /// Where it met.
    pub place: String,
    /// When.
    pub date: Option<Date>,
    /// How, as "híbrida"; may be empty.
    pub mode: String,
    /// How many came, by sector.
    pub attendance: Vec<SectorCount>,
}

/// How many people of a sector attended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorCount {
    /// The sector in words.
    pub sector: String,
    /// People.
    pub people: u32,
}

/// An organisation that took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Its name.
    pub organisation: String,
    /// Its sector in words.
    pub sector: String,
    /// Who holds the seat: a post, with the name where that is wanted.
    pub holder: String,
    /// Who stands in; may be empty.
    pub alternate: String,
    /// A mail address or phone: only set in the full copy.
    pub contact: Option<String>,
}

/// A word and what it means in this plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The word.
    pub term: String,
    /// What it means here.
    pub meaning: String,
}
