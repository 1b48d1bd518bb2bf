//! The home page: a field for the join code, and the exercises of this server, which can be searched
//! when there are many.

use domain::MesaNumber;
use leptos::prelude::*;

use crate::address;
use crate::page::plain::{ExerciseLink, Home};
use crate::text::{PRODUCT, entry, prepare};

/// The home page.
#[component]
pub fn HomePage(
    /// What is on it.
    home: Home,
) -> impl IntoView {
    let Home { exercises, all, search, unknown_code } = home;
    let found = exercises.len();
    let searched = search.as_ref().is_some_and(|asked| !asked.is_empty());
    view! {
        <main id="contenido" class="entry home">
            <header class="entry-head">
                <h1>{PRODUCT}</h1>
                <p class="secondary">{entry::LEAD}</p>
            </header>
            <CodeForm unknown_code/>
            <section class="entry-mesas" aria-labelledby="ejercicios">
                <h2 id="ejercicios">{entry::EXERCISES}</h2>
                {search.map(|asked| view! { <SearchForm asked/> })}
                {searched.then(|| view! {
                    <p role="status">{entry::found(found, all)} " " <a class="link" href=address::HOME>{entry::SEE_ALL}</a></p>
                })}
                {(all == 0).then(|| view! { <p class="secondary">{entry::NO_MESAS}</p> })}
                <ul class="home-cards">{exercises.into_iter().map(exercise_card).collect_view()}</ul>
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

/// The search, a form that works without a script.
#[component]
fn SearchForm(
    /// What was searched for.
    asked: String,
) -> impl IntoView {
    view! {
        <form class="home-search" role="search" method="get" action=address::HOME>
            <label for="buscar">{entry::SEARCH}</label>
            <input id="buscar" name="q" type="search" class="entry-control" value=asked maxlength="120" autocomplete="off"/>
            <button class="button">{entry::SEARCH_DO}</button>
        </form>
    }
}

/// An exercise: one link, to its public page.
fn exercise_card(link: ExerciseLink) -> impl IntoView {
    let ExerciseLink { exercise, name, municipality, mesas } = link;
    let theme = |(number, theme): (MesaNumber, String)| view! { <span class="secondary">{entry::theme(number, &theme)}</span> };
    view! {
        <li>
            <a class="card home-card" href=address::public(exercise) rel="external" translate="no">
                <b class="row-title">{name}</b>
                <span>{municipality}</span>
                {mesas.into_iter().map(theme).collect_view()}
            </a>
        </li>
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
