//! The page's life: the network goes and comes, the phone sleeps, the person leaves.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, VisibilityState};

use super::socket::Link;
use super::{let_go, listen, mirror};

/// Whether the page is visible.
pub(super) fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Follows the page's life for the link.
pub(super) fn follow(link: &Rc<Link>) {
    let window = window();
    let live = link.live();
    for event in ["online", "pageshow"] {
        let link = Rc::clone(link);
        listen::always(&window, event, move |_| {
            let_go(live);
            link.wake();
        });
    }
    let offline = Rc::clone(link);
    listen::always(&window, "offline", move |_| offline.interrupted());
    let seen = Rc::clone(link);
    listen::always(&document(), "visibilitychange", move |_| {
        if is_visible() {
            // While the page slept, another tab may have taken over what it held.
            let_go(live);
            seen.wake();
        } else {
            mirror::write_all();
        }
    });
    let left = Rc::clone(link);
    listen::always(&window, "pagehide", move |_| {
        left.leave();
        mirror::write_all();
    });
    // Only Chromium sends it; other browsers just freeze hidden pages.
    listen::always(&document(), "freeze", |_| mirror::write_all());
    listen::always(&window, "beforeunload", move |event| {
        let unkept = live.condition.storage_problem.get_untracked()
            && live.replica.with_value(|replica| replica.unanswered().next().is_some());
        if unkept {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                // Older browsers ask only when this is set; the words are theirs.
                event.set_return_value("1");
            }
        }
    });
}
