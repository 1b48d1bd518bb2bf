//! Answering a contribution: the outcome, the reason, and where an adopted contribution was taken
//! up. The reason is kept while it is typed.

use domain::deliberation;
use domain::{Assignment, Command, ItemId, ItemKind, Response, ResponseStatus};
use leptos::html;
use leptos::prelude::*;

use super::field::SaveLabel;
use super::remark::{RemarkBox, Writing, draft_name};
use crate::erased::reactive;
use crate::state::Live;
use crate::text::{name, voice};

/// The form, in place.
#[component]
pub fn AnswerForm(
    /// The contribution.
    id: ItemId,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let writing = Writing::new(live, draft_name("respuesta", Some(id.0)));
    let chosen = RwSignal::new(None::<ResponseStatus>);
    let problem = RwSignal::new(None::<&'static str>);
    let group = NodeRef::<html::Div>::new();
    group.on_load(|group| {
        // Fails only when the form is gone, which needs no focus.
        let _ = group.focus();
    });
    // As they were when the form opened: a re-rendered list would lose its choice.
    let places = {
        let view = live.view().get_untracked();
        let items =
            view.visible(ItemKind::Commitment, None).chain(view.visible(ItemKind::Problem, None));
        items
            .map(|item| {
                (item.id, format!("{}. {}", name::numbered(&view, item), name::title(item)))
            })
            .collect::<Vec<_>>()
    };
    let ids = StoredValue::new(places.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let place = NodeRef::<html::Select>::new();
    let status = live
        .outbox.state(move |command| matches!(command, Command::Deliberation(deliberation::Command::Assign { item, .. }) if *item == id));
    let send = move |_| {
        let Some(status) = chosen.get_untracked() else {
            return problem.set(Some(voice::CHOOSE_STATUS));
        };
        let Some(reason) = writing.take() else { return };
        let line = place
            .get_untracked()
            .and_then(|place| usize::try_from(place.selected_index()).ok())
            .and_then(|line| line.checked_sub(1));
        let change = line.and_then(|line| ids.with_value(|ids| ids.get(line).copied()));
        live.submit(Command::Deliberation(deliberation::Command::Assign {
            item: id,
            value: Assignment::Response(Response { status, reason: Some(reason), change }),
        }));
        writing.sent();
        open.set(false);
    };
    let statuses = ResponseStatus::ALL
        .into_iter()
        .filter(|status| *status != ResponseStatus::Pending)
        .collect::<Vec<_>>();
    let where_id = format!("donde-{id}");
    view! {
        <div class="answer-form" role="group" tabindex="-1" node_ref=group aria-label=voice::YOUR_ANSWER>
            <div class="field-head">
                <p class="field-label">{voice::YOUR_ANSWER}</p>
                <SaveLabel status/>
            </div>
            <fieldset class="field-options">
                <legend class="field-label">{voice::WHICH_STATUS}</legend>
                {statuses
                    .into_iter()
                    .map(|each| {
                        view! {
                            <label class="field-option">
                                <input
                                    type="radio"
                                    name=format!("respuesta-{id}")
                                    autocomplete="off"
                                    on:change=move |_| {
                                        chosen.set(Some(each));
                                        problem.set(None);
                                    }
                                />
                                <span>{voice::status(each)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <p class="field-problem" role="alert">{reactive(move || problem.get())}</p>
            <RemarkBox writing label=voice::REASON rows=4/>
            <label class="field-label" for=where_id.clone()>{voice::WHERE}</label>
            <select class="field-control" id=where_id node_ref=place autocomplete="off">
                <option>{voice::NOWHERE}</option>
                {places.into_iter().map(|(_, label)| view! { <option translate="no">{label}</option> }).collect_view()}
            </select>
            <div class="buttons">
                <button type="button" class="button" data-tone="accent" disabled=move || !ready.get() on:click=send>
                    {voice::SEND_ANSWER}
                </button>
                <button type="button" class="link" on:click=move |_| open.set(false)>{voice::CLOSE_ANSWER}</button>
            </div>
        </div>
    }
    .into_any()
}
