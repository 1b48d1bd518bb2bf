//! The binary stopped as on a laptop that hangs, and continued: nobody counts as gone, nobody is
//! disconnected, the facilitation is told. `MESA_SOAK=1` stops it for longer than the timeout of a
//! silent device.

#![allow(clippy::unwrap_used, missing_docs)]

use std::net::SocketAddr;
use std::process::{Child, Command as Program, Stdio};
use std::time::{Duration, Instant};

use domain::{ItemId, Mesa, PauseKind, TextField};
use server::service::sample::Ways;
use tokio::sync::watch;

#[path = "over_sockets/support.rs"]
#[allow(dead_code)]
mod support;
use support::{Device, get, post, shown};

const MESA: &str = env!("CARGO_BIN_EXE_mesa");
const PEOPLE: usize = 20;

struct Running(Child);

impl Running {
    fn signal(&self, name: &str) {
        assert!(
            Program::new("kill").args([name, &self.0.id().to_string()]).status().unwrap().success()
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn start(folder: &std::path::Path, address: SocketAddr) -> Running {
    let mut command = Program::new(MESA);
    command
        .args(["serve", "--addr", &address.to_string(), "--data"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let running = Running(command.spawn().unwrap());
    for _ in 0..400 {
        if tokio::net::TcpStream::connect(address).await.is_ok()
            && get(address, "/healthz", None).await.status == 200
        {
            return running;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the server doesn't answer");
}

async fn enter(address: SocketAddr, ways: &Ways, path: &str, name: &str) -> Device {
    let entered = post(address, path, &format!("nombre={name}&organizacion=Vecindad"), None).await;
    Device::connect(address, ways.mesa_id, entered.cookie).await
}

/// What a device that keeps reading has seen: the mesa, and how many people count as connected.
type Seen = watch::Receiver<(Mesa, Option<usize>)>;

/// Reads until the socket ends, which is an error.
fn read_on(
    mut device: Device,
    mut edits: tokio::sync::mpsc::Receiver<ItemId>,
) -> (Seen, tokio::task::JoinHandle<()>) {
    let (told, seen) = watch::channel((shown(&device.replica).clone(), None));
    let reading = tokio::spawn(async move {
        loop {
            tokio::select! {
                () = device.take_one() => {}
                Some(item) = edits.recv() => device.type_at(item, TextField::Objective, 0, "Mientras tanto. "),
            }
            device.send().await;
            let here = device.roster.iter().filter(|present| present.devices > 0).count();
            told.send_replace((
                shown(&device.replica).clone(),
                (!device.roster.is_empty()).then_some(here),
            ));
        }
    });
    (seen, reading)
}

async fn until(seen: &mut Seen, what: &str, holds: impl Fn(&(Mesa, Option<usize>)) -> bool) {
    let waited =
        tokio::time::timeout(Duration::from_secs(20), seen.wait_for(|seen| holds(seen))).await;
    assert!(waited.is_ok_and(|seen| seen.is_ok()), "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stood_still_loses_nobody_and_says_so() {
    let still = Duration::from_secs(if std::env::var_os("MESA_SOAK").is_some() { 75 } else { 13 });
    let folder = tempfile::tempdir().unwrap();
    let demo = Program::new(MESA)
        .args(["demo", "--stage", "agreed", "--json", "--url", "", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    let ways: Ways = serde_json::from_slice(&demo.stdout).unwrap();
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let server = start(folder.path(), address).await;

    let facilitator = enter(address, &ways, &ways.facilitator_url, "Fabiola").await;
    let item = shown(&facilitator.replica).deliberation.commitments[0];
    let (_no_edits, edits) = tokio::sync::mpsc::channel(1);
    let (mut desk, leading) = read_on(facilitator, edits);
    let mut readers = vec![leading];
    let (writes, edits) = tokio::sync::mpsc::channel(1);
    let mut edits = Some(edits);
    for number in 1..PEOPLE {
        // The first of them writes, from a seat; the others joined by the code.
        let path = if number == 1 { &ways.seats[0].url } else { &ways.join_url };
        let device = enter(address, &ways, path, &format!("Persona{number}")).await;
        let edits = edits.take().unwrap_or_else(|| tokio::sync::mpsc::channel(1).1);
        readers.push(read_on(device, edits).1);
    }
    until(&mut desk, "everybody is here", |(_, here)| *here == Some(PEOPLE)).await;

    server.signal("-STOP");
    let stopped = Instant::now();
    tokio::time::sleep(still / 2).await;
    writes.send(item).await.unwrap();
    tokio::time::sleep(still.saturating_sub(stopped.elapsed())).await;
    server.signal("-CONT");

    until(&mut desk, "the desk is told", |(state, _)| !state.conduct.pauses.is_empty()).await;
    until(&mut desk, "what was written meanwhile comes", |(state, _)| {
        state.item(item).unwrap().text(TextField::Objective).starts_with("Mientras tanto. ")
    })
    .await;
    // Longer than a device may be silent before the facilitation sees it as gone.
    tokio::time::sleep(Duration::from_secs(28)).await;
    let (state, here) = desk.borrow().clone();
    assert_eq!(here, Some(PEOPLE), "everybody is still here");
    assert!(readers.iter().all(|reader| !reader.is_finished()), "no connection was ended");
    assert_eq!(state.people.attendees.len(), PEOPLE);
    assert!(
        state
            .people
            .attendees
            .values()
            .all(|attendee| attendee.is_there() && attendee.stays.len() == 1),
        "nobody left"
    );
    let [pause] = state.conduct.pauses[..] else { panic!("{:?}", state.conduct.pauses) };
    assert_eq!(pause.kind, PauseKind::StoodStill);
    let lasted = pause.to - pause.from;
    assert!((lasted - i64::try_from(still.as_millis()).unwrap()).abs() < 3_000, "{lasted} ms");
    readers.into_iter().for_each(|reader| reader.abort());
}
