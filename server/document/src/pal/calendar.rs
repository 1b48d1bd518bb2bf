//! The year: a column a month, a mark for each due date.

use serde_json::{Value, json};

use crate::date::Date;
use crate::plan::{Commitment, Plan};
use crate::text;
use crate::user::User;

/// More months than this don't fit as columns; a plan is at most twelve long.
const MOST_MONTHS: i32 = 18;
/// From here on a table read out cell by cell says less than a sentence.
const MOST_COMMITMENTS: usize = 13;
const MOST_ACTIVITIES: usize = 8;
/// Marks of one month that are nearer than this share of it have their numbers on two levels.
const NEAR: f64 = 0.62;

/// The heads of the columns; none when the plan has no period that can be drawn.
pub fn months(plan: &Plan) -> Vec<Value> {
    range(plan)
        .enumerate()
        .map(|(place, month)| {
            let with_year = place == 0 || month % 12 == 0;
            let (name, year) = text::column(month / 12, month % 12, with_year);
            json!({ "name": name, "year": year })
        })
        .collect()
}

/// Whether the calendar is a figure with one sentence instead of a table.
pub fn is_figure(plan: &Plan) -> bool {
    plan.commitments.len() > MOST_COMMITMENTS
        || plan.commitments.iter().any(|one| one.activities.len() > MOST_ACTIVITIES)
}

/// The commitment's row: for each month its marks, in the order of their days.
pub fn row(user: &User, plan: &Plan, commitment: &Commitment) -> Vec<Vec<Value>> {
    let mut due: Vec<(Date, &str)> = commitment
        .activities
        .iter()
        .filter_map(|activity| Some((activity.due?, activity.number.as_str())))
        .collect();
    due.sort();
    range(plan)
        .map(|month| {
            let mut before: Option<(f64, bool)> = None;
            due.iter()
                .filter(|(date, _)| date.months() == month)
                .map(|(date, number)| {
                    let at = date.of_month();
                    let below = before.is_some_and(|(last, below)| at - last < NEAR && !below);
                    before = Some((at, below));
                    json!({ "at": at, "number": user.line(&text::cut(number, 5)), "below": below })
                })
                .collect()
        })
        .collect()
}

fn range(plan: &Plan) -> std::ops::Range<i32> {
    let (from, to) = (plan.period.from.months(), plan.period.to.months() + 1);
    from..to.clamp(from, from + MOST_MONTHS)
}
