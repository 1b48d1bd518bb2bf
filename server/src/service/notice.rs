//! The exercise's privacy notice.

use domain::exercise::{self, NoticeText, NoticeVersion};
use domain::{ServerCommand, StreamId};
use store::Store;

use super::entry::{EntryError, enter};

/// Publishes a notice; returns its version. Works while a server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn publish(
    store: &Store,
    exercise: StreamId,
    short: NoticeText,
    full: NoticeText,
) -> Result<NoticeVersion, EntryError> {
    let publish = ServerCommand::Exercise(exercise::ServerCommand::PublishNotice { short, full });
    let after = enter(store, exercise, &publish).await?;
    Ok(after.notices.last().map_or(0, |notice| notice.version))
}
