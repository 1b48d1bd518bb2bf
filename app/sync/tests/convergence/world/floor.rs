//! Who speaks: people ask for the floor, also without a network, and the facilitation leads.

use std::collections::BTreeSet;

use domain::floor::{Added, ClockKind, Command as Floor, Mark};
use domain::{ActorNumber, Command, CommandId, EntryId, Remark, Role};

use super::{World, short};

impl World {
    pub(super) fn floor(&mut self, device: usize, tab: usize) {
        let mesa = self.devices[device].tabs[tab].mesa();
        let leads = self.devices[device].speaker.role == Role::Facilitator;
        let waiting: Vec<_> = mesa.floor.waiting.iter().map(|entry| entry.id).collect();
        let (one, before) =
            (self.random.pick(&waiting).copied(), self.random.pick(&waiting).copied());
        let turn = mesa.floor.turn.as_ref().map(|turn| turn.entry.id);
        let entry = EntryId(self.fresh());
        let actor = ActorNumber(1 + u16::from(self.random.chance(50)));
        let command = if !leads {
            match self.random.below(6) {
                0..=2 => Some(Floor::Ask { entry }),
                3 => Some(Floor::Withdraw),
                4 => Some(Floor::Pass),
                _ => turn.map(|entry| Floor::End { entry }),
            }
        } else {
            match self.random.below(12) {
                0 => Some(Floor::Add { entry, whom: Added::Actor(actor) }),
                1 => Some(Floor::Add { entry, whom: Added::Named(short("Doña Lupe")) }),
                2 => one.map(|entry| Floor::Remove { entry }),
                3 => one.map(|entry| Floor::Move { entry, before }),
                4..=6 => one.map(|entry| Floor::Call { entry }),
                7 => turn.map(|entry| Floor::End { entry }),
                8 => Some(Floor::Start { kind: ClockKind::Free, minutes: 5 }),
                9 => Some(Floor::OpenRound { about: None }),
                10 => Some(Floor::Mark { actor, mark: Some(Mark::Passed) }),
                _ => Some(Floor::CloseRound { reason: Remark::parse("Se hizo tarde").ok() }),
            }
        };
        let Some(command) = command.map(Command::Floor) else { return };
        let (id, now) = (CommandId(self.fresh()), self.clock());
        let effects = self.devices[device].tabs[tab].replica.submit(command, id, now);
        self.devices[device].perform(tab, effects);
    }

    /// Nobody waits twice, and who speaks isn't called again by the same request.
    pub(super) fn judge_floor(&self) {
        for mesa in self.server.state.mesas.values() {
            let floor = &mesa.floor;
            let entries: BTreeSet<_> = floor.waiting.iter().map(|entry| entry.id).collect();
            assert_eq!(entries.len(), floor.waiting.len(), "an entry is on the list twice");
            let people = floor.waiting.iter().filter_map(|entry| entry.who.person);
            let once: BTreeSet<_> = people.clone().collect();
            assert_eq!(once.len(), people.count(), "somebody waits twice");
            assert!(floor.turn.as_ref().is_none_or(|turn| !entries.contains(&turn.entry.id)));
        }
    }
}
