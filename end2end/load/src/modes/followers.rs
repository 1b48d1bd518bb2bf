//! Many followers: the server memory that each takes, and how many there can be with edits still
//! arriving in time.

use std::rc::Rc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::arguments::Arguments;
use crate::check::Check;
use crate::crowd::{Crowd, DRAINING};
use crate::failure::Failure;
use crate::findings::Findings;
use crate::latency::Latencies;
use crate::light::{Light, follow};
use crate::links::Links;
use crate::plan::Plan;
use crate::process::Process;
use crate::record::Verdict;

/// The server keeps up while 99 of 100 edits arrive in this time, in ms.
const IN_TIME: f64 = 250.0;
/// How many may be joining at a time.
const AT_THE_DOOR: usize = 64;
/// How long joining, or edits in transit, may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// Followers in the first measurement, from which the memory of each is calculated.
const FIRST: usize = 1_000;
/// Full clients among the followers.
const ATTENTIVE: usize = 10;

/// A measurement with a number of followers.
struct Step {
    followers: usize,
    p50: f64,
    p99: f64,
    cpu_percent: f64,
    /// CPU of the tool itself, on its core: near 100 it is the tool that is too slow.
    tool_percent: f64,
    resident_kib: Option<u64>,
    unseen: usize,
}

impl Step {
    fn is_held(&self) -> bool {
        self.p99 < IN_TIME && self.unseen == 0
    }
}

/// The light followers and their tasks.
struct Gallery {
    arguments: Rc<Arguments>,
    links: Rc<Links>,
    door: Rc<Semaphore>,
    began: Instant,
    lights: Vec<Rc<Light>>,
    tasks: JoinSet<()>,
}

/// Measures: in steps up to the number of followers in the arguments, until there are too many.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let server =
        arguments.pid.map_or_else(|| Process::listening(arguments.address), Process::by_id);
    let mut check = Check::begin(arguments, links).await?;
    let mut gallery = Gallery {
        arguments: Rc::clone(arguments),
        links: Rc::clone(links),
        door: Rc::new(Semaphore::new(AT_THE_DOOR)),
        began: Instant::now(),
        lights: Vec::new(),
        tasks: JoinSet::new(),
    };
    let mut verdict = Verdict::default();
    let mut steps: Vec<Step> = Vec::new();
    for (number, followers) in sizes(arguments.followers).into_iter().enumerate() {
        let is_in = gallery.fill(followers.saturating_sub(ATTENTIVE)).await;
        if !is_in {
            break;
        }
        let step = gallery.measure(number, followers, server, &mut check, &mut verdict).await?;
        eprintln!(
            "{followers} followers: p50 {:.1} ms, p99 {:.1} ms, CPU of the server {:.0} %, of the tool {:.0} %, {} KiB",
            step.p50,
            step.p99,
            step.cpu_percent,
            step.tool_percent,
            step.resident_kib.unwrap_or(0)
        );
        steps.push(step);
        // One that fails may be bad luck; two in a row are too many.
        if steps.len() > 2 && steps.iter().rev().take(2).all(|step| !step.is_held()) {
            break;
        }
    }
    let held = steps
        .iter()
        .filter(|step| step.followers > 0 && step.is_held())
        .max_by_key(|step| step.followers);
    let resident = |step: Option<&Step>| {
        step.and_then(|step| step.resident_kib).map_or(f64::NAN, |kib| kib as f64)
    };
    let (none, last) = (steps.first(), steps.last());
    let per_follower = |step: Option<&Step>| {
        (resident(step) - resident(none)) / step.map_or(f64::NAN, |step| step.followers as f64)
    };
    let of = |step: Option<&Step>, figure: fn(&Step) -> f64| step.map_or(f64::NAN, figure);
    Ok(Findings::new("followers", verdict)
        .with("editors", "editors", arguments.editors as f64)
        .with("held", "followers with p99 < 250 ms", held.map_or(0.0, |step| step.followers as f64))
        .with("p99_held_ms", "p99 with them, ms", of(held, |step| step.p99))
        .with(
            "cpu_held_percent",
            "CPU of the server with them, % of one core",
            of(held, |step| step.cpu_percent),
        )
        .with("tried", "followers in the last step", of(last, |step| step.followers as f64))
        .with("p99_tried_ms", "p99 in the last step, ms", of(last, |step| step.p99))
        .with(
            "tool_tried_percent",
            "CPU of the tool in it, % of one core",
            of(last, |step| step.tool_percent),
        )
        .with(
            "kib_per_follower_1000",
            "memory per follower with 1 000, KiB",
            per_follower(steps.get(1)),
        )
        .with("kib_per_follower", "memory per follower with the most, KiB", per_follower(last)))
}

