//! The projector: one idea a screen, no controls, no scrolling. It follows what the facilitation
//! projects and keeps the last state while there is no connection. On its own machine, H freezes
//! the view and B blanks it.

mod agreement;
mod changes;
mod chart;
mod conformity;
mod fitting;
mod floor;
mod item;
mod paging;
mod priority;
mod read_out;
mod signing;

use domain::{Phase, Shown};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos::{ev, html};

use super::desk::sequence::place;
use crate::components::{PhaseTimer, Quota};
use crate::erased::{Show, effect, memo, reactive};
use crate::page::Invitation;
use crate::state::{Live, Status};
use crate::text::{
    PRODUCT, chart as charts, conduct, date, mesas, name, priority as points, projector, quota,
};

use agreement::AgreementView;
use changes::ChangesView;
use chart::ChartView;
use conformity::ConformityView;
use fitting::Fitting;
use floor::FloorBand;
use item::ItemView;
use priority::PriorityView;
use read_out::ReadOutSide;
use signing::SigningView;

/// What was set on the projector's own machine.
#[derive(Clone, Copy)]
struct Here {
    held: RwSignal<bool>,
    blank: RwSignal<bool>,
}

impl Here {
    /// Listens to the keys, in the browser.
    fn listening(live: Live) -> Self {
        let (held, blank) = (RwSignal::new(false), RwSignal::new(false));
        effect(move || {
            let keys = window_event_listener(ev::keydown, move |event| {
                if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
                    return;
                }
                match event.key().as_str() {
                    "h" | "H" => {
                        held.update(|held| *held = !*held);
                        live.hold(held.get_untracked());
                    }
                    "b" | "B" => blank.update(|blank| *blank = !*blank),
                    _ => {}
                }
            });
            on_cleanup(move || keys.remove());
        });
        Self { held, blank }
    }
}

/// The page at `/proyector/…`.
#[component]
pub fn ProjectorPage(
    /// How phones join.
    invitation: Invitation,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let here = Here::listening(live);
    // If an item is deleted while it is projected the screen goes blank, not stale.
    let shown = memo(move || {
        if here.blank.get() {
            return Shown::Blank;
        }
        let state = view.read();
        match state.conduct.shown {
            Shown::Item(id) if live.holding(id).is_none() => Shown::Blank,
            Shown::Chart if state.conduct.chart.is_none() => Shown::Blank,
            Shown::Agreement | Shown::Blank | Shown::Item(_) | Shown::Chart | Shown::Priority => {
                state.conduct.shown.clone()
            }
        }
    });
    let beside = memo(move || {
        view.read().conduct.phase == Phase::Agreements && *shown.read() != Shown::Blank
    });
    let reads =
        memo(move || view.read().conduct.phase == Phase::ReadOut && *shown.read() != Shown::Blank);
    let changed = memo(move || {
        let state = view.read();
        let plan = &state.plan;
        let again = plan.version().is_some_and(|it| plan.number_before(it.number).is_some());
        again && plan.reading.is_none() && state.conduct.phase == Phase::ReadOut
    });
    let asks = memo(move || {
        let state = view.read();
        state.conduct.phase == Phase::Conformity && state.plan.question.is_some()
    });
    let signs = memo(move || {
        let state = view.read();
        state.conduct.phase == Phase::Signing && state.plan.round().is_some()
    });
    let main = NodeRef::<html::Main>::new();
    provide_context(Fitting::of(main, move || {
        view.track();
        shown.track();
    }));
    let mirror = move || match shown.get() {
        Shown::Agreement => projector::mirror(projector::AGREEMENT),
        Shown::Blank => projector::BLANK.to_owned(),
        Shown::Chart => projector::mirror(charts::CHART),
        Shown::Priority => projector::mirror(points::FIRST),
        Shown::Item(id) => {
            let state = view.read();
            let what = state
                .item(id)
                .map(|item| format!("{}. {}", name::numbered(&state, item), name::title(item)));
            projector::mirror(&what.unwrap_or_else(|| live.title_of(id)))
        }
    };
    view! {
        <div class="projector" data-beside=move || (beside.get() || reads.get()).then_some("")>
            <main id="contenido" class="projector-main" node_ref=main>
                {reactive(move || match shown.get() {
                    Shown::Agreement if asks.get() => view! { <ConformityView/> }.into_any(),
                    Shown::Agreement if signs.get() => view! { <SigningView/> }.into_any(),
                    Shown::Agreement if changed.get() => view! { <ChangesView/> }.into_any(),
                    Shown::Agreement => view! { <AgreementView/> }.into_any(),
                    Shown::Priority => view! { <PriorityView/> }.into_any(),
                    Shown::Blank => view! { <h1 class="visually-hidden">{PRODUCT}</h1> }.into_any(),
                    Shown::Chart => view! { <ChartView/> }.into_any(),
                    Shown::Item(id) => {
                        let live = live.holding(id).map_or(live, |number| live.at(number));
                        view! { <Provider value=live><ItemView id/></Provider> }.into_any()
                    }
                })}
                <p class="visually-hidden" aria-live="polite">{mirror}</p>
            </main>
            <Show when=move || beside.get()>
                <aside class="projector-side" aria-labelledby="cuota">
                    <h2 id="cuota">{quota::HEADING}</h2>
                    <Quota/>
                </aside>
            </Show>
            <Show when=move || reads.get()>
                <ReadOutSide/>
            </Show>
            <Show when=move || !here.blank.get()><FloorBand/></Show>
            <Foot invitation here/>
        </div>
    }
    .into_any()
}

