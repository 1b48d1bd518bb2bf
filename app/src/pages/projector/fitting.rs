//! Nothing on the projector may be cut off: if a part is still too high, its font size is reduced,
//! as measured on the screen itself, before it is painted.

use std::time::Duration;

use leptos::prelude::*;

use crate::erased::effect;
use leptos::web_sys::Element;
use leptos::{ev, html};

/// Number of font sizes in the style sheet, the largest first.
const SIZES: u8 = 9;
/// How often the fit is measured again in any case (a font may load late).
const LOOK: Duration = Duration::from_secs(1);

/// Notified of changes on the screen that only a part of it knows about.
#[derive(Clone, Copy)]
pub struct Fitting(RwSignal<()>);

impl Fitting {
    /// Measures `main` whenever `changes` changes, or when notified. Does nothing on the server.
    pub fn of(main: NodeRef<html::Main>, changes: impl Fn() + 'static) -> Self {
        let told = RwSignal::new(());
        effect(move || {
            changes();
            told.track();
            // Everything is rendered by then, and not painted yet.
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

    /// Notifies it of a change.
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
        // Setting a valid attribute name doesn't fail.
        let _ = main.set_attribute("data-fit", &size.to_string());
        if !is_cut(&main) {
            break;
        }
    }
}
