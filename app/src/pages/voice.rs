//! The person's contributions, with their state and answers; and the problems that they added.

use domain::deliberation;
use domain::{Command, ItemId, ItemKind};
use leptos::prelude::*;

use crate::address;
use crate::components::contributions::Said;
use crate::components::item_row::ItemRow;
use crate::components::{ScreenHeading, UnsentNote};
use crate::erased::{ForItems, Show, reactive};
use crate::state::{Live, SaveState};
use crate::text::voice;

/// The screen at `/ejercicio/:exercise/mesa/:number/mi-voz`.
#[component]
pub fn VoiceScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let (said, problems, kinds) =
        (live.own(ItemKind::Contribution), live.own(ItemKind::Problem), live.contribution_kinds());
    let listed = live.list(ItemKind::Problem, None);
    view! {
        <div class="screen-head">
            <ScreenHeading text=voice::HEADING/>
            <p class="secondary">{voice::LEAD}</p>
        </div>
        <Sent/>
        <UnsentNote/>
        <section class="screen-head" aria-labelledby="lo-dicho">
            <h2 id="lo-dicho">{voice::SAID}</h2>
            <Show when=move || said.read().is_empty()>
                <p class="empty">{reactive(move || if kinds.read().is_empty() { voice::NOTHING_READING } else { voice::NOTHING })}</p>
            </Show>
            <ul class="tray-list">
                <ForItems each=said let(id)>
                    <Said id with_target=true/>
                </ForItems>
            </ul>
        </section>
        <Show when=move || !problems.read().is_empty()>
            <section class="screen-head" aria-labelledby="mis-problemas">
                <h2 id="mis-problemas">{voice::PROBLEMS}</h2>
                <ul class="rows">
                    <ForItems each=problems let(id)>
                        <ItemRow id kind=ItemKind::Problem ids=listed ordering=false/>
                    </ForItems>
                </ul>
            </section>
        </Show>
        <Show when=move || !kinds.read().is_empty()>
            <a class="action screen-action" href=address::contribute(live.mesa(), None)>{voice::CONTRIBUTE}</a>
        </Show>
    }
    .into_any()
}

/// Announces the contribution that was just sent: where it is and where the answer will be.
#[component]
fn Sent() -> impl IntoView {
    let live = expect_context::<Live>();
    // Announced once: whoever comes back to the screen has read it.
    let sent = live.just_sent();
    let words = move |id: ItemId| {
        let status = live.outbox.state(
            move |command| matches!(command, Command::Deliberation(deliberation::Command::Contribute { item, .. }) if *item == id),
        );
        reactive(
            move || if status.get() == SaveState::Saved { voice::SENT } else { voice::SENT_LATER },
        )
    };
    view! { <div role="status">{sent.map(|id| view! { <p class="sent">{words(id)}</p> })}</div> }
        .into_any()
}
