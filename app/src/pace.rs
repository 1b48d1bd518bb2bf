//! Renders a long page piece by piece while the server's page is still shown, so that a slow phone
//! responds in between.

use domain::ItemId;
use leptos::prelude::*;

/// The progress of rendering; a context of a page that is rendered so.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Number of items rendered in each list.
    drawn: RwSignal<usize>,
    /// Number of items in the longest list.
    longest: StoredValue<usize>,
}

impl Pace {
    /// No item of the lists is rendered yet.
    pub fn new() -> Self {
        Self { drawn: RwSignal::new(0), longest: StoredValue::new(0) }
    }

    /// The rendered beginning of a list.
    pub fn of(self, list: Signal<Vec<ItemId>>) -> Signal<Vec<ItemId>> {
        self.longest.update_value(|longest| *longest = (*longest).max(list.read_untracked().len()));
        Signal::derive(move || list.read().iter().copied().take(self.drawn.get()).collect())
    }

    /// Renders one more item of each list; false when none was left.
    pub fn go_on(self) -> bool {
        let drawn = self.drawn.get_untracked();
        let more = drawn < self.longest.get_value();
        self.drawn.set(if more { drawn + 1 } else { usize::MAX });
        more
    }

    /// Whether everything is rendered, so that later items are rendered at once.
    pub fn is_done(self) -> bool {
        self.drawn.get() == usize::MAX
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}
