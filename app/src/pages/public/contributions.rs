//! The contributions of a mesa by sector, with the reasoned answers. The contributors aren't named,
//! only their sector (section 2, fact 7).

use domain::exercise::Sector;
use domain::{Contribution, ItemId, ItemKind, Mesa};
use leptos::prelude::*;

use super::mesa::Depth;
use crate::components::{Fact, Facts};
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::text::{name, public, voice};

/// The exercise's sectors, in order; last those who spoke for no organisation.
fn sectors(state: &Mesa) -> Vec<Option<Sector>> {
    let listed = state.exercise.iter().flat_map(|card| &card.sectors);
    listed.map(|named| Some(named.sector)).chain([None]).collect()
}

/// The sector of whoever spoke; none also where the exercise no longer has it.
fn sector_of(state: &Mesa, said: &Contribution) -> Option<Sector> {
    let actor = said.actor.and_then(|number| state.actor(number))?;
    state.exercise.as_ref()?.sector_name(actor.sector).map(|_| actor.sector)
}

fn called(state: &Mesa, sector: Option<Sector>) -> String {
    let card = state.exercise.as_ref();
    let name = sector.and_then(|sector| card?.sector_name(sector).map(str::to_owned));
    name.unwrap_or_else(|| public::NO_SECTOR.to_owned())
}

/// The contributions of a sector, oldest first, without hidden ones.
fn said_by(state: &Mesa, sector: Option<Sector>) -> Vec<ItemId> {
    let said = state.visible(ItemKind::Contribution, None);
    let said = said.filter_map(|item| {
        item.as_contribution()
            .filter(|said| said.text.is_some() && !said.hidden)
            .map(|said| (item.id, said))
    });
    said.filter(|(_, said)| sector_of(state, said) == sector).map(|(id, _)| id).collect()
}

/// The part of the page.
#[component]
pub(super) fn Contributions(
    /// How deep the part is in which it stands.
    depth: Depth,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let nothing = memo(move || {
        sectors(&view.read()).iter().all(|sector| said_by(&view.read(), *sector).is_empty())
    });
    let listed = memo(move || sectors(&view.read()));
    let group = move |sector: Option<Sector>| {
        let said = memo(move || said_by(&view.read(), sector));
        let name = memo(move || called(&view.read(), sector));
        view! {
            <Show when=move || !said.read().is_empty()>
                {depth.heading(1, None, (move || name.get()).into_any())}
                <ul class="public-list">
                    <ForItems each=said let(id)>
                        <Said id/>
                    </ForItems>
                </ul>
            </Show>
        }
        .into_any()
    };
    view! {
        <section class="public-part" aria-labelledby=depth.labels("aportaciones")>
            {depth.heading(0, Some("aportaciones"), public::CONTRIBUTIONS.into_any())}
            <Show when=move || nothing.get()>
                <p class="empty">{public::NO_CONTRIBUTIONS}</p>
            </Show>
            {reactive(move || listed.get().into_iter().map(&group).collect_view())}
        </section>
    }
    .into_any()
}

/// A contribution with its answer.
#[component]
fn Said(
    /// The contribution.
    id: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item) = (live.view(), live.item(id));
    let text = move || item.read().as_ref().map(|item| name::title(item));
    let facts = memo(move || {
        let (state, item) = (view.read(), item.read());
        let Some(said) = item.as_ref().and_then(|item| item.as_contribution()) else {
            return Vec::new();
        };
        let called = |id: Option<ItemId>| {
            let item = id.and_then(|id| state.item(id)).filter(|item| state.is_visible(item));
            item.map(|item| format!("{}: {}", name::numbered(&state, item), name::title(item)))
                .unwrap_or_default()
        };
        [
            Fact::new(public::ABOUT, called(said.target)),
            Fact::new(public::ANSWER, voice::status(said.response.status)),
            Fact::new(
                public::REASON,
                said.response.reason.as_ref().map(ToString::to_string).unwrap_or_default(),
            ),
            Fact::new(public::CHANGE, called(said.response.change)),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    let kind = move || {
        item.read()
            .as_ref()
            .and_then(|item| item.as_contribution())
            .map(|said| voice::kind(said.kind))
    };
    view! {
        <li class="card public-item">
            <p class="card-eyebrow">{kind}</p>
            <p class="lasting-text" translate="no">{text}</p>
            <Facts facts/>
        </li>
    }
    .into_any()
}
