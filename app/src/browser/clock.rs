//! The device's clock, and an estimate of the server's.

use std::cell::Cell;

use domain::Millis;

/// An estimate that is off by less than this stays, ms.
const ASTRAY: Millis = 1_000;

thread_local! {
    /// The server's last known time, and the device's at that moment.
    static SERVER: Cell<(Millis, Millis)> = const { Cell::new((0, 0)) };
    /// How far the last heartbeat was from the estimate, if that was far.
    static STRAYED: Cell<Option<Millis>> = const { Cell::new(None) };
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
    STRAYED.set(None);
}

/// Notes that the server's clock was set: by so many ms.
pub(crate) fn shift_server(by: Millis) {
    let (server, device) = SERVER.get();
    SERVER.set((server.saturating_add(by), device));
}

/// Notes the server's time of a heartbeat, which may have been on its way for a while: only what
/// two in a row say differently counts, for the device's clock may have been set, or the server's.
pub(crate) fn hear_server(at: Millis) {
    let off = at.saturating_sub(Clock.now());
    match STRAYED.get().filter(|before| off.abs() >= ASTRAY && before.signum() == off.signum()) {
        Some(before) => {
            // The one that was on its way for less time.
            let ahead = off.max(before);
            set_server(Clock.now().saturating_add(ahead));
        }
        None => STRAYED.set((off.abs() >= ASTRAY).then_some(off)),
    }
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
