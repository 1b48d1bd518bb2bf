//! The relational rows derived from a stream's state. Pure: an append writes them and a check
//! expects them from here, so that both are the same. A table exists because a query of the program
//! reads it; everything else is read from the state.

use domain::{conduct, exercise, people};
use std::collections::BTreeSet;

use domain::{Event, Exercise, LinkId, PersonId, SessionId, StreamId};

use crate::tables;

/// Hands the names of all derived tables to a macro, in the order in which they are written.
macro_rules! derived_tables {
    ($for_each:ident) => {
        $for_each! { exercise, mesa, session, link, staff }
    };
}
pub(crate) use derived_tables;

macro_rules! define {
    ($($table:ident),+) => {
        /// The rows of all derived tables.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Rows {
            $(pub(crate) $table: Vec<tables::$table::Model>,)+
        }
    };
}
derived_tables!(define);

impl Rows {
    /// Every row of a stream.
    pub(crate) fn all(stream: StreamId, exercise: &Exercise) -> Self {
        Self::of(stream, exercise, &Subjects::all(exercise))
    }

    /// The rows that these events changed or created, as of the state after them.
    pub(crate) fn touched<'a>(
        stream: StreamId,
        after: &Exercise,
        events: impl IntoIterator<Item = &'a Event>,
    ) -> Self {
        let mut subjects = Subjects::default();
        events.into_iter().for_each(|event| subjects.add(event, after));
        Self::of(stream, after, &subjects)
    }

    fn of(stream: StreamId, exercise: &Exercise, subjects: &Subjects) -> Self {
        let mut rows = Self::default();
        if subjects.card {
            rows.exercise
                .extend(exercise.card.as_deref().map(|card| tables::exercise::row(stream, card)));
            for (number, mesa) in &exercise.mesas {
                let theme = mesa.card.as_ref().map(|card| card.theme.clone()).unwrap_or_default();
                rows.mesa.push(tables::mesa::row(
                    stream,
                    *number,
                    &theme,
                    exercise.registry.join_codes.get(number),
                ));
            }
        }
        for id in &subjects.sessions {
            rows.session.extend(
                exercise
                    .registry
                    .sessions
                    .get(id)
                    .map(|opened| tables::session::row(stream, *id, opened)),
            );
        }
        for person in &subjects.staff {
            let role = exercise.registry.staff.get(person);
            rows.staff.extend(role.map(|role| tables::staff::row(stream, *person, *role)));
        }
        for id in &subjects.links {
            rows.link.extend(
                exercise
                    .registry
                    .links
                    .get(id)
                    .map(|issued| tables::link::row(stream, *id, issued)),
            );
        }
        rows
    }
}

/// Which rows to make.
#[derive(Debug, Default)]
struct Subjects {
    /// The exercise's own row and those of its mesas.
    card: bool,
    sessions: BTreeSet<SessionId>,
    links: BTreeSet<LinkId>,
    staff: BTreeSet<PersonId>,
}

impl Subjects {
    fn all(exercise: &Exercise) -> Self {
        Self {
            card: true,
            sessions: exercise.registry.sessions.keys().copied().collect(),
            links: exercise.registry.links.keys().copied().collect(),
            staff: exercise.registry.staff.keys().copied().collect(),
        }
    }

    fn add(&mut self, event: &Event, after: &Exercise) {
        match event {
            Event::Exercise(
                exercise::Event::ExerciseDescribed(_) | exercise::Event::MesaDescribed { .. },
            )
            | Event::Conduct(_, conduct::Event::JoinCodeSet { .. }) => self.card = true,
            Event::People(
                people::Event::LinkIssued { link, .. } | people::Event::LinkEnded { link, .. },
            ) => {
                self.links.insert(*link);
            }
            Event::People(people::Event::RoleGiven { person, .. }) => {
                self.staff.insert(*person);
                let sessions = &after.registry.sessions;
                let theirs = sessions.iter().filter(|(_, session)| session.person == *person);
                self.sessions.extend(theirs.map(|(id, _)| *id));
            }
            Event::People(
                people::Event::SessionOpened { session, .. }
                | people::Event::SessionClosed { session },
            ) => {
                self.sessions.insert(*session);
            }
            _ => {}
        }
    }
}
