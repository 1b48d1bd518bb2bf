//! What the authority is asked.

use der::Encode;
use der::asn1::{Int, OctetString};

use crate::forms::{self, Imprint};

/// A question: a stamp of a SHA-256, with the certificates in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(crate) digest: [u8; 32],
    pub(crate) nonce: Int,
}

impl Query {
    /// A question about a SHA-256. `random`: bytes that nobody can guess, by which its answer is
    /// told from an older one.
    pub fn new(digest: [u8; 32], random: [u8; 8]) -> Self {
        // A positive number of exactly so many bytes; some authorities take no more than eight.
        let mut number = random;
        number[0] = number[0] & 0x3f | 0x40;
        Self { digest, nonce: Int::new(&number).expect("a positive number without leading zeros") }
    }

    /// Its bytes, `application/timestamp-query`.
    pub fn to_der(&self) -> Vec<u8> {
        let imprint = Imprint {
            algorithm: forms::sha256(),
            digest: OctetString::new(self.digest).expect("32 bytes"),
        };
        let request =
            forms::Request { version: 1, imprint, nonce: self.nonce.clone(), certificates: true };
        request.to_der().expect("a short request")
    }
}
