//! Loading parts of the program, and what is shown in their place until then.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use crate::components::ScreenHeading;
use crate::erased::reactive;
use crate::parts::{
    Missing, Part, load_agreement, load_conduct, load_floor, load_projector, load_public,
    load_sheets, load_signing,
};
use crate::text::document;

/// Which parts have arrived.
static HERE: [AtomicBool; 7] = [const { AtomicBool::new(false) }; 7];

/// How long after the screen works the parts that it may need are prefetched.
const IDLE: Duration = Duration::from_millis(200);
/// How long until a part that didn't arrive is retried.
pub const AGAIN: Duration = Duration::from_secs(5);
/// How long a screen only says that its part is on its way.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest pause between two retries of a prefetch.
const SELDOM: Duration = Duration::from_secs(300);

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Loads a part once.
///
/// # Errors
/// [`Missing`] when it didn't arrive; the next call tries again.
pub async fn load(part: Part) -> Result<(), Missing> {
    match part {
        Part::Sheets => load_sheets().await,
        Part::Conduct => load_conduct().await,
        Part::Projector => load_projector().await,
        Part::Public => load_public().await,
        Part::Agreement => load_agreement().await,
        Part::Signing => load_signing().await,
        Part::Floor => load_floor().await,
    }?;
    HERE[part as usize].store(true, Ordering::Relaxed);
    Ok(())
}

/// Prefetches the parts one after the other when nothing else is loading, so that they are there
/// without a network.
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

/// The state of a part's loading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Coming,
    Here,
    Missing,
}

/// Renders what is in a part: at once if it has arrived, else as soon as it does. When it doesn't
/// arrive there is a sentence with a button, and it is retried.
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

/// The same for what the server draws, too.
pub(crate) use later_in_part as quietly_in_part;

/// Renders what is in a part once that has arrived, and nothing until then; it is loaded when nothing
/// else is.
pub(crate) fn later_in_part<F>(part: Part, draw: impl Fn() -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<AnyView, Missing>>,
{
    let here = HERE[part as usize].load(Ordering::Relaxed);
    let stage = RwSignal::new(if here { Stage::Here } else { Stage::Coming });
    if !here {
        set_timeout(move || fetch(part, stage, true), IDLE);
    }
    reactive(move || (stage.get() == Stage::Here).then(|| drawn(draw()))).into_any()
}

/// Says that the part is on its way, as long as nobody taps.
fn wait(stage: RwSignal<Stage>) {
    stage.set(Stage::Coming);
    set_timeout(move || say_missing(stage), PATIENCE);
}

fn say_missing(stage: RwSignal<Stage>) {
    // None when the person went on to another screen meanwhile.
    if stage.try_get_untracked() == Some(Stage::Coming) {
        stage.set(Stage::Missing);
    }
}

/// Loads the part; the sentence isn't announced again at each retry. A tap begins no further series
/// of retries: the present one goes on.
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

/// Renders a part that has arrived: its future is ready at once.
fn drawn(drawing: impl Future<Output = Result<AnyView, Missing>>) -> AnyView {
    match pin!(drawing).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => view,
        Poll::Ready(Err(Missing)) | Poll::Pending => ().into_any(),
    }
}
