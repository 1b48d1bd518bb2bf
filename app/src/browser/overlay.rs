//! An editor that fills a phone's screen: the visible viewport beside the keyboard, as custom
//! properties of the document; the phone's back button, which closes the editor and not the page;
//! the scroll position of the page behind it.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Reflect};
use leptos::prelude::{Callable, Callback, document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, HtmlElement};

use super::listen::always;

thread_local! {
    /// Closes the open editor.
    static OPEN: RefCell<Option<Callback<()>>> = const { RefCell::new(None) };
    /// The scroll position of the page behind it.
    static SCROLLED: Cell<f64> = const { Cell::new(0.0) };
    /// The address at which a history entry was added for an editor and not used yet.
    static ADDED: RefCell<Option<String>> = const { RefCell::new(None) };
    static FOLLOWED: Cell<bool> = const { Cell::new(false) };
}

/// Whether editors fill the screen here; the style sheet has the same breakpoint.
fn is_narrow() -> bool {
    let ask = Reflect::get(&window(), &JsValue::from_str("matchMedia"))
        .ok()
        .and_then(|ask| ask.dyn_into::<Function>().ok());
    let query =
        ask.and_then(|ask| ask.call1(&window(), &JsValue::from_str("(max-width: 45rem)")).ok());
    let matches = query.and_then(|query| Reflect::get(&query, &JsValue::from_str("matches")).ok());
    matches.is_some_and(|matches| matches.is_truthy())
}

/// An editor opened. On a wide screen it stays in its place and nothing happens.
pub fn enter(close: Callback<()>) {
    follow();
    if !is_narrow() {
        return;
    }
    measure();
    SCROLLED.set(window().scroll_y().unwrap_or(0.0));
    let here = window().location().pathname().unwrap_or_default();
    let added = ADDED.with_borrow(|added| added.as_ref() == Some(&here));
    if !added
        && window().history().is_ok_and(|history| history.push_state(&JsValue::NULL, "").is_ok())
    {
        ADDED.set(Some(here));
    }
    OPEN.set(Some(close));
}

/// It closed: restores the scroll position.
pub fn leave() {
    if OPEN.take().is_some() {
        window().scroll_to_with_x_and_y(0.0, SCROLLED.get());
    }
}

/// The editor was removed with its screen.
pub fn forget() {
    OPEN.take();
}

fn follow() {
    if FOLLOWED.replace(true) {
        return;
    }
    // Before the router, which would render the screen again.
    let handler = leptos::wasm_bindgen::prelude::Closure::<dyn FnMut(web_sys::Event)>::new(
        |event: web_sys::Event| {
            let here = window().location().pathname().unwrap_or_default();
            if let Some(close) = OPEN.with_borrow(|open| *open) {
                event.stop_immediate_propagation();
                ADDED.take();
                close.try_run(());
            } else if ADDED.with_borrow(|added| added.as_ref() == Some(&here)) {
                // The entry of an editor that was closed in another way: goes one further back.
                event.stop_immediate_propagation();
                ADDED.take();
                let _ = window().history().and_then(|history| history.back());
            }
        },
    );
    // Fails only for a null handler.
    let _ = window().add_event_listener_with_callback_and_bool(
        "popstate",
        handler.as_ref().unchecked_ref(),
        true,
    );
    handler.forget();
    if let Some(viewport) = viewport() {
        always(&viewport, "resize", |_| measure());
        always(&viewport, "scroll", |_| measure());
    }
}

/// The visual viewport; none in an old browser.
fn viewport() -> Option<EventTarget> {
    Reflect::get(&window(), &JsValue::from_str("visualViewport")).ok()?.dyn_into().ok()
}

fn measure() {
    let Some((viewport, root)) = viewport()
        .zip(document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()))
    else {
        return;
    };
    for (name, of) in [("--alto-visible", "height"), ("--arriba-visible", "offsetTop")] {
        if let Some(pixels) =
            Reflect::get(&viewport, &JsValue::from_str(of)).ok().and_then(|value| value.as_f64())
        {
            // Fails only for an invalid name.
            let _ = root.style().set_property(name, &format!("{pixels}px"));
        }
    }
}
