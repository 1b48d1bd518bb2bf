//! The targets under libFuzzer, which keeps every input that reaches new code: `MESA_FUZZ` names
//! the target, and `MESA_FUZZ_SEEDS` the folder for seeds of real values. `end2end/scripts/fuzz.sh`
//! builds and runs it.

#![no_main]
#![allow(clippy::unwrap_used)]

mod seeds;
mod targets;

use std::path::PathBuf;
use std::sync::OnceLock;

static CHECK: OnceLock<fn(&[u8]) -> usize> = OnceLock::new();

fn start() {
    let name = std::env::var("MESA_FUZZ").unwrap();
    let target = targets::ALL.iter().find(|target| target.name == name).unwrap();
    if let Some(folder) = std::env::var_os("MESA_FUZZ_SEEDS").map(PathBuf::from) {
        for (number, seed) in (0..).zip((target.seeds)()) {
            std::fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
        }
    }
    CHECK.set(target.check).unwrap();
}

libfuzzer_sys::fuzz_target!(init: start(), |bytes: &[u8]| {
    CHECK.get().unwrap()(bytes);
});
