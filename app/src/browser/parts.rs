//! Parts of the program as they arrive: where one is, and what stands in its place until then.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use crate::components::ScreenHeading;
use crate::erased::reactive;
use crate::parts::{Missing, Part, load_conduct, load_projector, load_public, load_sheets};
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

/// Fetches the parts one after the other once nothing else is on its way, so that they are there
/// when the network isn't.
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

/// Draws what is in a part: at once where the part is here, else as soon as it is. One that doesn't
/// arrive is a sentence with a button, and asked for again.
pub(crate) fn in_part<F>(part: Part, draw: impl Fn() -> F + Send + 'static) -> AnyView
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

/// Loads the part; what is said meanwhile isn't said anew at each try. Who asks with a tap begins
/// no further tries: those by themselves go on.
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
