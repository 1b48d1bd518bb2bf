//! Which column holds what, by its heading; without headings by its place.

use domain::TextField;
use domain::text::alphabet::folded;
use roster::{Row, Table};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A text of the problem; its title is what it is called.
    Text(TextField),
    /// Where its evidence can be found.
    Source,
    /// A solution.
    Solution,
    /// A preliminary commitment.
    Draft,
}

impl Column {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Text(TextField::Title),
        Self::Text(TextField::Statement),
        Self::Text(TextField::Affected),
        Self::Text(TextField::Place),
        Self::Text(TextField::Causes),
        Self::Text(TextField::Effects),
        Self::Text(TextField::Evidence),
        Self::Source,
        Self::Text(TextField::MinimumCriteria),
        Self::Solution,
        Self::Draft,
    ];

    /// Words of its heading.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Text(TextField::Statement) => &["planteamiento", "descripcion", "detalle"],
            Self::Text(TextField::Affected) => {
                &["afecta", "afectados", "afectadas", "quien", "quienes", "poblacion"]
            }
            Self::Text(TextField::Place) => &["donde", "lugar", "localidad", "colonia", "zona"],
            Self::Text(TextField::Causes) => &["causa", "causas", "origen"],
            Self::Text(TextField::Effects) => {
                &["efecto", "efectos", "consecuencia", "consecuencias"]
            }
            Self::Text(TextField::Evidence) => &["evidencia", "evidencias", "dato", "datos"],
            Self::Source => &["fuente", "fuentes"],
            Self::Text(TextField::MinimumCriteria) => &["criterio", "criterios"],
            Self::Solution => &["solucion", "soluciones", "propuesta", "propuestas"],
            Self::Draft => &["compromiso", "compromisos"],
            Self::Text(_) => &["problema", "problemas", "problematica", "problematicas"],
        }
    }
}

/// What each column holds, from A on; nothing for those that aren't used. Plain data: who shows the list may
/// change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Whether the first row has the headings.
    pub headed: bool,
    /// What each holds.
    pub held: Vec<Option<Column>>,
}

impl Columns {
    /// What they likely hold.
    pub fn guess(table: &Table) -> Self {
        let rows: Vec<&Row> = table.all().collect();
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let first = rows.first().copied();
        let cell = |at: usize| first.map_or("", |row| row.cell(at));
        let mut held: Vec<Option<Column>> = (0..width).map(|at| heading(cell(at))).collect();
        let headed = rows.len() > 1 && held.iter().any(Option::is_some);
        if !headed {
            // As the lists of line A1 stand: a problem, its criteria, a solution, a preliminary commitment.
            let order = [
                Column::Text(TextField::Title),
                Column::Text(TextField::MinimumCriteria),
                Column::Solution,
                Column::Draft,
            ];
            held = (0..width).map(|at| order.get(at).copied()).collect();
        }
        let title = Some(Column::Text(TextField::Title));
        if headed
            && !held.contains(&title)
            && let Some(free) = held.iter_mut().find(|held| held.is_none())
        {
            *free = title;
        }
        Self { headed, held }
    }

    /// The columns that hold something, from left to right.
    pub(crate) fn holding(&self, column: Column) -> impl Iterator<Item = usize> {
        let held = self.held.iter().enumerate();
        held.filter(move |(_, held)| **held == Some(column)).map(|(at, _)| at)
    }
}

/// What a heading says; a cell that is long or a sentence is no heading.
fn heading(cell: &str) -> Option<Column> {
    let folded = folded(cell);
    let words: Vec<&str> = folded.split(' ').collect();
    if cell.trim().is_empty() || words.len() > 5 {
        return None;
    }
    // *Compromisos preliminares del problema* are commitments: the first of its words decides.
    words
        .iter()
        .find_map(|word| Column::ALL.into_iter().find(|column| column.words().contains(word)))
}
