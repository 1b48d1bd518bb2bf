//! Walking through the steps of a patch, part of a step at a time.

use super::step::{Step, Tie, scalars, split};

#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Retain(u32),
    Insert(&'a str, Tie),
    Delete(u32),
}

impl Part<'_> {
    pub(super) fn len(&self) -> u32 {
        match self {
            Part::Retain(count) | Part::Delete(count) => *count,
            Part::Insert(text, _) => scalars(text),
        }
    }
}

pub(super) struct Cursor<'a> {
    steps: &'a [Step],
    index: usize,
    used: u32,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(steps: &'a [Step]) -> Self {
        Self { steps, index: 0, used: 0 }
    }

    pub(super) fn peek(&self) -> Option<Part<'a>> {
        self.steps.get(self.index).map(|step| match step {
            Step::Retain(count) => Part::Retain(count - self.used),
            Step::Delete(count) => Part::Delete(count - self.used),
            Step::Insert(text, tie) => {
                Part::Insert(split(text, self.used).map_or("", |(_, rest)| rest), *tie)
            }
        })
    }

    pub(super) fn advance(&mut self, count: u32) {
        let Some(left) = self.peek().map(|part| part.len()) else { return };
        if count < left {
            self.used += count;
        } else {
            self.index += 1;
            self.used = 0;
        }
    }
}
