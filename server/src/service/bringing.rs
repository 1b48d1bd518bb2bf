//! Problems, their criteria, solutions and preliminary commitments from a spreadsheet: the list is looked at,
//! and what is new of it is added as if the person had typed it, which one step takes back.

use app::page::bringing::{Bringing, Looked, Taken};
use diagnosis::{Column, Columns, Entry, Known, preview};
use domain::deliberation::decide::may_add;
use domain::{
    Assignment, Command, Exercise, ItemId, ItemKind, MesaId, Patch, Role, ShortText, TextField,
    deliberation,
};
use roster::{ReadError, Table, read_pasted};
use store::OpenSession;

use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::service::command;

/// Letters of a heading.
const HEADING: usize = 40;
/// Most items that one list adds and takes back.
const MOST: usize = 2_000;

/// Whether a role may bring problems to a mesa now: those who lead may.
pub fn may_bring(seen: &Exercise, mesa: MesaId, role: Role) -> bool {
    domain::Audience::of(role) == domain::Audience::Facilitation
        && seen
            .mesa(mesa.number)
            .is_some_and(|mesa| may_add(mesa.conduct.phase, role, ItemKind::Problem))
}

/// What was posted of the page.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    /// The list.
    pub text: String,
    /// What the columns hold; none: they are guessed.
    pub columns: Option<Columns>,
    /// Whether what is new is to be taken.
    pub takes: bool,
}

impl Posted {
    /// Reads the page's form.
    pub fn of(posted: &std::collections::HashMap<String, String>) -> Self {
        let held = |at: usize| {
            let place = posted.get(&format!("columna-{at}"))?;
            Some(place.parse().ok().and_then(|at: usize| Column::ALL.get(at).copied()))
        };
        let held: Vec<_> = (0..roster::MOST_COLUMNS).map_while(held).collect();
        let headed = posted.contains_key("titulos");
        Self {
            text: posted.get("lista").cloned().unwrap_or_default(),
            columns: (!held.is_empty()).then_some(Columns { headed, held }),
            takes: posted.contains_key("agrega"),
        }
    }
}

/// The page without a list.
pub fn page(seen: &Exercise, mesa: MesaId, role: Role) -> Bringing {
    let theme = seen.mesa(mesa.number).and_then(|mesa| mesa.card.as_deref());
    Bringing {
        mesa,
        name: seen.card.as_deref().map(|card| card.name.to_string()).unwrap_or_default(),
        theme: theme.map(|card| card.theme.to_string()).unwrap_or_default(),
        closed: !may_bring(seen, mesa, role),
        text: String::new(),
        problem: None,
        looked: None,
        taken: None,
    }
}

/// The problems that the mesa has, and which they are.
fn known(seen: &Exercise, mesa: MesaId) -> (Vec<Known>, Vec<ItemId>) {
    let Some(mesa) = seen.mesa(mesa.number) else { return Default::default() };
    let parts = |kind, problem| {
        let parts = mesa.visible(kind, Some(problem));
        parts.map(|item| item.text(TextField::Title).to_owned()).collect()
    };
    let problems = mesa.visible(ItemKind::Problem, None).map(|item| {
        let known = Known {
            title: item.text(TextField::Title).to_owned(),
            solutions: parts(ItemKind::Solution, item.id),
            drafts: parts(ItemKind::DraftCommitment, item.id),
        };
        (known, item.id)
    });
    problems.unzip()
}

fn look(table: Table, columns: Option<Columns>, known: &[Known]) -> Looked {
    let columns = columns.unwrap_or_else(|| Columns::guess(&table));
    let first = table.all().next();
    let cell = |at: usize| first.map_or("", |row| row.cell(at));
    let headings =
        (0..columns.held.len()).map(|at| cell(at).chars().take(HEADING).collect()).collect();
    let preview = preview(&table, &columns, known);
    Looked { found: table.found, columns, headings, preview }
}

/// Looks at a list, or takes what is new of it. Whoever asks has to be allowed to.
///
/// # Errors
/// [`Unexpected`].
pub async fn bring(
    state: &AppState,
    seen: &Exercise,
    mesa: MesaId,
    session: &OpenSession,
    posted: Posted,
) -> Result<Bringing, Unexpected> {
    let (there, ids) = known(seen, mesa);
    let Posted { text, columns, takes } = posted;
    let looking = {
        let text = text.clone();
        move || Ok::<_, ReadError>(look(read_pasted(&text)?, columns, &there))
    };
    // It may take a while, and nobody else waits for it.
    let looked = tokio::task::spawn_blocking(looking).await.expect("looking doesn't panic");
    let page = Bringing { text, ..page(seen, mesa, session.grant.role_at(mesa.number)) };
    let looked = match looked {
        Ok(looked) => looked,
        Err(problem) => return Ok(Bringing { problem: Some(problem), ..page }),
    };
    if !takes || looked.preview.counts.ready() == 0 {
        return Ok(Bringing { looked: Some(looked), ..page });
    }
    let taken = take(state, mesa, session, &looked.preview.entries, &ids).await?;
    Ok(Bringing { taken: Some(taken), ..page })
}

