//! Who else is writing, and where. Nobody keeps it: it is forgotten a few seconds after the last
//! word of it.

use domain::{ItemId, TextField};
use leptos::prelude::*;
use sync::wire::Writing;

use crate::erased::memo;

/// The others who write now.
#[derive(Clone, Copy)]
pub struct Writers {
    /// With the number of the word that told of each.
    pub(crate) all: RwSignal<Vec<(u64, Writing)>>,
}

impl Writers {
    pub(super) fn new() -> Self {
        Self { all: RwSignal::new(Vec::new()) }
    }

    /// The names of those who write in a text.
    pub fn of(self, item: ItemId, field: TextField) -> Memo<Vec<String>> {
        memo(move || {
            let all = self.all.read();
            let here =
                all.iter().filter(|(_, writing)| (writing.item, writing.field) == (item, field));
            here.map(|(_, writing)| writing.name.clone()).collect()
        })
    }
}
