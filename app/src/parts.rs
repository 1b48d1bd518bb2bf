//! The parts of the program that are loaded separately, when a screen needs them: a phone at the
//! table starts with a fifth less, the public page with a third less. Each function marked
//! `wasm_split` becomes a file with all that only it needs (`end2end/scripts/site.mjs`). On the
//! server there are no parts.

use std::fmt;

use domain::{Audience, ItemId, ItemKind, Role};
use leptos::prelude::*;

use crate::address::Screen;
use crate::browser::parts::{in_part, later_in_part, quietly_in_part};
use crate::components::PlaceButtons;
use crate::navigation;
use crate::page::{Content, Invitation, PageData};
use crate::pages::{
    ActivitySheet, AgreementCard, AloneScreen, Alongside, ClickerScreen, CommitmentSheet,
    DeskScreen, FloorCard, Listed, Listing, PointsScreen, ProblemSheet, ProjectorPage, PublicPage,
    SigningScreen,
};
#[cfg(feature = "csr")]
use wasm_split_helpers::wasm_split;

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
    /// What a phone shows from the read-out on.
    Agreement,
    /// Reading the plan page by page and signing it.
    Signing,
    /// Who speaks and where the facilitation is, on a phone.
    Floor,
}

impl Part {
    /// Its name in the build.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sheets => "sheets",
            Self::Conduct => "conduct",
            Self::Projector => "projector",
            Self::Public => "public",
            Self::Agreement => "agreement",
            Self::Signing => "signing",
            Self::Floor => "floor",
        }
    }

    /// The part that a page needs to be rendered; in the browser, for the screen at its address.
    pub fn of(page: &PageData) -> Option<Self> {
        match &page.content {
            Content::Mesa { screen, me, mesa, snapshot, .. } => {
                let screen = navigation::here().unwrap_or(*screen);
                let state = snapshot.state.mesa(mesa.number);
                let agrees = state.is_some_and(|mesa| mesa.conduct.phase.is_of_the_plan());
                match screen {
                    Screen::Now if agrees => Some(Self::Agreement),
                    Screen::Now if state.is_some_and(|mesa| mesa.floor.is_in_use()) => {
                        Some(Self::Floor)
                    }
                    screen => Self::of_screen(screen),
                }
                .filter(|part| Self::of_role(me.role).contains(part))
            }
            Content::Projector { .. } => Some(Self::Projector),
            Content::Public { .. } => Some(Self::Public),
            #[cfg(feature = "ssr")]
            Content::Plain(_) => None,
        }
    }

    /// The part that a screen of the table needs to be rendered.
    pub fn of_screen(screen: Screen) -> Option<Self> {
        match screen {
            Screen::Problem(_)
            | Screen::Commitment(_)
            | Screen::Activity(_)
            | Screen::Points
            | Screen::Alone => Some(Self::Sheets),
            Screen::Desk | Screen::Clicker => Some(Self::Conduct),
            Screen::Sign => Some(Self::Signing),
            Screen::Now
            | Screen::Problems
            | Screen::Commitments
            | Screen::Voice
            | Screen::Contribute(_)
            | Screen::Texts => None,
        }
    }

    /// The parts that someone with this role may need, the likeliest first.
    pub fn of_role(role: Role) -> &'static [Self] {
        match Audience::of(role) {
            Audience::Facilitation => {
                &[Self::Conduct, Self::Sheets, Self::Floor, Self::Agreement, Self::Signing]
            }
            Audience::Seats | Audience::Public => {
                &[Self::Floor, Self::Sheets, Self::Agreement, Self::Signing]
            }
        }
    }
}

/// A part that couldn't be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of the program did not arrive")
    }
}

impl std::error::Error for Missing {}

/// What the part of the sheets draws. One function draws all of it: each that is split has a loader
/// of its own.
#[derive(Clone, Copy)]
pub(crate) enum InSheets {
    /// The sheet of an item.
    Sheet(ItemId, ItemKind),
    /// A list of the desk.
    Listed(Listing),
    /// What gives an item another place in its list.
    Places(ItemId, Signal<Vec<ItemId>>, Memo<String>),
    /// Dividing points.
    Points,
    /// Writing problems alone.
    Alone,
}

/// The sheet of an item; nothing for kinds that are shown on another item's sheet.
pub fn sheet(item: ItemId, kind: ItemKind) -> AnyView {
    in_part(Part::Sheets, move || draw_in_sheets(InSheets::Sheet(item, kind)))
}

/// Dividing points among the problems.
pub fn points() -> AnyView {
    in_part(Part::Sheets, || draw_in_sheets(InSheets::Points))
}

