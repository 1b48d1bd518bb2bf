//! Who else is writing, for as long as that holds.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::*;
use sync::wire::Writing;

use crate::state::Writers;

/// How long after the last notification someone counts as writing; devices repeat it more often.
const STAYS: Duration = Duration::from_secs(6);

thread_local! {
    /// How many notifications have come.
    static WORDS: Cell<u64> = const { Cell::new(0) };
}

/// Someone is writing.
pub(super) fn heard(writers: Writers, writing: Writing) {
    let word = WORDS.get() + 1;
    WORDS.set(word);
    writers.all.update(|all| {
        // A person writes at one place, the latest.
        all.retain(|(_, other)| other.person != writing.person);
        all.push((word, writing));
    });
    let forget = move || writers.all.update(|all| all.retain(|(other, _)| *other != word));
    set_timeout(forget, STAYS);
}
