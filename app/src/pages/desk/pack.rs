//! How the information pack stands while a mesa is prepared, with the way to its page: who opened it is there.

use domain::Phase;
use leptos::prelude::*;

use crate::address;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::pack as words;

/// The part of the desk.
#[component]
pub fn PackPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let said = memo(move || {
        let conduct = &view.read().conduct;
        let notice = conduct.notice.filter(|_| conduct.phase == Phase::Preparation)?;
        Some(words::kept_so_far(notice))
    });
    view! {
        <Show when=move || said.read().is_some()>
            <section class="screen-head" aria-labelledby="expediente">
                <h2 id="expediente">{words::HEADING}</h2>
                <p>{reactive(move || said.get())}</p>
                <a class="link" href=address::pack(live.mesa()) rel="external">{words::WHO_OPENED}</a>
            </section>
        </Show>
    }
    .into_any()
}
