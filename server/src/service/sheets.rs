//! The pages of what is being signed, as pictures for screens: set once for each state of the document
//! and kept, packed, while they are asked for.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use document::{RenderError, Request};
use domain::StreamId;
use domain::agreement::signing::Round;
use flate2::Compression;
use flate2::write::GzEncoder;
use store::Store;

use super::document::{DocumentError, Source};

/// How many documents are kept: some megabytes each, unpacked.
const KEPT: usize = 6;

/// Which document: of an exercise, a version, after so many changes.
type Key = (StreamId, u16, u32);

/// The pages of a document, as gzip of SVG.
pub type Pages = Arc<Vec<Vec<u8>>>;

/// The documents that were asked for last.
#[derive(Clone, Debug, Default)]
pub struct Sheets(Arc<Mutex<VecDeque<(Key, Pages)>>>);

impl Sheets {
    /// The pages of what is being signed.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub async fn pages(
        &self,
        source: &Source<'_>,
        store: &Store,
        renderer: &document::Renderer,
        round: &Round,
    ) -> Result<Pages, DocumentError> {
        let key = (source.stream, round.version, round.changes);
        if let Some(known) = self.known(key) {
            return Ok(known);
        }
        let (plan, _) = source.to_sign(store, round).await?;
        // Who asks meanwhile joins the same rendering.
        let set = renderer.render(&Request::Sheets(Box::new(plan))).await?;
        let unusable = |error: &dyn std::fmt::Display| RenderError::Unusable(error.to_string());
        let pictures: Vec<String> =
            serde_json::from_slice(&set.bytes).map_err(|error| unusable(&error))?;
        let packed = tokio::task::spawn_blocking(move || pictures.iter().map(pack).collect());
        let pages: Pages = Arc::new(packed.await.map_err(|error| unusable(&error))?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(other, _)| *other != key);
        kept.push_front((key, Arc::clone(&pages)));
        kept.truncate(KEPT);
        Ok(pages)
    }

    fn known(&self, key: Key) -> Option<Pages> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(other, _)| *other == key).map(|(_, pages)| Arc::clone(pages))
    }
}

fn pack(picture: &String) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory doesn't fail.
    let _ = encoder.write_all(picture.as_bytes());
    encoder.finish().unwrap_or_default()
}
