//! The versions of the plan with their documents and differences, and what is looked over before
//! the read-out.

use domain::agreement::Piece;
use leptos::prelude::*;

use crate::address;
use crate::components::difference;
use crate::page::plan::{BeforeFreeze, PlanPage, PlanVersion, Since, Unshown};
use crate::text::{agreement, paper, plan as words, verify};

/// The page of the versions.
#[component]
pub fn VersionsPage(page: PlanPage) -> impl IntoView {
    let PlanPage { exercise, name, folio, versions, mesas, full, draft } = page;
    let none = versions.is_empty();
    let version = move |(place, version): (usize, PlanVersion)| {
        view! { <Version exercise version full newest=place == 0/> }
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary" translate="no">{name}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{words::folio(&folio)}</p>
                <p><a class="button" href=address::verify(Some(exercise))>{verify::LINK}</a></p>
            </header>
            {none.then(|| view! { <p>{words::NONE}</p> })}
            {draft.then(|| view! { <p><a class="link" href=address::draft(exercise)>{words::DRAFT}</a></p> })}
            {versions.into_iter().enumerate().map(version).collect_view()}
            {(!mesas.is_empty()).then(|| view! {
                <section class="card" aria-labelledby="actas">
                    <h2 id="actas">{words::RECORD}</h2>
                    <ul>
                        {mesas.into_iter().map(|(mesa, theme)| view! {
                            <li>
                                <span translate="no">{theme}</span>
                                " · " <a class="link" href=address::minutes(mesa)>{words::MINUTES}</a>
                                " · " <a class="link" href=address::attendance_list(mesa)>{words::ATTENDANCE}</a>
                            </li>
                        }).collect_view()}
                    </ul>
                </section>
            })}
            <a class="button" href=address::public(exercise)>{words::PUBLIC_PAGE}</a>
        </main>
    }
    .into_any()
}

#[component]
fn Version(
    exercise: domain::StreamId,
    version: PlanVersion,
    full: bool,
    newest: bool,
) -> impl IntoView {
    let PlanVersion { number, frozen, code, scanned, scans, commitments, sections, gone, before } =
        version;
    let scan = move |(file, name)| {
        let href = address::scan_file(exercise, number, file);
        view! { <li><a class="link" href=href translate="no">{name}</a></li> }
    };
    let file = move |name| address::plan_file(exercise, number, name);
    let id = format!("version-{number}");
    let changed = |pieces: Vec<Piece>| {
        let pieces = pieces.into_iter().map(difference::piece).collect_view();
        view! { <p class="changed changed-words">{pieces}</p> }.into_any()
    };
    let standing = |words| view! { <span class="secondary">" " {words}</span> }.into_any();
    let commitment = move |(place, (title, since)): (usize, (String, Since))| {
        let since = match since {
            Since::First => ().into_any(),
            Since::Same => standing(agreement::SAME),
            Since::New => standing(agreement::NEW),
            Since::Changed(pieces) if pieces.is_empty() => standing(agreement::OTHERWISE),
            Since::Changed(pieces) => changed(pieces),
        };
        view! { <li><b translate="no">{format!("{}. {title}", place + 1)}</b> {since}</li> }
    };
    let sections = sections.map(|pieces| {
        let same = pieces.is_empty();
        let since = if same { standing(agreement::SAME) } else { changed(pieces) };
        view! { <div><b>{agreement::SECTIONS}</b> {since}</div> }
    });
    let gone = before.filter(|_| !gone.is_empty()).map(|before| agreement::gone(&gone, before));
    view! {
        <section class="card" id=id.clone() aria-labelledby=format!("{id}-titulo")>
            <h2 id=format!("{id}-titulo")>{words::version(number, newest)}</h2>
            <p class="secondary">{words::frozen(frozen)}</p>
            <p>
                <a class="button" href=file(address::PUBLIC_PDF)>{words::PUBLIC_COPY}</a>
                {full.then(|| view! {
                    " " <a class="link" href=file(address::PLAN_PDF)>{words::FULL_COPY}</a>
                    " · " <a class="link" href=file(address::PAPER_PDF)>{words::PAPER_COPY}</a>
                })}
                " · " <a class="link" href=file(address::PLAN_JSON)>{words::CANONICAL}</a>
                {before.map(|_| view! { " · " <a class="link" href=file(address::CHANGES_JSON)>{words::CHANGES}</a> })}
            </p>
            {scanned.map(|seen| view! {
                <p><b>{paper::SCANS}"."</b> " " {paper::scanned(seen)}</p>
                <ul>{scans.into_iter().map(scan).collect_view()}</ul>
            })}
            <p class="secondary plan-code">{words::CODE} " " <code>{code}</code></p>
            <ol class="outcomes">{commitments.into_iter().enumerate().map(commitment).collect_view()}</ol>
            {gone.map(|gone| view! { <p class="secondary">{gone}</p> })}
            {sections}
        </section>
    }
    .into_any()
}

/// What is looked over before the texts are frozen.
#[component]
pub fn BeforeFreezePage(page: BeforeFreeze) -> impl IntoView {
    let BeforeFreeze { mesa, unshown } = page;
    let none = unshown.is_empty();
    let row = |Unshown { place, href, word, character, stand_in }: Unshown| {
        view! {
            <li class="card">
                <p><a class="link" href=href translate="no">{place}</a></p>
                <p>{words::unshown(&word, &character, stand_in.as_deref())}</p>
            </li>
        }
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <h1>{words::BEFORE}</h1>
                <p>{words::BEFORE_LEAD}</p>
            </header>
            {none.then(|| view! { <p role="status">{words::ALL_SHOWN}</p> })}
            <ul class="outcomes">{unshown.into_iter().map(row).collect_view()}</ul>
            <p><a class="link" href=address::draft(mesa.exercise)>{words::DRAFT}</a></p>
            <a class="button" href=address::desk(mesa)>{words::TO_THE_DESK}</a>
        </main>
    }
    .into_any()
}
