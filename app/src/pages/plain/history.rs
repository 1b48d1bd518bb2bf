//! The changes of a text, newest first. Plain HTML: restoring a wording is a form that posts to the
//! page's own address.

use domain::Seq;
use leptos::prelude::*;

use crate::components::difference;
use crate::page::plain::{PieceKind, TextHistory, TextVersion};
use crate::text::{field, history as words, refusal};

/// The page of a text's changes.
#[component]
pub fn HistoryPage(
    /// The changes.
    history: TextHistory,
) -> impl IntoView {
    let TextHistory { mesa, kind, title, field, sheet, versions, from_now, older, problem } =
        history;
    let none = versions.is_empty();
    let version = |(place, version): (usize, TextVersion)| view! { <Version version stands=from_now && place == 0/> };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{crate::text::entry::mesa(&mesa)}</p>
                <h1>{words::heading(field::long(field, kind))}</h1>
                <p class="entry-theme" translate="no">{title}</p>
            </header>
            {problem.map(|problem| view! { <p class="entry-error" role="alert">{refusal::sentence(&problem)}</p> })}
            <a class="button" href=sheet>{words::BACK}</a>
            {none.then(|| view! { <p>{words::NONE}</p> })}
            <ol class="history">{versions.into_iter().enumerate().map(version).collect_view()}</ol>
            {older.map(|older| view! { <a class="button" href=before(older)>{words::OLDER}</a> })}
        </main>
    }
    .into_any()
}

fn before(seq: Seq) -> String {
    format!("?antes={seq}")
}

#[component]
fn Version(version: TextVersion, stands: bool) -> impl IntoView {
    let TextVersion { seq, at, name, by, pieces } = version;
    let id = format!("cambio-{seq}");
    let piece = |(kind, text): (PieceKind, String)| match kind {
        PieceKind::Kept => text.into_any(),
        PieceKind::Inserted => difference::inserted(text),
        PieceKind::Deleted => difference::deleted(text),
    };
    view! {
        <li class="card">
            <p id=id.clone()><b>{words::author(name.as_deref(), &by)}</b>{at.map(|at| view! { <br/><span class="secondary">{words::moment(at)}</span> })}</p>
            <p class="history-text" translate="no">{pieces.into_iter().map(piece).collect_view()}</p>
            {if stands {
                view! { <p class="note">{words::STANDS}</p> }.into_any()
            } else {
                view! { <form method="post"><button class="button" name="seq" value=seq aria-describedby=id>{words::BRING_BACK}</button></form> }.into_any()
            }}
        </li>
    }
    .into_any()
}
