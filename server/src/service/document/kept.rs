//! Documents of a frozen version are stored, and who asks for the same again gets the same bytes.
//! Of drafts only their digest is known.

use std::sync::Arc;

use document::{Pdf, Request};
use domain::{Digest, Millis};
use futures_util::stream;
use store::{Document, DocumentKind, PutError, Store, StoreError};

use super::{DocumentError, Kind, Source};
use crate::clock;

/// Longest document, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

/// How a document is known, and of which version it is; none: it isn't.
fn known(kind: Kind) -> Option<(DocumentKind, Option<u16>)> {
    match kind {
        Kind::Draft => Some((DocumentKind::Draft, None)),
        Kind::Full(version) => Some((DocumentKind::Full, Some(version))),
        Kind::Public(version) => Some((DocumentKind::Public, Some(version))),
        Kind::Paper(version) => Some((DocumentKind::Paper, Some(version))),
        Kind::Minutes(_) | Kind::Attendance(_) => None,
    }
}

impl Source<'_> {
    /// The document of a request: the stored one, or a new one that is stored.
    pub(super) async fn kept(
        &self,
        store: &Store,
        renderer: &document::Renderer,
        kind: Kind,
        request: &Request,
    ) -> Result<Arc<Pdf>, DocumentError> {
        let Some((kind, version)) = known(kind) else { return Ok(renderer.render(request).await?) };
        let digest = digest_of(request)?;
        if let Some(pdf) = stored(store, self, digest).await? {
            return Ok(pdf);
        }
        let pdf = renderer.render(request).await?;
        let document = Document {
            id: clock::new_id(),
            kind,
            version,
            request: digest,
            file: file_of(&pdf.bytes),
            pages: u32::try_from(pdf.pages).unwrap_or(u32::MAX),
            made_at: self.now,
            seal: None,
        };
        // Known first: what isn't kept would be a file that nobody refers to.
        if store.keep_document(self.stream, &document).await? {
            if kind != DocumentKind::Draft {
                put(store, &pdf.bytes, self.now).await?;
            }
        } else {
            tracing::warn!("an exercise has too many different documents: this one isn't kept");
        }
        Ok(pdf)
    }

    /// The document of a request as it is stored, or a new one that isn't.
    pub(crate) async fn unkept(
        &self,
        store: &Store,
        renderer: &document::Renderer,
        request: &Request,
    ) -> Result<Arc<Pdf>, DocumentError> {
        match stored(store, self, digest_of(request)?).await? {
            Some(pdf) => Ok(pdf),
            None => Ok(renderer.render(request).await?),
        }
    }
}

/// The digest by which equal requests are known.
pub(crate) fn digest_of(request: &Request) -> Result<Digest, DocumentError> {
    let unusable = |error: serde_json::Error| document::RenderError::Unusable(error.to_string());
    Ok(Digest(request.digest().map_err(unusable)?))
}

/// The SHA-256 of a document's bytes.
pub(crate) fn file_of(bytes: &[u8]) -> Digest {
    Digest(seal::Digest::of(bytes).0)
}

async fn stored(
    store: &Store,
    source: &Source<'_>,
    request: Digest,
) -> Result<Option<Arc<Pdf>>, StoreError> {
    match store.document(source.stream, request).await? {
        Some(document) => read(store, &document).await,
        None => Ok(None),
    }
}

/// The bytes of a document; none when they were erased.
pub(crate) async fn read(
    store: &Store,
    document: &Document,
) -> Result<Option<Arc<Pdf>>, StoreError> {
    let Some(bytes) = store.whole_blob(document.file).await? else { return Ok(None) };
    let pages = usize::try_from(document.pages).unwrap_or_default();
    Ok(Some(Arc::new(Pdf { bytes, pages })))
}

/// Stores a document's bytes.
pub(crate) async fn put(store: &Store, bytes: &[u8], now: Millis) -> Result<(), PutError> {
    let parts = stream::iter([Ok::<_, std::io::Error>(bytes)]);
    Box::pin(store.put_blob(clock::new_id(), now, LONGEST, parts)).await.map(|_| ())
}
