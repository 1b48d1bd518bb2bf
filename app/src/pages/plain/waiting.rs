//! Before the closed door, and the facilitation's list of who waits there. Both are loaded again by
//! the browser every few seconds.

use leptos::prelude::*;

use crate::address;
use crate::page::plain::{Signs, Waiting, Waits, WaitsHere};
use crate::text::date::time_of_day;
use crate::text::{entry, waiting as words};

/// The page of who waits.
#[component]
pub fn WaitsPage(
    /// Who.
    page: Waits,
) -> impl IntoView {
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{page.mesa.exercise.clone()}</p>
                <h1>{entry::door(&page.mesa, Signs::Never)}</h1>
                <p class="entry-theme">{page.mesa.theme.clone()}</p>
            </header>
            <section class="card">
                <p role="status">{words::WAITS_BEFORE}<b translate="no">{page.name}</b>{words::WAITS_AFTER}</p>
                <p class="note">{words::KEEP_OPEN}</p>
            </section>
        </main>
    }
    .into_any()
}

/// The list.
#[component]
pub fn WaitsHerePage(
    /// Who waits.
    page: WaitsHere,
) -> impl IntoView {
    let here = address::waiting(page.mesa.mesa);
    let none = page.people.is_empty();
    let row = |waiting: Waiting| {
        let Waiting { id, name, organisation, since } = waiting;
        let about = [Some(organisation), since.map(|since| words::since(&time_of_day(since)))];
        let about: Vec<_> = about.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        view! {
            <li class="row-link">
                <span class="row-title">{name}</span>
                <span class="secondary">{about.join(" · ")}</span>
                <form method="post" action=here.clone() class="buttons">
                    <input type="hidden" name="persona" value=id/>
                    <button class="button" data-tone="accent" name="admite" value="si">{words::ADMIT}</button>
                    <button class="button" name="admite" value="no">{words::TURN_AWAY}</button>
                </form>
            </li>
        }
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{entry::mesa(&page.mesa)}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{words::LEAD}</p>
            </header>
            {if none {
                view! { <p class="empty">{words::NOBODY}</p> }.into_any()
            } else {
                view! { <ul class="rows">{page.people.into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
            <a class="button" href=address::desk(page.mesa.mesa)>{words::DESK}</a>
        </main>
    }
    .into_any()
}
