//! The tables of the open data, from the state as the public sees it. Columns are named by the
//! glossary (section 7), as in the JSON; the parts of an item have a table of their own, which
//! refers to it by its id.

use app::address::{ACTIVITIES_CSV, ANSWERS_CSV, COMMITMENTS_CSV, PROBLEMS_CSV};
use app::text::{export as words, field};
use domain::codes::Coded;
use domain::deliberation::choice::{Category, Component, Feasibility, Origin, ProblemState};
use domain::{Commitment, Item, ItemKind, Mesa, TextField};

use super::fields::{self, Field};
use super::short_id::{ShortIds, letter};
use super::table::{Cell, Column, Kind, Reference, Table};

/// Every table, in the order in which they are described.
pub(super) fn tables(state: &Mesa) -> Vec<Table> {
    let ids = ShortIds::of(state);
    vec![
        commitments(state, &ids),
        activities(state, &ids),
        problems(state, &ids),
        answers(state, &ids),
    ]
}

fn own_id(kind: ItemKind) -> Column {
    Column::required("id", words::ID, Kind::Id(letter(kind)))
}

fn number() -> Column {
    Column::required("number", words::NUMBER, Kind::Number)
}

/// A column for a long text, named as in the JSON and the sheets.
fn long(field: TextField, kind: ItemKind) -> Column {
    Column::new(field.code(), field::long(field, kind), Kind::Text)
}

fn word<T: Coded>(value: Option<&T>) -> Cell {
    Cell::text(value.map(Coded::code).unwrap_or_default())
}

fn commitments(state: &Mesa, ids: &ShortIds) -> Table {
    let of = |field| long(field, ItemKind::Commitment);
    let (texts, indicator, undertaking) =
        (fields::commitment(), fields::indicator(), fields::undertaking());
    let mut columns = vec![
        own_id(ItemKind::Commitment),
        number(),
        Column::new("category", field::CATEGORY, Kind::Word(Category::CODES)),
        of(TextField::Title),
    ];
    columns.extend(texts.iter().map(Field::column));
    columns.push(of(TextField::Indicator));
    columns.extend(indicator.iter().map(Field::column));
    columns.push(Column::new("components", field::COMPONENTS, Kind::Words(Component::CODES)));
    columns.push(Column::new("axis", field::AXIS, Kind::Number));
    columns.extend(undertaking.iter().map(Field::column));
    columns.extend([
        Column::required("feasibility", field::FEASIBILITY, Kind::Word(Feasibility::CODES)),
        Column::new("feasibility_note", words::FEASIBILITY_NOTE, Kind::Text),
        of(TextField::BudgetNote),
        Column::new("sdg", field::SDG, Kind::Number),
    ]);
    let row = |item: &Item| {
        let commitment = item.as_commitment()?;
        let written = |field| Cell::text(item.text(field));
        let cell = |field: &Field<Commitment>| field.cell(state, item, commitment);
        let components: Vec<_> = commitment.components.iter().map(Coded::code).collect();
        let note = match &commitment.feasibility {
            Feasibility::Pending => "",
            Feasibility::ConfirmedBy(note) | Feasibility::WithReservations(note) => note.as_str(),
        };
        let mut row = vec![
            Cell::text(ids.get(item.id)),
            Cell::number(state.number(item)),
            word(commitment.category.as_ref()),
            written(TextField::Title),
        ];
        row.extend(texts.iter().map(cell));
        row.push(written(TextField::Indicator));
        row.extend(indicator.iter().map(cell));
        row.push(Cell::text(components.join(" ")));
        row.push(Cell::number(commitment.axis));
        row.extend(undertaking.iter().map(cell));
        row.extend([
            word(Some(&commitment.feasibility)),
            Cell::text(note),
            written(TextField::BudgetNote),
            Cell::number(commitment.sdg),
        ]);
        Some(row)
    };
    let rows = state.visible(ItemKind::Commitment, None).filter_map(|item| row(item)).collect();
    Table {
        file: COMMITMENTS_CSV,
        title: words::COMMITMENTS,
        columns,
        key: &["id"],
        references: &[],
        rows,
    }
}

