//! The facilitator's desk: the phases, what is projected, who and what is missing, the door, who is
//! here. And the clicker, for a facilitator who walks about with a phone.

mod advice;
mod agreement;
mod answering;
mod change;
mod checks;
mod choices;
mod clicker;
mod clock;
mod ending;
mod floor;
mod late;
mod missing;
mod moderation;
mod notes;
mod others;
mod pack;
mod people;
mod phases;
mod priority;
mod projection;
pub(in crate::pages) mod quorum;
mod round;
pub(in crate::pages) mod sequence;
mod signing;
mod unreached;
mod veil;
mod wall;

use domain::permission::{Action, Scope, permitted};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use crate::components::ScreenHeading;
use crate::erased::{Show, memo};
use crate::state::Live;
use crate::text::desk;

use advice::AdvicePart;
use agreement::{ConformityPart, ReadOutPart};
use change::{Change, ChangePanel};
use checks::Checks;
use choices::AllChoices;
use clock::ClockPart;
use ending::EndingPart;
use floor::FloorPart;
use late::{LatePanel, PausePanel};
use missing::MissingPart;
use moderation::MutedPart;
use notes::NotesPart;
use others::OthersPart;
use pack::PackPart;
use people::{DoorPart, PeoplePart};
use phases::Phases;
use priority::PriorityPart;
use projection::Projection;
use quorum::QuorumPart;
use round::RoundPart;
use sequence::Stage;
use signing::SigningPart;
use veil::VeilPart;
use wall::NextPart;

pub use advice::{Listed, Listing};
pub use clicker::ClickerScreen;

/// Whether the viewer leads the mesa now; the rapporteur sees the desk without leading.
fn conducts(live: Live) -> Memo<bool> {
    let (view, role) = (live.view(), live.me().role);
    memo(move || permitted(Action::Conduct, view.read().conduct.phase, role) != Scope::Nothing)
}

/// Whether the viewer was asked to read the plan out.
pub(super) fn reads(live: Live) -> Memo<bool> {
    let (view, me) = (live.view(), live.me().person);
    memo(move || me.is_some() && view.read().plan.reader == me)
}

/// Gives the focus to the element with this id, if it is there.
fn focus_on(id: &str) {
    let element =
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // Focusing an element that is on the page doesn't fail.
        let _ = element.focus();
    }
}

/// The screen at `/ejercicio/:exercise/mesa/:number/conducir`.
#[component]
pub fn DeskScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let (change, stage) = (Change::new(live), Stage::new(live));
    let (view, leads) = (live.view(), conducts(live));
    let talks = memo(move || {
        let state = view.read();
        !state.conduct.phase.is_of_the_plan() || state.floor.is_in_use()
    });
    view! {
        <ScreenHeading text=desk::HEADING/>
        <div class="desk">
            <div class="desk-middle">
                <ChangePanel change/>
                <PausePanel/>
                <LatePanel/>
                <SigningPart/>
                <ConformityPart/>
                <EndingPart/>
                <Projection stage/>
                <Show when=move || leads.get()><NextPart stage/></Show>
                <ReadOutPart/>
                <Show when=move || talks.get()><RoundPart/></Show>
                <VeilPart/>
                <PriorityPart stage/>
            </div>
            <div class="desk-rail"><Phases change/></div>
            <div class="desk-side">
                <Show when=move || talks.get()><FloorPart/><ClockPart/></Show>
                <PackPart/><QuorumPart/><MissingPart/><Checks/><AdvicePart/><NotesPart/><OthersPart/><MutedPart/><DoorPart/><PeoplePart/></div>
            <div class="desk-list"><AllChoices stage/></div>
        </div>
    }
    .into_any()
}
