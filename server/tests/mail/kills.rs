//! The binary killed with -9 while it sends fifty letters, at every step of the conversation with the
//! mail server: nobody gets one twice, nobody is forgotten, and what nobody knows is named.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command as Program, Stdio};
use std::time::Duration;

use domain::StreamId;
use futures_util::StreamExt as _;
use server::room::{INVITATION, InvitationJob, invitation_key};
use server::service::sample::{self, Stage};
use store::{JobStatus, Location, NewJob, Progress, Store};
use uuid::Uuid;

use super::smtp::{Letter, Setup, Smtp};
use super::support::get;
use super::town::populate;

const MESA: &str = env!("CARGO_BIN_EXE_mesa");
const LETTERS: usize = 50;
/// Commands and texts of a conversation with all of them, without the last QUIT.
const STEPS: usize = 1 + 4 + (LETTERS - 1) * 5;
/// Rounds at the same time: most of each is waiting.
const AT_ONCE: usize = 4;

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The binary on a folder, sending by a mail server.
fn serve(folder: &Path, web: SocketAddr, mail: SocketAddr) -> Running {
    let mut command = Program::new(MESA);
    command
        .args(["serve", "--addr", &web.to_string(), "--data"])
        .arg(folder)
        .env("MESA_SMTP_HOST", mail.ip().to_string())
        .env("MESA_SMTP_PORT", mail.port().to_string())
        .env("MESA_SMTP_SECURITY", "none")
        .env("MESA_SMTP_FROM", "mesa@mesa.test")
        .env("MESA_SMTP_TIMEOUT", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Running(command.spawn().unwrap())
}

/// A port that nobody listens on.
async fn free() -> SocketAddr {
    tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// A store in which fifty people wait for their invitation.
async fn prepared(folder: &Path) -> (StreamId, String) {
    let store = Store::open(&Location::Sqlite(folder.to_owned())).await.unwrap();
    let stream = sample::load(&store, Stage::Empty, "").await.unwrap().exercise_id;
    let addresses: Vec<String> = (0..LETTERS).map(|place| format!("p{place}@x.test")).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let (cookie, people) = populate(&store, stream, &addresses).await;
    let state = store.load(stream).await.unwrap().unwrap().state;
    let records = store.people(&people).await.unwrap();
    let job = |(seat, person): (&domain::SeatId, &domain::PersonId)| NewJob {
        id: Uuid::now_v7(),
        key: invitation_key(*seat, records[person].record_digest()),
        kind: INVITATION.to_owned(),
        payload: serde_json::to_vec(&InvitationJob { seat: *seat, person: *person }).unwrap(),
        due_at: 0,
    };
    let jobs: Vec<NewJob> = state.registry.invited.iter().map(job).collect();
    assert_eq!(jobs.len(), LETTERS);
    store.enqueue_jobs(stream, &jobs).await.unwrap();
    store.close().await;
    (stream, cookie)
}

fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Waits until no letter is on its way any more.
async fn settled(folder: &Path, stream: StreamId) -> BTreeMap<String, JobStatus> {
    let store = Store::open(&Location::Sqlite(folder.to_owned())).await.unwrap();
    for _ in 0..1_200 {
        let jobs = store.jobs(stream, INVITATION).await.unwrap();
        let now = server::clock::now();
        let open =
            |job: &JobStatus| matches!(job.progress(now), Progress::Waiting | Progress::Sending);
        if !jobs.values().any(open) {
            let report = store.verify().await.unwrap();
            assert!(report.differences.is_empty(), "{:?}", report.differences);
            store.close().await;
            return jobs;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("letters are still on their way: {:?}", store.jobs(stream, INVITATION).await);
}

/// A round: killed at a step, before or after its answer, and started again.
async fn round(
    base: &Path,
    (stream, cookie): (StreamId, &str),
    step: usize,
    answered: bool,
) -> usize {
    let at = format!("step {step}, answered {answered}");
    let folder = tempfile::tempdir().unwrap();
    copy(base, folder.path());
    let first = Smtp::start(Setup { stops_at: Some((step, answered)), ..Setup::default() }).await;
    let mut running = serve(folder.path(), free().await, first.address);
    let stands = tokio::time::timeout(Duration::from_secs(60), first.stands()).await;
    stands.unwrap_or_else(|_| panic!("{at}: {} commands", first.commands().len()));
    running.0.kill().unwrap();
    running.0.wait().unwrap();
    let mut letters: Vec<Letter> = first.letters();
    drop(first);

    let (second, web) = (Smtp::start(Setup::default()).await, free().await);
    let running = serve(folder.path(), web, second.address);
    let jobs = settled(folder.path(), stream).await;
    letters.extend(second.letters());

    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for letter in &letters {
        *texts.entry(letter.to.clone()).or_default() += 1;
    }
    assert!(texts.values().all(|count| *count == 1), "{at}: somebody got it twice: {texts:?}");
    let now = server::clock::now();
    let with = |progress| jobs.values().filter(|job| job.progress(now) == progress).count();
    let (done, uncertain) = (with(Progress::Done), with(Progress::Uncertain));
    assert_eq!(done + uncertain, LETTERS, "{at}: somebody was forgotten");
    assert!(uncertain <= 1, "{at}: {uncertain} are uncertain, and one was under way");
    assert!(
        texts.len() == done || texts.len() == done + uncertain,
        "{at}: {} texts, {done}",
        texts.len()
    );
    // Who that is stands on the page, and only they.
    let page = format!("/ejercicio/{stream}/preparar/invitaciones");
    let page = get(web, &page, Some(cookie)).await.text;
    assert_eq!(page.matches("incierto:").count(), uncertain, "{at}: {page}");
    assert!(page.contains(&format!("{done} enviadas")), "{at}: {page}");
    drop(running);
    uncertain
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_every_step_of_sending_nobody_gets_a_letter_twice_and_nobody_is_forgotten() {
    let rounds: u64 = if std::env::var_os("MESA_SOAK").is_some() { 200 } else { 16 };
    let base = tempfile::tempdir().unwrap();
    let (stream, cookie) = prepared(base.path()).await;
    // The steps around a letter's text first, then any.
    let around = [(2, false), (4, true), (5, false), (5, true), (9, true), (10, false), (10, true)];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut any = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let step = 1 + usize::try_from(state >> 33).unwrap() % STEPS;
        (step, (state >> 32) & 1 == 1)
    };
    let steps: Vec<(usize, bool)> = (0..rounds)
        .map(|round| {
            let round = usize::try_from(round).unwrap();
            around.get(round).copied().unwrap_or_else(&mut any)
        })
        .collect();
    let played = futures_util::stream::iter(steps)
        .map(|(step, answered)| round(base.path(), (stream, &cookie), step, answered))
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<usize>>()
        .await;
    let uncertain: usize = played.iter().sum();
    assert!(uncertain > 0, "some were killed while the text was handed over");
    println!("{} kills, {uncertain} letters uncertain, none twice or forgotten", played.len());
}
