//! What the device keeps of unanswered, refused and acknowledged commands (the latter for a server
//! that is restored from a backup): local storage, one key each, so that several tabs never
//! overwrite each other's. Unanswered and refused ones are in IndexedDB as well ([`mirror`]).
//!
//! The format of values: [`sync::kept`].

use domain::{CommandId, Millis, PersonId};
use gloo_storage::{LocalStorage, Storage as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::kept::{read, stamped, written};
use sync::{Receipt, ReceiptKey, StoredCommand};
use uuid::Uuid;

use super::{clock, draft, mirror};
use crate::state::RefusedText;

/// The prefix of commands' keys.
pub(super) const COMMAND: &str = "mesa.orden.";
/// The key under which a tab that leaves writes its replica's id and the time.
pub(super) const LEAVING: &str = "mesa.adios";
/// The key under which a tab in which a person leaves the device to others writes their id.
pub(super) const GIVEN_UP: &str = "mesa.salida";
const REFUSED: &str = "mesa.rechazado.";
const RECEIPT: &str = "mesa.acuse.";
/// A marker that is there as long as nobody empties the storage.
const OPEN: &str = "mesa.abierta";

/// The device has no room, or storage is forbidden.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotKept;

/// The storage; none when it is forbidden. Probed before every use, because gloo's handle panics
/// without it.
pub(super) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()?;
    Some(LocalStorage::raw())
}

/// Opens the storage; returns whether anything can be kept.
pub(super) fn open() -> bool {
    storage().is_some_and(|storage| storage.set_item(OPEN, "1").is_ok())
}

/// Whether it is still the storage that was opened: then whatever is missing was taken out by a
/// tab.
pub(super) fn is_open() -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(OPEN), Ok(Some(_))))
}

/// Whether a command is kept here as this replica's. Only the value's head is read, because this is
/// called at every key.
pub(super) fn is_held(command: CommandId, replica: Uuid) -> bool {
    let kept = storage()
        .and_then(|storage| storage.get_item(&format!("{COMMAND}{command}")).ok().flatten());
    kept.is_some_and(|kept| sync::kept::is_held(&kept, replica))
}

/// Tells the other tabs that this one leaves, and when: events fire only for a changed value.
pub(super) fn leave(replica: Uuid) {
    if let Some(storage) = storage() {
        // Without room nobody is told, and the next page that opens takes over.
        let _ = storage.set_item(LEAVING, &format!("{replica} {}", clock::now()));
    }
}

/// The replica that left, from the value of [`LEAVING`].
pub(super) fn who_left(value: &str) -> Option<Uuid> {
    value.split(' ').next()?.parse().ok()
}

/// Tells the other tabs that a person left the device to others; the key is deleted at once.
pub(super) fn give_up(person: PersonId) {
    if let Some(storage) = storage() {
        // Without room the other tabs learn it from the server.
        let _ = storage.set_item(GIVEN_UP, &person.to_string());
        let _ = storage.remove_item(GIVEN_UP);
    }
}

/// Keeps a command.
pub(super) fn keep(command: &StoredCommand) -> Result<(), NotKept> {
    set(COMMAND, command.id, Some(command.holder), command)
}

/// Deletes a command.
pub(super) fn forget(command: CommandId) {
    remove(COMMAND, command);
}

/// Every command kept here, of any mesa and person. What another version wrote and this one can't
/// read stays.
pub(super) fn commands() -> Vec<StoredCommand> {
    all(COMMAND)
}

/// Keeps a refused text.
pub(super) fn keep_refused(refused: &RefusedText) -> Result<(), NotKept> {
    set(REFUSED, refused.id, None, refused)
}

/// Deletes a refused text.
pub(super) fn forget_refused(id: CommandId) {
    remove(REFUSED, id);
}

/// Every refused text kept here.
pub(super) fn refused() -> Vec<RefusedText> {
    all(REFUSED)
}

/// Keeps a receipt. Without room it isn't kept: the case for it is very rare.
pub(super) fn keep_receipt(receipt: &Receipt) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&format!("{RECEIPT}{}", receipt.key()), &written(None, receipt));
    }
}

