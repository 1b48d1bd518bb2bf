//! How someone at the table gets from screen to screen without loading a page, so that the connection stays. The browser's
//! address, its history and its back button do what they do with pages.
//!
//! A router of the shelf was a twentieth of what a phone downloads; there are a dozen screens and one place that knows them
//! ([`Screen::at`]).

use domain::MesaId;
use leptos::prelude::*;

use crate::pages::address::Screen;

/// Where one is; a context of the table's screens.
#[derive(Clone, Copy)]
pub struct Navigation {
    #[cfg_attr(not(feature = "csr"), expect(dead_code, reason = "on the server nobody goes anywhere"))]
    mesa: MesaId,
    screen: RwSignal<Option<Screen>>,
}

impl Navigation {
    /// Starting at a screen of a mesa.
    pub fn new(mesa: MesaId, screen: Screen) -> Self {
        Self { mesa, screen: RwSignal::new(Some(screen)) }
    }

    /// The screen; none when the address leads nowhere.
    pub fn screen(self) -> Signal<Option<Screen>> {
        self.screen.into()
    }

    /// Goes to the screen at this address of the same mesa, as if one had tapped a link.
    pub fn go(self, address: &str) {
        #[cfg(feature = "csr")]
        browser::go(self, address);
        #[cfg(not(feature = "csr"))]
        let _ = (self, address);
    }

    /// Takes over the page's links and the back button; called once, in the browser.
    pub fn start(self) {
        #[cfg(feature = "csr")]
        browser::start(self);
    }
}

/// The screen that the browser's address names; none on the server.
pub fn here() -> Option<Screen> {
    #[cfg(feature = "csr")]
    return Screen::at(&browser::path()).map(|(_, screen)| screen);
    #[cfg(not(feature = "csr"))]
    None
}

#[cfg(feature = "csr")]
mod browser {
    use leptos::ev;
    use leptos::prelude::*;
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, MouseEvent};

    use super::Navigation;
    use crate::pages::address::Screen;

    pub(super) fn start(navigation: Navigation) {
        // Both stay as long as the page.
        window_event_listener(ev::click, move |event| {
            if let Some(address) = link_of(&event)
                && navigation.leads_to(&address).is_some()
            {
                event.prevent_default();
                go(navigation, &address);
            }
        });
        window_event_listener(ev::popstate, move |_| {
            navigation.show(navigation.leads_to(&path()));
        });
    }

    pub(super) fn path() -> String {
        window().location().pathname().unwrap_or_default()
    }

    pub(super) fn go(navigation: Navigation, address: &str) {
        let Some(screen) = navigation.leads_to(address) else {
            // Not ours: the browser loads it.
            let _ = window().location().set_href(address);
            return;
        };
        // Refused only for another origin's address, and for a hundred in a few seconds: then the address lags behind.
        let _ = window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
        navigation.show(Some(screen));
        let part = address.split_once('#').map(|(_, part)| part.to_owned());
        // Once it is drawn.
        request_animation_frame(move || match part.and_then(|part| document().get_element_by_id(&part)) {
            Some(part) => part.scroll_into_view(),
            None => window().scroll_to_with_x_and_y(0.0, 0.0),
        });
    }

    impl Navigation {
        /// The screen of this mesa at an address.
        fn leads_to(self, address: &str) -> Option<Screen> {
            let path = address.split(['#', '?']).next()?;
            Screen::at(path).filter(|(mesa, _)| *mesa == self.mesa).map(|(_, screen)| screen)
        }

        fn show(self, screen: Option<Screen>) {
            if *self.screen.read_untracked() != screen {
                self.screen.set(screen);
            }
        }
    }

    /// The address of the link that was tapped to open it here; none for any other click.
    fn link_of(click: &MouseEvent) -> Option<String> {
        let elsewhere = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key() || click.button() != 0;
        if elsewhere || click.default_prevented() {
            return None;
        }
        let link = click.target()?.dyn_ref::<Element>()?.closest("a[href]").ok()??;
        let here = !link.has_attribute("target") && !link.has_attribute("download");
        // As written: ours begin at the root, another site's don't.
        link.get_attribute("href").filter(|href| here && href.starts_with("/ejercicio/"))
    }
}
