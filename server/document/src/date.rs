//! Days and moments as the documents take them: already in the zone of the exercise.

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// Whether there is such a day.
    pub fn is_real(self) -> bool {
        (1..=9999).contains(&self.year)
            && (1..=12).contains(&self.month)
            && self.day >= 1
            && self.day <= days_in(self.year, self.month)
    }

    /// Months since the year 0: how far two days are apart in the calendar's columns.
    pub(crate) fn months(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// How much of its month is over at noon of this day, between 0 and 1.
    pub(crate) fn of_month(self) -> f64 {
        (f64::from(self.day) - 0.5) / f64::from(days_in(self.year, self.month).max(1))
    }

    /// The day that is `days` after the first of January 1970 (before it, when negative).
    fn from_days(days: i64) -> Date {
        // Years from March on in eras of 400, as in Howard Hinnant's `civil_from_days`.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date {
            year: u16::try_from(year).unwrap_or(u16::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A moment, and what the clocks of the exercise's zone showed at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Milliseconds since 1 January 1970, 00:00 UTC.
    pub ms: i64,
    /// What the zone's clocks are ahead of UTC, in minutes: −360 in central Mexico.
    pub offset_minutes: i16,
}

impl Moment {
    fn local_minutes(self) -> i64 {
        self.ms.div_euclid(60_000) + i64::from(self.offset_minutes)
    }

    /// The day in the zone.
    pub fn date(self) -> Date {
        Date::from_days(self.local_minutes().div_euclid(24 * 60))
    }

    /// Hour, minute and second in the zone.
    pub fn clock(self) -> (u8, u8, u8) {
        let of_day = self.local_minutes().rem_euclid(24 * 60);
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        (part(of_day / 60), part(of_day % 60), part(self.ms.div_euclid(1000).rem_euclid(60)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_on_the_clocks_of_its_zone() {
        // 1 January 2027, 00:30 UTC is still the old year in central Mexico.
        let moment = Moment { ms: 1_798_763_400_000, offset_minutes: -360 };
        assert_eq!(moment.date(), Date { year: 2026, month: 12, day: 31 });
        assert_eq!(moment.clock(), (18, 30, 0));
        let leap = Moment { ms: 951_782_400_000, offset_minutes: 0 };
        assert_eq!(leap.date(), Date { year: 2000, month: 2, day: 29 });
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_not_real() {
        assert!(Date { year: 2028, month: 2, day: 29 }.is_real());
        assert!(!Date { year: 2027, month: 2, day: 29 }.is_real());
        assert!(!Date { year: 2027, month: 13, day: 1 }.is_real());
        assert!(!Date { year: 2027, month: 4, day: 31 }.is_real());
    }
}
