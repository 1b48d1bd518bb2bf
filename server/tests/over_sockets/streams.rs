//! The same protocol over requests and an event stream, for networks that block WebSockets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use domain::{CommandId, DeviceId, MesaId, Patch, PersonId, Role, TextField};
use server::service::sample::Stage;
use std::net::SocketAddr;
use sync::{Effect, Me, Replica};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::{TcpSocket, TcpStream};
use uuid::Uuid;

use crate::endings::rewrite;
use crate::support::{SOON, Server, shown};

struct Reply {
    status: u16,
    connection: Option<String>,
    body: Vec<u8>,
}

async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: &[u8],
    cookie: Option<&str>,
    origin: &str,
) -> TcpStream {
    // A slow reader: a small receive buffer makes the server wait early.
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let cookie =
        cookie.map(|cookie| format!("Cookie: mesa_sesion={cookie}\r\n")).unwrap_or_default();
    // As browsers do; a compressor that buffers would hold back events.
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAccept-Encoding: gzip, deflate, br\r\nOrigin: {origin}\r\n{cookie}Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

async fn post(address: SocketAddr, path: &str, body: &[u8], cookie: Option<&str>) -> Reply {
    reply(ask(address, "POST", path, body, cookie, &format!("http://{address}")).await).await
}

async fn reply(mut stream: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
    let connection =
        head.lines().find_map(|line| line.strip_prefix("x-connection: ")).map(str::to_owned);
    Reply { status, connection, body: bytes[end + 4..].to_vec() }
}

/// A device behind such a network.
struct Device {
    address: SocketAddr,
    cookie: Option<String>,
    replica: Replica,
    name: String,
    lines: Lines<BufReader<TcpStream>>,
    /// How often it was told to say hello again.
    resynced: u32,
    /// Bytes of frames received by the stream.
    received: usize,
}

impl Device {
    async fn connect(address: SocketAddr, mesa: MesaId, cookie: Option<String>) -> Self {
        let person = cookie.as_ref().map(|_| PersonId(Uuid::now_v7()));
        let me = Me {
            mesa: mesa.number,
            person,
            role: Role::Actor,
            seat: None,
            device: DeviceId(Uuid::now_v7()),
            replica: Uuid::now_v7(),
        };
        let mut replica = Replica::new(mesa.exercise, me, None);
        let view = if cookie.is_some() { "table" } else { "public" };
        let welcome = post(
            address,
            &format!("/frames?mesa={mesa}&view={view}"),
            &replica.hello(),
            cookie.as_deref(),
        )
        .await;
        assert_eq!(welcome.status, 200);
        replica.receive(&welcome.body).unwrap();
        assert!(replica.is_joined());
        let name = welcome.connection.unwrap();
        let stream = ask(
            address,
            "GET",
            &format!("/frames/{name}"),
            b"",
            cookie.as_deref(),
            &format!("http://{address}"),
        )
        .await;
        Self {
            address,
            cookie,
            replica,
            name,
            lines: BufReader::new(stream).lines(),
            resynced: 0,
            received: 0,
        }
    }

    async fn send(&mut self) {
        let frames = self.replica.outgoing().1;
        let sent = post(
            self.address,
            &format!("/frames/{}", self.name),
            &sync::wire::encode(&frames),
            self.cookie.as_deref(),
        )
        .await;
        assert_eq!(sent.status, 204);
    }

    /// The next data or event line of the stream.
    async fn line(&mut self) -> String {
        loop {
            let line = tokio::time::timeout(SOON, self.lines.next_line())
                .await
                .expect("soon")
                .unwrap()
                .expect("the stream goes on");
            if line.starts_with("data: ") || line.starts_with("event: ") {
                return line;
            }
        }
    }

    /// Handles a frame; says hello again when told to.
    async fn take_one(&mut self) {
        let line = self.line().await;
        let frame = BASE64.decode(line.strip_prefix("data: ").expect("a frame")).unwrap();
        self.received += frame.len();
        let effects = self.replica.receive(&frame).unwrap();
        if effects.contains(&Effect::Greet) {
            self.resynced += 1;
            let hello = vec![self.replica.hello()];
            let sent = post(
                self.address,
                &format!("/frames/{}", self.name),
                &sync::wire::encode(&hello),
                self.cookie.as_deref(),
            )
            .await;
            assert_eq!(sent.status, 204);
        }
    }

    async fn until(&mut self, holds: impl Fn(&Replica) -> bool) {
        while !holds(&self.replica) {
            self.take_one().await;
        }
    }
}

#[tokio::test]
async fn a_phone_without_sockets_takes_part_like_the_others() {
    let server = Server::start(Stage::Agreed).await;
    let cookie = server.sign_in(server.seat(0), "Ana").await;
    let mut ana = Device::connect(server.address, server.ways.mesa_id, Some(cookie)).await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut follower = Device::connect(server.address, server.ways.mesa_id, None).await;
    let item = shown(&beto.replica).deliberation.commitments[0];
    for letter in ["a", "b", "c"] {
        ana.replica.edit(
            item,
            TextField::Description,
            &Patch::splice(0, 0, letter),
            CommandId(Uuid::now_v7()),
            0,
        );
        ana.send().await;
        ana.until(|replica| replica.unanswered().count() == 0).await;
    }
    beto.until(|replica| {
        replica.view().item(item).unwrap().text(TextField::Description).starts_with("cba")
    })
    .await;
    beto.type_at(item, TextField::Description, 0, "Beto ");
    beto.settled().await;
    let all = |replica: &Replica| {
        replica.view().item(item).unwrap().text(TextField::Description).starts_with("Beto cba")
    };
    ana.until(all).await;
    follower.until(all).await;
    server.shutdown();
    while ana.line().await != "event: end" {}
    assert_eq!(ana.line().await, "data: 1012");
    server.verify_clean().await;
}

#[tokio::test]
async fn a_conversation_by_stream_belongs_to_who_began_it() {
    let server = Server::start(Stage::Agreed).await;
    let (address, mesa) = (server.address, server.ways.mesa_id);
    let ana =
        Device::connect(address, mesa, Some(server.sign_in(server.seat(0), "Ana").await)).await;
    let beto = server.sign_in(server.seat(1), "Beto").await;
    let path = format!("/frames/{}", ana.name);
    for cookie in [None, Some(beto.as_str())] {
        assert_eq!(
            post(address, &path, &sync::wire::encode(&Vec::<Vec<u8>>::new()), cookie).await.status,
            410
        );
    }
    assert_eq!(post(address, &path, b"no soy una trama", ana.cookie.as_deref()).await.status, 400);
    assert_eq!(
        post(address, &format!("/frames/{}", Uuid::now_v7()), b"", ana.cookie.as_deref())
            .await
            .status,
        410
    );
    assert_eq!(
        post(address, &format!("/frames?mesa={mesa}&view=table"), b"", None).await.status,
        401
    );
    // The page of one person, in a browser where someone else joined since.
    let of_another = format!("/frames?mesa={mesa}&view=table&person={}", Uuid::now_v7());
    assert_eq!(post(address, &of_another, b"", Some(&beto)).await.status, 401);
    assert_eq!(
        post(address, &format!("/frames?mesa={}/mesa/1&view=public", Uuid::now_v7()), b"", None)
            .await
            .status,
        404
    );
    let foreign =
        ask(address, "POST", &path, b"", ana.cookie.as_deref(), "http://otro.example").await;
    assert_eq!(reply(foreign).await.status, 403);
}

#[tokio::test]
async fn who_reads_a_stream_too_slowly_is_brought_up_to_date_once_and_then_let_go() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let cookie = server.sign_in(server.seat(2), "Caro").await;
    let mut slow = Device::connect(server.address, server.ways.mesa_id, Some(cookie)).await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    let text =
        |device: &Device, field| device.replica.view().item(item).unwrap().text(field).to_owned();

    let slowest = rewrite(&mut ana, &mut beto, item).await;
    assert!(slowest < std::time::Duration::from_secs(2), "{slowest:?}");
    // Sent before it learns that it fell behind.
    let title = text(&slow, TextField::Title);
    slow.replica.edit(
        item,
        TextField::Title,
        &Patch::splice(0, 0, "¡"),
        CommandId(Uuid::now_v7()),
        0,
    );
    slow.send().await;
    let seq = ana.replica.position().unwrap().seq;
    slow.until(|replica| {
        replica.position().is_some_and(|at| at.seq >= seq) && replica.unanswered().count() == 0
    })
    .await;
    assert_eq!(slow.resynced, 1, "on the same stream it got in one piece what it had missed");
    assert_eq!(text(&slow, TextField::Description), ana.text(item, TextField::Description));
    assert_eq!(text(&slow, TextField::Title), format!("¡{title}"));
    assert!(slow.received < 1_400 * 3_500, "it didn't get every frame: {} bytes", slow.received);
    // It continues from there, in both directions.
    ana.type_at(item, TextField::Description, 0, "¡");
    ana.settled().await;
    let now = ana.text(item, TextField::Description);
    slow.until(|replica| replica.view().item(item).unwrap().text(TextField::Description) == now)
        .await;
    slow.replica.edit(
        item,
        TextField::Title,
        &Patch::splice(0, 0, "?"),
        CommandId(Uuid::now_v7()),
        0,
    );
    slow.send().await;
    ana.until_text(item, TextField::Title, &format!("?¡{title}")).await;

    let slowest = rewrite(&mut ana, &mut beto, item).await;
    assert!(slowest < std::time::Duration::from_secs(2), "{slowest:?}");
    while slow.line().await != "event: end" {}
    assert_eq!(slow.line().await, "data: 4000", "once more, and so soon: it is too slow");
    let counted = server.metrics().0.text();
    for told in ["mesa_fell_behind_total 1", "mesa_slow_readers_total 1"] {
        assert!(counted.contains(told), "{told} in {counted}");
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn a_hello_that_nobody_asked_for_is_no_frame() {
    let server = Server::start(Stage::Agreed).await;
    let cookie = server.sign_in(server.seat(0), "Ana").await;
    let mut ana = Device::connect(server.address, server.ways.mesa_id, Some(cookie)).await;
    let hello = vec![ana.replica.hello()];
    let sent = post(
        server.address,
        &format!("/frames/{}", ana.name),
        &sync::wire::encode(&hello),
        ana.cookie.as_deref(),
    )
    .await;
    assert_eq!(sent.status, 400);
}
