//! What people ask to be corrected of their data.

use domain::StreamId;
use leptos::prelude::*;

use crate::address;
use crate::page::petition::Petition;
use crate::text::petition as words;

/// The list.
pub(super) fn petitions(exercise: StreamId, petitions: Vec<Petition>) -> AnyView {
    if petitions.is_empty() {
        return view! { <p class="empty">{words::NONE}</p> }.into_any();
    }
    let row = |petition: Petition| {
        let Petition { id, name, asked } = petition;
        let name = if name.is_empty() { words::NAMELESS.to_owned() } else { name };
        let settle = asked.settled.is_none().then(|| {
            view! {
                <form class="prepare-buttons" method="post" action=address::prepare_part(exercise, "solicitudes")>
                    <button class="button" name="solicitud" value=id>{words::SETTLE}</button>
                </form>
            }
        });
        view! {
            <li class="prepare-step">
                <div>
                    <span class="row-title" translate="no">{name}</span>
                    <p>{asked.text.clone()}</p>
                    <p class="secondary">{words::standing(&asked)}</p>
                </div>
                {settle}
            </li>
        }
    };
    view! {
        <p class="secondary">{words::LIST_LEAD}</p>
        <ul class="card rows">{petitions.into_iter().map(row).collect_view()}</ul>
    }
    .into_any()
}
