//! How a value stands under its key in what a device keeps: `2`, the replica that holds it (or nothing) and the postcard bytes
//! in base64, with bars between. The frames' own codec, so that the page carries no second one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// The way in which values are written; another one gets another number.
const FORMAT: &str = "2";

/// A value as it is kept.
pub fn written(holder: Option<Uuid>, value: &impl Serialize) -> String {
    let holder = holder.map(|holder| holder.to_string()).unwrap_or_default();
    format!("{FORMAT}|{holder}|{}", BASE64.encode(crate::wire::encode(value)))
}

/// A kept value; none when another version wrote it, or when it is damaged.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut parts = text.splitn(3, '|');
    let (format, _, value) = (parts.next()?, parts.next()?, parts.next()?);
    crate::wire::decode(&BASE64.decode(value).ok().filter(|_| format == FORMAT)?).ok()
}

/// Whether a kept value is this replica's. Only its head is read.
pub fn is_held(text: &str, replica: Uuid) -> bool {
    text.split('|').nth(1) == Some(replica.to_string().as_str())
}
