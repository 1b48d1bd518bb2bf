//! What of the program is loaded by itself, when a screen needs it: a phone at the table starts with a fifth less, who follows with
//! a third less. Each function marked `wasm_split` becomes a file with all that only it needs (`end2end/scripts/site.mjs`). On the
//! server there are no parts.

use std::fmt;

use domain::{Audience, ItemId, ItemKind, Role};
use leptos::prelude::*;

use crate::navigation;
use crate::page::{Content, Invitation, PageData};
use crate::pages::address::Screen;
use crate::pages::{ActivitySheet, ClickerScreen, CommitmentSheet, DeskScreen, ProblemSheet, ProjectorPage, PublicPage};
#[cfg(feature = "csr")]
use wasm_split_helpers::wasm_split;

#[cfg(feature = "csr")]
pub use browser::{AGAIN, load, load_when_idle};

/// A part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The sheets of problems, commitments and activities.
    Sheets,
    /// Desk and clicker.
    Conduct,
    /// The projector.
    Projector,
    /// The public page.
    Public,
}

impl Part {
    /// As the build calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sheets => "sheets",
            Self::Conduct => "conduct",
            Self::Projector => "projector",
            Self::Public => "public",
        }
    }

    /// The one without which a page can't be drawn; in the browser, at the screen that its address names.
    pub fn of(page: &PageData) -> Option<Self> {
        match &page.content {
            Content::Table { screen, me, .. } => {
                Self::of_screen(navigation::here().unwrap_or(*screen)).filter(|part| Self::of_role(me.role).contains(part))
            }
            Content::Projector { .. } => Some(Self::Projector),
            Content::Public { .. } => Some(Self::Public),
            #[cfg(feature = "ssr")]
            _ => None,
        }
    }

    /// The one without which a screen of the table can't be drawn.
    pub fn of_screen(screen: Screen) -> Option<Self> {
        match screen {
            Screen::Problem(_) | Screen::Commitment(_) | Screen::Activity(_) => Some(Self::Sheets),
            Screen::Desk | Screen::Clicker => Some(Self::Conduct),
            Screen::Now | Screen::Problems | Screen::Commitments | Screen::Voice | Screen::Contribute(_) | Screen::Texts => None,
        }
    }

    /// Those that the screens of someone at the table may come to need, the likelier first.
    pub fn of_role(role: Role) -> &'static [Self] {
        match Audience::of(role) {
            Audience::Facilitation => &[Self::Conduct, Self::Sheets],
            Audience::Seats | Audience::Public => &[Self::Sheets],
        }
    }
}

/// A part that didn't arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of the program did not arrive")
    }
}

impl std::error::Error for Missing {}

/// The sheet of an item; nothing for those that are read on another one's.
pub fn sheet(item: ItemId, kind: ItemKind) -> AnyView {
    in_part(Part::Sheets, move || draw_sheet(item, kind))
}

#[cfg_attr(feature = "csr", wasm_split(sheets, fallible, preload(load_sheets)))]
fn draw_sheet(item: ItemId, kind: ItemKind) -> Result<AnyView, Missing> {
    Ok(match kind {
        ItemKind::Problem => view! { <ProblemSheet item/> }.into_any(),
        ItemKind::Commitment => view! { <CommitmentSheet item/> }.into_any(),
        ItemKind::Activity => view! { <ActivitySheet item/> }.into_any(),
        ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution => ().into_any(),
    })
}

/// What the facilitation leads the mesa with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conducting {
    /// The desk.
    Desk,
    /// The clicker.
    Clicker,
}

/// One of these screens.
pub fn conducting(what: Conducting) -> AnyView {
    in_part(Part::Conduct, move || draw_conducting(what))
}

#[cfg_attr(feature = "csr", wasm_split(conduct, fallible, preload(load_conduct)))]
fn draw_conducting(what: Conducting) -> Result<AnyView, Missing> {
    Ok(match what {
        Conducting::Desk => view! { <DeskScreen/> }.into_any(),
        Conducting::Clicker => view! { <ClickerScreen/> }.into_any(),
    })
}

/// The projector.
pub fn projector(invitation: Invitation) -> AnyView {
    in_part(Part::Projector, move || draw_projector(invitation.clone()))
}

#[cfg_attr(feature = "csr", wasm_split(projector, fallible, preload(load_projector)))]
fn draw_projector(invitation: Invitation) -> Result<AnyView, Missing> {
    Ok(view! { <ProjectorPage invitation/> }.into_any())
}

/// The public page.
pub fn public() -> AnyView {
    in_part(Part::Public, draw_public)
}

#[cfg_attr(feature = "csr", wasm_split(public, fallible, preload(load_public)))]
fn draw_public() -> Result<AnyView, Missing> {
    Ok(view! { <PublicPage/> }.into_any())
}

