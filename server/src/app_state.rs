//! What every handler works with.

use std::sync::Arc;

use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::http::assets::Site;
use crate::live::stream::Streams;
use crate::metrics::Metrics;
use crate::rooms::Rooms;

/// How the server is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address under which people reach it, when that isn't what their browser says (behind a
    /// proxy), as `https://mesa.example`.
    pub public_url: Option<String>,
    /// The address for phones, as `http://192.168.1.5:3000`: what the projector shows when it is
    /// itself opened at `localhost`.
    pub phone_url: Option<String>,
}

/// What every handler works with.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Where everything is kept.
    pub store: Store,
    /// The mesas that are live.
    pub rooms: Rooms,
    /// Scripts, styles, fonts.
    pub site: Arc<Site>,
    /// The live connections that aren't sockets.
    pub streams: Streams,
    /// How the server is set up.
    pub settings: Arc<Settings>,
    /// Cancelled when the server ends.
    pub shutdown: CancellationToken,
    /// What the server counts of itself.
    pub metrics: Metrics,
    /// Rooms and sockets, waited for at the end.
    pub tracker: TaskTracker,
}

impl AppState {
    /// Everything from its parts.
    pub fn new(store: Store, site: Site, settings: Settings) -> Self {
        let shutdown = CancellationToken::new();
        let tracker = TaskTracker::new();
        let metrics = Metrics::default();
        Self {
            rooms: Rooms::new(store.clone(), metrics.clone(), shutdown.clone(), tracker.clone()),
            store,
            site: Arc::new(site),
            streams: Streams::default(),
            settings: Arc::new(settings),
            shutdown,
            metrics,
            tracker,
        }
    }
}

/// Why a request can't be answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Unexpected {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The room ended meanwhile.
    #[error(transparent)]
    Room(#[from] crate::room::RoomEnded),
    /// A file of the open data can't be made.
    #[error(transparent)]
    Export(#[from] crate::http::ExportError),
}
