//! Accepting connections: HTTP/1.1 with time limits, sockets without Nagle's delay, graceful
//! shutdown.

use std::io;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use socket2::SockRef;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::client::Peer;

/// How long a client may take to send a request's head.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// How much data the kernel takes for a connection before it is sent, in bytes. By default it would
/// be megabytes for a device that doesn't read; what the program holds instead can still be
/// replaced by something newer.
const UNSENT: u32 = 16 * 1024;
/// How long shutdown waits for requests that are being answered.
const END_WITHIN: Duration = Duration::from_secs(10);

/// Serves until the token is cancelled, then lets running requests finish. Sockets close by
/// themselves with code 1012, and rooms write what they took.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
    tracker: TaskTracker,
) {
    let mut builder = http1::Builder::new();
    // A small read buffer: there may be thousands of idle followers.
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(16 * 1024);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Usually too many open files: existing connections go on, new ones retry.
                tracing::warn!(%error, "a connection can't be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // If it fails, small frames are only delayed.
        let _ = stream.set_nodelay(true);
        // If it fails, it only costs memory.
        let _ = keep_little(&SockRef::from(&stream));
        let router = TowerToHyperService::new(router.clone());
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.call(request)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), answer).with_upgrades();
        let shutdown = shutdown.clone();
        tracker.spawn(async move {
            let mut connection = std::pin::pin!(connection);
            let result = tokio::select! {
                result = connection.as_mut() => result,
                () = shutdown.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = result {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    tracker.close();
    if tokio::time::timeout(END_WITHIN, tracker.wait()).await.is_err() {
        tracing::warn!("some connections didn't end in time");
    }
}

#[cfg(target_os = "linux")]
fn keep_little(socket: &SockRef<'_>) -> io::Result<()> {
    socket.set_tcp_notsent_lowat(UNSENT)
}

/// Other systems have only one limit for all data in flight.
#[cfg(not(target_os = "linux"))]
fn keep_little(socket: &SockRef<'_>) -> io::Result<()> {
    socket.set_send_buffer_size(8 * UNSENT as usize)
}