/// Something to be added, with what is written in it.
struct Adding {
    item: ItemId,
    kind: ItemKind,
    commands: Vec<deliberation::Command>,
}

impl Adding {
    fn of(kind: ItemKind, parent: Option<ItemId>, title: &str) -> Self {
        let item = ItemId(clock::new_id());
        let mut adding =
            Self { item, kind, commands: vec![deliberation::Command::Add { item, kind, parent }] };
        adding.text(TextField::Title, title);
        adding
    }

    fn text(&mut self, field: TextField, text: &str) {
        let text = field.cleaned(&composed(text));
        let patch = Patch::splice(0, 0, &text);
        self.commands.push(deliberation::Command::Patch { item: self.item, field, base: 0, patch });
    }
}

/// What is new of an entry.
fn adding(entry: &Entry, ids: &[ItemId]) -> Vec<Adding> {
    let known = entry.known.and_then(|at| ids.get(at)).copied();
    let mut all = Vec::new();
    let problem = known.unwrap_or_else(|| {
        let mut problem = Adding::of(ItemKind::Problem, None, &entry.title);
        entry.texts.iter().for_each(|(field, text)| problem.text(*field, text));
        let source = ShortText::parse(&entry.source).unwrap_or_default();
        let item = problem.item;
        let origin = Some(domain::deliberation::choice::Origin::KickoffEvent);
        for value in [Assignment::Origin(origin), Assignment::EvidenceSource(source)] {
            problem.commands.push(deliberation::Command::Assign { item, value });
        }
        all.push(problem);
        item
    });
    for (kind, texts) in
        [(ItemKind::Solution, &entry.solutions), (ItemKind::DraftCommitment, &entry.drafts)]
    {
        all.extend(texts.iter().map(|text| Adding::of(kind, Some(problem), text)));
    }
    all
}

async fn take(
    state: &AppState,
    mesa: MesaId,
    session: &OpenSession,
    entries: &[Entry],
    ids: &[ItemId],
) -> Result<Taken, Unexpected> {
    let mut taken = Taken::default();
    let mut added: Vec<String> = Vec::new();
    let all: Vec<Adding> = entries.iter().flat_map(|entry| adding(entry, ids)).collect();
    'all: for (place, adding) in all.into_iter().enumerate() {
        if place >= MOST {
            taken.cut = true;
            break;
        }
        for (at, command) in adding.commands.into_iter().enumerate() {
            let command = Command::Deliberation(command);
            if command::give(state, mesa, session, command).await?.is_err() {
                taken.cut = true;
                // What was added without its text isn't left behind.
                if at > 0 {
                    remove(state, mesa, session, adding.item).await?;
                }
                break 'all;
            }
        }
        added.push(adding.item.to_string());
        match adding.kind {
            ItemKind::Problem => taken.problems += 1,
            ItemKind::Solution => taken.solutions += 1,
            _ => taken.drafts += 1,
        }
    }
    taken.undo = added.join(" ");
    Ok(taken)
}

async fn remove(
    state: &AppState,
    mesa: MesaId,
    session: &OpenSession,
    item: ItemId,
) -> Result<bool, Unexpected> {
    let command = Command::Deliberation(deliberation::Command::Remove { item });
    Ok(command::give(state, mesa, session, command).await?.is_ok())
}

/// Takes back what a list added: it can be restored. False: it names nothing that could be.
///
/// # Errors
/// [`Unexpected`].
pub async fn undo(
    state: &AppState,
    mesa: MesaId,
    session: &OpenSession,
    text: &str,
) -> Result<bool, Unexpected> {
    let items: Option<Vec<ItemId>> =
        text.split_whitespace().take(MOST).map(|item| item.parse().ok()).collect();
    let Some(items) = items else { return Ok(false) };
    let mut undone = false;
    for item in items.into_iter().rev() {
        undone |= remove(state, mesa, session, item).await?;
    }
    Ok(undone)
}
