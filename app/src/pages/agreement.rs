//! What a phone shows while the plan is read out and agreed to: the commitment that is being read,
//! the question for conformity, what it came to, whether it is signed. Loaded when a mesa comes to it.

mod answers;
mod differences;
mod question;
mod reading;
mod results;
mod signing;

use domain::Phase;
use leptos::prelude::*;

use crate::erased::{memo, reactive};
use crate::state::Live;

use question::Question;
use reading::Reading;
use results::Results;
use signing::Signing;

/// The card at the head of *Ahora*, from the read-out on.
#[component]
pub fn AgreementCard() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let part = memo(move || {
        let state = view.read();
        let open = state.plan.open_question().is_some();
        (state.conduct.phase, open, state.plan.round().is_some())
    });
    reactive(move || match part.get() {
        (Phase::ReadOut, ..) => view! { <Reading/> }.into_any(),
        (Phase::Conformity, true, _) => view! { <Question/> }.into_any(),
        (Phase::Signing | Phase::FollowUp | Phase::Closed, _, true) => {
            view! { <Signing/><Results/> }.into_any()
        }
        (Phase::Conformity | Phase::Signing | Phase::FollowUp | Phase::Closed, ..) => {
            view! { <Results/> }.into_any()
        }
        (Phase::Preparation | Phase::Introduction | Phase::Analysis | Phase::Agreements, ..) => {
            ().into_any()
        }
    })
    .into_any()
}
