//! What came after its phase had closed: a device had no network, its person wrote, and the mesa went on meanwhile. It is
//! refused and stays on the device; here it is noted that there is something, whose and where, so that the facilitation can go
//! back and have it sent again. Never what it says: until it is taken, that is its author's alone.

use crate::{conduct, deliberation};
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::decide::decide_for;
use crate::deliberation::contribution::ContributionKind;
use crate::deliberation::field::TextField;
use crate::deliberation::item::ItemKind;
use crate::event::Event;
use crate::exercise::Exercise;
use crate::judge::Context;
use crate::mesa::Mesa;
use crate::permission::Phase;
use crate::rejection::Rejection;
use crate::text::recover::fingerprint;
use crate::{CommandId, ItemId, MesaNumber, Millis, PersonId, SeatId};

/// Most that a mesa notes at a time; what comes beyond stays on its device like the rest.
pub const LATE_LIMIT: usize = 200;
/// Most of one person.
pub const LATE_LIMIT_EACH: usize = 20;
/// Most pauses of the server that a mesa remembers, the newest.
const PAUSE_LIMIT: usize = 20;

/// Where something belonged that came late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LatePart {
    /// In a long text.
    Text {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
    },
    /// In a short field.
    Value {
        /// Of which item.
        item: ItemId,
    },
    /// It is a new item, with all that was written in it.
    Addition {
        /// The id that its device gave it.
        id: ItemId,
        /// Its kind.
        kind: ItemKind,
        /// The item that it would be a part of, if that is there.
        parent: Option<ItemId>,
    },
    /// It is something that was said.
    Contribution {
        /// What about, if that is there; none: the mesa as a whole.
        target: Option<ItemId>,
        /// Of which kind.
        kind: ContributionKind,
    },
}

impl LatePart {
    /// The item that it is about.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::Text { item, .. } | Self::Value { item } => Some(item),
            Self::Addition { parent, .. } => parent.as_ref(),
            Self::Contribution { target, .. } => target.as_ref(),
        }
    }

    /// The same, to name another one.
    pub(crate) fn item_mut(&mut self) -> Option<&mut ItemId> {
        match self {
            Self::Text { item, .. } | Self::Value { item } => Some(item),
            Self::Addition { parent, .. } => parent.as_mut(),
            Self::Contribution { target, .. } => target.as_mut(),
        }
    }
}

/// Something that came late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Tells it from the others: the [`print`](fn@print) of the command by which it came. The command's own id stays between its
    /// device and the server.
    pub print: u64,
    /// Whose it is.
    pub person: PersonId,
    /// Where it belonged.
    pub part: LatePart,
    /// When it came, by the server's clock.
    pub at: Millis,
    /// Whether its device was asked to send it again.
    pub asked: bool,
}

/// Why nothing happened for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseKind {
    /// The server stood still.
    StoodStill,
    /// Only the clock on its wall went on: the machine slept, or somebody set its clock.
    ClockMoved,
}

/// A while in which the server did nothing, by its own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The last moment before it.
    pub from: Millis,
    /// The first moment after it; earlier than `from` when the clock was set back.
    pub to: Millis,
    /// What it was.
    pub kind: PauseKind,
}

/// What a command is told by where its id isn't shown.
pub fn print(command: CommandId) -> u64 {
    fingerprint(&command.to_string())
}

/// What to note of a command that is refused now: none, unless someone in this role could have done it in a phase that the mesa
/// has left.
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
    let of_person = state.late.iter().filter(|late| late.person == context.person).count();
    if of_person >= LATE_LIMIT_EACH || state.late.len() >= LATE_LIMIT || state.late.iter().any(|late| late.print == print) {
        return None;
    }
    let known = |id: &ItemId| state.item(*id).is_some();
    let part = match command {
        Command::Deliberation(deliberation::Command::Patch { item, field, .. })
        | Command::Deliberation(deliberation::Command::Recover { item, field, .. }) => LatePart::Text { item: *item, field: *field },
        Command::Deliberation(deliberation::Command::Assign { item, .. }) => LatePart::Value { item: *item },
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
        | Command::People(_) => return None,
    };
    let mut then = exercise.clone();
    let left = |phase: &Phase| *phase < state.phase || state.phases.iter().any(|start| start.phase == *phase);
    let fitted = Phase::ALL.into_iter().filter(|phase| *phase != state.phase && left(phase)).any(|phase| {
        if let Some(mesa) = then.mesa_mut(mesa) {
            mesa.phase = phase;
        }
        // What is part of something that came late itself has nothing to be taken into yet.
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

/// Whether an item that isn't there is one that this person's device added late: what was written in it came late with it.
pub fn is_late_addition(state: &Mesa, item: ItemId, person: PersonId) -> bool {
    let is_it = |late: &Late| late.person == person && matches!(late.part, LatePart::Addition { id, .. } if id == item);
    state.late.iter().any(is_it)
}

/// What settles something that came late, now that its author's device sent it again under `id` and it was taken.
pub fn settled_by(state: &Mesa, id: CommandId, person: PersonId) -> Option<Event> {
    if state.late.is_empty() {
        return None;
    }
    let print = print(id.before());
    state
        .late
        .iter()
        .any(|late| late.print == print && late.person == person)
        .then_some(Event::Conduct(state.number, conduct::Event::LateSettled { print }))
}

/// Whether a command that was refused because of the phase may be sent again. What it changes a text of may have changed too: the
/// server places it.
pub fn may_go(exercise: &Exercise, mesa: MesaNumber, command: &Command, context: &Context<'_>, on_behalf: Option<SeatId>) -> bool {
    match decide_for(exercise, mesa, command, context, on_behalf) {
        Ok(_) | Err(Rejection::Deliberation(deliberation::Rejection::PatchOutOfRange)) => true,
        Err(_) => false,
    }
}

impl Mesa {
    pub(crate) fn came_late(&mut self, late: &Late) {
        self.late.push(*late);
    }

    pub(crate) fn late_asked(&mut self) {
        self.late_asks = self.late_asks.wrapping_add(1);
        self.late.iter_mut().for_each(|late| late.asked = true);
    }

    pub(crate) fn late_settled(&mut self, print: u64) {
        self.late.retain(|late| late.print != print);
    }

    pub(crate) fn paused(&mut self, pause: Pause) {
        self.pauses.push(pause);
        let surplus = self.pauses.len().saturating_sub(PAUSE_LIMIT);
        self.pauses.drain(..surplus);
    }
}
