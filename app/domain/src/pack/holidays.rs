//! Obligatory days of rest in Mexico, by rule: article 74 of the *Ley Federal del Trabajo*, as it stands
//! since 2006, with the change of the federal executive on 1 October since 2024 and on 1 December before.
//! Days of elections fall on Sundays. What a state or a body adds for itself isn't here.

use time::{Month, Weekday};

use crate::Date;

/// The years between two changes of the federal executive.
const TERM: i32 = 6;
/// The first change that was on 1 October.
const FIRST_OCTOBER: i32 = 2024;

/// Whether a day is an obligatory day of rest.
pub fn is_rest_day(day: Date) -> bool {
    let nth_monday =
        |nth: u8| day.weekday() == Weekday::Monday && (nth * 7 - 6..=nth * 7).contains(&day.day());
    match (day.month(), day.day()) {
        (Month::January | Month::May, 1) | (Month::September, 16) | (Month::December, 25) => true,
        (Month::February, _) => nth_monday(1),
        (Month::March | Month::November, _) => nth_monday(3),
        (Month::October, 1) => changes_government(day.year()) && day.year() >= FIRST_OCTOBER,
        (Month::December, 1) => changes_government(day.year()) && day.year() < FIRST_OCTOBER,
        _ => false,
    }
}

fn changes_government(year: i32) -> bool {
    (year - FIRST_OCTOBER).rem_euclid(TERM) == 0
}

/// Whether public bodies work on a day: no Saturday, no Sunday, no day of rest.
pub fn is_business(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_rest_day(day)
}
