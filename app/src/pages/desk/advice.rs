//! Advice on the whole mesa, and whose feasibility is pending: both are drawn by the part of the
//! program that has the sheets, which the desk has a moment later.

use domain::ItemId;
use domain::deliberation::advice::{self, Advice, Place};
use leptos::prelude::*;

use crate::address;
use crate::erased::{memo, reactive};
use crate::parts;
use crate::state::Live;
use crate::text::{advice as words, name};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// All advice, and the commitments whose feasibility is pending.
    All,
    /// The latter alone, if there are any.
    Unconfirmed,
}

/// The part of the desk.
#[component]
pub fn AdvicePart() -> impl IntoView {
    parts::listing(Listing::All)
}

/// Before the read-out: whose feasibility is pending.
#[component]
pub fn Unconfirmed() -> impl IntoView {
    parts::listing(Listing::Unconfirmed)
}

/// A list, as it stands.
#[component]
pub fn Listed(
    /// What is listed.
    what: Listing,
) -> impl IntoView {
    match what {
        Listing::All => view! { <All/> }.into_any(),
        Listing::Unconfirmed => view! { <StillUnconfirmed/> }.into_any(),
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    href: String,
    words: String,
}

#[component]
fn All() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let rows = memo(move || {
        let state = view.read();
        let row = |item: ItemId, place: Place, advice: Advice| {
            let item = state.item(item)?;
            let href = format!("{}#{}", address::of(live.mesa(), item), words::anchor(place));
            Some(Row { href, words: words::row(&state, item, place, advice) })
        };
        advice::of(&state)
            .into_iter()
            .filter_map(|given| row(given.item, given.place, given.advice))
            .collect::<Vec<_>>()
    });
    let note = move || if rows.read().is_empty() { words::NONE } else { words::NOTE };
    view! {
        <section class="screen-head" aria-labelledby="consejos">
            <h2 id="consejos">{words::HEADING}</h2>
            <p class="secondary">{reactive(note)}</p>
            {list(rows)}
        </section>
        <Feasibility/>
    }
    .into_any()
}

#[component]
fn Feasibility() -> impl IntoView {
    let rows = unconfirmed(expect_context());
    let note =
        move || if rows.read().is_empty() { words::CONFIRMED } else { words::UNCONFIRMED_NOTE };
    view! {
        <section class="screen-head" aria-labelledby="viabilidad">
            <h2 id="viabilidad">{words::UNCONFIRMED}</h2>
            <p class="secondary">{reactive(note)}</p>
            {list(rows)}
        </section>
    }
    .into_any()
}

#[component]
fn StillUnconfirmed() -> impl IntoView {
    let rows = unconfirmed(expect_context());
    reactive(move || {
        let count = rows.read().len();
        (count > 0).then(|| view! { <p>{words::unconfirmed(count)}</p> {list(rows)} })
    })
}

/// The commitments whose feasibility is pending.
fn unconfirmed(live: Live) -> Memo<Vec<Row>> {
    let view = live.view();
    memo(move || {
        let state = view.read();
        let row = |item: &domain::Item| Row {
            href: format!("{}#parte-viabilidad", address::of(live.mesa(), item)),
            words: format!("{}: {}", name::numbered(&state, item), name::title(item)),
        };
        state.deliberation.unconfirmed().map(|item| row(item)).collect::<Vec<_>>()
    })
}

fn list(rows: Memo<Vec<Row>>) -> AnyView {
    let row =
        |row: Row| view! { <li class="finding"><a class="link" href=row.href>{row.words}</a></li> };
    view! { <ul class="findings">{reactive(move || rows.get().into_iter().map(row).collect_view())}</ul> }
        .into_any()
}
