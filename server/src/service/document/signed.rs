//! The document of a signing: what it says besides the slots is kept as it was when the signing
//! began, so that nobody who comes later changes what others have signed.

use document::{Plan, Request, Standing};
use domain::Digest;
use domain::agreement::signing::Round;
use store::Store;

use super::people::People;
use super::{DocumentError, Kind, Source, kept, pal};
use crate::clock;

impl Source<'_> {
    /// What the document of a signing says, with its slots as they stand, and the digest of what it
    /// says besides them. Where that isn't kept yet, or can't be read any more by this program, it is
    /// made from the present state and kept.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub async fn to_sign(
        &self,
        store: &Store,
        round: &Round,
    ) -> Result<(Plan, Digest), DocumentError> {
        let people = People::of(store, self.exercise).await?;
        let (mut plan, base) = match self.kept_base(store, round).await? {
            Some(kept) => kept,
            None => self.keep_base(store, round, &people).await?,
        };
        let signers = self.signers(Some(round), &people, false);
        for (slot, now) in plan.signers.iter_mut().zip(signers) {
            if now.standing != Standing::Pending {
                *slot = now;
            }
        }
        Ok((plan, base))
    }

    async fn kept_base(
        &self,
        store: &Store,
        round: &Round,
    ) -> Result<Option<(Plan, Digest)>, DocumentError> {
        let Some(base) = round.base else { return Ok(None) };
        let Some(bytes) = store.whole_blob(base).await? else { return Ok(None) };
        Ok(serde_json::from_slice(&bytes).ok().map(|plan| (plan, base)))
    }

    async fn keep_base(
        &self,
        store: &Store,
        round: &Round,
        people: &People,
    ) -> Result<(Plan, Digest), DocumentError> {
        let logos = pal::logos(store, self.exercise).await?;
        let request = self.plan(Kind::Full(round.version), people, logos);
        let Some(Request::Pal(mut plan)) = request else { return Err(DocumentError::NotFound) };
        for signer in &mut plan.signers {
            signer.standing = Standing::Pending;
        }
        let bytes = serde_json::to_vec(&plan)
            .map_err(|error| document::RenderError::Unusable(error.to_string()))?;
        kept::put(store, &bytes, clock::now()).await?;
        Ok((*plan, kept::file_of(&bytes)))
    }
}
