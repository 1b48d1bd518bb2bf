//! The open editors, which follow the changes that others make to one text.

use domain::{ItemId, Patch, TextField};
use leptos::prelude::*;

/// What others did to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextChange {
    /// A change to the view.
    Patched(Patch),
    /// The view was replaced by this text.
    Replaced(String),
}

struct Follower {
    number: u64,
    text: (ItemId, TextField),
    callback: Callback<TextChange>,
}

/// The open editors.
#[derive(Clone, Copy)]
pub(crate) struct Followers(StoredValue<(u64, Vec<Follower>)>);

impl Followers {
    pub fn new() -> Self {
        Self(StoredValue::new((0, Vec::new())))
    }

    /// Calls back until the current owner is cleaned up.
    pub fn follow(self, text: (ItemId, TextField), callback: Callback<TextChange>) {
        let number = self.0.try_update_value(|(last, followers)| {
            *last += 1;
            followers.push(Follower { number: *last, text, callback });
            *last
        });
        on_cleanup(move || {
            // Fails only when the page is going away.
            let _ = self
                .0
                .try_update_value(|(_, followers)| followers.retain(|f| Some(f.number) != number));
        });
    }

    /// The texts that are followed.
    #[cfg_attr(
        not(feature = "csr"),
        expect(dead_code, reason = "on the server nothing ever changes")
    )]
    pub fn texts(self) -> Vec<(ItemId, TextField)> {
        self.0.with_value(|(_, followers)| followers.iter().map(|f| f.text).collect())
    }

    /// Tells the followers of a text. The list isn't borrowed meanwhile: they may leave or join.
    #[cfg_attr(
        not(feature = "csr"),
        expect(dead_code, reason = "on the server nothing ever changes")
    )]
    pub fn tell(self, text: (ItemId, TextField), change: &TextChange) {
        let callbacks: Vec<_> = self.0.with_value(|(_, followers)| {
            followers.iter().filter(|f| f.text == text).map(|f| f.callback).collect()
        });
        for callback in callbacks {
            callback.try_run(change.clone());
        }
    }
}
