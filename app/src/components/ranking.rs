//! What the last prioritisation came to: the problems in order, with their points.

use leptos::prelude::*;

use crate::address;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::state::priority::{Ranked, ranked};
use crate::text::priority as words;

/// The list; nothing before one was closed.
#[component]
pub fn Ranking() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let rows = memo(move || {
        let state = view.read();
        state.priority.closed.last().map(|outcome| ranked(&state, outcome)).unwrap_or_default()
    });
    let counted = memo(move || {
        let state = view.read();
        let outcome = state.priority.closed.last()?;
        let (gave, of) = (outcome.gave.len(), outcome.gave.len() + outcome.missing.len());
        Some(words::counted(gave, of, outcome.points))
    });
    let links = live.member().is_some();
    let row = move |Ranked { id, title, points }: Ranked| {
        let most = rows.read_untracked().first().map_or(1, |first| first.points.max(1));
        // Not by a style, which the policy of pages refuses.
        let bar = format!("<svg><rect width=\"{}%\" height=\"100%\"/></svg>", points * 100 / most);
        let href = view.read_untracked().item(id).map(|item| address::of(live.mesa(), item));
        let title = match href.filter(|_| links) {
            Some(href) => view! { <a class="link" translate="no" href=href>{title}</a> }.into_any(),
            None => view! { <span translate="no">{title}</span> }.into_any(),
        };
        view! {
            <li>
                {title}
                <b>{words::points(points)}</b>
                <span class="ranking-bar" aria-hidden="true" inner_html=bar></span>
            </li>
        }
    };
    view! {
        <Show when=move || counted.read().is_some()>
            <p class="secondary">{reactive(move || counted.get())}</p>
            <ol class="ranking">{reactive(move || rows.get().into_iter().map(row).collect_view())}</ol>
        </Show>
    }
    .into_any()
}
