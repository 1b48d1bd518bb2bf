//! After a restored backup devices bring back what texts said. What was redacted mustn't come back
//! with it.

use domain::deliberation;
use domain::text::redact::{is_redacted_form, was_redacted};
use domain::{Event, ItemId, Rejection, TextField};
use store::StoreError;

use super::Room;
use super::batch::Draft;

impl Room {
    /// What comes of a wording that a device brings back to a text of which something was redacted:
    /// nobody can tell any more whether that is in it, so it stays on the device, for its author to
    /// copy what may be said. Nothing, when only that is missing. None for any other text.
    pub(super) async fn withheld(
        &self,
        draft: &Draft,
        item: ItemId,
        field: TextField,
        wording: &str,
    ) -> Result<Option<Result<Vec<Event>, Rejection>>, StoreError> {
        if !was_redacted(&self.patches_since(draft, item, field, 0).await?) {
            return Ok(None);
        }
        let now = draft.state.item(item).map_or("", |item| item.text(field));
        if is_redacted_form(now, wording) {
            return Ok(Some(Ok(Vec::new())));
        }
        Ok(Some(Err(Rejection::Deliberation(deliberation::Rejection::PatchOutOfRange))))
    }
}
