//! The plan on the desk: who reads it out and what is objected, then who has answered and who is
//! missing.

use std::sync::Arc;

use domain::agreement::{Command as Agreeing, Stance};
use domain::conduct::turnout::unanswered;
use domain::{Actor, ActorNumber, Command, Item, ItemId, PersonId, Phase, Remark, Shown, conduct};
use leptos::prelude::*;

use super::conducts;
use crate::address;
use crate::components::Confirm;
use crate::components::changes::VersionSince;
use crate::components::remark::{RemarkBox, Writing};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::state::plan::Result;
use crate::text::{agreement as words, desk};

/// Submits a command about agreeing.
fn agree(live: Live, command: Agreeing) {
    live.submit(Command::Agreement(command));
}

/// While the plan is read out: its version, the objections, who reads.
#[component]
pub fn ReadOutPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let reads = memo(move || view.read().conduct.phase == Phase::ReadOut);
    let before = memo(move || view.read().conduct.phase == Phase::Agreements);
    let version = memo(move || view.read().plan.version().map(words::version));
    view! {
        <div class="buttons">
            <Show when=move || before.get()>
                <a class="link" href=address::before_freeze(live.mesa()) rel="external">{words::BEFORE_FREEZE}</a>
            </Show>
            <Show when=move || version.read().is_some()>
                <a class="link" href=address::plan(live.mesa().exercise) rel="external">{words::DOCUMENT}</a>
                <a class="link" href=address::dispatch(live.mesa()) rel="external">{desk::DISPATCH}</a>
            </Show>
        </div>
        <Show when=move || reads.get()>
            <section class="screen-head" aria-labelledby="lectura">
                <h2 id="lectura">{words::OBJECTIONS}</h2>
                <p class="secondary">{words::LOCKED} " " {reactive(move || version.get())}</p>
                <VersionSince/>
                <Objections/>
                <Reader/>
            </section>
        </Show>
    }
    .into_any()
}

/// The objections that wait for an answer, each with a way to the wall.
#[component]
fn Objections() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let rows = memo(move || {
        let state = view.read();
        let row = |item: &Arc<Item>| {
            let said = item.as_contribution()?;
            let who = said.actor.and_then(|number| state.actor(number));
            let about = said.target.map(|target| live.title_of(target));
            let text = said.text.as_ref()?.to_string();
            Some((item.id, who.map(|actor| actor.organisation.to_string()), about, text))
        };
        unanswered(&state).filter_map(row).collect::<Vec<_>>()
    });
    let show = move |id: ItemId| {
        let shown = Shown::Item(id);
        live.submit(Command::Conduct(conduct::Command::Show { shown }));
    };
    let row = move |(id, who, about, text): (ItemId, Option<String>, Option<String>, String)| {
        view! {
            <li class="card">
                <p class="card-eyebrow" translate="no">{who} {about.map(|about| format!(" · {about}"))}</p>
                <q translate="no">{text}</q>
                <Show when=move || conducts.get()>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| show(id)>
                        {words::SHOW_OBJECTION}
                    </button>
                </Show>
            </li>
        }
    };
    view! {
        <ul class="objections" aria-live="polite">{reactive(move || rows.get().into_iter().map(row).collect_view())}</ul>
    }
    .into_any()
}

/// The choice of who else reads out.
#[component]
fn Reader() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts, roster) =
        (live.view(), live.condition.ready(), conducts(live), live.roster());
    let chosen = memo(move || view.read().plan.reader);
    let choices = move || {
        let chosen = chosen.get();
        let present = roster.get();
        let choice = |person: PersonId, name: String| {
            view! { <option value=person.to_string() selected=chosen == Some(person) translate="no">{name}</option> }
        };
        present.into_iter().map(|here| choice(here.person, here.name)).collect_view()
    };
    let choose = move |event: leptos::ev::Event| {
        agree(live, Agreeing::ChooseReader { reader: event_target_value(&event).parse().ok() });
    };
    view! {
        <Show when=move || conducts.get()>
            <div class="about-choice">
                <label class="field-label" for="quien-lee">{words::READER}</label>
                <select class="field-control" id="quien-lee" autocomplete="off" disabled=move || !ready.get() on:change=choose>
                    <option value="" selected=move || chosen.read().is_none()>{words::NO_READER}</option>
                    {reactive(choices)}
                </select>
            </div>
        </Show>
    }
    .into_any()
}

/// A row of the table: an organisation, a mark with its word for each commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct AnswerLine {
    actor: ActorNumber,
    organisation: String,
    marks: Vec<(&'static str, &'static str)>,
    missing: bool,
    reasons: Vec<(usize, String)>,
}

/// From the question on: who answered what, the rule, closing.
#[component]
pub fn ConformityPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let asked = memo(move || {
        let state = view.read();
        state.conduct.phase == Phase::Conformity && state.plan.question.is_some()
    });
    view! {
        <Show when=move || asked.get()>
            <Conformity/>
        </Show>
    }
    .into_any()
}

