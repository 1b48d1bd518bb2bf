//! When a refused command counts as late, when it may be sent again, and what settles it.

use std::sync::Arc;

use super::late::{Late, LatePart, print};
use crate::command::Command;
use crate::decide::decide_for;
use crate::event::Event;
use crate::exercise::Exercise;
use crate::judge::Context;
use crate::mesa::Mesa;
use crate::permission::Phase;
use crate::rejection::Rejection;
use crate::{CommandId, ItemId, MesaNumber, PersonId, SeatId, conduct, deliberation};

/// Most late texts noted at a mesa; further ones stay on their devices as well, without a note.
pub const LATE_LIMIT: usize = 200;
/// Most of one person.
pub const LATE_LIMIT_EACH: usize = 20;

/// The note for a command that is being refused; none unless someone in this role could have done
/// it in a phase that the mesa has left.
pub fn came_late(
    exercise: &Exercise,
    mesa: MesaNumber,
    id: CommandId,
    command: &Command,
    context: &Context<'_>,
    on_behalf: Option<SeatId>,
) -> Option<Late> {
    let state = exercise.mesa(mesa)?;
    let print = print(id);
    let of_person = state.conduct.late.iter().filter(|late| late.person == context.person).count();
    if of_person >= LATE_LIMIT_EACH
        || state.conduct.late.len() >= LATE_LIMIT
        || state.conduct.late.iter().any(|late| late.print == print)
    {
        return None;
    }
    let known = |id: &ItemId| state.item(*id).is_some();
    let part = match command {
        Command::Deliberation(deliberation::Command::Patch { item, field, .. })
        | Command::Deliberation(deliberation::Command::Recover { item, field, .. }) => {
            LatePart::Text { item: *item, field: *field }
        }
        Command::Deliberation(deliberation::Command::Assign { item, .. }) => {
            LatePart::Value { item: *item }
        }
        Command::Deliberation(deliberation::Command::Add { item, kind, parent }) => {
            LatePart::Addition { id: *item, kind: *kind, parent: parent.filter(known) }
        }
        Command::Deliberation(deliberation::Command::Contribute { target, kind, .. }) => {
            LatePart::Contribution { target: target.filter(known), kind: *kind }
        }
        Command::Deliberation(deliberation::Command::Remove { .. })
        | Command::Deliberation(deliberation::Command::Restore { .. })
        | Command::Deliberation(deliberation::Command::Move { .. })
        | Command::Deliberation(deliberation::Command::Hide { .. })
        | Command::Conduct(_)
        | Command::People(_)
        | Command::Agreement(_)
        | Command::Floor(_)
        | Command::Priority(_)
        | Command::Veil(_) => return None,
    };
    let mut then = exercise.clone();
    let left = |phase: &Phase| {
        *phase < state.conduct.phase
            || state.conduct.phases.iter().any(|start| start.phase == *phase)
    };
    let fitted = Phase::ALL.into_iter().filter(|phase| *phase != state.conduct.phase && left(phase)).any(|phase| {
        if let Some(mesa) = then.mesa_mut(mesa) {
            Arc::make_mut(&mut mesa.conduct).phase = phase;
        }
        // What is part of an item that was itself late has nothing to belong to yet.
        match decide_for(&then, mesa, command, context, on_behalf) {
            Ok(_) => true,
            Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem)) => {
                matches!(command, Command::Deliberation(deliberation::Command::Add { parent: Some(parent), .. }) if is_late_addition(state, *parent, context.person))
            }
            Err(_) => false,
        }
    });
    fitted.then_some(Late { print, person: context.person, part, at: context.now, asked: false })
}

/// Whether a missing item is one that this person's device added too late: what was written in it
/// is late with it.
pub fn is_late_addition(state: &Mesa, item: ItemId, person: PersonId) -> bool {
    let is_it = |late: &Late| {
        late.person == person && matches!(late.part, LatePart::Addition { id, .. } if id == item)
    };
    state.conduct.late.iter().any(is_it)
}

/// The event that settles a late text, once its author's device sent it again under `id` and it was
/// accepted.
pub fn settled_by(state: &Mesa, id: CommandId, person: PersonId) -> Option<Event> {
    if state.conduct.late.is_empty() {
        return None;
    }
    let print = print(id.before());
    state
        .conduct
        .late
        .iter()
        .any(|late| late.print == print && late.person == person)
        .then_some(Event::Conduct(state.number, conduct::Event::LateSettled { print }))
}

/// Whether a command that was refused because of the phase may be sent again. The text that it
/// changes may have changed too: the server rebases it.
pub fn may_go(
    exercise: &Exercise,
    mesa: MesaNumber,
    command: &Command,
    context: &Context<'_>,
    on_behalf: Option<SeatId>,
) -> bool {
    match decide_for(exercise, mesa, command, context, on_behalf) {
        Ok(_) | Err(Rejection::Deliberation(deliberation::Rejection::PatchOutOfRange)) => true,
        Err(_) => false,
    }
}
