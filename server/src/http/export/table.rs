//! A table for programs: its columns with what may stand in them, its rows, and its bytes.

use domain::Date;

use super::guard::guarded;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The row's own id, or another's, with its kind's letter.
    Id(char),
    /// Text as people wrote it.
    Text,
    /// What people wrote where a number belongs: often one, sometimes words ("9 de 17").
    Figure,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words, with a space between.
    Words(&'static [&'static str]),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name, a glossary's.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether every row has it.
    pub required: bool,
}

impl Column {
    /// One that may be empty.
    pub(super) fn new(name: &'static str, title: &'static str, kind: Kind) -> Self {
        Self { name, title, kind, required: false }
    }

    /// One that never is.
    pub(super) fn required(name: &'static str, title: &'static str, kind: Kind) -> Self {
        Self { name, title, kind, required: true }
    }
}

/// A column that names rows of a table by their id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    /// The column.
    pub column: &'static str,
    /// The table's file; the table itself may be meant.
    pub file: &'static str,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text; empty when there is none.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// A day; none when it wasn't chosen.
    Day(Option<Date>),
}

impl Cell {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number; none when there is none.
    pub(super) fn number(number: Option<impl ToString>) -> Self {
        Self::Number(number.map(|number| number.to_string()).unwrap_or_default())
    }

    /// What was written where a number belongs.
    pub(super) fn figure(written: &str) -> Self {
        if is_number(written) { Self::Number(written.to_owned()) } else { Self::text(written) }
    }

    /// As it stands in a file: text in quotes, so that a spreadsheet can be told that it is text;
    /// numbers and days without.
    fn push_to(&self, line: &mut String) {
        match self {
            Self::Text(text) if text.is_empty() => {}
            Self::Text(text) => {
                line.push('"');
                line.push_str(&guarded(text).replace('"', "\"\""));
                line.push('"');
            }
            Self::Number(number) => line.push_str(number),
            Self::Day(day) => {
                line.push_str(&day.map(app::text::date::machine_date).unwrap_or_default())
            }
        }
    }
}

/// Whether this is a number in every spreadsheet, and the same in all: digits, with a point before
/// the decimals.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (integer, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |digits: &str| {
        !digits.is_empty()
            && digits.len() <= 12
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    all(integer) && all(decimals) && (integer == "0" || !integer.starts_with('0'))
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its file.
    pub file: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns by which a row is known.
    pub key: &'static [&'static str],
    /// Its references to other rows.
    pub references: &'static [Reference],
    /// Its rows, as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The table by RFC 4180: UTF-8 without a mark, a comma between cells, CRLF behind every line,
    /// the columns' names first.
    pub(super) fn csv(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.name).collect();
        let mut csv = names.join(",") + "\r\n";
        for row in &self.rows {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    csv.push(',');
                }
                cell.push_to(&mut csv);
            }
            csv.push_str("\r\n");
        }
        csv
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rows: Vec<Vec<Cell>>) -> Table {
        let columns =
            vec![Column::required("a", "A", Kind::Text), Column::new("b", "B", Kind::Figure)];
        Table { file: "x.csv", title: "X", columns, key: &["a"], references: &[], rows }
    }

    #[test]
    fn a_table_is_rfc_4180_without_a_mark() {
        let rows = vec![
            vec![Cell::text("dice \"sí\",\nsí"), Cell::figure("-5")],
            vec![Cell::text("=1+1"), Cell::figure("9 de 17")],
            vec![Cell::Day(Some(time::macros::date!(2027 - 01 - 15))), Cell::number(None::<u8>)],
        ];
        assert_eq!(
            of(rows).csv(),
            "a,b\r\n\"dice \"\"sí\"\",\nsí\",-5\r\n\"'=1+1\",\"9 de 17\"\r\n2027-01-15,\r\n"
        );
    }

    #[test]
    fn a_number_is_one_for_everybody() {
        for number in ["0", "-5", "41200", "0.5", "-12.25"] {
            assert!(is_number(number), "{number}");
        }
        for other in [
            "",
            "-",
            "5 %",
            "1,5",
            "41 200",
            "007",
            "+5",
            "1e5",
            "−5",
            "1.",
            ".5",
            "--5",
            "1.2.3",
            "١",
            "1234567890123",
        ] {
            assert!(!is_number(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_cell_for_cell(cells in prop::collection::vec("[a\"',;\r\n =-]{0,9}", 2..12)) {
            let rows: Vec<_> = cells.as_chunks::<2>().0.iter().map(|[a, b]| vec![Cell::text(format!("x{a}")), Cell::text(b)]).collect();
            let csv = of(rows.clone()).csv();
            let read: Vec<_> = csv::ReaderBuilder::new().from_reader(csv.as_bytes()).into_records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(read.len(), rows.len());
            for (read, row) in read.iter().zip(&rows) {
                for (read, cell) in read.iter().zip(row) {
                    let Cell::Text(text) = cell else { panic!("a text") };
                    prop_assert_eq!(read, guarded(text));
                }
            }
        }
    }
}
