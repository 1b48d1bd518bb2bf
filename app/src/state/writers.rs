//! Who else is writing, and where. Nobody keeps it: it is forgotten a few seconds after the last word of it.

use domain::{ItemId, TextField};
use leptos::prelude::*;
use sync::wire::Writing;

use crate::erased::memo;

/// How long after the last word of it someone counts as writing; devices tell of it more often.
#[cfg(feature = "csr")]
const STAYS: std::time::Duration = std::time::Duration::from_secs(6);

/// The others who write now.
#[derive(Clone, Copy)]
pub struct Writers {
    /// With the number of the word that told of each.
    all: RwSignal<Vec<(u64, Writing)>>,
    #[cfg(feature = "csr")]
    words: StoredValue<u64>,
}

impl Writers {
    pub(super) fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            #[cfg(feature = "csr")]
            words: StoredValue::new(0),
        }
    }

    /// The names of those who write in a text.
    pub fn of(self, item: ItemId, field: TextField) -> Memo<Vec<String>> {
        memo(move || {
            let all = self.all.read();
            let here = all.iter().filter(|(_, writing)| (writing.item, writing.field) == (item, field));
            here.map(|(_, writing)| writing.name.clone()).collect()
        })
    }

    /// Someone is writing.
    #[cfg(feature = "csr")]
    pub(crate) fn heard(self, writing: Writing) {
        let word = self.words.get_value() + 1;
        self.words.set_value(word);
        self.all.update(|all| {
            // A person writes at one place, the last one.
            all.retain(|(_, other)| other.person != writing.person);
            all.push((word, writing));
        });
        let forget = move || self.all.update(|all| all.retain(|(other, _)| *other != word));
        set_timeout(forget, STAYS);
    }
}
