//! Who was let in: links, people, sessions, devices. Kept in the log so that the tables of the same
//! names can be rebuilt; never sent to any device. Names aren't here: a person is an id and the
//! digest of their record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exercise::Exercise;
use crate::permission::{Action, Phase, Role, Scope, permitted};
use crate::{DeviceId, Digest, LinkId, MesaNumber, Millis, PersonId, SeatId, SessionId, ShortText};

/// What a link grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The seat, for an actor.
    pub seat: Option<SeatId>,
    /// The mesa; none: all mesas of the exercise.
    pub mesa: Option<MesaNumber>,
}

impl Grant {
    /// Whether its bearer was let in to this mesa.
    pub fn is_for(&self, mesa: MesaNumber) -> bool {
        self.mesa.is_none_or(|own| own == mesa)
    }

    /// Whether its bearer sets up what concerns the whole exercise, or only a mesa. Who facilitates
    /// one of several mesas prepares that one.
    pub fn prepares(&self, exercise: &Exercise, mesa: Option<MesaNumber>) -> bool {
        let all = self.mesa.is_none() || exercise.mesas.len() <= 1;
        permitted(Action::Prepare, Phase::Preparation, self.role) == Scope::Any
            && (all || (mesa.is_some() && self.mesa == mesa))
    }

    /// Its bearer's role at a mesa: at another one than they were let in to they are a follower.
    pub fn role_at(&self, mesa: MesaNumber) -> Role {
        if self.is_for(mesa) { self.role } else { Role::Follower }
    }
}

/// An issued link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Digest of its secret.
    pub token: Digest,
    /// Digest of the short code that leads to it, too: for people without a camera.
    pub code: Option<Digest>,
    /// What it grants.
    pub grant: Grant,
    /// Whose passphrase is chosen with it, once; none: it leads to a door.
    pub person: Option<PersonId>,
    /// Until when it is valid, by the server's clock, ms since the epoch; none: until it is ended.
    pub expires: Option<Millis>,
    /// Its end; none while it is valid.
    pub ended: Option<LinkEnd>,
}

/// An invitation by mail that was asked for. The address isn't here: it is in the person's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedInvitation {
    /// Who is invited.
    pub person: PersonId,
    /// Digest of their record then: with a corrected address it is another invitation.
    pub record: Digest,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
}

/// The end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkEnd {
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Whether another link took its place.
    pub replaced: bool,
}

/// A signed-in device. At another mesa it has another session, with the same cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// Digest of the cookie's secret.
    pub token: Digest,
    /// Role, seat and mesas.
    pub grant: Grant,
    /// Whether it was signed out.
    pub closed: bool,
}

/// All links, people and sessions of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registry {
    /// The join code of each mesa.
    pub join_codes: BTreeMap<MesaNumber, ShortText>,
    /// Issued links.
    pub links: BTreeMap<LinkId, Link>,
    /// People and the digests of their records.
    pub people: BTreeMap<PersonId, Digest>,
    /// Sessions.
    pub sessions: BTreeMap<SessionId, Session>,
    /// Who was invited to which seat.
    pub invited: BTreeMap<SeatId, PersonId>,
    /// Who prepares and facilitates, with their roles; none: they no longer have one.
    pub staff: BTreeMap<PersonId, Option<Grant>>,
    /// Whether the public page is off.
    pub closed_to_followers: bool,
    /// Who is to be invited by mail to which seat: the last that was asked for.
    pub asked: BTreeMap<SeatId, AskedInvitation>,
}

/// How many bytes an empty registry has in a snapshot, all zero: one for each field.
pub const EMPTY_BYTES: usize = 8;

/// Reads the registry of a snapshot on a device, which gets an empty one: only its bytes are passed
/// over, and the program stays small.
///
/// # Errors
/// What the format says.
#[cfg(target_arch = "wasm32")]
pub(crate) fn pass_over<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<std::sync::Arc<Registry>, D::Error> {
    <[u8; EMPTY_BYTES]>::deserialize(from)?;
    Ok(std::sync::Arc::default())
}

impl Registry {
    /// The links of a seat that are valid.
    pub fn links_of(&self, seat: SeatId) -> impl Iterator<Item = (LinkId, &Link)> {
        self.links
            .iter()
            .filter(move |(_, link)| link.ended.is_none() && link.grant.seat == Some(seat))
            .map(|(id, link)| (*id, link))
    }

    /// The open sessions of a person.
    pub fn sessions_of(&self, person: PersonId) -> impl Iterator<Item = (SessionId, &Session)> {
        self.sessions
            .iter()
            .filter(move |(_, session)| !session.closed && session.person == person)
            .map(|(id, session)| (*id, session))
    }
}
