//! Changes to a long text: retain, insert, delete, counted in Unicode scalars.
//!
//! When two people change the same text from the same version, the server puts one first.
//! [`Patch::transform_pair`] (operational transformation) turns the two into a pair that gives the
//! same result in either order, so both people's characters survive in the same order on every
//! screen. Of two insertions at the same place, the one that continues the text before it stands
//! left ([`Tie`]), so that what one person types in one go stays together; otherwise the one that
//! the server took first.

mod cursor;
mod serial;
mod step;
mod transform;

use cursor::{Cursor, Part};
use serde::{Deserialize, Serialize};
pub use step::{PatchError, STEP_LIMIT, Step, Tie, scalars};
use step::{prefix, split};

/// A change to one text, in normal form: no empty steps, no two equal steps in a row, an insertion
/// before the deletion beside it and tied to no more than the scalars retained just before it, no
/// retain at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct Patch(Vec<Step>);

impl Patch {
    /// The patch that changes nothing.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Replaces `removed` scalars at scalar offset `at` by `inserted`.
    pub fn splice(at: u32, removed: u32, inserted: &str) -> Self {
        let mut patch = Self::default();
        patch.retain(at);
        patch.insert(inserted, Tie::Free);
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

    /// The texts that it inserts.
    pub fn insertions(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Insert(text, _) => Some(text.as_str()),
            Step::Retain(_) | Step::Delete(_) => None,
        })
    }

    /// The same patch with ties: `tie` is called with each place in the old text at which it
    /// inserts; with none the insertion keeps its tie.
    #[must_use]
    pub fn tied(&self, tie: impl Fn(u32) -> Option<Tie>) -> Self {
        let mut out = Self::default();
        let mut at = 0_u32;
        for step in &self.0 {
            match step {
                Step::Retain(count) => {
                    out.retain(*count);
                    at = at.saturating_add(*count);
                }
                Step::Insert(text, known) => out.insert(text, tie(at).unwrap_or(*known)),
                Step::Delete(count) => {
                    out.delete(*count);
                    at = at.saturating_add(*count);
                }
            }
        }
        out
    }

    /// The same patch with other characters inserted.
    pub(crate) fn map_insertions(&self, mut map: impl FnMut(char) -> char) -> Self {
        let mapped = self.0.iter().map(|step| match step {
            Step::Insert(text, tie) => Step::Insert(text.chars().map(&mut map).collect(), *tie),
            Step::Retain(_) | Step::Delete(_) => step.clone(),
        });
        Self(mapped.collect())
    }

    /// Applies it to a text whose characters are `cells`; what is beyond its end is left out.
    pub(crate) fn splice_into<T>(&self, cells: &mut Vec<T>, mut make: impl FnMut(char) -> T) {
        let mut at = 0_usize;
        for step in &self.0 {
            match step {
                Step::Retain(count) => at = at.saturating_add(*count as usize).min(cells.len()),
                Step::Insert(text, _) => {
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

    /// Inserts `text` after the steps so far; beside another insertion it joins that one and takes
    /// its tie.
    fn insert(&mut self, text: &str, tie: Tie) {
        if text.is_empty() {
            return;
        }
        let place = self.0.len() - usize::from(self.deleted_last() > 0);
        match place.checked_sub(1).and_then(|before| self.0.get_mut(before)) {
            Some(Step::Insert(last, _)) => last.push_str(text),
            Some(Step::Retain(_) | Step::Delete(_)) | None => {
                let tie = self.reaching(place, tie);
                self.0.insert(place, Step::Insert(text.to_owned(), tie));
            }
        }
    }

    /// The same for an insertion that precedes the one that it joins: both take its tie, less the
    /// scalars just before it that are deleted.
    fn insert_first(&mut self, text: &str, tie: Tie) {
        let place = self.0.len() - usize::from(self.deleted_last() > 0);
        let tie = if let Tie::After(count) = tie {
            Tie::after(count.saturating_sub(self.deleted_last()))
        } else {
            tie
        };
        let joined = place
            .checked_sub(1)
            .filter(|before| matches!(self.0.get(*before), Some(Step::Insert(..))));
        self.insert(text, tie);
        if let Some(joined) = joined {
            let reaching = self.reaching(joined, tie);
            if let Some(Step::Insert(_, tie)) = self.0.get_mut(joined) {
                *tie = reaching;
            }
        }
    }

    /// An insertion at this place is tied to no more than what is retained just before it.
    fn reaching(&self, place: usize, tie: Tie) -> Tie {
        match (tie, place.checked_sub(1).and_then(|before| self.0.get(before))) {
            (Tie::After(count), Some(Step::Retain(retained))) => Tie::after(count.min(*retained)),
            (Tie::After(_), _) => Tie::Free,
            (tie, _) => tie,
        }
    }

    /// How many scalars the last step takes out. An insertion beside a deletion comes first, so
    /// that equal changes are equal patches.
    fn deleted_last(&self) -> u32 {
        if let Some(Step::Delete(count)) = self.0.last() { *count } else { 0 }
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
        let mut result =
            String::with_capacity(text.len() + self.insertions().map(str::len).sum::<usize>());
        let mut rest = text;
        for step in &self.0 {
            match step {
                Step::Retain(count) => {
                    let (kept, after) = split(rest, *count)?;
                    result.push_str(kept);
                    rest = after;
                }
                Step::Insert(inserted, _) => result.push_str(inserted),
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
                (_, Some(Part::Insert(text, tie))) => {
                    out.insert(text, tie);
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
                (Some(Part::Insert(text, tie)), None) => {
                    out.insert_first(text, tie);
                    first.advance(scalars(text));
                }
                (Some(before), Some(after)) => {
                    let count = before.len().min(after.len());
                    match (before, after) {
                        (Part::Retain(_), Part::Retain(_)) => out.retain(count),
                        (Part::Retain(_), Part::Delete(_)) => out.delete(count),
                        (Part::Insert(text, tie), Part::Retain(_)) => {
                            out.insert_first(prefix(text, count), tie)
                        }
                        // Inserted and deleted again; the other pairs were handled above.
                        _ => {}
                    }
                    first.advance(count);
                    second.advance(count);
                }
            }
        }
    }

    /// The inverse patch, which undoes this one.
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
                Step::Insert(text, _) => out.delete(scalars(text)),
                Step::Delete(count) => {
                    let (gone, after) = split(rest, *count)?;
                    out.insert(gone, Tie::Free);
                    rest = after;
                }
            }
        }
        Ok(out.finish())
    }

    /// Where it ends in the new text, in scalars: after the last insertion, or at the last
    /// deletion.
    pub fn end(&self) -> u32 {
        let ends = self.0.iter().map(|step| match step {
            Step::Retain(count) => *count,
            Step::Insert(text, _) => scalars(text),
            Step::Delete(_) => 0,
        });
        ends.fold(0, u32::saturating_add)
    }

    /// Where a caret at scalar offset `position` is after the change: with the words around it. An
    /// insertion exactly at the caret doesn't move it.
    pub fn map_position(&self, position: u32) -> u32 {
        let mut old = 0_u32;
        let mut new = position;
        for step in &self.0 {
            if old >= position && !matches!(step, Step::Insert(..)) {
                break;
            }
            match step {
                Step::Retain(count) => old = old.saturating_add(*count),
                Step::Insert(text, _) if old < position => new = new.saturating_add(scalars(text)),
                Step::Insert(..) => {}
                Step::Delete(count) => {
                    new = new.saturating_sub((*count).min(position - old));
                    old = old.saturating_add(*count);
                }
            }
        }
        new
    }
}
