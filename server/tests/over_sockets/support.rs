//! A server on a free port and devices that talk to it.

use domain::deliberation;
use std::net::SocketAddr;
use std::time::Duration;

use domain::{
    Command, CommandId, DeviceId, ItemId, ItemKind, Mesa, MesaId, MesaNumber, Patch, PersonId,
    Role, TextField,
};
use futures_util::{SinkExt, StreamExt};
use server::app_state::{AppState, Settings};
use server::http::assets::Site;
use server::service::open_mesa;
use server::service::sample::{self, Stage, Ways};
use server::{http, listen};
use store::{Location, Store};
use sync::replica::{Effect, Me, Replica};
use sync::wire::{Resume, ServerFrame, decode, encode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use uuid::Uuid;

/// The mesa of the sample.
pub const FIRST: MesaNumber = MesaNumber(1);

pub const SOON: Duration = Duration::from_secs(10);

pub struct Server {
    pub address: SocketAddr,
    pub ways: Ways,
    pub folder: tempfile::TempDir,
    location: Location,
    state: AppState,
    serving: tokio::task::JoinHandle<()>,
}

/// The address of a new database in the PostgreSQL that the environment names; none when it names
/// none and none is required.
pub async fn postgres_database() -> Option<String> {
    let Ok(server) = std::env::var("MESA_TEST_POSTGRES") else {
        assert!(
            std::env::var_os("MESA_REQUIRE_POSTGRES").is_none(),
            "MESA_TEST_POSTGRES names no server"
        );
        eprintln!("skipped: MESA_TEST_POSTGRES names no server");
        return None;
    };
    let name = format!("mesa_server_{}", Uuid::now_v7().simple());
    let admin = sea_orm::Database::connect(&server).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}"))
}

