//! A plan frozen, agreed to and signed while the binary is killed: every keystroke is in the version
//! or with its author, every actor has the answer that it sent last, every slot one outcome, and the
//! sealed document is the one that is kept.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::agreement::State;
use domain::{Command, Phase, conduct};
use store::{Location, Store};
use tokio::time::{Instant, timeout_at};

use super::support::{Device, get, here, post, postgres_database};
use super::{Place, Running, free, is_soak, start, verify_clean, ways_at, worlds};

#[path = "plan/agreed.rs"]
mod agreed;
#[path = "plan/signed.rs"]
mod signed;
#[path = "plan/written.rs"]
mod written;

/// Actors of the sample, each with a seat and a slot.
const SEATS: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_frozen_agreed_to_and_signed_once_through_every_kill_on_sqlite() {
    for _ in 0..worlds() {
        let folder = tempfile::tempdir().unwrap();
        let place = ["--data".to_owned(), folder.path().display().to_string()];
        signed_once(place, Location::Sqlite(folder.path().to_owned())).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_frozen_agreed_to_and_signed_once_through_every_kill_on_postgres() {
    for _ in 0..worlds() {
        let Some(url) = postgres_database().await else { return };
        signed_once(["--database-url".to_owned(), url.clone()], Location::Url(url)).await;
    }
}

/// One version after another is written, agreed to and signed; the last is judged by the log, too.
async fn signed_once(place: Place, location: Location) {
    let (turns, lives) = if is_soak() { (4, 12) } else { (1, 3) };
    let mut table = Table::open(place).await;
    let mut written = written::Written::default();
    for turn in 0..turns {
        table.write(&mut written, turn, lives).await;
        table.agree(lives).await;
        table.sign(turn).await;
        println!("turn {turn}: {} marks", written.marks());
    }
    table.end(&location).await;
}

/// The server, and the devices of the people at its mesa.
struct Table {
    place: Place,
    address: std::net::SocketAddr,
    running: Running,
    exercise: domain::StreamId,
    lead: Device,
    /// The actors' devices, in the order of their numbers.
    seats: Vec<Device>,
    /// Another device of the first actor's person.
    second: Device,
    /// How often the server was killed: it lives for another time each time.
    kills: u64,
    signings: Vec<signed::Signing>,
}

impl Table {
    async fn open(place: Place) -> Self {
        let ways = ways_at(&place, "agreed");
        let address = free().await;
        let running = start(&place, address).await;
        let cookie = async |path: &str, name: &str| {
            post(address, path, format!("nombre={name}"), None).await.cookie
        };
        let led = cookie(&ways.facilitator_url, "Fabiola").await;
        let lead = Device::connect(address, ways.mesa_id, led).await;
        let mut seats = Vec::new();
        for (place, seat) in ways.seats.iter().enumerate() {
            let cookie = cookie(&seat.url, &format!("P{place}")).await;
            seats.push(Device::connect(address, ways.mesa_id, cookie).await);
        }
        assert_eq!(seats.len(), SEATS);
        let second = Device::connect(address, ways.mesa_id, seats[0].cookie.clone()).await;
        let (exercise, kills, signings) = (ways.exercise_id, 0, Vec::new());
        Self { place, address, running, exercise, lead, seats, second, kills, signings }
    }

    fn devices(&mut self) -> impl Iterator<Item = &mut Device> {
        [&mut self.lead].into_iter().chain(&mut self.seats).chain([&mut self.second])
    }

    fn plan(&self) -> &State {
        &self.lead.replica.confirmed().plan
    }

    /// The end of the server's present life, some time after now.
    fn deadline(&self) -> Instant {
        Instant::now() + Duration::from_millis(25 + (self.kills * 37) % 110)
    }

    /// Kills the server; everybody comes back to the next one with what they still have to send.
    async fn kill(&mut self) {
        self.kills += 1;
        self.running.0.kill().unwrap();
        self.running.0.wait().unwrap();
        self.running = start(&self.place, self.address).await;
        let address = self.address;
        for device in self.devices() {
            device.reconnect(address).await;
            device.settled().await;
        }
    }

    /// Lets the facilitation go to a phase, and everybody see it.
    async fn go(&mut self, to: Phase) {
        change_phase(&mut self.lead, to);
        self.lead.settled().await;
        assert_eq!(self.lead.refused, [], "{to:?}");
        for device in self.devices() {
            device.until(|replica| here(replica).conduct.phase == to).await;
        }
    }

    async fn file(&self, version: u16, file: &str) -> Vec<u8> {
        let path = format!("/plan/{}/{version}/{file}", self.exercise);
        let answer = get(self.address, &path, self.lead.cookie.as_deref()).await;
        assert_eq!(answer.status, 200, "{path}: {} {}", answer.head, answer.text);
        answer.body
    }

    /// Kills the server for good, and judges what it leaves behind.
    async fn end(mut self, location: &Location) {
        self.running.0.kill().unwrap();
        self.running.0.wait().unwrap();
        let store = Store::open(location).await.unwrap();
        let records = store.records(self.exercise, 0, u64::MAX >> 1).await.unwrap();
        let state = store.load(self.exercise).await.unwrap().unwrap().state;
        for signing in &self.signings {
            signing.judge(&state, &records);
            signing.is_kept(&store).await;
        }
        let opened: BTreeSet<_> = state.plan.rounds.iter().map(|round| round.version).collect();
        assert_eq!(opened.len(), state.plan.rounds.len(), "one signing a version");
        store.close().await;
        verify_clean(&self.place);
        println!("{} kills", self.kills);
    }
}

fn change_phase(device: &mut Device, to: Phase) {
    device.command(Command::Conduct(conduct::Command::ChangePhase { to }));
}

/// Sends and receives until a moment. What is in transit then comes again after the kill.
async fn pump(device: &mut Device, until: Instant) {
    loop {
        device.send().await;
        if timeout_at(until, device.take_one()).await.is_err() {
            return;
        }
    }
}

/// The same for a few milliseconds, at most until a moment.
async fn pause(device: &mut Device, milliseconds: u64, deadline: Instant) {
    pump(device, deadline.min(Instant::now() + Duration::from_millis(milliseconds))).await;
}
