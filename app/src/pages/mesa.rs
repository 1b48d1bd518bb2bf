//! The screens of someone at the table. They change in place, so that the connection stays.

use domain::{Audience, ItemId, ItemKind};
use leptos::prelude::*;

use super::contribute::ContributeScreen;
use super::desk::reads;
use super::now::{AloneCard, NowScreen};
use super::tray::TrayScreen;
use super::voice::VoiceScreen;
use crate::address::{self, HOME, Screen};
use crate::browser;
use crate::components::{Announced, ItemList, MesaSurround, Quota, ScreenHeading};
use crate::erased::{effect, memo, reactive};
use crate::navigation::Navigation;
use crate::page::PageError;
use crate::parts::{self, Conducting};
use crate::state::Live;
use crate::state::Status;
use crate::text::sheet::back_to_list;
use crate::text::{PRODUCT, error, list, surround};

/// Everything at `/ejercicio/…`.
#[component]
pub fn MesaPage(
    /// The first screen.
    screen: Screen,
) -> impl IntoView {
    provide_context(Announced::new());
    let navigation = Navigation::new(expect_context::<Live>().mesa(), screen);
    provide_context(navigation);
    effect(move || navigation.start());
    load_parts();
    let (screen, left) = (navigation.screen(), expect_context::<Live>().condition.left());
    reactive(move || {
        if left.get() {
            view! { <Left/> }.into_any()
        } else {
            view! { <MesaSurround>{reactive(move || draw(screen.get()))}</MesaSurround> }.into_any()
        }
    })
    .into_any()
}

/// Loads what the other screens need once this one works, so that they open without a network.
fn load_parts() {
    let live = expect_context::<Live>();
    let mut begun = false;
    effect(move || {
        if live.condition.ready().get()
            && live.condition.connection().get() == Status::Connected
            && !begun
        {
            begun = true;
            browser::parts::load_when_idle(parts::Part::of_role(live.me().role));
        }
    });
}

/// Shown once the person has left the device to others in another tab: nothing of the mesa, and no
/// input.
#[component]
fn Left() -> impl IntoView {
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <ScreenHeading text=surround::LEFT/>
                <p role="status">{surround::LEFT_NEXT}</p>
            </header>
            <a class="action" href=HOME rel="external">{surround::COME_IN}</a>
        </main>
    }
    .into_any()
}

fn draw(screen: Option<Screen>) -> AnyView {
    match screen {
        Some(Screen::Now) => view! { <NowScreen/> }.into_any(),
        Some(Screen::Problems) => view! { <ProblemsScreen/> }.into_any(),
        Some(Screen::Commitments) => view! { <CommitmentsScreen/> }.into_any(),
        Some(Screen::Voice) => view! { <VoiceScreen/> }.into_any(),
        Some(Screen::Contribute(target)) => view! { <ContributeScreen target/> }.into_any(),
        Some(Screen::Texts) => view! { <TrayScreen/> }.into_any(),
        Some(Screen::Desk) => conducting(Conducting::Desk),
        Some(Screen::Clicker) => conducting(Conducting::Clicker),
        Some(Screen::Problem(item)) => sheet(item, ItemKind::Problem),
        Some(Screen::Commitment(item)) => sheet(item, ItemKind::Commitment),
        Some(Screen::Activity(item)) => sheet(item, ItemKind::Activity),
        Some(Screen::Points) => parts::points(),
        Some(Screen::Alone) => parts::alone(),
        Some(Screen::Sign) => parts::signing(),
        None => view! { <Nowhere/> }.into_any(),
    }
}

#[component]
fn ProblemsScreen() -> impl IntoView {
    view! {
        <ScreenHeading text=list::heading(ItemKind::Problem)/>
        <AloneCard/>
        <ItemList kind=ItemKind::Problem/>
    }
    .into_any()
}

#[component]
fn CommitmentsScreen() -> impl IntoView {
    view! {
        <ScreenHeading text=list::heading(ItemKind::Commitment)/>
        <Quota line=true/>
        <ItemList kind=ItemKind::Commitment/>
    }
    .into_any()
}

/// The screens for the facilitation only.
fn conducting(what: Conducting) -> AnyView {
    let live = expect_context::<Live>();
    if Audience::of(live.me().role) == Audience::Facilitation {
        return parts::conducting(what);
    }
    // Whoever was asked to read out has the clicker, too.
    let reads = reads(live);
    reactive(move || match (what, reads.get()) {
        (Conducting::Clicker, true) => parts::conducting(what),
        (Conducting::Clicker | Conducting::Desk, _) => not_for_you(),
    })
    .into_any()
}

fn not_for_you() -> AnyView {
    view! {
        <ScreenHeading text=error::heading(PageError::NotForYou)/>
        <p>{error::sentence(PageError::NotForYou)}</p>
    }
    .into_any()
}

/// The sheet of an item; a sentence when the mesa has no such item.
fn sheet(item: ItemId, kind: ItemKind) -> AnyView {
    let live = expect_context::<Live>();
    let view = live.view();
    let there = memo(move || view.read().item(item).is_some_and(|item| item.kind() == kind));
    reactive(move || {
        if there.get() {
            parts::sheet(item, kind)
        } else {
            view! {
                <ScreenHeading text=list::UNKNOWN/>
                <p>{list::UNKNOWN_NEXT}</p>
                <a class="link" href=list_address(live, kind)>{back_to_list(kind)}</a>
            }
            .into_any()
        }
    })
    .into_any()
}

fn list_address(live: Live, kind: ItemKind) -> String {
    match kind {
        ItemKind::Problem
        | ItemKind::Solution
        | ItemKind::DraftCommitment
        | ItemKind::Contribution => address::problems(live.mesa()),
        ItemKind::Commitment | ItemKind::Activity => address::commitments(live.mesa()),
    }
}

#[component]
fn Nowhere() -> impl IntoView {
    view! {
        <ScreenHeading text=surround::NOWHERE/>
        <p>{surround::NOWHERE_NEXT}</p>
    }
    .into_any()
}
