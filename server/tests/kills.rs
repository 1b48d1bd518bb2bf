//! The binary killed at any moment: what was acknowledged is there once, and the rest arrives when
//! its devices reconnect. `MESA_SOAK=1` kills a thousand times on each database.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::{Child, Command as Program, Stdio};
use std::time::Duration;

use domain::{ItemId, ItemKind, TextField};
use server::service::sample::Ways;

#[path = "over_sockets/support.rs"]
#[allow(dead_code)]
mod support;
use support::{Device, get, here, post};

#[path = "kills/floor.rs"]
mod floor;
#[path = "kills/mesas.rs"]
mod mesas;
#[path = "kills/plan.rs"]
mod plan;
#[path = "kills/priority.rs"]
mod priority;

const MESA: &str = env!("CARGO_BIN_EXE_mesa");
const DEVICES: usize = 6;

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The binary's data option and its value.
type Place = [String; 2];

fn ways(place: &Place) -> Ways {
    ways_at(place, "empty")
}

/// The sample at a stage, as the program names it.
fn ways_at(place: &Place, stage: &str) -> Ways {
    let output = Program::new(MESA)
        .args(["demo", "--stage", stage, "--json", "--url", ""])
        .args(place)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn start(place: &Place, address: SocketAddr) -> Running {
    let serve = || {
        let mut command = Program::new(MESA);
        command
            .args(["serve", "--addr", &address.to_string()])
            .args(place)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Running(command.spawn().unwrap())
    };
    let mut running = serve();
    for _ in 0..400 {
        // Another connection had the port for a moment.
        if running.0.try_wait().unwrap().is_some() {
            running = serve();
        }
        if tokio::net::TcpStream::connect(address).await.is_ok()
            && get(address, "/healthz", None).await.status == 200
        {
            return running;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the server doesn't answer");
}

/// Whether the store of a stopped server is as its log says.
fn verify_clean(place: &Place) {
    let verified = Program::new(MESA).arg("verify").args(place).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// A port that nobody listens on.
async fn free() -> SocketAddr {
    tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// The texts of a state, by item.
fn statements(device: &Device) -> BTreeMap<ItemId, String> {
    let state = here(&device.replica);
    state
        .deliberation
        .problems
        .iter()
        .map(|id| (*id, state.item(*id).unwrap().text(TextField::Statement).to_owned()))
        .collect()
}

/// A device that writes at the end of its own problem, and in a new one when that is long.
struct Author {
    device: Device,
    item: ItemId,
    written: BTreeMap<ItemId, String>,
}

impl Author {
    /// Writes until the deadline; what is in transit then, or was never sent, stays in the outbox.
    async fn write(&mut self, name: &str, deadline: tokio::time::Instant) {
        for number in 0_u32.. {
            if self.written[&self.item].len() > 6_000 {
                self.item = self.device.add(ItemKind::Problem, None);
                self.written.insert(self.item, String::new());
            }
            let text = self.written.get_mut(&self.item).unwrap();
            let mark = format!("[{name}.{number}]");
            self.device.type_at(
                self.item,
                TextField::Statement,
                u32::try_from(text.len()).unwrap(),
                &mark,
            );
            text.push_str(&mark);
            self.device.send().await;
            let answered = async {
                while self.device.replica.unanswered().next().is_some() {
                    self.device.take_one().await;
                    self.device.send().await;
                }
            };
            if tokio::time::timeout_at(deadline, answered).await.is_err() {
                return;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_edits_survive_every_kill_once_on_sqlite() {
    for _ in 0..worlds() {
        let folder = tempfile::tempdir().unwrap();
        survive(&["--data".to_owned(), folder.path().display().to_string()]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_edits_survive_every_kill_once_on_postgres() {
    for _ in 0..worlds() {
        let Some(url) = support::postgres_database().await else { return };
        survive(&["--database-url".to_owned(), url]).await;
    }
}

/// A mesa has room for a limited number of texts: a thousand kills are spread over several.
fn worlds() -> u32 {
    if is_soak() { 5 } else { 1 }
}

/// A mesa at which somebody leads and some sit, by a binary that is killed.
struct Sitting {
    place: Place,
    address: SocketAddr,
    ways: Ways,
    running: Running,
    lead: Device,
    seats: Vec<Device>,
}

impl Sitting {
    /// Of the sample whose plan is agreed to, in a folder.
    async fn new(folder: &std::path::Path, seats: usize) -> Self {
        let place = ["--data".to_owned(), folder.display().to_string()];
        let ways = ways_at(&place, "agreed");
        let address = free().await;
        let running = start(&place, address).await;
        let enter = async |path: &str, name: &str| {
            let cookie = post(address, path, format!("nombre={name}"), None).await.cookie;
            Device::connect(address, ways.mesa_id, cookie).await
        };
        let lead = enter(&ways.facilitator_url, "Fabiola").await;
        let mut sit = Vec::new();
        for (number, seat) in ways.seats.iter().take(seats).enumerate() {
            sit.push(enter(&seat.url, &format!("Ana{number}")).await);
        }
        Self { place, address, ways, running, lead, seats: sit }
    }

    /// Everybody who sits or leads.
    fn all(&mut self) -> impl Iterator<Item = &mut Device> {
        self.seats.iter_mut().chain([&mut self.lead])
    }

    /// Kills the binary after a while, starts it again, and waits until everybody is settled.
    async fn kill_after(&mut self, wait: Duration) {
        tokio::time::sleep(wait).await;
        self.running.0.kill().unwrap();
        self.running.0.wait().unwrap();
        self.running = start(&self.place, self.address).await;
        let address = self.address;
        for device in self.all() {
            device.reconnect(address).await;
            device.settled().await;
        }
    }

    /// Somebody who comes now, without a name.
    async fn late(&self) -> Device {
        Device::connect(self.address, self.ways.mesa_id, None).await
    }
}

fn is_soak() -> bool {
    std::env::var_os("MESA_SOAK").is_some()
}

async fn survive(place: &Place) {
    let rounds = if is_soak() { 200 } else { 8 };
    let ways = ways(place);
    let address = free().await;
    let mut running = start(place, address).await;
    let mut authors = Vec::new();
    for index in 0..DEVICES {
        let path = &ways.seats[index % ways.seats.len()].url;
        let cookie = post(address, path, &format!("nombre=D{index}"), None).await.cookie.unwrap();
        let mut device = Device::connect(address, ways.mesa_id, Some(cookie)).await;
        let item = device.add(ItemKind::Problem, None);
        authors.push(Author { device, item, written: BTreeMap::from([(item, String::new())]) });
    }
    let mut acknowledged = 0;
    for round in 0..rounds {
        let life = Duration::from_millis(20 + (round * 37) % 180);
        let deadline = tokio::time::Instant::now() + life;
        let writing = authors.iter_mut().enumerate().map(|(index, author)| async move {
            author.write(&format!("{round}.{index}"), deadline).await
        });
        futures_util::future::join_all(writing).await;
        running.0.kill().unwrap();
        running.0.wait().unwrap();

        running = start(place, address).await;
        let kept = statements(&Device::connect(address, ways.mesa_id, None).await);
        for author in &mut authors {
            for (item, confirmed) in statements(&author.device)
                .into_iter()
                .filter(|(item, _)| author.written.contains_key(item))
            {
                acknowledged += confirmed.matches('[').count();
                // What was accepted just before the kill may be there without its answer.
                assert!(
                    kept[&item].starts_with(&confirmed),
                    "round {round}: what was confirmed is gone: {confirmed} / {}",
                    kept[&item]
                );
            }
            author.device.reconnect(address).await;
            author.device.settled().await;
        }
    }
    assert!(acknowledged > 0);
    let all = statements(&Device::connect(address, ways.mesa_id, None).await);
    let mut marks = 0;
    for author in &authors {
        assert!(author.device.refused.is_empty(), "{:?}", author.device.refused);
        for (item, written) in &author.written {
            assert_eq!(
                all.get(item),
                Some(written),
                "everything that was written is there, once and in order"
            );
            marks += written.matches('[').count();
        }
    }
    drop(running);
    verify_clean(place);
    println!("{rounds} kills, {marks} edits, none lost or doubled");
}
