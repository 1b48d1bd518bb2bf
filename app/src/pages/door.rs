//! The door: name and organisation, then inside. Plain HTML that posts to the page's own address, so that it works before
//! any script runs and without one.

use leptos::prelude::*;

use super::attendance::{NamePublic, ShortNotice, Ways};
use crate::page::{Door, DoorProblem};
use crate::text::{attendance, entry};

/// The door of a mesa.
#[component]
pub fn DoorPage(
    /// What is known of who comes.
    door: Door,
) -> impl IntoView {
    let Door { mesa, role, organisation, typed_name, typed_organisation, choices, problem } = door;
    let name_is_wrong = matches!(problem, Some(DoorProblem::NameMissing | DoorProblem::NotPlain));
    let asks_organisation = organisation.is_none();
    let sentence = match &organisation {
        Some(organisation) => entry::seat(organisation),
        None => entry::entering_as(role).to_owned(),
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{mesa.exercise.clone()}</p>
                <h1>{entry::door(&mesa)}</h1>
                <p class="entry-theme">{mesa.theme.clone()}</p>
                <p class="secondary">{sentence}</p>
            </header>
            <form class="card" method="post" novalidate>
                {problem.map(|problem| view! { <p id="puerta-error" class="entry-error" role="alert">{entry::problem(problem)}</p> })}
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
                    <p id="nombre-nota" class="note">{entry::PRIVACY}</p>
                </div>
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
                // Folded, so that the button is in sight: most people are in the room and change nothing.
                <details class="entry-more">
                    <summary>{attendance::as_chosen(choices.mode)}</summary>
                    <Ways choices=choices.clone()/>
                    <NamePublic name_public=choices.name_public/>
                </details>
                <button class="action">{entry::ENTER}</button>
                {choices.notice.map(|notice| view! { <ShortNotice mesa=mesa.mesa notice/> })}
            </form>
        </main>
    }
    .into_any()
}
