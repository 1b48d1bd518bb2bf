//! Problems that each writes alone, also without a network, until the facilitation shows them.

use domain::veil::Command as Behind;
use domain::{Command, CommandId, ItemId, Role};

use super::{World, short};

impl World {
    pub(super) fn write_alone(&mut self, device: usize, tab: usize) {
        let mesa = self.devices[device].tabs[tab].mesa();
        let leads = self.devices[device].speaker.role == Role::Facilitator;
        let drawn = mesa.veil.drawn.clone();
        let waiting: Vec<_> =
            drawn.iter().flat_map(|veil| &veil.problems).map(|problem| problem.item).collect();
        let own = self.random.pick(&waiting).copied();
        let command = match (leads, drawn) {
            (true, None) => Behind::Draw,
            (true, Some(_)) if self.random.chance(40) => Behind::Lift,
            (false, _) if own.is_some() && self.random.chance(40) => {
                Behind::Withdraw { problem: own.unwrap_or(ItemId(self.fresh())) }
            }
            _ => {
                let problem = own.filter(|_| self.random.chance(50));
                let problem = problem.unwrap_or(ItemId(self.fresh()));
                let title = short(&format!("A solas {}", self.made));
                Behind::Write { problem, title, statement: None }
            }
        };
        let (id, now) = (CommandId(self.fresh()), self.clock());
        let command = Command::Veil(command);
        let effects = self.devices[device].tabs[tab].replica.submit(command, id, now);
        self.devices[device].perform(tab, effects);
    }

    /// Whoever counts them counts right, and nobody was sent any.
    pub(super) fn judge_veil(&self) {
        for veil in self.server.state.mesas.values().filter_map(|mesa| mesa.veil.drawn.as_ref()) {
            assert_eq!(usize::from(veil.count), veil.problems.len());
        }
        for page in self.devices.iter().flat_map(|device| &device.tabs) {
            for mesa in page.replica.confirmed().mesas.values() {
                assert!(mesa.veil.drawn.iter().all(|veil| veil.problems.is_empty()));
            }
        }
    }
}
