//! Identifiers. Each is a newtype, so that a seat can't be passed where a person is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A stream of the log: an exercise, the year's process in one municipality.
    StreamId,
    /// An actor: an organisation at the table.
    ActorId,
    /// A seat of an actor: its titular or its suplente.
    SeatId,
    /// A person, pseudonymous: names live only in the `person` table.
    PersonId,
    /// A signed-in device.
    SessionId,
    /// An outbox: one browser's local storage.
    DeviceId,
    /// A personal, facilitator's or projector's link.
    LinkId,
    /// An entry in the list of those who asked for the floor, made once on the device.
    EntryId,
    /// A private note of the facilitation, made once on the device.
    NoteId,
    /// A command, made once on the device that issues it (UUIDv7).
    CommandId,
}

/// A problem, commitment or activity. Its binary form is a variable-length number, so that an
/// alias, which takes its place in frames, needs a byte or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub Uuid);

impl std::fmt::Display for ItemId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl std::str::FromStr for ItemId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for ItemId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.0.serialize(serializer)
        } else {
            self.0.as_u128().serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for ItemId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Uuid::deserialize(deserializer).map(Self)
        } else {
            u128::deserialize(deserializer).map(|number| Self(Uuid::from_u128(number)))
        }
    }
}

impl CommandId {
    /// The id under which a refused command is sent again. It is always the same: however many tabs
    /// send it, it is taken once.
    #[must_use]
    pub fn again(self) -> Self {
        Self(Uuid::from_u128(self.0.as_u128().wrapping_add(1)))
    }

    /// The id that this one is [`again`](Self::again) of.
    #[must_use]
    pub fn before(self) -> Self {
        Self(Uuid::from_u128(self.0.as_u128().wrapping_sub(1)))
    }
}

/// Position in a stream, from 1, without gaps; 0 is before the first event.
pub type Seq = u64;

/// Milliseconds since 1970-01-01T00:00:00Z, by the server's clock unless said otherwise.
pub type Millis = i64;

/// Stream-local number of an item, from 0 in order of creation: what frames carry in place of the
/// id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Alias(pub u32);

/// Stream-local number of an actor, from 1 in the order in which they were seated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActorNumber(pub u16);

/// Number of a mesa in its exercise, from 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MesaNumber(pub u16);

impl MesaNumber {
    /// Parses its canonical form: no sign, no leading zeros.
    pub fn read(text: &str) -> Option<Self> {
        let plain = !text.starts_with('0') && text.bytes().all(|digit| digit.is_ascii_digit());
        text.parse().ok().filter(|_| plain).map(Self)
    }
}

impl std::fmt::Display for MesaNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A mesa of an exercise. Its text form is the exercise's id and the mesa's number, as in
/// addresses: `…/mesa/1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MesaId {
    /// The exercise's stream.
    pub exercise: StreamId,
    /// Which of its mesas.
    pub number: MesaNumber,
}

impl std::fmt::Display for MesaId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/mesa/{}", self.exercise, self.number)
    }
}

/// The text isn't an exercise's id and a mesa's number.
#[derive(Debug, thiserror::Error)]
#[error("not an exercise's id and a mesa's number")]
pub struct MesaIdError;

impl std::str::FromStr for MesaId {
    type Err = MesaIdError;

    fn from_str(text: &str) -> Result<Self, MesaIdError> {
        let (exercise, number) = text.split_once("/mesa/").ok_or(MesaIdError)?;
        let exercise = exercise.parse().map_err(|_| MesaIdError)?;
        let number = MesaNumber::read(number).ok_or(MesaIdError)?;
        Ok(Self { exercise, number })
    }
}

impl Serialize for MesaId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.exercise, self.number).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for MesaId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
        } else {
            <(StreamId, MesaNumber)>::deserialize(deserializer)
                .map(|(exercise, number)| Self { exercise, number })
        }
    }
}

/// SHA-256 of something that must be recognised but not stored: a token, a person's record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// The text isn't 64 hexadecimal digits.
#[derive(Debug, thiserror::Error)]
#[error("not 64 hexadecimal digits")]
pub struct DigestError;

impl std::str::FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        if text.len() != 64 || !text.is_ascii() {
            return Err(DigestError);
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte =
                u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).map_err(|_| DigestError)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
