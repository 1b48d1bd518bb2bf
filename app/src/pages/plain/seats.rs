//! The seats of an exercise, and their personal links as cards to be printed and cut out. Plain HTML
//! that posts to the page's own address.

use domain::codes::Coded;
use leptos::prelude::*;

use crate::address;
use crate::page::setup::{SeatCard, SeatedActor, Seats};
use crate::text::{entry, seats as words};

/// The page.
#[component]
pub fn SeatsPage(
    /// The seats.
    seats: Seats,
) -> impl IntoView {
    let Seats { mesa, actors, typed, problem, cards } = seats;
    let (here, none) = (address::seats(mesa.mesa), actors.is_empty());
    let option = |sector| {
        view! { <option value=Coded::code(&sector)>{words::sector(sector)}</option> }
    };
    view! {
        <main id="contenido" class="entry setup seats">
            <header class="entry-head">
                <p class="secondary">{entry::mesa(&mesa)}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{words::LEAD}</p>
            </header>
            {(!cards.is_empty()).then(|| view! { <ul class="seat-cards">{cards.into_iter().map(card).collect_view()}</ul> })}
            <section class="card" aria-labelledby="organizaciones">
                <h2 id="organizaciones">{words::ACTORS}</h2>
                {if none {
                    view! { <p class="empty">{words::EMPTY}</p> }.into_any()
                } else {
                    view! { <ul class="rows">{actors.into_iter().map(row).collect_view()}</ul> }.into_any()
                }}
            </section>
            <form class="card" method="post" action=here.clone() novalidate>
                <h2>{words::ADD}</h2>
                {problem.map(|problem| view! { <p id="organizacion-error" class="entry-error" role="alert">{words::problem(problem)}</p> })}
                <div class="entry-field">
                    <label for="organizacion">{words::ORGANISATION}</label>
                    <input
                        id="organizacion"
                        name="organizacion"
                        class="entry-control"
                        maxlength="240"
                        autocomplete="off"
                        value=typed
                        aria-invalid=problem.map(|_| "true")
                        aria-describedby=problem.map(|_| "organizacion-error")
                    />
                </div>
                <div class="entry-field">
                    <label for="sector">{words::SECTOR}</label>
                    <select id="sector" name="sector" class="entry-control">
                        {words::SECTORS.into_iter().map(option).collect_view()}
                    </select>
                </div>
                <label class="entry-choice">
                    <input type="checkbox" name="firma" value="si" checked/>
                    <span>{words::SIGNS}</span>
                </label>
                <button class="button">{words::ADD_BUTTON}</button>
            </form>
            {(!none).then(|| view! {
                <form class="card" method="post" action=format!("{here}/enlaces")>
                    <h2>{words::LINKS}</h2>
                    <p>{words::LINKS_LEAD}</p>
                    <button class="action">{words::MAKE}</button>
                </form>
            })}
            <a class="button" href=address::desk(mesa.mesa)>{words::DESK}</a>
        </main>
    }
    .into_any()
}

fn row(actor: SeatedActor) -> impl IntoView {
    let signs = (!actor.signs).then_some(words::DOES_NOT_SIGN);
    let about = [Some(words::sector(actor.sector)), signs];
    view! {
        <li>
            <span class="row-title">{actor.organisation}</span>
            <span class="secondary">{about.into_iter().flatten().collect::<Vec<_>>().join(" · ")}</span>
        </li>
    }
}

fn card(card: SeatCard) -> impl IntoView {
    view! {
        <li class="card seat-card">
            <p class="row-title">{card.organisation}</p>
            <div class="seat-qr" inner_html=card.qr_svg></div>
            <p class="note">{words::CARD}</p>
            <p class="seat-url" translate="no">{card.url}</p>
        </li>
    }
}
