//! What a change does, said before it is made.

use leptos::prelude::*;

use crate::page::prepare::Consequence;
use crate::text::prepare as words;

/// The list and the button that confirms; the form's fields hold what will be saved. Empty when
/// there is nothing to confirm.
pub(super) fn consequences(consequences: &[Consequence]) -> AnyView {
    if consequences.is_empty() {
        return ().into_any();
    }
    let each = |consequence: &Consequence| view! { <li>{words::consequence(consequence)}</li> };
    view! {
        <section class="card prepare-consequences" role="alert" aria-labelledby="cambios">
            <h2 id="cambios">{words::CONSEQUENCES}</h2>
            <ul>{consequences.iter().map(each).collect_view()}</ul>
            <div class="prepare-buttons">
                <button class="action" name="confirma" value="si">{words::CONFIRM}</button>
                <a class="button" href="">{words::BACK}</a>
            </div>
        </section>
    }
    .into_any()
}
