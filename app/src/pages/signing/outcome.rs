//! What became of the own slot: signed, with what has to be consented to again; declining.

use domain::Command;
use domain::agreement::signing::{Command as Signing, Mark, Noted, Round};
use domain::agreement::{Command as Agreeing, Reason};
use leptos::html;
use leptos::prelude::*;

use super::Signer;
use super::hand::{forget, is_signature};
use super::pad::draft;
use crate::address;
use crate::components::field::SaveLabel;
use crate::components::remark::{RemarkBox, Writing};
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{signing as words, slots};

/// Submits a command about signing for an actor.
fn submit(live: Live, signer: Signer, command: Signing) {
    live.submit_for(signer.on_behalf, Command::Agreement(Agreeing::Signing(command)));
}

/// What was signed and when, or noted; and the question again when the pages changed.
#[component]
pub fn Outcome(
    /// For whom.
    signer: Signer,
    /// Whether it takes the focus, and so is seen and read out.
    focused: bool,
) -> impl IntoView {
    let card = NodeRef::<html::Section>::new();
    effect(move || {
        if let Some(card) = card.get().filter(|_| focused) {
            // Fails only when it is gone, which needs no focus.
            let _ = card.focus();
            // With the heading above it, which says where one is.
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    let live = expect_context::<Live>();
    let (view, waiting) = (live.view(), live.outbox.waiting());
    let mark = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        Some((round.version, round.mark(signer.actor)?.clone()))
    });
    let travels = memo(move || waiting.read().iter().any(is_signature));
    // The server has it: the device keeps nothing of it any more.
    effect(move || {
        let signed = matches!(*mark.read(), Some((_, Mark::Signed { .. })));
        if signed && !travels.get() && live.condition.ready().get() {
            forget(live, signer);
        }
    });
    let status = live.outbox.state(is_signature);
    let progress = memo(move || view.read().plan.round().map(slots::counted));
    // Whose name a helper's device printed isn't known here.
    let name = live.member().map(|member| member.name).filter(|_| signer.on_behalf.is_none());
    let printed = memo(move || {
        let state = view.read();
        let organisation = &state.actor(signer.actor)?.organisation;
        Some(format!("{}, {organisation}", name.as_deref()?))
    });
    let body = move |(version, mark): (u16, Mark)| {
        let when = words::moment(live.clocks.moment(mark.at()));
        match mark {
            Mark::Signed { pages, capacity, .. } => {
                let heading = match signer.on_behalf {
                    None => words::SIGNED,
                    Some(_) => words::SIGNED_HERE,
                };
                view! {
                    <h2 id="lo-firmado">{heading}</h2>
                    <p>{words::signed_what(version, pages, &when, capacity)}</p>
                    {printed.get().map(|printed| view! { <p>{words::SIGNED_AS} " " <b translate="no">{printed}</b></p> })}
                }
                .into_any()
            }
            Mark::Declined { reason, .. } => view! {
                <h2 id="lo-firmado">{words::DECLINED}</h2>
                <q translate="no">{reason.to_string()}</q>
            }
            .into_any(),
            Mark::Noted { noted, .. } => view! {
                <h2 id="lo-firmado">{slots::of_noted(&noted)}</h2>
                <p>{words::noted(&noted)} " " <span class="date">{when}</span></p>
            }
            .into_any(),
        }
    };
    view! {
        <section class="card signed" aria-labelledby="lo-firmado" tabindex="-1" node_ref=card>
            <div role="status">{reactive(move || mark.get().map(body))}</div>
            <Show when=move || travels.get()>
                <p class="secondary">{words::ON_ITS_WAY} " " <SaveLabel status/></p>
            </Show>
            <Again signer/>
            <p class="secondary">{reactive(move || progress.get())}</p>
            <a class="link" href=address::plan(live.mesa().exercise) rel="external">{slots::SEE_PLAN}</a>
        </section>
    }
    .into_any()
}

/// Why one is asked again, and the button that consents to the pages as they are now.
#[component]
fn Again(signer: Signer) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let asked = memo(move || {
        let state = view.read();
        let round = state.plan.round().filter(|round| round.seal.is_none())?;
        let Some(Mark::Signed { pages, .. }) = round.mark(signer.actor) else { return None };
        let again = round.must_consent_again(signer.actor);
        Some((round.version, *pages, round.pages?)).filter(|_| again)
    });
    let ask = move |(version, before, pages): (u16, u16, u16)| {
        let consent = move |_| submit(live, signer, Signing::Consent { version, pages });
        view! {
            <p class="offline">{words::again(before, pages)}</p>
            <button type="button" class="action" disabled=move || !ready.get() on:click=consent>
                {words::consent_again(pages)}
            </button>
        }
    };
    view! { <div role="status">{reactive(move || asked.get().map(ask))}</div> }.into_any()
}

