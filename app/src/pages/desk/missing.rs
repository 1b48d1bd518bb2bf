//! Who is missing: organisations without anybody here or that haven't been heard, and contributions
//! without an answer.

use std::sync::Arc;

use domain::conduct::turnout::{Missed, missed, unanswered};
use domain::{Actor, ActorNumber, Item, ItemId, Mesa};
use leptos::prelude::*;

use super::answering::Answering;
use crate::address;
use crate::erased::{Show, memo};
use crate::state::Live;
use crate::text::{conduct, desk, name};

/// The id of the heading above what waits for an answer.
pub(super) const ANSWERS: &str = "esperan-respuesta";
/// Letters of a contribution that are shown.
const LETTERS: usize = 90;

/// An organisation that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Absent {
    actor: ActorNumber,
    organisation: String,
    why: Missed,
}

/// A contribution that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Waiting {
    id: ItemId,
    who: Option<String>,
    says: String,
    href: String,
}

fn waiting(live: Live, state: &Mesa) -> Vec<Waiting> {
    let row = |item: &Arc<Item>| {
        let said = item.as_contribution()?;
        let target = said.target.and_then(|target| state.item(target));
        let words = name::title(item);
        let says = if words.chars().count() > LETTERS {
            words.chars().take(LETTERS).chain(['…']).collect()
        } else {
            words
        };
        Some(Waiting {
            id: item.id,
            who: said
                .actor
                .and_then(|number| state.actor(number))
                .map(|actor| actor.organisation.to_string()),
            says,
            href: address::of(live.mesa(), target.unwrap_or(item)),
        })
    };
    unanswered(state).filter_map(row).collect()
}

/// The part of the desk.
#[component]
pub fn MissingPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster) = (live.view(), live.roster());
    let known = memo(move || !roster.read().is_empty());
    let absent = memo(move || {
        let (state, roster) = (view.read(), roster.read());
        let is_here =
            |person| roster.iter().any(|present| present.person == person && present.devices > 0);
        let row = |(actor, why): (&Arc<Actor>, Missed)| Absent {
            actor: actor.number,
            organisation: actor.organisation.to_string(),
            why,
        };
        missed(&state, is_here).into_iter().map(row).collect::<Vec<_>>()
    });
    let pending = memo(move || waiting(live, &view.read()));
    view! {
        <section class="screen-head" aria-labelledby="faltan">
            <h2 id="faltan">{conduct::MISSING}</h2>
            <Show when=move || known.get() fallback=|| view! { <p class="secondary">{desk::ROSTER_WAITING}</p> }>
                <Show when=move || absent.read().is_empty()>
                    <p class="secondary">{conduct::NOBODY_MISSING}</p>
                </Show>
                {Missed::ALL.map(|why| view! { <Group why absent/> }).collect_view()}
            </Show>
            <h3 id=ANSWERS tabindex="-1">{conduct::UNANSWERED}</h3>
            <Show when=move || pending.read().is_empty()>
                <p class="secondary">{conduct::ALL_ANSWERED}</p>
            </Show>
            <ul class="people">
                <For each=move || pending.get() key=|row| row.id let(row)>
                    <li>
                        <span translate="no">{row.says.clone()}</span>
                        <span class="secondary">{row.who} " " <a class="link" href=row.href aria-label=format!("{}: {}", conduct::SEE, row.says)>{conduct::SEE}</a></span>
                        <Answering id=row.id says=row.says/>
                    </li>
                </For>
            </ul>
        </section>
    }
    .into_any()
}

/// The organisations that are missing for one reason.
#[component]
fn Group(
    /// The reason.
    why: Missed,
    /// All that are missing.
    absent: Memo<Vec<Absent>>,
) -> impl IntoView {
    let these = memo(move || {
        absent.read().iter().filter(|absent| absent.why == why).cloned().collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !these.read().is_empty()>
            <div class="missed">
                <p class="secondary">{conduct::missed(why)}</p>
                <ul>
                    <For each=move || these.get() key=|absent| absent.actor let(absent)>
                        <li translate="no">{absent.organisation}</li>
                    </For>
                </ul>
            </div>
        </Show>
    }
    .into_any()
}
