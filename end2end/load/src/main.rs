//! The load tool: editors and followers that speak the real protocol through `sync`, on an open loop, and the time from each
//! input until every other client shows it.
//!
//! It measures; what the server promises is tested elsewhere. One thread drives all clients.

mod arguments;
mod client;
mod connect;
mod editor;
mod links;
mod process;
mod report;
mod run;

use std::io::Read;
use std::process::ExitCode;

use arguments::{Arguments, HELP, Order};

fn main() -> ExitCode {
    let arguments = match Arguments::parse(lexopt::Parser::from_env()) {
        Ok(Order::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Order::Run(arguments)) => arguments,
        Err(error) => {
            eprintln!("load: {error}\nload --help dice cómo se usa.");
            return ExitCode::from(2);
        }
    };
    let json = arguments.json;
    match measure(arguments) {
        Ok(report) => {
            println!("{}", if json { report.json() } else { report.sentence() });
            if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: Arguments) -> Result<report::Report, run::Failure> {
    let mut text = String::new();
    if arguments.links.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(&arguments.links)?;
    }
    let links = links::Links::parse(&text)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, run::run(arguments, links))
}
