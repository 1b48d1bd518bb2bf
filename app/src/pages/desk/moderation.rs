//! Whose writing is paused, why and what they say to it; and the question for the reason.

use domain::conduct::Command as Conduct;
use domain::{Command, PersonId};
use leptos::prelude::*;

use super::conducts;
use crate::components::remark::{RemarkBox, Writing};
use crate::erased::{ForIds, Show, memo, reactive};
use crate::state::Live;
use crate::text::{date, desk, list, moderation as words};

/// Whose writing is paused; nothing while it is nobody's.
#[component]
pub fn MutedPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let muted = memo(move || {
        view.read().conduct.muted.iter().map(|mute| mute.person.0).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !muted.read().is_empty()>
            <section class="screen-head" aria-labelledby="en-pausa">
                <h2 id="en-pausa">{reactive(move || words::heading(muted.read().len()))}</h2>
                <ul class="people">
                    <ForIds each=muted let(id)><MutedRow person=PersonId(id)/></ForIds>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

/// Somebody's name on the desk.
fn named(live: Live, person: PersonId) -> Memo<String> {
    let (view, roster) = (live.view(), live.roster());
    memo(move || {
        let (state, roster) = (view.read(), roster.read());
        let theirs = roster.iter().find(|present| state.people.are_one(present.person, person));
        theirs
            .map(|present| present.name.clone())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| desk::UNNAMED.to_owned())
    })
}

/// Somebody whose writing is paused.
#[component]
fn MutedRow(
    /// Who.
    person: PersonId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let name = named(live, person);
    let mute =
        memo(move || view.read().conduct.muted.iter().find(|mute| mute.person == person).cloned());
    let why = move || {
        let mute = mute.get()?;
        let time = live.clocks.zone().map(|zone| date::time_of_day(zone.time_of_day(mute.at)));
        Some(words::because(mute.reason.as_str(), time.as_deref()))
    };
    let appeal = move || mute.get()?.appeal.map(|text| words::says(text.as_str()));
    let lift = move |_| {
        live.submit(Command::Conduct(Conduct::Mute { person, reason: None }));
    };
    view! {
        <li>
            <b translate="no">{reactive(move || name.get())}</b>
            <span class="secondary" translate="no">{reactive(why)}</span>
            <p class="say appeal" data-tone="warn" role="status" translate="no">{reactive(appeal)}</p>
            <Show when=move || conducts.get()>
                <button
                    type="button"
                    class="button"
                    aria-label=move || list::of(words::LIFT, &name.read())
                    disabled=move || !ready.get()
                    on:click=lift
                >
                    {words::LIFT}
                </button>
            </Show>
        </li>
    }
    .into_any()
}

/// The button that pauses somebody's writing, then the question for the reason.
#[component]
pub fn MuteButton(
    /// Whose.
    person: PersonId,
    /// Whose writing it is asked for.
    asking: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let muted = memo(move || view.read().mute_of(person).is_some());
    let asks = memo(move || asking.get() == Some(person));
    let writing = Writing::new(live, format!("pausa.{person}"));
    let mute = move |_| {
        let Some(reason) = writing.take() else { return };
        writing.sent();
        asking.set(None);
        live.submit(Command::Conduct(Conduct::Mute { person, reason: Some(reason) }));
    };
    let drawn = move || {
        match (muted.get(), asks.get()) {
        (true, _) => ().into_any(),
        (false, false) => view! {
            <button type="button" class="link" disabled=move || !ready.get() on:click=move |_| asking.set(Some(person))>{words::MUTE}</button>
        }
        .into_any(),
        (false, true) => view! {
            <div class="question">
                <p>{words::QUESTION}</p>
                <RemarkBox writing label=words::REASON rows=2/>
                <div class="buttons">
                    <button type="button" class="button" on:click=move |_| asking.set(None)>{words::NO}</button>
                    <button type="button" class="button" data-tone="bad-sure" disabled=move || !ready.get() on:click=mute>{words::YES}</button>
                </div>
            </div>
        }
        .into_any(),
    }
    };
    reactive(drawn)
}
