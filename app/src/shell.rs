//! The HTML document around the [`App`], rendered by the server only.

use std::collections::HashMap;

use domain::{Audience, Role};
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::address;
use crate::app::{App, BESIDE, FAILURE};
use crate::page::plain::PlainPage;
use crate::page::{Content, LogoLink, META_NAME, PageData};
use crate::parts::Part;
use crate::text;

/// File names of the built site, below `/pkg/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Assets {
    /// The script that loads the program.
    pub js: String,
    /// The program without its parts.
    pub wasm: String,
    /// The files of each of its parts, by [`Part::name`].
    #[serde(default)]
    pub parts: HashMap<String, Vec<String>>,
    /// The style sheet of every page.
    pub css: String,
    /// The style sheet of phones at the table, of the door and of read-only pages.
    pub phone_css: String,
    /// The style sheet of the pages on which an exercise is prepared, and of results.
    pub prepare_css: String,
    /// The style sheet of the public page and the home page.
    pub public_css: String,
    /// The font of the screens.
    pub font: String,
}

impl Assets {
    fn css(&self, page: &PageData) -> &str {
        let of_role = |role| {
            if Audience::of(role) == Audience::Facilitation { &self.css } else { &self.phone_css }
        };
        match &page.content {
            Content::Mesa { me, .. } => of_role(me.role),
            // The same as the page after it.
            Content::Plain(PlainPage::Door(door)) => of_role(door.role),
            Content::Projector { .. } => &self.css,
            Content::Public { .. } | Content::Plain(PlainPage::Home(_)) => &self.public_css,
            Content::Plain(
                PlainPage::Creating(_)
                | PlainPage::Prepare(_)
                | PlainPage::SigningIn(_)
                | PlainPage::Bringing(_)
                | PlainPage::Results(_)
                | PlainPage::Count(_),
            ) => &self.prepare_css,
            _ => &self.phone_css,
        }
    }
}

/// Restores what was typed at a door whose answer never came: Firefox doesn't do that by itself. It
/// is kept until the tab is closed, or the person leaves the device to others.
const KEEP_TYPED: &str = include_str!("shell/keep_typed.js");

/// Loads the program. The text comes first and gets the whole bandwidth: the download starts only
/// after the page was painted (or at once in a hidden tab, which may never be). Loading and
/// starting are two steps, between which the page responds. Failed downloads are reported and
/// retried; a browser may cache that an address failed, so each retry uses another one.
const START: &str = include_str!("shell/start.js");

/// Unfolds what a link leads to where the browser doesn't do that, and everything while the page is
/// printed.
const FOLDS: &str = include_str!("shell/folds.js");

/// Fetches the program's files once the door has been shown.
const FETCH_AHEAD: &str = include_str!("shell/fetch_ahead.js");

