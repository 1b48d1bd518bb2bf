//! The device's clock, and an estimate of the server's.

use std::cell::Cell;

use domain::Millis;

thread_local! {
    /// The server's last known time, and the device's at that moment.
    static SERVER: Cell<(Millis, Millis)> = const { Cell::new((0, 0)) };
    /// The last stamp that was used.
    static STAMPED: Cell<Millis> = const { Cell::new(0) };
}

/// Now, by the device's clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since the epoch fit for the next 290 million years"
)]
pub(crate) fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// A stamp for a kept value: greater than every earlier one of this page, and than those of earlier
/// pages unless the device's clock was set back.
pub(super) fn stamp() -> Millis {
    STAMPED.set(now().max(STAMPED.get() + 1));
    STAMPED.get()
}

/// Notes the server's time.
pub(crate) fn set_server(at: Millis) {
    SERVER.set((at, now()));
}

/// An estimate of the server's clock.
#[derive(Clone, Copy)]
pub(crate) struct Clock;

impl Clock {
    /// Starts from the time at which the page was made.
    pub(crate) fn starting_at(made: Millis) -> Self {
        set_server(made);
        Self
    }

    /// The estimated time now.
    pub(crate) fn now(self) -> Millis {
        let (server, device) = SERVER.get();
        server.saturating_add(now().saturating_sub(device).max(0))
    }
}
