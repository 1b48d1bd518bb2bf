//! What has to be in order before the read-out: the quota, the findings, and the overridden ones
//! with their reasons.

use domain::conduct;
use domain::deliberation::choice::Category;
use domain::deliberation::finding::Found;
use domain::permission::{Action, Scope, permitted};
use domain::text::words::WordsError;
use domain::{Command, Finding, ItemId, MesaNumber, Remark, deliberation::check};
use leptos::html;
use leptos::prelude::*;

use super::focus_on;
use crate::address;
use crate::components::Quota;
use crate::composed::composed;
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{check as words, list, status};

/// A finding with the reason of its override.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    finding: Finding,
    passed: Option<String>,
}

/// The key of a row: it stays while the number in its finding changes.
fn key(finding: &Finding) -> (u8, Option<ItemId>, Option<Category>, Option<MesaNumber>) {
    let mesa = if let Finding::MesaNotReady { number } = finding { Some(*number) } else { None };
    let (check, category) = match finding {
        Finding::NoResponsible(_) => (0, None),
        Finding::NoDueDate(_) => (1, None),
        Finding::DateOutside(_) => (2, None),
        Finding::LongerThanAYear(_) => (3, None),
        Finding::NoProblem(_) => (4, None),
        Finding::NoActivity(_) => (5, None),
        Finding::NoCategory(_) => (6, None),
        Finding::QuotaShort { category, .. } => (7, Some(*category)),
        Finding::MesaNotReady { .. } => (8, None),
        Finding::NoticeNotKept { .. } => (9, None),
    };
    (check, finding.item(), category, mesa)
}

/// Id of the heading.
const HEADING: &str = "revision";

/// The part of the desk.
#[component]
pub fn Checks() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let rows = memo(move || {
        let found = |found: Found<'_>| Row {
            finding: found.finding,
            passed: found.overridden.map(|granted| granted.reason.to_string()),
        };
        check::findings(&view.read()).into_iter().map(found).collect::<Vec<_>>()
    });
    let open = memo(move || {
        rows.read()
            .iter()
            .filter(|row| row.passed.is_none())
            .map(|row| row.finding)
            .collect::<Vec<_>>()
    });
    let passed = memo(move || {
        rows.read().iter().filter(|row| row.passed.is_some()).cloned().collect::<Vec<_>>()
    });
    view! {
        <section class="screen-head" aria-labelledby=HEADING>
            <h2 id=HEADING tabindex="-1">{words::HEADING}</h2>
            <Quota/>
            <p role="status" class=move || if open.read().is_empty() { "secondary" } else { "missing" }>
                {reactive(move || if open.read().is_empty() { words::CLEAR.to_owned() } else { words::open(open.read().len()) })}
            </p>
            <ul class="findings">
                <For each=move || open.get() key=key let(finding)>
                    <Open finding rows/>
                </For>
            </ul>
            <Show when=move || !passed.read().is_empty()>
                <h3>{words::PASSED}</h3>
                <ul class="findings">
                    <For each=move || passed.get() key=|row| (key(&row.finding), row.passed.clone()) let(row)>
                        <Passed row/>
                    </For>
                </ul>
            </Show>
        </section>
    }
    .into_any()
}

/// A finding's text, with a link to where it can be fixed.
#[component]
pub fn FindingLink(
    /// The finding.
    #[prop(into)]
    finding: Signal<Finding>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let sentence = memo(move || words::sentence(&view.read(), &finding.get()));
    let href = memo(move || {
        let (state, finding) = (view.read(), finding.get());
        let item =
            finding.item().and_then(|id| state.item(id)).map(|item| address::of(live.mesa(), item));
        item.or_else(|| another_page(live, &finding))
            .unwrap_or_else(|| address::commitments(live.mesa()))
    });
    // Another mesa's page, and the pack's, are other documents.
    let rel = memo(move || another_page(live, &finding.get()).map(|_| "external"));
    view! { <a class="link" rel=move || rel.get() href=move || href.get()>{reactive(move || sentence.get())}</a> }.into_any()
}

/// The page of the server that a finding is about: another mesa's public one, or the pack.
fn another_page(live: Live, finding: &Finding) -> Option<String> {
    match finding {
        Finding::MesaNotReady { number } => Some(address::public_mesa(live.other(*number))),
        Finding::NoticeNotKept { .. } => Some(address::pack(live.mesa())),
        _ => None,
    }
}

