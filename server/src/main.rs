//! The binary `mesa`: reads the command, does it, says in Spanish what happened.

use std::process::ExitCode;

use server::cli::{self, Failure};
use server::logging;
use server::service::document::WORKER;

fn main() -> ExitCode {
    // Before anything else: a document's child has limits of its own, and no threads.
    if std::env::args_os().nth(1).is_some_and(|command| command == WORKER) {
        return match document::run_child(std::io::stdin().lock(), std::io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        };
    }
    run()
}

#[tokio::main]
async fn run() -> ExitCode {
    let filter = logging::filter(std::env::var("MESA_LOG").ok().as_deref());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let environment = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let command = match cli::parse(std::env::args_os().skip(1), environment) {
        Ok(command) => command,
        Err(misunderstood) => {
            eprintln!("mesa: {misunderstood}. La ayuda: mesa --help");
            return ExitCode::from(2);
        }
    };
    match cli::run(command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("mesa: {failure}");
            ExitCode::from(if matches!(failure, Failure::NotEmpty) { 3 } else { 1 })
        }
    }
}
