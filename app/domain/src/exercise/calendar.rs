//! The months of a plan, and where days lie among them: what its year is drawn from.

use time::Month;

use crate::Date;

/// Most months that are laid out.
pub const MONTHS: usize = 36;
/// How far before and after the plan's period a due date still widens it, in days.
const BESIDE: i32 = 366;
/// The whole width, in hundredths of a percent.
const WHOLE: u64 = 10_000;

/// Whole months, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The first day of each month, and that of the month after the last.
    firsts: Vec<Date>,
}

impl Calendar {
    /// The months of a plan's period, widened by due dates shortly before and after it; at most
    /// [`MONTHS`].
    pub fn of(starts: Date, ends: Date, due: &[Date]) -> Self {
        let near = |day: &&Date| {
            day.to_julian_day() >= starts.to_julian_day().saturating_sub(BESIDE)
                && day.to_julian_day() <= ends.to_julian_day().saturating_add(BESIDE)
        };
        let from = due.iter().filter(near).copied().fold(starts, Date::min);
        let to = due.iter().filter(near).copied().fold(ends, Date::max);
        let first = from.replace_day(1).unwrap_or(from);
        let mut firsts = vec![first];
        while let Some(next) = firsts.last().copied().and_then(month_after) {
            firsts.push(next);
            if next > to || firsts.len() > MONTHS {
                break;
            }
        }
        Self { firsts }
    }

    /// The first day of each month, in order.
    pub fn months(&self) -> &[Date] {
        self.firsts.split_last().map_or(&[], |(_, months)| months)
    }

    /// Where a day begins, in hundredths of a percent of the whole; none outside of it.
    pub fn start_of(&self, day: Date) -> Option<u32> {
        self.share(day, 0)
    }

    /// Where the middle of a day is, in hundredths of a percent of the whole; none outside of it.
    pub fn middle_of(&self, day: Date) -> Option<u32> {
        self.share(day, 1)
    }

    /// A day and so many halves of one.
    fn share(&self, day: Date, halves: u64) -> Option<u32> {
        let (first, after) = (*self.firsts.first()?, *self.firsts.last()?);
        let days = |from: Date, to: Date| u64::try_from(to.to_julian_day() - from.to_julian_day());
        let (before, whole) = (days(first, day).ok()?, days(first, after).ok()?);
        if day >= after || whole == 0 {
            return None;
        }
        u32::try_from((before * 2 + halves) * WHOLE / (whole * 2)).ok()
    }
}

fn month_after(first: Date) -> Option<Date> {
    let year = first.year() + i32::from(first.month() == Month::December);
    Date::from_calendar_date(year, first.month().next(), 1).ok()
}

/// In which line each of these days is marked, from 0, so that marks in one line are at least
/// `apart` days from each other.
pub fn lanes(days: &[Date], apart: u16) -> Vec<usize> {
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|index| days[*index]);
    let mut ends: Vec<Date> = Vec::new();
    let mut lanes = vec![0; days.len()];
    for index in order {
        let day = days[index];
        let is_free = |last: &Date| day.to_julian_day() - last.to_julian_day() >= i32::from(apart);
        let lane = ends.iter().position(is_free).unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = day,
            None => ends.push(day),
        }
        lanes[index] = lane;
    }
    lanes
}
