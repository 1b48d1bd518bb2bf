//! Where time, ids and secrets come from. Everything else gets them as arguments.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::{Digest, Millis};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Letters of codes that people read aloud: none that looks or sounds like another.
const CODE_LETTERS: &[u8; 29] = b"ABCDEFGHJKLMNPQRTUVWXYZ346789";

/// Now, ms since the epoch.
pub fn now() -> Millis {
    // A clock before 1970 or past the year 292 million is a broken machine; the log's order doesn't depend on it.
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX))
}

/// A new id.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Sixteen random bytes.
pub fn salt() -> [u8; 16] {
    // Two version-4 ids hold 244 random bits; their fixed bits are mixed away.
    let mut hasher = Sha256::new();
    hasher.update(Uuid::new_v4().as_bytes());
    hasher.update(Uuid::new_v4().as_bytes());
    let digest: [u8; 32] = hasher.finalize().into();
    let mut salt = [0; 16];
    salt.copy_from_slice(&digest[..16]);
    salt
}

/// A secret of 128 random bits and the digest that is kept of it.
#[derive(Clone, Debug)]
pub struct Secret {
    /// 32 hexadecimal digits, for the person.
    pub text: String,
    /// What the store keeps.
    pub digest: Digest,
}

/// A new secret.
pub fn secret() -> Secret {
    let text: String = salt().iter().map(|byte| format!("{byte:02x}")).collect();
    let digest = digest_of(&text);
    Secret { text, digest }
}

/// The digest that is kept of a secret.
pub fn digest_of(secret: &str) -> Digest {
    Digest(Sha256::digest(secret.as_bytes()).into())
}

/// A code of six letters and digits, as `K7M4QX`; screens put a hyphen in the middle.
pub fn join_code() -> String {
    salt().iter().take(6).map(|byte| char::from(CODE_LETTERS[usize::from(*byte) % CODE_LETTERS.len()])).collect()
}

/// A code as someone typed it: without hyphens and spaces, in capitals.
pub fn typed_code(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_128_bits_and_never_alike() {
        let (one, other) = (secret(), secret());
        assert_eq!(one.text.len(), 32);
        assert_ne!(one.text, other.text);
        assert_eq!(one.digest, digest_of(&one.text));
    }

    #[test]
    fn a_code_is_found_as_people_type_it() {
        let code = join_code();
        assert_eq!(code.len(), 6);
        assert_eq!(typed_code(&format!(" {}-{} ", &code[..3].to_lowercase(), &code[3..])), code);
    }
}
