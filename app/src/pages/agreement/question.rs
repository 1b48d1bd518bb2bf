//! The question for conformity, as each seat is asked it: for all commitments at once, with
//! exceptions.

use domain::permission::may_assist;
use domain::{ActorNumber, SeatId};
use leptos::prelude::*;

use super::answers::Answers;
use crate::components::changes::VersionSince;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::agreement as words;

/// Who answers, and how it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    actor: ActorNumber,
    organisation: String,
    /// The seat for which a helper enters it; none: the person's own.
    on_behalf: Option<SeatId>,
}

/// The question.
#[component]
pub fn Question() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, me) = (live.view(), live.me());
    let chosen = RwSignal::new(None::<ActorNumber>);
    let seat = me.seat;
    let asked = memo(move || {
        let state = view.read();
        let question = state.plan.open_question()?;
        let of = |number: ActorNumber, on_behalf| {
            let actor = state.actor(number).filter(|_| question.entitled.contains(&number))?;
            Some(Asked { actor: number, organisation: actor.organisation.to_string(), on_behalf })
        };
        match seat {
            Some(seat) => {
                let actor = state.actor_of(seat).filter(|actor| actor.acts_by(seat))?;
                of(actor.number, None)
            }
            None => {
                let number = chosen.get()?;
                let actor = state.actor(number)?;
                let seat = actor.seats.iter().find(|seat| actor.acts_by(seat.id))?;
                of(number, Some(seat.id))
            }
        }
    });
    let progress = memo(move || {
        let plan = &view.read().plan;
        let all = plan.question.as_ref().map_or(0, |question| question.entitled.len());
        words::progress(all - plan.missing().count().min(all), all)
    });
    let reminded = memo(move || {
        let (state, asked) = (view.read(), asked.read());
        let missing = asked.as_ref().is_some_and(|asked| {
            asked.on_behalf.is_none() && state.plan.missing().any(|actor| actor == asked.actor)
        });
        missing && state.plan.reminders > 0
    });
    let helps = may_assist(me.role) && seat.is_none();
    view! {
        <section class="card asking" aria-labelledby="conformidad">
            <h2 id="conformidad" class="card-eyebrow">{words::QUESTION}</h2>
            <div role="alert">
                <Show when=move || reminded.get()>
                    <p class="offline">{words::REMINDED}</p>
                </Show>
            </div>
            {helps.then(|| view! { <Helped chosen/> })}
            {reactive(move || match asked.get() {
                Some(Asked { actor, organisation, on_behalf }) => {
                    view! { <Answers actor organisation on_behalf/> }.into_any()
                }
                None if helps => ().into_any(),
                None => view! { <p>{words::NOT_FOR_YOU}</p> }.into_any(),
            })}
            <p class="secondary">{reactive(move || progress.get())}</p>
            <VersionSince/>
        </section>
    }
    .into_any()
}

/// The choice of the organisation for which a helper answers.
#[component]
fn Helped(chosen: RwSignal<Option<ActorNumber>>) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let choices = move || {
        let state = view.read();
        let entitled = state.plan.question.iter().flat_map(|question| question.entitled.clone());
        let choice = |number: ActorNumber| {
            let organisation = state.actor(number)?.organisation.to_string();
            Some(
                view! { <option value=number.0.to_string() selected=chosen.get_untracked() == Some(number) translate="no">{organisation}</option> },
            )
        };
        entitled.filter_map(choice).collect_view()
    };
    view! {
        <div class="about-choice">
            <label class="field-label" for="por-quien">{words::ANSWER_FOR}</label>
            <select
                class="field-control"
                id="por-quien"
                autocomplete="off"
                disabled=move || !ready.get()
                on:change=move |event| chosen.set(event_target_value(&event).parse().ok().map(ActorNumber))
            >
                <option value="">{words::NOBODY}</option>
                {reactive(choices)}
            </select>
        </div>
    }
    .into_any()
}
