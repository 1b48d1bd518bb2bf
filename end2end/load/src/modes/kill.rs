//! The server killed with SIGKILL while editors write, in two ways in each run: all devices are
//! gone with it and don't come back, so that only what is on disk remains; and all devices come
//! back and resend what wasn't answered.

use std::rc::Rc;
use std::time::Duration;

use tokio::time::Instant;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::clock;
use crate::crowd::{Crowd, all_joined};
use crate::failure::Failure;
use crate::findings::Findings;
use crate::links::Links;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::random::Variety;
use crate::record::Verdict;
use crate::server::Server;

/// How long reconnecting and catching up may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long they continue to write after that.
const AFTER: Duration = Duration::from_secs(3);

#[derive(Default)]
struct Sums {
    verdict: Verdict,
    acknowledged: usize,
    unacknowledged: usize,
    listening: Duration,
    back_in: Duration,
}

/// Measures. The command line that starts the server is in the arguments.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let command_line = arguments.serve.as_deref().ok_or(Failure::Silent)?;
    let mut server = Server::start(arguments, command_line).await?;
    let mut sums = Sums { listening: server.listening_after, ..Sums::default() };
    let mut random = Variety::new(clock::now().unsigned_abs());
    for round in 0..2 * arguments.kills {
        // At a random moment of the second half.
        let moment = arguments.lasts.mul_f64(0.5 + 0.5 * random.share());
        let plan =
            Plan { first: round * arguments.editors, may_break: true, ..Plan::new(arguments) };
        if round % 2 == 0 {
            all_gone(arguments, links, plan, moment, &mut server, &mut sums).await?;
        } else {
            all_back(arguments, links, plan, moment, &mut server, &mut sums).await?;
        }
    }
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    Ok(Findings::new("kill", sums.verdict)
        .with("kills", "times killed", 2.0 * arguments.kills as f64)
        .with("acknowledged", "edits acknowledged", sums.acknowledged as f64)
        .with(
            "unacknowledged",
            "written and not acknowledged when all die",
            sums.unacknowledged as f64,
        )
        .with(
            "listening_ms",
            "the slowest start until it answers, ms",
            milliseconds(sums.listening),
        )
        .with("back_in_ms", "all back after the start, ms", milliseconds(sums.back_in)))
}

impl Sums {
    /// Adds what a crowd reports once the server is back. Returns the number of edits that weren't
    /// acknowledged.
    async fn take(
        &mut self,
        mut check: Check,
        told: &[Outcome],
        server: &Server,
    ) -> Result<usize, Failure> {
        check.take(told);
        let (acknowledged, unacknowledged) = check.counts();
        self.verdict = self.verdict.and(check.compare(told).await?);
        self.acknowledged += acknowledged;
        self.listening = self.listening.max(server.listening_after);
        Ok(unacknowledged)
    }
}

/// All write until the server is killed.
async fn killed(
    arguments: &Rc<Arguments>,
    links: &Rc<Links>,
    plan: Plan,
    moment: Duration,
    server: &mut Server,
) -> Result<(Check, Crowd), Failure> {
    let check = Check::begin(arguments, links).await?;
    let mut crowd = Crowd::gather(arguments, links, plan);
    crowd.come_in().await?;
    let from = crowd.write();
    crowd.pass(from + moment).await?;
    server.kill()?;
    Ok((check, crowd))
}

/// The server and all devices end at the same moment.
async fn all_gone(
    arguments: &Rc<Arguments>,
    links: &Rc<Links>,
    plan: Plan,
    moment: Duration,
    server: &mut Server,
    sums: &mut Sums,
) -> Result<(), Failure> {
    let (check, mut crowd) = killed(arguments, links, plan, moment, server).await?;
    // Each reads what arrived before the end: that counts as acknowledged.
    crowd.wait(Some(Instant::now() + PATIENCE), |all| all.iter().all(|one| one.gone.get())).await?;
    let told = crowd.leave().await?;
    server.start_again(arguments).await?;
    let unacknowledged = sums.take(check, &told, server).await?;
    sums.unacknowledged += unacknowledged;
    Ok(())
}

/// The server ends; all devices reconnect when it is back.
async fn all_back(
    arguments: &Rc<Arguments>,
    links: &Rc<Links>,
    plan: Plan,
    moment: Duration,
    server: &mut Server,
    sums: &mut Sums,
) -> Result<(), Failure> {
    let (check, mut crowd) = killed(arguments, links, plan.coming_back(), moment, server).await?;
    server.start_again(arguments).await?;
    let back = Instant::now();
    crowd.pass(back + AFTER).await?;
    let in_again = crowd.wait(Some(back + PATIENCE), all_joined).await?;
    let settled = crowd.drain(PATIENCE).await?;
    if !(in_again && settled) {
        crowd.complain();
    }
    let told = crowd.leave().await?;
    // Once all are back nothing may be left without an answer.
    let unacknowledged = sums.take(check, &told, server).await?;
    sums.verdict.lost += unacknowledged;
    let last = told.iter().filter_map(|outcome| outcome.returned_at.last()).max();
    sums.back_in = sums.back_in.max(last.map_or(PATIENCE, |at| at.saturating_duration_since(back)));
    Ok(())
}