/// The rows, those that owe an answer first.
fn table(live: Live) -> Memo<Vec<AnswerLine>> {
    let view = live.view();
    memo(move || {
        let state = view.read();
        let plan = &state.plan;
        let Some(version) = plan.version() else { return Vec::new() };
        let row = |actor: &Arc<Actor>| {
            let given = |item| plan.given(actor.number, item).map(|given| given.stance.as_ref());
            let marks = version.commitments.iter().map(|frozen| {
                words::mark(given(frozen.item), plan.must_reconfirm(actor.number, frozen.item))
            });
            let reasons = (1..).zip(&version.commitments).filter_map(|(number, frozen)| {
                let reason = given(frozen.item).flatten().and_then(Stance::reason)?;
                Some((number, reason.as_str().to_owned()))
            });
            AnswerLine {
                actor: actor.number,
                organisation: actor.organisation.to_string(),
                marks: marks.collect(),
                missing: plan.unanswered(actor.number).next().is_some(),
                reasons: reasons.collect(),
            }
        };
        let entitled = plan.question.iter().flat_map(|question| &question.entitled);
        let mut rows: Vec<_> =
            entitled.filter_map(|number| state.actor(*number)).map(row).collect();
        rows.sort_by_key(|row| !row.missing);
        rows
    })
}

#[component]
fn Conformity() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts, rows, results) =
        (live.view(), conducts(live), table(live), live.results());
    let version = memo(move || view.read().plan.version().map(words::version));
    let open = memo(move || view.read().plan.open_question().is_some());
    let missing = memo(move || rows.read().iter().filter(|row| row.missing).count());
    let rules = move || {
        let answered = rows.read().len() - missing.get();
        view.read().exercise.as_ref().map(|card| words::rules(card, answered))
    };
    let line = |row: AnswerLine| {
        view! {
            <tr>
                <th scope="row" translate="no">
                    {row.organisation}
                    {row.reasons.into_iter().map(|(number, reason)| view! { <q class="secondary">{format!("{number}: {reason}")}</q> }).collect_view()}
                </th>
                {row.marks.into_iter().map(|(sign, word)| view! {
                    <td data-answer=word><span aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span></td>
                }).collect_view()}
            </tr>
        }
    };
    let heads = move || {
        let row = |Result { number, title, .. }| {
            let name = title.clone();
            view! { <th scope="col" title=name><span class="visually-hidden">{title}" "</span>{number}</th> }
        };
        results.get().into_iter().map(row).collect_view()
    };
    let counts = move || {
        let all = rows.read().len();
        let row = move |result: Result| view! { <td>{words::of(result.verdict.tally.answered() as usize, all)}</td> };
        results.get().into_iter().map(row).collect_view()
    };
    let outcomes = move || {
        let row = |Result { number, title, verdict }: Result| {
            view! {
                <li>
                    <b translate="no">{format!("{number}. {title}")}</b>
                    <span class="outcome" data-outcome=words::outcome_name(verdict.outcome)>{words::outcome(verdict.outcome)}</span>
                    <span class="secondary">{words::why(&verdict)}</span>
                </li>
            }
        };
        results.get().into_iter().map(row).collect_view()
    };
    view! {
        <section class="screen-head" aria-labelledby="quien-respondio">
            <h2 id="quien-respondio">{words::WHO_ANSWERED}</h2>
            <p class="secondary">{reactive(move || version.get())} " " {reactive(rules)}</p>
            <div class="answers-table" tabindex="0" role="group" aria-labelledby="quien-respondio">
                <table>
                    <thead><tr><th scope="col">{words::ORGANISATION}</th>{reactive(heads)}</tr></thead>
                    <tbody>{reactive(move || rows.get().into_iter().map(line).collect_view())}</tbody>
                    <tfoot><tr><th scope="row">{words::COUNTED}</th>{reactive(counts)}</tr></tfoot>
                </table>
            </div>
            <Show when=move || open.get() && conducts.get()>
                <Asking missing/>
            </Show>
            <Show when=move || !open.get()>
                <ol class="outcomes">{reactive(outcomes)}</ol>
            </Show>
        </section>
    }
    .into_any()
}

/// While answers are taken: reminding, what the wall names, closing.
#[component]
fn Asking(missing: Memo<usize>) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let named = memo(move || view.read().plan.names_missing);
    let writing = Writing::new(live, "cierre".to_owned());
    let close = Callback::new(move |()| {
        let reason = match missing.get_untracked() {
            0 => None,
            _ => match writing.take() {
                Some(reason) => Some::<Remark>(reason),
                None => return,
            },
        };
        agree(live, Agreeing::Close { reason });
        writing.sent();
    });
    view! {
        <Show when=move || missing.get() == 0>
            <p role="status">{words::ALL_ANSWERED}</p>
        </Show>
        <Show when=move || { missing.get() > 0 }>
            <button type="button" class="button" data-tone="accent" disabled=move || !ready.get() on:click=move |_| agree(live, Agreeing::Remind)>
                {reactive(move || words::remind(missing.get()))}
            </button>
            <a class="link" href=address::remind(live.mesa()) rel="external">{words::REMIND_BY_MAIL}</a>
        </Show>
        <label class="field-option">
            <input
                type="checkbox"
                disabled=move || !ready.get()
                prop:checked=move || named.get()
                on:change=move |event| agree(live, Agreeing::NameMissing { named: event_target_checked(&event) })
            />
            <span>{words::NAME_MISSING}</span>
        </label>
        <Show when=move || { missing.get() > 0 }>
            <RemarkBox writing label=words::CLOSE_REASON rows=2/>
        </Show>
        <Confirm
            label=words::CLOSE.to_owned()
            question=words::CLOSE_QUESTION.to_owned()
            yes=words::CLOSE
            no=words::KEEP_OPEN
            disabled=Signal::derive(move || !ready.get())
            on_confirm=close
        />
    }
    .into_any()
}
