//! What the version that is being read out says otherwise than the one before it, on the wall: at
//! the beginning all of it, then beside each commitment its own.

use domain::ItemId;
use domain::agreement::{Became, Fate, Piece, State};
use leptos::prelude::*;

use super::paging::{GAP, LINE, Room, lines, parts, turning};
use crate::components::difference;
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::{agreement as words, projector};

/// Height available for the list, in tenths of `--p`.
const ROOM: usize = 360;
/// Letters of a row per line, beside the plan's list.
const LETTERS: usize = 38;

/// A row: what is said of a text, or a field with the words that changed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A text and what became of it.
    Said(String, &'static str),
    /// A whole sentence.
    Sentence(String),
    /// A field's changes.
    Words(Vec<Piece>),
}

impl Row {
    /// Its height in tenths of `--p`, with so many letters in a line.
    pub fn height(&self, letters: usize) -> usize {
        let said = |text: &str| lines(text, letters) * LINE + GAP;
        match self {
            Self::Said(text, became) => said(&format!("{text} {became}")),
            Self::Sentence(text) => said(text),
            Self::Words(pieces) => {
                let kept = pieces.iter().filter(|piece| piece.fate != Fate::Field);
                LINE + said(&kept.map(|piece| piece.words.as_str()).collect::<String>())
            }
        }
    }
}

/// A row for each field that changed.
fn by_field(pieces: &[Piece]) -> Vec<Row> {
    let fields = pieces.chunk_by(|_, next| next.fate != Fate::Field);
    fields.map(|field| Row::Words(field.to_vec())).collect()
}

/// What became of the commitment that is being read; nothing in the first version.
pub fn of_commitment(plan: &State, id: ItemId) -> Vec<Row> {
    let before = plan.version().and_then(|version| plan.number_before(version.number));
    let became = plan.version().and_then(|version| plan.became(version.number, id));
    match before.zip(became) {
        None => Vec::new(),
        Some((before, Became::Same)) => vec![Row::Sentence(words::same_since(before))],
        Some((before, Became::New)) => vec![Row::Sentence(words::new_since(before))],
        Some((before, Became::Changed(pieces))) => {
            let mut rows = vec![Row::Sentence(words::changed_since(before))];
            rows.extend(by_field(pieces));
            rows
        }
    }
}

/// Everything, commitment by commitment, then the sections around them.
fn of_version(plan: &State, title: impl Fn(ItemId) -> String) -> Option<(u16, Vec<Row>)> {
    let version = plan.version()?;
    let before = plan.number_before(version.number)?;
    let mut rows = Vec::new();
    for (number, frozen) in (1..).zip(&version.commitments) {
        let title = format!("{number}. {}", title(frozen.item));
        match plan.became(version.number, frozen.item)? {
            Became::Same => rows.push(Row::Said(title, words::SAME)),
            Became::New => rows.push(Row::Said(title, words::NEW)),
            Became::Changed(pieces) => {
                rows.push(Row::Said(title, words::OTHERWISE));
                rows.extend(by_field(pieces));
            }
        }
    }
    let gone = plan.gone(version.number);
    if !gone.is_empty() {
        rows.push(Row::Sentence(words::gone(&gone, before)));
    }
    let same = version.sections.is_empty();
    let became = if same { words::SAME } else { words::OTHERWISE };
    rows.push(Row::Said(words::SECTIONS.to_owned(), became));
    rows.extend(by_field(&version.sections));
    Some((before, rows))
}

/// A row on the wall.
pub fn row(row: Row) -> AnyView {
    match row {
        Row::Said(text, became) => view! {
            <p class="projector-since"><span translate="no">{text}</span> " " <span class="projector-part">{became}</span></p>
        }
        .into_any(),
        Row::Sentence(text) => view! { <p class="projector-since projector-part">{text}</p> }.into_any(),
        Row::Words(pieces) => {
            let pieces = pieces.into_iter().map(difference::piece).collect_view();
            view! { <p class="projector-since changed changed-words">{pieces}</p> }.into_any()
        }
    }
}

/// All that changed, in parts when it is long.
#[component]
pub fn ChangesView() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let all = memo(move || of_version(&view.read().plan, |id| live.title_of(id)));
    let pages = memo(move || {
        let rows = all.get().map(|(_, rows)| rows).unwrap_or_default();
        let rows = rows.into_iter().map(|row| {
            let height = row.height(LETTERS);
            (row, height)
        });
        parts(rows, Room { first: ROOM, rest: ROOM })
    });
    let pages_count = memo(move || pages.read().len());
    let page = turning(pages_count);
    let shown = memo(move || pages.read().get(page.get()).cloned().unwrap_or_default());
    let heading = move || all.get().map(|(before, _)| words::changed_since(before));
    let part =
        move || (pages_count.get() > 1).then(|| projector::part(page.get() + 1, pages_count.get()));
    view! {
        <div class="projector-head">
            <h1 data-length="heading">{reactive(heading)}</h1>
            <p class="projector-part">{reactive(part)}</p>
        </div>
        <div class="projector-changes">{reactive(move || shown.get().into_iter().map(row).collect_view())}</div>
    }
    .into_any()
}
