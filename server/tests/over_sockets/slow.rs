//! Attacks with connections that are slow, half open, too many or too large, byte by byte.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use server::app_state::{Settings, Times};
use server::service::sample::Stage;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::{SOON, Server, get};

fn impatient() -> Settings {
    let times = Times {
        handshake: Duration::from_millis(500),
        head: Duration::from_millis(500),
        body: Duration::from_millis(500),
        request: Duration::from_millis(1_500),
        ..Times::default()
    };
    Settings { times, ..Settings::default() }
}

async fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.unwrap()
}

/// Everything that comes until the server closes the connection, and how long that took.
async fn until_closed(stream: &mut TcpStream) -> (String, Duration) {
    let started = Instant::now();
    let mut bytes = Vec::new();
    // A reset ends it as well.
    let _ = tokio::time::timeout(SOON + SOON, stream.read_to_end(&mut bytes))
        .await
        .expect("the server closes it");
    (String::from_utf8_lossy(&bytes).into_owned(), started.elapsed())
}

/// Sends a byte every now and then until the server closes the connection.
async fn drip(stream: &mut TcpStream, every: Duration) -> Duration {
    let started = Instant::now();
    let mut answer = [0; 1024];
    loop {
        let closed = match tokio::time::timeout(every, stream.read(&mut answer)).await {
            Ok(Ok(read)) => read == 0,
            Ok(Err(_)) => true,
            Err(_) => stream.write_all(b"a").await.is_err(),
        };
        if closed {
            return started.elapsed();
        }
        assert!(started.elapsed() < SOON, "still open");
    }
}

fn form(server: &Server, more: &str) -> String {
    format!(
        "POST /entrar HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n{more}\r\n",
        server.address
    )
}