/// What was noted of a slot that can still be signed.
#[component]
pub fn Before(
    /// For whom.
    signer: Signer,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let mark = memo(move || view.read().plan.round().and_then(|it| it.mark(signer.actor).cloned()));
    let said = move |mark: Mark| match mark {
        Mark::Noted { noted: noted @ (Noted::Absent | Noted::Refused(_)), .. } => {
            Some(view! { <p class="offline">{words::noted(&noted)} " " {words::STILL_TIME}</p> })
        }
        Mark::Noted { .. } | Mark::Signed { .. } | Mark::Declined { .. } => None,
    };
    view! { <div role="status">{reactive(move || mark.get().map(said))}</div> }.into_any()
}

/// Declining, with a reason.
#[component]
pub fn Decline(
    /// For whom.
    signer: Signer,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let name = draft("no-firma", signer.actor);
    let begun = !live.drafts.read(&name).is_empty();
    let open = RwSignal::new(begun);
    let writing = Writing::new(live, name);
    let declined = memo(move || {
        let state = view.read();
        match state.plan.round()?.mark(signer.actor)? {
            Mark::Declined { reason, .. } => Some(reason.to_string()),
            Mark::Signed { .. } | Mark::Noted { .. } => None,
        }
    });
    let decline = move |_| {
        let version = view.with_untracked(|state| state.plan.round().map(|round| round.version));
        if let Some((version, reason)) = version.zip(writing.take_as(Reason::parse)) {
            submit(live, signer, Signing::Decline { version, reason });
            writing.sent();
            open.set(false);
        }
    };
    view! {
        <section class="screen-head" aria-label=words::DECLINING>
            <button
                type="button"
                class="button beside-action"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                disabled=move || !ready.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {words::DECLINING}
            </button>
            <div role="status">
                {reactive(move || declined.get().map(|reason| view! {
                    <p><b>{words::DECLINED}</b> ": " <q translate="no">{reason}</q></p>
                    <p class="secondary">{words::DECLINED_NEXT}</p>
                }))}
            </div>
            <Show when=move || open.get()>
                <RemarkBox writing label=words::DECLINE_REASON rows=3/>
                <p class="secondary">{words::DECLINE_NOTE}</p>
                <button type="button" class="button beside-action" disabled=move || !ready.get() on:click=decline>
                    {words::DECLINE}
                </button>
            </Show>
        </section>
    }
    .into_any()
}

/// The plan is *firmado*: when, with its code, and where it is.
#[component]
pub fn Sealed() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let sealed = memo(move || view.read().plan.signed().cloned());
    let body = move |round: Round| {
        let seal = round.seal?;
        let when = words::moment(live.clocks.moment(seal.at));
        Some(view! {
            <section class="card signed" aria-labelledby="firmado">
                <h2 id="firmado">{slots::SEALED}</h2>
                <p>{slots::sealed_when(round.version, seal.pages, &when)}</p>
                <a class="action" href=address::plan(live.mesa().exercise) rel="external">{slots::DOCUMENT}</a>
            </section>
        })
    };
    view! { <div role="status">{reactive(move || sealed.get().map(body))}</div> }.into_any()
}
