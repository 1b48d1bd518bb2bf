//! The sectors of an exercise's organisations (section 3): seven that every exercise begins with,
//! whose names it may change, and others of its own.

use serde::{Deserialize, Serialize};

use super::card::ExerciseCard;
use crate::ShortText;
use crate::codes::{Coded, Parsed};

/// Sector of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sector {
    /// Organismo garante.
    Guarantor,
    /// Institución pública.
    PublicInstitution,
    /// Facilitación (secretariado técnico local).
    Facilitation,
    /// Sociedad civil.
    CivilSociety,
    /// Academia.
    Academia,
    /// Sector privado.
    PrivateSector,
    /// Ciudadanía.
    Citizens,
    /// One that the exercise added, from 1 to [`MOST_OWN`].
    Own(u8),
}

/// Most sectors that an exercise may add.
pub const MOST_OWN: u8 = 12;

impl Coded for Sector {
    const CODES: &'static [&'static str] = &[
        "guarantor",
        "public_institution",
        "facilitation",
        "civil_society",
        "academia",
        "private_sector",
        "citizens",
        "own_1",
        "own_2",
        "own_3",
        "own_4",
        "own_5",
        "own_6",
        "own_7",
        "own_8",
        "own_9",
        "own_10",
        "own_11",
        "own_12",
    ];

    fn code(&self) -> &'static str {
        let at = Self::VALUES.iter().position(|value| value == self);
        at.and_then(|at| Self::CODES.get(at)).copied().unwrap_or_default()
    }
}

impl Parsed for Sector {
    const VALUES: &'static [Self] = &[
        Self::Guarantor,
        Self::PublicInstitution,
        Self::Facilitation,
        Self::CivilSociety,
        Self::Academia,
        Self::PrivateSector,
        Self::Citizens,
        Self::Own(1),
        Self::Own(2),
        Self::Own(3),
        Self::Own(4),
        Self::Own(5),
        Self::Own(6),
        Self::Own(7),
        Self::Own(8),
        Self::Own(9),
        Self::Own(10),
        Self::Own(11),
        Self::Own(12),
    ];
}

/// A sector of an exercise, with its name there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectorName {
    /// Which.
    pub sector: Sector,
    /// What it is called.
    pub name: ShortText,
}

/// Whether a list can be an exercise's: at least one, each once, each with a name.
pub fn is_possible(sectors: &[SectorName]) -> bool {
    let known = |named: &SectorName| Sector::VALUES.contains(&named.sector);
    let once = |named: &SectorName| {
        sectors.iter().filter(|other| other.sector == named.sector).count() == 1
    };
    !sectors.is_empty()
        && sectors.iter().all(|named| known(named) && once(named) && !named.name.is_empty())
}

impl ExerciseCard {
    /// What a sector is called; none: the exercise doesn't have it.
    pub fn sector_name(&self, sector: Sector) -> Option<&str> {
        let named = self.sectors.iter().find(|named| named.sector == sector);
        named.map(|named| named.name.as_str())
    }
}
