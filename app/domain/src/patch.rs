//! Changes to a long text: retain, insert, delete, counted in Unicode scalars.
//!
//! Two people change the same text from the same starting point; the server puts one first. [`Patch::transform_pair`] turns
//! the two into a pair that can be applied after one another on either side with the same result, so both people's
//! characters survive in the same order on every screen. At the same place, what the server took first stands left.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Most steps a patch may have: more than the longest text has room for (each scalar kept or taken out, and something put in
/// before it), because a patch gains steps when it is carried over others', and whatever it becomes has to be readable again.
pub const STEP_LIMIT: usize = 20_000;

/// One step of a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Leave this many scalars.
    Retain(u32),
    /// Put this text in.
    Insert(String),
    /// Take this many scalars out.
    Delete(u32),
}

/// A change to one text, in normal form: no empty steps, no two alike in a row, an insertion before the deletion it stands
/// beside, nothing retained at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct Patch(Vec<Step>);

/// Why a patch can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// Reaches beyond the end of the text.
    #[error("the patch reaches beyond the end of the text")]
    OutOfRange,
    /// More than [`STEP_LIMIT`] steps, or lengths that overflow.
    #[error("the patch has too many steps")]
    TooManySteps,
}

/// Number of Unicode scalars, saturating.
pub fn scalars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

impl Patch {
    /// The patch that changes nothing.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Replaces `removed` scalars at scalar offset `at` by `inserted`.
    pub fn splice(at: u32, removed: u32, inserted: &str) -> Self {
        let mut patch = Self::default();
        patch.retain(at);
        patch.insert(inserted);
        patch.delete(removed);
        patch.finish()
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it changes nothing.
    pub fn is_identity(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts it puts in.
    pub fn insertions(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Insert(text) => Some(text.as_str()),
            Step::Retain(_) | Step::Delete(_) => None,
        })
    }

    /// The same with other characters put in.
    pub(crate) fn map_insertions(&self, mut map: impl FnMut(char) -> char) -> Self {
        let mapped = self.0.iter().map(|step| match step {
            Step::Insert(text) => Step::Insert(text.chars().map(&mut map).collect()),
            Step::Retain(_) | Step::Delete(_) => step.clone(),
        });
        Self(mapped.collect())
    }

    /// Applies it to a text whose characters are `cells`; what reaches beyond its end is left out.
    pub(crate) fn splice_into<T>(&self, cells: &mut Vec<T>, mut make: impl FnMut(char) -> T) {
        let mut at = 0_usize;
        for step in &self.0 {
            match step {
                Step::Retain(count) => at = at.saturating_add(*count as usize).min(cells.len()),
                Step::Insert(text) => {
                    let made: Vec<T> = text.chars().map(&mut make).collect();
                    let count = made.len();
                    cells.splice(at..at, made);
                    at += count;
                }
                Step::Delete(count) => {
                    let end = at.saturating_add(*count as usize).min(cells.len());
                    cells.drain(at..end);
                }
            }
        }
    }

    fn retain(&mut self, count: u32) {
        match self.0.last_mut() {
            _ if count == 0 => {}
            Some(Step::Retain(last)) => *last = last.saturating_add(count),
            _ => self.0.push(Step::Retain(count)),
        }
    }

    fn delete(&mut self, count: u32) {
        match self.0.last_mut() {
            _ if count == 0 => {}
            Some(Step::Delete(last)) => *last = last.saturating_add(count),
            _ => self.0.push(Step::Delete(count)),
        }
    }

    fn insert(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        // An insertion beside a deletion comes first, so that equal changes are equal patches.
        let after_delete = matches!(self.0.last(), Some(Step::Delete(_)));
        let place = self.0.len() - usize::from(after_delete);
        match place.checked_sub(1).and_then(|before| self.0.get_mut(before)) {
            Some(Step::Insert(last)) => last.push_str(text),
            _ => self.0.insert(place, Step::Insert(text.to_owned())),
        }
    }

    fn finish(mut self) -> Self {
        if matches!(self.0.last(), Some(Step::Retain(_))) {
            self.0.pop();
        }
        self
    }

    /// The text after the change.
    ///
    /// # Errors
    /// [`PatchError::OutOfRange`] when it reaches beyond the end of `text`.
    pub fn apply(&self, text: &str) -> Result<String, PatchError> {
        let mut result = String::with_capacity(text.len() + self.insertions().map(str::len).sum::<usize>());
        let mut rest = text;
        for step in &self.0 {
            match step {
                Step::Retain(count) => {
                    let (kept, after) = split(rest, *count)?;
                    result.push_str(kept);
                    rest = after;
                }
                Step::Insert(inserted) => result.push_str(inserted),
                Step::Delete(count) => rest = split(rest, *count)?.1,
            }
        }
        result.push_str(rest);
        Ok(result)
    }

