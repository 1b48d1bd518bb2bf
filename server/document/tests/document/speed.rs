//! How long a document takes, as the server makes it: a child process each. `make bench` runs it
//! (`MODES=document`) and reads the line that it prints.

use std::time::{Duration, Instant};

use document::*;

use crate::{children, sample};

/// Renderings whose median counts.
const ROUNDS: usize = 9;
/// Most ms that the large plan may take.
const LIMIT: f64 = 500.0;

/// Eight commitments with five activities each, signed by sixteen.
fn large(round: usize) -> Request {
    let mut plan = sample::with_commitments(8, 5);
    plan.signers = (1..=16).map(sample::signer).collect();
    // Another document each time: nothing is shared.
    plan.commitments[0].title = format!("Sigue tu uniforme, ronda {round}");
    Request::Pal(Box::new(plan))
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1_000.0
}

#[tokio::test]
#[ignore = "measures; part of make bench"]
async fn a_large_plan_takes_less_than_half_a_second() {
    let renderer = Renderer::new(children::workshop());
    let (mut plans, mut blanks, mut here, mut pages) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let fonts = Fonts::embedded();
    // By turns, so that whatever else the machine does slows both. The first of each warms up.
    for round in 0..=ROUNDS {
        let began = Instant::now();
        pages = renderer.render(&large(round)).await.unwrap().pages;
        plans.push(began.elapsed());
        let began = Instant::now();
        assert_eq!(renderer.render(&Request::Blank).await.unwrap().pages, 1);
        blanks.push(began.elapsed());
        let began = Instant::now();
        large(round).set(&fonts).unwrap();
        here.push(began.elapsed());
    }
    let [plan, blank, here] = [plans, blanks, here].map(|times| median(times[1..].to_vec()));
    println!(
        r#"{{"plan_ms":{plan:.1},"blank_ms":{blank:.1},"ratio":{:.1},"process_ms":{here:.1},"pages":{pages}}}"#,
        plan / blank
    );
    assert!(plan <= LIMIT, "{plan} ms");
}
