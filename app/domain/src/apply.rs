//! Folding events into the state. Total: an event that doesn't fit (which
//! [`decide`](crate::decide::decide) never makes) changes nothing, so that no log can crash a
//! reader.

use std::sync::Arc;

use crate::event::Event;
use crate::exercise::Exercise;
use crate::{deliberation, people};

impl Exercise {
    /// The state after one more event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Exercise(event) => self.apply_exercise(event),
            Event::People(event) => self.apply_people(event),
            Event::Conduct(mesa, event) => self.apply_conduct(*mesa, event),
            Event::Deliberation(event) => self.apply_deliberation(event),
            Event::Agreement(event) => self.apply_agreement(event),
            Event::Floor(mesa, event) => {
                if let Some(mesa) = self.mesa_mut(*mesa) {
                    Arc::make_mut(&mut mesa.floor).apply(event);
                }
            }
            Event::Priority(mesa, event) => {
                if let Some(mesa) = self.mesa_mut(*mesa) {
                    mesa.apply_priority(event);
                }
            }
            Event::Veil(mesa, event) => {
                if let Some(mesa) = self.mesa_mut(*mesa) {
                    Arc::make_mut(&mut mesa.veil).apply(event);
                }
            }
            // The state doesn't change: the redacted payloads are in the log already.
            Event::Redacted { .. } => {}
            // Devices never get these.
            Event::Pack(_) if cfg!(target_arch = "wasm32") => {}
            Event::Pack(event) => Arc::make_mut(&mut self.pack).apply(event),
        }
        if event.concerns_all() {
            self.share();
        }
    }

    fn apply_people(&mut self, event: &people::Event) {
        match event.mesa() {
            // Devices never get these.
            None if cfg!(target_arch = "wasm32") => {}
            None => self.apply_registry(event),
            Some(mesa) => {
                if let Some(mesa) = self.mesa_mut(mesa) {
                    Arc::make_mut(&mut mesa.people).apply(event);
                }
            }
        }
    }

    fn apply_deliberation(&mut self, event: &deliberation::Event) {
        let (mesa, alias) = match event {
            deliberation::Event::ItemAdded { mesa, alias, .. }
            | deliberation::Event::Contributed { mesa, alias, .. } => {
                (self.mesa_mut(*mesa), Some(*alias))
            }
            _ => (self.mesa_of_mut(event.item()), None),
        };
        let Some(mesa) = mesa else { return };
        mesa.apply_deliberation(event);
        let is_there = mesa.deliberation.items.contains_key(&event.item());
        // A device shows what it added before the server numbered it: the device's own numbers come
        // after those it knows.
        if is_there && alias.is_some_and(|alias| alias.0 as usize == self.aliases.len()) {
            self.aliases.push(event.item());
        }
    }
}
