//! A client's progress, and its report at the end.

use std::cell::Cell;
use std::collections::HashMap;
use std::time::Duration;

use domain::{CommandId, Mesa, Rejection, Seq};
use tokio::time::Instant;

use crate::editor::Input;
use crate::texts::{self, Texts};

/// A client's progress, for whoever waits for all of them.
#[derive(Debug, Default)]
pub struct Progress {
    /// Whether its connection is open and it has caught up.
    pub joined: Cell<bool>,
    /// Whether its connection ended too early.
    pub gone: Cell<bool>,
    /// The last event that it shows.
    pub seq: Cell<Seq>,
    /// Its commands without an answer.
    pub unanswered: Cell<usize>,
    /// Whether it has noticed that the writing is over: everything that it wrote is counted in
    /// `unanswered`.
    pub done_writing: Cell<bool>,
}

/// A client's report.
pub struct Outcome {
    /// Its number in its crowd, from 0.
    pub number: usize,
    /// Whether it is an editor.
    pub is_editor: bool,
    /// From its hello to its welcome.
    pub joined_in: Duration,
    /// When a command of its own was first answered.
    pub answered_at: Option<Instant>,
    /// When it had joined again, for each time that its connection broke.
    pub returned_at: Vec<Instant>,
    /// The seq that it joined at.
    pub base: Seq,
    /// When it showed each event after `base`, in µs since the beginning.
    pub arrivals: Vec<u32>,
    /// Bytes received since the writing began.
    pub bytes: u64,
    /// What it wrote.
    pub inputs: Vec<Input>,
    /// The events that its commands became.
    pub confirmed: HashMap<CommandId, Seq>,
    /// Why a command of its was refused, if one was.
    pub refused: Option<Rejection>,
    /// How often it was sent each marker; only for the witness.
    pub markers: HashMap<String, u32>,
    /// Whether its connection ended too early.
    pub gone: bool,
    /// The state that it shows in the end.
    pub state: Mesa,
}

impl Outcome {
    /// The texts that groups edit, as it shows them.
    pub fn texts(&self) -> Texts {
        texts::contents(&self.state)
    }
}
