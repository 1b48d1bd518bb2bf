//! What surrounds the table's screens: the present place, the save state of the person's texts,
//! links to the other screens.

use domain::{Audience, Role};
use leptos::prelude::*;

use crate::address::{self, Screen};
use crate::erased::{Show, memo, reactive};
use crate::navigation::Navigation;
use crate::parts;
use crate::state::{Call, Live, SaveState, Status};
use crate::text::{count, document, name, status, surround, tray};

/// The bar above, the sections below, the screen between them.
#[component]
pub fn MesaSurround(
    /// The screen.
    children: Children,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, connection) = (live.view(), live.condition.connection());
    let mesa = memo(move || {
        let mesa = view.read();
        (mesa.number, mesa.card.as_ref().map(|card| card.theme.to_string()).unwrap_or_default())
    });
    let (storage_problem, outdated, signed_out, refused) = (
        live.condition.storage_problem(),
        live.condition.outdated(),
        live.condition.signed_out(),
        live.outbox.refused(),
    );
    let note = memo(move || {
        let refused = refused.read();
        let sent = refused.iter().any(|one| one.sent_again).then_some(tray::SENT_AGAIN_NOTE);
        sent.or_else(|| {
            refused
                .iter()
                .any(|one| !one.is_muted() && live.may_go(one))
                .then_some(tray::MAY_GO_NOTE)
        })
    });
    // Whoever leads is where they are.
    let ready = live.condition.ready();
    let goes_along = !matches!(live.me().role, Role::Facilitator | Role::CoFacilitator);
    let offline = move || connection.get() == Status::Offline;
    let (calls, navigation) = (live.calls_me(), expect_context::<Navigation>().screen());
    let called = memo(move || {
        let (call, screen) = (calls.get()?, navigation.get());
        let there =
            screen == Some(Screen::Now) || (screen == Some(Screen::Sign) && call != Call::Answer);
        (!there).then_some(call)
    });
    let call = move || {
        let call = called.get()?;
        let (says, go) = surround::call(call);
        let href = match call {
            Call::Answer => address::now(live.mesa()),
            Call::Sign | Call::Consent => address::sign(live.mesa()),
        };
        Some(view! { <p class="offline" data-tone="accent">{says} " " <a href=href>{go}</a></p> })
    };
    view! {
        <div class="table">
            // Followed by the browser itself: the router would only change the address.
            <a class="skip" href="#contenido" rel="external">{document::SKIP}</a>
            <header>
                <div class="table-bar">
                    <p class="table-where">
                        <a class="link" href=address::now(live.mesa())>{reactive(move || surround::mesa(mesa.read().0))}</a>
                        <span class="table-theme" translate="no">{reactive(move || mesa.read().1.clone())}</span>
                        <span aria-hidden="true">"·"</span>
                        <b>{reactive(move || name::phase(view.read().conduct.phase))}</b>
                    </p>
                    <Standing/>
                    <Show when=move || goes_along && ready.get()>{parts::along()}</Show>
                </div>
                <div role="status">
                    <Show when=offline>
                        <p class="offline">{surround::OFFLINE}</p>
                    </Show>
                    <Show when=move || note.get().is_some()>
                        <p class="offline">{reactive(move || note.get())} " " <a href=address::texts(live.mesa())>{tray::SEE}</a></p>
                    </Show>
                    <Show when=move || storage_problem.get()>
                        <p class="offline" data-tone="bad">{surround::NO_STORAGE}</p>
                    </Show>
                    {reactive(call)}
                    <Show when=move || outdated.get()>
                        <p class="offline">{document::OUTDATED}</p>
                    </Show>
                    <Show when=move || signed_out.get()>
                        <p class="offline">
                            {surround::SIGNED_OUT} " " <a href=address::HOME rel="external">{surround::COME_IN}</a>
                        </p>
                    </Show>
                </div>
            </header>
            <main id="contenido" class="screen" tabindex="-1">{children()}</main>
            <Sections/>
        </div>
    }
    .into_any()
}

