//! Folding who was let in, came and left into the state.

use std::sync::Arc;

use super::Event;
use super::attendance::Accepted;
use crate::state::State;

impl State {
    pub(crate) fn apply_people(&mut self, event: &Event) {
        match event {
            Event::LinkIssued { link, issued } => {
                Arc::make_mut(&mut self.registry).links.insert(*link, issued.clone());
            }
            Event::PersonEnrolled { person, record } => {
                Arc::make_mut(&mut self.registry).people.insert(*person, *record);
            }
            Event::SessionOpened { session, opened } => {
                Arc::make_mut(&mut self.registry).sessions.insert(*session, opened.clone());
            }
            Event::SessionClosed { session } => {
                if let Some(session) = Arc::make_mut(&mut self.registry).sessions.get_mut(session) {
                    session.closed = true;
                }
            }
            Event::Arrived { person, organisation, seat, mode, at } => self.arrive(*person, organisation, *seat, *mode, *at),
            Event::Left { person, at } => self.leave(*person, *at),
            Event::NoticeAccepted { person, version, at } => {
                self.allow(*person, |attendee| attendee.notice = Some(Accepted { version: *version, at: *at }));
            }
            Event::NamePublicSet { person, public } => self.allow(*person, |attendee| attendee.name_public = *public),
        }
    }
}
