//! What the device keeps of what isn't answered, of what was refused, and of what was acknowledged (for a server that comes
//! back from a backup): local storage, one key each, so that several tabs never overwrite each other's. What isn't answered
//! and what was refused stand in IndexedDB too ([`mirror`]).
//!
//! How a value is written: [`sync::kept`].

use domain::CommandId;
use gloo_storage::{LocalStorage, Storage as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::kept::{read, written};
use sync::{Receipt, ReceiptKey, StoredCommand};
use uuid::Uuid;

use super::{clock, mirror};
use crate::state::RefusedText;

/// Keys of commands begin with this.
pub(super) const COMMAND: &str = "mesa.orden.";
/// Key under which a tab that leaves writes its replica's id and the time.
pub(super) const LEAVING: &str = "mesa.adios";
const REFUSED: &str = "mesa.rechazado.";
const RECEIPT: &str = "mesa.acuse.";
/// Stands as long as nobody empties the storage.
const OPEN: &str = "mesa.abierta";

/// The device has no room, or its owner forbade storage.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotKept;

/// The storage itself; none when it is forbidden. Probed before every use, because gloo's handle panics without it.
pub(super) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()?;
    Some(LocalStorage::raw())
}

/// Opens the storage; whether anything can be kept.
pub(super) fn open() -> bool {
    storage().is_some_and(|storage| storage.set_item(OPEN, "1").is_ok())
}

/// Whether the storage is there and still the one that was opened: then what isn't in it was taken out by a tab.
pub(super) fn is_open() -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(OPEN), Ok(Some(_))))
}

/// Whether a command is kept here as this replica's. Only the value's head is read, for it is asked at every key.
pub(super) fn is_held(command: CommandId, replica: Uuid) -> bool {
    let kept = storage().and_then(|storage| storage.get_item(&format!("{COMMAND}{command}")).ok().flatten());
    kept.is_some_and(|kept| sync::kept::is_held(&kept, replica))
}

/// Tells the other tabs that this one leaves, and when: only a new value is news.
pub(super) fn leave(replica: Uuid) {
    if let Some(storage) = storage() {
        // Without room nobody is told, and the next page that opens takes over.
        let _ = storage.set_item(LEAVING, &format!("{replica} {}", clock::now()));
    }
}

/// Who left, by what stands under [`LEAVING`].
pub(super) fn who_left(value: &str) -> Option<Uuid> {
    value.split(' ').next()?.parse().ok()
}

/// Keeps a command.
pub(super) fn keep(command: &StoredCommand) -> Result<(), NotKept> {
    set(COMMAND, command.command, Some(command.holder), command)
}

/// Keeps a command no longer.
pub(super) fn forget(command: CommandId) {
    remove(COMMAND, command);
}

/// Every command kept here, of any mesa and person. What another version wrote and this one can't read stays where it is.
pub(super) fn commands() -> Vec<StoredCommand> {
    all(COMMAND)
}

/// Keeps what was refused.
pub(super) fn keep_refused(refused: &RefusedText) -> Result<(), NotKept> {
    set(REFUSED, refused.id, None, refused)
}

/// Keeps it no longer.
pub(super) fn forget_refused(id: CommandId) {
    remove(REFUSED, id);
}

/// Everything refused that is kept here, oldest first.
pub(super) fn refused() -> Vec<RefusedText> {
    let mut refused = all::<RefusedText>(REFUSED);
    refused.sort_by_key(|kept| kept.at);
    refused
}

/// Keeps a receipt. Without room there is none: it is for a case that hardly ever comes.
pub(super) fn keep_receipt(receipt: &Receipt) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&format!("{RECEIPT}{}", receipt.key()), &written(None, receipt));
    }
}

/// Keeps it no longer.
pub(super) fn forget_receipt(key: ReceiptKey) {
    delete(&format!("{RECEIPT}{key}"));
}

/// Every receipt kept here.
pub(super) fn receipts() -> Vec<Receipt> {
    all(RECEIPT)
}

/// Opens the mirror. `found` is given what only the mirror had: the browser ended before it had written its local storage.
/// `settled` is called whenever everything that was kept is on disk.
pub(super) fn open_mirror(found: impl FnOnce(Vec<StoredCommand>) + 'static, settled: impl Fn() + 'static) {
    let put_back = move |kept: Vec<(String, String)>| {
        let missing = kept.into_iter().filter(|(key, _)| storage().is_none_or(|storage| matches!(storage.get_item(key), Ok(None))));
        let mut commands = Vec::new();
        for (key, value) in missing {
            if let Some(storage) = storage() {
                // Without room it is kept where it was found.
                let _ = storage.set_item(&key, &value);
            }
            if key.starts_with(COMMAND) {
                commands.extend(read::<StoredCommand>(&value));
            }
        }
        found(commands);
    };
    mirror::open(put_back, settled);
}

fn set(prefix: &str, id: CommandId, holder: Option<Uuid>, value: &impl Serialize) -> Result<(), NotKept> {
    let (key, text) = (format!("{prefix}{id}"), written(holder, value));
    let kept = storage().is_some_and(|storage| {
        storage.set_item(&key, &text).is_ok() || {
            // What waits goes before what is known to be safe.
            make_room(&storage);
            storage.set_item(&key, &text).is_ok()
        }
    });
    mirror::put(&key, text);
    if kept { Ok(()) } else { Err(NotKept) }
}

fn make_room(storage: &web_sys::Storage) {
    for key in keys(storage).filter(|key| key.starts_with(RECEIPT)) {
        // Refused only by a storage that takes nothing anyway.
        let _ = storage.remove_item(&key);
    }
}

fn remove(prefix: &str, id: CommandId) {
    let key = format!("{prefix}{id}");
    mirror::delete(&key);
    delete(&key);
}

fn delete(key: &str) {
    if let Some(storage) = storage() {
        // Refused only by a storage that keeps nothing anyway.
        let _ = storage.remove_item(key);
    }
}

fn keys(storage: &web_sys::Storage) -> impl Iterator<Item = String> {
    let length = storage.length().unwrap_or(0);
    // All of them first: taking one out moves the others.
    let keys: Vec<String> = (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect();
    keys.into_iter()
}

fn all<T: DeserializeOwned>(prefix: &str) -> Vec<T> {
    let Some(storage) = storage() else { return Vec::new() };
    let values = keys(&storage).filter(|key| key.starts_with(prefix)).filter_map(|key| storage.get_item(&key).ok().flatten());
    values.filter_map(|text| read(&text)).collect()
}
