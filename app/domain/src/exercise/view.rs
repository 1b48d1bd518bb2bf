//! Who gets to know what happens to the exercise.

use super::Event;

/// Whether devices get an event. What the sections of the plan say is in the document and the
/// canonical text, which the server makes: no screen needs them.
pub(crate) fn sees(event: &Event) -> bool {
    match event {
        Event::ExerciseDescribed(_)
        | Event::MesaDescribed { .. }
        | Event::ActorDescribed(_)
        | Event::NoticePublished(_)
        | Event::LogoSet { .. } => true,
        Event::SectionsWritten(_) => false,
    }
}
