//! How long a commitment may last.

use crate::Date;

/// Last day of the twelve months that begin on `starts`.
pub fn year_from(starts: Date) -> Date {
    let next = starts.replace_year(starts.year() + 1).ok();
    // 29 February: the year ends on the 28th.
    next.and_then(Date::previous_day)
        .unwrap_or_else(|| starts.saturating_add(time::Duration::days(365)))
}