/// The footer, always visible: the mesa's phase and how to join.
#[component]
fn Foot(
    /// How phones join.
    invitation: Invitation,
    /// What was set on this machine.
    here: Here,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, connection) = (live.view(), live.condition.connection());
    let mesa = memo(move || mesas::named(&view.read()));
    let standing = memo(move || {
        let state = view.read();
        let phase = name::phase(state.conduct.phase);
        match &state.conduct.shown {
            Shown::Item(id) => place(&state, *id).map_or_else(
                || phase.to_owned(),
                |(place, of)| format!("{phase} · {}", conduct::place(place, of)),
            ),
            Shown::Agreement | Shown::Blank | Shown::Chart | Shown::Priority => phase.to_owned(),
        }
    });
    let clock = live.clocks.wall_clock();
    let stands = memo(move || view.read().conduct.wall.held);
    let mark = move || match (here.blank.get(), here.held.get(), stands.get()) {
        (true, ..) => Some(projector::BLANKED_HERE),
        (false, true, _) => Some(projector::HELD_HERE),
        (false, false, true) => Some(projector::HELD),
        (false, false, false) => None,
    };
    let Invitation { url, code, qr_svg } = invitation;
    // People type it: the scheme, which browsers add, is left out, and the code is shown below.
    let address = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let address = address
        .strip_suffix(&code)
        .and_then(|rest| rest.strip_suffix('/'))
        .unwrap_or(address)
        .to_owned();
    view! {
        <footer class="projector-foot">
            <div class="projector-phase">
                <span>{reactive(move || mesa.get())}</span>
                <b>{reactive(move || standing.get())}</b>
            </div>
            <div class="projector-time">
                {clock.map(|clock| view! { <p class="projector-clock">{reactive(move || date::time_of_day(clock.get()))}</p> })}
                <PhaseTimer/>
            </div>
            <div class="projector-marks" role="status">
                <Show when=move || connection.get() == Status::Offline>
                    <span class="projector-mark">{projector::OFFLINE}</span>
                </Show>
                <Show when=move || mark().is_some()>
                    <span class="projector-mark">{mark}</span>
                </Show>
            </div>
            <section class="invitation" aria-label=projector::INVITATION>
                <p>
                    <span>{projector::JOIN}</span>
                    <span class="invitation-address" translate="no">{address}</span>
                    <b translate="no">{code}</b>
                </p>
                <div class="qr" role="img" aria-label=projector::QR inner_html=qr_svg></div>
            </section>
        </footer>
    }
    .into_any()
}