    /// One patch that does what `self` and then `next` do.
    pub fn compose(&self, next: &Self) -> Self {
        let mut out = Self::default();
        let mut first = Cursor::new(&self.0);
        let mut second = Cursor::new(&next.0);
        loop {
            match (first.peek(), second.peek()) {
                (None, None) => return out.finish(),
                (Some(Part::Delete(count)), _) => {
                    out.delete(count);
                    first.advance(count);
                }
                (_, Some(Part::Insert(text))) => {
                    out.insert(text);
                    second.advance(scalars(text));
                }
                (None, Some(Part::Retain(count))) => {
                    out.retain(count);
                    second.advance(count);
                }
                (None, Some(Part::Delete(count))) => {
                    out.delete(count);
                    second.advance(count);
                }
                (Some(Part::Retain(count)), None) => {
                    out.retain(count);
                    first.advance(count);
                }
                (Some(Part::Insert(text)), None) => {
                    out.insert(text);
                    first.advance(scalars(text));
                }
                (Some(before), Some(after)) => {
                    let count = before.len().min(after.len());
                    match (before, after) {
                        (Part::Retain(_), Part::Retain(_)) => out.retain(count),
                        (Part::Retain(_), Part::Delete(_)) => out.delete(count),
                        (Part::Insert(text), Part::Retain(_)) => out.insert(prefix(text, count)),
                        // Put in and taken out again; the other pairs were handled above.
                        _ => {}
                    }
                    first.advance(count);
                    second.advance(count);
                }
            }
        }
    }

    /// For two patches of the same text, `earlier` being first in the server's order: `(earlier', late')` such that
    /// `earlier` then `late'` gives the same text as `late` then `earlier'`.
    pub fn transform_pair(earlier: &Self, late: &Self) -> (Self, Self) {
        let mut earlier_out = Self::default();
        let mut late_out = Self::default();
        let mut first = Cursor::new(&earlier.0);
        let mut second = Cursor::new(&late.0);
        loop {
            match (first.peek(), second.peek()) {
                (None, None) => return (earlier_out.finish(), late_out.finish()),
                (Some(Part::Insert(text)), _) => {
                    let count = scalars(text);
                    earlier_out.insert(text);
                    late_out.retain(count);
                    first.advance(count);
                }
                (_, Some(Part::Insert(text))) => {
                    let count = scalars(text);
                    late_out.insert(text);
                    earlier_out.retain(count);
                    second.advance(count);
                }
                (before, after) => {
                    let count = before.map_or(u32::MAX, |p| p.len()).min(after.map_or(u32::MAX, |p| p.len()));
                    match (before, after) {
                        (Some(Part::Delete(_)), Some(Part::Delete(_))) => {}
                        (Some(Part::Delete(_)), _) => earlier_out.delete(count),
                        (_, Some(Part::Delete(_))) => late_out.delete(count),
                        _ => {
                            earlier_out.retain(count);
                            late_out.retain(count);
                        }
                    }
                    first.advance(count);
                    second.advance(count);
                }
            }
        }
    }

    /// This patch as it reads after `earlier`, which the server took before it.
    pub fn after(&self, earlier: &Self) -> Self {
        Self::transform_pair(earlier, self).1
    }

    /// The patch that takes this one back from the text that it gave.
    ///
    /// # Errors
    /// [`PatchError::OutOfRange`] when it doesn't fit `before`, the text it was applied to.
    pub fn invert(&self, before: &str) -> Result<Self, PatchError> {
        let mut out = Self::default();
        let mut rest = before;
        for step in &self.0 {
            match step {
                Step::Retain(count) => {
                    rest = split(rest, *count)?.1;
                    out.retain(*count);
                }
                Step::Insert(text) => out.delete(scalars(text)),
                Step::Delete(count) => {
                    let (gone, after) = split(rest, *count)?;
                    out.insert(gone);
                    rest = after;
                }
            }
        }
        Ok(out.finish())
    }

    /// Where it ends in the text that it gives, in scalars: behind the last thing put in, where the last was taken out.
    pub fn end(&self) -> u32 {
        let ends = self.0.iter().map(|step| match step {
            Step::Retain(count) => *count,
            Step::Insert(text) => scalars(text),
            Step::Delete(_) => 0,
        });
        ends.fold(0, u32::saturating_add)
    }

