//! Content encodings of files and pages.

use std::io::Read;
use std::net::SocketAddr;

use server::app_state::{AppState, Settings};
use server::http::assets::Site;
use server::service::sample::{self, Stage};
use server::{http, listen};
use store::{Location, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::Server;

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

async fn ask(address: SocketAddr, method: &str, path: &str, headers: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
    let body = bytes[end + 4..].to_vec();
    Answer {
        status,
        body: if head.contains("transfer-encoding: chunked") { dechunked(&body) } else { body },
        head,
    }
}

/// The body of a response in chunked transfer encoding.
pub fn dechunked(mut chunks: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let end = chunks.windows(2).position(|two| two == b"\r\n").unwrap();
        let length =
            usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return all;
        }
        all.extend_from_slice(&chunks[end + 2..end + 2 + length]);
        chunks = &chunks[end + 4 + length..];
    }
}

/// A server with a small site; the body of each file says which encoding it is.
async fn with_site(folder: &std::path::Path) -> (SocketAddr, AppState) {
    let pkg = folder.join("site/pkg");
    std::fs::create_dir_all(&pkg).unwrap();
    std::fs::create_dir_all(folder.join("data")).unwrap();
    let manifest = r#"{"js":"mesa.1.js","wasm":"mesa.2.wasm","css":"a.3.css","font":"a.4.woff2","phone":{"css":"a.3.css","js":"mesa.1.js","wasm":"mesa.2.wasm"}}"#;
    for (name, text) in [
        ("manifest.json", manifest),
        ("mesa.2.wasm", "plain"),
        ("mesa.2.wasm.gz", "as gzip"),
        ("mesa.2.wasm.br", "as brotli"),
        ("mesa.1.js", "plain"),
        ("mesa.1.js.gz", "as gzip"),
        ("a.4.woff2", "plain"),
        ("plain.css", "plain"),
        ("plain.css.gz", "as gzip"),
    ] {
        std::fs::write(pkg.join(name), text).unwrap();
    }
    let store = Store::open(&Location::Sqlite(folder.join("data"))).await.unwrap();
    sample::load(&store, Stage::Empty, "").await.unwrap();
    let state =
        AppState::new(store, Site::from_folder(&folder.join("site")).unwrap(), Settings::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(listener, http::router(state.clone()), state.clone()));
    (address, state)
}

