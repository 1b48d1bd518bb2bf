//! Folding events into the state. Total: an event that doesn't fit (which [`decide`](crate::decide::decide) never makes)
//! changes nothing, so that no log can crash a reader.

use crate::event::Event;
use crate::state::State;

impl State {
    /// The state after one more event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Exercise(event) => self.apply_exercise(event),
            Event::People(event) => self.apply_people(event),
            Event::Conduct(event) => self.apply_conduct(event),
            Event::Deliberation(event) => self.apply_deliberation(event),
            // What stands in the log now says it all.
            Event::Redacted { .. } => {}
        }
    }
}
