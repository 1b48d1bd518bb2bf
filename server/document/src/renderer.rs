//! The parent's side: documents are set in child processes, few at a time, with limits on memory
//! and time, so that no document slows or ends the server.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::{Semaphore, watch};

use crate::child::{Outcome, Terms};
use crate::compile::Pdf;
use crate::failure::Failure;
use crate::request::Request;

/// How documents are made by children.
#[derive(Debug, Clone)]
pub struct Workshop {
    /// The program that calls [`run_child`](crate::run_child) on its standard input and output.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Bytes of address space that a child may take. Threads and faces count: not below 512 MiB.
    pub memory_bytes: u64,
    /// How long a child may take, from its start.
    pub time: Duration,
    /// How many children run at once.
    pub at_once: usize,
    /// How many different documents may be under way or wait; what comes then is turned away.
    pub most: usize,
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// Too many others are waiting; to be tried again later.
    #[error("too many documents are waiting")]
    Busy,
    /// It took too long.
    #[error("the document took too long")]
    TimedOut,
    /// The child ended without an answer, as it does when its memory is used up.
    #[error("the child ended without an answer ({status}): {said}")]
    Died {
        /// How it ended.
        status: String,
        /// The end of what it wrote to standard error.
        said: String,
    },
    /// The child couldn't be started, or its answer not be read.
    #[error("the child can't be used: {0}")]
    Unusable(String),
    /// The document can't be made.
    #[error(transparent)]
    Failed(#[from] Failure),
}

type Answer = Result<Arc<Pdf>, RenderError>;
type Flights = Arc<Mutex<HashMap<[u8; 32], watch::Receiver<Option<Answer>>>>>;

/// Makes documents, each once for all who ask for it at the same time.
#[derive(Debug, Clone)]
pub struct Renderer {
    workshop: Arc<Workshop>,
    places: Arc<Semaphore>,
    flights: Flights,
}

impl Renderer {
    /// With these limits; nothing is started yet.
    pub fn new(workshop: Workshop) -> Renderer {
        let places = Arc::new(Semaphore::new(workshop.at_once.max(1)));
        Renderer { workshop: Arc::new(workshop), places, flights: Flights::default() }
    }

    /// The document. Who asks for the same one while it is being made gets the same; it goes on
    /// being made when whoever asked first goes away.
    ///
    /// # Errors
    ///
    /// [`RenderError::Busy`] at once when too many wait; otherwise what went wrong.
    pub async fn render(&self, request: &Request) -> Result<Arc<Pdf>, RenderError> {
        let (bytes, digest) =
            request.encoded().map_err(|error| RenderError::Unusable(error.to_string()))?;
        let mut answer = self.join(bytes, digest)?;
        let settled = answer
            .wait_for(Option::is_some)
            .await
            .map_err(|_| RenderError::Unusable("it was given up".to_owned()))?;
        settled.clone().unwrap_or(Err(RenderError::Busy))
    }

    /// Joins whoever is waiting for the same document, or begins it.
    fn join(
        &self,
        request: Vec<u8>,
        digest: [u8; 32],
    ) -> Result<watch::Receiver<Option<Answer>>, RenderError> {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = flights.get(&digest) {
            return Ok(flight.clone());
        }
        if flights.len() >= self.workshop.most.max(1) {
            return Err(RenderError::Busy);
        }
        let (tell, answer) = watch::channel(None);
        flights.insert(digest, answer.clone());
        drop(flights);
        let landing = Landing { flights: self.flights.clone(), digest };
        let (workshop, places) = (self.workshop.clone(), self.places.clone());
        tokio::spawn(async move {
            let place = places.acquire_owned().await;
            let made = workshop.make(&request).await;
            drop(place);
            // Off the list before it is told, so that nobody joins what is over.
            drop(landing);
            tell.send_replace(Some(made.map(Arc::new)));
        });
        Ok(answer)
    }
}

/// Takes a flight off the list, also when its task is given up.
struct Landing {
    flights: Flights,
    digest: [u8; 32],
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.digest);
    }
}

impl Workshop {
    async fn make(&self, request: &[u8]) -> Result<Pdf, RenderError> {
        let unusable = |error: &dyn std::fmt::Display| RenderError::Unusable(error.to_string());
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            // Nothing that the server was told reaches it.
            .env_clear()
            // One thread a document: a second one would only take a core from the mesas.
            .env("RAYON_NUM_THREADS", "1")
            // An arena for each thread would count as memory that nobody uses.
            .env("MALLOC_ARENA_MAX", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| unusable(&error))?;
        let (Some(mut input), Some(mut output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(RenderError::Unusable("it has no pipes".to_owned()));
        };
        let terms = Terms { memory_bytes: self.memory_bytes, cpu_seconds: self.time.as_secs() + 1 };
        let mut head = serde_json::to_vec(&terms).map_err(|error| unusable(&error))?;
        head.push(b'\n');
        let work = async {
            let tell = async {
                // A child that ends early is seen by its answer, or by the lack of one.
                _ = input.write_all(&head).await;
                _ = input.write_all(request).await;
                drop(input);
            };
            let (mut answer, mut said) = (Vec::new(), Vec::new());
            let mut errors = errors.take(4096);
            let (_, heard, _) =
                tokio::join!(tell, output.read_to_end(&mut answer), errors.read_to_end(&mut said));
            heard.map_err(|error| unusable(&error))?;
            let status = child.wait().await.map_err(|error| unusable(&error))?;
            read(answer).ok_or_else(|| RenderError::Died {
                status: status.to_string(),
                said: String::from_utf8_lossy(&said).trim().to_owned(),
            })?
        };
        // What is dropped here is killed.
        tokio::time::timeout(self.time, work).await.unwrap_or(Err(RenderError::TimedOut))
    }
}

/// The document, or why there is none; nothing when the answer isn't whole.
fn read(mut answer: Vec<u8>) -> Option<Result<Pdf, RenderError>> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    match serde_json::from_slice(&answer[..end]).ok()? {
        Outcome::Failed(failure) => Some(Err(failure.into())),
        Outcome::Set { pages, bytes } => {
            answer.drain(..=end);
            (answer.len() == bytes).then_some(Ok(Pdf { bytes: answer, pages }))
        }
    }
}
