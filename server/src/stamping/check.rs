//! Whether the stamps are those that the file of all seals lists.

use domain::Digest;
use seal::{Entry, Line};
use store::{Store, StoreError};

/// How many lines are read at once.
const LINES: u64 = 500;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many stamps hold.
    pub good: usize,
    /// The seals whose stamp is missing, is another one than is listed, or doesn't hold.
    pub wrong: Vec<seal::Digest>,
}

/// Verifies every stamp that the file of all seals lists, whoever signed it.
///
/// # Errors
/// [`StoreError`].
pub async fn check(store: &Store) -> Result<Checked, StoreError> {
    let (mut checked, mut after) = (Checked::default(), 0);
    loop {
        let lines = store.seal_lines(after, LINES).await?;
        let Some((last, _)) = lines.last() else { return Ok(checked) };
        after = *last;
        for (_, line) in &lines {
            let Ok(Line { entry: Entry::Stamp { seal, answer, stamped_at }, .. }) =
                serde_json::from_str(line)
            else {
                continue;
            };
            let kept = store.stamp(Digest(seal.0)).await?.unwrap_or_default();
            let stamp = stamp::read(&kept, &seal.0, None);
            let listed = seal::Digest::of(&kept) == answer;
            if listed && stamp.is_ok_and(|stamp| stamp.at == stamped_at) {
                checked.good += 1;
            } else {
                checked.wrong.push(seal);
            }
        }
    }
}
