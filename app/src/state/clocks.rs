//! The clocks of a page: an estimate of the server's, and the wall clock of the mesa's place.

use std::time::Duration;

use domain::{Date, Millis};
use leptos::prelude::*;

use crate::browser;
use crate::erased::{effect, memo};
use crate::page::{PageData, Zone};

/// How often clocks on a screen check whether a minute has passed.
const SECOND: Duration = Duration::from_secs(1);
/// How often what counts seconds looks whether one has passed.
const MOMENT: Duration = Duration::from_millis(250);

/// The time. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Clocks {
    server: browser::Clock,
    zone: Option<Zone>,
}

impl Clocks {
    /// The clocks of a page.
    pub(super) fn of(page: &PageData) -> Self {
        Self { server: browser::Clock::starting_at(page.now), zone: page.zone }
    }

    /// An estimate of the server's clock, ms since the epoch: the time when the page was made or
    /// joined, plus what has passed since. It is right even when the device's clock is wrong.
    pub fn now(&self) -> Millis {
        self.server.now()
    }

    /// The same as a signal that changes with each full minute, until the current owner is cleaned
    /// up.
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

    /// The same, changing several times a second, for what counts seconds.
    pub fn moments(&self) -> Signal<Millis> {
        let clocks = *self;
        let now = RwSignal::new(self.now());
        effect(move || {
            now.set(clocks.now());
            if let Ok(handle) = set_interval_with_handle(move || now.set(clocks.now()), MOMENT) {
                on_cleanup(move || handle.clear());
            }
        });
        now.into()
    }

    /// A moment by the server's clock, as a day and a time of day at the mesa's place; none when its
    /// zone isn't known.
    pub fn moment(&self, at: Millis) -> Option<(Date, (u8, u8))> {
        let zone = self.zone?;
        Some((zone.day(at), zone.time_of_day(at)))
    }

    /// The time zone of the mesa's place, if it is known.
    pub fn zone(&self) -> Option<Zone> {
        self.zone
    }

    /// Today at the mesa's place, by UTC when its zone isn't known.
    pub fn today(&self) -> Memo<Date> {
        let (zone, minutes) = (self.zone.unwrap_or(Zone::UTC), self.minutes());
        memo(move || zone.day(minutes.get()))
    }

    /// The wall clock of the mesa's place (hours, minutes), when its zone is known.
    pub fn wall_clock(&self) -> Option<Signal<(u8, u8)>> {
        let (zone, minutes) = (self.zone?, self.minutes());
        Some(memo(move || zone.time_of_day(minutes.get())).into())
    }
}
