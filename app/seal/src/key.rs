//! The key with which a server seals, and how it is replaced.

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::canonical::canonical;
use crate::hex::{PublicKey, Signature};
use crate::update::FORM;

/// A server's key. Its secret is never written out.
#[derive(Clone)]
pub struct Key(SigningKey);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.public())
    }
}

impl Key {
    /// The key of a secret: 32 bytes that nobody can guess.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// What others verify with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, message: &str) -> Signature {
        Signature(self.0.sign(message.as_bytes()).to_bytes())
    }
}

impl PublicKey {
    /// Whether a signature is this key's over a text.
    pub(crate) fn signed(&self, message: &str, signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(message.as_bytes(), &signature).is_ok())
    }
}

/// That a server seals with a key from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyChange {
    /// The form of this statement: [`FORM`].
    pub form: u32,
    /// The new key.
    pub key: PublicKey,
    /// The key before; none: it is the first one.
    pub replaces: Option<PublicKey>,
    /// When, ms since the epoch.
    pub at: i64,
}

/// The statement, signed by both keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRecord {
    /// What both sign, as canonical JSON.
    pub change: KeyChange,
    /// By the new key.
    pub signature: Signature,
    /// By the key before, if there is one.
    pub replaced_signature: Option<Signature>,
}

impl KeyRecord {
    /// The record of a new key that takes the place of `replaces`.
    pub fn new(key: &Key, replaces: Option<&Key>, at: i64) -> Self {
        let change =
            KeyChange { form: FORM, key: key.public(), replaces: replaces.map(Key::public), at };
        let said = canonical(&change);
        Self {
            signature: key.sign(&said),
            replaced_signature: replaces.map(|key| key.sign(&said)),
            change,
        }
    }

    /// Whether both keys signed it.
    pub fn holds(&self) -> bool {
        let said = canonical(&self.change);
        let by_the_one_before = match (&self.change.replaces, &self.replaced_signature) {
            (Some(key), Some(signature)) => key.signed(&said, signature),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        self.change.form == FORM
            && self.change.key.signed(&said, &self.signature)
            && by_the_one_before
    }
}
