//! What the server knows when it renders a page, embedded in the page so that the browser starts
//! from the same data: both render the same, and the first connection only asks for what came
//! since.

use domain::exercise::LogoPlace;
use domain::{Date, DeviceId, MesaId, Millis, PersonId, Role, SeatId, StreamId};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use serde::{Deserialize, Serialize};
use sync::wire::Snapshot;

use crate::address::Screen;
pub use own::Own;

#[cfg(feature = "ssr")]
pub mod bringing;
pub mod dispatch;
pub mod form;
pub mod mail;
mod own;
pub mod pack;
pub mod paper;
#[cfg(feature = "ssr")]
pub mod paste;
pub mod petition;
pub mod plain;
pub mod plan;
pub mod prepare;
pub mod reminder;
#[cfg(feature = "ssr")]
pub mod results;
pub mod verify;

/// Everything that a page is rendered from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageData {
    /// The server's clock when the page was made, ms since the epoch.
    pub now: Millis,
    /// The time zone of the mesa's place; none when the page is about no mesa, or its zone isn't
    /// known.
    pub zone: Option<Zone>,
    /// The logos of the exercise that the page is about. The server renders them outside the part
    /// that the program renders.
    #[serde(skip)]
    pub logos: Vec<LogoLink>,
    /// What is on the page.
    pub content: Content,
}

/// What is on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A mesa as someone at the table sees it: phone screens and the facilitator's desk.
    Mesa {
        /// The mesa.
        mesa: MesaId,
        /// The viewer.
        me: Member,
        /// The screen that was asked for.
        screen: Screen,
        /// The exercise as this viewer may see it.
        snapshot: Box<Snapshot>,
        /// What of its secrets is their own.
        own: Own,
    },
    /// The projector.
    Projector {
        /// The mesa.
        mesa: MesaId,
        /// The exercise as the public may see it.
        snapshot: Box<Snapshot>,
        /// How phones join.
        invitation: Invitation,
    },
    /// The public page.
    Public {
        /// The mesa.
        mesa: MesaId,
        /// The exercise as the public may see it.
        snapshot: Box<Snapshot>,
    },
    /// A page that is read, or sent as a form, and runs no program: only the server renders it.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    Plain(plain::PlainPage),
}

/// A logo on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoLink {
    /// The exercise.
    pub exercise: StreamId,
    /// Its place.
    pub place: LogoPlace,
    /// The alternative text.
    pub name: String,
}

/// A time zone's offset while a page stays open. Devices know only their own zone, which may be set
/// wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// The offset from UTC, in seconds.
    pub ahead: i32,
    /// When it changes next, ms since the epoch, and the offset after that.
    pub change: Option<(Millis, i32)>,
}

/// The Julian day of 1 January 1970.
const EPOCH: i32 = 2_440_588;

impl Zone {
    /// What stands in for a zone that isn't known.
    pub const UTC: Self = Self { ahead: 0, change: None };

    /// Minutes since the epoch by the clock of the place.
    fn minutes(self, at: Millis) -> Millis {
        let ahead = match self.change {
            Some((from, ahead)) if at >= from => ahead,
            Some(_) | None => self.ahead,
        };
        at.saturating_add(Millis::from(ahead) * 1_000).div_euclid(60_000)
    }

    /// The day at a moment; the last that there is when there is no such day.
    pub fn day(self, at: Millis) -> Date {
        let days = i32::try_from(self.minutes(at).div_euclid(24 * 60)).ok();
        let day = days.and_then(|days| Date::from_julian_day(EPOCH.checked_add(days)?).ok());
        day.unwrap_or(Date::MAX)
    }

    /// Hour and minute of the day at a moment.
    pub fn time_of_day(self, at: Millis) -> (u8, u8) {
        let minutes = self.minutes(at).rem_euclid(24 * 60);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a day has 1 440 minutes"
        )]
        let (hour, minute) = ((minutes / 60) as u8, (minutes % 60) as u8);
        (hour, minute)
    }
}

