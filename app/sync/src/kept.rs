//! How a value is written under its key in what a device keeps: `1`, the replica that holds it (or
//! nothing), the postcard bytes in base64, and a stamp that tells a later copy from an earlier one,
//! separated by bars. It uses the frames' codec, so that the page carries no second one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use domain::Millis;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// The format's version; another format gets another number.
const FORMAT: &str = "1";

/// A value as it is kept.
pub fn written(holder: Option<Uuid>, value: &impl Serialize) -> String {
    let holder = holder.map(|holder| holder.to_string()).unwrap_or_default();
    format!("{FORMAT}|{holder}|{}", BASE64.encode(crate::wire::encode(value)))
}

/// A kept value; none when another version wrote it, or when it is damaged.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut parts = text.split('|');
    let (format, _, value) = (parts.next()?, parts.next()?, parts.next()?);
    crate::wire::decode(&BASE64.decode(value).ok().filter(|_| format == FORMAT)?).ok()
}

/// Adds its stamp: a later write under the same key has a greater one.
pub fn stamped(kept: &str, stamp: Millis) -> String {
    format!("{kept}|{stamp}")
}

/// The stamp of a kept value; 0 where it has none.
pub fn stamp(text: &str) -> Millis {
    text.split('|').nth(3).and_then(|stamp| stamp.parse().ok()).unwrap_or_default()
}

/// Whether a kept value is this replica's. Only its head is read.
pub fn is_held(text: &str, replica: Uuid) -> bool {
    text.split('|').nth(1) == Some(replica.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_copies_the_later_is_known_and_both_are_read() {
        let tab = Uuid::from_u128(7);
        let (plain, earlier) = (
            written(Some(tab), &"agua".to_owned()),
            stamped(&written(Some(tab), &"ag".to_owned()), 1_999),
        );
        let later = stamped(&plain, 2_000);
        assert!(stamp(&later) > stamp(&earlier) && stamp(&earlier) > stamp(&plain));
        for kept in [&plain, &later] {
            assert_eq!(read::<String>(kept).as_deref(), Some("agua"));
            assert!(is_held(kept, tab));
        }
        for other in ["", "1||", "1|||", "1|||x", "1|||99999999999999999999", "otra cosa"] {
            assert_eq!(stamp(other), 0, "{other}");
        }
    }
}
