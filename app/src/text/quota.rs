//! The quota board.

use domain::QuotaBoard;
use domain::item::Category;
use domain::quota::QuotaRow;

use super::name;

/// Heading.
pub const HEADING: &str = "Cuota de compromisos";

/// What the board comes to, in a sentence.
pub fn sentence(board: &QuotaBoard) -> String {
    let missing: Vec<_> = board.rows.iter().filter(|row| !row.is_met()).map(|row| some_of(row.missing(), row.category)).collect();
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

/// A row, for who doesn't see its pieces.
pub fn row(row: QuotaRow) -> String {
    format!("{}: {}", name::category(row.category), tally(row))
}

/// How many of a row are the plan's other mesas', so many mesas: "1 en la otra mesa"; none when there are none.
pub fn elsewhere(row: QuotaRow, others: usize) -> Option<String> {
    let count = row.elsewhere;
    match (count, others) {
        (0, _) => None,
        (_, 1) => Some(format!("{count} en la otra mesa")),
        (1, _) => Some("1 en otra mesa".to_owned()),
        _ => Some(format!("{count} en otras mesas")),
    }
}

/// How many of a row there are: "1 de 2".
pub fn tally(row: QuotaRow) -> String {
    if row.minimum == 0 { row.have.to_string() } else { format!("{} de {}", row.have, row.minimum) }
}

/// So many missing of a category: "1 local".
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

    #[test]
    fn a_row_says_how_many_are_the_other_mesas() {
        let row = |elsewhere| QuotaRow { category: Category::LocalProblem, minimum: 2, have: 3, elsewhere };
        assert_eq!(elsewhere(row(0), 2), None);
        assert_eq!(elsewhere(row(1), 1).as_deref(), Some("1 en la otra mesa"));
        assert_eq!(elsewhere(row(1), 2).as_deref(), Some("1 en otra mesa"));
        assert_eq!(elsewhere(row(2), 2).as_deref(), Some("2 en otras mesas"));
        assert_eq!(tally(row(2)), "3 de 2");
    }

    #[test]
    fn the_sentence_names_what_is_missing_or_says_that_nothing_is() {
        use Category::{FollowTheMoney, LocalProblem, NationalPlanAligned, Proactive};
        let cases = [
            (board(&[(FollowTheMoney, 1, 1), (LocalProblem, 2, 1)], 0), "Falta 1 local"),
            (
                board(&[(FollowTheMoney, 1, 0), (NationalPlanAligned, 2, 0), (LocalProblem, 2, 1)], 1),
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
