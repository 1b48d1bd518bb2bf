//! An actor's answers: all begin as *conforme*, and a tap opens the four answers of one of them.

use domain::agreement::{Command as Agreeing, Given, Reason, Stance};
use domain::{ActorNumber, Command, ItemId, SeatId};
use leptos::prelude::*;

use super::differences::Differences;
use crate::components::field::SaveLabel;
use crate::components::remark::{RemarkBox, Writing, draft_name};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::agreement as words;
use crate::text::agreement::Answer;

/// A commitment's answer being given.
#[derive(Clone, Copy)]
struct Row {
    id: ItemId,
    answer: RwSignal<Answer>,
    open: RwSignal<bool>,
    writing: Writing,
}

impl Row {
    fn new(live: Live, actor: ActorNumber, id: ItemId, given: Option<&Given>) -> Self {
        let name = format!("{}.{}", draft_name("conformidad", Some(id.0)), actor.0);
        let stance = given.and_then(|given| given.stance.as_ref());
        Self {
            id,
            answer: RwSignal::new(stance.map_or(Answer::Agree, Answer::of)),
            open: RwSignal::new(false),
            writing: Writing::new(live, name),
        }
    }

    /// What is sent; none: its reason is missing, and the box says so.
    fn stance(self) -> Option<Stance> {
        Some(match self.answer.get_untracked() {
            Answer::Agree => Stance::Agree,
            Answer::Reservation => {
                Stance::AgreeWithReservation(self.writing.take_as(Reason::parse)?)
            }
            Answer::Disagree => Stance::Disagree(self.writing.take_as(Reason::parse)?),
            Answer::Abstain => Stance::Abstain,
        })
    }
}

/// The answers of an actor to the present version.
#[component]
pub fn Answers(
    /// The actor.
    actor: ActorNumber,
    /// Its name.
    organisation: String,
    /// The seat for which a helper enters them.
    on_behalf: Option<SeatId>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let version = memo(move || view.read().plan.version().map_or(0, |version| version.number));
    // Whether the answers are being given again, although all were.
    let again = RwSignal::new(false);
    let missing = memo(move || view.read().plan.unanswered(actor).collect::<Vec<_>>());
    let reconfirms = memo(move || {
        let state = view.read();
        missing.read().iter().any(|item| state.plan.must_reconfirm(actor, *item))
    });
    let status =
        live.outbox.state(|command| matches!(command, Command::Agreement(Agreeing::State { .. })));
    let form = move || {
        let (state, number) = (view.get_untracked(), version.get());
        let plan = &state.plan;
        let asked: Vec<ItemId> = if again.get() || missing.read().is_empty() {
            plan.version()
                .into_iter()
                .flat_map(|version| &version.commitments)
                .map(|it| it.item)
                .collect()
        } else {
            missing.get()
        };
        let rows = asked.into_iter().map(|id| Row::new(live, actor, id, plan.given(actor, id)));
        (number, rows.collect::<Vec<_>>())
    };
    let draw = move || {
        if missing.read().is_empty() && !again.get() {
            return view! { <Given actor again/> }.into_any();
        }
        let (version, rows) = form();
        view! { <Form actor version rows on_behalf again/> }.into_any()
    };
    view! {
        <div class="field-head">
            <h3 class="asking-heading">{words::ANSWER_ALL}</h3>
            <SaveLabel status/>
        </div>
        <p class="secondary">{words::ANSWERS_FOR} " " <b translate="no">{organisation}</b></p>
        <Show when=move || reconfirms.get()>
            <p class="offline">{reactive(move || words::reconfirm(missing.read().len()))}</p>
        </Show>
        {reactive(draw)}
    }
    .into_any()
}

#[component]
fn Form(
    actor: ActorNumber,
    version: u16,
    rows: Vec<Row>,
    on_behalf: Option<SeatId>,
    again: RwSignal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let rows = StoredValue::new(rows);
    let label = move || {
        let count = |of: Answer| {
            rows.with_value(|rows| rows.iter().filter(|row| row.answer.get() == of).count())
        };
        words::send(Answer::ALL.map(|answer| (answer, count(answer))))
    };
    let send = move |_| {
        let rows = rows.get_value();
        let stances: Option<Vec<_>> =
            rows.iter().map(|row| Some((row.id, row.stance()?))).collect();
        let Some(stances) = stances else { return };
        // Each reason goes by itself, so that no command is too long to be sent.
        let (reasoned, plain): (Vec<_>, Vec<_>) =
            stances.into_iter().partition(|(_, stance)| stance.reason().is_some());
        let parts =
            reasoned.into_iter().map(|one| vec![one]).chain((!plain.is_empty()).then_some(plain));
        for stances in parts {
            live.submit_for(on_behalf, Command::Agreement(Agreeing::State { version, stances }));
        }
        rows.iter().for_each(|row| row.writing.sent());
        again.set(false);
    };
    view! {
        <ol class="asked">
            {rows.get_value().into_iter().map(|row| view! { <AnswerRow actor row/> }).collect_view()}
        </ol>
        <button type="button" class="action" data-tone="good" disabled=move || !ready.get() on:click=send>
            {reactive(label)}
        </button>
    }
    .into_any()
}

