//! The device's clock, and the server's as far as the page can know it.

use std::cell::Cell;

use domain::Millis;

thread_local! {
    /// The server's clock when it was last heard of, and the device's at that moment.
    static SERVER: Cell<(Millis, Millis)> = const { Cell::new((0, 0)) };
    /// The last stamp that was given out.
    static STAMPED: Cell<Millis> = const { Cell::new(0) };
}

/// Now, as the device believes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since the epoch fit for the next 290 million years"
)]
pub(crate) fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// A stamp for what is kept: greater than every one before it on this page, and than those of
/// earlier pages unless the device's clock was set back.
pub(super) fn stamp() -> Millis {
    STAMPED.set(now().max(STAMPED.get() + 1));
    STAMPED.get()
}

/// The server said what its clock shows.
pub(crate) fn set_server(at: Millis) {
    SERVER.set((at, now()));
}

/// The server's clock as far as the page can know it.
#[derive(Clone, Copy)]
pub(crate) struct Clock;

impl Clock {
    /// What it showed when the page was made.
    pub(crate) fn starting_at(made: Millis) -> Self {
        set_server(made);
        Self
    }

    /// What it shows by now.
    pub(crate) fn now(self) -> Millis {
        let (server, device) = SERVER.get();
        server.saturating_add(now().saturating_sub(device).max(0))
    }
}
