//! Which problems came first, for the minutes.

use app::text::{name, priority as words};
use document::Priority;
use domain::priority::Outcome;
use domain::{ActorNumber, Mesa};

use super::Source;

impl Source<'_> {
    /// What each prioritisation came to: the sums, never who gave what.
    pub(super) fn priorities(&self, mesa: &Mesa) -> Vec<Priority> {
        let named = |numbers: &[ActorNumber]| {
            let actors = numbers.iter().filter_map(|number| mesa.actor(*number));
            actors.map(|actor| actor.organisation.to_string()).collect::<Vec<_>>().join(", ")
        };
        let one = |outcome: &Outcome| {
            let Outcome { gave, missing, points, .. } = outcome;
            let counted = words::counted(gave.len(), gave.len() + missing.len(), *points);
            let missing = (!missing.is_empty()).then(|| words::missing(&named(missing)));
            let sum = |(id, points): &(_, u32)| {
                let item = mesa.item(*id)?;
                Some((name::with_number(mesa.number(item), &name::title(item)), *points))
            };
            Priority {
                standing: [counted].into_iter().chain(missing).collect(),
                at: self.moment(outcome.at),
                sums: outcome.sums.iter().filter_map(sum).collect(),
            }
        };
        mesa.priority.closed.iter().map(one).collect()
    }
}
