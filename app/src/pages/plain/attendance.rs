//! What people say about their own attendance, at the door and later. Plain HTML that posts to the
//! page's own address.

use std::sync::Arc;

use domain::MesaId;
use domain::exercise::PrivacyNotice;
use domain::people::attendance::AttendanceMode;
use leptos::prelude::*;

use crate::address;
use crate::page::plain::{Choices, DoorProblem, OwnAttendance};
use crate::pages::desk::quorum::QuorumCount;
use crate::text::{attendance as words, conduct, desk, entry, petition, records};

/// The page of someone's own attendance.
#[component]
pub fn AttendancePage(
    /// The attendance.
    own: OwnAttendance,
) -> impl IntoView {
    let OwnAttendance {
        mesa,
        name,
        organisation,
        choices,
        accepted,
        has_seat,
        leads,
        saved,
        problem,
    } = own;
    let shown =
        if organisation.is_empty() { desk::ON_THEIR_OWN.to_owned() } else { organisation.clone() };
    let notice = choices.notice.clone();
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{crate::text::entry::mesa(&mesa)}</p>
                <h1>{words::HEADING}</h1>
                <p><b>{name.clone()}</b>" · "{shown}</p>
            </header>
            {saved.then(|| view! { <p class="sent" role="status">{words::SAVED}</p> })}
            <form class="card" method="post">
                <Ways choices=choices.clone()/>
                <NamePublic name_public=choices.name_public/>
                {notice.map(|notice| view! {
                    <p class="note">{words::accepted(accepted, notice.version)}</p>
                    <input type="hidden" name="aviso" value=notice.version/>
                    <a class="link" href=address::privacy(mesa.mesa)>{words::FULL_NOTICE}</a>
                })}
                <button class="action">{words::SAVE}</button>
            </form>
            <section class="card" aria-labelledby="datos">
                <h2 id="datos">{words::OWN_DATA}</h2>
                <p><a class="link" href=address::own_data(mesa.mesa) download=address::OWN_DATA>{words::DOWNLOAD}</a></p>
                <p class="note">{words::DOWNLOAD_HINT}</p>
                <Correction mesa=mesa.mesa name=name organisation=(!has_seat).then_some(organisation) problem=problem/>
                <p class="note">{words::OTHER_CORRECTIONS}</p>
                <p><a class="link" href=address::petition(mesa.mesa)>{petition::HEADING}</a></p>
                {leads.is_some().then(|| view! { <p><a class="link" href=address::records(mesa.mesa)>{records::HEADING}</a></p> })}
            </section>
            {leads.map(|(quorum, card)| view! {
                <section class="card" aria-labelledby="quorum">
                    <h2 id="quorum">{conduct::QUORUM}</h2>
                    <QuorumCount quorum card/>
                </section>
            })}
            <a class="button" href=address::now(mesa.mesa)>{words::BACK}</a>
        </main>
    }
    .into_any()
}

/// The form that corrects name and organisation.
#[component]
fn Correction(
    /// The mesa.
    mesa: MesaId,
    /// The name.
    name: String,
    /// The organisation; none: it is that of a seat.
    organisation: Option<String>,
    /// Why a correction wasn't saved.
    problem: Option<DoorProblem>,
) -> impl IntoView {
    view! {
        <details class="entry-more" open=problem.is_some()>
            <summary>{words::CORRECT}</summary>
            <form method="post" action=address::correction(mesa)>
                {problem.map(|problem| view! { <p class="entry-error" role="alert">{words::not_corrected(problem)}</p> })}
                <div class="entry-field">
                    <label for="nombre">{entry::NAME}</label>
                    <input id="nombre" name="nombre" class="entry-control" required maxlength="240" autocomplete="name" value=name/>
                </div>
                {match organisation {
                    Some(organisation) => view! {
                        <div class="entry-field">
                            <label for="organizacion">{entry::ORGANISATION}</label>
                            <input id="organizacion" name="organizacion" class="entry-control" maxlength="240" autocomplete="organization" value=organisation/>
                        </div>
                    }
                    .into_any(),
                    None => view! { <p class="note">{words::OF_THE_SEAT}</p> }.into_any(),
                }}
                <button class="button">{words::SAVE_CORRECTION}</button>
            </form>
        </details>
    }
}

/// The ways of attending; no choice when there is only one.
#[component]
pub(super) fn Ways(
    /// The ways, and the chosen one.
    choices: Choices,
) -> impl IntoView {
    let chosen = choices.mode;
    let way = |mode: AttendanceMode| {
        view! {
            <label class="entry-choice">
                <input type="radio" name="modo" value=code(mode) checked=mode == chosen/>
                <span>{words::mode(mode)}</span>
            </label>
        }
    };
    (choices.modes.len() > 1).then(|| {
        view! { <fieldset class="entry-field"><legend>{words::MODE}</legend>{choices.modes.iter().copied().map(way).collect_view()}</fieldset> }
    })
}

/// Whether the name may be published.
#[component]
pub(super) fn NamePublic(
    /// The present answer.
    name_public: bool,
) -> impl IntoView {
    view! {
        <div class="entry-field">
            <label class="entry-choice">
                <input type="checkbox" name="publico" value="si" checked=name_public aria-describedby="publico-nota"/>
                <span>{words::NAME_PUBLIC}</span>
            </label>
            <p id="publico-nota" class="note">{words::NAME_PUBLIC_HINT}</p>
        </div>
    }
}

/// The short privacy notice at the door, with a link to the full one.
#[component]
pub(super) fn ShortNotice(
    /// The mesa.
    mesa: MesaId,
    /// The notice.
    notice: Arc<PrivacyNotice>,
) -> impl IntoView {
    view! {
        <input type="hidden" name="aviso" value=notice.version/>
        <div class="entry-notice">
            <p>{words::accepting(notice.version)}</p>
            {notice.short.as_str().lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
            <a class="link" href=address::privacy(mesa)>{words::FULL_NOTICE}</a>
        </div>
    }
}

/// A way of attending as the form posts it.
pub fn code(mode: AttendanceMode) -> &'static str {
    match mode {
        AttendanceMode::InRoom => "sala",
        AttendanceMode::Remote => "distancia",
        AttendanceMode::Assisted => "ayuda",
    }
}
