//! What each audience sees of what was written behind the veil: that it is drawn, and how many problems
//! there are. Nobody gets what they say, nor whose they are.

use super::{Event, State};
use crate::MesaNumber;
use crate::projected::Projected;

/// An event as any audience gets it.
pub(crate) fn project(mesa: MesaNumber, event: &Event) -> Projected {
    let seen = match event {
        Event::Written { problem: _, count } => Event::Written { problem: None, count: *count },
        Event::Withdrawn { problem: _, count } => Event::Withdrawn { problem: None, count: *count },
        Event::Drawn { .. } | Event::Lifted => event.clone(),
    };
    Projected::Event(crate::Event::Veil(mesa, seen))
}

impl State {
    /// Takes out what no audience may see.
    pub(crate) fn hide(&mut self) {
        self.drawn.iter_mut().for_each(|veil| veil.problems.clear());
    }
}