fn activities(state: &Mesa, ids: &ShortIds) -> Table {
    let fields = fields::activity();
    let mut columns = vec![
        own_id(ItemKind::Activity),
        Column::required(
            "commitment_id",
            words::COMMITMENT_ID,
            Kind::Id(letter(ItemKind::Commitment)),
        ),
        number(),
    ];
    columns.extend(fields.iter().map(Field::column));
    let row = |item: &Item| {
        let activity = item.as_activity()?;
        let mut row = vec![
            Cell::text(ids.get(item.id)),
            Cell::text(ids.get(activity.commitment)),
            Cell::number(state.number(item)),
        ];
        row.extend(fields.iter().map(|field| field.cell(state, item, activity)));
        Some(row)
    };
    let parts = state
        .visible(ItemKind::Commitment, None)
        .flat_map(|item| state.visible(ItemKind::Activity, Some(item.id)));
    let rows = parts.filter_map(|item| row(item)).collect();
    let references = &[Reference { column: "commitment_id", file: COMMITMENTS_CSV }];
    Table {
        file: ACTIVITIES_CSV,
        title: words::ACTIVITIES,
        columns,
        key: &["id"],
        references,
        rows,
    }
}

fn problems(state: &Mesa, ids: &ShortIds) -> Table {
    let fields = fields::problem();
    let mut columns = vec![own_id(ItemKind::Problem), number()];
    columns.extend(fields.iter().map(Field::column));
    columns.extend([
        Column::new("origin", field::ORIGIN, Kind::Word(Origin::CODES)),
        Column::required("state", field::PROBLEM_STATE, Kind::Word(ProblemState::CODES)),
        Column::new("merged_into_id", words::MERGED_INTO, Kind::Id(letter(ItemKind::Problem))),
        Column::new("discard_reason", field::DISCARD_REASON, Kind::Text),
    ]);
    let row = |item: &Item| {
        let problem = item.as_problem()?;
        let (into, reason) = match &problem.state {
            ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised => {
                ("", "")
            }
            // A problem that was removed has no row.
            ProblemState::MergedInto(other) => (
                state
                    .item(*other)
                    .filter(|other| state.is_visible(other))
                    .map_or("", |other| ids.get(other.id)),
                "",
            ),
            ProblemState::Discarded(reason) => ("", reason.as_str()),
        };
        let mut row = vec![Cell::text(ids.get(item.id)), Cell::number(state.number(item))];
        row.extend(fields.iter().map(|field| field.cell(state, item, problem)));
        row.extend([
            word(problem.origin.as_ref()),
            word(Some(&problem.state)),
            Cell::text(into),
            Cell::text(reason),
        ]);
        Some(row)
    };
    let rows = state.visible(ItemKind::Problem, None).filter_map(|item| row(item)).collect();
    let references = &[Reference { column: "merged_into_id", file: PROBLEMS_CSV }];
    Table { file: PROBLEMS_CSV, title: words::PROBLEMS, columns, key: &["id"], references, rows }
}

/// Which commitment answers which problem; a merged problem counts as the one that it was merged
/// into.
fn answers(state: &Mesa, ids: &ShortIds) -> Table {
    let columns = vec![
        Column::required(
            "commitment_id",
            words::COMMITMENT_ID,
            Kind::Id(letter(ItemKind::Commitment)),
        ),
        Column::required("problem_id", words::PROBLEM_ID, Kind::Id(letter(ItemKind::Problem))),
    ];
    let commitments = state
        .visible(ItemKind::Commitment, None)
        .filter_map(|item| Some((item.id, item.as_commitment()?)));
    let pairs = commitments.flat_map(|(id, commitment)| {
        state.deliberation.problems_of(commitment).map(move |problem| (id, problem.id))
    });
    let rows = pairs
        .map(|(commitment, problem)| {
            [commitment, problem].map(|id| Cell::text(ids.get(id))).to_vec()
        })
        .collect();
    let references = &[
        Reference { column: "commitment_id", file: COMMITMENTS_CSV },
        Reference { column: "problem_id", file: PROBLEMS_CSV },
    ];
    Table {
        file: ANSWERS_CSV,
        title: words::ANSWERS,
        columns,
        key: &["commitment_id", "problem_id"],
        references,
        rows,
    }
}
