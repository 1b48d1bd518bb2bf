//! Everybody, while they run.

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

/// How many come in at a time.
const AT_THE_DOOR: usize = 64;
/// How long what is under way may take to arrive.
pub const DRAINING: Duration = Duration::from_secs(10);
/// Pause between two looks at how far everybody is.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Everybody, while they run.
pub struct Crowd {
    /// What they share.
    pub shared: Rc<Shared>,
    announce: watch::Sender<Phase>,
    network: watch::Sender<bool>,
    clients: JoinSet<Result<Outcome, Failure>>,
    progress: Vec<Rc<Progress>>,
    told: Vec<Outcome>,
}

impl Crowd {
    /// Lets them come. The last one is the witness.
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

    /// Says what to do now.
    pub fn announce(&self, phase: Phase) {
        // Receivers are in what they share: they outlive every announcement.
        let _ = self.announce.send(phase);
    }

    /// Lets editors write from now on. Returns since when.
    pub fn write(&self) -> Instant {
        let from = Instant::now();
        self.announce(Phase::Writing(from));
        from
    }

    /// Takes the network away, or gives it back.
    pub fn connect(&self, network: bool) {
        let _ = self.network.send(network);
    }

    /// Waits until all of them are as far as `far_enough` says, or `until`. Returns whether they
    /// are.
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
                // Only a client that failed, or whose connection ended, tells before the end.
                Some(told) = self.clients.join_next() => self.told.push(told.map_err(std::io::Error::from)??),
                () = sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Waits so long.
    pub async fn pass(&mut self, until: Instant) -> Result<(), Failure> {
        self.wait(Some(until), |_| false).await.map(|_| ())
    }

    /// Waits until everybody is in and shows the same.
    pub async fn come_in(&mut self) -> Result<(), Failure> {
        self.wait(None, all_joined).await?;
        self.wait(Some(Instant::now() + DRAINING), settled).await?;
        Ok(())
    }

    /// Nobody writes any more, and what is under way arrives. Returns whether it did in time.
    pub async fn drain(&mut self, within: Duration) -> Result<bool, Failure> {
        self.announce(Phase::Draining);
        // Whoever hasn't heard it yet may write once more.
        self.wait(Some(Instant::now() + within), |all| done_writing(all) && settled(all)).await
    }

    /// Waits until everybody wrote as much as the plan lets them, and what is under way arrived.
    pub async fn write_out(&mut self, within: Duration) -> Result<(), Failure> {
        let editors = self.shared.plan.editors;
        let is_out = self.wait(Some(Instant::now() + within), |all| {
            done_writing(&all[..editors]) && settled(all)
        });
        if is_out.await? { Ok(()) } else { Err(Failure::Late("the earlier edits")) }
    }

    /// Says who isn't as far as everybody should be.
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

    /// Everybody leaves and tells.
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

/// Whether everybody's connection stands.
pub fn all_joined(all: &[Rc<Progress>]) -> bool {
    all.iter().all(|one| one.joined.get())
}

fn done_writing(all: &[Rc<Progress>]) -> bool {
    all.iter().all(|one| one.gone.get() || one.done_writing.get())
}

/// Whether everybody who is still there is in, got an answer to everything and shows the same
/// event.
pub fn settled(all: &[Rc<Progress>]) -> bool {
    let there = || all.iter().filter(|one| !one.gone.get());
    let last: Seq = there().map(|one| one.seq.get()).max().unwrap_or(0);
    there().all(|one| one.joined.get() && one.unanswered.get() == 0 && one.seq.get() == last)
}
