//! A room that works while documents are set one after the other: how much longer a key takes until
//! everybody sees it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use tokio::time::Instant;

use crate::arguments::Arguments;
use crate::check::Check;
use crate::connect;
use crate::failure::Failure;
use crate::findings::Findings;
use crate::latency::{Latencies, median};
use crate::links::Links;
use crate::modes::room::room;
use crate::record::Verdict;

/// How often the room works without and with documents beside it, by turns.
const TURNS: usize = 3;

/// Measures. The documents are drafts: each is of another moment, so that each is set anew.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let facilitator = links.facilitator.as_ref().ok_or(Failure::NoSeats)?;
    let cookie = connect::sit_down(arguments, facilitator, 0).await?;
    let path = format!("/plan/{}/borrador.pdf", links.mesa_id.exercise);
    let mut check = Check::begin(arguments, links).await?;
    let (mut alone, mut beside, mut verdict) = (Vec::new(), Vec::new(), Verdict::default());
    let taken = Rc::new(RefCell::new(Vec::new()));
    for turn in 0..TURNS {
        let first = 2 * turn * arguments.editors;
        let (times, found) = room(arguments, links, first, &mut check).await?;
        verdict = verdict.and(found);
        alone.push(times);
        let (arguments, cookie) = (Rc::clone(arguments), cookie.clone());
        let sets = tokio::task::spawn_local(set_one_after_the_other(
            Rc::clone(&arguments),
            path.clone(),
            cookie,
            Rc::clone(&taken),
        ));
        let worked = room(&arguments, links, first + arguments.editors, &mut check).await;
        let failed = sets.is_finished();
        sets.abort();
        // It goes on until it is stopped, unless a document failed.
        if failed && let Ok(Err(error)) = sets.await {
            return Err(error);
        }
        let (times, found) = worked?;
        verdict = verdict.and(found);
        beside.push(times);
    }
    let taken = taken.take();
    let at =
        |times: &[Latencies], quantile| median(times.iter().map(|it| it.at(quantile)).collect());
    let (before, after) = (at(&alone, 0.99), at(&beside, 0.99));
    let documents = taken.len() as f64;
    let each = median(taken.iter().map(|time| time.as_secs_f64() * 1_000.0).collect());
    Ok(Findings::new("rendering", verdict)
        .with("p50_alone_ms", "p50 without documents, ms", at(&alone, 0.5))
        .with("p50_beside_ms", "p50 beside documents, ms", at(&beside, 0.5))
        .with("p99_alone_ms", "p99 without documents, ms", before)
        .with("p99_beside_ms", "p99 beside documents, ms", after)
        .with("ratio", "p99 beside them over p99 without", after / before)
        .with("documents", "documents set meanwhile", documents)
        .with("document_ms", "one of them, ms", each))
}

/// Asks for documents until it is stopped.
async fn set_one_after_the_other(
    arguments: Rc<Arguments>,
    path: String,
    cookie: String,
    taken: Rc<RefCell<Vec<Duration>>>,
) -> Result<(), Failure> {
    loop {
        let began = Instant::now();
        connect::weigh(&arguments, &path, Some(&cookie)).await?;
        taken.borrow_mut().push(began.elapsed());
    }
}
