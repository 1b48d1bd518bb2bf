//! The HTML document around the [`App`], made by the server only.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::app::{App, FAILURE};
use crate::page::{Content, META_NAME, PageData};
use crate::text;

/// Names of the built site's files, below `/pkg/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The script that loads the module.
    pub js: String,
    /// The module.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The font of the screens.
    pub font: String,
}

/// The page for the [`PageData`] in the context. Without a built site (`assets` is none) it can be read all the same.
pub fn shell(assets: Option<Assets>) -> impl IntoView {
    let page = expect_context::<PageData>();
    let meta = page.to_meta();
    let title = text::document::title(&page);
    let theme = match page.content {
        Content::Projector { .. } => "projector",
        Content::Home { .. } | Content::Door(_) | Content::Table { .. } | Content::Public { .. } | Content::Notice(_) => "page",
    };
    let writes = matches!(page.content, Content::Table { .. });
    view! {
        <!DOCTYPE html>
        <html lang=text::document::LANGUAGE data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf6ee"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#171410"/>
                <meta name="description" content=text::document::DESCRIPTION/>
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                {assets.as_ref().map(stylesheet)}
                <meta name=META_NAME content=meta/>
                {assets.as_ref().map(scripts)}
            </head>
            <body>
                <App page/>
                // Filled in by the browser's half when it can't go on.
                <p id=FAILURE class="failure" role="alert" hidden></p>
                {writes.then(|| view! { <noscript><p class="no-script">{text::document::NO_SCRIPT}</p></noscript> })}
            </body>
        </html>
    }
}

fn stylesheet(assets: &Assets) -> impl IntoView + use<> {
    view! {
        <link rel="preload" href=format!("/pkg/{}", assets.font) r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
        <link rel="stylesheet" href=format!("/pkg/{}", assets.css)/>
    }
}

fn scripts(assets: &Assets) -> impl IntoView + use<> {
    let Assets { js, wasm, .. } = assets;
    let start = format!("import init, {{ hydrate }} from '/pkg/{js}'; await init({{ module_or_path: '/pkg/{wasm}' }}); hydrate();");
    view! {
        <link rel="modulepreload" href=format!("/pkg/{js}")/>
        <link rel="preload" href=format!("/pkg/{wasm}") r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce()>{start}</script>
    }
}
