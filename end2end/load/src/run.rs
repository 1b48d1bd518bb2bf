//! A run: everybody comes in, editors write for a while, what is under way arrives, everybody tells.

use std::rc::Rc;
use std::time::Duration;

use domain::{Rejection, Seq};
use sync::wire::{FrameError, HelloRefusal};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite;

use crate::arguments::Arguments;
use crate::client::{self, Outcome, Phase, Progress, Shared};
use crate::links::Links;
use crate::process::Process;
use crate::report::Report;

/// How many come in at a time.
const AT_THE_DOOR: usize = 64;
/// How long what is under way may take to arrive.
const DRAINING: Duration = Duration::from_secs(10);
/// Pause between two looks at how far everybody is.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Why it can't be measured.
#[derive(Debug)]
pub enum Failure {
    /// Files or the network.
    Io(std::io::Error),
    /// The links aren't what `mesa demo --json` prints.
    Links(serde_json::Error),
    /// A seat's link led nowhere; the first line of the answer.
    Door(String),
    /// There are no seats.
    NoSeats,
    /// There is nothing to write in.
    NoTexts,
    /// The socket.
    Socket(Box<tungstenite::Error>),
    /// What came isn't a frame that follows the last.
    Frame(FrameError),
    /// The server doesn't take the hello.
    Refused(HelloRefusal),
    /// The server doesn't take an edit.
    Rejected(Rejection),
    /// The server closed.
    Closed,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Links(error) => write!(f, "los enlaces no son lo que muestra «mesa demo --json»: {error}"),
            Self::Door(answer) => write!(f, "un enlace personal no abrió: «{answer}»"),
            Self::NoSeats => write!(f, "los enlaces no traen lugares"),
            Self::NoTexts => write!(f, "la mesa no tiene compromisos ni problemas; cárgala con «mesa demo --stage agreed»"),
            Self::Socket(error) => write!(f, "la conexión falló: {error}"),
            Self::Frame(error) => write!(f, "llegó algo que no sigue a lo anterior: {error}"),
            Self::Refused(refusal) => write!(f, "el servidor no acepta el saludo: {refusal}"),
            Self::Rejected(rejection) => write!(f, "el servidor no acepta las ediciones: {rejection}"),
            Self::Closed => write!(f, "el servidor cerró la conexión"),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Links(error)
    }
}

impl From<tungstenite::Error> for Failure {
    fn from(error: tungstenite::Error) -> Self {
        Self::Socket(Box::new(error))
    }
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        Self::Frame(error)
    }
}

/// Everybody, while they run.
struct Crowd {
    clients: JoinSet<Result<Outcome, Failure>>,
    progress: Vec<Rc<Progress>>,
    told: Vec<Outcome>,
}

impl Crowd {
    /// Waits until all of them are as far as `far_enough` says, or `until`.
    async fn wait(&mut self, until: Option<Instant>, far_enough: impl Fn(&[Rc<Progress>]) -> bool) -> Result<(), Failure> {
        while until.is_none_or(|until| Instant::now() < until) && !far_enough(&self.progress) {
            tokio::select! {
                // Only a client that failed, or whose connection ended, tells before the end.
                Some(told) = self.clients.join_next() => self.told.push(told.map_err(std::io::Error::from)??),
                () = sleep(LOOK_EVERY) => {}
            }
        }
        Ok(())
    }
}

/// Measures.
pub async fn run(arguments: Arguments, links: Links) -> Result<Report, Failure> {
    let server = arguments.pid.map_or_else(|| Process::listening(arguments.address), Process::by_id);
    let (announce, phase) = watch::channel(Phase::Joining);
    let lasts = arguments.lasts;
    let count = arguments.editors + arguments.followers;
    let (door, began, run) = (Semaphore::new(AT_THE_DOOR), Instant::now(), client::clock().unsigned_abs() / 1_000);
    let shared = Rc::new(Shared { arguments, links, phase, door, began, run });
    let mut crowd = Crowd { clients: JoinSet::new(), progress: Vec::new(), told: Vec::new() };
    for number in 0..count {
        let progress = Rc::new(Progress::default());
        crowd.progress.push(Rc::clone(&progress));
        crowd.clients.spawn_local(client::run(Rc::clone(&shared), number, number + 1 == count, progress));
    }
    crowd.wait(None, |all| all.iter().all(|one| one.joined.get())).await?;
    crowd.wait(Some(Instant::now() + DRAINING), settled).await?;

    let used_before = server.and_then(Process::clock_ticks);
    let from = Instant::now();
    // Receivers are in this very function: they outlive every announcement.
    let _ = announce.send(Phase::Writing(from));
    crowd.wait(Some(from + lasts), |_| false).await?;
    let written_for = from.elapsed();
    let used = server.and_then(Process::clock_ticks).zip(used_before).map(|(after, before)| after.saturating_sub(before));
    let _ = announce.send(Phase::Draining);
    // Whoever hasn't heard it yet may write once more.
    let done = |all: &[Rc<Progress>]| all.iter().all(|one| one.gone.get() || one.done_writing.get());
    crowd.wait(Some(Instant::now() + DRAINING), |all| done(all) && settled(all)).await?;
    let resident_kib = server.and_then(Process::resident_kib);
    let _ = announce.send(Phase::Ended);
    while let Some(told) = crowd.clients.join_next().await {
        crowd.told.push(told.map_err(std::io::Error::from)??);
    }

    if let Some(rejection) = crowd.told.iter().find_map(|outcome| outcome.refused.clone()) {
        return Err(Failure::Rejected(rejection));
    }
    // The kernel counts in hundredths of a second.
    let cpu_percent = used.map(|ticks| ticks as f64 / written_for.as_secs_f64());
    Ok(Report::new(&shared, &crowd.told, cpu_percent, resident_kib))
}

/// Whether everybody who is still there got an answer to everything and shows the same event.
fn settled(all: &[Rc<Progress>]) -> bool {
    let there = || all.iter().filter(|one| !one.gone.get());
    let last: Seq = there().map(|one| one.seq.get()).max().unwrap_or(0);
    there().all(|one| one.unanswered.get() == 0 && one.seq.get() == last)
}
