//! Relational rows as a stream's state gives them. Pure: what an append writes and what a check expects come from here, so
//! that both are the same. A table is here because a query of the program asks it; everything else is read from the state.

use domain::{conduct, exercise, people};
use std::collections::BTreeSet;

use domain::{Event, LinkId, SessionId, State, StreamId};

use crate::tables;

/// Every table that follows from the log, in the order in which it is written: hands their names to a macro.
macro_rules! derived_tables {
    ($for_each:ident) => {
        $for_each! { exercise, mesa, session, link }
    };
}
pub(crate) use derived_tables;

macro_rules! define {
    ($($table:ident),+) => {
        /// Rows of every derived table.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Rows {
            $(pub(crate) $table: Vec<tables::$table::Model>,)+
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
        events.into_iter().for_each(|event| subjects.add(event));
        Self::of(stream, after, &subjects)
    }

    fn of(stream: StreamId, state: &State, subjects: &Subjects) -> Self {
        let mut rows = Self::default();
        if subjects.card {
            rows.exercise.extend(state.plan.as_deref().map(|card| tables::exercise::row(stream, card)));
            rows.mesa.extend(state.mesa.as_deref().map(|card| tables::mesa::row(stream, card, &state.registry.join_code)));
        }
        for id in &subjects.sessions {
            rows.session.extend(state.registry.sessions.get(id).map(|opened| tables::session::row(stream, *id, opened)));
        }
        for id in &subjects.links {
            rows.link.extend(state.registry.links.get(id).map(|issued| tables::link::row(stream, *id, issued)));
        }
        rows
    }
}

/// What rows are about.
#[derive(Debug, Default)]
struct Subjects {
    /// The exercise's or the mesa's own row.
    card: bool,
    sessions: BTreeSet<SessionId>,
    links: BTreeSet<LinkId>,
}

impl Subjects {
    fn all(state: &State) -> Self {
        Self {
            card: true,
            sessions: state.registry.sessions.keys().copied().collect(),
            links: state.registry.links.keys().copied().collect(),
        }
    }

    fn add(&mut self, event: &Event) {
        match event {
            Event::Exercise(exercise::Event::PlanOpened(_))
            | Event::Exercise(exercise::Event::MesaOpened(_))
            | Event::Conduct(conduct::Event::JoinCodeSet { .. }) => self.card = true,
            Event::People(people::Event::LinkIssued { link, .. }) => {
                self.links.insert(*link);
            }
            Event::People(people::Event::SessionOpened { session, .. }) | Event::People(people::Event::SessionClosed { session }) => {
                self.sessions.insert(*session);
            }
            _ => {}
        }
    }
}
