//! The comparison at the end of every mode: the published text, a newcomer's, every client's view
//! and the tool's own record.

use std::rc::Rc;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::fresh;
use crate::links::Links;
use crate::outcome::Outcome;
use crate::record::{Record, Verdict};
use crate::texts::Texts;

/// A run's record, and what to compare it with.
pub struct Check {
    arguments: Rc<Arguments>,
    links: Rc<Links>,
    record: Record,
}

impl Check {
    /// Starts from the present texts.
    pub async fn begin(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Self, Failure> {
        let before = fresh::look(arguments, links).await?.texts();
        Ok(Self {
            arguments: Rc::clone(arguments),
            links: Rc::clone(links),
            record: Record::new(before),
        })
    }

    /// Records what a crowd wrote.
    pub fn take(&mut self, told: &[Outcome]) {
        for outcome in told {
            let edits = outcome.inputs.iter().map(|input| (input.command, input.edit.clone()));
            self.record.take(edits, outcome.confirmed.keys().copied());
        }
    }

    /// The numbers of acknowledged and of other edits.
    pub fn counts(&self) -> (usize, usize) {
        self.record.counts()
    }

    /// Compares, in full, what the server publishes and what these clients show with what a
    /// newcomer sees, and that with the record. The texts found are the start of the next
    /// comparison.
    pub async fn compare(&mut self, told: &[Outcome]) -> Result<Verdict, Failure> {
        let newcomer = fresh::look(&self.arguments, &self.links).await?;
        let published = fresh::published(&self.arguments, &self.links).await?;
        let seen = newcomer.texts();
        let others = told.iter().filter(|outcome| !outcome.gone);
        let differs = |outcome: &&Outcome| {
            if outcome.is_editor {
                outcome.texts() != seen
            } else {
                outcome.state != newcomer.state
            }
        };
        let diverged = usize::from(published != seen) + others.filter(differs).count();
        let verdict = self.record.judge(&seen).and(Verdict { diverged, ..Verdict::default() });
        self.begin_anew(seen);
        Ok(verdict)
    }

    fn begin_anew(&mut self, seen: Texts) {
        self.record = Record::new(seen);
    }
}
