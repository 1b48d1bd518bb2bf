//! Asking the authority, over HTTP (RFC 3161, 3.4).

use std::sync::Arc;

use app::page::verify::StampFault;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, Uri, header, uri::Scheme};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use stamp::{Authorities, LONGEST};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_util::task::AbortOnDropHandle;

use super::Stamping;
use super::configuration::Configuration;
use crate::mail::Password;

/// TLS as browsers have it, which also trusts the named authorities.
pub(super) fn protected(authorities: Option<&Authorities>) -> TlsConnector {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in authorities.iter().flat_map(|all| all.certificates()) {
        // They were read as authorities before.
        let _ = roots.add(certificate.clone());
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows the usual versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// What the authority answers to a question.
pub(super) async fn ask(stamping: &Stamping, question: Vec<u8>) -> Result<Vec<u8>, StampFault> {
    let step = stamping.0.configuration.pace.step;
    let answered = timeout(step, exchange(stamping, question)).await;
    answered.unwrap_or(Err(StampFault::Late))
}

async fn exchange(stamping: &Stamping, question: Vec<u8>) -> Result<Vec<u8>, StampFault> {
    let url = &stamping.0.configuration.url;
    let request = request(&stamping.0.configuration, question).ok_or(StampFault::Here)?;
    let host = host(url).ok_or(StampFault::Here)?;
    let https = url.scheme() == Some(&Scheme::HTTPS);
    let port = url.port_u16().unwrap_or(if https { 443 } else { 80 });
    let stream = TcpStream::connect((host, port)).await.map_err(|_| StampFault::Unreachable)?;
    if !https {
        return converse(stream, request).await;
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|_| StampFault::Unprotected)?;
    let stream = stamping.0.tls.connect(name, stream).await;
    converse(stream.map_err(|_| StampFault::Unprotected)?, request).await
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Body>,
) -> Result<Vec<u8>, StampFault> {
    let cut = |_| StampFault::Cut;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(cut)?;
    let _driven = AbortOnDropHandle::new(tokio::spawn(connection));
    let response = sender.send_request(request).await.map_err(cut)?;
    // Nor is it followed elsewhere: the operator names the address.
    if response.status() != StatusCode::OK {
        return Err(StampFault::Http(response.status().as_u16()));
    }
    body(response).await
}

async fn body(response: Response<Incoming>) -> Result<Vec<u8>, StampFault> {
    let mut parts = Body::new(response.into_body()).into_data_stream();
    let mut bytes = Vec::new();
    while let Some(part) = parts.next().await {
        bytes.extend_from_slice(&part.map_err(|_| StampFault::Cut)?);
        if bytes.len() > LONGEST {
            return Err(StampFault::NotAnAnswer);
        }
    }
    Ok(bytes)
}

fn request(configuration: &Configuration, question: Vec<u8>) -> Option<Request<Body>> {
    let Configuration { url, user, .. } = configuration;
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(path)
        .header(header::HOST, url.authority()?.as_str())
        .header(header::CONTENT_TYPE, "application/timestamp-query")
        .header(header::ACCEPT, "application/timestamp-reply")
        .header(header::USER_AGENT, "mesa")
        .header(header::CONNECTION, "close");
    if let Some((user, Password(password))) = user {
        let credentials = STANDARD.encode(format!("{user}:{password}"));
        request = request.header(header::AUTHORIZATION, format!("Basic {credentials}"));
    }
    request.body(Body::from(question)).ok()
}

/// The host, an IPv6 address without its brackets.
fn host(url: &Uri) -> Option<&str> {
    let host = url.host()?;
    Some(host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host))
}
