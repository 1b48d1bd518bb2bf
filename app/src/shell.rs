//! The HTML document around the [`App`], made by the server only.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::app::{App, BESIDE, FAILURE};
use crate::page::{Content, LogoLink, META_NAME, PageData, Program};
use crate::pages::address;
use crate::text;

/// Names of the built site's files, below `/pkg/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The module for phones at the table.
    pub phone: Module,
    /// The module with everything.
    pub whole: Module,
    /// The font of the screens.
    pub font: String,
}

/// A built module, with the look of the pages that run it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Module {
    /// The style sheet of its pages.
    pub css: String,
    /// The script that loads it.
    pub js: String,
    /// The module itself.
    pub wasm: String,
}

impl Assets {
    fn module(&self, program: Program) -> &Module {
        match program {
            Program::Phone => &self.phone,
            Program::Whole => &self.whole,
        }
    }
}

/// What is typed at a door is there again when the answer to it never came: Firefox doesn't put it back by itself. Until the tab is
/// closed, or one leaves the device to others.
const KEEP_TYPED: &str = "try { for (const line of document.querySelectorAll('.entry-control')) { \
    const key = `puerta.${location.pathname}.${line.name}`; \
    if (!line.value) line.value = sessionStorage.getItem(key) ?? ''; \
    line.addEventListener('input', () => { try { sessionStorage.setItem(key, line.value) } catch {} }) } } catch {}";

/// The page for the [`PageData`] in the context. Without a built site (`assets` is none) it can be read all the same.
pub fn shell(assets: Option<Assets>) -> impl IntoView {
    let page = expect_context::<PageData>();
    let program = page.program();
    let meta = program.map(|_| page.to_meta());
    let ahead = match &page.content {
        Content::Door(door) => Some(Program::of(door.role)),
        _ => None,
    };
    let title = text::document::title(&page);
    let theme = match page.content {
        Content::Projector { .. } => "projector",
        _ => "page",
    };
    let logos = page.logos.clone();
    let writes = matches!(page.content, Content::Table { .. });
    view! {
        <!DOCTYPE html>
        <html lang=text::document::LANGUAGE data-theme=theme data-live=program.is_none().then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf6ee"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#171410"/>
                <meta name="description" content=text::document::DESCRIPTION/>
                // Not as a child: a marker after it would be shown as part of the title.
                <title inner_html=title></title>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                {assets.as_ref().map(|assets| stylesheet(&assets.module(program.unwrap_or(Program::Phone)).css, &assets.font))}
                {meta.map(|meta| view! { <meta name=META_NAME content=meta/> })}
                {assets.as_ref().zip(program).map(|(assets, program)| scripts(assets.module(program)))}
                {assets.as_ref().zip(ahead).map(|(assets, program)| fetch_ahead(assets.module(program)))}
            </head>
            <body>
                <App page/>
                <div id=BESIDE>
                    {(!logos.is_empty()).then(|| logo_row(logos))}
                    // Filled in by the browser's half when it can't go on.
                    <p id=FAILURE class="failure" role="alert" hidden></p>
                </div>
                {ahead.is_some().then(|| view! { <script nonce=use_nonce() inner_html=KEEP_TYPED></script> })}
                {writes.then(|| view! { <noscript><p class="no-script">{text::document::NO_SCRIPT}</p></noscript> })}
            </body>
        </html>
    }
}

/// Those who hold the exercise.
fn logo_row(logos: Vec<LogoLink>) -> impl IntoView {
    let logo = |logo: LogoLink| view! { <li><img src=address::logo(logo.plan, logo.place) alt=logo.name/></li> };
    view! { <footer><ul class="logos" aria-label=text::document::LOGOS>{logos.into_iter().map(logo).collect_view()}</ul></footer> }
}

fn stylesheet(css: &str, font: &str) -> impl IntoView + use<> {
    view! {
        <link rel="preload" href=format!("/pkg/{font}") r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
        <link rel="stylesheet" href=format!("/pkg/{css}")/>
    }
}

fn scripts(Module { js, wasm, .. }: &Module) -> impl IntoView + use<> {
    let start = format!(
        "import init, {{ start }} from '/pkg/{js}'; await init({{ module_or_path: '/pkg/{wasm}' }}); start(); navigator.serviceWorker?.register('/sw.js');"
    );
    view! {
        <link rel="modulepreload" href=format!("/pkg/{js}")/>
        <link rel="preload" href=format!("/pkg/{wasm}") r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce()>{start}</script>
    }
}

/// What the page after this one runs: it comes while the name is being typed.
fn fetch_ahead(Module { js, wasm, .. }: &Module) -> impl IntoView + use<> {
    view! {
        <link rel="prefetch" href=format!("/pkg/{js}") crossorigin="anonymous"/>
        <link rel="prefetch" href=format!("/pkg/{wasm}") crossorigin="anonymous"/>
    }
}
