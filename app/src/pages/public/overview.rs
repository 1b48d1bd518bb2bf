//! What comes first on the public page: a card for each commitment with who answers for it and
//! until when, the document, and who is conforme as far as it may be said.

use std::sync::Arc;

use domain::{ItemId, StreamId};
use leptos::prelude::*;

use crate::address;
use crate::components::CategoryMark;
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::state::outline::{Line, Outline};
use crate::text::{count, public};

/// The cards, in the order of the plan; nothing before there are any.
#[component]
pub(super) fn Cards(
    /// The plan.
    outline: Memo<Arc<Outline>>,
) -> impl IntoView {
    let ids =
        memo(move || outline.read().commitments.iter().map(|it| it.id).collect::<Vec<ItemId>>());
    view! {
        <Show when=move || !ids.read().is_empty()>
            <section class="public-part" aria-labelledby="vistazo">
                <h2 id="vistazo" class="public-heading">{reactive(move || count::commitments(ids.read().len()))}</h2>
                <ul class="plan-cards">
                    <ForItems each=ids let(id)>{card(outline, id)}</ForItems>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

/// A card: the way to the commitment, which it unfolds.
fn card(outline: Memo<Arc<Outline>>, id: ItemId) -> AnyView {
    let line = memo(move || outline.read().commitment(id).cloned());
    let category = memo(move || line.read().as_ref().and_then(|line| line.category));
    let words = move || line.read().as_ref().map(said);
    view! {
        <li>
            <a class="card plan-card" href=format!("#{}", address::commitment_part(id))>
                <CategoryMark category/>
                {reactive(words)}
            </a>
        </li>
    }
    .into_any()
}

fn said(line: &Line) -> AnyView {
    view! {
        <b translate="no">{format!("{}. {}", line.number, line.title)}</b>
        <span>{public::LEAD} " " <span translate="no">{line.lead.clone().unwrap_or_else(|| public::NO_LEAD.to_owned())}</span></span>
        <span class="date">{public::lasts(line.last)}</span>
        <span class="adoption" data-outcome=public::adoption_name(line.adoption)>{public::adoption(line.adoption)}</span>
    }
    .into_any()
}

/// The document of the last version and the way to all of them, once there is one.
#[component]
pub(super) fn Documents(
    /// The exercise.
    exercise: StreamId,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let version = memo(move || view.read().plan.version().map(|version| version.number));
    reactive(move || {
        version.get().map(|number| {
            let document = address::plan_file(exercise, number, address::PUBLIC_PDF);
            view! {
                <p class="buttons">
                    <a class="button" data-tone="accent" rel="external" href=document>{public::DOCUMENT}</a>
                    <a class="button" rel="external" href=address::plan(exercise)>{public::VERSIONS}</a>
                </p>
            }
        })
    })
    .into_any()
}

/// Who is conforme, by organisation; nothing before they were asked.
#[component]
pub(super) fn WhoAgrees() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    // Each organisation, whether it is conforme, and what it said.
    let said = memo(move || {
        let state = view.read();
        let positions = live.with_exercise(|exercise| exercise.positions());
        let named = positions.into_iter().filter_map(|(number, position)| {
            let organisation = state.actor(number)?.organisation.to_string();
            Some((organisation, position.is_conforme(), public::position(&position)))
        });
        named.collect::<Vec<_>>()
    });
    let agree = move || said.read().iter().filter(|(_, conforme, _)| *conforme).count();
    let row = |(organisation, conforme, words): (String, bool, String)| {
        view! {
            <li data-conforme=conforme.then_some("")><b translate="no">{organisation}</b> " " {words}</li>
        }
    };
    view! {
        <Show when=move || !said.read().is_empty()>
            <section class="card" aria-labelledby="conformes">
                <h2 id="conformes">{public::WHO_AGREES}</h2>
                <p class="secondary">{reactive(move || public::agreeing(agree(), said.read().len()))}</p>
                <ul class="plan-said">{reactive(move || said.get().into_iter().map(row).collect_view())}</ul>
            </section>
        </Show>
    }
    .into_any()
}
