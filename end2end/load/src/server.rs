//! A server that this tool starts, kills and starts again.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::arguments::Arguments;
use crate::connect;
use crate::failure::Failure;

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pause between two questions whether it does.
const ASK_EVERY: Duration = Duration::from_millis(2);
/// A question that isn't answered by then is asked again.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

/// A running server. It is killed when this is dropped.
pub struct Server {
    child: Child,
    order: String,
    /// From the start of the process to its first answer at `/healthz`.
    pub listening_after: Duration,
}

impl Server {
    /// Starts it with an order for the shell, and waits until it answers.
    pub async fn start(arguments: &Arguments, order: &str) -> Result<Self, Failure> {
        let mut server =
            Self { child: spawn(order)?, order: order.to_owned(), listening_after: Duration::ZERO };
        server.answers(arguments, Instant::now()).await?;
        Ok(server)
    }

    /// Kills it with SIGKILL and waits until it is gone.
    pub fn kill(&mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Starts it anew, once it was killed.
    pub async fn start_again(&mut self, arguments: &Arguments) -> Result<(), Failure> {
        let began = Instant::now();
        self.child = spawn(&self.order)?;
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
        // Gone already, or not to be left behind.
        let _ = self.kill();
    }
}

/// The shell's place is taken by the last program of the order, so that it is the one that is
/// killed.
fn spawn(order: &str) -> Result<Child, Failure> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("exec {order}")]).stdin(Stdio::null()).stdout(Stdio::null());
    Ok(command.spawn()?)
}
