//! A steady room: all join, editors write for a while, edits in transit arrive, all report.

use std::rc::Rc;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::crowd::{Crowd, DRAINING};
use crate::failure::Failure;
use crate::links::Links;
use crate::plan::Plan;
use crate::process::Process;
use crate::report::Report;

/// Measures.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Report, Failure> {
    let server =
        arguments.pid.map_or_else(|| Process::listening(arguments.address), Process::by_id);
    let mut check = Check::begin(arguments, links).await?;
    let mut crowd = Crowd::gather(arguments, links, Plan::new(arguments));
    crowd.come_in().await?;

    let used_before = server.and_then(Process::clock_ticks);
    let from = crowd.write();
    crowd.pass(from + arguments.lasts).await?;
    let written_for = from.elapsed();
    let used = server
        .and_then(Process::clock_ticks)
        .zip(used_before)
        .map(|(after, before)| after.saturating_sub(before));
    // What hasn't arrived after that counts as lost.
    crowd.drain(DRAINING).await?;
    let resident_kib = server.and_then(Process::resident_kib);
    let shared = Rc::clone(&crowd.shared);
    let told = crowd.leave().await?;
    check.take(&told);
    let verdict = check.compare(&told).await?;

    // The kernel counts in hundredths of a second.
    let cpu_percent = used.map(|ticks| ticks as f64 / written_for.as_secs_f64());
    Ok(Report::new(&shared, &told, verdict, cpu_percent, resident_kib))
}
