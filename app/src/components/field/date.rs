//! A day.

use domain::deliberation;
use std::sync::Arc;

use domain::{Date, Rejection};
use leptos::prelude::*;

use super::frame::{FieldId, Frame, FrameProps, Kind};
use super::input::{Line, Take};
use super::unfinished::Unfinished;
use crate::state::{Before, SaveState};
use crate::text::{date, refusal, status};

/// A day within a period; a day outside it isn't sent, and the field says why.
#[component]
pub fn DateField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: Signal<Option<Date>>,
    /// Called with a new value.
    #[prop(into)]
    on_set: Callback<Option<Date>>,
    /// First and last day that are accepted.
    #[prop(into)]
    period: Signal<(Date, Date)>,
    /// Its save state.
    #[prop(into)]
    status: Signal<SaveState>,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
    /// The previous value, one tap away.
    #[prop(optional)]
    before: Option<Before>,
    /// A hint, shown while it is edited.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let shown = Signal::derive(move || value.get().map(date::date).unwrap_or_default());
    let id = FieldId::new();
    let (unfinished, open) = (Unfinished::of(&label), RwSignal::new(false));
    unfinished.reopen(open);
    let children = move || {
        let locked = Signal::derive(move || !editable.get());
        let control =
            Signal::derive(move || value.get().map(date::machine_date).unwrap_or_default());
        let bounds = Signal::derive(move || {
            let (first, last) = period.get();
            // The widest period there is means that none is set.
            (first > Date::MIN && last < Date::MAX)
                .then(|| (date::machine_date(first), date::machine_date(last)))
        });
        let take: Take = Arc::new(move |typed| {
            let day = parse(typed, period.get_untracked())?;
            on_set.run(day);
            Ok(typed.to_owned())
        });
        view! { <Line id value=control take locked unfinished kind="date" bounds unreadable=status::NOT_A_DAY/> }.into_any()
    };
    Frame(FrameProps {
        kind: Kind::Control,
        id,
        label,
        status,
        editable,
        open,
        value: shown,
        empty: status::NOT_CHOSEN,
        hint,
        before,
        writers: None,
        apart: None,
        unfinished: Some(unfinished),
        advised: None,
        on_close: None,
        children: Arc::new(children),
    })
}

/// Parses the value of a date control, aaaa-mm-dd; empty: none.
fn parse(typed: &str, (from, to): (Date, Date)) -> Result<Option<Date>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let unreadable = || status::NOT_A_DAY.to_owned();
    let mut parts = typed.split('-');
    let mut part = || parts.next().and_then(|part| part.parse::<u16>().ok()).ok_or_else(unreadable);
    let (year, month, day) = (part()?, part()?, part()?);
    let month = u8::try_from(month)
        .ok()
        .and_then(|month| time::Month::try_from(month).ok())
        .ok_or_else(unreadable)?;
    let day = u8::try_from(day).map_err(|_| unreadable())?;
    let day = Date::from_calendar_date(i32::from(year), month, day).map_err(|_| unreadable())?;
    if day < from || day > to {
        return Err(refusal::sentence(&Rejection::Deliberation(
            deliberation::Rejection::DateOutside { from, to },
        )));
    }
    Ok(Some(day))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const PLAN: (Date, Date) = (date!(2026 - 10 - 01), date!(2027 - 09 - 30));

    #[test]
    fn a_day_of_the_period_is_taken() {
        assert_eq!(parse("2027-01-15", PLAN), Ok(Some(date!(2027 - 01 - 15))));
        assert_eq!(parse("2026-10-01", PLAN), Ok(Some(PLAN.0)));
        assert_eq!(parse("", PLAN), Ok(None));
    }

    #[test]
    fn a_day_outside_is_refused_with_the_period() {
        let problem = parse("2027-10-01", PLAN);
        assert!(problem.is_err_and(|problem| problem.contains("30/09/2027")));
        assert!(parse("0002-01-15", PLAN).is_err());
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for typed in ["2027-02-30", "2027-13-01", "ayer", "2027-01", "99999-01-01"] {
            assert_eq!(parse(typed, PLAN), Err(status::NOT_A_DAY.to_owned()), "{typed}");
        }
    }
}