impl Server {
    pub async fn start(stage: Stage) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().to_owned());
        Self::start_at(folder, location, stage, Settings::default()).await
    }

    /// Starts with these settings.
    pub async fn start_with(stage: Stage, settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().to_owned());
        Self::start_at(folder, location, stage, settings).await
    }

    /// Starts on a database of its own in the PostgreSQL that the environment names; none when it
    /// names none and none is required.
    pub async fn start_on_postgres(stage: Stage) -> Option<Self> {
        let url = postgres_database().await?;
        let folder = tempfile::tempdir().unwrap();
        Some(Self::start_at(folder, Location::Url(url), stage, Settings::default()).await)
    }

    async fn start_at(
        folder: tempfile::TempDir,
        location: Location,
        stage: Stage,
        settings: Settings,
    ) -> Self {
        let store = Store::open(&location).await.unwrap();
        let ways = by_path(sample::load(&store, stage, "").await.unwrap());
        let (address, state, serving) = serve(store, settings).await;
        Self { address, ways, folder, location, state, serving }
    }

    /// Starts on the folder of a stopped server, or on a copy of it.
    pub async fn on_folder(folder: tempfile::TempDir, ways: Ways) -> Self {
        let location = Location::Sqlite(folder.path().to_owned());
        let (address, state, serving) =
            serve(Store::open(&location).await.unwrap(), Settings::default()).await;
        Self { address, ways, folder, location, state, serving }
    }

    /// Another server on the same store, like a second node.
    pub async fn second(&self) -> (SocketAddr, AppState) {
        let store = Store::open(&self.location).await.unwrap();
        let (address, state, _) = serve(store, Settings::default()).await;
        (address, state)
    }

    /// Shuts down in an orderly way.
    pub async fn stop(self) -> tempfile::TempDir {
        self.state.shutdown.cancel();
        tokio::time::timeout(SOON, self.serving).await.expect("ends in time").unwrap();
        self.state.store.close().await;
        self.folder
    }

    pub fn state(&self) -> &AppState {
        &self.state
    }

    pub fn store(&self) -> &Store {
        &self.state.store
    }

    /// Its metrics, and the token that shuts it down.
    pub fn metrics(&self) -> (server::metrics::Metrics, tokio_util::sync::CancellationToken) {
        (self.state.metrics.clone(), self.state.shutdown.clone())
    }

    pub fn shutdown(&self) {
        self.state.shutdown.cancel();
    }

    pub async fn verify_clean(&self) {
        let report = self.state.store.verify().await.unwrap();
        assert!(report.differences.is_empty(), "{:?}", report.differences);
    }

    pub fn seat(&self, index: usize) -> &str {
        &self.ways.seats[index].url
    }

    /// Joins through a link or the code, as the form does.
    pub async fn sign_in(&self, path: &str, name: &str) -> String {
        let body = format!("nombre={name}&organizacion=Vecindad");
        let response = post(self.address, path, &body, None).await;
        assert_eq!(response.status, 303, "{}", response.text);
        response.cookie.expect("a cookie")
    }

    pub async fn device(&self, path: &str, name: &str) -> Device {
        let cookie = self.sign_in(path, name).await;
        Device::connect(self.address, self.ways.mesa_id, Some(cookie)).await
    }

    /// Opens another mesa of the plan, as the operator does, while this server is running.
    pub async fn another_mesa(&self, theme: &str) -> Ways {
        let theme = domain::ShortText::parse(theme).unwrap();
        let exercise = self.ways.exercise_id;
        let opened = open_mesa::open_mesa(self.store(), exercise, &theme, "").await;
        by_path(opened.unwrap())
    }

    /// A device at another mesa.
    pub async fn device_at(&self, mesa: MesaId, path: &str, name: &str) -> Device {
        let cookie = self.sign_in(path, name).await;
        Device::connect(self.address, mesa, Some(cookie)).await
    }

    pub async fn follower(&self) -> Device {
        Device::connect(self.address, self.ways.mesa_id, None).await
    }

    /// A follower with a small receive buffer, so that the server has to wait early.
    pub async fn follower_with_small_buffer(&self) -> Device {
        self.small_buffer(None).await
    }

    /// The same for someone in a seat.
    pub async fn device_with_small_buffer(&self, path: &str, name: &str) -> Device {
        self.small_buffer(Some(self.sign_in(path, name).await)).await
    }

    async fn small_buffer(&self, cookie: Option<String>) -> Device {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        let stream = socket.connect(self.address).await.unwrap();
        let origin = format!("http://{}", self.address);
        let request =
            socket_request(self.address, self.ways.mesa_id, cookie.as_deref(), Some(&origin));
        let (socket, _) =
            tokio_tungstenite::client_async(request, MaybeTlsStream::Plain(stream)).await.unwrap();
        let mut device = Device::new(socket, self.ways.mesa_id, cookie);
        device.greet().await;
        device
    }
}

/// The links with their secrets in the path: a request has no fragment.
pub fn by_path(mut ways: Ways) -> Ways {
    for url in [&mut ways.facilitator_url, &mut ways.projector_url]
        .into_iter()
        .chain(ways.seats.iter_mut().map(|seat| &mut seat.url))
    {
        *url = url.replace('#', "/");
    }
    ways
}

async fn serve(
    store: Store,
    settings: Settings,
) -> (SocketAddr, AppState, tokio::task::JoinHandle<()>) {
    // This program isn't the one whose children set documents.
    let document_program = Some(env!("CARGO_BIN_EXE_mesa").into());
    let settings = Settings { document_program, ..settings };
    let state = AppState::new(store, Site::default(), settings);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = listen::serve(listener, http::router(state.clone()), state.clone());
    (address, state, tokio::spawn(serving))
}

pub struct Response {
    pub status: u16,
    pub cookie: Option<String>,
    pub head: String,
    pub text: String,
    /// The body as it was received.
    pub body: Vec<u8>,
}

pub async fn get(address: SocketAddr, path: &str, cookie: Option<&str>) -> Response {
    request(address, "GET", path, "", cookie, None).await
}

