//! The key with which this server seals documents: made when it is first needed, kept in the store,
//! replaced by a record that the old key and the new one sign. Its secret is in no log and no page.

use seal::{Entry, Key, KeyRecord, Line};
use store::{ServerKey, Store, StoreError};

use crate::clock;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is kept of a key can't be read, or doesn't belong together.
    #[error("the server's key is damaged")]
    Damaged,
}

/// The key in use. The first time that a server asks for it, it is made.
///
/// # Errors
/// [`KeyError`].
pub async fn key(store: &Store) -> Result<Key, KeyError> {
    if let Some(kept) = store.server_keys().await?.last() {
        return usable(kept);
    }
    // Another program on the same store may be first: then it is that one's.
    add(store, 1, clock::key_secret(), None).await?;
    usable(store.server_keys().await?.last().ok_or(KeyError::Damaged)?)
}

/// Puts a new key in the place of the one in use; returns it with the record of both.
///
/// # Errors
/// [`KeyError`].
pub async fn replace(store: &Store) -> Result<KeyRecord, KeyError> {
    loop {
        let before = key(store).await?;
        let number = store.server_keys().await?.last().map_or(0, |last| last.number);
        let secret = clock::key_secret();
        if let Some(record) = add(store, number + 1, secret, Some(&before)).await? {
            return Ok(record);
        }
    }
}

/// The records of all keys that this server ever had, the one in use last.
///
/// # Errors
/// [`KeyError`].
pub async fn records(store: &Store) -> Result<Vec<KeyRecord>, KeyError> {
    store.server_keys().await?.iter().map(record).collect()
}

/// Adds a key; none when another one took its number.
async fn add(
    store: &Store,
    number: u64,
    secret: [u8; 32],
    before: Option<&Key>,
) -> Result<Option<KeyRecord>, KeyError> {
    let at = clock::now();
    let record = KeyRecord::new(&Key::from_secret(&secret), before, at);
    let kept = ServerKey { number, secret: Some(secret), record: seal::canonical(&record) };
    let line =
        |last: Option<(u64, &str)>| Line::after(last, at, Entry::Key { record: record.clone() });
    Ok(store.add_server_key(&kept, line).await?.then_some(record))
}

fn record(kept: &ServerKey) -> Result<KeyRecord, KeyError> {
    serde_json::from_str(&kept.record).map_err(|_| KeyError::Damaged)
}

fn usable(kept: &ServerKey) -> Result<Key, KeyError> {
    let key = Key::from_secret(&kept.secret.ok_or(KeyError::Damaged)?);
    if record(kept)?.change.key == key.public() { Ok(key) } else { Err(KeyError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_key_is_made_once_and_replaced_by_both() {
        let folder = tempfile::tempdir().unwrap();
        let location = store::Location::Sqlite(folder.path().to_owned());
        let store = Store::open(&location).await.unwrap();
        let (one, other) = tokio::join!(key(&store), key(&store));
        let first = one.unwrap().public();
        assert_eq!(other.unwrap().public(), first, "who starts at the same moment has the same");
        let record = replace(&store).await.unwrap();
        assert!(record.holds());
        assert_eq!(record.change.replaces, Some(first));
        assert_eq!(key(&store).await.unwrap().public(), record.change.key);
        let records = records(&store).await.unwrap();
        assert_eq!((records.len(), &records[1]), (2, &record));
        // The next program has the same.
        store.close().await;
        let store = Store::open(&location).await.unwrap();
        assert_eq!(key(&store).await.unwrap().public(), record.change.key);
        let lines = store.seal_lines(0, 10).await.unwrap();
        let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
        assert_eq!(seal::check_log(&lines.join("\n")).unwrap().len(), 2);
        assert_eq!(store.verify().await.unwrap().differences, []);
        store.close().await;
    }
}
