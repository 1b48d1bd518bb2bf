//! The browser's address, history and back button.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use crate::navigation::Navigation;

pub(crate) fn start(navigation: Navigation) {
    // Both listeners stay for the page's lifetime.
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

pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

pub(crate) fn go(navigation: Navigation, address: &str) {
    // Fails only for another origin's address, or after a hundred calls in a few seconds: then the
    // address lags behind.
    let note = |address: &str| {
        let _ = window()
            .history()
            .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
    };
    go_and(navigation, address, note);
}

/// The same in place of the present screen: the back button doesn't return to that.
pub(crate) fn go_instead(navigation: Navigation, address: &str) {
    let note = |address: &str| {
        let _ = window()
            .history()
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
    };
    go_and(navigation, address, note);
}

fn go_and(navigation: Navigation, address: &str, note: fn(&str)) {
    let Some(screen) = navigation.leads_to(address) else {
        // Not a screen of the mesa: the browser loads it.
        let _ = window().location().set_href(address);
        return;
    };
    note(address);
    navigation.show(Some(screen));
    let part = address.split_once('#').map(|(_, part)| part.to_owned());
    // After rendering.
    request_animation_frame(move || {
        match part.and_then(|part| document().get_element_by_id(&part)) {
            Some(part) => part.scroll_into_view(),
            None => window().scroll_to_with_x_and_y(0.0, 0.0),
        }
    });
}

/// The address of a tapped link that opens a screen here; none for any other click.
fn link_of(click: &MouseEvent) -> Option<String> {
    let elsewhere = click.ctrl_key()
        || click.meta_key()
        || click.shift_key()
        || click.alt_key()
        || click.button() != 0;
    if elsewhere || click.default_prevented() {
        return None;
    }
    let link = click.target()?.dyn_ref::<Element>()?.closest("a[href]").ok()??;
    let here = !link.has_attribute("target") && !link.has_attribute("download");
    // The attribute as written: our links begin at the root.
    link.get_attribute("href").filter(|href| here && href.starts_with("/ejercicio/"))
}