/// A page that has only a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageError {
    /// No such address.
    NotFound,
    /// The link isn't valid, or no longer.
    UnknownLink,
    /// Only people who were let in may see it.
    SignInFirst,
    /// Only the facilitation may see it.
    NotForYou,
    /// The public page is off.
    NotPublic,
    /// The link was used already.
    Used,
    /// The link ended.
    Ended {
        /// When, in UTC.
        day: Date,
        /// Whether another one took its place.
        replaced: bool,
    },
    /// Too many requests came from this session or address.
    #[cfg(feature = "ssr")]
    TooManyRequests {
        /// How long to wait.
        seconds: u64,
    },
    /// Too many wrong join codes were tried.
    #[cfg(feature = "ssr")]
    TooManyCodes {
        /// How long to wait.
        seconds: u64,
    },
    /// The server failed; the number finds the error in the log.
    Failed {
        /// The number.
        incident: u64,
    },
}

/// Someone who was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their name, as they wrote it.
    pub name: String,
    /// Their role at the mesa that is shown.
    pub role: Role,
    /// Their seat.
    pub seat: Option<SeatId>,
    /// This device's outbox.
    pub device: DeviceId,
}

/// How phones join, for the projector's footer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The address to open.
    pub url: String,
    /// The join code, as people read it aloud.
    pub code: String,
    /// The address as a QR code, an SVG made by the server.
    pub qr_svg: String,
}

/// The characters that an attribute's value has to escape. Texts stay readable, which compresses
/// well.
const META: &AsciiSet = &CONTROLS.add(b'%').add(b'"').add(b'&').add(b'<').add(b'>');

/// Name of the `<meta>` that carries the data.
pub const META_NAME: &str = "mesa-page";

impl PageData {
    /// Whether the page runs the program; other pages are only read, or sent as a form.
    pub fn is_live(&self) -> bool {
        match &self.content {
            Content::Mesa { .. } | Content::Projector { .. } | Content::Public { .. } => true,
            #[cfg(feature = "ssr")]
            Content::Plain(_) => false,
        }
    }

    /// The value of the page's `<meta>`.
    pub fn to_meta(&self) -> String {
        percent_encode(&sync::wire::encode(self), META).to_string()
    }

    /// Decodes the page's `<meta>`; none when the page was made by another version.
    pub fn from_meta(content: &str) -> Option<Self> {
        let bytes: Vec<u8> = percent_decode_str(content).collect();
        sync::wire::decode(&bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_clock_follows_its_zone_through_a_change() {
        // Tijuana, 14 March 2027: at 02:00, which is 10:00 UTC, the clock goes to 03:00.
        let change = 1_805_018_400_000;
        let zone = Zone { ahead: -8 * 3600, change: Some((change, -7 * 3600)) };
        assert_eq!(zone.time_of_day(change - 3 * 3_600_000), (23, 0));
        assert_eq!(zone.time_of_day(change - 1), (1, 59));
        assert_eq!(zone.time_of_day(change), (3, 0));
        // Before the epoch, and without a change.
        assert_eq!(Zone::UTC.time_of_day(-60_000), (23, 59));
    }

    #[test]
    fn a_day_begins_at_midnight_of_its_place() {
        let mexico = Zone { ahead: -6 * 3600, change: None };
        // 1 January 2027, 06:00 UTC.
        let new_year = 1_798_783_200_000;
        assert_eq!(mexico.day(new_year - 1), date!(2026 - 12 - 31));
        assert_eq!(mexico.day(new_year), date!(2027 - 01 - 01));
        assert_eq!(Zone::UTC.day(new_year - 1), date!(2027 - 01 - 01));
        assert_eq!(Zone::UTC.day(-1), date!(1969 - 12 - 31));
        assert_eq!(Zone::UTC.day(Millis::MAX), Date::MAX);
    }
}
