//! How someone at the table gets from screen to screen without loading a page, so that the
//! connection stays. The browser's address, history and back button work as with pages.
//!
//! A general router was a twentieth of what a phone downloads; there are a dozen screens and one
//! place that knows them ([`Screen::at`]).

use domain::MesaId;
use leptos::prelude::*;

use crate::address::Screen;
use crate::browser::navigate;

/// The present screen; a context of the table's screens.
#[derive(Clone, Copy)]
pub struct Navigation {
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

    /// Goes to the screen at this address of the same mesa, like a tapped link.
    pub fn go(self, address: &str) {
        navigate::go(self, address);
    }

    /// The same in place of the present screen: the back button doesn't return to that.
    pub fn go_instead(self, address: &str) {
        navigate::go_instead(self, address);
    }

    /// The screen of this mesa at an address.
    pub fn leads_to(self, address: &str) -> Option<Screen> {
        let path = address.split(['#', '?']).next()?;
        Screen::at(path).filter(|(mesa, _)| *mesa == self.mesa).map(|(_, screen)| screen)
    }

    /// Shows a screen; none when the address leads nowhere.
    pub fn show(self, screen: Option<Screen>) {
        if *self.screen.read_untracked() != screen {
            self.screen.set(screen);
        }
    }

    /// Takes over the page's links and the back button; called once, in the browser.
    pub fn start(self) {
        navigate::start(self);
    }
}

/// The screen that the browser's address names; none on the server.
pub fn here() -> Option<Screen> {
    Screen::at(&navigate::path()).map(|(_, screen)| screen)
}
