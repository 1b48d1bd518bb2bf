//! A run, what a person types without moving the caret, stays together, whatever the network does
//! and whoever writes at the same place: a few people in one text, each in an editor, each letter
//! known by the run that it was typed in.

mod writers;

use writers::{Kind, Writers};

use crate::run_seeds;

#[test]
fn what_is_typed_in_one_go_stays_together() {
    let mut letters = 0;
    run_seeds("runs", 6_000, |seed| letters += Writers::new(seed, Kind::Connected).run());
    assert!(
        letters > 10 || std::env::var_os("MESA_SEED").is_some(),
        "hardly anything was typed: {letters}"
    );
}

#[test]
fn what_was_typed_in_one_go_stays_together_through_broken_connections_and_reloads() {
    run_seeds("broken runs", 4_000, |seed| {
        Writers::new(seed, Kind::Broken).run();
    });
}

#[test]
fn what_was_typed_in_one_go_comes_back_together_to_a_server_set_up_from_an_older_backup() {
    run_seeds("restored runs", 3_000, |seed| {
        Writers::new(seed, Kind::Restored).run();
    });
}
