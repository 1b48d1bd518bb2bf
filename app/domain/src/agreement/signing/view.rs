//! What devices see of a signing: no drawing, which could be copied, and the public no person. Names
//! that were typed instead stand in the document alone.

use super::Event;
use super::state::{Hand, Mark, Round};
use crate::audience::Audience;
use crate::text::words::ShortText;

impl Event {
    /// The event as an audience may see it.
    pub(crate) fn for_audience(&self, audience: Audience) -> Self {
        let mut seen = self.clone();
        if let Self::Marked { actor: _, mark } = &mut seen {
            mark.withhold(audience);
        }
        seen
    }
}

impl Round {
    /// The round as an audience may see it.
    pub(crate) fn withhold(&mut self, audience: Audience) {
        self.slots
            .values_mut()
            .filter_map(|slot| slot.mark.as_mut())
            .for_each(|mark| mark.withhold(audience));
    }
}

impl Mark {
    fn withhold(&mut self, audience: Audience) {
        if let Self::Signed { hand, .. } = self {
            match hand {
                Hand::Drawn { initials, signature } => (*initials, *signature) = (None, None),
                Hand::Typed(name) => *name = ShortText::default(),
            }
        }
        if let (Self::Signed { person, .. } | Self::Declined { person, .. }, Audience::Public) =
            (self, audience)
        {
            *person = None;
        }
    }
}
