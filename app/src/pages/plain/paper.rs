//! What is signed on paper, in four steps. Plain HTML.

use domain::agreement::signing::{Scan, ScanKind};
use leptos::prelude::*;

use crate::address;
use crate::page::paper::{Done, Paper};
use crate::page::prepare::Moment;
use crate::text::{dispatch, paper as words, plan, signing};

/// The page.
#[component]
pub fn PaperPage(
    /// What is on it.
    page: Paper,
) -> impl IntoView {
    let back = address::desk(page.mesa);
    let content = match page.version {
        Some(version) => steps(&page, version),
        None => view! { <p>{words::NO_VERSION}</p> }.into_any(),
    };
    let said = page.done.map(|done| match done {
        Done::Refused(_) => {
            view! { <p class="entry-error" role="alert">{words::done(done)}</p> }.into_any()
        }
        _ => view! { <p class="sent" role="status">{words::done(done)}</p> }.into_any(),
    });
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{plan::folio(&page.folio)}</p>
            </header>
            {said}
            {content}
            <a class="button" href=back>{dispatch::BACK}</a>
        </main>
    }
    .into_any()
}

fn steps(page: &Paper, version: u16) -> AnyView {
    let print = address::plan_file(page.mesa.exercise, version, address::PAPER_PDF);
    let scans = page.scans.iter().enumerate();
    view! {
        <section class="card" aria-labelledby="imprimir">
            <h2 id="imprimir">{words::PRINT}</h2>
            <p>{words::PRINT_LEAD}</p>
            <p><a class="button" href=print>{words::PRINT_LINK}</a></p>
        </section>
        <section class="card" aria-labelledby="anotar">
            <h2 id="anotar">{words::SIGN}</h2>
            <p>{words::SIGN_LEAD}</p>
            {if page.on_paper.is_empty() {
                view! { <p class="secondary">{words::NOBODY}</p> }.into_any()
            } else {
                view! { <p class="secondary">{words::ON_PAPER} <span translate="no">{page.on_paper.join(" · ")}</span></p> }.into_any()
            }}
        </section>
        <form
            class="card"
            method="post"
            enctype="multipart/form-data"
            action=address::scan_upload(page.mesa)
            aria-labelledby="subir"
        >
            <h2 id="subir">{words::UPLOAD}</h2>
            <p id="subir-como">{words::UPLOAD_LEAD}</p>
            <input type="hidden" name="version" value=version.to_string()/>
            <div class="entry-field">
                <label for="archivo">{words::FILE}</label>
                <input
                    id="archivo"
                    name="archivo"
                    class="entry-control"
                    type="file"
                    accept="application/pdf,image/jpeg,image/png,image/heic,.pdf,.jpg,.jpeg,.png,.heic"
                    aria-describedby="subir-como"
                />
            </div>
            <button class="action">{words::SEND}</button>
        </form>
        {(!page.scans.is_empty()).then(|| view! {
            <section class="scans" aria-labelledby="declarar">
                <h2 id="declarar">{words::DECLARE}</h2>
                <p>{words::DECLARE_LEAD}</p>
                {page.scanned.map(|seen| view! { <p role="status"><b>{words::scanned(seen)}</b></p> })}
                {scans.map(|(place, (scan, at))| self::scan(page, version, place, scan, *at)).collect_view()}
            </section>
        })}
    }
    .into_any()
}

/// A file, its pages, and which of them bear initials.
fn scan(page: &Paper, version: u16, place: usize, scan: &Scan, at: Option<Moment>) -> AnyView {
    let exercise = page.mesa.exercise;
    let file = scan.file;
    let id = format!("escaneo-{}", place + 1);
    let shown = scan.pages > 0;
    let about = [
        Some(words::kind(scan.kind).to_owned()),
        shown.then(|| signing::pages(scan.pages)),
        at.map(|at| signing::moment(Some(at))),
    ];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let marked = scan.initialled.clone();
    let sheet = |number: u16| {
        let picture = address::scan_page(exercise, version, file, number);
        let bears = marked.as_ref().is_some_and(|marked| marked.contains(&number));
        view! {
            <li class="scan-page">
                <img src=picture alt=words::page(number, scan.pages) loading="lazy" width="300" height="388"/>
                <label class="entry-choice">
                    <input type="checkbox" name="hoja" value=number.to_string() checked=bears/>
                    <span>
                        <span class="visually-hidden">{words::page(number, scan.pages)} ": "</span>
                        {words::BEARS}
                    </span>
                </label>
            </li>
        }
    };
    view! {
        <form class="card" method="post" action=address::paper(page.mesa) id=id.clone() aria-labelledby=format!("{id}-nombre")>
            <h3 id=format!("{id}-nombre") translate="no">{scan.name.to_string()}</h3>
            <p class="secondary">{about.join(" · ")}</p>
            <input type="hidden" name="version" value=version.to_string()/>
            <input type="hidden" name="escaneo" value=file.to_string()/>
            {if shown {
                let declared = scan.initialled.as_ref().map(Vec::len);
                view! {
                    <p role="status">{words::declared(declared, scan.pages)}</p>
                    <ol class="scan-pages">{(1..=scan.pages).map(sheet).collect_view()}</ol>
                    <div class="buttons">
                        <button class="action" name="declara" value="si">{words::SAVE}</button>
                        <button class="button" name="todas" value="si">{words::ALL}</button>
                        <button class="button" name="ninguna" value="si">{words::NONE}</button>
                    </div>
                }.into_any()
            } else {
                debug_assert_eq!(scan.kind, ScanKind::Heic, "the others are shown");
                view! { <p class="note">{words::NOT_SHOWN}</p> }.into_any()
            }}
            <div class="buttons">
                <a class="link" href=address::scan_file(exercise, version, file)>{words::DOWNLOAD}</a>
                <button class="button" data-tone="bad" name="quita" value="si">{words::DETACH}</button>
            </div>
        </form>
    }
    .into_any()
}
