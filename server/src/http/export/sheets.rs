//! The sheets of the workbook, from the state as the public sees it: columns and words are named as
//! on the page.

use app::text::{export as words, field, name};
use domain::{Commitment, Item, ItemKind, Mesa, TextField};

use super::fields::{self, Field};
use super::short_id::ShortIds;
use super::workbook::{DAY, Entry, ID, NAME, NARROW, Sheet, WORD};

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

fn commitments(state: &Mesa, ids: &ShortIds) -> Sheet {
    let of = |of| field::long(of, ItemKind::Commitment);
    let (texts, indicator, undertaking) =
        (fields::commitment(), fields::indicator(), fields::undertaking());
    let mut columns = vec![
        (words::NUMBER_SHORT, NARROW),
        (of(TextField::Title), NAME),
        (field::CATEGORY, WORD),
        (field::PROBLEMS, NAME),
    ];
    columns.extend(texts.iter().map(Field::heading));
    columns.push((of(TextField::Indicator), NAME));
    columns.extend(indicator.iter().map(Field::heading));
    columns.extend([(field::COMPONENTS, WORD), (field::AXIS, NAME)]);
    columns.extend(undertaking.iter().map(Field::heading));
    columns.extend([
        (field::FEASIBILITY, NAME),
        (of(TextField::BudgetNote), NAME),
        (field::SDG, NAME),
        (words::ID, ID),
    ]);
    let row = |item: &Item| {
        let commitment = item.as_commitment()?;
        let entry = |field: &Field<Commitment>| field.entry(state, item, commitment);
        let problems = state
            .deliberation
            .problems_of(commitment)
            .map(|problem| name::with_number(state.number(problem), &name::title(problem)));
        let components = commitment.components.iter().map(|component| name::component(*component));
        let mut row = vec![
            number(state.number(item)),
            long(item, TextField::Title),
            text(commitment.category.map(name::category).unwrap_or_default()),
            text(problems.collect::<Vec<_>>().join("\n")),
        ];
        row.extend(texts.iter().map(entry));
        row.push(long(item, TextField::Indicator));
        row.extend(indicator.iter().map(entry));
        row.extend([
            text(components.collect::<Vec<_>>().join("\n")),
            text(commitment.axis.map(|axis| name::axis(state, axis)).unwrap_or_default()),
        ]);
        row.extend(undertaking.iter().map(entry));
        row.extend([
            text(name::feasibility(&commitment.feasibility)),
            long(item, TextField::BudgetNote),
            text(commitment.sdg.map(name::sdg).unwrap_or_default()),
            text(ids.get(item.id)),
        ]);
        Some(row)
    };
    let rows = state.visible(ItemKind::Commitment, None).filter_map(|item| row(item)).collect();
    Sheet { name: words::COMMITMENTS, columns, names: 2, pages: 3, rows }
}

fn activities(state: &Mesa, ids: &ShortIds) -> Sheet {
    let fields = fields::activity();
    let mut columns = vec![
        (words::COMMITMENT, WORD - 3.0),
        (words::ACTIVITY, DAY),
        (words::COMMITMENT_NAME, NAME),
    ];
    columns.extend(fields.iter().map(Field::heading));
    columns.extend([(words::ID, ID), (words::COMMITMENT_ID, ID)]);
    let row = |of: &Item, item: &Item| {
        let activity = item.as_activity()?;
        let mut row =
            vec![number(state.number(of)), number(state.number(item)), long(of, TextField::Title)];
        row.extend(fields.iter().map(|field| field.entry(state, item, activity)));
        row.extend([text(ids.get(item.id)), text(ids.get(of.id))]);
        Some(row)
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
    let fields = fields::problem();
    let mut columns = vec![(words::NUMBER_SHORT, NARROW)];
    columns.extend(fields.iter().map(Field::heading));
    columns.extend([(field::ORIGIN, NAME), (field::PROBLEM_STATE, NAME), (words::ID, ID)]);
    let row = |item: &Item| {
        let problem = item.as_problem()?;
        let mut row = vec![number(state.number(item))];
        row.extend(fields.iter().map(|field| field.entry(state, item, problem)));
        row.extend([
            text(problem.origin.map(name::origin).unwrap_or_default()),
            text(name::problem_state(state, &problem.state)),
            text(ids.get(item.id)),
        ]);
        Some(row)
    };
    let rows = state.visible(ItemKind::Problem, None).filter_map(|item| row(item)).collect();
    Sheet { name: words::PROBLEMS, columns, names: 2, pages: 3, rows }
}