#[tokio::test]
async fn a_head_that_never_ends_ends_the_connection() {
    let server = Server::start_with(Stage::Empty, impatient()).await;
    let mut silent = connect(server.address).await;
    let mut slow = connect(server.address).await;
    slow.write_all(b"GET / HTTP/1.1\r\nX-Long: ").await.unwrap();
    let mut idle = connect(server.address).await;
    idle.write_all(format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", server.address).as_bytes())
        .await
        .unwrap();
    let mut large = connect(server.address).await;
    let (silent, slow, idle, large) = tokio::join!(
        until_closed(&mut silent),
        drip(&mut slow, Duration::from_millis(50)),
        until_closed(&mut idle),
        async {
            // Longer than any head may be.
            let line = format!("X-Long: {}\r\n", "a".repeat(4_000));
            let _ = large.write_all(b"GET / HTTP/1.1\r\n").await;
            for _ in 0..16 {
                if large.write_all(line.as_bytes()).await.is_err() {
                    break;
                }
            }
            until_closed(&mut large).await
        },
    );
    assert_eq!(silent.0, "");
    assert!(idle.0.starts_with("HTTP/1.1 200"), "{}", idle.0);
    assert!(large.0.is_empty() || large.0.starts_with("HTTP/1.1 431"), "{}", large.0);
    for took in [silent.1, slow, idle.1, large.1] {
        assert!(took < Duration::from_secs(3), "{took:?}");
    }
    assert_eq!(get(server.address, "/healthz", None).await.status, 200);
}

#[tokio::test]
async fn a_body_that_never_comes_or_only_drips_ends_the_connection() {
    let server = Server::start_with(Stage::Empty, impatient()).await;
    let head = form(&server, "Content-Length: 1000\r\n");
    let mut silent = connect(server.address).await;
    silent.write_all(head.as_bytes()).await.unwrap();
    let mut slow = connect(server.address).await;
    slow.write_all(head.as_bytes()).await.unwrap();
    let mut chunks = connect(server.address).await;
    chunks.write_all(form(&server, "Transfer-Encoding: chunked\r\n").as_bytes()).await.unwrap();
    let (silent, slow, chunks) = tokio::join!(
        until_closed(&mut silent),
        drip(&mut slow, Duration::from_millis(100)),
        until_closed(&mut chunks)
    );
    for (answer, took) in [silent, chunks] {
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
        assert!(took < Duration::from_secs(3), "{took:?}");
    }
    assert!(slow < Duration::from_secs(4), "{slow:?}");
}

#[tokio::test]
async fn two_gigabytes_are_refused_before_they_are_read() {
    let server = Server::start(Stage::Live).await;
    let huge = 2_u64 << 30;
    let mesa = server.ways.mesa_id;
    for path in [
        "/entrar".to_owned(),
        server.seat(0).to_owned(),
        "/salir".to_owned(),
        format!("/crear/{}", "0".repeat(32)),
        format!("/frames?mesa={mesa}&view=public"),
        format!("/ejercicio/{mesa}/asistencia"),
        "/nada".to_owned(),
    ] {
        for length in
            [format!("Content-Length: {huge}\r\n"), "Transfer-Encoding: chunked\r\n".to_owned()]
        {
            let mut stream = connect(server.address).await;
            let head = form(&server, &length).replace("/entrar", &path);
            stream.write_all(head.as_bytes()).await.unwrap();
            let (mut reading, mut writing) = stream.split();
            let mut sent = 0_u64;
            let piece = [b"8000\r\n".as_slice(), &[b'a'; 0x8000], b"\r\n"].concat();
            let mut answer = Vec::new();
            let sends = async {
                while sent < huge {
                    if writing.write_all(&piece).await.is_err() {
                        return;
                    }
                    sent += piece.len() as u64;
                }
            };
            let answers = async {
                // A reset may come before the end of the answer.
                let _ = reading.read_to_end(&mut answer).await;
            };
            let ends = async { tokio::join!(sends, answers) };
            tokio::time::timeout(SOON, ends).await.expect("refused soon");
            let status = String::from_utf8_lossy(&answer);
            assert!(
                status.is_empty()
                    || status.starts_with("HTTP/1.1 4")
                    || status.starts_with("HTTP/1.1 3"),
                "{path} {status}"
            );
            // What the kernels on both sides hold, and the program's few buffers.
            assert!(sent < 64 << 20, "{path} {length}: {sent}");
        }
    }
    let head = form(&server, &format!("Content-Length: {huge}\r\nExpect: 100-continue\r\n"));
    let mut stream = connect(server.address).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let (answer, _) = until_closed(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

fn upgrade(server: &Server) -> String {
    format!(
        "GET /ws?mesa={}&view=public HTTP/1.1\r\nHost: {1}\r\nOrigin: http://{1}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        server.ways.mesa_id, server.address
    )
}

#[tokio::test]
async fn a_half_open_upgrade_ends_and_holds_nothing() {
    let settings = Settings { per_address: NonZeroU32::new(8), ..impatient() };
    let server = Server::start_with(Stage::Live, settings).await;
    // The last line is missing.
    let mut halves = Vec::new();
    for _ in 0..4 {
        let mut half = connect(server.address).await;
        half.write_all(upgrade(&server).as_bytes()).await.unwrap();
        halves.push(half);
    }
    // These are sockets, and then say nothing, or a part of a frame.
    let mut sockets = Vec::new();
    for part in [b"".as_slice(), b"\x82", b"\x82\xfe\xff"] {
        let mut socket = connect(server.address).await;
        socket.write_all(format!("{}\r\n", upgrade(&server)).as_bytes()).await.unwrap();
        let mut head = [0; 12];
        socket.read_exact(&mut head).await.unwrap();
        assert_eq!(&head, b"HTTP/1.1 101");
        socket.write_all(part).await.unwrap();
        sockets.push(socket);
    }
    for half in &mut halves {
        let (answer, took) = until_closed(half).await;
        assert!(!answer.contains("101") && took < Duration::from_secs(3), "{answer} {took:?}");
    }
    for socket in &mut sockets {
        until_closed(socket).await;
    }
    assert_eq!(get(server.address, "/healthz", None).await.status, 200);
    // One that says nothing doesn't hold the server up when it ends.
    let mut socket = connect(server.address).await;
    socket.write_all(format!("{}\r\n", upgrade(&server)).as_bytes()).await.unwrap();
    socket.read_exact(&mut [0; 12]).await.unwrap();
    let ending = Instant::now();
    server.stop().await;
    assert!(ending.elapsed() < Duration::from_secs(3), "{:?}", ending.elapsed());
}

#[tokio::test]
async fn an_address_has_only_so_many_connections_at_once() {
    let settings = Settings { per_address: NonZeroU32::new(50), ..Settings::default() };
    let server = Server::start_with(Stage::Live, settings).await;
    let mut open = Vec::new();
    // Sockets count as long as they are open.
    for _ in 0..10 {
        open.push(server.follower().await);
    }
    let mut idle = Vec::new();
    for _ in 0..40 {
        idle.push(connect(server.address).await);
    }
    let mut further = connect(server.address).await;
    let (answer, took) = until_closed(&mut further).await;
    assert!(answer.is_empty() && took < Duration::from_secs(2), "{answer} {took:?}");
    drop((open, idle));
    let again = async {
        while TcpStream::connect(server.address).await.is_err() || !is_served(&server).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(SOON, again).await.expect("what ended makes room");
}

async fn is_served(server: &Server) -> bool {
    let mut stream = connect(server.address).await;
    let asked =
        format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    let mut answer = Vec::new();
    // It may be closed at once.
    let _ = stream.write_all(asked.as_bytes()).await;
    let _ = stream.read_to_end(&mut answer).await;
    answer.starts_with(b"HTTP/1.1 200")
}