#[cfg(not(feature = "csr"))]
fn in_part(_: Part, draw: impl Fn() -> Result<AnyView, Missing>) -> AnyView {
    draw().unwrap_or_else(|Missing| ().into_any())
}

#[cfg(feature = "csr")]
use browser::in_part;

#[cfg(feature = "csr")]
mod browser {
    use std::pin::pin;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll, Waker};
    use std::time::Duration;

    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_split_helpers::SplitLoaderError;

    use super::{Missing, Part, load_conduct, load_projector, load_public, load_sheets};
    use crate::components::ScreenHeading;
    use crate::erased::reactive;
    use crate::text::document;

    /// Which parts are here.
    static HERE: [AtomicBool; 4] = [const { AtomicBool::new(false) }; 4];

    /// How long after the screen works the parts that it may come to need are fetched.
    const IDLE: Duration = Duration::from_millis(200);
    /// How long after a part didn't arrive it is asked for again.
    pub const AGAIN: Duration = Duration::from_secs(5);
    /// How long a screen says nothing but that its part is on its way.
    const PATIENCE: Duration = Duration::from_secs(10);
    /// Longest between two tries to fetch what no screen waits for.
    const SELDOM: Duration = Duration::from_secs(300);

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    /// Loads a part, once.
    ///
    /// # Errors
    /// [`Missing`] when it didn't arrive; asked again, it is fetched again.
    pub async fn load(part: Part) -> Result<(), Missing> {
        match part {
            Part::Sheets => load_sheets().await,
            Part::Conduct => load_conduct().await,
            Part::Projector => load_projector().await,
            Part::Public => load_public().await,
        }?;
        HERE[part as usize].store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Fetches the parts one after the other once nothing else is on its way, so that they are there when the network isn't.
    pub fn load_when_idle(parts: &'static [Part]) {
        load_after(IDLE, parts);
    }

    fn load_after(wait: Duration, parts: &'static [Part]) {
        let load_all = move || {
            spawn_local(async move {
                for part in parts {
                    if load(*part).await.is_err() {
                        return load_after((wait * 2).clamp(AGAIN, SELDOM), parts);
                    }
                }
            });
        };
        set_timeout(load_all, wait);
    }

    /// Where a part is.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Stage {
        Coming,
        Here,
        Missing,
    }

    /// Draws what is in a part: at once where the part is here, else as soon as it is. One that doesn't arrive is a sentence with a
    /// button, and asked for again.
    pub(super) fn in_part<F>(part: Part, draw: impl Fn() -> F + Send + 'static) -> AnyView
    where
        F: Future<Output = Result<AnyView, Missing>>,
    {
        let stage = RwSignal::new(Stage::Here);
        if !HERE[part as usize].load(Ordering::Relaxed) {
            wait(stage);
            fetch(part, stage, true);
        }
        let ask = move |_| {
            wait(stage);
            fetch(part, stage, false);
        };
        reactive(move || match stage.get() {
            Stage::Here => drawn(draw()),
            Stage::Coming => view! { <ScreenHeading text=document::PART_COMES/> }.into_any(),
            Stage::Missing => view! {
                <ScreenHeading text=document::PART_MISSING/>
                <p>{document::PART_MISSING_NEXT}</p>
                <button type="button" class="button beside-action" on:click=ask>{document::PART_AGAIN}</button>
            }
            .into_any(),
        })
        .into_any()
    }

    /// Says that the part is on its way, as long as one waits without asking.
    fn wait(stage: RwSignal<Stage>) {
        stage.set(Stage::Coming);
        set_timeout(move || say_missing(stage), PATIENCE);
    }

    fn say_missing(stage: RwSignal<Stage>) {
        // None any more where one went on to another screen meanwhile.
        if stage.try_get_untracked() == Some(Stage::Coming) {
            stage.set(Stage::Missing);
        }
    }

    /// Loads the part; what is said meanwhile isn't said anew at each try. Who asks with a tap begins no further tries: those by
    /// themselves go on.
    fn fetch(part: Part, stage: RwSignal<Stage>, again: bool) {
        spawn_local(async move {
            if load(part).await.is_ok() {
                stage.try_set(Stage::Here);
                return;
            }
            say_missing(stage);
            let next = move || {
                if stage.try_get_untracked().is_some_and(|stage| stage != Stage::Here) {
                    fetch(part, stage, true);
                }
            };
            if again {
                set_timeout(next, AGAIN);
            }
        });
    }

    /// What a part that is here draws: its function answers without waiting.
    fn drawn(drawing: impl Future<Output = Result<AnyView, Missing>>) -> AnyView {
        match pin!(drawing).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(view)) => view,
            Poll::Ready(Err(Missing)) | Poll::Pending => ().into_any(),
        }
    }
}
