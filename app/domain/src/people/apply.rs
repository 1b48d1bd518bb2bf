//! Folding events about people into the state.

use std::sync::Arc;

use super::attendance::{Accepted, AttendanceMode, Attendee, Stay};
use super::registry::{Grant, Registry};
use super::{Event, State};
use crate::audience::Audience;
use crate::exercise::Exercise;
use crate::{Millis, PersonId, SeatId, ShortText};

impl Exercise {
    /// Applies the parts that the exercise keeps.
    pub(crate) fn apply_registry(&mut self, event: &Event) {
        match event {
            Event::LinkIssued { link, issued } => {
                Arc::make_mut(&mut self.registry).links.insert(*link, issued.clone());
            }
            Event::LinkEnded { link, ended } => {
                if let Some(link) = Arc::make_mut(&mut self.registry).links.get_mut(link) {
                    link.ended = Some(*ended);
                }
            }
            Event::Invited { seat, person } => {
                let invited = &mut Arc::make_mut(&mut self.registry).invited;
                match person {
                    Some(person) => invited.insert(*seat, *person),
                    None => invited.remove(seat),
                };
            }
            Event::RoleGiven { person, grant } => {
                Arc::make_mut(&mut self.registry).give_role(*person, *grant)
            }
            Event::FollowersLetIn { open } => {
                Arc::make_mut(&mut self.registry).closed_to_followers = !open
            }
            Event::PersonEnrolled { person, record }
            | Event::PersonAnonymised { person, record } => {
                Arc::make_mut(&mut self.registry).people.insert(*person, *record);
            }
            Event::InvitationAsked { seat, asked } => {
                Arc::make_mut(&mut self.registry).asked.insert(*seat, *asked);
            }
            Event::SessionOpened { session, opened } => {
                Arc::make_mut(&mut self.registry).sessions.insert(*session, opened.clone());
            }
            Event::SessionClosed { session } => {
                if let Some(session) = Arc::make_mut(&mut self.registry).sessions.get_mut(session) {
                    session.closed = true;
                }
            }
            Event::Arrived { .. }
            | Event::Left { .. }
            | Event::NoticeAccepted { .. }
            | Event::NamePublicSet { .. }
            | Event::EntriesMerged { .. }
            | Event::EntriesParted { .. } => {}
        }
    }
}

impl Registry {
    /// Their devices follow the role; without one they are signed out.
    fn give_role(&mut self, person: PersonId, grant: Option<Grant>) {
        self.staff.insert(person, grant);
        let theirs = self.sessions.values_mut().filter(|session| {
            session.person == person && Audience::of(session.grant.role) == Audience::Facilitation
        });
        for session in theirs {
            match grant {
                Some(grant) => session.grant = grant,
                None => session.closed = true,
            }
        }
    }
}

impl State {
    /// Applies the parts that a mesa keeps.
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::Arrived { person, organisation, seat, mode, at, .. } => {
                self.arrive(*person, organisation, *seat, *mode, *at)
            }
            Event::Left { person, at, .. } => self.leave(*person, *at),
            Event::NoticeAccepted { person, version, at, .. } => {
                self.allow(*person, |attendee| {
                    attendee.notice = Some(Accepted { version: *version, at: *at })
                });
            }
            Event::NamePublicSet { person, public, .. } => {
                self.allow(*person, |attendee| attendee.name_public = *public)
            }
            Event::EntriesMerged { person, into, .. } => {
                // Both are counted for themselves until now: following them never leads in a circle.
                if self.one(*person) == *person && self.one(*into) != *person {
                    self.merged.push((*person, *into));
                }
            }
            Event::EntriesParted { person, .. } => self.merged.retain(|(own, _)| own != person),
            Event::LinkIssued { .. }
            | Event::LinkEnded { .. }
            | Event::Invited { .. }
            | Event::RoleGiven { .. }
            | Event::FollowersLetIn { .. }
            | Event::PersonEnrolled { .. }
            | Event::InvitationAsked { .. }
            | Event::PersonAnonymised { .. }
            | Event::SessionOpened { .. }
            | Event::SessionClosed { .. } => {}
        }
    }

    fn arrive(
        &mut self,
        person: PersonId,
        organisation: &ShortText,
        seat: Option<SeatId>,
        mode: AttendanceMode,
        at: Millis,
    ) {
        let known = self.attendees.entry(person).or_insert_with(|| Attendee {
            organisation: ShortText::default(),
            seat,
            mode,
            stays: Vec::new(),
            notice: None,
            name_public: false,
        });
        organisation.clone_into(&mut known.organisation);
        (known.seat, known.mode) = (seat, mode);
        if !known.is_there() {
            known.stays.push(Stay { from: at, to: None });
        }
    }

    fn leave(&mut self, person: PersonId, at: Millis) {
        let stay = self.attendees.get_mut(&person).and_then(|attendee| attendee.stays.last_mut());
        if let Some(stay) = stay.filter(|stay| stay.to.is_none()) {
            stay.to = Some(at);
        }
    }

    fn allow(&mut self, person: PersonId, allow: impl FnOnce(&mut Attendee)) {
        if let Some(attendee) = self.attendees.get_mut(&person) {
            allow(attendee);
        }
    }
}
