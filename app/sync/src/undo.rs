//! The undo stack of an open editor: the person's own changes only, whatever others did to the same
//! text meanwhile.

use domain::Patch;
use domain::text::patch::{Step, Tie, scalars};

/// Most steps that can be undone.
const LIMIT: usize = 100;

/// Two stacks of patches. The last of each leads from the present text to the one before (or after)
/// the person's last step, every other one from where the one above it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Undo {
    done: Vec<Patch>,
    undone: Vec<Patch>,
    /// Where the next letter would continue the last typed word, or the next deletion the last one,
    /// in scalars.
    goes_on: Option<(Kind, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Typed,
    Deleted,
}

impl Undo {
    /// The person changed `before`. The letters of one word are one step, and so is what is deleted
    /// in one go.
    pub(crate) fn did(&mut self, patch: &Patch, before: &str) {
        let Ok(back) = patch.invert(before) else { return };
        self.undone.clear();
        let (joins, goes_on) = self.reads(patch);
        self.goes_on = goes_on;
        match self.done.last_mut() {
            Some(last) if joins => *last = back.compose(last),
            _ => push(&mut self.done, back),
        }
    }

    /// Whether a change continues the last one, and where the next would continue it.
    fn reads(&self, patch: &Patch) -> (bool, Option<(Kind, u32)>) {
        let (at, steps) = match patch.steps() {
            [Step::Retain(at), rest @ ..] => (*at, rest),
            rest => (0, rest),
        };
        match steps {
            [Step::Insert(text, _)] => {
                let joins = self.goes_on == Some((Kind::Typed, at))
                    && !text.starts_with(char::is_whitespace);
                (joins, Some((Kind::Typed, at + scalars(text))))
            }
            [Step::Delete(count)] => {
                let joins = self.goes_on == Some((Kind::Deleted, at + count))
                    || self.goes_on == Some((Kind::Deleted, at));
                (joins, Some((Kind::Deleted, at)))
            }
            _ => (false, None),
        }
    }

    /// What an undo or redo would insert again belongs to what `tie` says of its place.
    pub(crate) fn belongs(&mut self, tie: impl Fn(u32) -> Option<Tie>) {
        for last in
            [&mut self.done, &mut self.undone].into_iter().filter_map(|stack| stack.last_mut())
        {
            *last = last.tied(&tie);
        }
    }

    /// Someone else changed the present text.
    pub(crate) fn others_did(&mut self, patch: &Patch) {
        self.goes_on = None;
        for stack in [&mut self.done, &mut self.undone] {
            let mut patch = patch.clone();
            for step in stack.iter_mut().rev() {
                (patch, *step) = Patch::transform_pair(&patch, step);
            }
        }
    }

    /// Undoes the person's last step, or with `again` redoes the last undone one. Returns what that
    /// does to the present `text` and the text after it. None when there is no step, or when the
    /// text would be longer than `limit` scalars.
    pub(crate) fn step(&mut self, text: &str, again: bool, limit: u32) -> Option<(Patch, String)> {
        let (from, to) = if again {
            (&mut self.undone, &mut self.done)
        } else {
            (&mut self.done, &mut self.undone)
        };
        self.goes_on = None;
        // A step that others' deletions left empty isn't one.
        while from.last().is_some_and(Patch::is_identity) {
            from.pop();
        }
        let after = from.last()?.apply(text).ok()?;
        if scalars(&after) > limit.max(scalars(text)) {
            return None;
        }
        let patch = from.pop()?;
        push(to, patch.invert(text).ok()?);
        Some((patch, after))
    }

    /// Whether there is something to undo.
    pub(crate) fn has_steps(&self) -> bool {
        self.done.iter().any(|patch| !patch.is_identity())
    }
}

fn push(stack: &mut Vec<Patch>, patch: Patch) {
    if stack.len() == LIMIT {
        stack.remove(0);
    }
    stack.push(patch);
}
