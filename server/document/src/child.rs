//! The child's side: one request in, one document out, under limits that the child sets on itself
//! before it reads anything large.
//!
//! Down: a line with [`Terms`] as JSON, then the request as JSON. Up: a line with an [`Outcome`] as
//! JSON, then the document.

use std::io::{BufRead, Read, Write};

use rustix::process::{Resource, Rlimit, nice, setrlimit};
use serde::{Deserialize, Serialize};

use crate::compile::Pdf;
use crate::failure::Failure;
use crate::fonts::Fonts;
use crate::request::Request;

/// How much lower than its parent's a child's priority is: typing goes first.
const LOWER_BY: i32 = 10;

/// Under which terms a child works.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Terms {
    /// Bytes of address space.
    pub memory_bytes: u64,
    /// Seconds of a processor's time; the parent has its own clock besides.
    pub cpu_seconds: u64,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The document follows.
    Set {
        /// Its pages.
        pages: usize,
        /// Its length in bytes.
        bytes: usize,
    },
    /// There is none.
    Failed(Failure),
}

/// Why a child didn't do its work. Its parent sees only that it ended.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// Reading or writing failed.
    #[error("a pipe failed")]
    Pipe(#[from] std::io::Error),
    /// What came isn't a request.
    #[error("the request can't be read")]
    Request(#[from] serde_json::Error),
    /// A limit couldn't be set.
    #[error("a limit can't be set")]
    Limit(#[from] rustix::io::Errno),
}

/// Reads one request and writes its document, as a process of its own that
/// [`Renderer`](crate::Renderer) started: it sets limits on the whole process and lowers its
/// priority.
///
/// # Errors
///
/// When the pipes break or what comes isn't a request. A document that can't be made isn't an error
/// here: the parent is told why.
pub fn run_child(mut input: impl BufRead, mut output: impl Write) -> Result<(), ChildError> {
    let mut line = String::new();
    input.by_ref().take(4096).read_line(&mut line)?;
    let terms: Terms = serde_json::from_str(&line)?;
    limit(Resource::As, terms.memory_bytes)?;
    limit(Resource::Cpu, terms.cpu_seconds)?;
    // A dying child has nothing to leave behind.
    limit(Resource::Core, 0)?;
    nice(LOWER_BY)?;
    let request: Request = serde_json::from_reader(input)?;
    let (outcome, document) = match request.set(&Fonts::embedded()) {
        Ok(Pdf { bytes, pages }) => (Outcome::Set { pages, bytes: bytes.len() }, bytes),
        Err(failure) => (Outcome::Failed(failure), Vec::new()),
    };
    serde_json::to_writer(&mut output, &outcome)?;
    output.write_all(b"\n")?;
    output.write_all(&document)?;
    output.flush()?;
    Ok(())
}

fn limit(resource: Resource, most: u64) -> Result<(), rustix::io::Errno> {
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}
