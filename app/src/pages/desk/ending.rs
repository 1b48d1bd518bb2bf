//! The end of the evening: minutes, document, signatures, sending, follow-up, each with how far it is
//! and one thing to do next. Whoever leads can stop at any of them and go on another day.

use std::time::Duration;

use domain::{Mesa, Phase};
use leptos::prelude::*;

use crate::erased::{Show, effect, memo, reactive};
use crate::page::dispatch::AtDesk;
use crate::state::{Live, Status};
use crate::text::slots::{self as words, Progress, Step};
use crate::{address, browser};

/// How soon the server is asked again while letters are on their way, and otherwise.
const SOON: Duration = Duration::from_secs(3);
const LATER: Duration = Duration::from_secs(20);

/// Whether the version that would be sent is signed.
fn is_signed(state: &Mesa) -> bool {
    let plan = &state.plan;
    let round = plan.version().and_then(|version| plan.round_of(version.number));
    round.is_some_and(|round| round.seal.is_some())
}

/// What the server says of the sending, while the device is connected and somebody looks. That is in
/// its queue, of which the stream tells nothing; asking is this list's part alone.
#[derive(Clone, Copy)]
struct Sending {
    live: Live,
    said: RwSignal<Option<AtDesk>>,
    /// Grows with each beginning, so that one series of questions goes on.
    series: StoredValue<u32>,
}

impl Sending {
    fn follow(live: Live, signed: Memo<bool>) -> RwSignal<Option<AtDesk>> {
        let sending = Self { live, said: RwSignal::new(None), series: StoredValue::new(0) };
        let connection = live.condition.connection();
        effect(move || {
            let asks = signed.get() && connection.get() == Status::Connected;
            let series = sending.series.get_value() + 1;
            sending.series.set_value(series);
            if asks {
                sending.ask(series);
            }
        });
        sending.said
    }

    fn ask(self, series: u32) {
        let then = move |text: Option<String>| {
            // None when somebody left the desk meanwhile.
            if self.series.try_get_value() != Some(series) {
                return;
            }
            let said = text.and_then(|text| AtDesk::of_text(&text));
            let wait = if said.as_ref().is_some_and(|said| said.moves) { SOON } else { LATER };
            if said.is_some() && self.said.get_untracked() != said {
                self.said.set(said);
            }
            let again = move || {
                if self.series.try_get_value() == Some(series) {
                    self.ask(series);
                }
            };
            set_timeout(again, wait);
        };
        browser::ask(address::dispatch_at_desk(self.live.mesa()), Box::new(then));
    }
}

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
        Step::Dispatch if is_signed(state) => (Progress::Going, words::DISPATCH_READY.to_owned()),
        Step::Dispatch => (Progress::Waits, words::DISPATCH_WAITS.to_owned()),
        Step::FollowUp if state.conduct.phase >= Phase::FollowUp => {
            (Progress::Going, words::FOLLOWED.to_owned())
        }
        Step::FollowUp => (Progress::Waits, words::not_followed()),
    }
}

/// Where a step goes on; none while it has to wait.
fn leads_to(live: Live, step: Step, progress: Progress) -> Option<String> {
    match (step, progress) {
        // Where sending goes on depends on who may send, which the server says.
        (_, Progress::Waits) | (Step::Dispatch, _) => None,
        (Step::Minutes, _) => Some(address::minutes(live.mesa())),
        (Step::Document, _) => Some(address::plan(live.mesa().exercise)),
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
    let signed = memo(move || is_signed(&view.read()));
    let sending = Sending::follow(live, signed);
    let at_server = move |step| match step {
        Step::Dispatch if signed.get() => sending.get(),
        _ => None,
    };
    let row = move |step: Step| {
        let stands = memo(move || match at_server(step) {
            Some(said) => (said.progress, said.said),
            None => state_of(step, &view.read()),
        });
        let next = memo(move || match at_server(step) {
            Some(said) => Some(said.next),
            None => {
                let href = leads_to(live, step, stands.read().0)?;
                Some((step.next().to_owned(), href))
            }
        });
        let link = move || {
            let (label, href) = next.get()?;
            // The screens of the table alone are drawn by the program.
            let inside = step == Step::FollowUp || step == Step::Signatures;
            let rel = (!inside).then_some("external");
            Some(view! { <a class="link" href=href rel=rel>{label}</a> })
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
