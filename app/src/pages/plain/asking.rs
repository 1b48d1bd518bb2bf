//! Asking for a correction of one's data. Plain HTML that posts to the page's own address.

use leptos::prelude::*;

use crate::address;
use crate::page::petition::{Asked, Asking};
use crate::text::{entry, petition as words};

/// The page.
#[component]
pub fn AskingPage(
    /// What is on it.
    page: Asking,
) -> impl IntoView {
    let Asking { mesa, typed, problem, sent, before } = page;
    let asked = |asked: Asked| {
        view! {
            <li>
                <span class="row-title">{asked.text.clone()}</span>
                <span class="secondary">{words::standing(&asked)}</span>
            </li>
        }
    };
    let before = (!before.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="antes">
                <h2 id="antes">{words::BEFORE}</h2>
                <ul class="rows">{before.into_iter().map(asked).collect_view()}</ul>
            </section>
        }
    });
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{entry::mesa(&mesa)}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{words::LEAD}</p>
            </header>
            {sent.then(|| view! { <p class="sent" role="status">{words::SENT}</p> })}
            <form class="card" method="post" action=address::petition(mesa.mesa)>
                {problem.map(|problem| view! { <p class="entry-error" role="alert">{words::problem(problem)}</p> })}
                <div class="entry-field">
                    <label for="texto">{words::TEXT}</label>
                    <textarea id="texto" name="texto" class="entry-control" rows="5" maxlength="2000" required>{typed}</textarea>
                </div>
                <button class="action">{words::SEND}</button>
            </form>
            {before}
            <a class="button" href=address::attendance(mesa.mesa)>{words::BACK}</a>
        </main>
    }
    .into_any()
}
