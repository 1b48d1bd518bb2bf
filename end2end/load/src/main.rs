//! The load tool: editors and followers that speak the real protocol through `sync`, in an open
//! loop, and the latency from each input until every other client shows it. Also accidents: a storm
//! of joins, a room without network, a killed server.
//!
//! It measures; what the server promises is tested elsewhere. One thread drives all clients.

mod arguments;
mod bare;
mod check;
mod client;
mod clock;
mod connect;
mod crowd;
mod editor;
mod failure;
mod findings;
mod fresh;
mod latency;
mod light;
mod link;
mod links;
mod modes;
mod outcome;
mod plan;
mod process;
mod random;
mod record;
mod report;
mod server;
mod texts;

use std::io::Read;
use std::process::ExitCode;
use std::rc::Rc;

use arguments::{Arguments, HELP, Invocation, Mode};
use failure::Failure;
use findings::Findings;
use modes::{
    followers, furnish, history, join_storm, kill, offline, rendering, slow_readers, steady,
};
use report::Report;

/// The result of a run.
enum Found {
    Steady(Report),
    Other(Findings),
}

impl Found {
    fn is_clean(&self) -> bool {
        match self {
            Self::Steady(report) => report.is_clean(),
            Self::Other(findings) => findings.is_clean(),
        }
    }

    fn told(&self, json: bool) -> String {
        match self {
            Self::Steady(report) if json => report.json(),
            Self::Steady(report) => report.sentence(),
            Self::Other(findings) if json => findings.json(),
            Self::Other(findings) => findings.sentence(),
        }
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::parse(lexopt::Parser::from_env()) {
        Ok(Invocation::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Invocation::Run(arguments)) => arguments,
        Err(error) => {
            eprintln!("load: {error}\nload --help says how it is used.");
            return ExitCode::from(2);
        }
    };
    let json = arguments.json;
    match measure(*arguments) {
        Ok(found) => {
            println!("{}", found.told(json));
            if found.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: Arguments) -> Result<Found, Failure> {
    let mut text = String::new();
    if arguments.links.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(&arguments.links)?;
    }
    let links = Rc::new(links::Links::parse(&text)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let arguments = Rc::new(arguments);
    let run = async {
        match arguments.mode {
            Mode::Steady => return steady::run(&arguments, &links).await.map(Found::Steady),
            Mode::JoinStorm => join_storm::run(&arguments, &links).await,
            Mode::OfflineRoom => offline::room(&arguments, &links).await,
            Mode::OfflineReturn => offline::many_edits(&arguments, &links).await,
            Mode::History => history::run(&arguments, &links).await,
            Mode::Kill => kill::run(&arguments, &links).await,
            Mode::Followers => followers::run(&arguments, &links).await,
            Mode::Furnish => furnish::run(&arguments, &links).await,
            Mode::Rendering => rendering::run(&arguments, &links).await,
            Mode::SlowReaders => slow_readers::run(&arguments, &links).await,
        }
        .map(Found::Other)
    };
    tokio::task::LocalSet::new().block_on(&runtime, run)
}
