//! Days and hours in words.

use super::number::count;
use crate::date::{Date, Moment};
use crate::plan::Period;

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

fn month(date: Date) -> &'static str {
    MONTHS.get(usize::from(date.month).wrapping_sub(1)).copied().unwrap_or("")
}

/// "1.º de octubre de 2026", with a no-break space after day and preposition, so that only the
/// year goes to the next line.
pub fn day(date: Date) -> String {
    let ordinal = if date.day == 1 { ".º" } else { "" };
    format!("{}{ordinal}\u{a0}de\u{a0}{} de\u{a0}{}", date.day, month(date), date.year)
}

/// "veinticinco de septiembre de dos mil veintiséis".
pub fn day_spelled(date: Date) -> String {
    let day = if date.day == 1 { "primero".to_owned() } else { count(date.day.into()) };
    format!("{day} de {} de {}", month(date), count(date.year.into()))
}

/// "18/09/2026".
pub fn compact(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day, date.month, date.year)
}

/// "18:20 h".
pub fn clock(moment: Moment) -> String {
    let (hour, minute, _) = moment.clock();
    format!("{hour}:{minute:02}\u{a0}h")
}

/// "del 1.º de octubre de 2026 al 30 de septiembre de 2027".
pub fn period(period: Period) -> String {
    format!("del {} al {}", day(period.from), day(period.to))
}

/// The head of a calendar's column: "oct", and in a year's first column also the year.
pub fn column(year: i32, month: i32, with_year: bool) -> (String, String) {
    let short: String = usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month))
        .map(|name| name.chars().take(3).collect())
        .unwrap_or_default();
    (short, if with_year { year.to_string() } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_words() {
        let first = Date { year: 2026, month: 10, day: 1 };
        assert_eq!(day(first).replace('\u{a0}', " "), "1.º de octubre de 2026");
        assert_eq!(day_spelled(first), "primero de octubre de dos mil veintiséis");
        let moment = Moment { ms: 1_790_290_020_000, offset_minutes: -360 };
        assert_eq!(clock(moment).replace('\u{a0}', " "), "16:47 h");
        assert_eq!(compact(first), "01/10/2026");
    }
}
