//! Folding events about signing into the state.

use super::Event;
use super::state::{Mark, Noted, Round, Slot};
use crate::agreement::State;

impl State {
    pub(crate) fn apply_signing(&mut self, event: &Event) {
        if let Event::Opened { version, actors, at } = event {
            self.rounds.push(Round {
                version: *version,
                opened: *at,
                slots: actors.iter().map(|actor| (*actor, Slot::default())).collect(),
                pages: None,
                base: None,
                changes: 0,
                closed: None,
                seal: None,
                scans: Vec::new(),
            });
        } else if let Event::ScanAttached { version, .. }
        | Event::InitialsDeclared { version, .. }
        | Event::ScanDetached { version, .. } = event
        {
            // What is on paper is beside the document and changes nothing in it.
            let mut rounds = self.rounds.iter_mut().rev();
            if let Some(round) = rounds.find(|round| round.version == *version) {
                round.apply_scan(event);
            }
        } else if let Some(round) = self.rounds.last_mut() {
            round.apply(event);
        }
    }
}

impl Round {
    /// The document says something else than what was consented to.
    fn forget_consent(&mut self) {
        for slot in self.slots.values_mut() {
            if let Some(Mark::Signed { pages, .. }) = &mut slot.mark {
                *pages = 0;
            }
        }
    }

    fn apply(&mut self, event: &Event) {
        self.changes = self.changes.wrapping_add(1);
        match event {
            Event::Opened { .. }
            | Event::ScanAttached { .. }
            | Event::InitialsDeclared { .. }
            | Event::ScanDetached { .. } => {}
            Event::PagesSet { pages, base } => {
                if self.base.replace(*base).is_some_and(|before| before != *base) {
                    self.forget_consent();
                }
                self.pages = Some(*pages);
            }
            Event::Marked { actor, mark } => {
                if let Some(slot) = self.slots.get_mut(actor) {
                    slot.mark = Some(mark.clone());
                }
            }
            Event::Consented { actor, pages: seen, at: _ } => {
                if let Some(Slot { mark: Some(Mark::Signed { pages, .. }), .. }) =
                    self.slots.get_mut(actor)
                {
                    *pages = *seen;
                }
            }
            Event::MarkTaken { actor } => {
                if let Some(slot) = self.slots.get_mut(actor) {
                    *slot = Slot::default();
                }
            }
            Event::WitnessNamed { actor, name } => {
                if let Some(slot) = self.slots.get_mut(actor) {
                    slot.witness.clone_from(name);
                }
            }
            Event::Closed { reason, at } => {
                self.closed = Some((reason.clone(), *at));
                for slot in self.slots.values_mut().filter(|slot| slot.mark.is_none()) {
                    slot.mark = Some(Mark::Noted { noted: Noted::Absent, at: *at });
                }
            }
            Event::Sealed { seal } => self.seal = Some(*seal),
        }
    }
}
