//! A long page is drawn a piece at a time while the server's is still shown, so that a slow phone
//! answers in between.

use domain::ItemId;
use leptos::prelude::*;

/// How far the drawing has come; a context of a page that is drawn so.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How many of each list's items.
    drawn: RwSignal<usize>,
    /// How many the longest list has.
    longest: StoredValue<usize>,
}

impl Pace {
    /// Nothing of the lists is drawn yet.
    pub fn new() -> Self {
        Self { drawn: RwSignal::new(0), longest: StoredValue::new(0) }
    }

    /// As much of a list as is drawn.
    pub fn of(self, list: Signal<Vec<ItemId>>) -> Signal<Vec<ItemId>> {
        self.longest.update_value(|longest| *longest = (*longest).max(list.read_untracked().len()));
        Signal::derive(move || list.read().iter().copied().take(self.drawn.get()).collect())
    }

    /// Draws one more item of each list; false when there was none left.
    pub fn go_on(self) -> bool {
        let drawn = self.drawn.get_untracked();
        let more = drawn < self.longest.get_value();
        self.drawn.set(if more { drawn + 1 } else { usize::MAX });
        more
    }

    /// Whether everything is drawn, and what comes later is at once.
    pub fn is_done(self) -> bool {
        self.drawn.get() == usize::MAX
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}
