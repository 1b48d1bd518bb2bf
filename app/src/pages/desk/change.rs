//! Changing the phase: a question that says what will change and what is in the way, then ten
//! seconds to undo it.

use std::time::Duration;

use domain::conduct::turnout::unanswered;
use domain::permission::closes_writing;
use domain::{Action, Command, Phase, deliberation::check};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::advice::Unconfirmed;
use super::checks::FindingLink;
use super::missing::ANSWERS;
use super::phases::row_id;
use super::unreached::Unreached;
use super::{conducts, focus_on};
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{conduct, mesas};

/// How long a change can be undone.
const UNDO_FOR: Duration = Duration::from_secs(10);

/// A change that can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Done {
    from: Phase,
    to: Phase,
}

/// The change of phase that is being asked about, and the one that can be undone.
#[derive(Clone, Copy)]
pub struct Change {
    live: Live,
    asked: RwSignal<Option<Phase>>,
    done: RwSignal<Option<Done>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Change {
    /// Nothing is asked yet.
    pub fn new(live: Live) -> Self {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_get_value() {
                timer.clear();
            }
        });
        Self { live, asked: RwSignal::new(None), done: RwSignal::new(None), timer }
    }

    /// Asks before the mesa changes to a phase.
    pub fn ask(self, to: Phase) {
        self.forget();
        self.asked.set(Some(to));
    }

    fn cancel(self, to: Phase) {
        self.asked.set(None);
        focus_row(to);
    }

    fn confirm(self, to: Phase) {
        let from = self.live.view().read_untracked().conduct.phase;
        self.asked.set(None);
        self.live.submit(Command::Conduct(domain::conduct::Command::ChangePhase { to }));
        self.done.set(Some(Done { from, to }));
        self.timer.set_value(set_timeout_with_handle(move || self.expire(to), UNDO_FOR).ok());
    }

    fn undo(self, done: Done) {
        self.forget();
        self.live.submit(Command::Conduct(domain::conduct::Command::ChangePhase { to: done.from }));
        focus_row(done.from);
    }

    fn expire(self, to: Phase) {
        let focused = document().active_element().is_some_and(|element| element.id() == UNDO_ID);
        self.done.set(None);
        if focused {
            focus_row(to);
        }
    }

    fn forget(self) {
        self.done.set(None);
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// Id of the undo button.
const UNDO_ID: &str = "deshacer-fase";

/// Returns the focus to the rail, once that is re-rendered.
fn focus_row(phase: Phase) {
    request_animation_frame(move || focus_on(&row_id(phase)));
}

/// The question, or the undo button.
#[component]
pub fn ChangePanel(
    /// The change.
    change: Change,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts) = (live.view(), conducts(live));
    let current = memo(move || view.read().conduct.phase);
    // Somebody else may have changed the phase meanwhile.
    let asked =
        memo(move || change.asked.get().filter(|to| *to != current.get() && conducts.get()));
    let done = memo(move || change.done.get().filter(|done| done.to == current.get()));
    view! {
        <div class="desk-change">
            {reactive(move || asked.get().map(|to| view! { <Question change to/> }))}
            <div role="status">{reactive(move || done.get().map(|done| view! { <p class="visually-hidden">{conduct::changed(done.to)}</p> }))}</div>
            {reactive(move || done.get().map(|done| view! { <WayBack change done/> }))}
        </div>
    }
    .into_any()
}

#[component]
fn Question(
    /// The change.
    change: Change,
    /// The phase that is asked about.
    to: Phase,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let from = view.read_untracked().conduct.phase;
    let differing = move |opens: bool| {
        let differs = |action: &Action| {
            if opens {
                !action.is_open_in(from) && action.is_open_in(to)
            } else {
                action.is_open_in(from) && !action.is_open_in(to)
            }
        };
        Action::ALL.into_iter().filter(differs).filter_map(conduct::action).collect::<Vec<_>>()
    };
    let (opened, closed, closes) = (differing(true), differing(false), closes_writing(from, to));
    let in_the_way = memo(move || check::in_the_way_of(&view.read(), to));
    let blocked = memo(move || !in_the_way.read().is_empty());
    let all_move = memo(move || {
        let state = view.read();
        let others = &state.siblings;
        (!others.is_empty() && state.conduct.moves_the_plan(to))
            .then(|| mesas::all_move(to, others))
    });
    let question = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(question) = question.get() {
            let _ = question.focus();
        }
    });
    view! {
        <div class="question" role="group" tabindex="-1" node_ref=question aria-labelledby="pregunta-fase">
            <h2 id="pregunta-fase">{conduct::question(to)}</h2>
            <Show when=move || blocked.get()>
                <p class="missing">{reactive(move || conduct::blocked(in_the_way.read().len()))}</p>
                <ul class="findings">
                    {reactive(move || in_the_way.get().into_iter().map(|finding| view! { <li><FindingLink finding/></li> }).collect_view())}
                </ul>
            </Show>
            {(from < to).then(|| view! { <Unanswered from to/> })}
            {(to == Phase::ReadOut && from < to).then(|| view! { <Unconfirmed/> })}
            <ul class="question-effects">
                {(!opened.is_empty()).then(|| view! { <li>{conduct::opened(&opened)}</li> })}
                {(!closed.is_empty()).then(|| view! { <li>{conduct::closed(&closed)}</li> })}
                {closes.then(|| view! { <li><Unreached/></li> })}
                {reactive(move || all_move.get().map(|words| view! { <li>{words}</li> }))}
                <li>{conduct::SEEN_BY}</li>
                <li>{conduct::NOTHING_LOST}</li>
            </ul>
            <div class="buttons">
                // First, so that a second tap on the same spot does no harm.
                <button type="button" class="button" on:click=move |_| change.cancel(to)>
                    {reactive(move || if blocked.get() { conduct::UNDERSTOOD } else { conduct::KEEP })}
                </button>
                <Show when=move || !blocked.get()>
                    <button type="button" class="button" data-tone="accent" on:click=move |_| change.confirm(to)>
                        {conduct::CONFIRM}
                    </button>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// How many contributions have no answer, with the way to answer them.
#[component]
fn Unanswered(
    /// The phase that ends.
    from: Phase,
    /// The phase that is asked about.
    to: Phase,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let count = memo(move || unanswered(&view.read()).count());
    let answers = Action::AnswerContribution;
    let closes = answers.is_open_in(from) && !answers.is_open_in(to);
    // Followed by the browser itself: the router would only change the address.
    view! {
        <Show when=move || count.get() != 0>
            <p class="missing">
                <a class="link" href=format!("#{ANSWERS}") rel="external">{reactive(move || conduct::unanswered(count.get()))}</a>
                ". " {conduct::answer_first(closes)}
            </p>
        </Show>
    }
    .into_any()
}

#[component]
fn WayBack(
    /// What was asked.
    change: Change,
    /// The change that can be undone.
    done: Done,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    effect(move || {
        if let Some(button) = button.get() {
            let _ = button.focus();
        }
    });
    view! {
        <div class="way-back">
            <p><b>{conduct::changed(done.to)}</b> " " {conduct::UNDO_WHILE}</p>
            <button type="button" class="button" id=UNDO_ID node_ref=button on:click=move |_| change.undo(done)>
                {conduct::UNDO}
            </button>
        </div>
    }
    .into_any()
}
