//! The state that every handler shares.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ipnet::IpNet;
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::http::assets::Site;
use crate::lasting::{Lasting, Uses};
use crate::limits::{self, Limits};
use crate::live::stream::Streams;
use crate::mail::{Configuration, Mail};
use crate::metrics::Metrics;
use crate::rooms::Rooms;
use crate::scanner::Scanner;
use crate::service::sheets::Sheets;
use crate::service::signing::{self, Bell};
use crate::service::waiting::Waiting;
use crate::stamping::Stamping;
use crate::tls::Tls;

/// How long the other end may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// For a TLS handshake.
    pub handshake: Duration,
    /// For the head of a request, and between two requests.
    pub head: Duration,
    /// For the next piece of a request's body.
    pub body: Duration,
    /// For a whole request, until the head of its answer.
    pub request: Duration,
    /// For a request that brings a large file.
    pub upload: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(15),
            body: Duration::from_secs(15),
            request: Duration::from_secs(60),
            upload: Duration::from_secs(20 * 60),
        }
    }
}

/// How the server is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The program whose children set documents; none: this one.
    pub document_program: Option<PathBuf>,
    /// The public address, when it differs from the one that browsers send (behind a proxy), as
    /// `https://mesa.example`.
    pub public_url: Option<String>,
    /// The address for phones, as `http://192.168.1.5:3000`: what the projector shows when it is
    /// itself opened at `localhost`.
    pub phone_url: Option<String>,
    /// The address on this machine, as `http://localhost:3000`.
    pub local_url: Option<String>,
    /// The proxies that may say whose requests they forward.
    pub trusted_proxies: Vec<IpNet>,
    /// How many connections an address may have at once, and how many requests without a session
    /// in a minute; none: [`limits::PER_ADDRESS`].
    pub per_address: Option<NonZeroU32>,
    /// The certificate; none: plain HTTP.
    pub tls: Option<Arc<Tls>>,
    /// How long the other end may take.
    pub times: Times,
    /// How long sessions last.
    pub lasting: Lasting,
    /// How letters are sent; none: they aren't.
    pub mail: Option<Configuration>,
    /// Who is asked to stamp seals; none: nobody.
    pub stamping: Option<Stamping>,
    /// Which virus scanner looks at files of the pack; none: none does.
    pub scanner: Option<Scanner>,
}

impl Settings {
    /// What documents and the links in letters begin with. Never what a request says of itself: anybody could
    /// have letters with links to elsewhere sent.
    pub fn base(&self) -> String {
        let set = self.public_url.as_ref().or(self.phone_url.as_ref()).or(self.local_url.as_ref());
        set.cloned().unwrap_or_else(|| "http://localhost:3000".to_owned())
    }

    /// How many connections an address may have at once, and how many requests without a session
    /// in a minute.
    pub fn per_address(&self) -> NonZeroU32 {
        self.per_address.unwrap_or(limits::PER_ADDRESS)
    }
}

/// The state that every handler shares.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Where everything is kept.
    pub store: Store,
    /// The rooms of the exercises that are live.
    pub rooms: Rooms,
    /// The built site: scripts, styles, fonts.
    pub site: Arc<Site>,
    /// The live connections by event stream.
    pub streams: Streams,
    /// How the server is set up.
    pub settings: Arc<Settings>,
    /// Cancelled when the server ends.
    pub shutdown: CancellationToken,
    /// What the server counts of itself.
    pub metrics: Metrics,
    /// Who waits before closed doors.
    pub waiting: Waiting,
    /// How often something may be asked.
    pub limits: Limits,
    /// Letters.
    pub mail: Mail,
    /// What sets documents.
    pub documents: document::Renderer,
    /// Woken when a plan's signing changes.
    pub signings: Bell,
    /// The pages of what is being signed, as pictures.
    pub sheets: Sheets,
    fonts: Arc<OnceLock<Arc<document::Fonts>>>,
    /// When sessions were used.
    pub uses: Uses,
    /// Rooms and sockets: shutdown waits for them.
    pub tracker: TaskTracker,
}

impl AppState {
    /// The state of a server that starts.
    pub fn new(store: Store, site: Site, settings: Settings) -> Self {
        let shutdown = CancellationToken::new();
        let tracker = TaskTracker::new();
        let metrics = Metrics::default();
        let rooms = Rooms::new(store.clone(), metrics.clone(), shutdown.clone(), tracker.clone());
        let state = Self {
            signings: rooms.signings.clone(),
            sheets: Sheets::default(),
            rooms,
            uses: Uses::new(store.clone(), settings.lasting),
            store,
            site: Arc::new(site),
            streams: Streams::default(),
            waiting: Waiting::default(),
            limits: Limits::new(settings.per_address()),
            documents: crate::service::document::renderer(settings.document_program.clone()),
            fonts: Arc::default(),
            mail: Mail::new(settings.mail.clone()),
            settings: Arc::new(settings),
            shutdown,
            metrics,
            tracker,
        };
        signing::spawn(&state);
        state
    }
}

impl AppState {
    /// The faces of the documents, read when they are first asked for.
    pub fn fonts(&self) -> Arc<document::Fonts> {
        Arc::clone(self.fonts.get_or_init(|| Arc::new(document::Fonts::embedded())))
    }
}

/// An unexpected failure while answering a request.
#[derive(Debug, thiserror::Error)]
pub enum Unexpected {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The room ended before it answered.
    #[error(transparent)]
    Room(#[from] crate::room::RoomEnded),
    /// An exercise can't be opened.
    #[error(transparent)]
    Setup(#[from] crate::service::setup::SetupError),
    /// A logo can't be put.
    #[error(transparent)]
    Logo(#[from] crate::service::logo::LogoError),
    /// The sample can't be loaded.
    #[error(transparent)]
    Sample(#[from] crate::service::sample::SampleError),
    /// A document can't be made.
    #[error(transparent)]
    Document(#[from] crate::service::document::DocumentError),
    /// The server's key can't be used.
    #[error(transparent)]
    Key(#[from] crate::service::server_key::KeyError),
    /// A file of the open data can't be made.
    #[error(transparent)]
    Export(#[from] crate::http::ExportError),
}
