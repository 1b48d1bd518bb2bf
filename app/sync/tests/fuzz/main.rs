//! Untrusted bytes: frames, patches, snapshots, and what a browser kept. Whatever they are, nothing
//! panics, nothing takes unbounded memory, and valid parts are read.
//!
//! Here as plain tests: the corpus (inputs that reach what others don't, and every one that once
//! failed) and mutations of it. `MESA_SOAK=1` tries many more, `MESA_SEED=n` only the one that
//! failed. `engine.rs` looks for new ones, guided by coverage; `make soak` runs both.

#![allow(clippy::unwrap_used)]

mod mutate;
#[path = "../convergence/random.rs"]
mod random;
mod seeds;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use domain::Patch;
use domain::text::patch::{Step, Tie};
use random::Random;
use sync::wire::encode;
use targets::{ALL, Target, patches};

fn corpus(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target.name);
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect()
}

fn passes(target: &Target, bytes: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| (target.check)(bytes))).is_ok()
}

#[test]
fn the_corpus_holds() {
    let mut failed = Vec::new();
    for target in &ALL {
        let corpus = corpus(target);
        assert!(!corpus.is_empty(), "no corpus for {}", target.name);
        for (path, bytes) in corpus {
            if !passes(target, &bytes) {
                failed.push(path);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:?} fail");
}

#[test]
fn real_values_are_read_and_hold() {
    for target in &ALL {
        let seeds = (target.seeds)();
        let read = seeds.iter().filter(|seed| (target.check)(seed) > 0).count();
        // Of the outbox's one is of another kind.
        assert!(
            read + 1 >= seeds.len(),
            "{}: only {read} of {} are read",
            target.name,
            seeds.len()
        );
    }
}

/// Changes of a long text in so many places that each of them conflicts with the other's: too long
/// for a corpus.
fn long(places: u32) -> Vec<Vec<u8>> {
    let text = "a b ".repeat(places as usize);
    let everywhere =
        |steps: &[Step]| Patch::try_from(vec![steps; places as usize].concat()).unwrap();
    let words =
        everywhere(&[Step::Retain(2), Step::Insert("x ".to_owned(), Tie::Free), Step::Retain(2)]);
    let deletions = everywhere(&[Step::Delete(3), Step::Retain(1)]);
    let others =
        everywhere(&[Step::Insert("y".to_owned(), Tie::Free), Step::Delete(1), Step::Retain(3)]);
    let pairs =
        [(&words, &deletions), (&deletions, &words), (&words, &others), (&others, &deletions)];
    pairs.map(|(one, two)| encode(&(&text, one, two))).to_vec()
}

#[test]
fn changes_of_the_longest_texts_stay_readable() {
    for places in [100, 650] {
        for input in long(places) {
            assert_eq!(patches::check(&input), 1);
        }
    }
}

fn damaged(name: &str, count: u64) {
    let target = ALL.iter().find(|target| target.name == name).unwrap();
    let mut all = (target.seeds)();
    all.extend(corpus(target).into_iter().map(|(_, bytes)| bytes));
    let seed = std::env::var("MESA_SEED").ok().and_then(|seed| seed.parse().ok());
    let many = if std::env::var_os("MESA_SOAK").is_some() { 100 * count } else { count };
    let mut read = 0;
    for seed in seed.map_or(0..many, |seed: u64| seed..seed + 1) {
        let input = mutate::mutated(&mut Random::new(seed), &all);
        match catch_unwind(AssertUnwindSafe(|| (target.check)(&input))) {
            Ok(values) => read += u64::from(values > 0),
            Err(_) => {
                let small = mutate::minimised(input, |bytes| !passes(target, bytes));
                let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{seed}"));
                std::fs::write(&path, &small).unwrap();
                panic!(
                    "MESA_SEED={seed}: {} bytes fail, for the corpus of {name}: {}",
                    small.len(),
                    path.display()
                );
            }
        }
    }
    println!("{name}: {read} of {many} could be read");
    assert!(seed.is_some() || read > many / 40, "hardly any of what is tried can be read");
}

#[test]
fn damaged_frames_hold() {
    damaged("frames", 5_000);
}

#[test]
fn damaged_patches_hold() {
    damaged("patches", 10_000);
}

#[test]
fn damaged_snapshots_hold() {
    damaged("snapshots", 4_000);
}

#[test]
fn a_damaged_outbox_holds() {
    damaged("outbox", 3_000);
}
