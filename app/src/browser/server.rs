//! The server's twin of what only a browser can do: nobody types, taps or waits there, so nothing
//! happens.

use domain::{Command, CommandId, ItemId, Millis, Patch, SeatId, TextField};
use leptos::prelude::Callback;

use crate::state::Live;

/// The server's clock when the page was made.
#[derive(Clone, Copy)]
pub(crate) struct Clock(Millis);

impl Clock {
    pub(crate) fn starting_at(made: Millis) -> Self {
        Self(made)
    }

    pub(crate) fn now(self) -> Millis {
        self.0
    }
}

pub(crate) fn start(_: Live) {}

pub(crate) fn ask(_: String, _: Box<dyn FnOnce(Option<String>)>) {}

pub(crate) fn submit(_: Live, _: Option<SeatId>, _: Command) {}

pub(crate) fn edit(_: Live, _: ItemId, _: TextField, _: &Patch) {}

pub(crate) fn set_aside(_: Live, _: CommandId, _: ItemId, _: TextField, _: &str) {}

pub(crate) fn send_again(_: Live, _: CommandId) {}

pub(crate) fn dismissed(_: CommandId) {}

pub(crate) fn wipe(_: Live, _: Callback<()>) {}

pub(crate) fn kept_elsewhere(_: Live) -> usize {
    0
}

pub(crate) fn is_settled() -> bool {
    true
}

pub(crate) fn path() -> String {
    String::new()
}

pub(crate) fn composed(text: &str) -> String {
    text.to_owned()
}

/// Nobody copies on the server.
pub fn copy(_: &str) -> bool {
    false
}

/// Nobody selects text on the server.
pub fn is_selecting() -> bool {
    false
}

pub(crate) mod draft {
    pub(crate) fn keep(_: &str, _: &str) -> bool {
        true
    }

    pub(crate) fn read(_: &str) -> String {
        String::new()
    }
}

/// Nobody draws on the server.
pub(crate) mod ink {
    use leptos::ev::PointerEvent;
    use leptos::web_sys::Element;

    pub(crate) fn place(_: &Element, _: &PointerEvent) -> Option<(f64, f64)> {
        None
    }

    pub(crate) fn hold(_: &Element, _: &PointerEvent) {}
}

/// Nobody makes a page larger on the server.
pub(crate) mod sheet {
    use leptos::ev::MouseEvent;
    use leptos::web_sys::Element;

    pub(crate) fn keep_under(_: Element, _: &MouseEvent) {}
}

pub(crate) mod left_alone {
    use domain::ItemId;
    use domain::deliberation::advice::{Advice, Place};

    pub(crate) fn all() -> Vec<(ItemId, Place, Advice)> {
        Vec::new()
    }

    pub(crate) fn leave(_: (ItemId, Place, Advice)) {}
}

pub(crate) mod overlay {
    use leptos::prelude::Callback;

    pub fn enter(_: Callback<()>) {}

    pub fn leave() {}

    pub fn forget() {}
}

/// Nobody is taken anywhere on the server.
pub(crate) mod along {
    use leptos::prelude::Callback;

    pub(crate) fn listen(_: &str, _: Callback<()>) {}

    pub(crate) fn is_busy() -> bool {
        false
    }
}

pub(crate) mod navigate {
    use crate::navigation::Navigation;

    pub(crate) use super::path;

    pub(crate) fn start(_: Navigation) {}

    pub(crate) fn go(_: Navigation, _: &str) {}

    pub(crate) fn go_instead(_: Navigation, _: &str) {}
}

/// On the server the program is in one piece.
pub(crate) mod parts {
    use leptos::prelude::*;

    use crate::parts::{Missing, Part};

    pub(crate) fn load_when_idle(_: &'static [Part]) {}

    pub(crate) fn later_in_part(_: Part, _: impl Fn() -> Result<AnyView, Missing>) -> AnyView {
        ().into_any()
    }

    pub(crate) use in_part as quietly_in_part;

    pub(crate) fn in_part(_: Part, draw: impl Fn() -> Result<AnyView, Missing>) -> AnyView {
        draw().unwrap_or_else(|Missing| ().into_any())
    }
}