#[component]
fn AnswerRow(actor: ActorNumber, row: Row) -> impl IntoView {
    let live = expect_context::<Live>();
    let Row { id, answer, open, writing } = row;
    let ready = live.condition.ready();
    let (sheet, place) = (live.sheet_of(id), live.place_in_the_plan(id));
    let title = memo(move || {
        let number = place.get().map_or(0, |(place, _)| place);
        sheet.read().as_ref().map(|sheet| format!("{number}. {}", sheet.title)).unwrap_or_default()
    });
    let href = move || sheet.read().as_ref().and_then(|sheet| sheet.href.clone());
    let said = live.view().with_untracked(|state| {
        let plan = &state.plan;
        let given = plan.answers.get(&actor).and_then(|given| given.get(&id)).cloned();
        given.filter(|_| plan.must_reconfirm(actor, id))
    });
    let since = said.as_ref().map(|given| given.version);
    let before = said.map(|given| words::answered_before(given.stance.as_ref(), given.version));
    let name = format!("conformidad-{id}");
    let choice = move |each: Answer| {
        let name = name.clone();
        view! {
            <label class="field-option">
                <input
                    type="radio"
                    name=name
                    autocomplete="off"
                    prop:checked=move || answer.get() == each
                    on:change=move |_| answer.set(each)
                />
                <span>{words::answer(each)}</span>
            </label>
        }
    };
    let choices = StoredValue::new(choice);
    view! {
        <li class="asked-row">
            <b translate="no">{reactive(move || title.get())}</b>
            {since.map(|since| view! { <Differences id since/> })}
            {before.map(|before| view! { <p class="secondary">{before}</p> })}
            {reactive(move || href().map(|href| view! { <a class="link" href=href>{words::READ_ALL}</a> }))}
            <button
                type="button"
                class="button asked-answer"
                data-answer=move || answer.get().name()
                aria-expanded=move || if open.get() { "true" } else { "false" }
                disabled=move || !ready.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {reactive(move || words::answer(answer.get()))}
            </button>
            <Show when=move || open.get()>
                <fieldset class="field-options">
                    <legend class="visually-hidden">{reactive(move || title.get())}</legend>
                    {Answer::ALL.map(|each| choices.with_value(|choice| choice(each))).collect_view()}
                </fieldset>
            </Show>
            <Show when=move || answer.get().needs_reason()>
                <RemarkBox writing label=words::REASON rows=3/>
                <p class="secondary">{words::VERBATIM}</p>
            </Show>
        </li>
    }
    .into_any()
}

/// What the actor answered.
#[component]
fn Given(actor: ActorNumber, again: RwSignal<bool>) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let lines = memo(move || {
        let state = view.read();
        let commitments = state.plan.version().into_iter().flat_map(|it| it.commitments.clone());
        let line = |(number, frozen): (usize, domain::agreement::FrozenCommitment)| {
            let given = state.plan.given(actor, frozen.item)?;
            let title = live.title_of(frozen.item);
            let stance = given.stance.as_ref();
            let says = stance.map_or(words::SECRET, words::stance).to_owned();
            let reason = stance.and_then(Stance::reason).map(|reason| reason.as_str().to_owned());
            Some((format!("{number}. {title}"), says, reason))
        };
        (1..).zip(commitments).filter_map(line).collect::<Vec<_>>()
    });
    let row = |(title, says, reason): (String, String, Option<String>)| {
        view! {
            <li>
                <span translate="no">{title}</span>
                <b>{says}</b>
                {reason.map(|reason| view! { <q class="secondary" translate="no">{reason}</q> })}
            </li>
        }
    };
    view! {
        <p role="status">{words::ANSWERED}</p>
        <ol class="outcomes">{reactive(move || lines.get().into_iter().map(row).collect_view())}</ol>
        <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| again.set(true)>
            {words::CHANGE_ANSWER}
        </button>
    }
    .into_any()
}
