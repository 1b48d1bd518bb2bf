//! What people said about a text, each with its reasoned answer. Who may answer, hide or show does
//! it here.

use domain::deliberation;
use domain::{Assignment, Command, Contribution, ItemId, ItemKind, Response};
use leptos::prelude::*;

use super::Asked;
use super::answer::AnswerForm;
use super::field::SaveLabel;
use crate::address;
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::text::{list, name, voice};

/// The contributions about an item, oldest first.
#[component]
pub fn Contributions(
    /// The item.
    target: ItemId,
    /// Whether the section has its own button to contribute, because the screen's action is another
    /// one.
    #[prop(default = false)]
    with_button: bool,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, kinds) = (live.view(), live.contribution_kinds());
    let ids = memo(move || {
        view.read()
            .deliberation
            .contributions_to(Some(target))
            .map(|item| item.id)
            .collect::<Vec<_>>()
    });
    let may = move || !kinds.read().is_empty();
    view! {
        <section class="screen-head" aria-labelledby="parte-aportaciones">
            <h2 id="parte-aportaciones">{list::heading(ItemKind::Contribution)}</h2>
            <Show when=move || ids.read().is_empty()>
                <p class="empty">
                    {reactive(move || if may() { list::empty(ItemKind::Contribution) } else { list::empty_reading(ItemKind::Contribution) })}
                </p>
            </Show>
            <ul class="tray-list">
                <ForItems each=ids let(id)>
                    <Said id/>
                </ForItems>
            </ul>
            <Show when=move || with_button && may()>
                <div class="buttons">
                    <a class="button" href=address::contribute(live.mesa(), Some(target))>{voice::ABOUT_THIS}</a>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

/// One contribution with its answer.
#[component]
pub fn Said(
    /// Which.
    id: ItemId,
    /// Whether it says what it is about: where contributions about several things are listed
    /// together.
    #[prop(default = false)]
    with_target: bool,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, person) = (live.view(), live.me().person);
    let own =
        memo(move || view.read().item(id).is_some_and(|item| view.read().is_by(item, person)));
    let known = live.contribution(id);
    let said = memo(move || {
        let known = known.get().unwrap_or_default();
        // A hidden contribution comes without its text; its author's device still has it.
        let mine = || live.hidden_contribution(id).filter(|_| own.get());
        if known.hidden && known.text.is_none() { mine().unwrap_or(known) } else { known }
    });
    let withdrawn = memo(move || view.read().item(id).is_some_and(|item| item.removed));
    // Who typed it for somebody else. Only the facilitation knows who sits where.
    let recorded = memo(move || {
        let state = view.read();
        let (author, actor) = (state.item(id)?.author?, state.actor(said.read().actor?)?);
        let author = state.people.one(author);
        let sits = |seat| actor.seats.iter().any(|own| own.id == seat);
        if state.people.attendees.get(&author)?.seat.is_some_and(sits) {
            return None;
        }
        let roster = live.roster();
        let name = roster.read().iter().find(|present| present.person == author)?.name.clone();
        Some(voice::recorded_by(&name))
    });
    let who = move || {
        let said = said.read();
        let actor = said.actor.and_then(|number| {
            view.read().actor(number).map(|actor| actor.organisation.to_string())
        });
        if own.get() && recorded.read().is_none() {
            voice::YOU.to_owned()
        } else {
            actor.unwrap_or_else(|| voice::PARTICIPANT.to_owned())
        }
    };
    let about = move || target(live, &said.read());
    let status = live.outbox.state(
        move |command| matches!(command, Command::Deliberation(deliberation::Command::Contribute { item, .. }) if *item == id),
    );
    view! {
        <li class="card said" id=format!("dicho-{id}")>
            <div class="field-head">
                <p class="card-eyebrow">{reactive(move || voice::kind(said.read().kind))} " · " <span translate="no">{reactive(who)}</span></p>
                {reactive(move || own.get().then(|| view! { <SaveLabel status/> }))}
            </div>
            {reactive(move || recorded.get().map(|by| view! { <p class="secondary">{by}</p> }))}
            {with_target.then(|| view! { <p class="secondary">{voice::ABOUT}": " {reactive(about)}</p> })}
            {reactive(move || said.read().text.as_ref().map(|text| view! { <p class="lasting-text" translate="no">{text.to_string()}</p> }))}
            <Show when=move || said.read().hidden>
                <p class="missing">{reactive(move || if own.get() { voice::HIDDEN_OWN } else { voice::HIDDEN })}</p>
            </Show>
            <Show when=move || withdrawn.get()>
                <p class="missing">{voice::WITHDRAWN}</p>
            </Show>
            <Answer response=Signal::derive(move || said.read().response.clone())/>
            <Tools id said/>
            <Show when=move || own.get()>
                <Withdrawal id withdrawn/>
            </Show>
        </li>
    }
    .into_any()
}

