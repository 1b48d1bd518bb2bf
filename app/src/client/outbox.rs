//! What the device keeps of what isn't answered, and of what was refused: local storage, one key each, so that several tabs
//! never overwrite each other's.

use domain::CommandId;
use gloo_storage::{LocalStorage, Storage as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::StoredCommand;
use uuid::Uuid;

use super::clock;
use crate::state::RefusedText;

/// Keys of commands begin with this.
pub(super) const COMMAND: &str = "mesa.orden.";
/// Key under which a tab that leaves writes its replica's id and the time.
pub(super) const LEAVING: &str = "mesa.adios";
const REFUSED: &str = "mesa.rechazado.";
/// Stands as long as nobody empties the storage.
const OPEN: &str = "mesa.abierta";

/// The device has no room, or its owner forbade storage.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotKept;

/// The storage itself; none when it is forbidden. Asked before every use, because gloo's handle panics without it.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Opens the storage; whether anything can be kept.
pub(super) fn open() -> bool {
    storage().is_some_and(|storage| storage.set_item(OPEN, "1").is_ok())
}

/// Whether the storage is there and still the one that was opened: then what isn't in it was taken out by a tab.
pub(super) fn is_open() -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(OPEN), Ok(Some(_))))
}

/// Whether a command is kept here as this replica's. Read as text, for it is asked at every key.
pub(super) fn is_held(command: CommandId, replica: Uuid) -> bool {
    let kept = storage().and_then(|storage| storage.get_item(&format!("{COMMAND}{command}")).ok().flatten());
    // Within a text the quotes would be escaped.
    kept.is_some_and(|kept| kept.contains(&format!("\"holder\":\"{replica}\"")))
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
    set(COMMAND, command.command, command)
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
    set(REFUSED, refused.id, refused)
}

/// Keeps it no longer.
pub(super) fn forget_refused(id: CommandId) {
    remove(REFUSED, id);
}

/// Everything refused that is kept here, oldest first.
pub(super) fn refused() -> Vec<RefusedText> {
    let mut refused: Vec<RefusedText> = all(REFUSED);
    refused.sort_by_key(|kept| kept.at);
    refused
}

fn set(prefix: &str, id: CommandId, value: &impl Serialize) -> Result<(), NotKept> {
    if storage().is_none() {
        return Err(NotKept);
    }
    LocalStorage::set(format!("{prefix}{id}"), value).map_err(|_| NotKept)
}

fn remove(prefix: &str, id: CommandId) {
    if storage().is_some() {
        LocalStorage::delete(format!("{prefix}{id}"));
    }
}

fn all<T: DeserializeOwned>(prefix: &str) -> Vec<T> {
    let Some(storage) = storage() else { return Vec::new() };
    let length = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect();
    keys.into_iter().filter(|key| key.starts_with(prefix)).filter_map(|key| LocalStorage::get(key).ok()).collect()
}
