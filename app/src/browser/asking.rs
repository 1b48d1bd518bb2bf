//! Asking the server for what isn't in the stream.

use leptos::prelude::window;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::page_life::is_visible;

/// Fetches a text and gives it on; none: it isn't to be had now, or nobody looks at the page.
pub(crate) fn ask(address: String, then: Box<dyn FnOnce(Option<String>)>) {
    spawn_local(async move {
        then(if is_visible() { text(&address).await.ok().flatten() } else { None });
    });
}

async fn text(address: &str) -> Result<Option<String>, JsValue> {
    let asked = window().fetch_with_str_and_init(address, &RequestInit::new());
    let answer: Response = JsFuture::from(asked).await?.dyn_into()?;
    if !answer.ok() {
        return Ok(None);
    }
    Ok(JsFuture::from(answer.text()?).await?.as_string())
}
