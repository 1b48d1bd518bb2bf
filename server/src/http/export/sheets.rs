//! What the sheets of the workbook say, from a state as the public sees it: names of columns and
//! words as on the page.

use app::text::{export as words, field, name};
use domain::deliberation::choice::Party;
use domain::{Item, ItemKind, Mesa, TextField};

use super::short_id::ShortIds;
use super::workbook::{Entry, Sheet};

/// The widths of columns, in letters: of numbers and days, of a word, of a name, of a sentence, of
/// more.
const NARROW: f64 = 7.0;
const DAY: f64 = 11.0;
const ID: f64 = 13.0;
const WORD: f64 = 17.0;
const NAME: f64 = 26.0;
const LONG: f64 = 42.0;

/// Every sheet, in order.
pub(super) fn sheets(state: &Mesa) -> Vec<Sheet> {
    let ids = ShortIds::of(state);
    vec![commitments(state, &ids), activities(state, &ids), problems(state, &ids)]
}

fn number(number: Option<usize>) -> Entry {
    Entry::Number(number.and_then(|number| u32::try_from(number).ok()))
}

fn long(item: &Item, field: TextField) -> Entry {
    Entry::Text(item.text(field).to_owned())
}

fn text(text: impl ToString) -> Entry {
    Entry::Text(text.to_string())
}

fn party(state: &Mesa, party: &Party) -> Entry {
    Entry::Text(name::party(state, party).unwrap_or_default())
}

fn commitments(state: &Mesa, ids: &ShortIds) -> Sheet {
    let of = |of| field::long(of, ItemKind::Commitment);
    let columns = vec![
        (words::NUMBER_SHORT, NARROW),
        (of(TextField::Title), NAME),
        (field::CATEGORY, WORD),
        (field::PROBLEMS, NAME),
        (of(TextField::Objective), LONG),
        (of(TextField::Description), LONG),
        (of(TextField::Contribution), LONG),
        (of(TextField::ExpectedResult), NAME),
        (of(TextField::Indicator), NAME),
        (field::UNIT, WORD),
        (field::BASELINE, DAY),
        (field::TARGET, DAY),
        (field::PERIOD, WORD),
        (field::COMPONENTS, WORD),
        (field::AXIS, NAME),
        (field::LEAD, NAME),
        (field::COUNTERPART, NAME),
        (field::STARTS, DAY),
        (field::ENDS, DAY),
        (field::FEASIBILITY, NAME),
        (of(TextField::BudgetNote), NAME),
        (field::SDG, NAME),
        (words::ID, ID),
    ];
    let row = |item: &Item| {
        let commitment = item.as_commitment()?;
        let problems = state
            .problems_of(commitment)
            .map(|problem| name::with_number(state.number(problem), &name::title(problem)));
        let components = commitment.components.iter().map(|component| name::component(*component));
        Some(vec![
            number(state.number(item)),
            long(item, TextField::Title),
            text(commitment.category.map(name::category).unwrap_or_default()),
            text(problems.collect::<Vec<_>>().join("\n")),
            long(item, TextField::Objective),
            long(item, TextField::Description),
            long(item, TextField::Contribution),
            long(item, TextField::ExpectedResult),
            long(item, TextField::Indicator),
            text(&commitment.indicator.unit),
            Entry::Figure(commitment.indicator.baseline.to_string()),
            Entry::Figure(commitment.indicator.target.to_string()),
            text(&commitment.indicator.period),
            text(components.collect::<Vec<_>>().join("\n")),
            text(commitment.axis.map(|axis| name::axis(state, axis)).unwrap_or_default()),
            party(state, &commitment.lead),
            party(state, &commitment.counterpart),
            Entry::Day(commitment.starts),
            Entry::Day(commitment.ends),
            text(name::feasibility(&commitment.feasibility)),
            long(item, TextField::BudgetNote),
            text(commitment.sdg.map(name::sdg).unwrap_or_default()),
            text(ids.get(item.id)),
        ])
    };
    let rows = state.visible(ItemKind::Commitment, None).filter_map(|item| row(item)).collect();
    Sheet { name: words::COMMITMENTS, columns, names: 2, pages: 3, rows }
}

fn activities(state: &Mesa, ids: &ShortIds) -> Sheet {
    let columns = vec![
        (words::COMMITMENT, WORD - 3.0),
        (words::ACTIVITY, DAY),
        (words::COMMITMENT_NAME, NAME),
        (field::long(TextField::Title, ItemKind::Activity), LONG),
        (field::long(TextField::Deliverable, ItemKind::Activity), NAME),
        (field::LEAD, NAME),
        (field::RESPONSIBLE_POST, NAME),
        (field::CO_RESPONSIBLE, NAME),
        (field::STARTS, DAY),
        (field::DUE, DAY),
        (words::ID, ID),
        (words::COMMITMENT_ID, ID),
    ];
    let row = |of: &Item, item: &Item| {
        let activity = item.as_activity()?;
        Some(vec![
            number(state.number(of)),
            number(state.number(item)),
            long(of, TextField::Title),
            long(item, TextField::Title),
            long(item, TextField::Deliverable),
            party(state, &activity.lead),
            text(&activity.responsible_post),
            text(&activity.co_responsible),
            Entry::Day(activity.starts),
            Entry::Day(activity.due),
            text(ids.get(item.id)),
            text(ids.get(of.id)),
        ])
    };
    let commitments = state.visible(ItemKind::Commitment, None);
    let row = &row;
    let rows = commitments
        .flat_map(|of| {
            state.visible(ItemKind::Activity, Some(of.id)).filter_map(move |item| row(of, item))
        })
        .collect();
    Sheet { name: words::ACTIVITIES, columns, names: 2, pages: 1, rows }
}

fn problems(state: &Mesa, ids: &ShortIds) -> Sheet {
    let of = |of| field::long(of, ItemKind::Problem);
    let columns = vec![
        (words::NUMBER_SHORT, NARROW),
        (of(TextField::Title), LONG),
        (of(TextField::Statement), LONG),
        (of(TextField::Affected), NAME),
        (of(TextField::Place), NAME),
        (of(TextField::Causes), LONG),
        (of(TextField::Effects), LONG),
        (of(TextField::Evidence), LONG),
        (field::EVIDENCE_SOURCE, NAME),
        (of(TextField::MinimumCriteria), LONG),
        (field::ORIGIN, NAME),
        (field::PROBLEM_STATE, NAME),
        (words::ID, ID),
    ];
    let row = |item: &Item| {
        let problem = item.as_problem()?;
        Some(vec![
            number(state.number(item)),
            long(item, TextField::Title),
            long(item, TextField::Statement),
            long(item, TextField::Affected),
            long(item, TextField::Place),
            long(item, TextField::Causes),
            long(item, TextField::Effects),
            long(item, TextField::Evidence),
            text(&problem.evidence_source),
            long(item, TextField::MinimumCriteria),
            text(problem.origin.map(name::origin).unwrap_or_default()),
            text(name::problem_state(state, &problem.state)),
            text(ids.get(item.id)),
        ])
    };
    let rows = state.visible(ItemKind::Problem, None).filter_map(|item| row(item)).collect();
    Sheet { name: words::PROBLEMS, columns, names: 2, pages: 3, rows }
}