/// Zero, for the memory without followers; then ever more, up to `most`.
fn sizes(most: usize) -> Vec<usize> {
    let mut sizes = vec![0];
    let mut size = FIRST;
    while size < most {
        sizes.push(size);
        size = if size < 4_000 { size * 2 } else { size + 2_000 };
    }
    sizes.push(most);
    sizes
}

impl Gallery {
    /// Starts more of them. Returns whether all have joined.
    async fn fill(&mut self, count: usize) -> bool {
        while self.lights.len() < count {
            let light = Rc::new(Light::default());
            self.lights.push(Rc::clone(&light));
            let (arguments, links, door) =
                (Rc::clone(&self.arguments), Rc::clone(&self.links), Rc::clone(&self.door));
            self.tasks.spawn_local(follow(arguments, links, door, self.began, light));
        }
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.lights.iter().any(|light| light.gone.get()) {
                return false;
            }
            if self.lights.iter().all(|light| light.joined.get()) {
                return true;
            }
            sleep(Duration::from_millis(20)).await;
        }
        false
    }

    async fn measure(
        &mut self,
        number: usize,
        followers: usize,
        server: Option<Process>,
        check: &mut Check,
        verdict: &mut Verdict,
    ) -> Result<Step, Failure> {
        for light in &self.lights {
            light.frames.borrow_mut().clear();
        }
        let plan = Plan {
            first: number * self.arguments.editors,
            followers: ATTENTIVE.min(followers),
            ..Plan::new(&self.arguments)
        };
        let mut crowd = Crowd::gather(&self.arguments, &self.links, plan);
        let began = crowd.shared.began;
        crowd.come_in().await?;
        let tool = Process::by_id(std::process::id());
        let used = || {
            [server, tool].map(|process| {
                process.and_then(Process::clock_ticks).map_or(f64::NAN, |ticks| ticks as f64)
            })
        };
        let used_before = used();
        let from = crowd.write();
        crowd.pass(from + self.arguments.lasts).await?;
        let (lasted, used) = (from.elapsed(), used());
        crowd.drain(DRAINING).await?;
        let resident_kib = server.and_then(Process::resident_kib);
        let told = crowd.leave().await?;
        let last =
            told.iter().flat_map(|outcome| outcome.confirmed.values().copied()).max().unwrap_or(0);
        let until = Instant::now() + DRAINING;
        while Instant::now() < until
            && self.lights.iter().any(|light| light.seq.get() < last && !light.gone.get())
        {
            sleep(Duration::from_millis(20)).await;
        }
        check.take(&told);
        let (_, unacknowledged) = check.counts();
        *verdict = verdict.and(check.compare(&told).await?);
        verdict.lost += unacknowledged;
        let attentive = Latencies::new(began, &told, |_| true);
        let light = Latencies::of_light(self.began, &told, &self.lights);
        let (times, unseen) = if self.lights.is_empty() {
            (&attentive, attentive.unseen)
        } else {
            (&light, attentive.unseen + light.unseen)
        };
        // The kernel counts in hundredths of a second.
        let [cpu_percent, tool_percent] =
            [0, 1].map(|one| (used[one] - used_before[one]) / lasted.as_secs_f64());
        Ok(Step {
            followers,
            p50: times.at(0.5),
            p99: times.at(0.99),
            cpu_percent,
            tool_percent,
            resident_kib,
            unseen,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_with_none_and_end_with_all() {
        assert_eq!(sizes(1_000), [0, 1_000]);
        assert_eq!(
            sizes(18_000),
            [0, 1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000, 16_000, 18_000]
        );
    }
}
