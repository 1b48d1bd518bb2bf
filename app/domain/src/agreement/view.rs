//! What each audience sees of agreeing. Until a question is closed the public learns who answered
//! but not what; where the exercise wants it so, neither does anybody else.

use std::sync::Arc;

use super::{Event, Given, State, Version};
use crate::audience::Audience;
use crate::projected::Projected;

/// An event as an audience gets it; `after` is the state after it.
pub(crate) fn project(event: &Event, after: &State, audience: Audience) -> Projected {
    let as_it_is = |event: Event| Projected::Event(crate::Event::Agreement(event));
    match event {
        Event::Frozen(version) => {
            as_it_is(Event::Frozen(Box::new(Version { text: None, ..version.as_ref().clone() })))
        }
        Event::ReaderChosen { .. } if audience == Audience::Public => Projected::Hidden,
        Event::Stated { .. } => {
            let secret = after.question.as_ref().is_some_and(|question| question.secret);
            let mut seen = event.clone();
            if let (Event::Stated { said, .. }, true) =
                (&mut seen, is_withheld(secret, false, audience))
            {
                said.iter_mut().for_each(|said| said.stance = None);
            }
            as_it_is(seen)
        }
        Event::Signing(event) => as_it_is(Event::Signing(event.for_audience(audience))),
        Event::Closed { .. } => Projected::Told(Arc::new(after.for_audience(audience))),
        Event::ReadOut { .. }
        | Event::ReaderChosen { .. }
        | Event::Asked { .. }
        | Event::Reminded { .. }
        | Event::MissingNamed { .. } => as_it_is(event.clone()),
    }
}

fn is_withheld(secret: bool, told: bool, audience: Audience) -> bool {
    !told && (secret || audience == Audience::Public)
}

impl State {
    /// The state as an audience may see it.
    pub(crate) fn for_audience(&self, audience: Audience) -> Self {
        let mut seen = self.clone();
        seen.versions.iter_mut().for_each(|version| version.text = None);
        seen.rounds.iter_mut().for_each(|round| round.withhold(audience));
        if audience == Audience::Public {
            seen.reader = None;
        }
        let withheld = |given: &&mut Given| is_withheld(given.secret, given.told, audience);
        seen.answers
            .values_mut()
            .flat_map(|answers| answers.values_mut())
            .filter(withheld)
            .for_each(|given| given.stance = None);
        seen
    }
}
