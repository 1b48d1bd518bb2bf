//! Leaving a device that others use too: unsent texts are named first, and nothing of the person
//! stays behind.

use leptos::html;
use leptos::prelude::*;

use super::Confirm;
use crate::address;
use crate::browser;
use crate::erased::memo;
use crate::state::{Live, Status};
use crate::text::{now, tray};

/// Signs this device out and wipes what it keeps of the person, after a confirmation. It needs the
/// connection: without it the session would stay open, and waiting texts couldn't be sent first.
#[component]
pub fn Leaving() -> impl IntoView {
    let live = expect_context::<Live>();
    let form = NodeRef::<html::Form>::new();
    let (refused, begun, unanswered) =
        (live.outbox.refused(), live.begun(), live.outbox.unanswered());
    let left_behind = memo(move || refused.read().len() + begun.get() + unanswered.get());
    let question =
        Signal::derive(move || now::leaving(left_behind.get(), browser::kept_elsewhere(live)));
    let disabled = Signal::derive(move || live.condition.connection().get() != Status::Connected);
    let sign_out = Callback::new(move |()| {
        if let Some(form) = form.get_untracked() {
            // Sending a form that is on the page doesn't fail.
            let _ = form.submit();
        }
    });
    let leave = Callback::new(move |()| {
        // The connection may have gone since the question was asked.
        if !disabled.get_untracked() {
            live.wipe(sign_out);
        }
    });
    view! {
        <form method="post" action=address::LEAVE node_ref=form>
            <Confirm label=now::LEAVE question yes=now::LEAVE_YES no=tray::STAY class="link" tone="bad" disabled on_confirm=leave/>
            // Without the program nothing is kept here.
            <noscript><button class="link">{now::LEAVE}</button></noscript>
        </form>
    }
    .into_any()
}
