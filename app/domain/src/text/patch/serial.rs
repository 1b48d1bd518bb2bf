//! The serialised forms of a patch, in the log and in frames. Whatever is read is brought to normal
//! form.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Patch;
use super::step::{PatchError, STEP_LIMIT, Step, Tie, scalars};

impl TryFrom<Vec<Step>> for Patch {
    type Error = PatchError;

    fn try_from(steps: Vec<Step>) -> Result<Self, PatchError> {
        if steps.len() > STEP_LIMIT {
            return Err(PatchError::TooManySteps);
        }
        let mut total = 0_u32;
        let mut patch = Self::default();
        for step in steps {
            let count = match &step {
                Step::Retain(count) | Step::Delete(count) => *count,
                Step::Insert(text, _) => scalars(text),
            };
            total = total.checked_add(count).ok_or(PatchError::TooManySteps)?;
            match step {
                Step::Retain(count) => patch.retain(count),
                Step::Insert(text, tie) => patch.insert(&text, tie),
                Step::Delete(count) => patch.delete(count),
            }
        }
        Ok(patch.finish())
    }
}

impl From<Patch> for Vec<Step> {
    fn from(patch: Patch) -> Self {
        patch.0
    }
}

/// In the log (JSON) a patch reads `[5,"texto",-3]`: retain five, insert, delete three; an
/// insertion tied to the four scalars before it is `["texto",4]`, one tied to what is behind it
/// `["texto",-1]`. In frames a step is a number: four times its count for a retain, plus two for a
/// delete; an insertion is four times the scalars that it is tied to, plus one, or three when it is
/// tied to what is behind it, and then its text.
impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let readable = serializer.is_human_readable();
        match self {
            Step::Retain(count) if readable => serializer.serialize_u32(*count),
            Step::Retain(count) => serializer.serialize_u64(u64::from(*count) << 2),
            Step::Insert(text, Tie::Free) if readable => serializer.serialize_str(text),
            Step::Insert(text, tie) if readable => {
                let place = if let Tie::After(count) = tie { i64::from(*count) } else { -1 };
                (text, place).serialize(serializer)
            }
            Step::Insert(text, Tie::After(count)) => {
                ((u64::from(*count) << 2) | INSERT, text).serialize(serializer)
            }
            Step::Insert(text, Tie::Free) => (INSERT, text).serialize(serializer),
            Step::Insert(text, Tie::Before) => (INSERT_BEFORE, text).serialize(serializer),
            Step::Delete(count) if readable => serializer.serialize_i64(-i64::from(*count)),
            Step::Delete(count) => serializer.serialize_u64((u64::from(*count) << 2) | DELETE),
        }
    }
}

const INSERT: u64 = 1;
const DELETE: u64 = 2;
const INSERT_BEFORE: u64 = 3;

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Readable)
        } else {
            deserializer.deserialize_tuple(2, Packed)
        }
    }
}

struct Readable;

impl<'de> de::Visitor<'de> for Readable {
    type Value = Step;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number of scalars or a text")
    }

    fn visit_u64<E: de::Error>(self, count: u64) -> Result<Step, E> {
        u32::try_from(count).map(Step::Retain).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, count: i64) -> Result<Step, E> {
        u32::try_from(count.unsigned_abs())
            .map(if count < 0 { Step::Delete } else { Step::Retain })
            .map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Step, E> {
        Ok(Step::Insert(text.to_owned(), Tie::Free))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut parts: A) -> Result<Step, A::Error> {
        let text = parts.next_element()?.ok_or_else(missing)?;
        let place: i64 = parts.next_element()?.ok_or_else(missing)?;
        let tie = if place < 0 {
            Tie::Before
        } else {
            Tie::after(u32::try_from(place).map_err(de::Error::custom)?)
        };
        Ok(Step::Insert(text, tie))
    }
}

struct Packed;

impl<'de> de::Visitor<'de> for Packed {
    type Value = Step;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a step")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut parts: A) -> Result<Step, A::Error> {
        let number: u64 = parts.next_element()?.ok_or_else(missing)?;
        let count = u32::try_from(number >> 2).map_err(de::Error::custom)?;
        match number & 3 {
            INSERT => {
                Ok(Step::Insert(parts.next_element()?.ok_or_else(missing)?, Tie::after(count)))
            }
            INSERT_BEFORE => {
                Ok(Step::Insert(parts.next_element()?.ok_or_else(missing)?, Tie::Before))
            }
            DELETE => Ok(Step::Delete(count)),
            _ => Ok(Step::Retain(count)),
        }
    }
}

fn missing<E: de::Error>() -> E {
    E::missing_field("step")
}
