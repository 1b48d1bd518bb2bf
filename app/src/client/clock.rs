//! The device's clock.

use domain::Millis;

/// Now, as the device believes.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the epoch fit for the next 290 million years")]
pub(crate) fn now() -> Millis {
    js_sys::Date::now() as Millis
}
