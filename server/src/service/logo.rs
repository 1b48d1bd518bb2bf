//! The exercise's logos.

use domain::exercise::{self, Logo, LogoPlace};
use domain::{ServerCommand, StreamId};
use store::Store;

use super::entry::{EntryError, enter};

/// Puts a logo in its place, or takes away what is there; gives how many there are then. Works while a server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn put(store: &Store, exercise: StreamId, place: LogoPlace, logo: Option<Logo>) -> Result<usize, EntryError> {
    let set = ServerCommand::Exercise(exercise::ServerCommand::SetLogo { place, logo: logo.map(Box::new) });
    let after = enter(store, exercise, &set).await?;
    Ok(after.logos.values().flatten().count())
}
