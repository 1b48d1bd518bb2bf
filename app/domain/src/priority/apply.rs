//! Folding events about which problems come first into its state.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::state::{Given, Outcome, Prioritisation};
use super::{Event, State};
use crate::mesa::Mesa;

impl Mesa {
    pub(crate) fn apply_priority(&mut self, event: &Event) {
        match event {
            Event::Closed { at, sums } => {
                let missing = self.not_prioritised();
                let state = Arc::make_mut(&mut self.priority);
                let Some(Prioritisation { number, points, given, .. }) = state.open.take() else {
                    return;
                };
                let gave = given.into_keys().collect();
                let (at, sums) = (*at, sums.clone());
                state.closed.push(Outcome { number, at, points, sums, gave, missing });
            }
            event => Arc::make_mut(&mut self.priority).apply(event),
        }
    }
}

impl State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { problems, points, at } => {
                self.opened = self.opened.saturating_add(1);
                self.open = Some(Prioritisation {
                    number: self.opened,
                    problems: problems.clone(),
                    points: *points,
                    at: *at,
                    given: BTreeMap::new(),
                });
            }
            Event::Given { actor, share } => {
                let Some(open) = &mut self.open else { return };
                let given = open.given.entry(*actor).or_insert(Given { times: 0, share: None });
                given.times = given.times.saturating_add(1);
                given.share.clone_from(share);
            }
            Event::Cancelled => self.open = None,
            // Handled by the mesa, which knows who is missing.
            Event::Closed { .. } => {}
        }
    }
}
