//! A room's phones that all arrive within a few seconds: each takes its seat, loads the page and
//! the program, opens its socket and begins to write. A phone is usable once its first edit is
//! acknowledged.

use std::rc::Rc;
use std::time::Duration;

use hdrhistogram::Histogram;
use tokio::time::Instant;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::client::Shared;
use crate::connect;
use crate::crowd::{Crowd, DRAINING, all_joined};
use crate::failure::Failure;
use crate::findings::Findings;
use crate::links::Links;
use crate::outcome::Outcome;
use crate::plan::Plan;

/// The time over which they arrive.
const ARRIVING: Duration = Duration::from_secs(10);
/// How long the last may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let mut check = Check::begin(arguments, links).await?;
    let (pages, weight) = pages(arguments, links).await?;
    let plan = Plan { followers: 0, arriving: Some(ARRIVING), pages, ..Plan::new(arguments) };
    let mut crowd = Crowd::gather(arguments, links, plan);
    let shared = Rc::clone(&crowd.shared);
    let last = shared.began + ARRIVING;
    crowd.write();
    if !crowd.wait(Some(last + PATIENCE), all_joined).await? {
        return Err(Failure::Late("everybody coming in"));
    }
    // A few more edits of each, once all have joined.
    crowd.pass(last.max(Instant::now()) + Duration::from_secs(3)).await?;
    crowd.drain(DRAINING).await?;
    let told = crowd.leave().await?;
    check.take(&told);
    let verdict = check.compare(&told).await?;

    let since_last = |at: Instant| at.saturating_duration_since(last).as_secs_f64() * 1_000.0;
    let usable = told
        .iter()
        .map(|outcome| outcome.answered_at)
        .collect::<Option<Vec<_>>>()
        .and_then(|all| all.into_iter().max());
    let times = from_arrival(&shared, &told);
    Ok(Findings::new("join-storm", verdict)
        .with("phones", "phones", told.len() as f64)
        .with("page_kib", "page and program, KiB per phone", weight as f64 / 1_024.0)
        .with(
            "usable_after_last_ms",
            "all can write after the last one comes, ms",
            usable.map_or(f64::INFINITY, since_last),
        )
        .with("usable_p50_ms", "from coming to the first edit kept, p50, ms", at(&times, 0.5))
        .with("usable_max_ms", "from coming to the first edit kept, most, ms", at(&times, 1.0)))
}

/// What a phone loads: its page, and the site's files that the page names; and the number of bytes.
/// A phone of its own asks for it.
async fn pages(arguments: &Arguments, links: &Links) -> Result<(Vec<String>, usize), Failure> {
    let seat = links.seats.first().ok_or(Failure::NoSeats)?;
    let cookie = connect::sit_down(arguments, seat, 0).await?;
    let page = format!("/ejercicio/{}", links.mesa_id);
    let mut paths = site_paths(&connect::text(arguments, &page, Some(&cookie)).await?);
    paths.insert(0, page);
    let mut weight = 0;
    for path in &paths {
        weight += connect::weigh(arguments, path, Some(&cookie)).await?;
    }
    Ok((paths, weight))
}

/// The site's files that a page names, without repeats.
fn site_paths(page: &str) -> Vec<String> {
    let quoted = page.split('"').filter(|part| part.starts_with("/pkg/"));
    let mut paths: Vec<_> = quoted.map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// From each planned arrival until the first edit was answered, in µs. It counts from the plan, so
/// that waiting to join is included.
fn from_arrival(shared: &Shared, told: &[Outcome]) -> Histogram<u64> {
    let mut times = Histogram::new_with_bounds(1, 600_000_000, 3).expect("the bounds are in order");
    for outcome in told {
        if let Some(at) = outcome.answered_at {
            let came = shared.plan.arrives(outcome.number, shared.began);
            times.saturating_record(
                u64::try_from(at.saturating_duration_since(came).as_micros()).unwrap_or(u64::MAX),
            );
        }
    }
    times
}

fn at(times: &Histogram<u64>, quantile: f64) -> f64 {
    times.value_at_quantile(quantile) as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_s_files_are_found_once() {
        let page = r#"<link href="/pkg/a.css"><script src="/pkg/b.js"></script><link href="/pkg/b.js"><a href="/ejercicio/x">"#;
        assert_eq!(site_paths(page), ["/pkg/a.css", "/pkg/b.js"]);
    }
}
