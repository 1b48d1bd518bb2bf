//! Latency from an input until it is shown, over all edits and all other clients, with no
//! coordinated omission: nothing is left out because something else took long.

use domain::Seq;
use hdrhistogram::Histogram;
use tokio::time::Instant;

use crate::editor::Input;
use crate::light::Light;
use crate::outcome::Outcome;

/// Latencies of many edits.
pub struct Latencies {
    times: Histogram<u64>,
    /// Inputs that weren't confirmed, or that some client doesn't show.
    pub unseen: usize,
}

impl Latencies {
    /// Latencies of the inputs that count, over all clients that report.
    pub fn new(began: Instant, told: &[Outcome], counts: impl Fn(&Input) -> bool) -> Self {
        let mut latencies = Self::none();
        for (author, outcome) in told.iter().enumerate() {
            for input in outcome.inputs.iter().filter(|input| counts(input)) {
                let others = told
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != author)
                    .map(|(_, other)| other);
                latencies.take(
                    micros(began, input.at),
                    outcome.confirmed.get(&input.command),
                    others,
                    shown,
                );
            }
        }
        latencies
    }

    /// Latencies of all inputs, with light followers. Their times count from `began`.
    pub fn of_light(began: Instant, told: &[Outcome], lights: &[std::rc::Rc<Light>]) -> Self {
        let mut latencies = Self::none();
        for outcome in told {
            for input in &outcome.inputs {
                latencies.take(
                    micros(began, input.at),
                    outcome.confirmed.get(&input.command),
                    lights,
                    |light, seq| light.shown(seq),
                );
            }
        }
        latencies
    }

    fn none() -> Self {
        let times = Histogram::new_with_bounds(1, 600_000_000, 3).expect("the bounds are in order");
        Self { times, unseen: 0 }
    }

    fn take<T>(
        &mut self,
        made: u32,
        seq: Option<&Seq>,
        others: impl IntoIterator<Item = T>,
        shown: impl Fn(T, Seq) -> Option<u32>,
    ) {
        let Some(seq) = seq else {
            self.unseen += 1;
            return;
        };
        let mut shown_by_all = true;
        for other in others {
            match shown(other, *seq) {
                Some(at) => self.times.saturating_record(u64::from(at.saturating_sub(made))),
                None => shown_by_all = false,
            }
        }
        self.unseen += usize::from(!shown_by_all);
    }

    /// A quantile, in ms.
    pub fn at(&self, quantile: f64) -> f64 {
        self.times.value_at_quantile(quantile) as f64 / 1_000.0
    }

    /// The slowest, in ms.
    pub fn most(&self) -> f64 {
        self.times.max() as f64 / 1_000.0
    }
}

fn micros(began: Instant, at: Instant) -> u32 {
    u32::try_from((at - began).as_micros()).unwrap_or(u32::MAX)
}

/// When a client showed an event, in µs since the beginning.
pub fn shown(outcome: &Outcome, seq: Seq) -> Option<u32> {
    outcome.arrivals.get(usize::try_from(seq.checked_sub(outcome.base + 1)?).ok()?).copied()
}

/// The median; of two middle values the upper one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert!(median(Vec::new()).is_nan());
    }
}
