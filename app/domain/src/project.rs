//! Projection: what each viewer gets of state and events. It is filtered here, before anything is
//! encoded: what a viewer may not see is never in the bytes sent to them.
//!
//! The invariant, tested for any history: folding the projected events gives exactly the projected
//! state.

use std::sync::Arc;

use crate::audience::{Audience, Viewer};
use crate::deliberation::field::Assignment;
use crate::deliberation::view::{emptied, seen_by};
use crate::event::Event;
use crate::exercise::Exercise;
use crate::mesa::Mesa;
use crate::projected::Projected;
use crate::{
    ItemId, MesaNumber, agreement, conduct, deliberation, exercise, floor, people, priority, veil,
};

/// The mesa at which something happened; none for an event of the exercise. `after` is the state
/// after the event.
pub fn mesa_of(event: &Event, after: &Exercise) -> Option<MesaNumber> {
    match event {
        Event::People(event) => event.mesa(),
        Event::Conduct(mesa, _)
        | Event::Floor(mesa, _)
        | Event::Priority(mesa, _)
        | Event::Veil(mesa, _) => Some(*mesa),
        Event::Deliberation(event) => after.mesa_of(event.item()).map(|mesa| mesa.number),
        Event::Exercise(_) | Event::Agreement(_) | Event::Redacted { .. } | Event::Pack(_) => None,
    }
}

/// An event as a viewer gets it; `after` is the state after it.
pub fn project(event: &Event, after: &Exercise, viewer: Viewer) -> Projected {
    let audience = match event {
        Event::Agreement(_) => viewer.of_the_plan(),
        _ => mesa_of(event, after).map_or(Audience::Public, |mesa| viewer.at(mesa)),
    };
    project_at(event, after, audience)
}

/// An event as an audience of its own mesa gets it; `after` is the state after it.
pub fn project_at(event: &Event, after: &Exercise, audience: Audience) -> Projected {
    let sees = match event {
        Event::Exercise(event) => exercise::view::sees(event),
        Event::People(event) => people::view::sees(event, audience),
        Event::Conduct(_, event) => conduct::view::sees(event, audience),
        Event::Deliberation(event) => {
            let mesa = after.mesa_of(event.item());
            return mesa.map_or(Projected::Hidden, |mesa| {
                deliberation::view::project(event, mesa, audience)
            });
        }
        Event::Agreement(event) => {
            return agreement::view::project(event, &after.plan, audience);
        }
        Event::Floor(mesa, event) => return floor::view::project(*mesa, event, audience),
        Event::Priority(mesa, event) => return priority::view::project(*mesa, event),
        Event::Veil(mesa, event) => return veil::view::project(*mesa, event),
        // Its page is drawn by the server; mesas are told what it comes to.
        Event::Redacted { .. } | Event::Pack(_) => false,
    };
    if sees { Projected::Event(event.clone()) } else { Projected::Hidden }
}

impl Exercise {
    /// The state as a viewer may see it, for snapshots.
    pub fn for_viewer(&self, viewer: Viewer) -> Self {
        let mesas = self
            .mesas
            .iter()
            .map(|(number, mesa)| (*number, Arc::new(mesa.for_audience(viewer.at(*number)))))
            .collect();
        let plan = Arc::new(self.plan.for_audience(viewer.of_the_plan()));
        let (registry, sections, pack) = Default::default();
        let mut seen = Self { mesas, plan, registry, sections, pack, ..self.clone() };
        seen.share();
        seen
    }

    /// The state after one more projected event: this is how a replica follows.
    pub fn apply_projected(&mut self, projected: &Projected) {
        match projected {
            Projected::Hidden => {}
            Projected::Event(event) => self.apply(event),
            Projected::Told(plan) => {
                self.plan = Arc::clone(plan);
                self.share();
            }
            Projected::Forgotten(item) => {
                if let Some(mesa) = self.mesa_of_mut(*item) {
                    mesa.forget(*item);
                }
                self.share();
            }
            Projected::Assigned { item, value } => {
                if let Some(mesa) = self.mesa_of_mut(*item) {
                    mesa.deliberation.assign(*item, value);
                }
                if matches!(value, Assignment::Category(_)) {
                    self.share();
                }
            }
            Projected::Revealed(items) => {
                for item in items {
                    if let Some(mesa) = self.mesa_of_mut(item.id) {
                        mesa.deliberation.items.insert(item.id, Arc::clone(item));
                    }
                }
                self.share();
            }
        }
    }
}

impl Mesa {
    fn for_audience(&self, audience: Audience) -> Self {
        let mut seen = self.clone();
        Arc::make_mut(&mut seen.priority).hide();
        Arc::make_mut(&mut seen.veil).hide();
        if audience != Audience::Facilitation {
            let merged = match audience {
                Audience::Public => Vec::new(),
                Audience::Facilitation | Audience::Seats => self.people.merged.clone(),
            };
            seen.people = Arc::new(people::State { merged, ..people::State::default() });
            let conduct = Arc::make_mut(&mut seen.conduct);
            conduct.late.clear();
            conduct.pauses.clear();
            conduct.notes.clear();
            conduct.muted.clear();
            conduct.wall.hide();
            Arc::make_mut(&mut seen.floor).hide_from(audience);
        }
        if audience == Audience::Public {
            let conduct = Arc::make_mut(&mut seen.conduct);
            (conduct.late_asks, conduct.notice) = (0, None);
        }
        for item in seen.deliberation.items.values_mut() {
            *item = seen_by(self, item, audience);
        }
        seen
    }

    fn forget(&mut self, item: ItemId) {
        self.deliberation.change(item, |item| item.removed = true);
        let gone: Vec<_> = self.deliberation.with_parts(item).collect();
        for id in gone {
            self.deliberation.change(id, |item| *item = emptied(item));
        }
    }
}
