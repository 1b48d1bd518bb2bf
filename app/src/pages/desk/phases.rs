//! The phases: the one that the mesa is in, and the way to the others, each after a question that says what will change.

use std::cmp::Ordering;

use domain::{Command, Phase};
use leptos::prelude::*;

use super::conducts;
use crate::components::Confirm;
use crate::state::Live;
use crate::text::{desk, name};

/// The list of phases.
#[component]
pub fn Phases() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.ready(), conducts(live));
    let current = Memo::new(move |_| view.read().phase);
    view! {
        <section class="screen-head" aria-labelledby="fases">
            <h2 id="fases">{desk::PHASES}</h2>
            <ol class="desk-phases">
                {Phase::ALL.map(|phase| view! { <li><PhaseRow phase current ready conducts/></li> }).collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

#[component]
fn PhaseRow(
    /// The phase.
    phase: Phase,
    /// The one that the mesa is in.
    current: Memo<Phase>,
    /// Whether the page takes input.
    ready: Signal<bool>,
    /// Whether who looks may change the phase.
    conducts: Memo<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    move || {
        let place = phase.cmp(&current.get());
        let class = if place == Ordering::Less { "phase phase-past" } else { "phase" };
        if place == Ordering::Equal {
            view! {
                <p class="phase" aria-current="step">
                    <span>{name::phase(phase)}</span>
                    <span class="secondary">{desk::CURRENT}</span>
                </p>
            }
            .into_any()
        } else if !conducts.get() {
            view! { <p class=class>{name::phase(phase)}</p> }.into_any()
        } else {
            view! {
                <Confirm
                    label=name::phase(phase).to_owned()
                    accessible_label=desk::go_to(phase)
                    question=desk::phase_question(phase)
                    yes=desk::PHASE_CONFIRM
                    no=desk::PHASE_KEEP
                    class
                    disabled=Signal::derive(move || !ready.get())
                    on_confirm=Callback::new(move |()| live.submit(Command::ChangePhase { to: phase }))
                />
            }
            .into_any()
        }
    }
}
