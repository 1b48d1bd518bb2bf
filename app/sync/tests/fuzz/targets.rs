//! What is done with arbitrary bytes. A target panics when an invariant is broken, and returns the
//! number of values that it could read.

pub mod frames;
pub mod outbox;
pub mod patches;
pub mod reading;
pub mod snapshots;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::wire::{decode, encode};

/// A target: its name (a folder of the corpus), what it does, and its seeds.
pub struct Target {
    pub name: &'static str,
    pub check: fn(&[u8]) -> usize,
    pub seeds: fn() -> Vec<Vec<u8>>,
}

pub const ALL: [Target; 4] = [
    Target { name: "frames", check: frames::check, seeds: frames::seeds },
    Target { name: "patches", check: patches::check, seeds: patches::seeds },
    Target { name: "snapshots", check: snapshots::check, seeds: snapshots::seeds },
    Target { name: "outbox", check: outbox::check, seeds: outbox::seeds },
];

/// Separates the values of an input that has several.
const BETWEEN: &[u8] = b"\n|\n";

fn parts(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(end) = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        parts.push(&bytes[..end]);
        bytes = &bytes[end + BETWEEN.len()..];
    }
    parts.push(bytes);
    parts
}

/// A value that was read can be written, and reads back as the same.
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    assert_eq!(decode::<T>(&encode(value)).as_ref(), Ok(value), "in a frame");
}

/// The same in the log's form.
fn reads_back_from_the_log<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_vec(value).unwrap();
    assert_eq!(serde_json::from_slice::<T>(&json).ok().as_ref(), Some(value), "in the log");
}
