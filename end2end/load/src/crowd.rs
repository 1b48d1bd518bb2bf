//! All clients of a run.

use std::rc::Rc;
use std::time::Duration;

use domain::Seq;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::arguments::Arguments;
use crate::client::{self, Phase, Shared};
use crate::clock;
use crate::failure::Failure;
use crate::links::Links;
use crate::outcome::{Outcome, Progress};
use crate::plan::Plan;

/// How many may be joining at a time.
const AT_THE_DOOR: usize = 64;
/// How long edits in transit may take to arrive.
pub const DRAINING: Duration = Duration::from_secs(10);
/// Interval at which progress is checked.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// All clients of a run.
pub struct Crowd {
    /// The state that they share.
    pub shared: Rc<Shared>,
    announce: watch::Sender<Phase>,
    network: watch::Sender<bool>,
    clients: JoinSet<Result<Outcome, Failure>>,
    progress: Vec<Rc<Progress>>,
    told: Vec<Outcome>,
}

impl Crowd {
    /// Starts the clients. The last one is the witness.
    pub fn gather(arguments: &Rc<Arguments>, links: &Rc<Links>, plan: Plan) -> Self {
        let (announce, phase) = watch::channel(Phase::Joining);
        let (network, reached) = watch::channel(true);
        let run = clock::now().unsigned_abs();
        let count = plan.people();
        let shared = Rc::new(Shared {
            arguments: Rc::clone(arguments),
            links: Rc::clone(links),
            plan,
            phase,
            network: reached,
            door: Semaphore::new(AT_THE_DOOR),
            began: Instant::now(),
            run,
        });
        let (mut clients, mut progress) = (JoinSet::new(), Vec::new());
        for number in 0..count {
            let one = Rc::new(Progress::default());
            progress.push(Rc::clone(&one));
            clients.spawn_local(client::run(Rc::clone(&shared), number, number + 1 == count, one));
        }
        Self { shared, announce, network, clients, progress, told: Vec::new() }
    }

    /// Announces a phase.
    pub fn announce(&self, phase: Phase) {
        // The shared state holds a receiver, so that sending doesn't fail.
        let _ = self.announce.send(phase);
    }

    /// Lets editors write from now on. Returns the start.
    pub fn write(&self) -> Instant {
        let from = Instant::now();
        self.announce(Phase::Writing(from));
        from
    }

    /// Takes down the network, or restores it.
    pub fn connect(&self, network: bool) {
        let _ = self.network.send(network);
    }

    /// Waits until `far_enough` is true of all of them, or `until`. Returns whether it is.
    pub async fn wait(
        &mut self,
        until: Option<Instant>,
        far_enough: impl Fn(&[Rc<Progress>]) -> bool,
    ) -> Result<bool, Failure> {
        loop {
            if far_enough(&self.progress) {
                return Ok(true);
            }
            if until.is_some_and(|until| Instant::now() >= until) {
                return Ok(false);
            }
            tokio::select! {
                // Before the end, only a client that failed or lost its connection returns.
                Some(told) = self.clients.join_next() => self.told.push(told.map_err(std::io::Error::from)??),
                () = sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Waits until a moment.
    pub async fn pass(&mut self, until: Instant) -> Result<(), Failure> {
        self.wait(Some(until), |_| false).await.map(|_| ())
    }

    /// Waits until all have joined and show the same event.
    pub async fn come_in(&mut self) -> Result<(), Failure> {
        self.wait(None, all_joined).await?;
        self.wait(Some(Instant::now() + DRAINING), settled).await?;
        Ok(())
    }

    /// Stops the writing and waits for edits in transit. Returns whether all arrived in time.
    pub async fn drain(&mut self, within: Duration) -> Result<bool, Failure> {
        self.announce(Phase::Draining);
        // A client that hasn't noticed yet may write once more.
        self.wait(Some(Instant::now() + within), |all| done_writing(all) && settled(all)).await
    }

    /// Waits until all have written as much as the plan allows, and it has arrived.
    pub async fn write_out(&mut self, within: Duration) -> Result<(), Failure> {
        let editors = self.shared.plan.editors;
        let is_out = self.wait(Some(Instant::now() + within), |all| {
            done_writing(&all[..editors]) && settled(all)
        });
        if is_out.await? { Ok(()) } else { Err(Failure::Late("the earlier edits")) }
    }

    /// Prints who is behind.
    pub fn complain(&self) {
        for (number, one) in self.progress.iter().enumerate() {
            if !one.joined.get() || one.unanswered.get() > 0 {
                let (joined, seq, unanswered) =
                    (one.joined.get(), one.seq.get(), one.unanswered.get());
                eprintln!(
                    "load: {number}: connected {joined}, at {seq}, {unanswered} without an answer"
                );
            }
        }
    }

    /// All leave and return their outcomes.
    pub async fn leave(mut self) -> Result<Vec<Outcome>, Failure> {
        self.announce(Phase::Ended);
        while let Some(told) = self.clients.join_next().await {
            self.told.push(told.map_err(std::io::Error::from)??);
        }
        match self.told.iter().find_map(|outcome| outcome.refused.clone()) {
            Some(rejection) => Err(Failure::Rejected(rejection)),
            None => Ok(self.told),
        }
    }
}

/// Whether all connections are open.
pub fn all_joined(all: &[Rc<Progress>]) -> bool {
    all.iter().all(|one| one.joined.get())
}

fn done_writing(all: &[Rc<Progress>]) -> bool {
    all.iter().all(|one| one.gone.get() || one.done_writing.get())
}

/// Whether all remaining clients have joined, have every answer and show the same event.
pub fn settled(all: &[Rc<Progress>]) -> bool {
    let there = || all.iter().filter(|one| !one.gone.get());
    let last: Seq = there().map(|one| one.seq.get()).max().unwrap_or(0);
    there().all(|one| one.joined.get() && one.unanswered.get() == 0 && one.seq.get() == last)
}
