//! Relational rows as a stream's state gives them. Pure: what an append writes and what a check expects come from here, so
//! that both are the same.

mod item;
mod meeting;

use std::collections::BTreeSet;

use domain::{ActorId, Event, ItemId, ItemKind, LinkId, PersonId, SessionId, State, StreamId};

/// Every table that follows from the log, in the order in which it is written: hands their names to a macro.
macro_rules! derived_tables {
    ($for_each:ident) => {
        $for_each! {
            exercise, plan, mesa, actor, seat, attendee, stay, privacy_notice, logo, session, device, link,
            problem, commitment, activity, solution, draft_commitment, contribution
        }
    };
}
pub(crate) use derived_tables;

macro_rules! define {
    ($($table:ident),+) => {
        /// Rows of every derived table.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Rows {
            $(pub(crate) $table: Vec<crate::entity::$table::Model>,)+
        }
    };
}
derived_tables!(define);

impl Rows {
    /// Every row of a stream.
    pub(crate) fn all(stream: StreamId, state: &State) -> Self {
        Self::of(stream, state, &Subjects::all(state))
    }

    /// The rows that these events changed or made, as they are in the state after them.
    pub(crate) fn touched<'a>(stream: StreamId, after: &State, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut subjects = Subjects::default();
        for event in events {
            subjects.add(after, event);
        }
        Self::of(stream, after, &subjects)
    }

    fn of(stream: StreamId, state: &State, subjects: &Subjects) -> Self {
        let mut rows = Self::default();
        if let Some(card) = state.plan.as_deref() {
            rows.exercise.extend(subjects.exercise.then(|| meeting::exercise(stream, card)));
            rows.plan.extend(subjects.meeting.then(|| meeting::plan(stream, card, state)));
        }
        if let Some(card) = state.mesa.as_deref() {
            rows.mesa.extend(subjects.meeting.then(|| meeting::mesa(stream, card, state)));
        }
        for actor in state.actors.iter().filter(|actor| subjects.actors.contains(&actor.id)) {
            rows.actor.push(meeting::actor(stream, actor));
            rows.seat.extend(meeting::seats(stream, actor));
        }
        for person in &subjects.attendees {
            if let Some(attendee) = state.attendees.get(person) {
                rows.attendee.push(meeting::attendee(stream, *person, attendee));
                rows.stay.extend(meeting::stays(stream, *person, attendee));
            }
        }
        if subjects.surround {
            rows.privacy_notice.extend(state.notices.iter().map(|notice| meeting::privacy_notice(stream, notice)));
            rows.logo.extend(state.logos.iter().map(|(place, logo)| meeting::logo(stream, *place, logo.as_deref())));
        }
        for id in &subjects.sessions {
            if let Some(opened) = state.registry.sessions.get(id) {
                rows.session.push(meeting::session(stream, *id, opened));
                rows.device.push(meeting::device(stream, *id, opened));
            }
        }
        for id in &subjects.links {
            rows.link.extend(state.registry.links.get(id).map(|issued| meeting::link(stream, *id, issued)));
        }
        for id in &subjects.items {
            if let Some(item) = state.item(*id) {
                rows.add_item(stream, state, item);
            }
        }
        rows
    }
}

/// What rows are about.
#[derive(Debug, Default)]
struct Subjects {
    exercise: bool,
    /// The plan's or the mesa's own row.
    meeting: bool,
    /// The exercise's privacy notices and logos.
    surround: bool,
    actors: BTreeSet<ActorId>,
    attendees: BTreeSet<PersonId>,
    sessions: BTreeSet<SessionId>,
    links: BTreeSet<LinkId>,
    items: BTreeSet<ItemId>,
}

impl Subjects {
    fn all(state: &State) -> Self {
        Self {
            exercise: true,
            meeting: true,
            surround: true,
            actors: state.actors.iter().map(|actor| actor.id).collect(),
            attendees: state.attendees.keys().copied().collect(),
            sessions: state.registry.sessions.keys().copied().collect(),
            links: state.registry.links.keys().copied().collect(),
            items: state.items.keys().copied().collect(),
        }
    }

    fn add(&mut self, after: &State, event: &Event) {
        match event {
            Event::PlanOpened(_) => {
                self.exercise = true;
                self.meeting = true;
            }
            Event::MesaOpened(_)
            | Event::MesaGathered { .. }
            | Event::JoinCodeSet { .. }
            | Event::DoorSet { .. }
            | Event::PhaseChanged { .. }
            | Event::ShownChanged { .. }
            | Event::PlanMoved { .. }
            | Event::PlanStood { .. } => self.meeting = true,
            Event::ActorSeated(actor) => {
                self.actors.insert(actor.id);
            }
            Event::LinkIssued { link, .. } => {
                self.links.insert(*link);
            }
            // The person's record is no derived row: names are not in the log.
            Event::PersonEnrolled { .. } => {}
            Event::SessionOpened { session, .. } | Event::SessionClosed { session } => {
                self.sessions.insert(*session);
            }
            Event::NoticePublished(_) | Event::LogoSet { .. } => self.surround = true,
            Event::Arrived { person, .. }
            | Event::Left { person, .. }
            | Event::NoticeAccepted { person, .. }
            | Event::NamePublicSet { person, .. } => {
                self.attendees.insert(*person);
            }
            Event::ItemAdded { item, .. }
            | Event::ItemRemoved { item }
            | Event::ItemRestored { item }
            | Event::TextPatched { item, .. }
            | Event::Assigned { item, .. }
            | Event::Contributed { item, .. }
            | Event::HiddenSet { item, .. } => {
                self.items.insert(*item);
            }
            // No table has them: nothing asks for them but the mesa or the plan itself.
            Event::CheckOverridden { .. }
            | Event::OverrideWithdrawn { .. }
            | Event::Redacted { .. }
            | Event::MesaStood { .. }
            | Event::CameLate(_)
            | Event::LateAsked
            | Event::LateSettled { .. }
            | Event::StoodStill(_) => {}
            // Its neighbours have other places too.
            Event::ItemMoved { item, .. } => {
                let (kind, parent) = after.item(*item).map_or((ItemKind::Problem, None), |item| (item.kind(), item.parent()));
                self.items.insert(*item);
                self.items.extend(after.list(kind, parent));
            }
        }
    }
}

/// A number of the domain's in a column.
fn number(value: impl Into<i64>) -> i64 {
    value.into()
}

/// A list in a text column.
fn json<T: serde::Serialize + ?Sized>(list: &T) -> String {
    serde_json::to_string(list).expect("lists of plain data always serialise")
}
