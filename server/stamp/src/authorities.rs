//! The certificates of authorities that the operator trusts.

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

/// `id-kp-timeStamping`, as it is written in a certificate.
const FOR_STAMPS: KeyUsage =
    KeyUsage::required_if_present(&[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08]);

/// Certificates of authorities that are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorities(Vec<CertificateDer<'static>>);

/// Why a file names no authorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAuthorities {
    /// There is no certificate in it, as PEM.
    #[error("no certificate as PEM")]
    None,
    /// A certificate in it can't be used.
    #[error("a certificate that can't be used")]
    Unusable,
}

impl Authorities {
    /// The certificates of a PEM file.
    ///
    /// # Errors
    /// [`NoAuthorities`].
    pub fn from_pem(pem: &[u8]) -> Result<Self, NoAuthorities> {
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let certificates = read.map_err(|_| NoAuthorities::Unusable)?;
        if certificates.is_empty() {
            return Err(NoAuthorities::None);
        }
        if certificates.iter().any(|one| anchor_from_trusted_cert(one).is_err()) {
            return Err(NoAuthorities::Unusable);
        }
        Ok(Self(certificates))
    }

    /// The certificates, DER.
    pub fn certificates(&self) -> impl Iterator<Item = &CertificateDer<'static>> {
        self.0.iter()
    }

    /// Whether a chain leads from a certificate over others to one of these, with all valid at a
    /// moment, ms since the epoch.
    pub(crate) fn trust(&self, signer: &[u8], others: &[Vec<u8>], at: i64) -> bool {
        let anchors: Result<Vec<_>, _> = self.0.iter().map(anchor_from_trusted_cert).collect();
        let signer = CertificateDer::from(signer);
        let (Ok(anchors), Ok(signer)) = (anchors, EndEntityCert::try_from(&signer)) else {
            return false;
        };
        let others: Vec<_> = others.iter().map(|other| CertificateDer::from(&other[..])).collect();
        let Ok(at) = u64::try_from(at) else { return false };
        let at = UnixTime::since_unix_epoch(Duration::from_millis(at));
        let algorithms = webpki::ALL_VERIFICATION_ALGS;
        let path =
            signer.verify_for_usage(algorithms, &anchors, &others, at, FOR_STAMPS, None, None);
        path.is_ok()
    }
}
