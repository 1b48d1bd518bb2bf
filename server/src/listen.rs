//! Accepting connections: HTTP/1.1 with time limits, plain or over TLS, so many for each address,
//! sockets without Nagle's delay, graceful shutdown.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::app_state::AppState;
use crate::client::{Peer, is_in};
use crate::connections::{Connections, Counted};
use crate::{housekeeping, mail, stamping};

/// How much data the kernel takes for a connection before it is sent, in bytes. By default it would
/// be megabytes for a device that doesn't read; what the program holds instead can still be
/// replaced by something newer.
const UNSENT: u32 = 16 * 1024;
/// How long what was sent may stay unread before the connection ends.
const UNREAD_WITHIN: Duration = Duration::from_secs(60);
/// How long shutdown waits for requests that are being answered.
const END_WITHIN: Duration = Duration::from_secs(10);

/// Serves until the token is cancelled, then lets running requests finish. Sockets close by
/// themselves with code 1012, and rooms write what they took. What isn't asked for by requests begins
/// here, too: letters, stamps and housekeeping.
pub async fn serve(listener: TcpListener, router: Router, state: AppState) {
    mail::spawn(&state);
    stamping::spawn(&state);
    housekeeping::spawn(&state);
    let (shutdown, tracker, settings) = (state.shutdown, state.tracker, state.settings);
    let times = settings.times;
    let connections = Connections::new(settings.per_address().get());
    let mut builder = http1::Builder::new();
    // A small read buffer: there may be thousands of idle followers.
    builder.timer(TokioTimer::new()).header_read_timeout(times.head).max_buf_size(16 * 1024);
    if let Some(tls) = settings.tls.clone() {
        tracker.spawn(tls.keep_renewed(shutdown.clone()));
    }
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
        // A proxy's connections are everybody's.
        let one = if is_in(&settings.trusted_proxies, peer.ip()) {
            None
        } else {
            let Some(one) = connections.one_more(peer.ip().into()) else { continue };
            Some(one)
        };
        prepare(&stream);
        let stream = Counted::new(stream, one);
        let (builder, router, shutdown) = (builder.clone(), router.clone(), shutdown.clone());
        match settings.tls.as_ref().map(|tls| tls.acceptor()) {
            None => {
                tracker.spawn(converse(builder, stream, peer, router, shutdown));
            }
            Some(acceptor) => {
                tracker.spawn(async move {
                    let hands = tokio::select! {
                        hands = tokio::time::timeout(times.handshake, acceptor.accept(stream)) => hands,
                        () = shutdown.cancelled() => return,
                    };
                    match hands {
                        Ok(Ok(stream)) => {
                            converse(builder, stream, peer, router, shutdown).await;
                        }
                        Ok(Err(error)) => tracing::debug!(%error, "no TLS connection came about"),
                        Err(_) => tracing::debug!("a TLS handshake took too long"),
                    }
                });
            }
        }
    }
    drop(listener);
    tracker.close();
    if tokio::time::timeout(END_WITHIN, tracker.wait()).await.is_err() {
        tracing::warn!("some connections didn't end in time");
    }
}

/// Answers the requests of a connection until it ends or becomes a socket.
async fn converse<S>(
    builder: http1::Builder,
    stream: S,
    peer: SocketAddr,
    router: Router,
    shutdown: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let router = TowerToHyperService::new(router);
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.call(request)
    });
    let connection = builder.serve_connection(TokioIo::new(stream), answer).with_upgrades();
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
}

/// Sets a connection's options.
fn prepare(stream: &TcpStream) {
    // If it fails, small frames are only delayed.
    let _ = stream.set_nodelay(true);
    let socket = SockRef::from(stream);
    // If it fails, it only costs memory.
    let _ = keep_little(&socket);
    // If it fails, who doesn't read keeps the connection for longer.
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(UNREAD_WITHIN));
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
