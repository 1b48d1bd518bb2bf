//! The consolidated agreement: every commitment with its category, its lead and the number of its
//! activities.

use domain::deliberation::choice::Category;
use domain::{ItemId, ItemKind, Mesa, Phase};
use leptos::prelude::*;

use super::paging::{GAP, LINE, Room, lines, parts, turning};
use crate::components::CategoryMark;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{count, name, projector};

/// Height available for the list, in tenths of `--p`.
const ROOM: usize = 360;
/// Letters of a title per line.
const LETTERS: usize = 50;
/// The same beside the quota board.
const LETTERS_BESIDE: usize = 36;
/// Height of the line with the category and the lead.
const LEAD_LINE: usize = 22;

/// A commitment in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Agreed {
    id: ItemId,
    number: usize,
    category: Option<Category>,
    title: String,
    lead: Option<String>,
    activities: usize,
}

fn agreed(state: &Mesa) -> Vec<Agreed> {
    state
        .visible(ItemKind::Commitment, None)
        .zip(1..)
        .map(|(item, number)| Agreed {
            id: item.id,
            number,
            category: item.as_commitment().and_then(|commitment| commitment.category),
            title: name::title(item),
            lead: item.as_commitment().and_then(|commitment| name::party(state, &commitment.lead)),
            activities: state.visible(ItemKind::Activity, Some(item.id)).count(),
        })
        .collect()
}

/// The list, in parts when it is long.
#[component]
pub fn AgreementView() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let all = memo(move || agreed(&view.read()));
    let is_beside = memo(move || view.read().conduct.phase == Phase::Agreements);
    let pages = memo(move || {
        let letters = if is_beside.get() { LETTERS_BESIDE } else { LETTERS };
        let entries = all.get().into_iter().map(|agreed| {
            let height = lines(&agreed.title, letters) * LINE + LEAD_LINE + GAP - 7;
            (agreed, height)
        });
        parts(entries, Room { first: ROOM, rest: ROOM })
    });
    let pages_count = memo(move || pages.read().len());
    let page = turning(pages_count);
    let shown = memo(move || pages.read().get(page.get()).cloned().unwrap_or_default());
    let totals = move || {
        let all = all.read();
        projector::totals(all.len(), all.iter().map(|agreed| agreed.activities).sum())
    };
    let part =
        move || (pages_count.get() > 1).then(|| projector::part(page.get() + 1, pages_count.get()));
    view! {
        <div class="projector-head">
            <h1 data-length="heading">{projector::AGREEMENT}</h1>
            <p class="projector-part">{totals}{reactive(move || part().map(|part| format!(" · {part}")))}</p>
        </div>
        <Show when=move || all.read().is_empty()>
            <p class="projector-empty">{projector::NO_COMMITMENTS}</p>
        </Show>
        <ol class="projector-lines agreement-lines">
            <For each=move || shown.get() key=|agreed| agreed.id let(agreed)>
                <AgreedRow id=agreed.id all/>
            </For>
        </ol>
    }
    .into_any()
}

/// A row. It stays while its words change, so that nothing flickers.
#[component]
fn AgreedRow(
    /// The commitment.
    id: ItemId,
    /// The full list.
    all: Memo<Vec<Agreed>>,
) -> impl IntoView {
    let row = memo(move || all.read().iter().find(|agreed| agreed.id == id).cloned());
    let category = Signal::derive(move || row.read().as_ref().and_then(|row| row.category));
    let title = move || row.read().as_ref().map(|row| format!("{}. {}", row.number, row.title));
    let lead = move || row.read().as_ref().and_then(|row| row.lead.clone());
    let activities = move || row.read().as_ref().map(|row| count::activities(row.activities));
    view! {
        <li class="agreed">
            <span>
                <span translate="no">{title}</span>
                <small>
                    <CategoryMark category/>
                    <span translate="no">{lead}</span>
                </small>
            </span>
            <span class="line-side">{activities}</span>
        </li>
    }
    .into_any()
}
