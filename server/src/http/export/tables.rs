//! The tables of the open data, from a state as the public sees it. Names of columns are the
//! glossary's (section 7) and those of the JSON; an item's parts have tables of their own that name
//! it by its id.

use app::address::{ACTIVITIES_CSV, ANSWERS_CSV, COMMITMENTS_CSV, PROBLEMS_CSV};
use app::text::{export as words, field, name};
use domain::codes::Coded;
use domain::deliberation::choice::{Category, Component, Feasibility, Origin, ProblemState};
use domain::{Item, ItemKind, Mesa, TextField};

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

/// A column of a long text, as the JSON and the sheets call it.
fn long(field: TextField, kind: ItemKind) -> Column {
    Column::new(field.code(), field::long(field, kind), Kind::Text)
}

fn text(name: &'static str, title: &'static str) -> Column {
    Column::new(name, title, Kind::Text)
}

fn party(state: &Mesa, party: &domain::deliberation::choice::Party) -> Cell {
    Cell::text(name::party(state, party).unwrap_or_default())
}

fn word<T: Coded>(value: Option<&T>) -> Cell {
    Cell::text(value.map(Coded::code).unwrap_or_default())
}

fn commitments(state: &Mesa, ids: &ShortIds) -> Table {
    let of = |field| long(field, ItemKind::Commitment);
    let columns = vec![
        own_id(ItemKind::Commitment),
        number(),
        Column::new("category", field::CATEGORY, Kind::Word(Category::CODES)),
        of(TextField::Title),
        of(TextField::Objective),
        of(TextField::Description),
        of(TextField::Contribution),
        of(TextField::ExpectedResult),
        of(TextField::Indicator),
        text("indicator_unit", field::UNIT),
        Column::new("indicator_baseline", field::BASELINE, Kind::Figure),
        Column::new("indicator_target", field::TARGET, Kind::Figure),
        text("indicator_period", field::PERIOD),
        Column::new("components", field::COMPONENTS, Kind::Words(Component::CODES)),
        Column::new("axis", field::AXIS, Kind::Number),
        text("lead", field::LEAD),
        text("civil_counterpart", field::COUNTERPART),
        Column::new("starts", field::STARTS, Kind::Day),
        Column::new("ends", field::ENDS, Kind::Day),
        Column::required("feasibility", field::FEASIBILITY, Kind::Word(Feasibility::CODES)),
        text("feasibility_note", words::FEASIBILITY_NOTE),
        of(TextField::BudgetNote),
        Column::new("sdg", field::SDG, Kind::Number),
    ];
    let row = |item: &Item| {
        let commitment = item.as_commitment()?;
        let written = |field| Cell::text(item.text(field));
        let components: Vec<_> = commitment.components.iter().map(Coded::code).collect();
        let note = match &commitment.feasibility {
            Feasibility::Pending => "",
            Feasibility::ConfirmedBy(note) | Feasibility::WithReservations(note) => note.as_str(),
        };
        Some(vec![
            Cell::text(ids.get(item.id)),
            Cell::number(state.number(item)),
            word(commitment.category.as_ref()),
            written(TextField::Title),
            written(TextField::Objective),
            written(TextField::Description),
            written(TextField::Contribution),
            written(TextField::ExpectedResult),
            written(TextField::Indicator),
            Cell::text(commitment.indicator.unit.as_str()),
            Cell::figure(commitment.indicator.baseline.as_str()),
            Cell::figure(commitment.indicator.target.as_str()),
            Cell::text(commitment.indicator.period.as_str()),
            Cell::text(components.join(" ")),
            Cell::number(commitment.axis),
            party(state, &commitment.lead),
            party(state, &commitment.counterpart),
            Cell::Day(commitment.starts),
            Cell::Day(commitment.ends),
            word(Some(&commitment.feasibility)),
            Cell::text(note),
            written(TextField::BudgetNote),
            Cell::number(commitment.sdg),
        ])
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
    let columns = vec![
        own_id(ItemKind::Activity),
        Column::required(
            "commitment_id",
            words::COMMITMENT_ID,
            Kind::Id(letter(ItemKind::Commitment)),
        ),
        number(),
        long(TextField::Title, ItemKind::Activity),
        long(TextField::Deliverable, ItemKind::Activity),
        text("lead", field::LEAD),
        text("responsible_post", field::RESPONSIBLE_POST),
        text("co_responsible", field::CO_RESPONSIBLE),
        Column::new("starts", field::STARTS, Kind::Day),
        Column::new("due_date", field::DUE, Kind::Day),
    ];
    let row = |item: &Item| {
        let activity = item.as_activity()?;
        Some(vec![
            Cell::text(ids.get(item.id)),
            Cell::text(ids.get(activity.commitment)),
            Cell::number(state.number(item)),
            Cell::text(item.text(TextField::Title)),
            Cell::text(item.text(TextField::Deliverable)),
            party(state, &activity.lead),
            Cell::text(activity.responsible_post.as_str()),
            Cell::text(activity.co_responsible.as_str()),
            Cell::Day(activity.starts),
            Cell::Day(activity.due),
        ])
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
    let of = |field| long(field, ItemKind::Problem);
    let columns = vec![
        own_id(ItemKind::Problem),
        number(),
        of(TextField::Title),
        of(TextField::Statement),
        of(TextField::Affected),
        of(TextField::Place),
        of(TextField::Causes),
        of(TextField::Effects),
        of(TextField::Evidence),
        text("evidence_source", field::EVIDENCE_SOURCE),
        of(TextField::MinimumCriteria),
        Column::new("origin", field::ORIGIN, Kind::Word(Origin::CODES)),
        Column::required("state", field::PROBLEM_STATE, Kind::Word(ProblemState::CODES)),
        Column::new("merged_into_id", words::MERGED_INTO, Kind::Id(letter(ItemKind::Problem))),
        text("discard_reason", field::DISCARD_REASON),
    ];
    let row = |item: &Item| {
        let problem = item.as_problem()?;
        let written = |field| Cell::text(item.text(field));
        let (into, reason) = match &problem.state {
            ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised => {
                ("", "")
            }
            // A problem that was removed since has no row.
            ProblemState::MergedInto(other) => (
                state
                    .item(*other)
                    .filter(|other| state.is_visible(other))
                    .map_or("", |other| ids.get(other.id)),
                "",
            ),
            ProblemState::Discarded(reason) => ("", reason.as_str()),
        };
        Some(vec![
            Cell::text(ids.get(item.id)),
            Cell::number(state.number(item)),
            written(TextField::Title),
            written(TextField::Statement),
            written(TextField::Affected),
            written(TextField::Place),
            written(TextField::Causes),
            written(TextField::Effects),
            written(TextField::Evidence),
            Cell::text(problem.evidence_source.as_str()),
            written(TextField::MinimumCriteria),
            word(problem.origin.as_ref()),
            word(Some(&problem.state)),
            Cell::text(into),
            Cell::text(reason),
        ])
    };
    let rows = state.visible(ItemKind::Problem, None).filter_map(|item| row(item)).collect();
    let references = &[Reference { column: "merged_into_id", file: PROBLEMS_CSV }];
    Table { file: PROBLEMS_CSV, title: words::PROBLEMS, columns, key: &["id"], references, rows }
}

/// Which commitment answers which problem; one that was merged by what it was merged into.
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
        state.problems_of(commitment).map(move |problem| (id, problem.id))
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
