//! What is signed: the version, its document and its pages as pictures.

use domain::Digest;
use leptos::prelude::*;

use crate::address;
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
pub fn Sheets() -> impl IntoView {
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
            let href = address::plan_sheet(live.mesa().exercise, version, changes, page);
            let picture = href.clone();
            view! {
                <li>
                    <a href=href rel="external" aria-label=words::enlarge(page)>
                        <img
                            src=picture
                            alt=words::page(page, pages)
                            width=LETTER.0
                            height=LETTER.1
                            loading="lazy"
                            decoding="async"
                        />
                    </a>
                    <span aria-hidden="true">{words::page(page, pages)}</span>
                </li>
            }
        };
        view! { <ol class="sheets">{(1..=pages).map(sheet).collect_view()}</ol> }
    };
    view! {
        <section class="screen-head" aria-labelledby="paginas">
            <h2 id="paginas">{words::PAGES}</h2>
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
