//! Who was let in: links, people, sessions, devices. Kept in the log so that the tables of the same
//! names can be rebuilt; never sent to any device. Names aren't here: a person is an id and the
//! digest of their record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::permission::Role;
use crate::{DeviceId, Digest, LinkId, MesaNumber, PersonId, SeatId, SessionId, ShortText};

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
    /// What it grants.
    pub grant: Grant,
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
}