pub async fn post(
    address: SocketAddr,
    path: &str,
    body: impl AsRef<[u8]>,
    cookie: Option<&str>,
) -> Response {
    request(address, "POST", path, body, cookie, Some(&format!("http://{address}"))).await
}

pub async fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: impl AsRef<[u8]>,
    cookie: Option<&str>,
    origin: Option<&str>,
) -> Response {
    // A browser's script posts the secret that stands in a link's fragment; this is its older form.
    let path = &path.replace('#', "/");
    let cookie = cookie.map(|c| format!("Cookie: mesa_sesion={c}\r\n")).unwrap_or_default();
    let origin = origin.map(|o| format!("Origin: {o}\r\n")).unwrap_or_default();
    ask(address, method, path, body.as_ref(), &format!("{cookie}{origin}")).await
}

/// A request with additional header lines, each with its line end.
pub async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: &[u8],
    headers: &str,
) -> Response {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let said = headers.to_ascii_lowercase().contains("content-type:");
    let kind = if said { "" } else { "Content-Type: application/x-www-form-urlencoded\r\n" };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}{kind}Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
    let (head, text) = (
        String::from_utf8_lossy(&bytes[..end]).into_owned(),
        String::from_utf8_lossy(&body).into_owned(),
    );
    let status = head.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let cookie = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .starts_with("set-cookie: mesa_sesion=")
                .then(|| line.to_owned())
        })
        .and_then(|line| {
            line.split_once('=').and_then(|(_, rest)| rest.split(';').next().map(str::to_owned))
        });
    Response { status, cookie, head, text, body }
}

/// Where an answer leads.
pub fn location(answer: &Response) -> String {
    let line = answer.head.lines().find_map(|line| line.strip_prefix("location: "));
    line.unwrap_or_else(|| panic!("no redirect: {}", answer.head)).trim().to_owned()
}

/// Fields of a form, percent-encoded.
pub fn encoded<N: AsRef<str>, V: AsRef<str>>(fields: impl IntoIterator<Item = (N, V)>) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
            .to_string()
            .replace("%20", "+")
    };
    let pairs = fields.into_iter().map(|(name, value)| {
        // Names are plain; values are as browsers write them.
        format!("{}={}", name.as_ref(), encode(value.as_ref()).replace("%2D", "-"))
    });
    pairs.collect::<Vec<_>>().join("&")
}

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub async fn open_socket(
    address: SocketAddr,
    mesa: MesaId,
    cookie: Option<&str>,
    origin: Option<&str>,
) -> Result<Socket, tokio_tungstenite::tungstenite::Error> {
    let request = socket_request(address, mesa, cookie, origin);
    tokio_tungstenite::connect_async(request).await.map(|(socket, _)| socket)
}

fn socket_request(
    address: SocketAddr,
    mesa: MesaId,
    cookie: Option<&str>,
    origin: Option<&str>,
) -> Request<()> {
    let view = if cookie.is_some() { "table" } else { "public" };
    let mut request =
        format!("ws://{address}/ws?mesa={mesa}&view={view}").into_client_request().unwrap();
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    if let Some(cookie) = cookie {
        request.headers_mut().insert("cookie", format!("mesa_sesion={cookie}").parse().unwrap());
    }
    request
}

/// The mesa that a device shows, as the server confirmed it.
pub fn here(replica: &Replica) -> &Mesa {
    replica.confirmed().mesa(replica.me().mesa).unwrap()
}

/// The same with the waiting commands applied.
pub fn shown(replica: &Replica) -> &Mesa {
    replica.view().mesa(replica.me().mesa).unwrap()
}

