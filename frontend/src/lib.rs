//! What the browser loads: draws the page that the server drew once more, from the same data, and puts it in its place.
//!
//! The views are built anew rather than hydrated: the code that walks a server's elements would be an eighth of the module.

mod taking_over;

use app::app::{App, BESIDE, FAILURE};
use app::page::{META_NAME, PageData};
use app::text::document::OUTDATED;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use taking_over::Place;

#[wasm_bindgen(module = "/src/translation.js")]
extern "C" {
    /// Keeps the program's texts its own while the browser translates the page.
    #[wasm_bindgen(js_name = followTranslation)]
    fn follow_translation();
}

/// Called by the page's script once the module is there. A page that another version made stays as it is: readable.
#[wasm_bindgen]
pub fn start() {
    app::client::announce_failures();
    follow_translation();
    let meta = document().query_selector(&format!("meta[name={META_NAME}]")).ok().flatten();
    let page = meta.and_then(|meta| meta.get_attribute("content")).and_then(|content| PageData::from_meta(&content));
    if let Some(page) = page {
        let place = Place::of_reader();
        taking_over::clear_body(BESIDE);
        leptos::mount::mount_to_body(|| view! { <App page/> });
        taking_over::put_last(BESIDE);
        place.restore();
    } else if let Some(place) = document().get_element_by_id(FAILURE) {
        place.set_text_content(Some(OUTDATED));
        // Without it the sentence stays hidden; there is nothing else to try.
        let _ = place.remove_attribute("hidden");
    }
}
