//! The door: name and organisation, then inside. Plain HTML that posts to the page's own address,
//! so that it works before any script runs and without one. A small script shows the name that the
//! person will be called by as they type; without it the door says so when the form is sent, and
//! lets them in the second time.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::attendance::{NamePublic, ShortNotice, Ways};
use crate::address;
use crate::page::plain::{Door, DoorProblem, Known};
use crate::text::{attendance, entry};

/// The script that asks the door while the person types.
const LOOK: &str = include_str!("door.js");

/// The door of a mesa.
#[component]
pub fn DoorPage(
    /// What is known about the person.
    door: Door,
) -> impl IntoView {
    let Door {
        mesa,
        role,
        organisation,
        known,
        typed_name,
        typed_organisation,
        called,
        confirms,
        choices,
        signs,
        problem,
    } = door;
    let name_is_wrong = matches!(problem, Some(DoorProblem::NameMissing | DoorProblem::NotPlain));
    let asks_name = known.is_none();
    let asks_organisation = asks_name && organisation.is_none();
    let sentence = match &organisation {
        Some(organisation) => entry::seat(organisation),
        None => entry::entering_as(role).to_owned(),
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{mesa.exercise.clone()}</p>
                <h1>{entry::door(&mesa, signs)}</h1>
                <p class="entry-theme">{mesa.theme.clone()}</p>
                {match &known {
                    Some(Known { name, organisation, invited, .. }) => {
                        let organisation = (!organisation.is_empty()).then(|| format!(" · {organisation}"));
                        let (before, after) =
                            if *invited { (entry::INVITED, entry::invited_next(signs)) } else { (entry::KNOWN_AS, entry::KNOWN) };
                        view! { <p>{before}<b translate="no">{name.clone()}{organisation}</b>". "{after}</p> }.into_any()
                    }
                    None => view! { <p class="secondary">{sentence}</p> }.into_any(),
                }}
            </header>
            <form class="card" method="post" novalidate>
                {problem.map(|problem| view! { <p id="puerta-error" class="entry-error" role="alert">{entry::problem(problem)}</p> })}
                {asks_name.then(|| view! {
                    <div class="entry-field">
                        <label for="nombre">{entry::NAME}</label>
                        <input
                            id="nombre"
                            name="nombre"
                            class="entry-control"
                            required
                            maxlength="240"
                            autocomplete="name"
                            value=typed_name
                            aria-invalid=name_is_wrong.then_some("true")
                            aria-describedby=if name_is_wrong { "puerta-error nombre-nota" } else { "nombre-nota" }
                        />
                    </div>
                })}
                {asks_organisation.then(|| view! {
                    <div class="entry-field">
                        <label for="organizacion">{entry::ORGANISATION}</label>
                        <input
                            id="organizacion"
                            name="organizacion"
                            class="entry-control"
                            maxlength="240"
                            autocomplete="organization"
                            value=typed_organisation
                            aria-describedby="organizacion-nota"
                        />
                        <p id="organizacion-nota" class="note">{entry::ORGANISATION_HINT}</p>
                    </div>
                })}
                // Folded, so that the button is in sight: most people are in the room and change
                // nothing.
                <details class="entry-more">
                    <summary>{attendance::as_chosen(choices.mode)}</summary>
                    <Ways choices=choices.clone()/>
                    <NamePublic name_public=choices.name_public/>
                </details>
                <div class="entry-called">
                    // The script replaces this element's content with that of the door's answer.
                    <div id="como" role="status">
                        {match &called {
                            // A name must not be translated.
                            Some(name) => view! { <p>{entry::CALLED_AS}<b translate="no">"«"{name.clone()}"»"</b></p> }.into_any(),
                            None => view! { <p>{entry::CALLED_YET}</p> }.into_any(),
                        }}
                        {confirms.then(|| view! { <p>{entry::confirm(signs)}</p> })}
                        <input type="hidden" name="visto" value=called.unwrap_or_default()/>
                    </div>
                    <p id="nombre-nota" class="note">{entry::privacy(signs)}</p>
                </div>
                <button class="action" autofocus=confirms>{entry::enter(signs)}</button>
                {choices.notice.map(|notice| view! { <ShortNotice mesa=mesa.mesa notice/> })}
            </form>
            // Without a name to type there is nothing to ask.
            {asks_name.then(|| view! { <script type="module" nonce=use_nonce() inner_html=LOOK></script> })}
            // That page lets them leave the device, and first tells them what isn't sent.
            {known.map(|known| if known.invited {
                view! { <p class="note">{entry::NOT_INVITED}</p> }.into_any()
            } else {
                view! { <a class="button" href=address::now(known.at)>{entry::NOT_ME}</a> }.into_any()
            })}
        </main>
    }
    .into_any()
}
