//! The exercise's logos.

use domain::exercise::{self, Image, ImageError, LOGO_BYTES, Logo, LogoPlace};
use domain::{Digest, ServerCommand, ShortText, StreamId};
use futures_util::stream;
use sha2::{Digest as _, Sha256};
use store::{PutError, Store};

use super::entry::{EntryError, enter};
use crate::clock;

/// Why a logo isn't put.
#[derive(Debug, thiserror::Error)]
pub enum LogoError {
    /// Its file isn't one.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// The file can't be kept.
    #[error(transparent)]
    Put(#[from] PutError),
    /// The entry can't be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// Puts a logo, of this name and with this file, in its place, or takes away what is there; gives
/// how many there are then. Works while a server runs.
///
/// # Errors
/// [`LogoError`].
pub async fn put(
    store: &Store,
    exercise: StreamId,
    place: LogoPlace,
    logo: Option<(ShortText, Vec<u8>)>,
) -> Result<usize, LogoError> {
    let logo = match logo {
        Some((name, bytes)) => {
            let image = Image::of(&bytes, Digest(Sha256::digest(&bytes).into()))?;
            // Kept first: what the log names is there.
            let bytes = stream::iter([Ok::<_, std::io::Error>(bytes)]);
            store.put_blob(clock::new_id(), clock::now(), LOGO_BYTES as u64, bytes).await?;
            Some(Box::new(Logo { name, image }))
        }
        None => None,
    };
    let set = ServerCommand::Exercise(exercise::ServerCommand::SetLogo { place, logo });
    let after = enter(store, exercise, &set).await?;
    Ok(after.logos.values().flatten().count())
}
