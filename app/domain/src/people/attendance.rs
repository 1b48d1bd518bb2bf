//! Who came, when and how, and what they consented to (section 4: attendee): for the list of
//! attendance and the minutes. Names aren't here: they are in the people's records.

use serde::{Deserialize, Serialize};

use crate::exercise::NoticeVersion;
use crate::{Millis, SeatId, ShortText};

/// How a person attends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttendanceMode {
    /// En sala.
    InRoom,
    /// A distancia.
    Remote,
    /// Con ayuda de otra persona.
    Assisted,
}

impl AttendanceMode {
    /// Every way of attending.
    pub const ALL: [Self; 3] = [Self::InRoom, Self::Remote, Self::Assisted];
}

/// A time that someone spent at the mesa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// When they came, by the server's clock, ms since the epoch.
    pub from: Millis,
    /// When they left; none while they are there.
    pub to: Option<Millis>,
}

/// A privacy notice that someone accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Its version.
    pub version: NoticeVersion,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
}

/// Someone who came in. Only the facilitation sees the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Their organisation.
    pub organisation: ShortText,
    /// Their seat.
    pub seat: Option<SeatId>,
    /// How they attend.
    pub mode: AttendanceMode,
    /// Arrivals and departures, oldest first; never empty.
    pub stays: Vec<Stay>,
    /// The privacy notice that they accepted last.
    pub notice: Option<Accepted>,
    /// Whether their name may be published.
    pub name_public: bool,
}

impl Attendee {
    /// Whether they came and haven't left.
    pub fn is_there(&self) -> bool {
        self.stays.last().is_some_and(|stay| stay.to.is_none())
    }
}

/// What someone consents to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The privacy notice that they were shown and accept.
    pub notice: Option<NoticeVersion>,
    /// Whether their name may be published.
    pub name_public: bool,
}