/// The save state of this device, in words.
#[component]
fn Standing() -> impl IntoView {
    let live = expect_context::<Live>();
    let (standing, waiting) = (live.outbox.overall_state(), live.outbox.unanswered());
    let (refused, unsent, connection) =
        (live.outbox.refused(), live.unsent(), live.condition.connection());
    let words = move || match standing.get() {
        SaveState::Saved if !unsent.read().is_empty() => count::unsent(unsent.read().len()),
        // Said here too, because the bar that says more scrolls away with the page.
        SaveState::Saved if connection.get() == Status::Offline => {
            surround::NO_CONNECTION.to_owned()
        }
        SaveState::OnThisDevice | SaveState::NotKept => {
            format!("{} · {}", status::save_state(standing.get()), count::waiting(waiting.get()))
        }
        SaveState::Saved | SaveState::Saving => status::save_state(standing.get()).to_owned(),
    };
    // A draft isn't at the mesa, even when everything else is saved.
    let state = move || match standing.get() {
        SaveState::Saved if !unsent.read().is_empty() || connection.get() == Status::Offline => {
            SaveState::OnThisDevice.name()
        }
        standing => standing.name(),
    };
    view! {
        <a class="save" href=address::texts(live.mesa()) data-state=state>
            <span class="visually-hidden">{surround::SAVE_STATE}": "</span>
            <span>{reactive(words)}</span>
            {reactive(move || Some(refused.read().iter().filter(|one| !one.sent_again).count()).filter(|count| *count > 0).map(|count| view! {
                <span class="badge">" · " {count::refused(count)}</span>
            }))}
        </a>
    }
    .into_any()
}

/// Links to the other screens.
#[component]
fn Sections() -> impl IntoView {
    let live = expect_context::<Live>();
    let mesa = live.mesa();
    let has_desk = Audience::of(live.me().role) == Audience::Facilitation;
    view! {
        <nav class="table-nav" aria-label=surround::NAVIGATION>
            <Section
                to=address::now(mesa)
                holds=|screen| matches!(screen, Screen::Now | Screen::Sign | Screen::Points | Screen::Alone)
                drawing="M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16zM12 8v4l3 2"
                label=surround::NOW
            />
            <Section
                to=address::problems(mesa)
                holds=|screen| matches!(screen, Screen::Problems | Screen::Problem(_))
                drawing="M5 6h14M5 12h14M5 18h9"
                label=surround::PROBLEMS
            />
            <Section
                to=address::commitments(mesa)
                holds=|screen| matches!(screen, Screen::Commitments | Screen::Commitment(_) | Screen::Activity(_))
                drawing="M6 4h12v16l-6-3-6 3z"
                label=surround::COMMITMENTS
            />
            <Section
                to=address::voice(mesa)
                holds=|screen| matches!(screen, Screen::Voice | Screen::Contribute(_))
                drawing="M12 4a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3zM6 12a6 6 0 0 0 12 0M12 18v3"
                label=surround::VOICE
            />
            {has_desk.then(|| view! {
                <Section
                    to=address::desk(mesa)
                    holds=|screen| matches!(screen, Screen::Desk)
                    drawing="M4 5h16v11H4zM9 20h6M12 16v4"
                    label=surround::CONDUCT
                />
            })}
        </nav>
    }
    .into_any()
}

/// A section's link: an icon with a word.
#[component]
fn Section(
    /// Where it links to.
    to: String,
    /// The screens that belong to it.
    holds: fn(Screen) -> bool,
    /// The path of its icon.
    drawing: &'static str,
    /// Its word.
    label: &'static str,
) -> impl IntoView {
    let screen = expect_context::<Navigation>().screen();
    let current = move || screen.get().is_some_and(holds).then_some("page");
    view! {
        <a href=to aria-current=current>
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=drawing></path></svg>
            <span>{label}</span>
        </a>
    }
    .into_any()
}
