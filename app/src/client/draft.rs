//! What is being written and wasn't sent: kept as it is typed, under a name of its own.

use super::{mirror, outbox};

/// Keys of drafts begin with this.
const DRAFT: &str = "mesa.borrador.";

/// Keeps a draft; an empty one is kept no longer. Whether the device could.
pub(crate) fn keep(name: &str, text: &str) -> bool {
    let key = format!("{DRAFT}{name}");
    if text.is_empty() {
        mirror::delete(&key);
        if let Some(storage) = outbox::storage() {
            // Refused by no storage that is there.
            let _ = storage.remove_item(&key);
        }
        return true;
    }
    mirror::put(&key, text.to_owned());
    outbox::storage().is_some_and(|storage| storage.set_item(&key, text).is_ok())
}

/// All drafts whose names begin so, with what follows in the name.
pub(crate) fn all(beginning: &str) -> Vec<(String, String)> {
    let Some(storage) = outbox::storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten());
    keys.filter_map(|key| {
        let name = key.strip_prefix(DRAFT)?.strip_prefix(beginning)?.to_owned();
        Some((name, storage.get_item(&key).ok().flatten()?))
    })
    .collect()
}

/// The draft that was kept under a name; empty when there is none.
pub(crate) fn read(name: &str) -> String {
    let kept = outbox::storage().and_then(|storage| storage.get_item(&format!("{DRAFT}{name}")).ok().flatten());
    kept.unwrap_or_default()
}
