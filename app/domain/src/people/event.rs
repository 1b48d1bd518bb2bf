//! Events about people: who was let in, came and left, and what they consented to.

use serde::{Deserialize, Serialize};

use super::attendance::AttendanceMode;
use super::registry::{AskedInvitation, Grant, Link, LinkEnd, Session};
use crate::exercise::NoticeVersion;
use crate::{Digest, LinkId, MesaNumber, Millis, PersonId, SeatId, SessionId, ShortText};

/// A fact. The last ones, of the registry, are never sent to a device: its program doesn't even read
/// them, which keeps it small.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A person came in, for the first time or again, or attends in another way than before.
    Arrived {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// Their organisation, in their own words.
        organisation: ShortText,
        /// Their seat.
        seat: Option<SeatId>,
        /// How they attend from now on.
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
    /// A person consented to the publication of their name, or withdrew that.
    NamePublicSet {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// Whether it may be.
        public: bool,
    },
    /// Two people who came in are one: they are counted and named as one from now on. Each keeps
    /// their id, devices and rights.
    EntriesMerged {
        /// At which mesa.
        mesa: MesaNumber,
        /// The one that is no longer counted.
        person: PersonId,
        /// The one that it is counted as.
        into: PersonId,
    },
    /// They are two after all.
    EntriesParted {
        /// At which mesa.
        mesa: MesaNumber,
        /// The one that is counted again.
        person: PersonId,
    },
    /// A link was issued.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    LinkIssued {
        /// Its id.
        link: LinkId,
        /// Its grant and secret's digest.
        issued: Link,
    },
    /// A link is no longer valid.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    LinkEnded {
        /// Which.
        link: LinkId,
        /// How it ended.
        ended: LinkEnd,
    },
    /// A person was invited to a seat, or nobody is any longer.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    Invited {
        /// The seat.
        seat: SeatId,
        /// Who.
        person: Option<PersonId>,
    },
    /// A person has a role of those who prepare and facilitate, on all their devices, or none any
    /// longer.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    RoleGiven {
        /// Who.
        person: PersonId,
        /// The role and its mesa.
        grant: Option<Grant>,
    },
    /// The public page was switched on or off.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    FollowersLetIn {
        /// Whether they are on.
        open: bool,
    },
    /// A person's record was stored, for the first time or changed.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    PersonEnrolled {
        /// Who.
        person: PersonId,
        /// Digest of the record.
        record: Digest,
    },
    /// A device signed in.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    SessionOpened {
        /// The session.
        session: SessionId,
        /// What it is.
        opened: Session,
    },
    /// A device signed out.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    SessionClosed {
        /// The session.
        session: SessionId,
    },
    /// A person is to be invited to a seat by mail.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    InvitationAsked {
        /// The seat.
        seat: SeatId,
        /// What is asked for.
        asked: AskedInvitation,
    },
    /// A person's name, mail, phone and salt were erased for good.
    #[cfg_attr(target_arch = "wasm32", serde(skip_deserializing))]
    PersonAnonymised {
        /// Who.
        person: PersonId,
        /// Digest of the record without them.
        record: Digest,
    },
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::LinkIssued { .. } => "link_issued",
            Self::LinkEnded { .. } => "link_ended",
            Self::Invited { .. } => "invited",
            Self::RoleGiven { .. } => "role_given",
            Self::FollowersLetIn { .. } => "followers_let_in",
            Self::PersonEnrolled { .. } => "person_enrolled",
            Self::PersonAnonymised { .. } => "person_anonymised",
            Self::InvitationAsked { .. } => "invitation_asked",
            Self::SessionOpened { .. } => "session_opened",
            Self::SessionClosed { .. } => "session_closed",
            Self::Arrived { .. } => "arrived",
            Self::Left { .. } => "left",
            Self::NoticeAccepted { .. } => "notice_accepted",
            Self::NamePublicSet { .. } => "name_public_set",
            Self::EntriesMerged { .. } => "entries_merged",
            Self::EntriesParted { .. } => "entries_parted",
        }
    }

    /// The mesa at which it happened; none for an event of the exercise.
    pub fn mesa(&self) -> Option<MesaNumber> {
        match self {
            Self::Arrived { mesa, .. }
            | Self::Left { mesa, .. }
            | Self::NoticeAccepted { mesa, .. }
            | Self::NamePublicSet { mesa, .. }
            | Self::EntriesMerged { mesa, .. }
            | Self::EntriesParted { mesa, .. } => Some(*mesa),
            Self::LinkIssued { .. }
            | Self::LinkEnded { .. }
            | Self::Invited { .. }
            | Self::RoleGiven { .. }
            | Self::FollowersLetIn { .. }
            | Self::PersonEnrolled { .. }
            | Self::PersonAnonymised { .. }
            | Self::InvitationAsked { .. }
            | Self::SessionOpened { .. }
            | Self::SessionClosed { .. } => None,
        }
    }
}