/// Writing problems alone.
pub fn alone() -> AnyView {
    in_part(Part::Sheets, || draw_in_sheets(InSheets::Alone))
}

/// A list of the desk that is drawn by the part of the sheets, which know the same: in the browser
/// once that has arrived, and not on the server.
pub(crate) fn listing(what: Listing) -> AnyView {
    later_in_part(Part::Sheets, move || draw_in_sheets(InSheets::Listed(what)))
}

/// What gives an item another place in its list, drawn by the same part: few order a list.
pub(crate) fn places(id: ItemId, ids: Signal<Vec<ItemId>>, title: Memo<String>) -> AnyView {
    later_in_part(Part::Sheets, move || draw_in_sheets(InSheets::Places(id, ids, title)))
}

#[cfg_attr(feature = "csr", wasm_split(sheets, fallible, preload(load_sheets)))]
pub(crate) fn draw_in_sheets(what: InSheets) -> Result<AnyView, Missing> {
    Ok(match what {
        InSheets::Sheet(item, ItemKind::Problem) => view! { <ProblemSheet item/> }.into_any(),
        InSheets::Sheet(item, ItemKind::Commitment) => view! { <CommitmentSheet item/> }.into_any(),
        InSheets::Sheet(item, ItemKind::Activity) => view! { <ActivitySheet item/> }.into_any(),
        InSheets::Sheet(
            _,
            ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution,
        ) => ().into_any(),
        InSheets::Listed(what) => view! { <Listed what/> }.into_any(),
        InSheets::Places(id, ids, title) => view! { <PlaceButtons id ids title/> }.into_any(),
        InSheets::Points => view! { <PointsScreen/> }.into_any(),
        InSheets::Alone => view! { <AloneScreen/> }.into_any(),
    })
}

/// The screens from which the facilitation leads the mesa.
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
pub(crate) fn draw_conducting(what: Conducting) -> Result<AnyView, Missing> {
    Ok(match what {
        Conducting::Desk => view! { <DeskScreen/> }.into_any(),
        Conducting::Clicker => view! { <ClickerScreen/> }.into_any(),
    })
}

/// What a phone shows from the read-out on.
pub fn agreeing() -> AnyView {
    in_part(Part::Agreement, draw_agreeing)
}

#[cfg_attr(feature = "csr", wasm_split(agreement, fallible, preload(load_agreement)))]
pub(crate) fn draw_agreeing() -> Result<AnyView, Missing> {
    Ok(view! { <AgreementCard/> }.into_any())
}

/// Who speaks, on a phone: on the server at once, in the browser once the part has arrived, in the
/// middle of a screen that works meanwhile.
pub fn floor() -> AnyView {
    quietly_in_part(Part::Floor, || draw_in_the_room(InTheRoom::Floor))
}

/// Where the facilitation is, and going along with it: in the browser once the part has arrived,
/// and not on the server, where nobody goes anywhere.
pub fn along() -> AnyView {
    later_in_part(Part::Floor, || draw_in_the_room(InTheRoom::Along))
}

/// What the part of the floor draws on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InTheRoom {
    /// Who speaks.
    Floor,
    /// Where the facilitation is.
    Along,
}

#[cfg_attr(feature = "csr", wasm_split(floor, fallible, preload(load_floor)))]
pub(crate) fn draw_in_the_room(what: InTheRoom) -> Result<AnyView, Missing> {
    Ok(match what {
        InTheRoom::Floor => view! { <FloorCard/> }.into_any(),
        InTheRoom::Along => view! { <Alongside/> }.into_any(),
    })
}

/// Signing the plan.
pub fn signing() -> AnyView {
    in_part(Part::Signing, draw_signing)
}

#[cfg_attr(feature = "csr", wasm_split(signing, fallible, preload(load_signing)))]
pub(crate) fn draw_signing() -> Result<AnyView, Missing> {
    Ok(view! { <SigningScreen/> }.into_any())
}

/// The projector.
pub fn projector(invitation: Invitation) -> AnyView {
    in_part(Part::Projector, move || draw_projector(invitation.clone()))
}

#[cfg_attr(feature = "csr", wasm_split(projector, fallible, preload(load_projector)))]
pub(crate) fn draw_projector(invitation: Invitation) -> Result<AnyView, Missing> {
    Ok(view! { <ProjectorPage invitation/> }.into_any())
}

/// The public page.
pub fn public() -> AnyView {
    in_part(Part::Public, draw_public)
}

#[cfg_attr(feature = "csr", wasm_split(public, fallible, preload(load_public)))]
pub(crate) fn draw_public() -> Result<AnyView, Missing> {
    Ok(view! { <PublicPage/> }.into_any())
}
