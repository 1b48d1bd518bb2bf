//! What doesn't fit on one screen is shown in parts, one after the other. How much fits is reckoned from the number of
//! letters, so that the server and every projector part a list alike. Heights are in tenths of the style sheet's `--p`.

use std::time::Duration;

use leptos::prelude::*;

/// How long a part stays.
const STAY: Duration = Duration::from_secs(12);
/// A line of a list.
pub const LINE: usize = 28;
/// What stands between two entries.
pub const GAP: usize = 17;

/// Lines that so many letters take, at least one.
pub fn lines(text: &str, letters_in_a_line: usize) -> usize {
    text.chars().count().div_ceil(letters_in_a_line).max(1)
}

/// Entries with their heights, in parts that fit `room`. An entry that is too high by itself has a part of its own; there is
/// always at least one part.
pub fn parts<T>(entries: impl IntoIterator<Item = (T, usize)>, room: usize) -> Vec<Vec<T>> {
    let mut parts = vec![Vec::new()];
    let mut used = 0;
    for (entry, height) in entries {
        if used + height > room && used > 0 {
            parts.push(Vec::new());
            used = 0;
        }
        used += height;
        if let Some(part) = parts.last_mut() {
            part.push(entry);
        }
    }
    parts
}

/// Number of the part that is shown, from 0. In the browser it goes on by itself; it stays when there is only one.
pub fn turning(count: Memo<usize>) -> Signal<usize> {
    let turned = RwSignal::new(0_usize);
    Effect::new(move |_| {
        if count.get() < 2 {
            turned.set(0);
            return;
        }
        if let Ok(handle) = set_interval_with_handle(move || turned.update(|turned| *turned += 1), STAY) {
            on_cleanup(move || handle.clear());
        }
    });
    Signal::derive(move || turned.get() % count.get().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_together_and_the_rest_follows() {
        assert_eq!(parts([("a", 40), ("b", 40), ("c", 40)], 90), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(parts([("too high", 400), ("b", 40)], 90), [vec!["too high"], vec!["b"]]);
        assert_eq!(parts(Vec::<((), usize)>::new(), 90), [Vec::new()]);
    }

    #[test]
    fn an_empty_text_takes_a_line() {
        assert_eq!((lines("", 10), lines("0123456789", 10), lines("0123456789a", 10)), (1, 1, 2));
    }
}
