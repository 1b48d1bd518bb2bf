//! Who else is writing, and where. Ephemeral: forgotten a few seconds after the last notification.

use domain::{ItemId, TextField};
use leptos::prelude::*;
use sync::wire::Writing;

use crate::erased::memo;

/// The others who are writing now.
#[derive(Clone, Copy)]
pub struct Writers {
    /// Each with the number of its notification.
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
