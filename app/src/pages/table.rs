//! The screens of someone at the table. They change in place, so that the connection stays.

use std::str::FromStr;

use domain::{Audience, ItemId, ItemKind};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_params_map;
use leptos_router::path;

use super::contribute::ContributeScreen;
use super::desk::{ClickerScreen, DeskScreen};
use super::now::NowScreen;
use super::sheet::{ActivitySheet, CommitmentSheet, ProblemSheet};
use super::tray::TrayScreen;
use super::voice::VoiceScreen;
use crate::components::{Announced, ItemList, Quota, ScreenHeading, TableSurround};
use crate::page::Notice;
use crate::state::Live;
use crate::text::{list, notice, sheet, table};

/// Everything at `/mesa/…`.
#[component]
pub fn TablePage() -> impl IntoView {
    provide_context(Announced::new());
    view! {
        <Router>
            <TableSurround>
                <FlatRoutes fallback=Nowhere>
                    <Route path=path!("/mesa/:mesa") view=NowScreen/>
                    <Route path=path!("/mesa/:mesa/problemas") view=ProblemsScreen/>
                    <Route path=path!("/mesa/:mesa/compromisos") view=CommitmentsScreen/>
                    <Route path=path!("/mesa/:mesa/mi-voz") view=VoiceScreen/>
                    <Route path=path!("/mesa/:mesa/aportar") view=ContributeScreen/>
                    <Route path=path!("/mesa/:mesa/aportar/:item") view=ContributeScreen/>
                    <Route path=path!("/mesa/:mesa/textos") view=TrayScreen/>
                    <Route path=path!("/mesa/:mesa/conducir") view=Desk/>
                    <Route path=path!("/mesa/:mesa/control") view=Clicker/>
                    <Route path=path!("/mesa/:mesa/problema/:item") view=Problem/>
                    <Route path=path!("/mesa/:mesa/compromiso/:item") view=Commitment/>
                    <Route path=path!("/mesa/:mesa/compromiso/:item/actividad/:activity") view=Activity/>
                </FlatRoutes>
            </TableSurround>
        </Router>
    }
    .into_any()
}

#[component]
fn ProblemsScreen() -> impl IntoView {
    view! {
        <ScreenHeading text=list::heading(ItemKind::Problem)/>
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

#[component]
fn Desk() -> impl IntoView {
    for_facilitation(|| view! { <DeskScreen/> }.into_any())
}

#[component]
fn Clicker() -> impl IntoView {
    for_facilitation(|| view! { <ClickerScreen/> }.into_any())
}

/// A screen that only the facilitation has.
fn for_facilitation(draw: fn() -> AnyView) -> AnyView {
    let role = expect_context::<Live>().me().role;
    if Audience::of(role) == Audience::Facilitation {
        draw()
    } else {
        view! {
            <ScreenHeading text=notice::heading(Notice::NotForYou)/>
            <p>{notice::sentence(Notice::NotForYou)}</p>
        }
        .into_any()
    }
}

#[component]
fn Problem() -> impl IntoView {
    sheet_of("item", ItemKind::Problem, |item| view! { <ProblemSheet item/> }.into_any())
}

#[component]
fn Commitment() -> impl IntoView {
    sheet_of("item", ItemKind::Commitment, |item| view! { <CommitmentSheet item/> }.into_any())
}

#[component]
fn Activity() -> impl IntoView {
    sheet_of("activity", ItemKind::Activity, |item| view! { <ActivitySheet item/> }.into_any())
}

/// The sheet of the item that the address names, made anew when it names another one; a sentence when the mesa has none such.
fn sheet_of(parameter: &'static str, kind: ItemKind, draw: fn(ItemId) -> AnyView) -> impl IntoView {
    let live = expect_context::<Live>();
    let (parameters, view) = (use_params_map(), live.view());
    let named = Memo::new(move |_| {
        let item = parameters.read().get(parameter).and_then(|text| ItemId::from_str(&text).ok())?;
        view.read().item(item).is_some_and(|item| item.kind() == kind).then_some(item)
    });
    move || match named.get() {
        Some(item) => draw(item),
        None => view! {
            <ScreenHeading text=list::UNKNOWN/>
            <p>{list::UNKNOWN_NEXT}</p>
            <a class="link" href=list_address(live, kind)>{sheet::back_to_list(kind)}</a>
        }
        .into_any(),
    }
}

fn list_address(live: Live, kind: ItemKind) -> String {
    match kind {
        ItemKind::Problem | ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution => {
            super::address::problems(live.mesa())
        }
        ItemKind::Commitment | ItemKind::Activity => super::address::commitments(live.mesa()),
    }
}

#[component]
fn Nowhere() -> impl IntoView {
    view! {
        <ScreenHeading text=table::NOWHERE/>
        <p>{table::NOWHERE_NEXT}</p>
    }
    .into_any()
}
