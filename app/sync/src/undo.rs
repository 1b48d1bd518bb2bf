//! What the person did in an open editor, to be taken back: their own changes only, whatever others
//! did to the same text meanwhile.

use domain::Patch;
use domain::text::patch::{Step, Tie, scalars};

/// Most that can be taken back.
const LIMIT: usize = 100;

/// Two stacks of patches. The last of each leads from the text that stands there to the one before
/// (or after) the person's last step, every other one from where the one above it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Undo {
    done: Vec<Patch>,
    undone: Vec<Patch>,
    /// Where the next letter would go on with the last word that was typed, or the next deletion
    /// with the last one, in scalars.
    goes_on: Option<(Kind, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Typed,
    Deleted,
}

impl Undo {
    /// The person changed `before`. Letters of one word are one step, and so is what is deleted in
    /// one go.
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

    /// Whether a change goes on with the last one, and where the next would go on with it.
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

    /// What would be put in again belongs to what `tie` says of its place.
    pub(crate) fn belongs(&mut self, tie: impl Fn(u32) -> Option<Tie>) {
        for last in
            [&mut self.done, &mut self.undone].into_iter().filter_map(|stack| stack.last_mut())
        {
            *last = last.tied(&tie);
        }
    }

    /// Someone else changed the text that stands there.
    pub(crate) fn others_did(&mut self, patch: &Patch) {
        self.goes_on = None;
        for stack in [&mut self.done, &mut self.undone] {
            let mut patch = patch.clone();
            for step in stack.iter_mut().rev() {
                (patch, *step) = Patch::transform_pair(&patch, step);
            }
        }
    }

    /// Takes the person's last step back, or with `again` takes the last one that was taken back
    /// once more: what that does to `text`, which stands there, and what stands there then. None
    /// when there is no step, or no room for it: texts have at most `limit` scalars.
    pub(crate) fn step(&mut self, text: &str, again: bool, limit: u32) -> Option<(Patch, String)> {
        let (from, to) = if again {
            (&mut self.undone, &mut self.done)
        } else {
            (&mut self.done, &mut self.undone)
        };
        self.goes_on = None;
        // What others deleted anyway isn't a step.
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

    /// Whether there is something to take back.
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
