//! The child alone: what the server runs as a hidden command of its own, for tests and
//! measurements.

use std::io::{stdin, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    match document::run_child(stdin().lock(), stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}: {:?}", error);
            ExitCode::FAILURE
        }
    }
}
