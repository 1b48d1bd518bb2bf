//! Operational transformation: two concurrent changes of one text.

use std::borrow::Cow;

use super::Patch;
use super::cursor::{Cursor, Part};
use super::step::{Step, Tie, scalars};

impl Patch {
    /// For two patches of the same text, `earlier` being first in the server's order: `(earlier',
    /// late')` such that `earlier` then `late'` gives the same text as `late` then `earlier'`.
    pub fn transform_pair(earlier: &Self, late: &Self) -> (Self, Self) {
        let (earlier, late) = (giving_way(earlier, late), giving_way(late, earlier));
        let (mut first, mut second) = (Cursor::new(&earlier), Cursor::new(&late));
        let (mut earlier, mut late) = (Side::default(), Side::default());
        loop {
            match (first.peek(), second.peek()) {
                (None, None) => return (earlier.out.finish(), late.out.finish()),
                (Some(Part::Insert(text, tie)), other)
                    if !other.is_some_and(|other| other.stands_left_of(tie)) =>
                {
                    earlier.puts_in(text, tie);
                    late.meets(text);
                    first.advance(scalars(text));
                }
                (_, Some(Part::Insert(text, tie))) => {
                    late.puts_in(text, tie);
                    earlier.meets(text);
                    second.advance(scalars(text));
                }
                (before, after) => {
                    let count = before
                        .map_or(u32::MAX, |p| p.len())
                        .min(after.map_or(u32::MAX, |p| p.len()));
                    let (deleted_first, deleted_second) = (
                        matches!(before, Some(Part::Delete(_))),
                        matches!(after, Some(Part::Delete(_))),
                    );
                    earlier.passes(count, deleted_first, deleted_second);
                    late.passes(count, deleted_second, deleted_first);
                    first.advance(count);
                    second.advance(count);
                }
            }
        }
    }

    /// This patch transformed over `earlier`, which the server took first.
    pub fn after(&self, earlier: &Self) -> Self {
        Self::transform_pair(earlier, self).1
    }
}

/// One of the two patches while both are walked through.
#[derive(Default)]
struct Side {
    /// The result.
    out: Patch,
    /// The scalars retained just before the present place, and whether the other patch keeps them:
    /// an insertion is tied to these.
    before: Vec<(u32, bool)>,
}

impl Side {
    fn puts_in(&mut self, text: &str, tie: Tie) {
        let tie = if let Tie::After(count) = tie { Tie::after(self.left_of(count)) } else { tie };
        self.before.clear();
        self.out.insert(text, tie);
    }

    /// How many of the `count` scalars just before the place the other patch keeps.
    fn left_of(&self, mut count: u32) -> u32 {
        let mut left = 0;
        for (scalars, stays) in self.before.iter().rev() {
            let of_these = count.min(*scalars);
            left += if *stays { of_these } else { 0 };
            count -= of_these;
        }
        left
    }

    /// The other patch inserts something.
    fn meets(&mut self, text: &str) {
        self.out.retain(scalars(text));
        self.before.clear();
    }

    /// Moves on by `count` scalars of the text.
    fn passes(&mut self, count: u32, deletes: bool, other_deletes: bool) {
        if deletes {
            self.before.clear();
        } else {
            self.before.push((count, !other_deletes));
        }
        match (deletes, other_deletes) {
            (true, true) | (false, true) => {}
            (true, false) => self.out.delete(count),
            (false, false) => self.out.retain(count),
        }
    }
}

impl Part<'_> {
    /// Whether its insertion stands left of the earlier patch's at the same place.
    fn stands_left_of(&self, earlier: Tie) -> bool {
        matches!(self, Part::Insert(_, tie) if tie.rank() < earlier.rank())
    }
}

/// The steps of a `patch` that replaces something, with its insertion moved behind what `other`
/// inserts as a continuation of the text before: "abX" and "abcd", where c was replaced by X while
/// d was typed, become "abdX". A replacement may stand anywhere in what it replaces.
fn giving_way<'a>(patch: &'a Patch, other: &Patch) -> Cow<'a, [Step]> {
    let mut going_on = going_on(other).peekable();
    if going_on.peek().is_none() {
        return Cow::Borrowed(&patch.0);
    }
    let mut steps: Vec<Step> = Vec::with_capacity(patch.0.len() + 2);
    let mut at = 0_u32;
    for step in &patch.0 {
        match step {
            Step::Insert(..) => {}
            Step::Retain(count) => at = at.saturating_add(*count),
            Step::Delete(count) => {
                let end = at.saturating_add(*count);
                while going_on.next_if(|(place, _)| *place <= at).is_some() {}
                let mut before = None;
                while let Some((place, reach)) = going_on.next_if(|(place, _)| *place <= end) {
                    before = before.or(Some(place - at).filter(|before| reach > *before));
                }
                if let (Some(Step::Insert(..)), Some(before)) = (steps.last(), before) {
                    let replacement = steps.pop();
                    steps.push(Step::Delete(before));
                    steps.extend(replacement);
                    steps.extend(Some(Step::Delete(count - before)).filter(|_| *count > before));
                    at = end;
                    continue;
                }
                at = end;
            }
        }
        steps.push(step.clone());
    }
    Cow::Owned(steps)
}

/// The insertions that continue the text before them: where, and the number of scalars that they
/// are tied to.
fn going_on(patch: &Patch) -> impl Iterator<Item = (u32, u32)> {
    let mut at = 0_u32;
    patch.0.iter().filter_map(move |step| match step {
        Step::Retain(count) | Step::Delete(count) => {
            at = at.saturating_add(*count);
            None
        }
        Step::Insert(_, Tie::After(reach)) => Some((at, *reach)),
        Step::Insert(_, Tie::Free | Tie::Before) => None,
    })
}
