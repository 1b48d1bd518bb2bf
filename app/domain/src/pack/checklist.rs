//! What each sender owes (lines A1 and A2 of section 1).

use serde::{Deserialize, Serialize};

use crate::exercise::Sector;

/// Who sends a part of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sender {
    /// The guarantor body.
    Guarantor,
    /// The public institution.
    PublicInstitution,
}

impl Sender {
    /// Both, in the order of the process.
    pub const ALL: [Self; 2] = [Self::Guarantor, Self::PublicInstitution];

    /// The sector whose organisations are this sender.
    pub fn sector(self) -> Sector {
        match self {
            Self::Guarantor => Sector::Guarantor,
            Self::PublicInstitution => Sector::PublicInstitution,
        }
    }

    /// What it owes, in order.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        Entry::ALL.into_iter().filter(move |entry| entry.sender() == self)
    }
}

/// An entry of a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Entry {
    /// *Kit de capacidades*.
    CapacityKit,
    /// The problems of the kick-off event.
    Problems,
    /// Its minimum criteria.
    MinimumCriteria,
    /// Its solutions.
    Solutions,
    /// Its preliminary commitments.
    DraftCommitments,
    /// What was asked at service windows.
    WindowConsultation,
    /// What was asked on a web page.
    WebConsultation,
    /// Recurrent requests for information.
    RecurrentRequests,
    /// Statistics and other studies.
    Studies,
}

impl Entry {
    /// All, sender by sender.
    pub const ALL: [Self; 9] = [
        Self::CapacityKit,
        Self::Problems,
        Self::MinimumCriteria,
        Self::Solutions,
        Self::DraftCommitments,
        Self::WindowConsultation,
        Self::WebConsultation,
        Self::RecurrentRequests,
        Self::Studies,
    ];

    /// Who owes it.
    pub fn sender(self) -> Sender {
        match self {
            Self::CapacityKit
            | Self::Problems
            | Self::MinimumCriteria
            | Self::Solutions
            | Self::DraftCommitments => Sender::Guarantor,
            Self::WindowConsultation
            | Self::WebConsultation
            | Self::RecurrentRequests
            | Self::Studies => Sender::PublicInstitution,
        }
    }
}
