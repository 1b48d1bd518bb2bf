//! Letters by mail. What is to be sent is a job of the queue (`store`), whose data has ids alone: to
//! whom a letter goes and what it says is looked up when its turn comes, and a link that it carries
//! is made then.
//!
//! A worker (`worker.rs`) claims such jobs, also beside those of other nodes, and hands each letter to
//! the mail server of the [`configuration`] in steps (`session.rs`). That it is being handed over is
//! on disk before the text goes out, so that no crash sends anything twice: what nobody knows then
//! stays uncertain until a person decides. What a mail server refuses for good isn't tried again;
//! what it asks to be brought later is, and what can't be connected to waits.
//!
//! Without a configuration nothing is claimed. No address and no reply's words are logged.

mod address;
mod compose;
pub mod configuration;
mod fault;
mod file_name;
mod jobs;
mod message;
mod papers;
mod session;
mod standing;
mod worker;

use std::sync::Arc;

pub use address::{Address, judged};
pub use configuration::{Configuration, Pace, Password};
pub use fault::{kept, reason};
pub use file_name::FileName;
pub use jobs::{PLAN, PlanJob, RESET, ResetJob, TRIAL, TrialJob, plan_key, reset_key, trial_key};
pub use message::{Attachment, Letter, Parts};
pub use standing::delivery;
pub use worker::spawn;

use papers::Papers;
use standing::Standing;

/// What handlers and the worker share.
#[derive(Clone, Debug)]
pub struct Mail(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    configuration: Option<Configuration>,
    wake: tokio::sync::Notify,
    standing: Standing,
    papers: Papers,
}

impl Mail {
    /// Nothing was sent yet.
    pub fn new(configuration: Option<Configuration>) -> Self {
        Self(Arc::new(Shared {
            configuration,
            wake: tokio::sync::Notify::new(),
            standing: Standing::default(),
            papers: Papers::default(),
        }))
    }

    /// How letters are sent; none: they aren't.
    pub fn configuration(&self) -> Option<&Configuration> {
        self.0.configuration.as_ref()
    }

    /// How letters go out at this moment, by the clock of a zone.
    pub fn post(&self, zone: &str) -> app::page::mail::Post {
        match &self.0.configuration {
            None => app::page::mail::Post::Off,
            Some(_) => self.0.standing.post(zone),
        }
    }

    /// What failed last, the latest first, by the clock of a zone.
    pub fn failures(
        &self,
        zone: &str,
    ) -> Vec<(Option<app::page::prepare::Moment>, app::page::mail::Kind, app::page::mail::Fault)>
    {
        self.0.standing.failures(zone)
    }

    /// Somebody asked for a letter: the worker looks at once.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }
}
