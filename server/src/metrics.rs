//! Metrics for the operator: Prometheus' text format on a listener of its own, off by default. They
//! contain no name, text or id of a person.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::{Rejection, StreamId};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The label of an exercise's room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRoom {
    room: String,
}

/// The label of a refusal's reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Because {
    reason: &'static str,
}

/// The transport of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A socket.
    Socket,
    /// Requests and an event stream.
    Stream,
}

/// The counters; clones share them.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    rooms: Gauge,
    sockets: Gauge,
    streams: Gauge,
    queues: Family<OfRoom, Gauge>,
    commits: Histogram,
    events: Counter,
    frames: Counter,
    bytes: Counter,
    tails: Counter,
    snapshots: Counter,
    behind: Counter,
    slow: Counter,
    refusals: Family<Because, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        // From 0.1 ms to 1.6 s.
        let commits = Histogram::new(exponential_buckets(0.000_1, 2.0, 15));
        let mut registry = Registry::with_prefix("mesa");
        let mut metrics = Self {
            registry: Arc::default(),
            rooms: Gauge::default(),
            sockets: Gauge::default(),
            streams: Gauge::default(),
            queues: Family::default(),
            commits,
            events: Counter::default(),
            frames: Counter::default(),
            bytes: Counter::default(),
            tails: Counter::default(),
            snapshots: Counter::default(),
            behind: Counter::default(),
            slow: Counter::default(),
            refusals: Family::default(),
        };
        registry.register("rooms", "Exercises that are live", metrics.rooms.clone());
        registry.register("sockets", "Open sockets", metrics.sockets.clone());
        registry.register("streams", "Open conversations by event stream", metrics.streams.clone());
        registry.register(
            "queue_depth",
            "Requests that waited when a room last took some",
            metrics.queues.clone(),
        );
        registry.register_with_unit(
            "commit",
            "From deciding a batch to its being on disk",
            Unit::Seconds,
            metrics.commits.clone(),
        );
        registry.register("events", "Events written to the log", metrics.events.clone());
        registry.register("frames", "Frames written to devices", metrics.frames.clone());
        registry.register_with_unit(
            "frames",
            "Bytes of frames written to devices",
            Unit::Bytes,
            metrics.bytes.clone(),
        );
        registry.register(
            "resumes",
            "Devices that came back and got what they missed",
            metrics.tails.clone(),
        );
        registry.register(
            "resyncs",
            "Devices that got the whole mesa, new ones too",
            metrics.snapshots.clone(),
        );
        registry.register(
            "fell_behind",
            "Connections that missed too much and were asked to say hello again",
            metrics.behind.clone(),
        );
        registry.register(
            "slow_readers",
            "Connections given up because they didn't fetch what was sent",
            metrics.slow.clone(),
        );
        registry.register("refusals", "Commands refused, by reason", metrics.refusals.clone());
        metrics.registry = Arc::new(registry);
        metrics
    }
}

/// Counts something for as long as this value lives.
#[derive(Debug)]
pub struct Counted(Gauge);

impl Counted {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Counts a room that opened.
    pub fn room(&self) -> Counted {
        Counted::new(&self.rooms)
    }

    /// Counts a conversation that began.
    pub fn conversation(&self, carrier: Carrier) -> Counted {
        Counted::new(match carrier {
            Carrier::Socket => &self.sockets,
            Carrier::Stream => &self.streams,
        })
    }

    /// The number of requests that wait in a room's queue.
    pub fn queue(&self, room: StreamId) -> Gauge {
        self.queues.get_or_create_owned(&OfRoom { room: room.to_string() })
    }

    /// A batch is on disk.
    pub fn committed(&self, within: Duration, events: usize) {
        self.commits.observe(within.as_secs_f64());
        self.events.inc_by(events as u64);
    }

    /// Frames for a device were handed to the system.
    pub fn sent(&self, frames: usize, bytes: usize) {
        self.frames.inc_by(frames as u64);
        self.bytes.inc_by(bytes as u64);
    }

    /// A device was welcomed, with the events that it missed or with a snapshot.
    pub fn welcomed(&self, with_tail: bool) {
        if with_tail { &self.tails } else { &self.snapshots }.inc();
    }

    /// A device missed too much and is asked to say hello again.
    pub fn fell_behind(&self) {
        self.behind.inc();
    }

    /// A connection was closed because its device is too slow.
    pub fn was_slow(&self) {
        self.slow.inc();
    }

    /// A command was refused.
    pub fn refused(&self, rejection: &Rejection) {
        self.refusals.get_or_create_owned(&Because { reason: rejection.name() }).inc();
    }

    /// Everything, as Prometheus reads it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string can't fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// Answers `GET /metrics` until the token is cancelled.
pub async fn serve(listener: TcpListener, metrics: Metrics, shutdown: CancellationToken) {
    let router = Router::new().route("/metrics", get(answer)).with_state(metrics);
    if let Err(error) =
        axum::serve(listener, router).with_graceful_shutdown(shutdown.cancelled_owned()).await
    {
        tracing::warn!(%error, "metrics aren't served any more");
    }
}

async fn answer(State(metrics): State<Metrics>) -> Response {
    let text =
        [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    (StatusCode::OK, text, metrics.text()).into_response()
}
