//! Folding events about the exercise and its mesas into its state.

use std::sync::Arc;

use super::{Event, Exercise};
use crate::mesa::Mesa;

impl Exercise {
    pub(crate) fn apply_exercise(&mut self, event: &Event) {
        match event {
            Event::ExerciseDescribed(card) => self.card = Some(Arc::new(card.as_ref().clone())),
            Event::MesaDescribed { mesa: number, card } => {
                if let Some(mesa) = self.mesa_mut(*number) {
                    mesa.card = Some(Arc::new(card.as_ref().clone()));
                    return;
                }
                let mut mesa = Mesa {
                    number: *number,
                    card: Some(Arc::new(card.as_ref().clone())),
                    ..Mesa::default()
                };
                // A new mesa joins the phase of the plan, if the plan has begun.
                if let Some(there) =
                    self.mesas.values().find(|other| other.conduct.phase.is_of_the_plan())
                {
                    let conduct = Arc::make_mut(&mut mesa.conduct);
                    conduct.phase = there.conduct.phase;
                    conduct.phases.extend(there.conduct.phases.last());
                }
                self.mesas.insert(*number, Arc::new(mesa));
            }
            Event::ActorDescribed(actor) => {
                let described = Arc::new(actor.as_ref().clone());
                match self.actors.iter_mut().find(|known| known.id == actor.id) {
                    Some(known) => *known = described,
                    None => self.actors.push(described),
                }
            }
            Event::NoticePublished(notice) => self.notices.push(Arc::new(notice.as_ref().clone())),
            Event::LogoSet { place, logo } => {
                self.logos.insert(*place, logo.as_deref().cloned().map(Arc::new));
            }
            Event::SectionsWritten(sections) => {
                self.sections = Arc::new(sections.as_ref().clone());
            }
        }
    }
}
