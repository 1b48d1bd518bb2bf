//! The binary `mesa`: reads the command, does it, says in Spanish what happened.

use std::process::ExitCode;

use server::cli::{self, Failure};
use server::logging;

#[tokio::main]
async fn main() -> ExitCode {
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