#[tokio::test]
async fn a_file_comes_in_the_best_form_that_the_request_takes() {
    let folder = tempfile::tempdir().unwrap();
    let (address, state) = with_site(folder.path()).await;
    let (br, gzip, plain, none) = (Some("as brotli"), Some("as gzip"), Some("plain"), None);
    // The request's headers, and the encoding of a file that exists in all of them.
    let table: [(&[&str], Option<&str>); 27] = [
        // A phone over plain http, and over https.
        (&["gzip, deflate"], gzip),
        (&["gzip, deflate, br, zstd"], br),
        (&[], plain),
        (&[""], plain),
        (&["br"], br),
        (&["BR"], br),
        (&["gzip"], gzip),
        (&["x-gzip"], gzip),
        (&["deflate"], plain),
        (&["zstd, compress"], plain),
        (&["gzip,br"], br),
        (&["gzip", "br"], br),
        (&["br;q=0.5, gzip;q=0.8"], gzip),
        (&["br ; q=0.5 , gzip ; Q=0.4"], br),
        (&["br;q=1.000, gzip;q=0.001"], br),
        (&["br;q=0, gzip"], gzip),
        (&["br;q=0, gzip;q=0.0"], plain),
        (&["identity, gzip;q=0.5"], plain),
        (&["identity;q=0.5, gzip;q=0.5"], gzip),
        (&["gzip;q=0.001"], gzip),
        (&["*"], br),
        (&["br;q=0, *"], gzip),
        (&["identity;q=1, *;q=0"], plain),
        // An invalid quality value is ignored.
        (&["br;q=many, gzip;q=2, identity"], plain),
        (&["gzip, identity;q=0"], gzip),
        (&["deflate, identity;q=0"], none),
        (&["*;q=0"], none),
    ];
    for (lines, expected) in table {
        let headers: String =
            lines.iter().map(|line| format!("Accept-Encoding: {line}\r\n")).collect();
        let answer = ask(address, "GET", "/pkg/mesa.2.wasm", &headers).await;
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{headers}");
        let Some(expected) = expected else {
            assert_eq!((answer.status, answer.body.len()), (406, 0), "{headers}");
            continue;
        };
        assert_eq!(
            (answer.status, String::from_utf8_lossy(&answer.body).as_ref()),
            (200, expected),
            "{headers}"
        );
        let coding = [("as brotli", "br"), ("as gzip", "gzip")]
            .into_iter()
            .find(|(body, _)| *body == expected)
            .map(|(_, name)| name);
        assert_eq!(answer.header("content-encoding"), coding, "{headers}");
        assert_eq!(answer.header("content-type"), Some("application/wasm"));
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
        let asked = ask(address, "HEAD", "/pkg/mesa.2.wasm", &headers).await;
        assert_eq!((asked.status, asked.body.len()), (200, 0), "{headers}");
        assert_eq!(
            asked.header("content-length"),
            Some(expected.len().to_string().as_str()),
            "{headers}"
        );
        for name in ["content-encoding", "content-type", "cache-control", "vary"] {
            assert_eq!(asked.header(name), answer.header(name), "{name} of {headers}");
        }
    }

    // A file that exists in fewer encodings is sent in one of those.
    let takes_all = "Accept-Encoding: gzip, deflate, br\r\n";
    for (path, body, coding, kind, caching) in [
        (
            "/pkg/mesa.1.js",
            "as gzip",
            Some("gzip"),
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("/pkg/a.4.woff2", "plain", None, "font/woff2", "public, max-age=31536000, immutable"),
        (
            "/pkg/plain.css",
            "as gzip",
            Some("gzip"),
            "text/css; charset=utf-8",
            "public, max-age=3600",
        ),
    ] {
        let answer = ask(address, "GET", path, takes_all).await;
        assert_eq!((answer.status, answer.body.as_slice()), (200, body.as_bytes()), "{path}");
        assert_eq!(
            (answer.header("content-encoding"), answer.header("vary")),
            (coding, Some("accept-encoding")),
            "{path}"
        );
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            (Some(kind), Some(caching)),
            "{path}"
        );
    }
    assert_eq!(ask(address, "GET", "/pkg/nothing.js", takes_all).await.status, 404);
    state.shutdown.cancel();
}

#[tokio::test]
async fn a_page_that_is_drawn_comes_compressed_over_plain_http_too() {
    let server = Server::start(Stage::Agreed).await;
    let public = format!("/publica/{}", server.ways.exercise_id);
    for path in [public.as_str(), server.ways.join_url.as_str(), "/entrar", "/sw.js"] {
        let plain = ask(server.address, "GET", path, "").await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, None), "{path}");
        let zipped = ask(server.address, "GET", path, "Accept-Encoding: gzip, deflate\r\n").await;
        assert_eq!(
            (zipped.status, zipped.header("content-encoding")),
            (200, Some("gzip")),
            "{path}"
        );
        assert!(
            zipped.header("vary").is_some_and(|vary| vary.contains("accept-encoding")),
            "{path}"
        );
        assert!(
            zipped.body.len() * 3 < plain.body.len() * 2,
            "{path}: {} of {}",
            zipped.body.len(),
            plain.body.len()
        );
        let mut text = String::new();
        flate2::read::GzDecoder::new(zipped.body.as_slice()).read_to_string(&mut text).unwrap();
        // A page's time and nonce differ between responses.
        assert!(text.len().abs_diff(plain.body.len()) < 64, "{path}");
    }
    // Small responses and streams aren't compressed.
    for (path, expected) in [("/healthz", 200), ("/salir", 405)] {
        let answer =
            ask(server.address, "GET", path, "Accept-Encoding: gzip, deflate, br\r\n").await;
        assert_eq!((answer.status, answer.header("content-encoding")), (expected, None), "{path}");
    }
}
