//! What each audience sees of the priorities: who divided their points is everybody's, how they did is
//! nobody's, and the sums are everybody's once it is closed.

use super::{Event, State};
use crate::MesaNumber;
use crate::projected::Projected;

/// An event as any audience gets it.
pub(crate) fn project(mesa: MesaNumber, event: &Event) -> Projected {
    let seen = match event {
        Event::Given { actor, share: _ } => Event::Given { actor: *actor, share: None },
        other => other.clone(),
    };
    Projected::Event(crate::Event::Priority(mesa, seen))
}

impl State {
    /// Takes out what no audience may see.
    pub(crate) fn hide(&mut self) {
        let given = self.open.iter_mut().flat_map(|open| open.given.values_mut());
        given.for_each(|given| given.share = None);
    }
}
