//! The clicker: what is projected, and two buttons large enough for a thumb that isn't looked at.

use leptos::ev;
use leptos::prelude::*;

use super::projection::{Step, blank_label};
use super::sequence::{Stage, called};
use super::wall::WallPart;
use super::{conducts, reads};
use crate::address;
use crate::components::ScreenHeading;
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{clicker, desk};

/// The screen at `/ejercicio/:exercise/mesa/:number/control`.
#[component]
pub fn ClickerScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, leads, reads) = (live.view(), conducts(live), reads(live));
    let conducts = memo(move || leads.get() || reads.get());
    let stage = Stage::new(live);
    let ready = stage.ready();
    let place = stage.place();
    let title = memo(move || called(live, &view.read(), &stage.shown.read()));
    let (before, after) = (stage.beside(false), stage.beside(true));
    effect(move || {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || !conducts.get_untracked()
            {
                return;
            }
            let target = match event.key().as_str() {
                "ArrowRight" | "ArrowDown" | "PageDown" => after,
                "ArrowLeft" | "ArrowUp" | "PageUp" => before,
                _ => return,
            };
            event.prevent_default();
            let target = target.get_untracked().filter(|_| stage.mine.get_untracked());
            if let Some(shown) = target {
                stage.show(shown);
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <div class="clicker">
            {reactive(move || leads.get().then(|| view! { <a class="link back" href=address::desk(live.mesa())>{clicker::BACK}</a> }))}
            <ScreenHeading text=clicker::HEADING/>
            <div class="card clicker-shown">
                <p class="card-eyebrow">{desk::SHOWN}{reactive(move || place.get().map(|place| format!(" · {place}")))}</p>
                <p class="clicker-title" translate="no" aria-live="polite">{reactive(move || title.get())}</p>
            </div>
            <Show when=move || conducts.get() fallback=|| view! { <p>{clicker::NOT_YOURS}</p> }>
                <Show when=move || leads.get()>
                    <WallPart stage/>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| stage.toggle_blank()>
                        {reactive(move || blank_label(stage))}
                    </button>
                </Show>
                <div class="clicker-steps">
                    <Step stage forward=false/>
                    <Step stage forward=true/>
                </div>
                <p class="secondary clicker-keys">{clicker::KEYS}</p>
            </Show>
        </div>
    }
    .into_any()
}
