//! Commands about who comes in and who is present.

use serde::{Deserialize, Serialize};

use super::attendance::{AttendanceMode, Consent};
use super::registry::{Grant, Link, LinkEnd, Session};
use crate::{Digest, LinkId, MesaNumber, Millis, PersonId, SeatId, SessionId, ShortText};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Note that someone who came in has left, or is back.
    NoteAttendance {
        /// Who.
        person: PersonId,
        /// Whether they are present.
        there: bool,
    },
    /// Count two people who came in as one: they are the same person.
    Merge {
        /// One of them.
        person: PersonId,
        /// The other.
        with: PersonId,
    },
    /// Count them as two again.
    Part {
        /// The one that was merged into another.
        person: PersonId,
    },
}

/// A device that is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The mesa that they come to.
    pub mesa: MesaNumber,
    /// The new session's id.
    pub session: SessionId,
    /// The new session.
    pub opened: Session,
    /// Digest of the person's record, when the person is new.
    pub enrols: Option<Digest>,
    /// Their organisation.
    pub organisation: ShortText,
    /// How they attend.
    pub mode: AttendanceMode,
    /// What they consent to.
    pub consent: Consent,
    /// Whether they came by the join code and not by a link.
    pub by_code: bool,
    /// The link by which they came.
    pub link: Option<LinkId>,
    /// When, by the server's clock.
    pub at: Millis,
}

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Issue a link.
    IssueLink {
        /// Its id.
        link: LinkId,
        /// Its grant and secret's digest.
        issued: Link,
    },
    /// End a link.
    EndLink {
        /// Which.
        link: LinkId,
        /// How.
        ended: LinkEnd,
    },
    /// End a link that is valid once, because it is used. Refused when it is no longer valid.
    UseLink {
        /// Which.
        link: LinkId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Invite a person to a seat, or nobody any longer: who was invited before loses it, with
    /// their links and devices.
    Invite {
        /// The seat.
        seat: SeatId,
        /// Who.
        person: Option<PersonId>,
        /// Digest of the person's record, when the person is new.
        enrols: Option<Digest>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Invite by mail whoever has a seat. Asked again nothing happens, unless their record changed.
    AskInvitation {
        /// The seat.
        seat: SeatId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// End a seat's links and sign its people out; who was invited to it stays.
    Vacate {
        /// The seat.
        seat: SeatId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Store another record of a person.
    AmendPerson {
        /// Who.
        person: PersonId,
        /// Digest of the record.
        record: Digest,
    },
    /// Give somebody a role of those who prepare and facilitate, or take it.
    GiveRole {
        /// Who.
        person: PersonId,
        /// Digest of the person's record, when the person is new.
        enrols: Option<Digest>,
        /// The role and its mesa; none takes it.
        grant: Option<Grant>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Let somebody who prepares or facilitates in on a device, at no mesa yet.
    OpenSession {
        /// The new session's id.
        session: SessionId,
        /// The new session.
        opened: Session,
    },
    /// Remove somebody: from their seat and role, with their links and devices.
    Remove {
        /// Who.
        person: PersonId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Switch the public page on or off.
    LetFollowersIn {
        /// Whether they are on.
        open: bool,
    },
    /// Let a device in: with a link's grant, or as participant while the door is open.
    SignIn(Box<SignIn>),
    /// Sign a device out; who has no other device leaves with it.
    SignOut {
        /// The session.
        session: SessionId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Erase someone's name, mail and phone for good: their devices are signed out, and their name
    /// may not be published.
    Anonymise {
        /// Who.
        person: PersonId,
        /// Digest of the record without them.
        record: Digest,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Correct someone's name, and the organisation of whoever has no seat.
    Correct {
        /// At which mesa they say so.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// Digest of the corrected record; none: it stays as it is.
        record: Option<Digest>,
        /// Their organisation.
        organisation: ShortText,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Change how someone attends.
    Declare {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who.
        person: PersonId,
        /// How they attend.
        mode: AttendanceMode,
        /// What they consent to.
        consent: Consent,
        /// When, by the server's clock.
        at: Millis,
    },
}

impl ServerCommand {
    /// The person that it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::SignIn(sign_in) => Some(sign_in.opened.person),
            Self::OpenSession { opened, .. } => Some(opened.person),
            Self::Declare { person, .. }
            | Self::Correct { person, .. }
            | Self::AmendPerson { person, .. }
            | Self::GiveRole { person, .. }
            | Self::Remove { person, .. } => Some(*person),
            Self::Invite { person, .. } => *person,
            Self::IssueLink { .. }
            | Self::EndLink { .. }
            | Self::UseLink { .. }
            | Self::Vacate { .. }
            | Self::AskInvitation { .. }
            | Self::LetFollowersIn { .. }
            | Self::Anonymise { .. }
            | Self::SignOut { .. } => None,
        }
    }

    /// The seat in which it is done.
    pub fn seat(&self) -> Option<SeatId> {
        if let Self::SignIn(sign_in) = self { sign_in.opened.grant.seat } else { None }
    }
}
