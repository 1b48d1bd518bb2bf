//! TLS from files, and what changes with it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use server::app_state::{Settings, Times};
use server::service::sample::Stage;
use server::tls::{Tls, TlsError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::{TlsConnector, client};

use super::support::{Server, ask};

/// Writes a new certificate and its key. Returns the certificate.
fn certify(folder: &Path) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["mesa.test".to_owned()]).unwrap();
    std::fs::write(folder.join("cert.pem"), cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

fn from(folder: &Path) -> Result<Tls, TlsError> {
    Tls::from_files(folder.join("cert.pem"), folder.join("key.pem"))
}

async fn connect(
    server: &Server,
    trusted: &CertificateDer<'static>,
) -> std::io::Result<client::TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("mesa.test").unwrap();
    let stream = TcpStream::connect(server.address).await.unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// A request over TLS. Returns the whole answer.
async fn asked(
    server: &Server,
    trusted: &CertificateDer<'static>,
    line: &str,
    headers: &str,
    body: &str,
) -> String {
    let mut stream = connect(server, trusted).await.unwrap();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: mesa.test\r\nConnection: close\r\n{headers}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

const ORIGIN: &str = "Origin: https://mesa.test\r\n";

#[tokio::test]
async fn over_tls_cookies_are_this_host_s_and_browsers_come_back_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = certify(folder.path());
    let tls = Some(Arc::new(from(folder.path()).unwrap()));
    let server = Server::start_with(Stage::Live, Settings { tls, ..Settings::default() }).await;
    let seat = format!("POST {}", server.seat(0));
    let came_in = asked(&server, &certificate, &seat, ORIGIN, "nombre=Ana").await;
    assert!(came_in.starts_with("HTTP/1.1 303"), "{came_in}");
    assert!(came_in.contains("strict-transport-security: max-age=31536000"), "{came_in}");
    let cookie = came_in.split("set-cookie: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    let cookie = cookie.unwrap();
    assert!(cookie.starts_with("__Host-mesa_sesion=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(cookie.contains("; Path=/;") && !cookie.contains("Domain"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    let own = format!("GET /ejercicio/{}", server.ways.mesa_id);
    let page = asked(&server, &certificate, &own, &format!("Cookie: {pair}\r\n"), "").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    // A cookie without the prefix may have been planted over plain HTTP.
    let bare = pair.replace("__Host-", "");
    let page = asked(&server, &certificate, &own, &format!("Cookie: {bare}\r\n"), "").await;
    assert!(page.starts_with("HTTP/1.1 403"), "{page}");
    let plain = "Origin: http://mesa.test\r\n";
    let foreign = asked(&server, &certificate, &seat, plain, "nombre=Ana").await;
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    let signed_out = format!("{ORIGIN}Cookie: {pair}\r\n");
    let left = asked(&server, &certificate, "POST /salir", &signed_out, "").await;
    assert!(left.contains("set-cookie: __Host-mesa_sesion=; ") && left.contains("; Secure"));

    // A socket goes through the same connection.
    let came_in = asked(&server, &certificate, &seat, ORIGIN, "nombre=Ana").await;
    let pair = came_in.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap();
    let mut stream = connect(&server, &certificate).await.unwrap();
    let upgrade = format!(
        "GET /ws?mesa={}&view=table HTTP/1.1\r\nHost: mesa.test\r\n{ORIGIN}Cookie: {pair}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        server.ways.mesa_id
    );
    stream.write_all(upgrade.as_bytes()).await.unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 101");
    server.stop().await;
}

#[tokio::test]
async fn a_renewed_certificate_is_used_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let first = certify(folder.path());
    let tls = Arc::new(from(folder.path()).unwrap());
    assert!(!tls.renew().unwrap(), "nothing changed");
    let settings = Settings { tls: Some(Arc::clone(&tls)), ..Settings::default() };
    let server = Server::start_with(Stage::Empty, settings).await;
    assert!(connect(&server, &first).await.is_ok());
    // File times may be coarse.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = certify(folder.path());
    assert!(tls.renew().unwrap());
    assert!(connect(&server, &second).await.is_ok());
    assert!(connect(&server, &first).await.is_err());
    tokio::time::sleep(Duration::from_millis(50)).await;
    std::fs::write(folder.path().join("cert.pem"), "half a cert").unwrap();
    assert!(matches!(tls.renew(), Err(TlsError::Pem(..))));
    assert!(connect(&server, &second).await.is_ok());
    // Another pair's key.
    let other = tempfile::tempdir().unwrap();
    certify(other.path());
    let pair = Tls::from_files(other.path().join("cert.pem"), folder.path().join("key.pem"));
    assert!(matches!(pair, Err(TlsError::Pair(_))));
    let missing = Tls::from_files(other.path().join("none"), folder.path().join("key.pem"));
    assert!(matches!(missing, Err(TlsError::File(..))));
}

#[tokio::test]
async fn a_handshake_that_never_ends_or_is_none_ends_the_connection() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = certify(folder.path());
    let times = Times { handshake: Duration::from_millis(500), ..Times::default() };
    let tls = Some(Arc::new(from(folder.path()).unwrap()));
    let settings = Settings { tls, times, ..Settings::default() };
    let server = Server::start_with(Stage::Empty, settings).await;
    for said in [b"".as_slice(), b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n"] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(said).await.unwrap();
        let mut answer = Vec::new();
        // An alert may come first, and a reset end it.
        let ended = tokio::time::timeout(Duration::from_secs(3), stream.read_to_end(&mut answer));
        let _ = ended.await.expect("closed soon");
        assert!(!answer.starts_with(b"HTTP"));
    }
    assert!(connect(&server, &certificate).await.is_ok());
}

#[tokio::test]
async fn behind_a_proxy_with_tls_the_same_holds_and_nobody_else_may_say_so() {
    let trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let settings = Settings { trusted_proxies, ..Settings::default() };
    let behind = Server::start_with(Stage::Live, settings).await;
    let open = Server::start(Stage::Live).await;
    let public_url = Some("https://mesa.example".to_owned());
    let named =
        Server::start_with(Stage::Live, Settings { public_url, ..Settings::default() }).await;
    for (server, forwarded, origin, secure) in [
        (&behind, "X-Forwarded-Proto: https\r\n", format!("https://{}", behind.address), true),
        (
            &behind,
            "Forwarded: for=10.1.1.1;proto=https\r\n",
            format!("https://{}", behind.address),
            true,
        ),
        (&behind, "X-Forwarded-Proto: http\r\n", format!("http://{}", behind.address), false),
        (&open, "X-Forwarded-Proto: https\r\n", format!("http://{}", open.address), false),
        (&named, "", "https://mesa.example".to_owned(), true),
    ] {
        let headers = format!("Origin: {origin}\r\n{forwarded}");
        let path = server.seat(0);
        let came_in = ask(server.address, "POST", path, b"nombre=Ana", &headers).await;
        assert_eq!(came_in.status, 303, "{headers}{}", came_in.text);
        assert_eq!(came_in.head.contains("__Host-mesa_sesion="), secure, "{headers}");
        assert_eq!(came_in.head.contains("; Secure"), secure, "{headers}");
        assert_eq!(came_in.head.contains("strict-transport-security"), secure, "{headers}");
    }
    let forged = format!("Origin: https://{}\r\nX-Forwarded-Proto: https\r\n", open.address);
    let path = open.seat(1);
    assert_eq!(ask(open.address, "POST", path, b"nombre=Eva", &forged).await.status, 403);
}
