//! Who was let in, came and left, and what they allowed.

use serde::{Deserialize, Serialize};

use super::attendance::AttendanceMode;
use super::registry::{Link, Session};
use crate::exercise::NoticeVersion;
use crate::{Digest, LinkId, MesaNumber, Millis, PersonId, SeatId, SessionId, ShortText};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A link was given out.
    LinkIssued {
        /// Its id.
        link: LinkId,
        /// What it is.
        issued: Link,
    },
    /// A person's record was taken.
    PersonEnrolled {
        /// Who.
        person: PersonId,
        /// Digest of the record.
        record: Digest,
    },
    /// A device signed in.
    SessionOpened {
        /// The session.
        session: SessionId,
        /// What it is.
        opened: Session,
    },
    /// A device signed out.
    SessionClosed {
        /// The session.
        session: SessionId,
    },
    /// A person came, for the first time or again, or attends otherwise than before.
    Arrived {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// For which organisation, in their own words.
        organisation: ShortText,
        /// In which seat.
        seat: Option<SeatId>,
        /// How, from now on.
        mode: AttendanceMode,
        /// When, by the server's clock.
        at: Millis,
    },
    /// A person left.
    Left {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// A person accepted the exercise's privacy notice.
    NoticeAccepted {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// Which version of it.
        version: NoticeVersion,
        /// When, by the server's clock.
        at: Millis,
    },
    /// A person allowed that their name is published, or not any more.
    NamePublicSet {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// Whether it may be.
        public: bool,
    },
}

impl Event {
    /// Name under which the log keeps it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::LinkIssued { .. } => "link_issued",
            Self::PersonEnrolled { .. } => "person_enrolled",
            Self::SessionOpened { .. } => "session_opened",
            Self::SessionClosed { .. } => "session_closed",
            Self::Arrived { .. } => "arrived",
            Self::Left { .. } => "left",
            Self::NoticeAccepted { .. } => "notice_accepted",
            Self::NamePublicSet { .. } => "name_public_set",
        }
    }

    /// The mesa at which it happened; none: it is the exercise's.
    pub fn mesa(&self) -> Option<MesaNumber> {
        match self {
            Self::Arrived { mesa, .. }
            | Self::Left { mesa, .. }
            | Self::NoticeAccepted { mesa, .. }
            | Self::NamePublicSet { mesa, .. } => Some(*mesa),
            Self::LinkIssued { .. }
            | Self::PersonEnrolled { .. }
            | Self::SessionOpened { .. }
            | Self::SessionClosed { .. } => None,
        }
    }
}
