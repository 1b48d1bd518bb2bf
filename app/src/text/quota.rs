//! The quota board.

use domain::deliberation::choice::Category;
use domain::deliberation::quota::QuotaRow;
use domain::{QuotaBoard, Standing};

use super::name;

/// Heading.
pub const HEADING: &str = "Cuota de compromisos";

/// The board, in a sentence.
pub fn sentence(board: &QuotaBoard) -> String {
    let missing: Vec<_> = board
        .rows
        .iter()
        .filter(|row| !row.is_met())
        .map(|row| some_of(row.missing(), row.category))
        .collect();
    let state = match (missing.as_slice(), board.missing()) {
        ([], _) if board.rows.is_empty() => "Todavía no hay compromisos".to_owned(),
        ([], _) => "Cuota completa".to_owned(),
        (parts, 1) => format!("Falta {}", listed(parts)),
        (parts, _) => format!("Faltan {}", listed(parts)),
    };
    let extra = match board.extra() {
        0 => String::new(),
        1 => ", 1 adicional".to_owned(),
        extra => format!(", {extra} adicionales"),
    };
    let uncategorised = match board.uncategorised {
        0 => String::new(),
        count => format!(" · {count} sin categoría"),
    };
    format!("{state}{extra}{uncategorised}")
}

/// A row, for screen readers.
pub fn row(row: QuotaRow) -> String {
    format!("{}: {}", name::category(row.category), tally(row))
}

/// How many of a row are at the plan's other mesas: "1 en la otra mesa"; none when there are none.
pub fn elsewhere(row: QuotaRow, others: &[Standing]) -> Option<String> {
    let holders = others.iter().filter(|other| other.has(row.category) > 0).count();
    (row.elsewhere > 0).then(|| format!("{} en {}", row.elsewhere, mesas(holders, others.len())))
}

/// The same for the whole board.
pub fn all_elsewhere(board: &QuotaBoard, others: &[Standing]) -> Option<String> {
    let count: u32 = board.rows.iter().map(|row| row.elsewhere).sum();
    let holders = others.iter().filter(|other| !other.commitments.is_empty()).count();
    (count > 0).then(|| format!("{count} en {}", mesas(holders, others.len())))
}

/// Some of the other mesas.
fn mesas(some: usize, of: usize) -> &'static str {
    match (some, of) {
        (_, 1) => "la otra mesa",
        (1, _) => "otra mesa",
        _ => "otras mesas",
    }
}

/// The count of a row: "1 de 2".
pub fn tally(row: QuotaRow) -> String {
    if row.minimum == 0 { row.have.to_string() } else { format!("{} de {}", row.have, row.minimum) }
}

/// How many of a category are missing: "1 local".
pub(super) fn some_of(count: u32, category: Category) -> String {
    let noun = match (category, count) {
        (Category::FollowTheMoney, _) => "de seguimiento del dinero",
        (Category::NationalPlanAligned, 1) => "alineado al plan nacional",
        (Category::NationalPlanAligned, _) => "alineados al plan nacional",
        (Category::LocalProblem, 1) => "local",
        (Category::LocalProblem, _) => "locales",
        (Category::Proactive, 1) => "proactivo",
        (Category::Proactive, _) => "proactivos",
    };
    format!("{count} {noun}")
}

pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [all @ .., last] if !all.is_empty() => format!("{} y {last}", all.join(", ")),
        parts => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(rows: &[(Category, u32, u32)], uncategorised: u32) -> QuotaBoard {
        let row = |&(category, minimum, have)| QuotaRow { category, minimum, have, elsewhere: 0 };
        QuotaBoard { rows: rows.iter().map(row).collect(), uncategorised }
    }

    fn other(commitments: &[(Category, u32)]) -> Standing {
        let (theme, phase) = (domain::ShortText::default(), domain::Phase::Agreements);
        Standing {
            number: domain::MesaNumber(2),
            theme,
            phase,
            commitments: commitments.to_vec(),
            uncategorised: 0,
        }
    }

    #[test]
    fn a_row_says_how_many_are_the_other_mesas() {
        let row = |elsewhere| QuotaRow {
            category: Category::LocalProblem,
            minimum: 2,
            have: 3,
            elsewhere,
        };
        let (none, one, two) = (
            other(&[]),
            other(&[(Category::LocalProblem, 1)]),
            other(&[(Category::LocalProblem, 2)]),
        );
        let said = |count, others: &[&Standing]| {
            elsewhere(row(count), &others.iter().copied().cloned().collect::<Vec<_>>())
        };
        assert_eq!(said(0, &[&none]), None);
        assert_eq!(said(2, &[&two]).as_deref(), Some("2 en la otra mesa"));
        assert_eq!(said(2, &[&none, &two]).as_deref(), Some("2 en otra mesa"));
        assert_eq!(said(3, &[&one, &two]).as_deref(), Some("3 en otras mesas"));
        assert_eq!(tally(row(2)), "3 de 2");
        let board = QuotaBoard {
            rows: vec![row(2), QuotaRow { category: Category::Proactive, ..row(1) }],
            uncategorised: 0,
        };
        assert_eq!(all_elsewhere(&board, &[two, none]).as_deref(), Some("3 en otra mesa"));
    }

    #[test]
    fn the_sentence_names_what_is_missing_or_says_that_nothing_is() {
        use Category::{FollowTheMoney, LocalProblem, NationalPlanAligned, Proactive};
        let cases = [
            (board(&[(FollowTheMoney, 1, 1), (LocalProblem, 2, 1)], 0), "Falta 1 local"),
            (
                board(
                    &[(FollowTheMoney, 1, 0), (NationalPlanAligned, 2, 0), (LocalProblem, 2, 1)],
                    1,
                ),
                "Faltan 1 de seguimiento del dinero, 2 alineados al plan nacional y 1 local · 1 sin categoría",
            ),
            (board(&[(LocalProblem, 1, 2), (Proactive, 0, 1)], 0), "Cuota completa, 2 adicionales"),
            (board(&[(LocalProblem, 1, 1)], 0), "Cuota completa"),
        ];
        for (board, said) in cases {
            assert_eq!(sentence(&board), said);
        }
    }
}
