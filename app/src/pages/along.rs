//! Going along with the facilitation: where it is, and one tap that takes the phone there and along
//! from then on. Whatever the person does themselves ends it; one tap leads back. Nobody is moved
//! who didn't ask for it, or who is in the middle of something.

use domain::{ItemKind, Mesa, Phase, Shown};
use leptos::prelude::*;

use crate::address;
use crate::browser::along::{is_busy, listen};
use crate::erased::{Show, effect, memo, reactive};
use crate::navigation::Navigation;
use crate::state::Live;
use crate::text::{along as words, name, priority};

/// Whether somebody goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    /// They never did.
    Alone,
    /// The screen changes with the facilitation's.
    Along,
    /// They did something themselves.
    Left,
}

/// Where the facilitation is: what the place is called, and its address, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    name: String,
    address: Option<String>,
}

/// The place. From the read-out on that is the screen of what happens now, which follows by itself.
fn place(live: Live, state: &Mesa) -> Place {
    let phase = state.conduct.phase;
    if phase.is_of_the_plan() {
        let address = Some(address::now(live.mesa()));
        return Place { name: name::phase(phase).to_owned(), address };
    }
    let nothing = || Place { name: words::BLANK.to_owned(), address: None };
    match state.conduct.shown {
        Shown::Blank => nothing(),
        // Its page isn't of the program: nobody is taken out of that.
        Shown::Chart => Place { name: words::CHART.to_owned(), address: None },
        Shown::Priority => Place {
            name: priority::HEADING.to_lowercase(),
            address: Some(address::points(live.mesa())),
        },
        Shown::Agreement => Place {
            name: words::AGREEMENT.to_owned(),
            address: Some(address::commitments(live.mesa())),
        },
        Shown::Item(id) => {
            let seen = state.item(id).filter(|item| state.is_visible(item)).filter(|item| {
                matches!(item.kind(), ItemKind::Problem | ItemKind::Commitment | ItemKind::Activity)
            });
            seen.map_or_else(nothing, |item| Place {
                name: name::numbered(state, item).to_lowercase(),
                address: Some(address::of(live.mesa(), item)),
            })
        }
    }
}

/// Where the facilitation is, with the button that goes there.
#[component]
pub fn Alongside() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, navigation) = (live.view(), expect_context::<Navigation>());
    let screen = navigation.screen();
    let place = memo(move || place(live, &view.read()));
    let going = RwSignal::new(Going::Alone);
    let leave = Callback::new(move |()| {
        if going.get_untracked() == Going::Along {
            going.set(Going::Left);
        }
    });
    listen(".along", leave);
    effect(move || {
        let Some(address) = place.get().address else { return };
        if going.get_untracked() != Going::Along
            || navigation.leads_to(&address) == screen.get_untracked()
        {
            return;
        }
        if is_busy() {
            going.set(Going::Left);
        } else {
            navigation.go_instead(&address);
        }
    });
    let there = memo(move || {
        let address = place.get().address;
        address.is_some_and(|address| navigation.leads_to(&address) == screen.get())
    });
    let goes = memo(move || going.get() == Going::Along);
    let go = move |_| {
        if goes.get_untracked() {
            return going.set(Going::Alone);
        }
        going.set(Going::Along);
        let there = there.get_untracked();
        if let Some(address) = place.get_untracked().address.filter(|_| !there) {
            navigation.go(&address);
        }
    };
    let said = move || {
        let name = place.get().name;
        match going.get() {
            Going::Along => words::along(&name),
            Going::Alone | Going::Left => words::is_at(&name),
        }
    };
    let label = move || match going.get() {
        Going::Along => words::STOP,
        Going::Alone => words::GO,
        Going::Left => words::RETURN,
    };
    // What follows by itself needs no button there, and who signs isn't led away from it.
    let shown = memo(move || {
        let phase = view.read().conduct.phase;
        let by_itself = phase >= Phase::Signing || (phase.is_of_the_plan() && there.get());
        !by_itself && (goes.get() || place.read().address.is_some())
    });
    view! {
        <Show when=move || shown.get()>
            <div class="along" data-along=move || goes.get().then_some("")>
                <p role="status">{reactive(said)}</p>
                <button type="button" class="button" on:click=go>{reactive(label)}</button>
            </div>
        </Show>
    }
    .into_any()
}
