//! Many devices, a bad network, one server: whatever happens, all converge to the same mesa, every
//! accepted character is in it once, and every refused one is returned to its author.
//!
//! `MESA_SOAK=1` runs 100 000 histories; `MESA_SEED=n` only the one that failed.

#![allow(clippy::unwrap_used)]

mod device;
mod plan;
mod random;
mod runs;
mod server;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use world::{Tally, World};

/// Runs `count` histories, many more in the long variant, or only the one that `MESA_SEED` names.
fn run_seeds(name: &str, count: u64, mut run: impl FnMut(u64)) {
    let seed = std::env::var("MESA_SEED").ok().and_then(|seed| seed.parse().ok());
    let many = if std::env::var_os("MESA_SOAK").is_some() { 25 * count } else { count };
    for seed in seed.map_or(0..many, |seed: u64| seed..seed + 1) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| run(seed))) {
            eprintln!("the history of MESA_SEED={seed} ({name}) fails");
            resume_unwind(panic)
        }
    }
}

#[test]
fn whatever_the_network_does_everyone_ends_with_the_same_mesa() {
    let sum = run_many(4_000, false);
    assert!(sum.events > 20 && sum.typed > 0, "the histories are empty: {sum:?}");
    assert!(sum.behind > 0, "nobody fell behind: {sum:?}");
    assert!(
        sum.elsewhere > 0 || std::env::var_os("MESA_SEED").is_some(),
        "nobody wrote at the other mesa: {sum:?}"
    );
    // A plan comes to its end only in long histories.
    for (name, least) in [
        ("item_added", 100),
        ("text_patched", 100),
        ("assigned", 100),
        ("contributed", 100),
        ("hidden_set", 100),
        ("check_overridden", 100),
        ("override_withdrawn", 100),
        ("plan_frozen", 100),
        ("commitment_read_out", 100),
        ("conformity_asked", 100),
        ("conformity_stated", 100),
        ("conformity_closed", 20),
        ("signing_opened", 100),
        ("signing_pages_set", 100),
        ("signature_marked", 20),
        ("plan_sealed", 1),
        ("priority_opened", 100),
        ("priority_given", 100),
        ("priority_closed", 20),
        ("veil_drawn", 100),
        ("veiled_written", 100),
        ("veiled_withdrawn", 10),
        ("veil_lifted", 20),
    ] {
        let often = sum.entered.get(name).is_some_and(|times| *times >= least);
        assert!(often || std::env::var_os("MESA_SEED").is_some(), "hardly any {name}: {sum:?}");
    }
}

#[test]
fn what_was_acknowledged_comes_back_to_a_server_set_up_from_an_older_backup() {
    let sum = run_many(2_000, true);
    assert!(sum.restored > 100, "no backup was restored: {sum:?}");
}

fn run_many(count: u64, backups: bool) -> Tally {
    let mut sum = Tally::default();
    run_seeds(if backups { "backups" } else { "network" }, count, |seed| {
        let steps = 40 + usize::try_from(seed % 7).unwrap() * 60;
        let tally = World::new(seed, backups).run(steps);
        sum.events += tally.events;
        sum.typed += tally.typed;
        sum.elsewhere += tally.elsewhere;
        sum.refused += tally.refused;
        sum.restored += tally.restored;
        sum.behind += tally.behind;
        for (name, times) in tally.entered {
            *sum.entered.entry(name).or_default() += times;
        }
    });
    println!("{sum:?}");
    sum
}
