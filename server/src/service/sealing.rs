//! The end of a plan: its document with everything, set once more, sealed with the server's key,
//! stored, and noted in the public file of all seals. Whether the plan is signed is decided where
//! edits are; here the document is made of what was decided.

use domain::{Millis, StreamId};
use seal::{Edition, Entry, Facts, Head, Line, Seal, SealError, Signer};
use store::{Document, DocumentKind, Store, StoreError};

use super::document::{DocumentError, Kind, Source, folio, kept};
use super::server_key::{self, KeyError};
use crate::{clock, stamping};

/// Why a document isn't sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    /// It can't be made or stored.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// What was made can't be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl From<StoreError> for SealingError {
    fn from(error: StoreError) -> Self {
        Self::Document(error.into())
    }
}

/// What is sealed besides what the document's own data say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSeal {
    /// The version of the plan.
    pub version: u16,
    /// Who signs and how each signature stands, in the order of the document.
    pub signers: Vec<Signer>,
    /// The last entry of the exercise's record that the document is made of.
    pub head: Head,
    /// When it is sealed, ms since the epoch.
    pub at: Millis,
}

/// Makes and seals the document of a version with everything, from the state of `source`. Who asks
/// again with the same state gets the one that there is, also after this was cut short anywhere.
///
/// # Errors
/// [`SealingError`].
pub async fn seal(
    store: &Store,
    renderer: &document::Renderer,
    source: &Source<'_>,
    to_seal: ToSeal,
) -> Result<Document, SealingError> {
    let ToSeal { version, signers, head, at } = to_seal;
    let request = source.request(store, Kind::Full(version)).await?;
    let digest = kept::digest_of(&request)?;
    if let Some(done) = sealed(store, source.stream, version).await?
        && done.request == digest
        && kept::read(store, &done).await?.is_some()
    {
        return Ok(done);
    }
    let frozen = source.exercise.plan.version_numbered(version).ok_or(DocumentError::NotFound)?;
    let pdf = source.unkept(store, renderer, &request).await?;
    let facts = Facts {
        exercise: source.stream.to_string(),
        folio: folio(source.exercise, source.stream),
        version: version.into(),
        copy: Edition::Full,
        text_digest: seal::Digest(frozen.digest.0),
        pages: u32::try_from(pdf.pages).unwrap_or(u32::MAX),
        signers,
        head,
        sealed_at: at,
    };
    let (bytes, seal) = seal::sealed(&pdf.bytes, facts, &server_key::key(store).await?)?;
    let document = Document {
        id: clock::new_id(),
        kind: DocumentKind::Full,
        version: Some(version),
        request: digest,
        file: kept::file_of(&bytes),
        pages: u32::try_from(pdf.pages).unwrap_or(u32::MAX),
        made_at: at,
        seal: Some(seal::canonical(&seal)),
    };
    kept::put(store, &bytes, at).await.map_err(DocumentError::Put)?;
    let entry = Entry::of(&bytes, &seal);
    let line = |last: Option<(u64, &str)>| Line::after(last, at, entry.clone());
    // A third party is asked when it was sealed, as soon as one is named and can be reached.
    let stamp = stamping::job(seal::Digest::of(seal::canonical(&seal)));
    store.keep_sealed(source.stream, &document, line, &[stamp]).await?;
    Ok(document)
}

/// The sealed document of a version, the last one if it was sealed more than once.
///
/// # Errors
/// [`StoreError`].
pub async fn sealed(
    store: &Store,
    stream: StreamId,
    version: u16,
) -> Result<Option<Document>, StoreError> {
    let documents = store.documents(stream).await?;
    Ok(documents
        .into_iter()
        .rfind(|document| document.seal.is_some() && document.version == Some(version)))
}

/// The seal of a sealed document; none of one that isn't.
pub fn seal_of(document: &Document) -> Option<Seal> {
    serde_json::from_str(document.seal.as_deref()?).ok()
}
