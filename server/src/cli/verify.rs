//! Verifying files, and the key with which this server seals.

use app::page::verify::Answer;
use seal::{PublicKey, ReadError};
use store::{Location, Store};

use super::Failure;
use super::commands::VerifyFile;
use super::run::at_most;
use crate::service::{document, server_key, verifying};
use crate::text::verifying as words;

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
    if let Some(location) = &command.location {
        let store = Store::open_existing(location).await?;
        keys.extend(server_key::records(&store).await?.iter().map(|record| record.change.key));
        let found = verifying::find(&store, document::kept::file_of(&file), None).await?;
        if let Some((stream, document)) = found {
            let loaded = store.load(stream).await?.ok_or(Failure::NoMesa)?;
            known = Some(verifying::answer(&loaded.state, stream, &document, true));
        }
        store.close().await;
    }
    let sealed = read.and_then(|seal| seal.by(&keys).map(|()| seal));
    if let Ok(seal) = &sealed {
        println!("{}", words::seal(seal));
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

fn signed(answer: &Answer) -> bool {
    use app::page::verify::State;
    match answer {
        Answer::Known(known) => matches!(known.state, State::Signed(_)),
        Answer::Unknown => false,
    }
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
