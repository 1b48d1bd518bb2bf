//! The browser's entry point: renders the page that the server rendered, from the same data, and
//! replaces it.
//!
//! The views are rebuilt rather than hydrated: the code that walks a server's elements would be an
//! eighth of the module.

mod taking_over;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use app::app::{App, BESIDE, FAILURE};
use app::browser::parts::{self, AGAIN};
use app::pace::Pace;
use app::page::{Content, META_NAME, PageData};
use app::parts::{Missing, Part};
use app::text::document::{OUTDATED, PART_AGAIN, PART_MISSING, PART_MISSING_NEXT};
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;

use taking_over::Place;

#[wasm_bindgen(module = "/src/translation.js")]
extern "C" {
    /// Protects the program's text nodes while the browser translates the page.
    #[wasm_bindgen(js_name = followTranslation)]
    fn follow_translation();
}

/// Called by the page's script once the module is loaded. A page that another version rendered
/// stays as it is: readable.
#[wasm_bindgen]
pub fn start() {
    app::browser::announce_failures();
    follow_translation();
    let meta = document().query_selector(&format!("meta[name={META_NAME}]")).ok().flatten();
    match meta
        .and_then(|meta| meta.get_attribute("content"))
        .and_then(|content| PageData::from_meta(&content))
    {
        Some(page) => begin(page),
        None => say(OUTDATED),
    }
}

/// Takes over the page once the part that renders it is loaded. Until then, and if that part can't
/// be loaded, the server's page stays: readable, with a sentence and a button.
fn begin(page: PageData) {
    spawn_local(async move {
        if let Some(part) = Part::of(&page) {
            let mut button = None;
            while let Err(Missing) = parts::load(part).await {
                pause(button.get_or_insert_with(offer_again).as_ref()).await;
            }
            if let Some(button) = button {
                withdraw(button);
            }
        }
        // In a task of its own, so that the page responds in between.
        set_timeout(move || take_over(page), Duration::ZERO);
    });
}

fn take_over(page: PageData) {
    if matches!(page.content, Content::Public { .. }) {
        return draw_beside(page);
    }
    swap(|| leptos::mount::mount_to_body(|| view! { <App page/> }));
}

/// Renders into the body in place of the server's page.
fn swap(draw: impl FnOnce()) {
    let place = Place::of_reader();
    taking_over::clear_body(BESIDE);
    draw();
    taking_over::put_last(BESIDE);
    place.restore();
}

/// Renders a long page piece by piece in a detached element, and then swaps it for the server's.
fn draw_beside(page: PageData) {
    let Some(beside) =
        document().create_element("div").ok().and_then(|div| div.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let pace = Rc::new(Cell::new(None));
    let kept = Rc::clone(&pace);
    let draw = move || {
        let pace = Pace::new();
        provide_context(pace);
        kept.set(Some(pace));
        view! { <App page/> }
    };
    leptos::mount::mount_to(beside.clone(), draw).forget();
    if let Some(pace) = pace.get() {
        draw_on(pace, beside);
    }
}

fn draw_on(pace: Pace, beside: HtmlElement) {
    if pace.go_on() {
        // The views are built at the end of this task.
        return set_timeout(move || draw_on(pace, beside), Duration::ZERO);
    }
    swap(|| taking_over::move_into_body(&beside));
}

/// Says that a part is missing, once, and returns the button that retries.
fn offer_again() -> Option<HtmlElement> {
    say(&format!("{PART_MISSING}. {PART_MISSING_NEXT}"));
    let button: HtmlElement = document().create_element("button").ok()?.dyn_into().ok()?;
    button.set_class_name("button");
    button.set_text_content(Some(PART_AGAIN));
    // Beside the sentence, which is written only once, so that it isn't announced again.
    document().get_element_by_id(FAILURE)?.append_child(&button).ok()?;
    Some(button)
}

fn withdraw(button: Option<HtmlElement>) {
    if let Some(button) = button {
        button.remove();
    }
    if let Some(place) = document().get_element_by_id(FAILURE) {
        let _ = place.set_attribute("hidden", "");
    }
}

/// Waits for a while, or until the button is tapped.
async fn pause(button: Option<&HtmlElement>) {
    let over = Promise::new(&mut |resolve, _| {
        if let Some(button) = button {
            button.set_onclick(Some(&resolve));
        }
        set_timeout(
            move || {
                // Resolving a promise doesn't fail.
                let _ = resolve.call0(&JsValue::NULL);
            },
            AGAIN,
        );
    });
    // The promise is never rejected.
    let _ = JsFuture::from(over).await;
}

/// Shows a sentence in the place for failures; without that place nothing else can be done.
fn say(sentence: &str) {
    if let Some(place) = document().get_element_by_id(FAILURE) {
        place.set_text_content(Some(sentence));
        let _ = place.remove_attribute("hidden");
    }
}
