//! The exercise's logos.

use domain::exercise::{self, Image, ImageError, LOGO_BYTES, Logo, LogoPlace};
use domain::{Digest, ServerCommand, ShortText, StreamId};
use futures_util::stream;
use sha2::{Digest as _, Sha256};
use store::{PutError, Store};

use super::entry::{EntryError, enter};
use crate::clock;

/// Why a logo can't be put.
#[derive(Debug, thiserror::Error)]
pub enum LogoError {
    /// Its file isn't an image.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// The file can't be stored.
    #[error(transparent)]
    Put(#[from] PutError),
    /// The command failed.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// Puts a logo, with this name and file, in its place, or removes the one there; returns how many
/// there are then. Works while a server runs.
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
            // The file is stored first, so that what the log refers to exists.
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
