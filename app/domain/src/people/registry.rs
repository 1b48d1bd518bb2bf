//! Who was let in: links, people, sessions, devices. Kept in the log so that the tables of the same
//! names can be rebuilt from it; never shown to any audience. Names are not here: a person is an id
//! and the digest of its record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::permission::Role;
use crate::{DeviceId, Digest, LinkId, MesaNumber, PersonId, SeatId, SessionId, ShortText};

/// What a link lets its bearer be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The seat, for an actor.
    pub seat: Option<SeatId>,
    /// The mesa; none: every one of the exercise.
    pub mesa: Option<MesaNumber>,
}

impl Grant {
    /// Whether its bearer was let in to this mesa.
    pub fn is_for(&self, mesa: MesaNumber) -> bool {
        self.mesa.is_none_or(|own| own == mesa)
    }

    /// What its bearer is at a mesa: whoever was let in to another one only reads.
    pub fn role_at(&self, mesa: MesaNumber) -> Role {
        if self.is_for(mesa) { self.role } else { Role::Follower }
    }
}

/// A link that was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Digest of its secret.
    pub token: Digest,
    /// What it grants.
    pub grant: Grant,
}

/// A signed-in device. Who comes to another mesa on it has one more, with the same cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// Digest of the cookie's secret.
    pub token: Digest,
    /// What they are.
    pub grant: Grant,
    /// Whether it was signed out.
    pub closed: bool,
}

/// Everything known of who may come in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registry {
    /// The code of each mesa that lets participants in while its door is open.
    pub join_codes: BTreeMap<MesaNumber, ShortText>,
    /// Links given out.
    pub links: BTreeMap<LinkId, Link>,
    /// People and the digest of their record.
    pub people: BTreeMap<PersonId, Digest>,
    /// Sessions.
    pub sessions: BTreeMap<SessionId, Session>,
}
