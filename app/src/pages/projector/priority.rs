//! Which problems come first, on the wall: while points are divided how many organisations did, never
//! how; once it is closed the problems in order.

use leptos::prelude::*;

use super::paging::{GAP, LINE, Room, lines, parts, turning};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::state::priority::{Ranked, ranked};
use crate::text::{priority as words, projector};

/// Height available for the list, in tenths of `--p`.
const ROOM: usize = 360;
/// Letters of a title per line.
const LETTERS: usize = 46;

/// What the wall shows of it.
#[component]
pub fn PriorityView() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let open = memo(move || view.read().priority.open.is_some());
    view! {
        <Show when=move || open.get() fallback=|| view! { <Result/> }>
            <Going/>
        </Show>
    }
    .into_any()
}

/// Points are being divided.
#[component]
fn Going() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let counts = memo(move || {
        let state = view.read();
        let given = state.priority.open.as_ref().map_or(0, |open| open.count());
        (given, state.prioritising().count())
    });
    let pieces = move || {
        let (given, of) = counts.get();
        let piece = |place| view! { <i data-full=(place < given).then_some("")></i> };
        (0..of).map(piece).collect_view()
    };
    view! {
        <div class="projector-head"><h1 data-length="heading">{words::FIRST}</h1></div>
        <p class="projector-empty">{reactive(move || words::count(counts.get().0, counts.get().1))}</p>
        <p class="answered-pieces" aria-hidden="true">{reactive(pieces)}</p>
        <p class="projector-part">{words::SECRET}</p>
    }
    .into_any()
}

/// What it came to, in parts when it is long.
#[component]
fn Result() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let all = memo(move || {
        let state = view.read();
        let last = state.priority.closed.last();
        last.map(|outcome| ranked(&state, outcome)).unwrap_or_default()
    });
    let pages = memo(move || {
        let entry = |ranked: Ranked| {
            let height = lines(&ranked.title, LETTERS) * LINE + GAP;
            (ranked, height)
        };
        parts(all.get().into_iter().map(entry), Room { first: ROOM, rest: ROOM })
    });
    let pages_count = memo(move || pages.read().len());
    let page = turning(pages_count);
    let shown = memo(move || pages.read().get(page.get()).cloned().unwrap_or_default());
    let part =
        move || (pages_count.get() > 1).then(|| projector::part(page.get() + 1, pages_count.get()));
    let row = |Ranked { title, points, .. }: Ranked| {
        view! { <li><span translate="no">{title}</span><span class="line-side">{words::points(points)}</span></li> }
    };
    view! {
        <div class="projector-head">
            <h1 data-length="heading">{words::FIRST}</h1>
            <p class="projector-part">{reactive(part)}</p>
        </div>
        <ol class="projector-lines">{reactive(move || shown.get().into_iter().map(row).collect_view())}</ol>
    }
    .into_any()
}