/// A device: a replica, its outbox in memory and its socket.
pub struct Device {
    pub replica: Replica,
    pub socket: Socket,
    pub cookie: Option<String>,
    pub refused: Vec<domain::Rejection>,
    /// The refused commands that it keeps.
    pub kept: Vec<sync::StoredCommand>,
    pub roster: Vec<sync::wire::Present>,
    /// The writers that it was told of.
    pub writing: Vec<sync::wire::Writing>,
    /// Whether the server lost what this device knows to have been acknowledged.
    pub restored: bool,
    /// How often the server asked for another hello.
    pub resynced: u32,
    /// Every byte that the server sent.
    pub received: Vec<u8>,
    mesa: MesaId,
}

/// The unpacked content of a frame.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    match decode(bytes) {
        Ok(ServerFrame::Welcome(welcome)) => match welcome.resume {
            Resume::Snapshot(packed) => encode(&packed.unpack().unwrap()),
            Resume::Tail(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

impl Device {
    pub async fn connect(address: SocketAddr, mesa: MesaId, cookie: Option<String>) -> Self {
        let socket =
            open_socket(address, mesa, cookie.as_deref(), Some(&format!("http://{address}")))
                .await
                .unwrap();
        let mut device = Self::new(socket, mesa, cookie);
        device.greet().await;
        device
    }

    fn new(socket: Socket, mesa: MesaId, cookie: Option<String>) -> Self {
        let me = Me {
            mesa: mesa.number,
            person: cookie.as_ref().map(|_| PersonId(Uuid::now_v7())),
            role: if cookie.is_some() { Role::Actor } else { Role::Follower },
            seat: None,
            device: DeviceId(Uuid::now_v7()),
            replica: Uuid::now_v7(),
        };
        let replica = Replica::new(mesa.exercise, me, None);
        Self {
            replica,
            socket,
            cookie,
            refused: Vec::new(),
            kept: Vec::new(),
            roster: Vec::new(),
            writing: Vec::new(),
            restored: false,
            resynced: 0,
            received: Vec::new(),
            mesa,
        }
    }

    /// Opens a new connection for the same replica, to this or another server.
    pub async fn reconnect(&mut self, address: SocketAddr) {
        self.replica.disconnected();
        let origin = format!("http://{address}");
        self.socket =
            open_socket(address, self.mesa, self.cookie.as_deref(), Some(&origin)).await.unwrap();
        self.greet().await;
        while std::mem::take(&mut self.restored) {
            let effects = self.replica.bring_back(|| CommandId(Uuid::now_v7()), 0);
            if effects.contains(&Effect::Reconnect) {
                self.socket =
                    open_socket(address, self.mesa, self.cookie.as_deref(), Some(&origin))
                        .await
                        .unwrap();
                self.greet().await;
            }
        }
    }

    /// The same once the server has ended the connection.
    pub async fn reconnect_after(&mut self, address: SocketAddr) {
        let ended = async {
            while let Some(Ok(message)) = self.socket.next().await {
                if matches!(message, Message::Close(_)) {
                    return;
                }
            }
        };
        tokio::time::timeout(SOON, ended).await.expect("the server ends the connection");
        self.reconnect(address).await;
    }

    async fn greet(&mut self) {
        let hello = self.replica.hello();
        self.socket.send(Message::binary(hello)).await.unwrap();
        self.until(|replica| replica.is_joined()).await;
    }

    /// Receives, and sends what may be sent, until a condition is true.
    pub async fn until(&mut self, holds: impl Fn(&Replica) -> bool) {
        let reached = tokio::time::timeout(SOON, async {
            loop {
                self.send().await;
                if holds(&self.replica) {
                    return;
                }
                self.take_one().await;
            }
        });
        reached.await.expect("what was expected comes soon");
    }

    /// Waits until nothing waits for an answer.
    pub async fn settled(&mut self) {
        self.until(|replica| replica.unanswered().count() == 0).await;
    }

    pub async fn until_text(&mut self, item: ItemId, field: TextField, text: &str) {
        self.until(|replica| {
            replica.view().item(item).is_some_and(|item| item.text(field) == text)
        })
        .await;
    }

    pub async fn send(&mut self) {
        for frame in self.replica.outgoing().1 {
            self.socket.send(Message::binary(frame)).await.unwrap();
        }
    }

    /// Sends a frame that isn't the replica's.
    pub async fn say(&mut self, frame: &sync::wire::ClientFrame) {
        self.socket.send(Message::binary(sync::wire::encode(frame))).await.unwrap();
    }

    pub async fn take_one(&mut self) {
        match self.socket.next().await.expect("the socket is open").unwrap() {
            Message::Binary(bytes) => {
                self.received.extend_from_slice(&bytes);
                self.received.extend_from_slice(&unpacked(&bytes));
                for effect in self.replica.receive(&bytes).unwrap() {
                    match effect {
                        Effect::Refused { rejection, command } => {
                            self.refused.push(rejection);
                            self.kept.push(*command);
                        }
                        Effect::Roster(present) => self.roster = present,
                        Effect::Writing(writing) => self.writing.push(writing),
                        Effect::Restored => self.restored = true,
                        Effect::Greet => {
                            self.resynced += 1;
                            let hello = self.replica.hello();
                            self.socket.send(Message::binary(hello)).await.unwrap();
                        }
                        _ => {}
                    }
                }
            }
            Message::Close(frame) => panic!("closed: {frame:?}"),
            _ => {}
        }
    }

    /// Changes the mesa's phase, which has to be allowed.
    pub async fn change_phase(&mut self, to: domain::Phase) {
        self.try_phase(to).await;
        assert!(self.refused.is_empty(), "{:?}", self.refused);
    }

    /// Asks for another phase.
    pub async fn try_phase(&mut self, to: domain::Phase) {
        self.command(Command::Conduct(domain::conduct::Command::ChangePhase { to }));
        self.settled().await;
    }

    /// Waits until the server closes the connection.
    pub async fn until_closed(&mut self) {
        while let Some(Ok(message)) = self.socket.next().await {
            if matches!(message, Message::Close(_)) {
                return;
            }
        }
    }

    /// Whether a follower without a cookie gets a welcome.
    pub async fn is_welcome(address: SocketAddr, mesa: MesaId) -> bool {
        let origin = format!("http://{address}");
        let socket = open_socket(address, mesa, None, Some(&origin)).await.unwrap();
        let mut follower = Self::new(socket, mesa, None);
        let hello = follower.replica.hello();
        follower.socket.send(Message::binary(hello)).await.unwrap();
        matches!(follower.socket.next().await, Some(Ok(Message::Binary(_))))
    }

    pub fn command(&mut self, given: Command) -> CommandId {
        let command = CommandId(Uuid::now_v7());
        self.replica.submit(given, command, 0);
        command
    }

    pub fn command_for(&mut self, seat: domain::SeatId, given: Command) {
        self.replica.submit_for(Some(seat), given, CommandId(Uuid::now_v7()), 0);
    }

    pub fn add(&mut self, kind: ItemKind, parent: Option<ItemId>) -> ItemId {
        let item = ItemId(Uuid::now_v7());
        self.command(Command::Deliberation(deliberation::Command::Add { item, kind, parent }));
        item
    }

    pub fn type_at(&mut self, item: ItemId, field: TextField, at: u32, text: &str) {
        self.replica.edit(item, field, &Patch::splice(at, 0, text), CommandId(Uuid::now_v7()), 0);
    }

    pub fn text(&self, item: ItemId, field: TextField) -> String {
        self.replica.view().item(item).map(|item| item.text(field).to_owned()).unwrap_or_default()
    }
}

/// The close code of a socket; earlier frames are dropped.
pub async fn close_code(socket: &mut Socket) -> Option<u16> {
    let ended = tokio::time::timeout(SOON, async {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(Some(frame)) = message {
                return Some(frame.code.into());
            }
        }
        None
    });
    ended.await.expect("ends soon")
}
