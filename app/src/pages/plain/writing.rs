//! Whether somebody may write at the mesa, and why not: for them alone. Plain HTML that posts what they
//! say to it to the page's own address.

use leptos::prelude::*;

use crate::address;
use crate::page::petition::{OwnWriting, Paused};
use crate::text::{entry, moderation as words, petition};

/// The page.
#[component]
pub fn WritingPage(
    /// What is on it.
    page: OwnWriting,
) -> impl IntoView {
    let OwnWriting { mesa, paused, typed, problem, sent } = page;
    let back = address::now(mesa.mesa);
    let action = address::writing(mesa.mesa);
    let told = match paused {
        None => view! { <p>{words::MAY}</p> }.into_any(),
        Some(Paused { by, reason, appeal }) => {
            let by = if by.is_empty() { words::FACILITATION.to_owned() } else { by };
            view! {
                <p>{words::MAY_NOT}</p>
                <section class="card">
                    <p translate="no">{words::told(&by, &reason)}</p>
                </section>
                {appeal.map(|appeal| view! {
                    <section class="card" aria-labelledby="antes">
                        <h2 id="antes">{words::BEFORE}</h2>
                        <p translate="no">{appeal}</p>
                    </section>
                })}
                <form class="card" method="post" action=action>
                    {problem.map(|problem| view! { <p class="entry-error" role="alert">{petition::problem(problem)}</p> })}
                    <div class="entry-field">
                        <label for="texto">{words::APPEAL}</label>
                        <textarea id="texto" name="texto" class="entry-control" rows="4" maxlength="2000" required>{typed}</textarea>
                    </div>
                    <button class="action">{words::SEND}</button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{entry::mesa(&mesa)}</p>
                <h1>{words::OWN}</h1>
            </header>
            {sent.then(|| view! { <p class="sent" role="status">{words::SENT}</p> })}
            {told}
            <a class="button" href=back>{words::BACK}</a>
        </main>
    }
    .into_any()
}
