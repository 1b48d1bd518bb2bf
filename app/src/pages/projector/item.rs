//! One problem or commitment, large.

use std::sync::Arc;

use domain::deliberation::item::Details;
use domain::{Item, ItemId, ItemKind, Phase, TextField};
use leptos::prelude::*;

use super::changes;
use super::paging::{GAP, LINE, Room, lines, parts, pieces, turning};
use crate::components::{CategoryMark, Fact, Facts};
use crate::erased::{ForItems, memo, reactive};
use crate::state::Live;
use crate::text::{date, name, projector};

/// Height below the category for the title and the activities, in tenths of `--p`.
const ROOM: usize = 330;
/// Height below the title on the parts after the first, where it is cut to two lines.
const ROOM_AFTER: usize = 260;
/// Letters of an activity per line.
const LETTERS: usize = 54;
/// Letters of a fact per line, beside its term.
const FACT_LETTERS: usize = 52;
/// Lines of a fact that are kept together; a longer fact continues in a row of its own.
const FACT_LINES: usize = 5;
/// Width that is left of a line beside the quota board, in hundredths.
const BESIDE: usize = 70;

/// The font size of a title: the shorter, the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Short,
    Long,
    Longest,
}

impl Size {
    fn of(title: &str) -> Self {
        match title.chars().count() {
            0..=70 => Self::Short,
            71..=160 => Self::Long,
            _ => Self::Longest,
        }
    }

    fn attribute(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Longest => "longest",
        }
    }

    /// Height of a title, in tenths of `--p`, when its lines have `width` hundredths of the full
    /// width.
    fn height(self, title: &str, width: usize) -> usize {
        let (letters, line) = match self {
            Self::Short => (32, 49),
            Self::Long => (48, 38),
            Self::Longest => (76, 30),
        };
        lines(title, letters * width / 100) * line
    }
}

/// The item that is shown.
#[component]
pub fn ItemView(
    /// The item.
    id: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item) = (live.view(), live.item(id));
    let title =
        memo(move || item.read().as_ref().map(|item| name::title(item)).unwrap_or_default());
    let number = move || item.read().as_ref().map(|item| name::numbered(&view.read(), item));
    let category = memo(move || {
        item.read().as_ref().and_then(|item| item.as_commitment()).map(|c| c.category)
    });
    let pages = memo(move || {
        let state = view.read();
        let title = title.read();
        let is_beside = matches!(state.conduct.phase, Phase::Agreements | Phase::ReadOut);
        let width = if is_beside { BESIDE } else { 100 };
        let reads_out = state.conduct.phase == Phase::ReadOut;
        let first = ROOM.saturating_sub(Size::of(&title).height(&title, width));
        let facts =
            item.read().as_ref().map(facts).unwrap_or_default().into_iter().flat_map(|fact| {
                let letters = FACT_LETTERS * width / 100;
                let terms = std::iter::once(fact.term).chain(std::iter::repeat(projector::GOES_ON));
                let rows = pieces(&fact.value, letters * FACT_LINES).into_iter().zip(terms);
                rows.map(move |(value, term)| {
                    let height = lines(&value, letters) * LINE + GAP;
                    (Entry::Fact(Fact { term, value }), height)
                })
            });
        let activities = state.visible(ItemKind::Activity, Some(id)).map(|activity| {
            let height = lines(&name::title(activity), LETTERS * width / 100) * LINE + GAP;
            (Entry::Activity(activity.id), height)
        });
        let changes = changes::of_commitment(&state.plan, id).into_iter().filter(|_| reads_out);
        let changes = changes.map(|row| {
            let height = row.height(LETTERS * width / 100);
            (Entry::Changed(row), height)
        });
        let entries = facts.chain(activities).chain(changes);
        parts(entries, Room { first, rest: ROOM_AFTER.max(first) })
    });
    let pages_count = memo(move || pages.read().len());
    let page = turning(pages_count);
    let shown = memo(move || pages.read().get(page.get()).cloned().unwrap_or_default());
    let facts = memo(move || shown.read().iter().filter_map(Entry::fact).collect::<Vec<_>>());
    let activities =
        memo(move || shown.read().iter().filter_map(Entry::activity).collect::<Vec<_>>());
    let changed = memo(move || shown.read().iter().filter_map(Entry::changed).collect::<Vec<_>>());
    let part =
        move || (pages_count.get() > 1).then(|| projector::part(page.get() + 1, pages_count.get()));
    view! {
        <div class="projector-head">
            <p class="projector-kind">
                {reactive(move || category.get().map(|category| view! { <CategoryMark category/> }))}
                <span>{number}</span>
            </p>
            <p class="projector-part">{part}</p>
        </div>
        <h1 data-length=move || Size::of(&title.read()).attribute() data-again=move || (page.get() > 0).then_some("") translate="no">{reactive(move || title.get())}</h1>
        <Facts facts class="projector-facts"/>
        <ol class="projector-lines">
            <ForItems each=activities let(id)>
                <ActivityLine id/>
            </ForItems>
        </ol>
        {reactive(move || changed.get().into_iter().map(changes::row).collect_view())}
    }
    .into_any()
}

/// An entry below the title.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Fact(Fact),
    Activity(ItemId),
    Changed(changes::Row),
}

impl Entry {
    fn fact(&self) -> Option<Fact> {
        match self {
            Self::Fact(fact) => Some(fact.clone()),
            Self::Activity(_) | Self::Changed(_) => None,
        }
    }

    fn activity(&self) -> Option<ItemId> {
        match self {
            Self::Activity(id) => Some(*id),
            Self::Fact(_) | Self::Changed(_) => None,
        }
    }

    fn changed(&self) -> Option<changes::Row> {
        match self {
            Self::Changed(row) => Some(row.clone()),
            Self::Fact(_) | Self::Activity(_) => None,
        }
    }
}

/// An activity with its due date.
#[component]
fn ActivityLine(
    /// The activity.
    id: ItemId,
) -> impl IntoView {
    let item = expect_context::<Live>().item(id);
    let title = move || item.read().as_ref().map(|item| name::title(item));
    let has_due = memo(move || {
        item.read()
            .as_ref()
            .and_then(|item| item.as_activity())
            .is_some_and(|activity| activity.due.is_some())
    });
    let due = move || {
        let due = item
            .read()
            .as_ref()
            .and_then(|item| item.as_activity())
            .and_then(|activity| activity.due);
        due.map_or_else(|| projector::NO_DUE.to_owned(), date::short_date)
    };
    view! {
        <li>
            <span translate="no">{title}</span>
            <span class=move || if has_due.get() { "line-side" } else { "line-side missing" }>{due}</span>
        </li>
    }
    .into_any()
}

/// Short facts about a problem.
fn facts(item: &Arc<Item>) -> Vec<Fact> {
    match &item.details {
        Details::Problem(problem) => [
            Fact::new(projector::AFFECTED, item.text(TextField::Affected)),
            Fact::new(projector::PLACE, item.text(TextField::Place)),
            Fact::new(projector::ORIGIN, problem.origin.map(name::origin).unwrap_or_default()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Details::Commitment(_)
        | Details::Activity(_)
        | Details::Solution(_)
        | Details::DraftCommitment(_)
        | Details::Contribution(_) => Vec::new(),
    }
}
