//! A steady room as a part of other measurements.

use std::rc::Rc;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::crowd::{Crowd, DRAINING};
use crate::failure::Failure;
use crate::latency::Latencies;
use crate::links::Links;
use crate::plan::Plan;
use crate::record::Verdict;

/// A steady room. Edits that it doesn't show count as unseen, and as lost.
pub async fn room(
    arguments: &Rc<Arguments>,
    links: &Rc<Links>,
    first: usize,
    check: &mut Check,
) -> Result<(Latencies, Verdict), Failure> {
    let mut crowd = Crowd::gather(arguments, links, Plan { first, ..Plan::new(arguments) });
    let began = crowd.shared.began;
    crowd.come_in().await?;
    let from = crowd.write();
    crowd.pass(from + arguments.lasts).await?;
    crowd.drain(DRAINING).await?;
    let told = crowd.leave().await?;
    check.take(&told);
    let times = Latencies::new(began, &told, |_| true);
    let mut verdict = check.compare(&told).await?;
    verdict.lost += times.unseen;
    Ok((times, verdict))
}
