//! The result of a steady run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::Seq;
use serde::Serialize;

use crate::client::Shared;
use crate::editor::{Input, markers};
use crate::latency::Latencies;
use crate::outcome::Outcome;
use crate::record::Verdict;

/// The figures.
#[derive(Debug, Serialize)]
pub struct Report {
    editors: usize,
    followers: usize,
    seconds: f64,
    /// Inputs of the editors.
    edits: usize,
    /// Latency from an input until it is shown, over all edits and all other clients.
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    /// Inputs that weren't confirmed, or that some client doesn't show.
    lost: usize,
    /// Inputs that were shown twice, and events that nobody asked for.
    doubled: usize,
    /// Clients that in the end show something else than the first of their audience.
    diverged: usize,
    /// Including the frame's header, by follower; by editor when there are no followers.
    bytes_per_edit_receiver: f64,
    /// Of one core.
    server_cpu_percent: Option<f64>,
    server_rss_kib: Option<u64>,
    /// The slowest from hello to welcome.
    join_ms: f64,
}

impl Report {
    /// Combines the clients' reports and the final comparison.
    pub fn new(
        shared: &Shared,
        told: &[Outcome],
        verdict: Verdict,
        server_cpu_percent: Option<f64>,
        server_rss_kib: Option<u64>,
    ) -> Self {
        let times = Latencies::new(shared.began, told, |_| true);
        let edits: usize = told.iter().map(|outcome| outcome.inputs.len()).sum();
        let receivers: Vec<_> = told
            .iter()
            .filter(|outcome| outcome.is_editor == (shared.plan.followers == 0))
            .collect();
        let bytes: u64 = receivers.iter().map(|outcome| outcome.bytes).sum();
        Self {
            editors: shared.plan.editors,
            followers: shared.plan.followers,
            seconds: shared.arguments.lasts.as_secs_f64(),
            edits,
            p50_ms: times.at(0.5),
            p95_ms: times.at(0.95),
            p99_ms: times.at(0.99),
            max_ms: times.most(),
            // One fault may show in several ways; each is counted once.
            lost: (times.unseen + never_sent(told)).max(verdict.lost),
            doubled: doubled(told).max(verdict.doubled),
            diverged: diverged(told).max(verdict.diverged),
            bytes_per_edit_receiver: bytes as f64 / (edits * receivers.len()).max(1) as f64,
            server_cpu_percent,
            server_rss_kib,
            join_ms: told
                .iter()
                .map(|outcome| outcome.joined_in.as_secs_f64() * 1_000.0)
                .fold(0.0, f64::max),
        }
    }

    /// Whether nothing was lost, doubled or different.
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.diverged == 0
    }

    /// The report as one line of JSON.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("numbers are always JSON")
    }

    /// The report for people.
    pub fn sentence(&self) -> String {
        let unknown = || "?".to_owned();
        format!(
            "{} editors and {} followers, {} edits in {:.0} s: half are seen within {:.1} ms, 99 of 100 within {:.1} ms, the slowest \
             within {:.1} ms; {} lost, {} doubled, {} screens that differ; {:.1} bytes per edit and receiver; server: {} % of one \
             core, {} KiB; the slowest to come in, {:.1} ms.",
            self.editors,
            self.followers,
            self.edits,
            self.seconds,
            self.p50_ms,
            self.p99_ms,
            self.max_ms,
            self.lost,
            self.doubled,
            self.diverged,
            self.bytes_per_edit_receiver,
            self.server_cpu_percent.map_or_else(unknown, |percent| format!("{percent:.0}")),
            self.server_rss_kib.map_or_else(unknown, |kib| kib.to_string()),
            self.join_ms,
        )
    }
}

/// The witness, which counted the markers that it was sent: the last client, a follower if there
/// are any.
fn witness(told: &[Outcome]) -> Option<&Outcome> {
    told.iter().max_by_key(|outcome| outcome.markers.len())
}

/// Inputs that were confirmed although the witness was never sent their text. Of several inputs in
/// one command a later one may have deleted what an earlier one inserted; those aren't judged.
fn never_sent(told: &[Outcome]) -> usize {
    let Some(witness) = witness(told) else { return 0 };
    let others = told.iter().filter(|outcome| !std::ptr::eq(*outcome, witness));
    others
        .map(|outcome| {
            alone(outcome).filter(|input| !witness.markers.contains_key(&input.edit.marker)).count()
        })
        .sum()
}

/// The confirmed inputs that were the only one in their command.
fn alone(outcome: &Outcome) -> impl Iterator<Item = &Input> {
    let mut carried: HashMap<_, usize> = HashMap::new();
    for input in &outcome.inputs {
        *carried.entry(input.command).or_default() += 1;
    }
    outcome.inputs.iter().filter(move |input| {
        carried[&input.command] == 1 && outcome.confirmed.contains_key(&input.command)
    })
}

fn doubled(told: &[Outcome]) -> usize {
    let Some(witness) = witness(told) else { return 0 };
    let sent_twice = witness.markers.values().filter(|count| **count > 1).count();
    let mut stands: BTreeMap<&str, usize> = BTreeMap::new();
    for text in witness.state.deliberation.items.values().flat_map(|item| item.texts.values()) {
        for marker in markers(text).filter(|marker| witness.markers.contains_key(*marker)) {
            *stands.entry(marker).or_default() += 1;
        }
    }
    let stands_twice = stands.values().filter(|count| **count > 1).count();
    let seqs: BTreeSet<Seq> =
        told.iter().flat_map(|outcome| outcome.confirmed.values().copied()).collect();
    let confirmed: usize = told.iter().map(|outcome| outcome.confirmed.len()).sum();
    // One event for two commands would be as wrong as two for one.
    sent_twice.max(stands_twice).max(confirmed - seqs.len())
}

/// The number of clients that show something else than the first of their audience.
fn diverged(told: &[Outcome]) -> usize {
    let first = |is_editor| {
        told.iter().find(|outcome| outcome.is_editor == is_editor).map(|outcome| &outcome.state)
    };
    let firsts = [first(false), first(true)];
    told.iter()
        .filter(|outcome| firsts[usize::from(outcome.is_editor)] != Some(&outcome.state))
        .count()
}
