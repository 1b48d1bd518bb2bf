//! A server that this tool starts, kills and starts again.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::arguments::Arguments;
use crate::connect;
use crate::failure::Failure;

/// How long a server may take until it responds.
const PATIENCE: Duration = Duration::from_secs(30);
/// Interval between two requests while waiting for it.
const ASK_EVERY: Duration = Duration::from_millis(2);
/// A request that isn't answered within this time is repeated.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

/// A running server. It is killed when this is dropped.
pub struct Server {
    child: Child,
    command_line: String,
    /// From the start of the process to its first answer at `/healthz`.
    pub listening_after: Duration,
}

impl Server {
    /// Starts it with a shell command line, and waits until it responds.
    pub async fn start(arguments: &Arguments, command_line: &str) -> Result<Self, Failure> {
        let mut server = Self {
            child: spawn(command_line)?,
            command_line: command_line.to_owned(),
            listening_after: Duration::ZERO,
        };
        server.answers(arguments, Instant::now()).await?;
        Ok(server)
    }

    /// Kills it with SIGKILL and waits until it is gone.
    pub fn kill(&mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Starts it again after it was killed.
    pub async fn start_again(&mut self, arguments: &Arguments) -> Result<(), Failure> {
        let began = Instant::now();
        self.child = spawn(&self.command_line)?;
        self.answers(arguments, began).await
    }

    async fn answers(&mut self, arguments: &Arguments, began: Instant) -> Result<(), Failure> {
        while began.elapsed() < PATIENCE && self.child.try_wait()?.is_none() {
            if let Ok(Ok(_)) =
                timeout(ANSWER_WITHIN, connect::text(arguments, "/healthz", None)).await
            {
                self.listening_after = began.elapsed();
                return Ok(());
            }
            sleep(ASK_EVERY).await;
        }
        Err(Failure::Silent)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.kill();
    }
}

/// With `exec` the server replaces the shell's process, so that it is the server that is killed.
fn spawn(command_line: &str) -> Result<Child, Failure> {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("exec {command_line}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    Ok(command.spawn()?)
}
