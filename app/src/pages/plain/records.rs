//! The people of whom a record is kept, and erasing one. Plain HTML that posts to the page's own
//! address.

use leptos::prelude::*;

use crate::address;
use crate::page::plain::{KeptRecord, Records};
use crate::text::{entry, records as words};

/// The page.
#[component]
pub fn RecordsPage(
    /// The people.
    records: Records,
) -> impl IntoView {
    let Records { mesa, people, may, asked, erased } = records;
    let here = address::records(mesa.mesa);
    let none = people.is_empty();
    let rows = people.into_iter().map(|kept| row(kept, may)).collect_view();
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{entry::mesa(&mesa)}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{words::LEAD}</p>
            </header>
            {erased.map(|written| view! { <p class="sent" role="status">{words::erased(written)}</p> })}
            {asked.map(|kept| question(kept, &here))}
            <section class="card">
                {(!may).then(|| view! { <p class="note">{words::NOT_YET}</p> })}
                {if none {
                    view! { <p class="empty">{words::NOBODY}</p> }.into_any()
                } else {
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                }}
            </section>
            <a class="button" href=address::attendance(mesa.mesa)>{words::BACK}</a>
        </main>
    }
    .into_any()
}

fn row(kept: KeptRecord, may: bool) -> impl IntoView {
    let KeptRecord { person, name, organisations } = kept;
    let label = words::erase_of(&name);
    view! {
        <li>
            <span class="row-title" translate="no">{name}</span>
            <span class="secondary">{organisations.join(" · ")}</span>
            {may.then(|| view! {
                <form method="post">
                    <input type="hidden" name="persona" value=person.to_string()/>
                    <button class="button" aria-label=label>{words::ERASE}</button>
                </form>
            })}
        </li>
    }
}

fn question(kept: KeptRecord, here: &str) -> impl IntoView {
    view! {
        <form class="card" method="post" aria-labelledby="pregunta">
            <h2 id="pregunta">{words::question(&kept.name)}</h2>
            <p>{words::WHAT_CHANGES}</p>
            <input type="hidden" name="persona" value=kept.person.to_string()/>
            <button class="action" name="borrar" value="si">{words::YES}</button>
            <a class="button" href=here.to_owned()>{words::NO}</a>
        </form>
    }
}
