//! The device's clock, and an estimate of the server's.

use std::cell::Cell;

use domain::Millis;
use sync::clock::ServerClock;

thread_local! {
    /// The estimate of the server's clock.
    static SERVER: Cell<ServerClock> = const { Cell::new(ServerClock::UNKNOWN) };
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
    change(|clock| clock.set(at, now()));
}

/// Notes that the server's clock was set: by so many ms.
pub(crate) fn shift_server(by: Millis) {
    change(|clock| clock.shift(by));
}

/// Notes the server's time of a heartbeat.
pub(crate) fn hear_server(at: Millis) {
    change(|clock| clock.hear(at, now()));
}

fn change(change: impl FnOnce(&mut ServerClock)) {
    let mut clock = SERVER.get();
    change(&mut clock);
    SERVER.set(clock);
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
        SERVER.get().now(now())
    }
}
