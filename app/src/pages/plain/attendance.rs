//! What people say about their own attendance, at the door and later. Plain HTML that posts to the
//! page's own address.

use std::sync::Arc;

use domain::MesaId;
use domain::exercise::PrivacyNotice;
use domain::people::attendance::AttendanceMode;
use leptos::prelude::*;

use crate::address;
use crate::page::plain::{Choices, OwnAttendance};
use crate::text::{attendance as words, desk};

/// The page of someone's own attendance.
#[component]
pub fn AttendancePage(
    /// The attendance.
    own: OwnAttendance,
) -> impl IntoView {
    let OwnAttendance { mesa, name, organisation, choices, accepted, saved } = own;
    let organisation =
        if organisation.is_empty() { desk::ON_THEIR_OWN.to_owned() } else { organisation };
    let notice = choices.notice.clone();
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{crate::text::entry::mesa(&mesa)}</p>
                <h1>{words::HEADING}</h1>
                <p><b>{name}</b>" · "{organisation}</p>
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
            <a class="button" href=address::now(mesa.mesa)>{words::BACK}</a>
        </main>
    }
    .into_any()
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
