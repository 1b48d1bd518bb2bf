//! Drafts: what is being written and wasn't sent, kept as it is typed, under a key of its own, with
//! a stamp that tells the later of two copies.

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::Millis;

use super::{clock, mirror, outbox};

/// The prefix of drafts' keys.
const DRAFT: &str = "mesa.borrador.";

thread_local! {
    /// The keys for which the mirror says that there is no draft any more.
    static OVER: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Keeps a draft, or deletes it when the text is empty. Returns whether that worked.
pub(crate) fn keep(name: &str, text: &str) -> bool {
    let key = format!("{DRAFT}{name}");
    let value = format!("{}|{text}", clock::stamp());
    let kept = outbox::storage().is_some_and(|storage| {
        if text.is_empty() {
            // Fails only without storage.
            let _ = storage.remove_item(&key);
            return true;
        }
        storage.set_item(&key, &value).is_ok()
    });
    if text.is_empty() {
        OVER.with_borrow_mut(|over| over.insert(key.clone()));
    }
    // The deletion is recorded as well: a browser that dies may still have the draft in the local
    // storage that it wrote last.
    mirror::put(&key, value);
    mirror::write();
    kept || text.is_empty()
}

/// Deletes drafts, and the mirror's records of deleted ones.
pub(super) fn forget(names: impl Iterator<Item = String>) {
    names.for_each(|name| {
        keep(&name, "");
    });
    OVER.take().iter().for_each(|key| mirror::delete(key));
}

/// A kept value's stamp and text, if it is a draft.
pub(super) fn of<'a>(key: &str, value: &'a str) -> Option<(Millis, &'a str)> {
    key.starts_with(DRAFT).then(|| parted(value))
}

fn parted(value: &str) -> (Millis, &str) {
    value
        .split_once('|')
        .and_then(|(stamp, text)| Some((stamp.parse().ok()?, text)))
        .unwrap_or((0, value))
}

/// All drafts whose names have this prefix, by the rest of the name.
pub(crate) fn all(beginning: &str) -> Vec<(String, String)> {
    let Some(storage) = outbox::storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or_default())
        .filter_map(|index| storage.key(index).ok().flatten());
    keys.filter_map(|key| named(&key, &storage.get_item(&key).ok().flatten()?, beginning)).collect()
}

/// The rest of a draft's name after the prefix, and its text; none for anything else.
pub(super) fn named(key: &str, value: &str, beginning: &str) -> Option<(String, String)> {
    let name = key.strip_prefix(DRAFT)?.strip_prefix(beginning)?;
    Some((name.to_owned(), parted(value).1.to_owned()))
}

/// The draft with this name; empty when there is none.
pub(crate) fn read(name: &str) -> String {
    let kept = outbox::storage()
        .and_then(|storage| storage.get_item(&format!("{DRAFT}{name}")).ok().flatten());
    kept.map(|kept| parted(&kept).1.to_owned()).unwrap_or_default()
}
