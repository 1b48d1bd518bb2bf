//! The end of the evening: minutes, document, signatures, sending, follow-up, each with how far it is
//! and one thing to do next. Whoever leads can stop at any of them and go on another day.

use domain::{Mesa, Phase};
use leptos::prelude::*;

use crate::address;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::slots::{self as words, Progress, Step};

/// How far a step is, in a word and in a sentence.
fn state_of(step: Step, state: &Mesa) -> (Progress, String) {
    let plan = &state.plan;
    match step {
        Step::Minutes => (Progress::Done, words::MINUTES_READY.to_owned()),
        Step::Document => match plan.version() {
            Some(version) => (Progress::Done, words::frozen(version.number)),
            None => (Progress::Waits, words::NOT_FROZEN.to_owned()),
        },
        Step::Signatures => match plan.round() {
            Some(round) if round.seal.is_some() => (Progress::Done, words::SEALED_TOO.to_owned()),
            Some(round) => (Progress::Going, words::counted(round)),
            None => (Progress::Waits, words::not_signing()),
        },
        Step::Dispatch => match plan.signed() {
            Some(_) => (Progress::Going, words::DISPATCH_READY.to_owned()),
            None => (Progress::Waits, words::DISPATCH_WAITS.to_owned()),
        },
        Step::FollowUp if state.conduct.phase >= Phase::FollowUp => {
            (Progress::Going, words::FOLLOWED.to_owned())
        }
        Step::FollowUp => (Progress::Waits, words::not_followed()),
    }
}

/// Where a step goes on; none while it has to wait.
fn leads_to(live: Live, step: Step, progress: Progress) -> Option<String> {
    let plan = || address::plan(live.mesa().exercise);
    match (step, progress) {
        (_, Progress::Waits) => None,
        (Step::Minutes, _) => Some(address::minutes(live.mesa())),
        (Step::Document | Step::Dispatch, _) => Some(plan()),
        (Step::Signatures, _) => Some("#firmas".to_owned()),
        (Step::FollowUp, _) => Some(address::commitments(live.mesa())),
    }
}

/// The list, from the question for conformity on.
#[component]
pub fn EndingPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let ends = memo(move || view.read().conduct.phase >= Phase::Conformity);
    let row = move |step: Step| {
        let stands = memo(move || state_of(step, &view.read()));
        let link = move || {
            let (progress, _) = stands.get();
            let href = leads_to(live, step, progress)?;
            let rel = (!href.starts_with("/ejercicio/")).then_some("external");
            Some(view! { <a class="link" href=href rel=rel>{step.next()}</a> })
        };
        view! {
            <li data-progress=move || stands.read().0.name()>
                <b>{step.name()}</b>
                <span class="visually-hidden">{reactive(move || format!(" ({})", stands.read().0.words()))}</span>
                <span class="secondary">{reactive(move || stands.read().1.clone())}</span>
                {reactive(link)}
            </li>
        }
    };
    view! {
        <Show when=move || ends.get()>
            <section class="screen-head" aria-labelledby="cierre">
                <h2 id="cierre">{words::END}</h2>
                <ol class="ending">{Step::ALL.map(row).collect_view()}</ol>
                <p class="secondary">{words::END_LEAD}</p>
            </section>
        </Show>
    }
    .into_any()
}
