//! Where days lie in a plan's months, and which marks share a line.

#![allow(clippy::unwrap_used)]

use domain::Date;
use domain::exercise::calendar::{Calendar, MONTHS, lanes};
use proptest::prelude::*;
use time::macros::date;

fn plan(due: &[Date]) -> Calendar {
    Calendar::of(date!(2026 - 10 - 01), date!(2027 - 09 - 30), due)
}

#[test]
fn a_plan_of_a_year_has_its_twelve_months() {
    let year = plan(&[date!(2027 - 09 - 30)]);
    let months = year.months();
    assert_eq!(months.len(), 12);
    assert_eq!((months[0], months[3]), (date!(2026 - 10 - 01), date!(2027 - 01 - 01)));
    assert_eq!(year.start_of(date!(2026 - 10 - 01)), Some(0));
    // 92 of 365 days are over on New Year's Day.
    assert_eq!(year.start_of(date!(2027 - 01 - 01)), Some(2520));
    assert_eq!(year.middle_of(date!(2027 - 09 - 30)), Some(9986));
    for outside in [date!(2026 - 09 - 30), date!(2027 - 10 - 01), Date::MIN, Date::MAX] {
        assert_eq!(year.middle_of(outside), None, "{outside}");
    }
}

#[test]
fn dates_beside_the_period_widen_it_and_far_ones_do_not() {
    let late = plan(&[date!(2027 - 11 - 15)]);
    assert_eq!(late.months().len(), 14);
    assert!(late.middle_of(date!(2027 - 11 - 15)).is_some());
    assert_eq!(plan(&[date!(2026 - 08 - 31)]).months()[0], date!(2026 - 08 - 01));
    assert_eq!(plan(&[Date::MIN, Date::MAX, date!(2060 - 01 - 01)]), plan(&[]));
    let ages = Calendar::of(date!(1900 - 01 - 01), Date::MAX, &[]);
    assert_eq!(ages.months().len(), MONTHS);
    let last = Calendar::of(Date::MAX, Date::MAX, &[]);
    assert!(last.months().len() <= 1, "there is no month after the last");
}

proptest! {
    #[test]
    fn later_days_lie_further_and_marks_of_a_line_are_apart(
        days in prop::collection::vec(0_i32..365, 0..12),
        apart in 1_u16..40,
    ) {
        let first = date!(2026 - 10 - 01).to_julian_day();
        let days: Vec<Date> =
            days.into_iter().map(|day| Date::from_julian_day(first + day).unwrap()).collect();
        let year = plan(&days);
        for day in &days {
            let (start, middle) = (year.start_of(*day).unwrap(), year.middle_of(*day).unwrap());
            prop_assert!(start < middle && middle < 10_000);
            if let Some(next) = days.iter().filter(|next| *next > day).min() {
                prop_assert!(year.start_of(*next).unwrap() > middle);
            }
        }
        let lanes = lanes(&days, apart);
        prop_assert_eq!(lanes.len(), days.len());
        for (one, first) in days.iter().enumerate() {
            for (other, second) in days.iter().enumerate().skip(one + 1) {
                let between = (first.to_julian_day() - second.to_julian_day()).unsigned_abs();
                prop_assert!(lanes[one] != lanes[other] || between >= u32::from(apart));
            }
        }
        // No line is empty: there are as many as are needed at once.
        let most = lanes.iter().max().map_or(0, |lane| lane + 1);
        prop_assert!((0..most).all(|lane| lanes.contains(&lane)));
    }
}