/// The page for the [`PageData`] in the context. Without a built site (`assets` is none) it is
/// readable all the same.
pub fn shell(assets: Option<Assets>) -> impl IntoView {
    let page = expect_context::<PageData>();
    let live = page.is_live();
    let meta = live.then(|| page.to_meta());
    // It isn't the page that somebody wants.
    let leads_on = matches!(page.content, Content::Plain(PlainPage::Link));
    let head = assets.as_ref().map(|assets| {
        let program = match &page.content {
            Content::Plain(PlainPage::Door(door)) => {
                Some(fetch_ahead(assets, door.role).into_any())
            }
            _ => live.then(|| program(assets, &page).into_any()),
        };
        let css = assets.css(&page);
        if leads_on {
            late_stylesheet(css).into_any()
        } else {
            (stylesheet(css, &assets.font), program).into_any()
        }
    });
    let title = text::title::title(&page);
    let theme = match page.content {
        Content::Projector { .. } => "projector",
        _ => "page",
    };
    let logos = page.logos.clone();
    let entered = matches!(page.content, Content::Plain(PlainPage::Door(_)));
    let writes = matches!(page.content, Content::Mesa { .. });
    let folds = matches!(page.content, Content::Public { .. });
    view! {
        <!DOCTYPE html>
        <html lang=text::document::LANGUAGE data-theme=theme data-live=(!live && !leads_on).then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf6ee"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#171410"/>
                {(!leads_on).then(|| view! { <meta name="description" content=text::document::DESCRIPTION/> })}
                // Not as a child: a hydration marker after it would be shown as part of the title.
                <title inner_html=title></title>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                {meta.map(|meta| view! { <meta name=META_NAME content=meta/> })}
                {head}
            </head>
            <body>
                <App page/>
                <div id=BESIDE>
                    {(!logos.is_empty()).then(|| logo_row(logos))}
                    // Filled in by the browser when the program can't go on.
                    <p id=FAILURE class="failure" role="alert" data-missing=text::document::PROGRAM_MISSING hidden></p>
                </div>
                {entered.then(|| view! { <script nonce=use_nonce() inner_html=KEEP_TYPED></script> })}
                {folds.then(|| view! { <script type="module" nonce=use_nonce() inner_html=FOLDS></script> })}
                {writes.then(|| view! { <noscript><p class="no-script">{text::document::NO_SCRIPT}</p></noscript> })}
            </body>
        </html>
    }
}

/// The logos of the bodies that hold the exercise.
fn logo_row(logos: Vec<LogoLink>) -> impl IntoView {
    let logo = |logo: LogoLink| view! { <li><img src=address::logo(logo.exercise, logo.place) alt=logo.name/></li> };
    view! { <footer><ul class="logos" aria-label=text::document::LOGOS>{logos.into_iter().map(logo).collect_view()}</ul></footer> }
}

fn stylesheet(css: &str, font: &str) -> impl IntoView + use<> {
    view! {
        <link rel="preload" href=address_of(font) r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
        <link rel="stylesheet" href=address_of(css)/>
    }
}

/// A style sheet that a script adds if the page stays: the page that it leads to may have another.
fn late_stylesheet(css: &str) -> impl IntoView + use<> {
    let css = address_of(css);
    view! {
        <meta name="mesa-style" content=css.clone()/>
        <noscript><link rel="stylesheet" href=css/></noscript>
    }
}

/// Loads the program and the part that renders the page.
fn program(assets: &Assets, page: &PageData) -> impl IntoView + use<> {
    // Named too, so that the service worker keeps them with the page; the program fetches them when
    // the network is idle.
    let later = match &page.content {
        Content::Mesa { me, .. } => Part::of_role(me.role),
        _ => &[],
    };
    let later: Vec<_> = later
        .iter()
        .filter_map(|part| assets.parts.get(part.name()))
        .flatten()
        .map(|file| address_of(file))
        .collect();
    view! {
        {files(assets, Part::of(page))}
        {(!later.is_empty()).then(|| view! { <meta name="mesa-parts" content=later.join(" ")/> })}
        <script type="module" nonce=use_nonce() inner_html=START></script>
    }
}

/// Prefetches what the page after the door runs, while the name is being typed.
fn fetch_ahead(assets: &Assets, role: Role) -> impl IntoView + use<> {
    let first = match Audience::of(role) {
        Audience::Facilitation => Some(Part::Conduct),
        Audience::Public => Some(Part::Public),
        Audience::Seats => None,
    };
    view! {
        {files(assets, first)}
        <script type="module" nonce=use_nonce() inner_html=FETCH_AHEAD></script>
    }
}

/// Names the program's files for the scripts: its own two, then those of a part.
fn files(assets: &Assets, part: Option<Part>) -> impl IntoView + use<> {
    let part = part.and_then(|part| assets.parts.get(part.name()));
    let all = [&assets.js, &assets.wasm].into_iter().chain(part.into_iter().flatten());
    let all: Vec<_> = all.map(|file| address_of(file)).collect();
    view! { <meta name="mesa-program" content=all.join(" ")/> }
}

fn address_of(file: &str) -> String {
    format!("/pkg/{file}")
}
