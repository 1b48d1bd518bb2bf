//! Beside the commitment that is being read: its place, and the plan with what has been read.

use domain::ItemId;
use leptos::prelude::*;

use crate::components::CategoryMark;
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::{agreement as words, conduct};

/// "3 de 5", the commitments, the version with its code.
#[component]
pub fn ReadOutSide() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let place = memo(move || {
        let state = view.read();
        let version = state.plan.version()?;
        Some((version.number_of(state.plan.reading?)?, version.commitments.len()))
    });
    let all = memo(move || {
        let state = view.read();
        let version = state.plan.version();
        version
            .map(|it| it.commitments.iter().map(|it| it.item).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let version = move || view.read().plan.version().map(words::version);
    view! {
        <aside class="projector-side projector-reading">
            <p class="reading-place">{reactive(move || place.get().map(|(place, of)| conduct::place(place, of)))}</p>
            <ol>{reactive(move || all.get().into_iter().enumerate().map(|(index, id)| view! { <Line id number=index + 1 place/> }).collect_view())}</ol>
            <p class="secondary">{words::LOCKED} <br/> {reactive(version)}</p>
        </aside>
    }
    .into_any()
}

#[component]
fn Line(id: ItemId, number: usize, place: Memo<Option<(usize, usize)>>) -> impl IntoView {
    let sheet = expect_context::<Live>().sheet_of(id);
    let standing = move || match place.get() {
        Some((place, _)) if number < place => "read",
        Some((place, _)) if number == place => "now",
        Some(_) | None => "next",
    };
    let category = Signal::derive(move || sheet.read().as_ref().and_then(|sheet| sheet.category));
    view! {
        <li data-standing=standing>
            <CategoryMark category/>
            <span translate="no">{reactive(move || sheet.read().as_ref().map(|sheet| sheet.title.clone()))}</span>
        </li>
    }
    .into_any()
}
