//! Points in random histories.

use domain::priority::Command as Priority;
use domain::{Command, Mesa};

use super::Step;

impl Step {
    /// What becomes of the points at this step, besides. Whoever acts in a seat divides.
    pub(super) fn priority(&self, state: &Mesa) -> Option<Command> {
        let open = state.priority.open.as_ref();
        let number = open.map_or(1, |open| open.number);
        let command = match (self.other / 64) % 16 {
            0..=3 if open.is_none() => Priority::Open { points: (self.one % 7) as u8 },
            0..=9 => {
                let problems = &open?.problems;
                let at = |place: usize| problems.get(place % problems.len().max(1)).copied();
                let (first, second) = (at(self.one)?, at(self.other)?);
                let more = (first != second).then_some((second, 1));
                let share = [(first, 1 + (self.one % 4) as u8)].into_iter().chain(more).collect();
                Priority::Give { number, share }
            }
            10 => Priority::Close { number },
            11 if self.seated => Priority::Cancel { number },
            _ => return None,
        };
        Some(Command::Priority(command))
    }
}
