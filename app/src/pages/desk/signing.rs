//! The signatures on the desk: what became of each slot, by whom and when; what is noted of those
//! that are open; closing them. And where the end of the evening stands.

use domain::agreement::signing::{Command as Signing, Hand, Mark, Noted, Round};
use domain::agreement::{Command as Agreeing, Reason};
use domain::permission::{Action, Scope, permitted};
use domain::{ActorNumber, Command, Phase, Remark, ShortText};
use leptos::prelude::*;

use super::conducts;
use crate::address;
use crate::components::Confirm;
use crate::components::remark::{RemarkBox, Writing};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{paper, signing, slots as words};

/// Submits a command about signing.
fn submit(live: Live, command: Signing) {
    live.submit(Command::Agreement(Agreeing::Signing(command)));
}

/// From the signing on.
#[component]
pub fn SigningPart() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let signs = memo(move || {
        let state = view.read();
        state.conduct.phase >= Phase::Signing && state.plan.round().is_some()
    });
    view! {
        <Show when=move || signs.get()>
            <Slots/>
        </Show>
    }
    .into_any()
}

#[component]
fn Slots() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts) = (live.view(), conducts(live));
    // Rows stay while they change: somebody may be writing in one.
    let actors = memo(move || {
        let state = view.read();
        state
            .plan
            .round()
            .map(|it| it.slots.keys().copied().collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let counted = memo(move || view.read().plan.round().map(words::counted));
    let what = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        let code = state.plan.version_numbered(round.version)?.digest.to_string();
        let pages = round.pages.map(signing::pages);
        Some(format!(
            "{} · {}",
            signing::what(round.version, &code),
            pages.as_deref().unwrap_or(words::NOT_SET)
        ))
    });
    let closed = memo(move || {
        let state = view.read();
        let (reason, _) = state.plan.round()?.closed.as_ref()?;
        Some(words::closed(reason.as_str()))
    });
    let open = memo(move || {
        let state = view.read();
        let round = state.plan.round().filter(|round| round.is_open());
        round.map_or(0, |round| round.slots.values().filter(|slot| slot.mark.is_none()).count())
    });
    let goes_on = memo(move || view.read().plan.round().is_some_and(|round| round.seal.is_none()));
    let scanned = memo(move || view.read().plan.round().and_then(Round::scanned));
    let completes = memo(move || view.read().plan.round().is_some_and(Round::is_complete));
    view! {
        <section class="screen-head" aria-labelledby="firmas">
            <h2 id="firmas">{words::SLOTS}</h2>
            <p class="secondary">{reactive(move || what.get())}</p>
            <p role="status"><b>{reactive(move || counted.get())}</b></p>
            <div class="answers-table slots" tabindex="0" role="group" aria-labelledby="firmas">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{crate::text::agreement::ORGANISATION}</th>
                            <th scope="col">{words::STATE}</th>
                            <th scope="col">{words::WHO}</th>
                            <th scope="col">{words::NOTE}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {reactive(move || actors.get().into_iter().map(|actor| view! { <SlotRow actor/> }).collect_view())}
                    </tbody>
                </table>
            </div>
            <Show when=move || goes_on.get()>
                <a class="link" href=address::sign(live.mesa())>{signing::GO_HELP}</a>
            </Show>
            <p>
                {reactive(move || scanned.get().map(paper::scanned))} " "
                <a class="link" href=address::paper(live.mesa()) rel="external">{paper::SHOW}</a>
            </p>
            {reactive(move || closed.get().map(|closed| view! { <p translate="no">{closed}</p> }))}
            <Show when=move || { open.get() > 0 && conducts.get() }>
                <p><a class="link" href=address::remind(live.mesa()) rel="external">{crate::text::agreement::REMIND_BY_MAIL}</a></p>
                <Closing open/>
            </Show>
            <Show when=move || goes_on.get() && completes.get()>
                <p role="status">{words::SEALING}</p>
            </Show>
            <Sealed/>
        </section>
    }
    .into_any()
}

/// Why it was refused, if a reason was given.
fn reason(mark: &Mark) -> Option<&Reason> {
    match mark {
        Mark::Declined { reason, .. } | Mark::Noted { noted: Noted::Refused(reason), .. } => {
            Some(reason)
        }
        Mark::Signed { .. } | Mark::Noted { .. } => None,
    }
}

