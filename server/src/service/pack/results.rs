//! The results of consultations: a spreadsheet of the pack is counted, looked at and kept, and its rows
//! become problems or a chart on the projector.

use app::page::results::{CountPage, Done, Held, Looked, Problem, ResultsPage, Set};
use app::text::results as words;
use domain::deliberation::choice::Origin;
use domain::deliberation::decide::may_add;
use domain::pack::results::{Counted, Question, ResultsNumber, Row};
use domain::pack::{Chart, Entry, File, FileKind, Results, ServerCommand, ToCount};
use domain::permission::{Action, Phase, Scope, permitted};
use domain::text::alphabet::folded;
use domain::{
    Assignment, Audience, Command, Exercise, ItemId, ItemKind, MesaId, Patch, Rejection, ShortText,
    Shown, TextField, conduct, deliberation,
};
use roster::{ReadError, Table};
use store::OpenSession;
use tally::{Column, MOST_ROWS, Mapping, Rows};

use super::page::{organisation, zone};
use super::{Asker, enter};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::room;
use crate::service::command;

/// How many first rows are shown.
const FIRST: usize = 6;

/// Whether a file can be counted at all.
pub fn is_table(kind: FileKind) -> bool {
    match kind {
        FileKind::Text | FileKind::Xlsx | FileKind::Ods => true,
        FileKind::Pdf
        | FileKind::Jpeg
        | FileKind::Png
        | FileKind::WebP
        | FileKind::Gif
        | FileKind::Docx
        | FileKind::Pptx
        | FileKind::Odt
        | FileKind::Odp => false,
    }
}

/// Whether somebody may have a file of an entry counted: who sends it, and who conducts the mesa.
pub fn may_count(seen: &Exercise, mesa: MesaId, who: Asker, entry: Entry) -> bool {
    let phase = phase(seen, mesa);
    who.may_send(seen, mesa.number, entry.sender())
        || phase.is_some_and(|phase| permitted(Action::Conduct, phase, who.role) == Scope::Any)
}

fn phase(seen: &Exercise, mesa: MesaId) -> Option<Phase> {
    seen.mesa(mesa.number).map(|mesa| mesa.conduct.phase)
}

/// The page of a mesa.
pub fn page(seen: &Exercise, mesa: MesaId, who: Asker, done: Option<Done>) -> ResultsPage {
    let phase = phase(seen, mesa);
    let leads = Audience::of(who.role) == Audience::Facilitation;
    let there = seen.mesa(mesa.number);
    let theme = there.and_then(|mesa| mesa.card.as_deref()).map(|card| card.theme.to_string());
    let adds = leads && phase.is_some_and(|phase| may_add(phase, who.role, ItemKind::Problem));
    let sets = seen.pack.shown_results().filter_map(|results| {
        let file = seen.pack.file(results.file)?;
        let problems = places(&results.counted).filter_map(|(question, row)| {
            let title = title(&results.counted.questions[question].rows[row]);
            Some((question, row, same(seen, mesa, &title)?))
        });
        Some(Set {
            number: results.number,
            file: file.number,
            name: file.name.to_string(),
            entry: file.entry,
            at: clock::day_and_time(zone(seen), results.at),
            by: organisation(seen, results.by),
            digest: results.digest.to_string(),
            counted: results.counted.clone(),
            problems: problems.collect(),
            may_count: may_count(seen, mesa, who, file.entry),
        })
    });
    ResultsPage {
        mesa,
        name: seen.card.as_deref().map(|card| card.name.to_string()).unwrap_or_default(),
        theme: theme.unwrap_or_default(),
        sets: sets.collect(),
        conducts: phase
            .is_some_and(|phase| permitted(Action::Conduct, phase, who.role) == Scope::Any),
        adds,
        leads,
        done,
    }
}

fn places(counted: &Counted) -> impl Iterator<Item = (usize, usize)> {
    let questions = counted.questions.iter().enumerate();
    questions.flat_map(|(at, question)| (0..question.rows.len()).map(move |row| (at, row)))
}

/// What was posted of a file that is being counted.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    /// Whether the first row has the headings; none: it is guessed.
    pub headed: Option<bool>,
    /// Whether it had before.
    pub headed_before: bool,
    /// What each column was chosen to be; none: all is guessed.
    pub columns: Option<Vec<Chosen>>,
    /// Whether it is to be kept.
    pub keeps: bool,
}

/// What a column was chosen to be.
#[derive(Clone, Debug)]
pub struct Chosen {
    column: Option<Column>,
    before: Option<Column>,
    title: String,
    options: Vec<String>,
}