/// A finding that stands in the way.
#[component]
fn Open(
    /// The finding when the row was created.
    finding: Finding,
    /// All findings, up to date.
    rows: Memo<Vec<Row>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let current = memo(move || {
        rows.read()
            .iter()
            .map(|row| row.finding)
            .find(|other| other.is_about_the_same_as(&finding))
            .unwrap_or(finding)
    });
    let role = live.me().role;
    let allowed = memo(move || {
        permitted(Action::OverrideCheck, view.read().conduct.phase, role) != Scope::Nothing
    });
    let asking = RwSignal::new(false);
    let trigger = NodeRef::<html::Button>::new();
    let back = Callback::new(move |()| {
        asking.set(false);
        request_animation_frame(move || match trigger.try_get_untracked().flatten() {
            Some(trigger) => {
                let _ = trigger.focus();
            }
            // The row is gone: overridden findings are listed below under the same heading.
            None => focus_on(HEADING),
        });
    });
    view! {
        <li class="finding">
            <FindingLink finding=current/>
            <Show when=move || allowed.get() && !asking.get()>
                <button
                    type="button"
                    class="link"
                    node_ref=trigger
                    aria-label=move || list::of(words::PASS, &words::sentence(&view.read(), &current.get()))
                    disabled=move || !ready.get()
                    on:click=move |_| asking.set(true)
                >
                    {words::PASS}
                </button>
            </Show>
            <Show when=move || asking.get()>
                <Reason finding=current back/>
            </Show>
        </li>
    }
    .into_any()
}

/// Asks for the reason of an override, in place.
#[component]
fn Reason(
    /// The finding.
    finding: Memo<Finding>,
    /// Closes the question.
    back: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let area = NodeRef::<html::Textarea>::new();
    let problem = RwSignal::new(None::<String>);
    effect(move || {
        if let Some(area) = area.get() {
            let _ = area.focus();
        }
    });
    let pass = move |_| {
        let Some(area) = area.get_untracked() else { return };
        match Remark::parse(&composed(&area.value())) {
            Ok(reason) => {
                let finding = finding.get_untracked();
                back.run(());
                live.submit(Command::Conduct(conduct::Command::OverrideCheck { finding, reason }));
            }
            Err(error) => {
                problem.set(Some(match error {
                    WordsError::Empty => status::NOTHING_WRITTEN.to_owned(),
                    WordsError::TooLong { limit } => status::too_long(limit),
                    WordsError::Forbidden => status::NOT_PLAIN.to_owned(),
                }));
                let _ = area.focus();
            }
        }
    };
    view! {
        <div class="question">
            <label class="field-label" for="razon">{words::REASON}</label>
            <textarea
                id="razon"
                class="field-control"
                rows="3"
                node_ref=area
                aria-describedby="razon-nota"
                aria-invalid=move || problem.read().is_some().then_some("true")
            ></textarea>
            <p id="razon-nota" class="note">{words::REASON_HINT}</p>
            <p role="alert" class="missing">{reactive(move || problem.get())}</p>
            <div class="buttons">
                <button type="button" class="button" on:click=move |_| back.run(())>{words::CANCEL}</button>
                <button type="button" class="button" data-tone="accent" on:click=pass>{words::PASS_CONFIRM}</button>
            </div>
        </div>
    }
    .into_any()
}

/// An overridden finding.
#[component]
fn Passed(
    /// The finding with the reason.
    row: Row,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let Row { finding, passed } = row;
    let allowed = live.allows(Command::Conduct(conduct::Command::WithdrawOverride { finding }));
    view! {
        <li class="finding">
            <FindingLink finding/>
            <Show when=move || allowed.get()>
                <button
                    type="button"
                    class="link"
                    aria-label=move || list::of(words::WITHDRAW, &words::sentence(&view.read(), &finding))
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::Conduct(conduct::Command::WithdrawOverride { finding }))
                >
                    {words::WITHDRAW}
                </button>
            </Show>
            <p class="secondary finding-reason">{passed.map(|reason| words::because(&reason))}</p>
        </li>
    }
    .into_any()
}
