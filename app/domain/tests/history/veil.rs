//! What each writes alone in random histories.

use domain::veil::Command as Behind;
use domain::{Command, Mesa};

use super::{Step, item, remark, short};

/// What problems behind the veil say: it is sent to nobody before it is lifted.
pub const VEILED: &str = "DETRÁS DEL VELO";

impl Step {
    /// What becomes of the veil at this step, besides.
    pub(super) fn veil(&self, state: &Mesa, number: usize) -> Option<Command> {
        let veil = state.veil.drawn.as_ref();
        let known = veil.and_then(|veil| veil.problems.get(self.one % veil.problems.len().max(1)));
        let command = match (self.other / 1024) % 16 {
            0..=3 if veil.is_none() => Behind::Draw,
            0..=9 => Behind::Write {
                problem: match known.filter(|_| self.seated) {
                    Some(known) => known.item,
                    None => item(0x5000 + number as u128),
                },
                title: short(&format!("{VEILED} {}", self.text)),
                statement: (!self.seated).then(|| remark(&format!("{VEILED}: {}", self.text))),
            },
            10 | 11 => Behind::Withdraw { problem: known?.item },
            12 => Behind::Lift,
            _ => return None,
        };
        Some(Command::Veil(command))
    }
}