impl Posted {
    /// Reads the page's form.
    pub fn of(posted: &[(String, String)]) -> Self {
        let find = |name: &str| posted.iter().find(|(key, _)| key == name);
        let text = |name: &str| find(name).map_or("", |(_, value)| value.as_str());
        let kind =
            |code: &str| Column::ALL.into_iter().find(|kind| words::column_code(*kind) == code);
        let chosen = |at: usize| {
            let held = find(&format!("columna-{at}"))?;
            let options = composed(text(&format!("opciones-{at}")));
            let options = options.lines().map(str::trim).filter(|line| !line.is_empty());
            Some(Chosen {
                column: kind(&held.1),
                before: kind(text(&format!("columna-{at}-antes"))),
                title: composed(text(&format!("titulo-{at}"))),
                options: options.map(str::to_owned).collect(),
            })
        };
        let columns: Vec<Chosen> = (0..roster::MOST_COLUMNS).map_while(chosen).collect();
        let known = !columns.is_empty();
        Self {
            headed: known.then(|| find("titulos").is_some()),
            headed_before: text("titulos-antes") == "si",
            columns: known.then_some(columns),
            keeps: find("guarda").is_some(),
        }
    }

    fn mapping(self, table: &Table) -> Mapping {
        let (Some(headed), Some(columns)) = (self.headed, self.columns) else {
            return Mapping::guess(table);
        };
        let mut mapping = Mapping::titled(table, headed);
        let titles_stay = headed == self.headed_before;
        for (at, chosen) in columns.into_iter().enumerate().take(mapping.columns.len()) {
            mapping.columns[at] = chosen.column;
            if titles_stay {
                mapping.titles[at] = chosen.title;
            }
            // What one kind of column was found to have says nothing of another.
            if chosen.column == chosen.before && titles_stay {
                mapping.options[at] = chosen.options;
            }
        }
        mapping.find_options(table);
        mapping
    }
}

/// The bytes of a file, counted as somebody chose.
async fn looked(
    state: &AppState,
    file: &File,
    posted: Posted,
) -> Result<Result<Looked, ReadError>, Unexpected> {
    if file.size > roster::MOST_BYTES as u64 {
        return Ok(Err(ReadError::TooLarge));
    }
    let bytes = state.store.whole_blob(file.digest).await?.ok_or(store::StoreError::NotFound)?;
    let looking = move || {
        let table = roster::read_up_to(&bytes, MOST_ROWS)?;
        let mut mapping = posted.mapping(&table);
        name_columns(&mut mapping);
        let counted = tally::count(&table, &mapping);
        let first = table.all().take(FIRST);
        let first = first.map(|row| (row.number, row.cells.clone())).collect();
        let columns = mapping.columns.iter().enumerate().map(|(at, column)| Held {
            column: *column,
            title: mapping.title(at).to_owned(),
            options: mapping.known(at).to_vec(),
        });
        Ok(Looked {
            headed: mapping.headed,
            columns: columns.collect(),
            first,
            rows: Rows::of(&table, mapping.headed).rows.len(),
            empty: table.dropped_empty,
            counted,
            found: table.found,
        })
    };
    // It may take seconds, and nobody else waits for it.
    Ok(tokio::task::spawn_blocking(looking).await.expect("looking doesn't panic"))
}

/// A column that asks something and has no title is called by its letter.
fn name_columns(mapping: &mut Mapping) {
    let asks = |column| matches!(column, Column::One | Column::Several | Column::Mark);
    let asked: Vec<usize> = mapping.holding(asks).collect();
    for at in asked {
        if let Some(title) = mapping.titles.get_mut(at).filter(|title| title.trim().is_empty()) {
            *title = words::letters(&roster::Columns::letters(at), "");
        }
    }
}

/// Looks at a file, or keeps what is counted in it. Whoever asks has to be allowed to.
///
/// # Errors
/// [`Unexpected`].
pub async fn count(
    state: &AppState,
    seen: &Exercise,
    mesa: MesaId,
    who: Asker,
    file: &File,
    posted: Posted,
) -> Result<Result<ResultsNumber, CountPage>, Unexpected> {
    let keeps = posted.keeps;
    let known = seen.pack.results.iter().any(|one| one.file == file.number);
    let back = |looked, problem| CountPage {
        mesa,
        file: file.number,
        name: file.name.to_string(),
        looked,
        problem,
        known,
    };
    let looked = match looked(state, file, posted).await? {
        Ok(looked) => Box::new(looked),
        Err(problem) => return Ok(Err(back(Err(problem), None))),
    };
    let nothing = looked.counted.questions.is_empty().then_some(Problem::Nothing);
    let problem = match nothing {
        Some(problem) => Some(problem),
        None if !keeps => None,
        None if !looked.counted.is_possible() => Some(Problem::TooMuch),
        None => {
            let what = ToCount {
                file: file.number,
                digest: file.digest,
                at: clock::now(),
                by: who.by(),
                counted: looked.counted.clone(),
            };
            let command = ServerCommand::Count(Box::new(what));
            match enter(state, mesa.exercise, who, command).await? {
                Ok(()) => {
                    let (seen, _) = state
                        .rooms
                        .look(mesa.exercise)
                        .await?
                        .ok_or(store::StoreError::NotFound)?;
                    let kept = seen.pack.results.iter().find(|one| one.file == file.number);
                    match kept {
                        Some(kept) => return Ok(Ok(kept.number)),
                        None => Some(Problem::Gone),
                    }
                }
                Err(Rejection::TooMany { .. }) => Some(Problem::TooMany),
                Err(_) => Some(Problem::Gone),
            }
        }
    };
    Ok(Err(back(Ok(looked), problem)))
}

