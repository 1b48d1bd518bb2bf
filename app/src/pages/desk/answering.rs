//! Answering a contribution from the desk with two taps: what became of it, and a reason that is ready.
//! Whoever has another reason writes it in the form.

use domain::{Assignment, Command, ItemId, Remark, Response, ResponseStatus, deliberation};
use leptos::html;
use leptos::prelude::*;

use crate::components::answer::AnswerForm;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{status, voice};

/// What became of it, in the order of the buttons.
const STATUSES: [ResponseStatus; 3] =
    [ResponseStatus::Adopted, ResponseStatus::PartlyAdopted, ResponseStatus::NotAdopted];

/// The buttons of a contribution that waits for its answer.
#[component]
pub fn Answering(
    /// Which.
    id: ItemId,
    /// What it says, for screen readers.
    says: String,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let may = live.allows(Command::Deliberation(deliberation::Command::Assign {
        item: id,
        value: Assignment::Response(Response::default()),
    }));
    let chosen = RwSignal::new(None::<ResponseStatus>);
    let writing = RwSignal::new(false);
    let says = StoredValue::new(says);
    let outcome = move |each: ResponseStatus| {
        view! {
            <button
                type="button"
                class="button"
                aria-label=status::of(voice::status(each), &says.get_value())
                disabled=move || !ready.get()
                on:click=move |_| chosen.set(Some(each))
            >
                {voice::status(each)}
            </button>
        }
    };
    let asks = memo(move || may.get() && !writing.get());
    view! {
        <Show when=move || may.get() && writing.get()>
            <AnswerForm id open=writing/>
        </Show>
        <Show when=move || asks.get()>
            {reactive(move || match chosen.get() {
                Some(status) => view! { <Reasons id status chosen writing/> }.into_any(),
                None => view! { <div class="buttons">{STATUSES.map(outcome).collect_view()}</div> }.into_any(),
            })}
        </Show>
    }
    .into_any()
}

/// The reasons that are ready for an outcome; a tap sends it.
#[component]
fn Reasons(
    /// Of which contribution.
    id: ItemId,
    /// What became of it.
    status: ResponseStatus,
    /// Emptied to choose again.
    chosen: RwSignal<Option<ResponseStatus>>,
    /// Whether the form is open.
    writing: RwSignal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let group = NodeRef::<html::Div>::new();
    group.on_load(|group| {
        // Fails only when the group is gone, which needs no focus.
        let _ = group.focus();
    });
    let send = move |words: &str| {
        let Ok(reason) = Remark::parse(words) else { return };
        // What was adopted is where it was said to belong; the form can name another place.
        let change = live.view().with_untracked(|state| {
            let target = state.item(id)?.as_contribution()?.target?;
            state.item(target).filter(|item| state.is_visible(item)).map(|item| item.id)
        });
        let change = change.filter(|_| status != ResponseStatus::NotAdopted);
        let response = Response { status, reason: Some(reason), change };
        live.submit(Command::Deliberation(deliberation::Command::Assign {
            item: id,
            value: Assignment::Response(response),
        }));
    };
    let reason = move |words: &'static str| {
        view! {
            <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| send(words)>
                {words}
            </button>
        }
    };
    let question = voice::why(status);
    let label = question.clone();
    view! {
        <div class="say" data-tone="act" role="group" tabindex="-1" node_ref=group aria-label=label>
            <p>{question}</p>
            <div class="buttons">{voice::reasons(status).iter().copied().map(reason).collect_view()}</div>
            <div class="buttons">
                <button type="button" class="link" on:click=move |_| writing.set(true)>{voice::OTHER_REASON}</button>
                <button type="button" class="link" on:click=move |_| chosen.set(None)>{voice::OTHER_STATUS}</button>
            </div>
        </div>
    }
    .into_any()
}
