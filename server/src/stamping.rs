//! Stamps of time (RFC 3161) of seals: a third party, whom the operator names, says when a seal was
//! there. That it is to be asked is a job of the queue, written with the seal; a worker (`worker.rs`)
//! asks until an answer holds (`stamp`), which is kept beside the sealed document and listed in the
//! public file of all seals. What is stamped is the SHA-256 of the seal, as it stands in the document.
//!
//! Asking twice does no harm, and keeping is done once: after a crash between the two another answer
//! comes. Without a configuration nothing is asked, and the jobs wait for one.

mod check;
mod client;
pub mod configuration;
mod jobs;
mod standing;
mod worker;

use std::sync::Arc;

use stamp::Authorities;
use tokio_rustls::TlsConnector;

pub use check::{Checked, check};
pub use configuration::{AuthorityFile, Configuration, Pace, authorities};
pub use jobs::{STAMP, StampJob, job, key};
pub(crate) use standing::{by, of};
pub use standing::{fault, stamped};
pub use worker::spawn;

/// The authority that is asked.
#[derive(Clone)]
pub struct Stamping(Arc<Shared>);

struct Shared {
    configuration: Configuration,
    authorities: Option<Authorities>,
    tls: TlsConnector,
}

impl std::fmt::Debug for Stamping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stamping").field(&self.0.configuration).finish()
    }
}

impl Stamping {
    /// Reads the certificates that a configuration names.
    ///
    /// # Errors
    /// [`AuthorityFile`].
    pub fn new(configuration: Configuration) -> Result<Self, AuthorityFile> {
        let authorities = configuration.authorities.as_deref().map(authorities).transpose()?;
        let tls = client::protected(authorities.as_ref());
        Ok(Self(Arc::new(Shared { configuration, authorities, tls })))
    }

    /// Whose word is trusted; none: nobody was named.
    pub fn authorities(&self) -> Option<&Authorities> {
        self.0.authorities.as_ref()
    }
}
