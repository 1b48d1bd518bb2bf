//! Nothing on the projector may be cut: what is still too high after it was divided is set smaller,
//! as measured on the screen itself, before it is painted.

use std::time::Duration;

use leptos::prelude::*;

use crate::erased::effect;
use leptos::web_sys::Element;
use leptos::{ev, html};

/// How many sizes the style sheet has, the largest first.
const SIZES: u8 = 9;
/// How often it is looked at whether something came to be cut after all (a font that loaded late).
const LOOK: Duration = Duration::from_secs(1);

/// Told when something on the screen changes of which only its part knows.
#[derive(Clone, Copy)]
pub struct Fitting(RwSignal<()>);

impl Fitting {
    /// Measures `main` whenever `changes` does, or when told to. Does nothing on the server.
    pub fn of(main: NodeRef<html::Main>, changes: impl Fn() + 'static) -> Self {
        let told = RwSignal::new(());
        effect(move || {
            changes();
            told.track();
            // Everything is drawn by then, and nothing painted yet.
            request_animation_frame(move || fit(main));
        });
        effect(move || {
            let resized = window_event_listener(ev::resize, move |_| fit(main));
            let looking = set_interval_with_handle(move || fit_if_cut(main), LOOK).ok();
            on_cleanup(move || {
                resized.remove();
                if let Some(looking) = looking {
                    looking.clear();
                }
            });
        });
        Self(told)
    }

    /// Something changed.
    pub fn tell(self) {
        self.0.notify();
    }
}

fn is_cut(main: &Element) -> bool {
    main.scroll_height() > main.client_height() + 1
}

fn fit_if_cut(main: NodeRef<html::Main>) {
    if main.get_untracked().is_some_and(|main| is_cut(&main)) {
        fit(main);
    }
}

fn fit(main: NodeRef<html::Main>) {
    let Some(main) = main.get_untracked() else { return };
    for size in 0..SIZES {
        // Refused for no element.
        let _ = main.set_attribute("data-fit", &size.to_string());
        if !is_cut(&main) {
            break;
        }
    }
}
