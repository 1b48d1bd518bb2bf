//! The clocks of a page: the server's, as far as the page can know it, and the wall clock of the
//! mesa's place.

use std::time::Duration;

use domain::Millis;
use leptos::prelude::*;

use crate::browser;
use crate::erased::{effect, memo};
use crate::page::{PageData, Zone};

/// How often clocks on a screen look whether a minute is over.
const SECOND: Duration = Duration::from_secs(1);

/// What it is o'clock. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Clocks {
    server: browser::Clock,
    zone: Option<Zone>,
}

impl Clocks {
    /// Those of a page.
    pub(super) fn of(page: &PageData) -> Self {
        Self { server: browser::Clock::starting_at(page.now), zone: page.zone }
    }

    /// The server's clock as far as the page can know it, ms since the epoch: what it was when the
    /// page was made or joined, and what has passed since. A device whose clock is wrong shows it
    /// right.
    pub fn now(&self) -> Millis {
        self.server.now()
    }

    /// The same, told anew at each full minute until the current owner is cleaned up.
    pub fn minutes(&self) -> Signal<Millis> {
        let clocks = *self;
        let now = RwSignal::new(self.now());
        let minute = |at: Millis| at.div_euclid(60_000);
        effect(move || {
            now.set(clocks.now());
            let look = move || {
                let at = clocks.now();
                if minute(at) != minute(now.get_untracked()) {
                    now.set(at);
                }
            };
            if let Ok(handle) = set_interval_with_handle(look, SECOND) {
                on_cleanup(move || handle.clear());
            }
        });
        now.into()
    }

    /// The clock of the mesa's place, when it is known.
    pub fn zone(&self) -> Option<Zone> {
        self.zone
    }

    /// The wall clock of the mesa's place (hours, minutes), when its zone is known.
    pub fn wall_clock(&self) -> Option<Signal<(u8, u8)>> {
        let (zone, minutes) = (self.zone?, self.minutes());
        Some(memo(move || zone.time_of_day(minutes.get())).into())
    }
}
