//! Folding events about agreeing into the state.

use std::sync::Arc;

use super::state::{Given, Question};
use super::{Event, State};
use crate::conduct::shown::Shown;
use crate::exercise::Exercise;
use crate::mesa::Mesa;

impl Exercise {
    pub(crate) fn apply_agreement(&mut self, event: &Event) {
        Arc::make_mut(&mut self.plan).apply(event);
        // Every mesa's wall follows what is being read out.
        if let Event::ReadOut { commitment, .. } = event {
            let shown = commitment.map_or(Shown::Agreement, Shown::Item);
            let elsewhere =
                |mesa: &&mut Arc<Mesa>| mesa.conduct.shown != shown || mesa.conduct.wall.held;
            for mesa in self.mesas.values_mut().filter(elsewhere) {
                Arc::make_mut(&mut Arc::make_mut(mesa).conduct).show(&shown);
            }
        }
    }
}

impl State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Frozen(version) => self.versions.push(version.as_ref().clone()),
            Event::ReadOut { commitment, at: _ } => self.reading = *commitment,
            Event::ReaderChosen { reader } => self.reader = *reader,
            Event::Asked { version, entitled, secret, at } => {
                self.keep_told();
                self.question = Some(Question {
                    version: *version,
                    at: *at,
                    entitled: entitled.clone(),
                    secret: *secret,
                    closed: None,
                    closed_because: None,
                });
            }
            Event::Stated { actor, version, said, assisted, at } => {
                let secret = self.question.as_ref().is_some_and(|question| question.secret);
                let answers = self.answers.entry(*actor).or_default();
                for said in said {
                    let given = Given {
                        version: *version,
                        stance: said.stance.clone(),
                        at: *at,
                        assisted: *assisted,
                        secret,
                        told: false,
                    };
                    answers.insert(said.commitment, given);
                }
            }
            Event::Reminded { at: _ } => self.reminders = self.reminders.wrapping_add(1),
            Event::MissingNamed { named } => self.names_missing = *named,
            Event::Signing(event) => self.apply_signing(event),
            Event::Closed { reason, at } => {
                if let Some(question) = &mut self.question {
                    (question.closed, question.closed_because) = (Some(*at), reason.clone());
                }
                self.answers
                    .values_mut()
                    .flat_map(|answers| answers.values_mut())
                    .for_each(|given| given.told = true);
            }
        }
    }
}
