//! What each audience sees of the floor: the order, the turn and the clocks are everybody's; who has
//! which device is the mesa's; what the facilitation called somebody, and how long each spoke, is
//! the facilitation's.

use super::{Event, State, Who};
use crate::audience::Audience;
use crate::projected::Projected;
use crate::{MesaNumber, PersonId};

/// An event as an audience gets it.
pub(crate) fn project(mesa: MesaNumber, event: &Event, audience: Audience) -> Projected {
    let seen = match event {
        Event::Spoke { .. } if audience != Audience::Facilitation => return Projected::Hidden,
        Event::Asked(entry) => {
            let mut entry = entry.clone();
            entry.who.hide_from(audience);
            Event::Asked(entry)
        }
        other => other.clone(),
    };
    Projected::Event(crate::Event::Floor(mesa, seen))
}

impl Who {
    fn hide_from(&mut self, audience: Audience) {
        if audience != Audience::Facilitation {
            self.name = None;
        }
        if audience == Audience::Public {
            self.person = None::<PersonId>;
        }
    }
}

impl State {
    /// The state as an audience may see it.
    pub(crate) fn hide_from(&mut self, audience: Audience) {
        let turn = self.turn.iter_mut().map(|turn| &mut turn.entry);
        self.waiting.iter_mut().chain(turn).for_each(|entry| entry.who.hide_from(audience));
        if audience != Audience::Facilitation {
            self.spoke.clear();
        }
    }
}
