//! What was put into a text and taken out of it.

use domain::agreement::{Fate, Piece};
use leptos::prelude::*;

use crate::text::history as words;

/// Words for screen readers only: few of them announce `ins` and `del`.
fn said(words: &'static str) -> impl IntoView {
    view! { <span class="visually-hidden">{words}</span> }
}

/// Words that were put in.
pub fn inserted(text: String) -> AnyView {
    view! { <ins translate="no">{said(words::INSERTED)}{text}{said(words::END)}</ins> }.into_any()
}

/// Words that were taken out.
pub fn deleted(text: String) -> AnyView {
    view! { <del translate="no">{said(words::DELETED)}{text}{said(words::END)}</del> }.into_any()
}

/// A piece of what a commitment says otherwise in another version.
pub fn piece(piece: Piece) -> AnyView {
    let Piece { fate, words } = piece;
    match fate {
        Fate::Kept => view! { <span translate="no">{words}</span> }.into_any(),
        Fate::Taken => deleted(words),
        Fate::Put => inserted(words),
        Fate::Field => view! { <b class="changed-field">{words}</b> }.into_any(),
    }
}
