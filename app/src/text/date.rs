//! Dates as people read them.

use domain::Date;

/// A day as dd/mm/aaaa.
pub fn date(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), u8::from(day.month()), day.year())
}

/// A day in large type: "15 ene 2027".
pub fn short_date(day: Date) -> String {
    format!("{} {} {}", day.day(), short_month(day), day.year())
}

/// The month of a day in three letters.
pub fn short_month(day: Date) -> &'static str {
    match day.month() {
        time::Month::January => "ene",
        time::Month::February => "feb",
        time::Month::March => "mar",
        time::Month::April => "abr",
        time::Month::May => "may",
        time::Month::June => "jun",
        time::Month::July => "jul",
        time::Month::August => "ago",
        time::Month::September => "sep",
        time::Month::October => "oct",
        time::Month::November => "nov",
        time::Month::December => "dic",
    }
}

/// The weekday, as in a sentence.
pub fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        time::Weekday::Monday => "lunes",
        time::Weekday::Tuesday => "martes",
        time::Weekday::Wednesday => "miércoles",
        time::Weekday::Thursday => "jueves",
        time::Weekday::Friday => "viernes",
        time::Weekday::Saturday => "sábado",
        time::Weekday::Sunday => "domingo",
    }
}

/// An hour and its minute: "09:05".
pub fn time_of_day((hour, minute): (u8, u8)) -> String {
    format!("{hour:02}:{minute:02}")
}

/// A day for the `datetime` attribute of `<time>`: aaaa-mm-dd.
pub fn machine_date(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// A period, as far as it is known.
pub fn period(from: Option<Date>, to: Option<Date>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{} a {}", date(from), date(to))),
        (Some(from), None) => Some(format!("desde {}", date(from))),
        (None, Some(to)) => Some(format!("hasta {}", date(to))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    #[test]
    fn days_are_written_day_first() {
        assert_eq!(super::date(date!(2027 - 01 - 05)), "05/01/2027");
        assert_eq!(super::short_date(date!(2027 - 01 - 15)), "15 ene 2027");
        assert_eq!(super::time_of_day((9, 5)), "09:05");
        assert_eq!(super::machine_date(date!(2027 - 01 - 05)), "2027-01-05");
    }

    #[test]
    fn a_period_says_what_is_known_of_it() {
        let (from, to) = (date!(2026 - 10 - 01), date!(2027 - 09 - 30));
        assert_eq!(super::period(Some(from), Some(to)).as_deref(), Some("01/10/2026 a 30/09/2027"));
        assert_eq!(super::period(None, Some(to)).as_deref(), Some("hasta 30/09/2027"));
        assert_eq!(super::period(None, None), None);
    }
}
