//! The facilitator's desk: the phase, what is projected, the door, who is here.

mod people;
mod phases;
mod projection;

use domain::permission::{Action, Scope, permitted};
use leptos::prelude::*;

use crate::components::ScreenHeading;
use crate::state::Live;
use crate::text::desk;

use people::{DoorPart, PeoplePart};
use phases::Phases;
use projection::Projection;

/// Whether who looks conducts the mesa now; the rapporteur sees the desk and conducts nothing.
fn conducts(live: Live) -> Memo<bool> {
    let (view, role) = (live.view(), live.me().role);
    Memo::new(move |_| permitted(Action::Conduct, view.read().phase, role) != Scope::Nothing)
}

/// The screen at `/mesa/:mesa/conducir`.
#[component]
pub fn DeskScreen() -> impl IntoView {
    view! {
        <ScreenHeading text=desk::HEADING/>
        <div class="desk">
            <div class="desk-middle"><Projection/></div>
            <div class="desk-rail"><Phases/></div>
            <div class="desk-side"><DoorPart/><PeoplePart/></div>
        </div>
    }
    .into_any()
}
