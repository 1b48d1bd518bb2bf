//! Devices lose the network and come back: a whole room whose Wi-Fi is gone for half a minute, and
//! devices that wrote two hundred edits each without one. Open sockets stay open on the server's
//! side meanwhile; new attempts go nowhere.

use std::rc::Rc;
use std::time::Duration;

use tokio::time::Instant;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::client::Shared;
use crate::crowd::{Crowd, all_joined};
use crate::failure::Failure;
use crate::findings::Findings;
use crate::latency::{Latencies, shown};
use crate::links::Links;
use crate::outcome::Outcome;
use crate::plan::{Outage, Pace, Plan};

/// How long editors write before the network goes.
const BEFORE: Duration = Duration::from_secs(5);
/// How long they write on when it is back.
const AFTER: Duration = Duration::from_secs(10);
/// How long reconnecting may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Edits per second of offline editors, so that two hundred don't take as long as by hand.
const OFFLINE_RATE: f64 = 20.0;
/// Editors per text. A text takes 8 000 characters: what this few write offline fits.
const PER_TEXT: usize = 3;

/// The whole room loses the network for a while, and keeps writing.
pub async fn room(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let mut check = Check::begin(arguments, links).await?;
    // What ten would write in half a minute doesn't fit in one text.
    let plan = Plan { per_text: PER_TEXT, ..Plan::new(arguments).coming_back() };
    let mut crowd = Crowd::gather(arguments, links, plan);
    crowd.come_in().await?;
    let from = crowd.write();
    crowd.pass(from + BEFORE).await?;
    crowd.connect(false);
    crowd.pass(from + BEFORE + arguments.outage).await?;
    let back = Instant::now();
    crowd.connect(true);
    crowd.pass(back + AFTER).await?;
    let found = finish(crowd, &mut check, "offline-room", back).await?;
    Ok(found.with("outage_s", "without network, s", arguments.outage.as_secs_f64()))
}

/// Editors come back with many edits each; followers stay connected all the time.
pub async fn many_edits(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let mut check = Check::begin(arguments, links).await?;
    let plan = Plan::new(arguments).coming_back();
    let plan = Plan {
        per_text: PER_TEXT,
        outage: Outage::Editors,
        pace: Pace::Even(OFFLINE_RATE),
        most: arguments.edits,
        ..plan
    };
    let mut crowd = Crowd::gather(arguments, links, plan);
    crowd.come_in().await?;
    crowd.connect(false);
    crowd.write();
    let editors = arguments.editors;
    let writing = PATIENCE + Duration::from_secs_f64(f64::from(arguments.edits) / OFFLINE_RATE);
    crowd
        .wait(Some(Instant::now() + writing), |all| {
            all[..editors].iter().all(|one| one.done_writing.get())
        })
        .await?;
    let back = Instant::now();
    crowd.connect(true);
    finish(crowd, &mut check, "offline-return", back).await
}

async fn finish(
    mut crowd: Crowd,
    check: &mut Check,
    mode: &'static str,
    back: Instant,
) -> Result<Findings, Failure> {
    let in_again = crowd.wait(Some(back + PATIENCE), all_joined).await?;
    let settled = crowd.drain(PATIENCE).await?;
    if !(in_again && settled) {
        crowd.complain();
    }
    let shared = Rc::clone(&crowd.shared);
    let told = crowd.leave().await?;
    check.take(&told);
    let (acknowledged, unacknowledged) = check.counts();
    let mut verdict = check.compare(&told).await?;
    // Once all are back nothing may be left without an answer.
    verdict.lost += unacknowledged;
    let milliseconds = |at: Instant| at.saturating_duration_since(back).as_secs_f64() * 1_000.0;
    let returned = told.iter().filter_map(|outcome| outcome.returned_at.last()).max();
    let converged = converged(&shared, &told, back);
    let after =
        Latencies::new(shared.began, &told, |input| input.at > back + Duration::from_secs(5));
    let found = Findings::new(mode, verdict)
        .with("editors", "editors", shared.plan.editors as f64)
        .with("followers", "followers", shared.plan.followers as f64)
        .with("edits", "edits", acknowledged as f64)
        .with("offline_edits", "edits without network", written_before(&told, back) as f64)
        .with(
            "commands",
            "commands that carried them",
            told.iter().map(|one| one.confirmed.len()).sum::<usize>() as f64,
        )
        .with(
            "back_in_ms",
            "all connected after the network is back, ms",
            returned.map_or(f64::INFINITY, |at| milliseconds(*at)),
        )
        .with(
            "converged_ms",
            "all show what was written without network, ms",
            converged.map_or(f64::INFINITY, milliseconds),
        );
    Ok(if after.most() > 0.0 {
        found.with("p99_after_ms", "p99 from 5 s after the return, ms", after.at(0.99))
    } else {
        found
    })
}

fn written_before(told: &[Outcome], back: Instant) -> usize {
    told.iter().flat_map(|outcome| &outcome.inputs).filter(|input| input.at <= back).count()
}

/// When the last client showed the last edit from before the network was back; none if some client
/// doesn't show it.
fn converged(shared: &Shared, told: &[Outcome], back: Instant) -> Option<Instant> {
    let mut last = back;
    for author in told {
        for input in author.inputs.iter().filter(|input| input.at <= back) {
            let seq = *author.confirmed.get(&input.command)?;
            for other in told {
                let at = shown(other, seq)?;
                last = last.max(shared.began + Duration::from_micros(u64::from(at)));
            }
        }
    }
    Some(last)
}