/// The question of results, and a row of it, as a form names them: `3-0-2`.
pub fn named<'a>(
    seen: &'a Exercise,
    name: &str,
) -> Option<(&'a Results, &'a Question, Option<&'a Row>)> {
    let mut parts = name.split('-').map(|part| part.parse::<usize>().ok());
    let number = parts.next()??;
    let question = parts.next()??;
    let results = seen.pack.shown_results().find(|one| usize::from(one.number) == number)?;
    let question = results.counted.questions.get(question)?;
    match parts.next() {
        None => Some((results, question, None)),
        Some(row) => Some((results, question, Some(question.rows.get(row?)?))),
    }
}

/// Has the projector show a question. Whoever asks has to be allowed to.
///
/// # Errors
/// [`Unexpected`].
pub async fn project(
    state: &AppState,
    seen: &Exercise,
    mesa: MesaId,
    session: &OpenSession,
    question: &Question,
) -> Result<Done, Unexpected> {
    let there = seen.mesa(mesa.number).ok_or(store::StoreError::NotFound)?;
    let own = |by| there.people.are_one(by, session.person);
    if !there.conduct.wall.by.is_none_or(own) {
        return Ok(Done::WallTaken);
    }
    let room = state.rooms.get(mesa.exercise).await?;
    let choose = conduct::ServerCommand::ChooseChart(Box::new(Chart::of(question)));
    let commands = vec![domain::ServerCommand::Conduct(mesa.number, choose)];
    let by = Some(session.person);
    let chosen =
        room.ask(|reply| room::Request::Enter { commands, people: Vec::new(), by, reply }).await?;
    let show = Command::Conduct(conduct::Command::Show { shown: Shown::Chart });
    let shown = match chosen {
        Ok(()) => command::give(state, mesa, session, show).await?,
        Err(rejection) => Err(rejection),
    };
    Ok(if shown.is_ok() { Done::Projected } else { Done::WallTaken })
}

/// What a problem is called that a row becomes.
fn title(row: &Row) -> String {
    row.label.to_string()
}

/// The problem of the mesa that has a title.
fn same(seen: &Exercise, mesa: MesaId, title: &str) -> Option<ItemId> {
    let mesa = seen.mesa(mesa.number)?;
    let title = folded(title);
    let mut problems = mesa.visible(ItemKind::Problem, None);
    problems.find(|item| folded(item.text(TextField::Title)) == title).map(|item| item.id)
}

/// Where the answers of an entry come from.
fn origin(entry: Entry) -> Origin {
    match entry {
        Entry::WindowConsultation => Origin::ConsultationDesk,
        Entry::WebConsultation => Origin::ConsultationWeb,
        Entry::RecurrentRequests => Origin::RecurrentRequests,
        Entry::Studies => Origin::Statistics,
        Entry::CapacityKit
        | Entry::Problems
        | Entry::MinimumCriteria
        | Entry::Solutions
        | Entry::DraftCommitments => Origin::KickoffEvent,
    }
}

/// Makes a row a problem of the mesa, with where it comes from and what shows it.
///
/// # Errors
/// [`Unexpected`].
pub async fn to_problem(
    state: &AppState,
    seen: &Exercise,
    mesa: MesaId,
    session: &OpenSession,
    (results, question, row): (&Results, &Question, &Row),
) -> Result<Done, Unexpected> {
    let title = title(row);
    if let Some(known) = same(seen, mesa, &title) {
        return Ok(Done::Known(known));
    }
    let file = seen.pack.file(results.file);
    let source = file.map(|file| format!("{}: {}", app::text::pack::entry(file.entry), file.name));
    let source = source.and_then(|source| ShortText::parse(&source).ok()).unwrap_or_default();
    let item = ItemId(clock::new_id());
    let text = |field, text: &str| deliberation::Command::Patch {
        item,
        field,
        base: 0,
        patch: Patch::splice(0, 0, text),
    };
    let assign = |value| deliberation::Command::Assign { item, value };
    let commands = [
        deliberation::Command::Add { item, kind: ItemKind::Problem, parent: None },
        text(TextField::Title, &title),
        text(TextField::Evidence, &words::evidence(question, row)),
        assign(Assignment::Origin(file.map(|file| origin(file.entry)))),
        assign(Assignment::EvidenceSource(source)),
    ];
    for command in commands {
        let given = command::give(state, mesa, session, Command::Deliberation(command)).await?;
        if given.is_err() {
            return Ok(Done::NoProblem);
        }
    }
    Ok(Done::Problem(item))
}
