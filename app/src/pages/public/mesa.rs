//! A mesa on the public page: its commitments, problems, contributions, open data.

use std::sync::Arc;

use domain::{ItemKind, Mesa, MesaNumber};
use leptos::prelude::*;

use super::contributions::Contributions;
use super::data::Data;
use super::item::{CommitmentView, ProblemView};
use crate::address;
use crate::components::{Fact, Facts};
use crate::erased::{ForItems, Show, memo, reactive};
use crate::pace::Pace;
use crate::state::Live;
use crate::state::outline::Outline;
use crate::text::{list, mesas, name, public};

/// How deep a part of the page is: the level of its headings, the prefix that distinguishes the ids
/// of its parts from another mesa's, and the plan by which it is numbered. A context of the part.
#[derive(Clone, Copy)]
pub(super) struct Depth {
    level: u8,
    of: Option<MesaNumber>,
    pub(super) outline: Memo<Arc<Outline>>,
}

impl Depth {
    /// A heading of the part, or one `below` it.
    pub(super) fn heading(self, below: u8, id: Option<&str>, words: AnyView) -> AnyView {
        let id = id.map(|id| self.name(id));
        let class = ["public-heading", "public-title", "public-minor"][usize::from(below.min(2))];
        match self.level + below {
            2 => view! { <h2 id=id class=class>{words}</h2> }.into_any(),
            3 => view! { <h3 id=id class=class>{words}</h3> }.into_any(),
            4 => view! { <h4 id=id class=class>{words}</h4> }.into_any(),
            _ => view! { <h5 id=id class=class>{words}</h5> }.into_any(),
        }
    }

    pub(super) fn labels(self, part: &str) -> String {
        let of = self.of.map(|number| format!(" {}", address::part(number)));
        self.name(part) + of.as_deref().unwrap_or_default()
    }

    /// The id of one of the mesa's parts.
    fn name(self, part: &str) -> String {
        self.of.map_or_else(|| part.to_owned(), |number| format!("{part}-{number}"))
    }
}

/// Facts about a mesa; with its name where nothing above says that.
pub(super) fn about(state: &Mesa, with_name: bool) -> Vec<Fact> {
    let named = mesas::named(state).filter(|_| with_name);
    [
        named.and_then(|named| Fact::new(public::MESA, named)),
        Fact::new(public::PHASE, name::phase(state.conduct.phase)),
        state.card.as_ref().and_then(|mesa| Fact::new(public::VENUE, mesa.venue.as_str())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A mesa: the page itself, or a part of it. Alone, its name and what is known of it head the page.
pub(super) fn mesa(number: MesaNumber, alone: bool, outline: Memo<Arc<Outline>>) -> AnyView {
    // An effect of its own: the part's context is for nothing else.
    reactive(move || part(number, alone, outline)).into_any()
}

fn part(number: MesaNumber, alone: bool, outline: Memo<Arc<Outline>>) -> AnyView {
    let live = expect_context::<Live>().at(number);
    provide_context(live);
    let (level, of) = if alone { (2, None) } else { (3, Some(number)) };
    let depth = Depth { level, of, outline };
    if alone {
        return drawn(live, depth);
    }
    let view = live.view();
    let named = memo(move || mesas::named(&view.read()).unwrap_or_default());
    let facts = Signal::derive(move || about(&view.read(), false));
    view! {
        <section class="public-mesa" aria-labelledby=address::part(number)>
            <h2 id=address::part(number)>{reactive(move || named.get())}</h2>
            <Facts facts/>
            {drawn(live, depth)}
        </section>
    }
    .into_any()
}

fn drawn(live: Live, depth: Depth) -> AnyView {
    let of = |kind, id| items(live, depth, kind, id);
    view! {
        {of(ItemKind::Commitment, "compromisos")}
        {of(ItemKind::Problem, "problemas")}
        <Contributions depth/>
        <Data depth/>
    }
    .into_any()
}

fn items(live: Live, depth: Depth, kind: ItemKind, id: &'static str) -> AnyView {
    let items = live.list(kind, None);
    let drawn = use_context::<Pace>().map_or(items.into(), |pace| pace.of(items.into()));
    view! {
        <section class="public-part" aria-labelledby=depth.labels(id)>
            {depth.heading(0, Some(id), list::heading(kind).into_any())}
            <Show when=move || items.read().is_empty()>
                <p class="empty">{list::empty_reading(kind)}</p>
            </Show>
            <div class="public-list">
                <ForItems each=drawn let(id)>
                    {match kind {
                        ItemKind::Problem => view! { <ProblemView id depth/> }.into_any(),
                        _ => view! { <CommitmentView id depth/> }.into_any(),
                    }}
                </ForItems>
            </div>
        </section>
    }
    .into_any()
}
