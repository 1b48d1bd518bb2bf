//! The whole page below `<body>`: which family of screens it is. Both sides render it from the same
//! [`PageData`].

use std::time::Duration;

use leptos::prelude::*;

use crate::erased::effect;
use crate::navigation;
use crate::pace::Pace;
use crate::page::{Content, PageData};
use crate::pages::MesaPage;
use crate::parts;
use crate::state::Live;

/// Id of the element beside the [`App`] that stays as the server rendered it.
pub const BESIDE: &str = "aparte";
/// Id of the element for the sentence that says that the page stopped working. It is outside the
/// [`App`], so that it works when the app doesn't.
pub const FAILURE: &str = "fallo";

/// The page. From one family to another (a door, a projector) a link loads a new page; only the
/// screens of the table change in place, so that the connection stays.
#[component]
pub fn App(
    /// The data that the page is rendered from.
    page: PageData,
) -> impl IntoView {
    let live = Live::new(&page);
    if let Some(live) = live {
        provide_context(live);
        let pace = use_context::<Pace>();
        effect(move || {
            if pace.is_none_or(Pace::is_done) {
                // In a task of its own, so that what was rendered is painted first.
                set_timeout(move || live.start(), Duration::ZERO);
            }
        });
    }
    effect(move || {
        if live.is_none_or(|live| live.condition.ready().get())
            && let Some(root) = document().document_element()
        {
            // From here on the page responds to taps.
            let _ = root.set_attribute("data-live", "");
        }
    });
    match page.content {
        Content::Mesa { screen, .. } => {
            // A page that was cached for all screens of its mesa shows the one that was asked for.
            let screen = navigation::here().unwrap_or(screen);
            view! { <MesaPage screen/> }.into_any()
        }
        Content::Projector { invitation, .. } => parts::projector(invitation),
        Content::Public { .. } => parts::public(),
        #[cfg(feature = "ssr")]
        Content::Plain(page) => crate::pages::plain::plain(page),
    }
}
