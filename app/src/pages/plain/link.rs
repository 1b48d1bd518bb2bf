//! The page of a link, which has its secret in the fragment of the address. A script posts it; who
//! has no script, or a link without its end, gets the field for the join code.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::home::CodeForm;
use crate::text::{PRODUCT, link};

/// The script that posts the secret, once, and takes it out of the address. Without one the page
/// stays, and gets a style sheet. Whoever comes back to it finds it as it was at first. The script
/// is read on every way in: what it does is said here.
const OPEN: &str = include_str!("link.js");

/// The page.
#[component]
pub fn LinkPage() -> impl IntoView {
    view! {
        <main id="contenido" class="entry">
            <p id="abriendo" role="status" hidden>{link::OPENING}</p>
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{link::HEADING}</h1>
                <p>{link::AGAIN}</p>
                <noscript><p>{link::NO_SCRIPT}</p></noscript>
            </header>
            <CodeForm unknown_code=false/>
        </main>
        // Posted to the page's own address.
        <form id="abrir" method="post" hidden>
            <input type="hidden" name="secreto"/>
        </form>
        <script type="module" nonce=use_nonce() inner_html=OPEN></script>
    }
    .into_any()
}
