//! The home page: a field for the join code, and the public pages of this server's mesas.

use leptos::prelude::*;

use crate::address;
use crate::page::plain::MesaLink;
use crate::text::{PRODUCT, entry, prepare};

/// The home page.
#[component]
pub fn HomePage(
    /// The mesas of this server.
    mesas: Vec<MesaLink>,
    /// Whether an unknown code was tried.
    unknown_code: bool,
) -> impl IntoView {
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <h1>{PRODUCT}</h1>
                <p class="secondary">{entry::LEAD}</p>
            </header>
            <CodeForm unknown_code/>
            <section class="entry-mesas" aria-labelledby="mesas">
                <h2 id="mesas">{entry::MESAS}</h2>
                {if mesas.is_empty() {
                    view! { <p class="secondary">{entry::NO_MESAS}</p> }.into_any()
                } else {
                    view! { <ul class="rows">{mesas.into_iter().map(mesa_row).collect_view()}</ul> }.into_any()
                }}
            </section>
            <section class="entry-mesas" aria-labelledby="preparar">
                <h2 id="preparar">{prepare::HOME_CREATE}</h2>
                <p class="secondary">{prepare::HOME_CREATE_LEAD}</p>
                <a class="button" href=address::SIGN_IN>{prepare::HOME_SIGN_IN}</a>
            </section>
        </main>
    }
    .into_any()
}

/// The field for the join code.
#[component]
pub fn CodeForm(
    /// Whether an unknown code was tried.
    unknown_code: bool,
) -> impl IntoView {
    let described_by = unknown_code.then_some("codigo-error");
    view! {
        <form class="card" method="post" action=address::ENTER novalidate>
            <h2>{entry::JOIN}</h2>
            <div class="entry-field">
                <label for="codigo">{entry::CODE}</label>
                <input
                    id="codigo"
                    name="codigo"
                    class="entry-control entry-code"
                    required
                    maxlength="24"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    aria-invalid=unknown_code.then_some("true")
                    aria-describedby=described_by
                />
                {unknown_code.then(|| view! { <p id="codigo-error" class="entry-error" role="alert">{entry::UNKNOWN_CODE}</p> })}
            </div>
            <button class="action">{entry::GO}</button>
        </form>
    }
}

fn mesa_row(mesa: MesaLink) -> impl IntoView {
    view! {
        <li>
            <a class="row-link" href=address::public_mesa(mesa.mesa) rel="external">
                <span class="row-title">{entry::mesa(&mesa)}</span>
                <span class="secondary">{mesa.exercise}</span>
            </a>
        </li>
    }
    .into_any()
}