/// What a contribution is about, with a link to it.
fn target(live: Live, said: &Contribution) -> AnyView {
    let view = live.view();
    let state = view.read();
    match said.target.and_then(|id| state.item(id)) {
        Some(item) => {
            let words = format!("{}. {}", name::numbered(&state, item), name::title(item));
            view! { <a class="link" translate="no" href=address::of(live.mesa(), item)>{words}</a> }
                .into_any()
        }
        None => voice::ABOUT_MESA.into_any(),
    }
}

/// The answer to a contribution, or that it still waits for one.
#[component]
fn Answer(
    /// The answer.
    response: Signal<Response>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let change = move || {
        let state = view.read();
        let item = response
            .read()
            .change
            .and_then(|id| state.item(id).cloned())
            .filter(|item| state.is_visible(item))?;
        let words = format!("{}. {}", name::numbered(&state, &item), name::title(&item));
        Some(
            view! { <a class="link" href=address::of(live.mesa(), &item)>{voice::CHANGE}": " <span translate="no">{words}</span></a> },
        )
    };
    view! {
        <div class="answer" data-status=move || voice::status_name(response.read().status)>
            <p class="answer-status">{reactive(move || voice::status(response.read().status))}</p>
            {reactive(move || response.read().reason.as_ref().map(|reason| view! { <p class="lasting-text" translate="no">{reason.to_string()}</p> }))}
            {reactive(change)}
        </div>
    }
    .into_any()
}

/// What the viewer may do with a contribution.
#[component]
fn Tools(
    /// Which.
    id: ItemId,
    /// The contribution.
    said: Memo<Contribution>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let may_answer = live.allows(Command::Deliberation(deliberation::Command::Assign {
        item: id,
        value: Assignment::Response(Response::default()),
    }));
    let may_hide =
        live.allows(Command::Deliberation(deliberation::Command::Hide { item: id, hidden: true }));
    let answering = RwSignal::new(false);
    let answered = move || said.read().response != Response::default();
    let hide = move |hidden: bool| {
        live.submit(Command::Deliberation(deliberation::Command::Hide { item: id, hidden }))
    };
    view! {
        <Show when=move || may_answer.get() && answering.get()>
            <AnswerForm id open=answering/>
        </Show>
        <Show when=move || may_answer.get() || may_hide.get()>
            <div class="buttons">
                <Show when=move || may_answer.get() && !answering.get()>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| answering.set(true)>
                        {reactive(move || if answered() { voice::ANSWER_ANEW } else { voice::ANSWER })}
                    </button>
                </Show>
                <Show when=move || may_hide.get() && !said.read().hidden>
                    <Asked words=voice::HIDE on_confirm=Callback::new(move |()| hide(true))/>
                </Show>
                <Show when=move || may_hide.get() && said.read().hidden>
                    <Asked words=voice::SHOW on_confirm=Callback::new(move |()| hide(false))/>
                </Show>
            </div>
        </Show>
    }
    .into_any()
}

/// Its author takes it back, or puts it back.
#[component]
fn Withdrawal(
    /// Which.
    id: ItemId,
    /// Whether it was taken back.
    withdrawn: Memo<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let (may_withdraw, may_restore) = (
        live.allows(Command::Deliberation(deliberation::Command::Remove { item: id })),
        live.allows(Command::Deliberation(deliberation::Command::Restore { item: id })),
    );
    view! {
        <div class="buttons">
            <Show when=move || may_withdraw.get() && !withdrawn.get()>
                <Asked words=voice::WITHDRAW on_confirm=Callback::new(move |()| live.submit(Command::Deliberation(deliberation::Command::Remove { item: id })))/>
            </Show>
            <Show when=move || may_restore.get() && withdrawn.get()>
                <button
                    type="button"
                    class="button"
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::Deliberation(deliberation::Command::Restore { item: id }))
                >
                    {voice::PUT_BACK}
                </button>
            </Show>
        </div>
    }
    .into_any()
}
