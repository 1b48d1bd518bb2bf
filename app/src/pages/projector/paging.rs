//! What doesn't fit on one screen is shown in parts, in turn. How much fits is estimated from the
//! number of letters, so that the server and every projector split a list alike. Heights are in
//! tenths of the style sheet's `--p`.

use std::time::Duration;

use leptos::prelude::*;

use super::fitting::Fitting;
use crate::erased::effect;

/// How long a part is shown.
const STAY: Duration = Duration::from_secs(12);
/// Height of a line in a list.
pub const LINE: usize = 28;
/// Height of the gap between two entries.
pub const GAP: usize = 17;

/// The number of lines that a text takes, at least one.
pub fn lines(text: &str, letters_in_a_line: usize) -> usize {
    text.chars().count().div_ceil(letters_in_a_line).max(1)
}

/// Splits a text into pieces of at most so many letters, between words where possible.
pub fn pieces(text: &str, letters: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().collect();
        for part in word.chunks(letters.max(1)) {
            let Some(last) = pieces.last_mut() else { continue };
            let used = last.chars().count();
            if used == 0 {
                last.extend(part);
            } else if used + 1 + part.len() <= letters {
                last.push(' ');
                last.extend(part);
            } else {
                pieces.push(part.iter().collect());
            }
        }
    }
    pieces
}

/// The height available: on the first part, which has the title, and on the others.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// On the first part.
    pub first: usize,
    /// On the others.
    pub rest: usize,
}

/// Splits entries with their heights into parts that fit. An entry that is too high gets a part of
/// its own. There is always at least one part, and the first stays empty when the entry doesn't fit
/// there but has more room on the next.
pub fn parts<T>(entries: impl IntoIterator<Item = (T, usize)>, room: Room) -> Vec<Vec<T>> {
    let mut parts = vec![Vec::new()];
    let mut used = 0;
    for (entry, height) in entries {
        let is_first = parts.len() == 1;
        let fitting = if is_first { room.first } else { room.rest };
        if used + height > fitting && (used > 0 || is_first && room.first < room.rest) {
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

/// Index of the part that is shown. In the browser it advances by itself; with only one part it
/// stays.
pub fn turning(count: Memo<usize>) -> Signal<usize> {
    let turned = RwSignal::new(0_usize);
    let fitting = use_context::<Fitting>();
    effect(move || {
        if count.get() < 2 {
            turned.set(0);
            return;
        }
        let turn = move || {
            turned.update(|turned| *turned += 1);
            if let Some(fitting) = fitting {
                fitting.tell();
            }
        };
        if let Ok(handle) = set_interval_with_handle(turn, STAY) {
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
        let same = Room { first: 90, rest: 90 };
        assert_eq!(parts([("a", 40), ("b", 40), ("c", 40)], same), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(parts([("too high", 400), ("b", 40)], same), [vec!["too high"], vec!["b"]]);
        assert_eq!(parts(Vec::<((), usize)>::new(), same), [Vec::new()]);
        let below_a_long_title = Room { first: 10, rest: 90 };
        assert_eq!(parts([("a", 40), ("b", 40)], below_a_long_title), [vec![], vec!["a", "b"]]);
    }

    #[test]
    fn a_long_text_goes_on_between_words_and_loses_none() {
        assert_eq!(pieces("uno dos tres cuatro", 8), ["uno dos", "tres", "cuatro"]);
        assert_eq!(pieces("", 8), [""]);
        assert_eq!(pieces("ñandúñandúñandú", 5), ["ñandú", "ñandú", "ñandú"]);
        let long = "palabra ".repeat(400);
        let cut = pieces(&long, 130);
        assert!(cut.iter().all(|piece| piece.chars().count() <= 130));
        assert_eq!(cut.join(" "), long.trim_end());
    }

    #[test]
    fn an_empty_text_takes_a_line() {
        assert_eq!((lines("", 10), lines("0123456789", 10), lines("0123456789a", 10)), (1, 1, 2));
    }
}
