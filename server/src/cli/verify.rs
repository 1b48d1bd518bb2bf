//! Verifying files, and the key with which this server seals.

use std::path::Path;

use app::page::verify::{Answer, StampFault, Stamped};
use seal::{PublicKey, ReadError, Seal};
use stamp::Authorities;
use store::{Location, Store, StoreError};

use super::Failure;
use super::commands::VerifyFile;
use super::run::at_most;
use crate::service::{document, server_key, verifying};
use crate::stamping;
use crate::text::{terminal, verifying as words};

/// Longest file that is read, in bytes.
const LONGEST: usize = 64 * 1024 * 1024;

/// Says what a file is: by its seal and the key that was given, by a store, or by both.
pub(super) async fn verify_file(command: VerifyFile) -> Result<(), Failure> {
    let file = at_most(&command.file, LONGEST)?;
    println!("{}", words::digest(&seal::Digest::of(&file).to_string()));
    let read = seal::read(&file);
    // What was changed after it was sealed says so by itself.
    if let Err(error) = read
        && !matches!(error, ReadError::NotAPdf | ReadError::NoSeal | ReadError::OtherForm(_))
    {
        return Err(Failure::NotVerified(error));
    }
    let mut keys: Vec<PublicKey> = command.key.into_iter().collect();
    let mut known = None;
    let authorities = command.authorities.as_deref().map(stamping::authorities).transpose()?;
    let authorities = authorities.as_ref();
    if let Some(location) = &command.location {
        let store = Store::open_existing(location).await?;
        keys.extend(server_key::records(&store).await?.iter().map(|record| record.change.key));
        let found = verifying::find(&store, document::kept::file_of(&file), None).await?;
        if let Some((stream, document)) = found {
            let loaded = store.load(stream).await?.ok_or(Failure::NoMesa)?;
            let (who, zone) = ((command.asks, authorities), verifying::zone(&loaded.state));
            let stamp = stamping::stamped(&store, (stream, &document), who, zone).await?;
            known = Some(verifying::answer(&loaded.state, stream, &document, (true, stamp)));
        }
        store.close().await;
    }
    let sealed = read.and_then(|seal| seal.by(&keys).map(|()| seal));
    if let Ok(seal) = &sealed {
        println!("{}", words::seal(seal));
        if let Some(path) = &command.stamp {
            println!("{}", words::stamped(&stamped(seal, path, authorities)?));
        }
    }
    match (known, sealed) {
        (Some(answer), sealed) => {
            println!("{}", words::answer(&answer));
            // What the store knows as signed bears its seal.
            match (signed(&answer), sealed) {
                (true, Err(error)) => Err(Failure::NotVerified(error)),
                (true, Ok(_)) | (false, _) => Ok(()),
            }
        }
        (None, Ok(_)) if command.location.is_none() => Ok(()),
        (None, Ok(_)) => {
            println!("{}", words::answer(&Answer::Unknown));
            Err(Failure::UnknownDocument)
        }
        (None, Err(error)) => Err(Failure::NotVerified(error)),
    }
}

/// What the answer of a time-stamping authority in a file says of a seal.
fn stamped(
    seal: &Seal,
    path: &Path,
    authorities: Option<&Authorities>,
) -> Result<Stamped, Failure> {
    let answer = at_most(path, stamp::LONGEST)?;
    let digest = seal::Digest::of(seal::canonical(seal));
    let stamp = stamp::read(&answer, &digest.0, authorities);
    let stamp = stamp.map_err(|wrong| Failure::NotStamped(stamping::of(wrong)))?;
    match stamp.trusted {
        Some(false) => Err(Failure::NotStamped(StampFault::Untrusted)),
        Some(true) | None => Ok(stamping::by(stamp, "UTC", String::new())),
    }
}

fn signed(answer: &Answer) -> bool {
    use app::page::verify::State;
    match answer {
        Answer::Known(known) => matches!(known.state, State::Signed(_)),
        Answer::Unknown => false,
    }
}

/// Verifies a store, and the stamps of its seals.
pub(super) async fn verify_store(location: &Location) -> Result<(), Failure> {
    // Verifying only reads: no store is created or migrated.
    let store = Store::open_existing(location).await?;
    let report = store.verify().await.map_err(|error| match error {
        StoreError::Outdated => Failure::Outdated,
        error => Failure::Store(error),
    })?;
    let stamps = stamping::check(&store).await?;
    store.close().await;
    println!("{}", terminal::report(&report));
    if stamps != stamping::Checked::default() {
        println!("{}", words::stamps(&stamps));
    }
    let clean = report.differences.is_empty() && stamps.wrong.is_empty();
    if clean { Ok(()) } else { Err(Failure::Differences) }
}

/// Shows the key in use and those before it.
pub(super) async fn show_key(location: &Location) -> Result<(), Failure> {
    let store = Store::open(location).await?;
    server_key::key(&store).await?;
    let records = server_key::records(&store).await?;
    store.close().await;
    println!("{}", words::keys(&records));
    Ok(())
}

/// Puts a new key in the place of the one in use.
pub(super) async fn replace_key(location: &Location) -> Result<(), Failure> {
    let store = Store::open(location).await?;
    let record = server_key::replace(&store).await?;
    store.close().await;
    println!("{}", words::replaced(&record));
    Ok(())
}
