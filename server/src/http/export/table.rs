//! A table for programs: its columns and their types, its rows, and its CSV.

use domain::Date;

use super::guard::guarded;

/// The type of a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A short id, the row's own or another's, with its kind's letter.
    Id(char),
    /// Text as people wrote it.
    Text,
    /// What people wrote where a number is expected: often a number, sometimes words ("9 de 17").
    Figure,
    /// An integer.
    Number,
    /// A day.
    Day,
    /// One of these codes.
    Word(&'static [&'static str]),
    /// Some of these codes, separated by spaces.
    Words(&'static [&'static str]),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name, from the glossary.
    pub name: &'static str,
    /// Its title for people.
    pub title: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether every row has it.
    pub required: bool,
}

impl Column {
    /// A column that may be empty.
    pub(super) fn new(name: &'static str, title: &'static str, kind: Kind) -> Self {
        Self { name, title, kind, required: false }
    }

    /// A column that has a value in every row.
    pub(super) fn required(name: &'static str, title: &'static str, kind: Kind) -> Self {
        Self { name, title, kind, required: true }
    }
}

/// A foreign key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    /// The column.
    pub column: &'static str,
    /// The file of the other table; it may be the same table.
    pub file: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text; empty when there is none.
    Text(String),
    /// A number, as it was written.
    Number(String),
    /// A day; none when none was chosen.
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

    /// What was written where a number is expected.
    pub(super) fn figure(written: &str) -> Self {
        if is_number(written) { Self::Number(written.to_owned()) } else { Self::text(written) }
    }

    /// Writes the cell: text in quotes, so that a spreadsheet can be told that it is text; numbers
    /// and days without.
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

/// Whether every spreadsheet reads this as the same number: digits, with a point before the
/// decimals.
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

#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its file.
    pub file: &'static str,
    /// Its title for people.
    pub title: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub key: &'static [&'static str],
    /// Its foreign keys.
    pub references: &'static [Reference],
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The table as CSV (RFC 4180): UTF-8 without a byte order mark, commas, CRLF after every line,
    /// a header line.
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
