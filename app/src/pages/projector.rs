//! The projector: one idea a screen, no controls, nothing to scroll. It follows what the facilitator points at and keeps the
//! last state while there is no connection.

mod agreement;
mod item;
mod paging;

use domain::Shown;
use leptos::prelude::*;

use crate::page::Invitation;
use crate::state::{Connection, Live};
use crate::text::{PRODUCT, name, projector, table};

use agreement::AgreementView;
use item::ItemView;

/// The page at `/proyector/…`.
#[component]
pub fn ProjectorPage(
    /// How phones come in.
    invitation: Invitation,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    // An item that was deleted while it was shown leaves the screen blank, not stale.
    let shown = Memo::new(move |_| {
        let state = view.read();
        match state.shown {
            Shown::Item(id) if !state.item(id).is_some_and(|item| state.is_visible(item)) => Shown::Blank,
            Shown::Agreement | Shown::Blank | Shown::Item(_) => state.shown.clone(),
        }
    });
    let mirror = move || match shown.get() {
        Shown::Agreement => projector::mirror(projector::AGREEMENT),
        Shown::Blank => projector::BLANK.to_owned(),
        Shown::Item(id) => {
            let state = view.read();
            let what = state.item(id).map(|item| format!("{}. {}", name::numbered(&state, item), name::title(item)));
            projector::mirror(&what.unwrap_or_default())
        }
    };
    view! {
        <div class="projector">
            <main id="contenido" class="projector-main">
                {move || match shown.get() {
                    Shown::Agreement => view! { <AgreementView/> }.into_any(),
                    Shown::Blank => view! { <h1 class="visually-hidden">{PRODUCT}</h1> }.into_any(),
                    Shown::Item(id) => view! { <ItemView id/> }.into_any(),
                }}
                <p class="visually-hidden" aria-live="polite">{mirror}</p>
            </main>
            <Foot invitation/>
        </div>
    }
    .into_any()
}

/// Always there: where the mesa stands and how to come in.
#[component]
fn Foot(
    /// How phones come in.
    invitation: Invitation,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, connection) = (live.view(), live.connection());
    let mesa = Memo::new(move |_| view.read().mesa.as_ref().map(|mesa| format!("{} · {}", table::mesa(mesa.number), mesa.theme)));
    let Invitation { url, code, qr_svg } = invitation;
    // People type it: what every browser adds by itself is left out, and the code stands below.
    let address = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let address = address.strip_suffix(&code).and_then(|rest| rest.strip_suffix('/')).unwrap_or(address).to_owned();
    view! {
        <footer class="projector-foot">
            <div class="projector-phase">
                <span>{move || mesa.get()}</span>
                <b>{move || name::phase(view.read().phase)}</b>
                <Show when=move || connection.get() == Connection::Offline>
                    <span class="projector-offline" role="status">{projector::OFFLINE}</span>
                </Show>
            </div>
            <section class="invitation" aria-label=projector::INVITATION>
                <p>
                    <span>{projector::JOIN}</span>
                    <span class="invitation-address">{address}</span>
                    <b>{code}</b>
                </p>
                <div class="qr" role="img" aria-label=projector::QR inner_html=qr_svg></div>
            </section>
        </footer>
    }
    .into_any()
}
