//! Folding events about problems that each writes alone into their state.

use super::state::Veil;
use super::{Event, State};

impl State {
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::Drawn { at } => self.drawn = Some(Veil { at: *at, ..Veil::default() }),
            Event::Written { problem, count } => {
                let Some(veil) = &mut self.drawn else { return };
                veil.count = *count;
                let Some(problem) = problem else { return };
                match veil.problems.iter_mut().find(|other| other.item == problem.item) {
                    Some(other) => other.clone_from(problem),
                    None => veil.problems.push(problem.clone()),
                }
            }
            Event::Withdrawn { problem, count } => {
                let Some(veil) = &mut self.drawn else { return };
                veil.count = *count;
                veil.problems.retain(|other| Some(other.item) != *problem);
            }
            Event::Lifted => self.drawn = None,
        }
    }
}