/// Deletes a receipt.
pub(super) fn forget_receipt(key: ReceiptKey) {
    delete(&format!("{RECEIPT}{key}"));
}

/// Every receipt kept here.
pub(super) fn receipts() -> Vec<Receipt> {
    all(RECEIPT)
}

/// Opens the mirror. `found` gets what only the mirror has, or has in a later copy: the browser
/// died before it had written its local storage. `settled` is called whenever everything that was
/// kept is on disk.
pub(super) fn open_mirror(found: impl FnOnce(Found) + 'static, settled: impl Fn() + 'static) {
    mirror::open(
        move |kept| {
            found(Found(kept.into_iter().filter(|(key, value)| is_news(key, value)).collect()))
        },
        settled,
    );
}

/// Whether a value of the mirror is newer than the one in local storage, which it then replaces.
fn is_news(key: &str, value: &str) -> bool {
    let storage = storage();
    let here = storage.as_ref().and_then(|storage| storage.get_item(key).ok().flatten());
    let over = draft::of(key, value).is_some_and(|(_, text)| text.is_empty());
    let news = here.as_ref().is_none_or(|here| stamp_of(key, here) < stamp_of(key, value));
    if over {
        // A draft that was sent or discarded: the record of that isn't needed any more.
        mirror::delete(key);
    }
    if let Some(storage) = storage.filter(|_| news) {
        // Without room it stays where it was found.
        let _ = if over { storage.remove_item(key) } else { storage.set_item(key, value) };
    }
    news && !over
}

fn stamp_of(key: &str, value: &str) -> Millis {
    draft::of(key, value).map_or_else(|| sync::kept::stamp(value), |(stamp, _)| stamp)
}

/// Keys and values that only the mirror had, or had in a later copy.
pub(super) struct Found(Vec<(String, String)>);

impl Found {
    /// The commands among them.
    pub fn commands(&self) -> Vec<StoredCommand> {
        self.read(COMMAND)
    }

    /// The refused texts among them.
    pub fn refused(&self) -> Vec<RefusedText> {
        self.read(REFUSED)
    }

    /// The drafts among them, like [`draft::all`].
    pub fn drafts(&self, beginning: &str) -> Vec<(String, String)> {
        self.0.iter().filter_map(|(key, value)| draft::named(key, value, beginning)).collect()
    }

    fn read<T: DeserializeOwned>(&self, prefix: &str) -> Vec<T> {
        self.0
            .iter()
            .filter(|(key, _)| key.starts_with(prefix))
            .filter_map(|(_, value)| read(value))
            .collect()
    }
}

fn set(
    prefix: &str,
    id: CommandId,
    holder: Option<Uuid>,
    value: &impl Serialize,
) -> Result<(), NotKept> {
    let (key, text) = (format!("{prefix}{id}"), stamped(&written(holder, value), clock::stamp()));
    let kept = storage().is_some_and(|storage| {
        storage.set_item(&key, &text).is_ok() || {
            // What waits is more important than receipts of what is safe.
            make_room(&storage);
            storage.set_item(&key, &text).is_ok()
        }
    });
    mirror::put(&key, text);
    if kept { Ok(()) } else { Err(NotKept) }
}

fn make_room(storage: &web_sys::Storage) {
    for key in keys(storage).filter(|key| key.starts_with(RECEIPT)) {
        // Fails only for a storage that accepts nothing anyway.
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
        // Fails only for a storage that keeps nothing anyway.
        let _ = storage.remove_item(key);
    }
}

fn keys(storage: &web_sys::Storage) -> impl Iterator<Item = String> {
    let length = storage.length().unwrap_or(0);
    // Collected first: removing one moves the others.
    let keys: Vec<String> =
        (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect();
    keys.into_iter()
}

fn all<T: DeserializeOwned>(prefix: &str) -> Vec<T> {
    let Some(storage) = storage() else { return Vec::new() };
    let values = keys(&storage)
        .filter(|key| key.starts_with(prefix))
        .filter_map(|key| storage.get_item(&key).ok().flatten());
    values.filter_map(|text| read(&text)).collect()
}
