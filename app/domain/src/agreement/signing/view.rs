//! What devices see of a signing: no drawing, which could be copied, and the public no person. Names
//! that were typed instead stand in the document alone, and what a scan was called isn't public.

use super::Event;
use super::scan::Scan;
use super::state::{Hand, Mark, Round};
use crate::audience::Audience;
use crate::text::words::ShortText;

impl Event {
    /// The event as an audience may see it.
    pub(crate) fn for_audience(&self, audience: Audience) -> Self {
        let mut seen = self.clone();
        match &mut seen {
            Self::Marked { actor: _, mark } => mark.withhold(audience),
            Self::ScanAttached { version: _, scan } => scan.withhold(audience),
            Self::WitnessNamed { actor: _, name } if audience == Audience::Public => *name = None,
            _ => {}
        }
        seen
    }
}

impl Round {
    /// The round as an audience may see it.
    pub(crate) fn withhold(&mut self, audience: Audience) {
        for slot in self.slots.values_mut() {
            if let Some(mark) = &mut slot.mark {
                mark.withhold(audience);
            }
            if audience == Audience::Public {
                slot.witness = None;
            }
        }
        self.scans.iter_mut().for_each(|scan| scan.withhold(audience));
    }
}

impl Scan {
    /// What somebody called a file is theirs.
    fn withhold(&mut self, audience: Audience) {
        if audience == Audience::Public {
            self.name = ShortText::default();
        }
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
