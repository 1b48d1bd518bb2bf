//! TLS from certificate files, read again when they are renewed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_util::sync::CancellationToken;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Why files can't be used for TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file can't be read.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    /// A file has no certificate, or no key, in PEM.
    #[error("{}: {}", .0.display(), .1)]
    Pem(PathBuf, pem::Error),
    /// The key isn't the certificate's, or of an unknown kind.
    #[error(transparent)]
    Pair(#[from] rustls::Error),
}

/// A certificate with its chain, and its key.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Current>,
}

struct Current {
    acceptor: TlsAcceptor,
    /// When the files were changed that it was read from.
    changed: [Option<SystemTime>; 2],
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Tls {
    /// Reads a certificate with its chain, and its key, both PEM.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn from_files(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let current = RwLock::new(read(&certificate, &key)?);
        Ok(Self { certificate, key, current })
    }

    /// What accepts the next connection.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.current.read().unwrap_or_else(PoisonError::into_inner).acceptor.clone()
    }

    /// Reads the files again if they were changed. Returns whether they were. Connections that are
    /// open keep the certificate that they began with.
    ///
    /// # Errors
    /// [`TlsError`]; the certificate that was read before stays.
    pub fn renew(&self) -> Result<bool, TlsError> {
        let before = self.current.read().unwrap_or_else(PoisonError::into_inner).changed;
        if before == changed(&self.certificate, &self.key) {
            return Ok(false);
        }
        let renewed = read(&self.certificate, &self.key)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(true)
    }

    /// Renews it until the server ends.
    pub async fn keep_renewed(self: Arc<Self>, shutdown: CancellationToken) {
        let mut failed = false;
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = shutdown.cancelled() => return,
            }
            match self.renew() {
                Ok(_) => failed = false,
                // While one of the two files is written the other doesn't match yet.
                Err(_) if !failed => failed = true,
                Err(error) => {
                    tracing::warn!(%error, "the renewed certificate can't be used; the one before stays");
                }
            }
        }
    }
}

fn changed(certificate: &Path, key: &Path) -> [Option<SystemTime>; 2] {
    let at = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified()).ok();
    [at(certificate), at(key)]
}

fn read(certificate: &Path, key: &Path) -> Result<Current, TlsError> {
    let changed = changed(certificate, key);
    let bytes =
        |path: &Path| std::fs::read(path).map_err(|error| TlsError::File(path.to_owned(), error));
    let no_pem = |path: &Path| {
        let path = path.to_owned();
        move |error| TlsError::Pem(path, error)
    };
    let chain = CertificateDer::pem_slice_iter(&bytes(certificate)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(no_pem(certificate))?;
    if chain.is_empty() {
        return Err(TlsError::Pem(certificate.to_owned(), pem::Error::NoItemsFound));
    }
    let key = PrivateKeyDer::from_pem_slice(&bytes(key)?).map_err(no_pem(key))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Current { acceptor: TlsAcceptor::from(Arc::new(config)), changed })
}
