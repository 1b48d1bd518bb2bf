//! What each column holds, and the rows below the headings.

use domain::pack::results::GroupBy;
use roster::{Row, Table};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Answers with one option.
    One,
    /// Answers with several options.
    Several,
    /// Marks that people gave; in a table of options, the mean of theirs.
    Mark,
    /// By what people are told apart.
    Group(GroupBy),
    /// The options: a row is an option and not a person.
    Option,
    /// How often an option was chosen.
    Count,
    /// The question of an option.
    Question,
}

impl Column {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::One,
        Self::Several,
        Self::Mark,
        Self::Group(GroupBy::Gender),
        Self::Group(GroupBy::Locality),
        Self::Group(GroupBy::Age),
        Self::Option,
        Self::Count,
        Self::Question,
    ];
}

/// What the columns of a table are. Plain data: who looks at the table may change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Whether the first row has the headings.
    pub headed: bool,
    /// What each column holds, from A on; nothing for those that aren't used.
    pub columns: Vec<Option<Column>>,
    /// What each column asks.
    pub titles: Vec<String>,
    /// The options of each column, where they are known; none: they are found.
    pub options: Vec<Vec<String>>,
}

impl Mapping {
    /// Whether a row is an option and not a person.
    pub fn is_counted(&self) -> bool {
        self.holding(|column| column == Column::Option).next().is_some()
    }

    /// The columns that hold something like this, from left to right.
    pub fn holding(&self, is: impl Fn(Column) -> bool) -> impl Iterator<Item = usize> {
        let held = self.columns.iter().enumerate();
        held.filter_map(move |(at, column)| column.filter(|column| is(*column)).map(|_| at))
    }

    /// What a column asks.
    pub fn title(&self, column: usize) -> &str {
        self.titles.get(column).map_or("", String::as_str)
    }

    /// The options that a column is known to have.
    pub fn known(&self, column: usize) -> &[String] {
        self.options.get(column).map_or(&[], Vec::as_slice)
    }
}

/// The rows of a table.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    /// The row with the headings.
    pub header: Option<&'a Row>,
    /// Those below it.
    pub rows: Vec<&'a Row>,
    /// How many columns there are.
    pub width: usize,
}

impl<'a> Rows<'a> {
    /// The rows of a table without the titles above it.
    pub fn of(table: &'a Table, headed: bool) -> Self {
        let mut rows: Vec<_> = table.all().collect();
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        // A title stands alone above a table of several columns.
        let titles = rows.iter().take_while(|row| width > 1 && filled(row) == 1).count();
        rows.drain(..if titles < rows.len() { titles } else { 0 });
        let header = (headed && rows.len() > 1).then(|| rows.remove(0));
        Self { header, rows, width }
    }

    /// The cells of a column that say something.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &'a str> + Clone {
        let cells = self.rows.iter().map(move |row| row.cell(column).trim());
        cells.filter(|cell| !cell.is_empty())
    }
}
