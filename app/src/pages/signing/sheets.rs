//! What is signed: the version, its document and its pages as pictures.

use domain::Digest;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use crate::address;
use crate::browser::sheet;
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::signing as words;

/// Width and height of a page of letter size, in hundredths of an inch.
const LETTER: (u16, u16) = (850, 1_100);

/// The version with its code, and links to it as a file and as text.
#[component]
pub fn What(
    /// Whether the viewer gets the document with everything.
    whole: bool,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let exercise = live.mesa().exercise;
    let file = if whole { address::PLAN_PDF } else { address::PUBLIC_PDF };
    let what = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        let version = state.plan.version_numbered(round.version)?;
        Some((version.number, version.digest.to_string(), round.pages))
    });
    let links = move |(version, code, pages): (u16, String, Option<u16>)| {
        view! {
            <p>
                <b>{words::what(version, &code)}</b>
                {pages.map(|pages| format!(" · {}", words::pages(pages)))}
            </p>
            <p class="buttons">
                <a class="link" href=address::plan_file(exercise, version, file) rel="external">{words::PDF}</a>
                <a class="link" href=address::commitments(live.mesa())>{words::AS_TEXT}</a>
            </p>
        }
    };
    view! { <div class="signing-what">{reactive(move || what.get().map(links))}</div> }.into_any()
}

/// The pages as they are printed.
#[component]
pub fn Sheets(
    /// Whether to look at them is the first step of signing.
    reads: bool,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let set = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        Some((round.version, round.pages?, round.base))
    });
    // How many there were when the screen was opened, or were said to be.
    let (first, changed) = (RwSignal::new(set.get_untracked()), RwSignal::new(None::<u16>));
    effect(move || {
        let now = set.get();
        let before = first.get_untracked();
        if now.is_some() && now != before {
            first.set(now);
            changed.set(now.map(|(_, pages, _)| pages).filter(|_| before.is_some()));
        }
    });
    // Others sign meanwhile: their initials alone don't make everybody fetch all pages again.
    let draw = move |(version, pages, _): (u16, u16, Option<Digest>)| {
        let changes = view.with_untracked(|state| state.plan.round().map_or(0, |it| it.changes));
        let sheet = |page: u16| {
            let picture = address::plan_sheet(live.mesa().exercise, version, changes, page);
            view! { <li><Sheet picture page of=pages/></li> }
        };
        view! { <ol class="sheets">{(1..=pages).map(sheet).collect_view()}</ol> }
    };
    view! {
        <section class="screen-head" aria-labelledby="paginas">
            <h2 id="paginas">{if reads { words::PAGES } else { words::PAGES_AFTER }}</h2>
            <div role="status">
                <Show when=move || changed.get().is_some()>
                    <p class="offline">{reactive(move || changed.get().map(words::pages_changed))}</p>
                </Show>
                <Show when=move || set.get().is_none()>
                    <p class="offline">{words::NO_PAGES}</p>
                </Show>
            </div>
            <Show when=move || set.get().is_some()>
                <p class="secondary">{words::PAGES_LEAD}</p>
            </Show>
            {reactive(move || set.get().map(draw))}
        </section>
    }
    .into_any()
}

/// A page: as wide as the screen, or so large that its letters are those of the screen, in a frame
/// in which it is moved. It never leaves the screen on which one signs.
#[component]
fn Sheet(
    /// Its address.
    picture: String,
    /// Its number, from 1.
    page: u16,
    /// How many there are.
    of: u16,
) -> impl IntoView {
    let large = RwSignal::new(false);
    let frame = NodeRef::<html::Div>::new();
    let toggle = move |event: MouseEvent| {
        if let Some(frame) = frame.get_untracked() {
            sheet::keep_under((*frame).clone().into(), &event);
        }
        large.update(|large| *large = !*large);
    };
    let label = move || if large.get() { words::SMALLER } else { words::LARGER };
    view! {
        // The button below does the same for who doesn't tap.
        <div
            class="sheet-frame"
            node_ref=frame
            data-large=move || large.get().then_some("")
            role=move || large.get().then_some("region")
            aria-label=move || large.get().then(|| words::page(page, of))
            tabindex=move || large.get().then_some("0")
            on:click=toggle
        >
            <img
                src=picture
                alt=words::page(page, of)
                width=LETTER.0
                height=LETTER.1
                loading="lazy"
                decoding="async"
            />
        </div>
        <div class="sheet-foot">
            <span aria-hidden="true">{words::page(page, of)}</span>
            <button type="button" class="button" on:click=toggle>
                {reactive(label)} <span class="visually-hidden">{words::of_page(page)}</span>
            </button>
        </div>
    }
    .into_any()
}
