//! Which problems come first: organisations divide points, also without a network, and the
//! facilitation opens and closes.

use domain::deliberation;
use domain::priority::Command as Priority;
use domain::{Command, CommandId, ItemId, ItemKind, Role};

use super::World;

impl World {
    pub(super) fn prioritise(&mut self, device: usize, tab: usize) {
        let mesa = self.devices[device].tabs[tab].mesa();
        let leads = self.devices[device].speaker.role == Role::Facilitator;
        let open = mesa.priority.open.clone();
        let number = open.as_ref().map_or(1, |open| open.number);
        let problems = mesa.visible(ItemKind::Problem, None).count();
        let command = if !leads {
            let Some(open) = open else { return };
            let (one, two) = (
                self.random.pick(&open.problems).copied(),
                self.random.pick(&open.problems).copied(),
            );
            let points = 1 + u8::from(self.random.chance(50));
            let second = two.filter(|two| Some(*two) != one).map(|two| (two, 1));
            let share = one.map(|one| (one, points)).into_iter().chain(second).collect();
            Command::Priority(Priority::Give { number, share })
        } else if open.is_none() && problems < 2 {
            let (item, kind) = (ItemId(self.fresh()), ItemKind::Problem);
            Command::Deliberation(deliberation::Command::Add { item, kind, parent: None })
        } else if open.is_none() {
            Command::Priority(Priority::Open { points: 4 })
        } else if self.random.chance(80) {
            Command::Priority(Priority::Close { number })
        } else {
            Command::Priority(Priority::Cancel { number })
        };
        let (id, now) = (CommandId(self.fresh()), self.clock());
        let effects = self.devices[device].tabs[tab].replica.submit(command, id, now);
        self.devices[device].perform(tab, effects);
    }

    /// Points are counted once: no more than each organisation has, and nobody is sent who gave
    /// which.
    pub(super) fn judge_priority(&self) {
        for mesa in self.server.state.mesas.values() {
            for outcome in &mesa.priority.closed {
                let sum: u32 = outcome.sums.iter().map(|(_, sum)| sum).sum();
                let most = u32::from(outcome.points) * u32::try_from(outcome.gave.len()).unwrap();
                assert!(sum <= most, "{outcome:?}");
                assert!(outcome.gave.iter().all(|actor| !outcome.missing.contains(actor)));
            }
        }
        for page in self.devices.iter().flat_map(|device| &device.tabs) {
            for mesa in page.replica.confirmed().mesas.values() {
                let given = mesa.priority.open.iter().flat_map(|open| open.given.values());
                assert!(given.map(|given| &given.share).all(Option::is_none), "a share was sent");
            }
        }
    }
}