/// A slot, and what can be noted of it.
#[component]
fn SlotRow(actor: ActorNumber) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, role) = (live.view(), live.condition.ready(), live.me().role);
    let organisation = memo(move || {
        let state = view.read();
        state.actor(actor).map(|actor| actor.organisation.to_string()).unwrap_or_default()
    });
    let slot = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        let slot = round.slots.get(&actor)?;
        let witness = slot.witnessed().map(ToString::to_string);
        Some((slot.mark.clone(), round.must_consent_again(actor), witness))
    });
    let (mark, again) = (
        memo(move || slot.get().and_then(|(mark, ..)| mark)),
        memo(move || slot.get().is_some_and(|(_, again, _)| again)),
    );
    let notes = memo(move || {
        let state = view.read();
        let may = permitted(Action::MarkSignature, state.conduct.phase, role) != Scope::Nothing;
        may && match &*mark.read() {
            Some(Mark::Declined { .. }) => false,
            // What a device drew for its own seat has no witness.
            Some(Mark::Signed { hand: Hand::Drawn { .. }, assisted: false, .. }) => false,
            Some(Mark::Signed { .. }) => {
                state.plan.round().is_some_and(|round| round.seal.is_none())
            }
            Some(Mark::Noted { .. }) | None => state.plan.round().is_some_and(Round::is_open),
        }
    });
    let open = RwSignal::new(false);
    let panel = format!("anotar-{}", actor.0);
    let said = StoredValue::new(panel);
    let why =
        move || mark.read().as_ref().and_then(reason).map(|reason| reason.as_str().to_owned());
    let who = move || {
        let mark = mark.get()?;
        let when = signing::moment(live.clocks.moment(mark.at()));
        Some(view! { {words::by(&mark)} " " <span class="secondary date">{when}</span> })
    };
    view! {
        <tr>
            <th scope="row" translate="no">{reactive(move || organisation.get())}</th>
            <td>
                <span class="slot-mark" data-mark=move || words::mark_name(mark.read().as_ref(), again.get())>
                    {reactive(move || words::mark(mark.read().as_ref(), again.get()))}
                </span>
                {reactive(move || why().map(|why| view! { <q class="secondary" translate="no">{why}</q> }))}
                {reactive(move || slot.get().and_then(|(.., witness)| witness).map(|name| view! {
                    <span class="secondary date" translate="no">{words::witnessed(&name)}</span>
                }))}
            </td>
            <td>{reactive(who)}</td>
            <td>
                <Show when=move || notes.get()>
                    <button
                        type="button"
                        class="button"
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        aria-controls=said.get_value()
                        disabled=move || !ready.get()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {words::NOTE_FOR} <span class="visually-hidden">": " {reactive(move || organisation.get())}</span>
                    </button>
                </Show>
            </td>
        </tr>
        <tr class="slot-notes" id=said.get_value() hidden=move || !(open.get() && notes.get())>
            <td colspan="4">
                <Show when=move || open.get() && notes.get()>
                    <Noting actor mark open/>
                </Show>
            </td>
        </tr>
    }
    .into_any()
}

/// What can be noted of a slot.
#[component]
fn Noting(
    /// The slot's actor.
    actor: ActorNumber,
    /// What became of it.
    mark: Memo<Option<Mark>>,
    /// Whether this is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let name = format!("se-nego.{}", actor.0);
    let refuses = RwSignal::new(!live.drafts.read(&name).is_empty());
    let writing = Writing::new(live, name);
    let note = move |noted: Option<Noted>| {
        submit(live, Signing::Note { actor, noted });
        open.set(false);
    };
    let refused = move |_| {
        if let Some(reason) = writing.take_as(Reason::parse) {
            note(Some(Noted::Refused(reason)));
            writing.sent();
        }
    };
    let plain = move |noted: Noted| {
        let label = words::of_noted(&noted);
        view! {
            <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| note(Some(noted.clone()))>
                {label}
            </button>
        }
    };
    let is_noted = move || matches!(*mark.read(), Some(Mark::Noted { .. }));
    let signed = move || matches!(*mark.read(), Some(Mark::Signed { .. }));
    let witness = Writing::new(live, format!("testigo.{}", actor.0));
    let name = move |_| {
        if let Some(name) = witness.take_as(ShortText::parse) {
            submit(live, Signing::Witness { actor, name: Some(name) });
            witness.sent();
        }
    };
    view! {
        <RemarkBox writing=witness label=words::WITNESS rows=1/>
        <button type="button" class="button" disabled=move || !ready.get() on:click=name>{words::WITNESS_NOTE}</button>
        <div class="buttons" hidden=signed>
            {[Noted::Fingerprint, Noted::Paper, Noted::Absent].map(plain).collect_view()}
            <button
                type="button"
                class="button"
                aria-expanded=move || if refuses.get() { "true" } else { "false" }
                disabled=move || !ready.get()
                on:click=move |_| refuses.update(|refuses| *refuses = !*refuses)
            >
                {words::REFUSED}
            </button>
            <Show when=is_noted>
                <button type="button" class="button" data-tone="bad" disabled=move || !ready.get() on:click=move |_| note(None)>
                    {words::TAKE_BACK}
                </button>
            </Show>
        </div>
        <Show when=move || refuses.get()>
            <RemarkBox writing label=words::REFUSED_REASON rows=2/>
            <button type="button" class="button" disabled=move || !ready.get() on:click=refused>{words::NOTE_REFUSED}</button>
        </Show>
    }
    .into_any()
}

/// Closing what is still open, with a reason.
#[component]
fn Closing(
    /// How many slots are open.
    open: Memo<usize>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let writing = Writing::new(live, "cierre-firma".to_owned());
    let close = Callback::new(move |()| {
        if let Some(reason) = writing.take_as(Remark::parse) {
            submit(live, Signing::Close { reason });
            writing.sent();
        }
    });
    view! {
        <RemarkBox writing label=words::CLOSE_REASON rows=2/>
        <Confirm
            label=words::CLOSE.to_owned()
            question=Signal::derive(move || words::close_question(open.get()))
            yes=words::CLOSE
            no=words::KEEP_OPEN
            disabled=Signal::derive(move || !ready.get())
            on_confirm=close
        />
    }
    .into_any()
}

/// The seal: when, with which code, and where the plan is.
#[component]
fn Sealed() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let seal = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        Some((round.version, round.seal?))
    });
    let body = move |(version, seal): (u16, domain::agreement::signing::Seal)| {
        let when = signing::moment(live.clocks.moment(seal.at));
        view! {
            <div class="card signed">
                <h3>{words::SEALED}</h3>
                <p>{words::sealed_when(version, seal.pages, &when)}</p>
                <p class="secondary plan-code">{words::CODE} " " <code>{seal.document.to_string()}</code></p>
                <div class="buttons">
                    <a class="button" href=address::plan(live.mesa().exercise) rel="external">{words::DOCUMENT}</a>
                    <a class="link" href=address::plan_file(live.mesa().exercise, version, address::PLAN_PDF) rel="external">{signing::PDF}</a>
                </div>
            </div>
        }
    };
    view! { <div role="status">{reactive(move || seal.get().map(body))}</div> }.into_any()
}
