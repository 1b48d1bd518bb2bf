//! The plan's year: all activities drawn by commitment and month, and the same as a list by date,
//! which is what screen readers read.

use std::sync::Arc;

use domain::ItemId;
use leptos::prelude::*;

use super::plot::plot;
use crate::address;
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::state::outline::{Outline, Planned};
use crate::text::{date, public, sheet};

/// The part of the page; nothing while there are no activities.
#[component]
pub(super) fn Year(
    /// The plan.
    outline: Memo<Arc<Outline>>,
) -> impl IntoView {
    let today = expect_context::<Live>().clocks.today();
    let drawing = memo(move || plot(&outline.read(), today.get()));
    let listed =
        memo(move || outline.read().by_date().iter().map(|it| it.id).collect::<Vec<ItemId>>());
    view! {
        <Show when=move || !listed.read().is_empty()>
            <section class="public-part" aria-labelledby="anio">
                <h2 id="anio" class="public-heading">{public::YEAR}</h2>
                <figure class="card">
                    // Numbers, names of months and what people wrote.
                    <div class="year" translate="no" inner_html=move || drawing.get()></div>
                    <figcaption class="secondary">{reactive(move || public::today(today.get()))}</figcaption>
                </figure>
                <details class="card fold">
                    <summary>{reactive(move || public::as_list(listed.read().len()))}</summary>
                    <ol class="year-list">
                        <ForItems each=listed let(id)>{row(outline, id)}</ForItems>
                    </ol>
                </details>
            </section>
        </Show>
    }
    .into_any()
}

/// An activity of the list. Its link unfolds its commitment.
fn row(outline: Memo<Arc<Outline>>, id: ItemId) -> AnyView {
    let planned = memo(move || {
        let outline = outline.read();
        let mut all = outline.commitments.iter().flat_map(|line| &line.activities);
        all.find(|activity| activity.id == id).cloned()
    });
    let day = move || {
        let due = planned.read().as_ref().and_then(|it| it.due);
        due.map_or_else(|| sheet::NO_DUE.to_owned(), date::date)
    };
    let title = move || {
        let planned = planned.read();
        planned.as_ref().map(|Planned { number, title, .. }| public::activity(*number, title))
    };
    let responsible = move || planned.read().as_ref().map(|it| it.responsible.clone());
    view! {
        <li>
            <span class="date">{reactive(day)}</span>
            <a class="link" href=format!("#{}", address::activity_part(id)) translate="no">{reactive(title)}</a>
            <span class="secondary" translate="no">{reactive(responsible)}</span>
        </li>
    }
    .into_any()
}
