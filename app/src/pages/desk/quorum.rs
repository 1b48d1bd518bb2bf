//! The quorum: how many organisations are present, by sector and by how they attend.

use std::sync::Arc;

use domain::ExerciseCard;
use domain::people::quorum::Quorum;
use leptos::prelude::*;

use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::conduct;

/// The part of the desk.
#[component]
pub fn QuorumPart() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let quorum = memo(move || (Quorum::of(&view.read()), view.read().exercise.clone()));
    view! {
        <section class="screen-head" aria-labelledby="quorum">
            <h2 id="quorum">{conduct::QUORUM}</h2>
            {reactive(move || {
                let (quorum, card) = quorum.get();
                view! { <QuorumCount quorum card/> }
            })}
        </section>
    }
    .into_any()
}

/// The count of a moment.
#[component]
pub fn QuorumCount(
    /// The count.
    quorum: Quorum,
    /// The exercise, whose sectors they are.
    card: Option<Arc<ExerciseCard>>,
) -> impl IntoView {
    let attending = quorum.by_mode.into_iter().filter(|(_, count)| *count > 0);
    let attending: Vec<_> =
        attending.map(|(mode, count)| conduct::attending(mode, count)).collect();
    let name = |sector| {
        card.as_ref().and_then(|card| card.sector_name(sector)).unwrap_or_default().to_owned()
    };
    let sectors = quorum.by_sector.iter().map(|(sector, present, total)| {
        view! { <li><span translate="no">{name(*sector)}</span>" · "{conduct::of_sector(*present, *total)}</li> }
    });
    view! {
        <p><b>{conduct::quorum(quorum.present, quorum.required)}</b></p>
        <p class="secondary">{attending.join(" · ")}</p>
        <ul class="people">{sectors.collect_view()}</ul>
    }
    .into_any()
}
