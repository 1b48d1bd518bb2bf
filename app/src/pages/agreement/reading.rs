//! The commitment that is being read out.

use domain::ItemId;
use leptos::prelude::*;

use crate::address;
use crate::components::CategoryMark;
use crate::components::changes::{CommitmentSince, VersionSince};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::state::plan::Sheet;
use crate::text::agreement as words;

/// What is read, at one's own size, and for the reader the way to the buttons.
#[component]
pub fn Reading() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let reading = memo(move || view.read().plan.reading);
    let reads = memo(move || {
        let reader = view.read().plan.reader;
        reader.is_some() && reader == live.me().person
    });
    let version = memo(move || view.read().plan.version().map(words::version));
    view! {
        <section class="card" aria-labelledby="se-lee">
            {reactive(move || match reading.get() {
                Some(id) => view! { <Commitment id/> }.into_any(),
                None => view! {
                    <h2 id="se-lee" class="card-eyebrow">{words::READ_OUT}</h2>
                    <p>{words::BEGINS}</p>
                }
                .into_any(),
            })}
            <p class="secondary">{words::LOCKED} " " {reactive(move || version.get())}</p>
            <VersionSince/>
            <Show when=move || reads.get()>
                <a class="button" href=address::clicker(live.mesa())>{words::YOU_READ}</a>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Commitment(id: ItemId) -> impl IntoView {
    let live = expect_context::<Live>();
    let sheet = live.sheet_of(id);
    let place = live.place_in_the_plan(id);
    let body = move || {
        let Sheet { category, title, lines, activities, href } = sheet.get()?;
        Some(view! {
            <h3 class="shown-title" translate="no">{title}</h3>
            {category.map(|category| view! { <CategoryMark category=Some(category)/> })}
            {lines.into_iter().map(|line| view! { <p class="shown-text" translate="no">{line}</p> }).collect_view()}
            <ol class="desk-lines">
                {activities
                    .into_iter()
                    .map(|(title, due)| view! { <li><span translate="no">{title}</span><span class="line-side date">{due}</span></li> })
                    .collect_view()}
            </ol>
            {href.map(|href| view! { <a class="link" href=href>{words::READ_ALL}</a> })}
        })
    };
    view! {
        <h2 id="se-lee" class="card-eyebrow" aria-live="polite">{reactive(move || place.get().map(words::being_read))}</h2>
        {reactive(body)}
        <CommitmentSince id/>
    }
    .into_any()
}
