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
//! An exercise sends by its own mail server, which is set on a page of its preparation, or else by the
//! operator's. The letters of one that has neither aren't claimed. No address and no reply's words are
//! logged.

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

use app::page::mail::{Fault, Kind, Post};
use app::page::prepare::Moment;
use domain::StreamId;
use store::{Store, StoreError};

pub use address::{Address, judged};
pub use configuration::{Configuration, Pace, Password};
pub use fault::{kept, reason};
pub use file_name::FileName;
pub use jobs::{
    PACK, PLAN, PackJob, PlanJob, REMINDER, RESET, ReminderJob, ResetJob, TRIAL, TrialJob,
    pack_key, plan_key, reminder_key, reset_key, trial_key,
};
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
    /// The operator's.
    configuration: Option<Configuration>,
    wake: tokio::sync::Notify,
    standing: Standing,
    papers: Papers,
}

/// Whose mail server it is: an exercise's own, or the operator's.
type Owner = Option<StreamId>;

impl Mail {
    /// Nothing was sent yet; the configuration is the operator's.
    pub fn new(configuration: Option<Configuration>) -> Self {
        Self(Arc::new(Shared {
            configuration,
            wake: tokio::sync::Notify::new(),
            standing: Standing::default(),
            papers: Papers::default(),
        }))
    }

    /// How the letters of an exercise are sent, and whether that is by its own mail server; none:
    /// they aren't.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn of(
        &self,
        store: &Store,
        stream: StreamId,
    ) -> Result<Option<(Configuration, bool)>, StoreError> {
        let operators = || self.0.configuration.clone().map(|configuration| (configuration, false));
        let own = store.mail_server(stream).await?;
        let own = own.and_then(|own| self.own(&own)).map(|own| (own, true));
        Ok(own.or_else(operators))
    }

    /// An exercise's own mail server: as patient as the operator's, and trusting whom that trusts.
    fn own(&self, server: &store::MailServer) -> Option<Configuration> {
        let operators = self.0.configuration.as_ref();
        let read = Configuration::of(
            server,
            operators.and_then(|configuration| configuration.authority.clone()),
            self.pace(),
            operators.map_or(configuration::ATTACHED, |configuration| configuration.attached),
        );
        if read.is_none() {
            tracing::error!("the mail server of an exercise can't be read");
        }
        read
    }

    /// How patiently letters are sent.
    fn pace(&self) -> Pace {
        self.0.configuration.as_ref().map_or_else(Pace::default, |configuration| configuration.pace)
    }

    /// Whether letters of any exercise are sent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sends(&self, store: &Store) -> Result<bool, StoreError> {
        Ok(self.0.configuration.is_some() || store.has_mail_servers().await?)
    }

    /// How the letters of an exercise go out at this moment, by the clock of a zone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn post(
        &self,
        store: &Store,
        stream: StreamId,
        zone: &str,
    ) -> Result<Post, StoreError> {
        Ok(match self.of(store, stream).await? {
            None => Post::Off,
            Some((_, own)) => self.0.standing.post(own.then_some(stream), zone),
        })
    }

    /// What of an exercise's letters failed last, the latest first, by the clock of a zone.
    pub fn failures(&self, stream: StreamId, zone: &str) -> Vec<(Option<Moment>, Kind, Fault)> {
        self.0.standing.failures(stream, zone)
    }

    /// Another mail server was set for an exercise: what was known of the one before doesn't count.
    pub fn changed(&self, stream: StreamId) {
        self.0.standing.up(Some(stream));
        self.wake();
    }

    /// Somebody asked for a letter: the worker looks at once.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }
}
