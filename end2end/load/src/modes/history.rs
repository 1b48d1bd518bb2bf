//! A growing history: what an edit costs the server, and what joining late costs, after few edits
//! and after many.

use std::rc::Rc;
use std::time::Duration;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::crowd::{Crowd, DRAINING};
use crate::failure::Failure;
use crate::findings::Findings;
use crate::fresh;
use crate::latency::{Latencies, median};
use crate::links::Links;
use crate::outcome::Outcome;
use crate::plan::{Pace, Plan};
use crate::process::Process;
use crate::record::Verdict;

/// Edits before the first measurement.
const FEW: u32 = 100;
/// Edits before joining late is measured.
const LATE: u32 = 5_000;
/// How long writing them may take.
const PATIENCE: Duration = Duration::from_secs(300);
/// Number of newcomers measured.
const NEWCOMERS: usize = 20;

/// The history and the measurements so far.
struct Growing<'a> {
    arguments: &'a Rc<Arguments>,
    links: &'a Rc<Links>,
    server: Option<Process>,
    check: Check,
    verdict: Verdict,
    edits: u32,
    crowds: usize,
}

/// The cost of an edit.
struct Cost {
    /// CPU time of one core, in µs; NaN when the process isn't known.
    cpu: f64,
    p50: f64,
    p99: f64,
}

/// The cost of joining late: medians.
struct Late {
    came_in: f64,
    welcomed: f64,
    kib: f64,
}

/// Measures.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let server =
        arguments.pid.map_or_else(|| Process::listening(arguments.address), Process::by_id);
    let check = Check::begin(arguments, links).await?;
    let mut growing = Growing {
        arguments,
        links,
        server,
        check,
        verdict: Verdict::default(),
        edits: 0,
        crowds: 0,
    };
    growing.write(FEW).await?;
    let early = growing.come_late().await?;
    let few = growing.measure().await?;
    growing.write(LATE).await?;
    let late = growing.come_late().await?;
    let began = tokio::time::Instant::now();
    let before = growing.edits;
    growing.write(arguments.edits).await?;
    let rate = f64::from(growing.edits - before) / began.elapsed().as_secs_f64();
    let many = growing.measure().await?;
    let very_late = growing.come_late().await?;
    let verdict = growing.verdict.and(growing.check.compare(&[]).await?);
    Ok(Findings::new("history", verdict)
        .with("edits", "earlier edits", f64::from(arguments.edits))
        .with("preload_per_s", "earlier edits per second", rate)
        .with("cpu_few_us", "CPU per edit after 100, µs", few.cpu)
        .with("cpu_many_us", "CPU per edit after many, µs", many.cpu)
        .with("cost_ratio", "CPU per edit, after many over after 100", many.cpu / few.cpu)
        .with("p50_few_ms", "p50 after 100, ms", few.p50)
        .with("p50_many_ms", "p50 after many, ms", many.p50)
        .with("p99_few_ms", "p99 after 100, ms", few.p99)
        .with("p99_many_ms", "p99 after many, ms", many.p99)
        .with("early_join_kib", "coming in after 100 edits, KiB", early.kib)
        .with("late_join_ms", "coming in late, 5 000 edits, hello to welcome, ms", late.welcomed)
        .with(
            "late_join_whole_ms",
            "coming in late, opening the connection included, ms",
            late.came_in,
        )
        .with("late_join_kib", "coming in late, KiB uncompressed", late.kib)
        .with("very_late_join_ms", "coming in late after many, ms", very_late.welcomed)
        .with("very_late_join_kib", "coming in late after many, KiB", very_late.kib))
}

impl Growing<'_> {
    /// Extends the history to this length.
    async fn write(&mut self, edits: u32) -> Result<(), Failure> {
        let writers = u32::try_from(self.arguments.editors).unwrap_or(u32::MAX);
        let each = edits.saturating_sub(self.edits).div_ceil(writers);
        if each == 0 {
            return Ok(());
        }
        let plan = Plan { pace: Pace::Answered, most: each, followers: 0, ..self.plan() };
        let mut crowd = Crowd::gather(self.arguments, self.links, plan);
        crowd.come_in().await?;
        crowd.write();
        crowd.write_out(PATIENCE).await?;
        let told = crowd.leave().await?;
        self.take(&told).await
    }

    /// Measures the cost of an edit.
    async fn measure(&mut self) -> Result<Cost, Failure> {
        let mut crowd = Crowd::gather(self.arguments, self.links, self.plan());
        let began = crowd.shared.began;
        crowd.come_in().await?;
        let used_before = self.server.and_then(Process::clock_ticks);
        let from = crowd.write();
        crowd.pass(from + self.arguments.lasts).await?;
        crowd.drain(DRAINING).await?;
        let used = self
            .server
            .and_then(Process::clock_ticks)
            .zip(used_before)
            .map(|(after, before)| after.saturating_sub(before));
        let told = crowd.leave().await?;
        let edits: usize = told.iter().map(|outcome| outcome.inputs.len()).sum();
        let times = Latencies::new(began, &told, |_| true);
        self.verdict.lost += times.unseen;
        self.take(&told).await?;
        // The kernel counts in hundredths of a second.
        let cpu = used.map_or(f64::NAN, |ticks| ticks as f64 * 10_000.0 / edits.max(1) as f64);
        Ok(Cost { cpu, p50: times.at(0.5), p99: times.at(0.99) })
    }

    /// Measures the cost of joining late.
    async fn come_late(&self) -> Result<Late, Failure> {
        let (mut came_in, mut welcomed, mut kib) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..NEWCOMERS {
            let newcomer = fresh::look(self.arguments, self.links).await?;
            came_in.push(newcomer.came_in.as_secs_f64() * 1_000.0);
            welcomed.push(newcomer.welcomed.as_secs_f64() * 1_000.0);
            kib.push(newcomer.bytes as f64 / 1_024.0);
        }
        Ok(Late { came_in: median(came_in), welcomed: median(welcomed), kib: median(kib) })
    }

    fn plan(&mut self) -> Plan {
        self.crowds += 1;
        // Editor numbers that no other crowd of this run has.
        Plan { first: self.crowds * self.arguments.editors, ..Plan::new(self.arguments) }
    }

    /// Records what a crowd wrote, and compares.
    async fn take(&mut self, told: &[Outcome]) -> Result<(), Failure> {
        self.edits += u32::try_from(told.iter().map(|outcome| outcome.inputs.len()).sum::<usize>())
            .unwrap_or(u32::MAX);
        self.check.take(told);
        let (_, unacknowledged) = self.check.counts();
        self.verdict = self.verdict.and(self.check.compare(told).await?);
        self.verdict.lost += unacknowledged;
        Ok(())
    }
}