    /// Where a caret at scalar offset `position` stands after the change: with the words around it. An insertion exactly at
    /// the caret doesn't push it.
    pub fn map_position(&self, position: u32) -> u32 {
        let mut old = 0_u32;
        let mut new = position;
        for step in &self.0 {
            if old >= position && !matches!(step, Step::Insert(_)) {
                break;
            }
            match step {
                Step::Retain(count) => old = old.saturating_add(*count),
                Step::Insert(text) if old < position => new = new.saturating_add(scalars(text)),
                Step::Insert(_) => {}
                Step::Delete(count) => {
                    new = new.saturating_sub((*count).min(position - old));
                    old = old.saturating_add(*count);
                }
            }
        }
        new
    }
}

fn split(text: &str, count: u32) -> Result<(&str, &str), PatchError> {
    if count == 0 {
        return Ok(("", text));
    }
    let mut indices = text.char_indices();
    // The scalar after the last kept one; none when the text ends exactly there.
    match indices.nth(count as usize - 1) {
        Some((start, character)) => Ok(text.split_at(start + character.len_utf8())),
        None => Err(PatchError::OutOfRange),
    }
}

fn prefix(text: &str, count: u32) -> &str {
    split(text, count).map_or(text, |(kept, _)| kept)
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Retain(u32),
    Insert(&'a str),
    Delete(u32),
}

impl Part<'_> {
    fn len(&self) -> u32 {
        match self {
            Part::Retain(count) | Part::Delete(count) => *count,
            Part::Insert(text) => scalars(text),
        }
    }
}

/// Walks a patch's steps, part of a step at a time.
struct Cursor<'a> {
    steps: &'a [Step],
    index: usize,
    used: u32,
}

impl<'a> Cursor<'a> {
    fn new(steps: &'a [Step]) -> Self {
        Self { steps, index: 0, used: 0 }
    }

    fn peek(&self) -> Option<Part<'a>> {
        self.steps.get(self.index).map(|step| match step {
            Step::Retain(count) => Part::Retain(count - self.used),
            Step::Delete(count) => Part::Delete(count - self.used),
            Step::Insert(text) => Part::Insert(split(text, self.used).map_or("", |(_, rest)| rest)),
        })
    }

    fn advance(&mut self, count: u32) {
        let Some(left) = self.peek().map(|part| part.len()) else { return };
        if count < left {
            self.used += count;
        } else {
            self.index += 1;
            self.used = 0;
        }
    }
}

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
                Step::Insert(text) => scalars(text),
            };
            total = total.checked_add(count).ok_or(PatchError::TooManySteps)?;
            match step {
                Step::Retain(count) => patch.retain(count),
                Step::Insert(text) => patch.insert(&text),
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

/// In the log (JSON) a patch reads `[5,"texto",-3]`: retain five, insert, delete three. In frames a step is a number, four times
/// its count, and two more for a deletion; an insertion is 1 and its text. What devices kept before has 0 or 2 and then the count:
/// no step retains or deletes nothing, so that both are told apart.
impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let readable = serializer.is_human_readable();
        match self {
            Step::Retain(count) if readable => serializer.serialize_u32(*count),
            Step::Retain(count) => serializer.serialize_u64(u64::from(*count) << 2),
            Step::Insert(text) if readable => serializer.serialize_str(text),
            Step::Insert(text) => (INSERT, text).serialize(serializer),
            Step::Delete(count) if readable => serializer.serialize_i64(-i64::from(*count)),
            Step::Delete(count) => serializer.serialize_u64((u64::from(*count) << 2) | DELETE),
        }
    }
}

const INSERT: u64 = 1;
const DELETE: u64 = 2;

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Readable;
        impl de::Visitor<'_> for Readable {
            type Value = Step;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number of scalars or a text")
            }
            fn visit_u64<E: de::Error>(self, count: u64) -> Result<Step, E> {
                u32::try_from(count).map(Step::Retain).map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, count: i64) -> Result<Step, E> {
                u32::try_from(count.unsigned_abs()).map(if count < 0 { Step::Delete } else { Step::Retain }).map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Step, E> {
                Ok(Step::Insert(text.to_owned()))
            }
        }
        struct Packed;
        impl<'de> de::Visitor<'de> for Packed {
            type Value = Step;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a step")
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut parts: A) -> Result<Step, A::Error> {
                let missing = || de::Error::missing_field("step");
                let number: u64 = parts.next_element()?.ok_or_else(missing)?;
                if number == INSERT {
                    return Ok(Step::Insert(parts.next_element()?.ok_or_else(missing)?));
                }
                let count = match number {
                    0 | DELETE => parts.next_element()?.ok_or_else(missing)?,
                    _ => u32::try_from(number >> 2).map_err(de::Error::custom)?,
                };
                match number & 3 {
                    0 => Ok(Step::Retain(count)),
                    DELETE => Ok(Step::Delete(count)),
                    _ => Err(missing()),
                }
            }
        }
        if deserializer.is_human_readable() { deserializer.deserialize_any(Readable) } else { deserializer.deserialize_tuple(2, Packed) }
    }
}
