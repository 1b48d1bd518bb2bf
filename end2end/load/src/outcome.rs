//! How far a client is, and what it has to tell in the end.

use std::cell::Cell;
use std::collections::HashMap;
use std::time::Duration;

use domain::{CommandId, Mesa, Rejection, Seq};
use tokio::time::Instant;

use crate::editor::Input;
use crate::texts::{self, Texts};

/// How far a client is, for who waits for all of them.
#[derive(Debug, Default)]
pub struct Progress {
    /// Whether its connection stands and everything missed is in.
    pub joined: Cell<bool>,
    /// Whether its connection ended before its time.
    pub gone: Cell<bool>,
    /// The last event that it shows.
    pub seq: Cell<Seq>,
    /// Its commands without an answer.
    pub unanswered: Cell<usize>,
    /// It was told to write no more, and won't: what it wrote until then is counted in
    /// `unanswered`.
    pub done_writing: Cell<bool>,
}

/// What a client has to tell in the end.
pub struct Outcome {
    /// Its number in its crowd, from 0.
    pub number: usize,
    /// Whether it is an editor.
    pub is_editor: bool,
    /// From its hello to its welcome.
    pub joined_in: Duration,
    /// When a command of its was first answered.
    pub answered_at: Option<Instant>,
    /// When it was in again, each time that its connection had broken.
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
    /// How often it was sent each marker, if it is the witness.
    pub markers: HashMap<String, u32>,
    /// Whether its connection ended before its time.
    pub gone: bool,
    /// What it shows in the end.
    pub state: Mesa,
}

impl Outcome {
    /// What the texts that groups edit say on its screen.
    pub fn texts(&self) -> Texts {
        texts::contents(&self.state)
    }
}
