//! Pages that are read, or sent as forms, and run no program.

mod as_attendee;
mod asking;
pub mod attendance;
mod bringing;
mod counting;
mod creating;
mod dispatch;
mod door;
mod error;
mod forgotten;
mod form;
mod history;
mod home;
mod link;
mod list_form;
mod pack;
mod paper;
mod plan;
mod prepare;
mod privacy;
mod records;
mod reminder;
mod results;
mod signing_in;
mod verify;
mod waiting;
mod writing;

use leptos::prelude::*;

use crate::page::plain::PlainPage;
use as_attendee::AsAttendeePage;
use asking::AskingPage;
use attendance::AttendancePage;
use bringing::BringingView;
use counting::CountView;
use creating::CreatingPage;
use dispatch::DispatchPage;
use door::DoorPage;
use error::ErrorPage;
use forgotten::ForgottenPage;
use history::HistoryPage;
use home::HomePage;
use link::LinkPage;
use pack::PackPage;
use paper::PaperPage;
use plan::{BeforeFreezePage, VersionsPage};
use prepare::PreparePage;
use privacy::PrivacyPage;
use records::RecordsPage;
use reminder::RemindersPage;
use results::ResultsView;
use signing_in::SigningInPage;
use verify::VerifiedPage;
use waiting::{WaitsHerePage, WaitsPage};
use writing::WritingPage;

/// Renders one.
pub fn plain(page: PlainPage) -> AnyView {
    match page {
        PlainPage::Home(home) => view! { <HomePage home/> }.into_any(),
        PlainPage::Link => view! { <LinkPage/> }.into_any(),
        PlainPage::Door(door) => view! { <DoorPage door=*door/> }.into_any(),
        PlainPage::Attendance(own) => view! { <AttendancePage own/> }.into_any(),
        PlainPage::History(history) => view! { <HistoryPage history/> }.into_any(),
        PlainPage::AsAttendee(page) => view! { <AsAttendeePage page=*page/> }.into_any(),
        PlainPage::Privacy { mesa, notice } => view! { <PrivacyPage mesa notice/> }.into_any(),
        PlainPage::Records(records) => view! { <RecordsPage records=*records/> }.into_any(),
        PlainPage::Writing(page) => view! { <WritingPage page=*page/> }.into_any(),
        PlainPage::Asking(page) => view! { <AskingPage page=*page/> }.into_any(),
        PlainPage::Creating(creating) => view! { <CreatingPage creating=*creating/> }.into_any(),
        PlainPage::Prepare(prepare) => view! { <PreparePage prepare=*prepare/> }.into_any(),
        PlainPage::SigningIn(page) => view! { <SigningInPage page=*page/> }.into_any(),
        PlainPage::Forgotten(page) => view! { <ForgottenPage page=*page/> }.into_any(),
        PlainPage::Waits(page) => view! { <WaitsPage page=*page/> }.into_any(),
        PlainPage::WaitsHere(page) => view! { <WaitsHerePage page=*page/> }.into_any(),
        PlainPage::Paper(page) => view! { <PaperPage page=*page/> }.into_any(),
        PlainPage::Pack(page) => view! { <PackPage page=*page/> }.into_any(),
        PlainPage::Results(page) => view! { <ResultsView page=*page/> }.into_any(),
        PlainPage::Bringing(page) => view! { <BringingView page=*page/> }.into_any(),
        PlainPage::Count(page) => view! { <CountView page=*page/> }.into_any(),
        PlainPage::Plan(page) => view! { <VersionsPage page=*page/> }.into_any(),
        PlainPage::BeforeFreeze(page) => view! { <BeforeFreezePage page=*page/> }.into_any(),
        PlainPage::Dispatch(page) => view! { <DispatchPage page=*page/> }.into_any(),
        PlainPage::Reminders(page) => view! { <RemindersPage page=*page/> }.into_any(),
        PlainPage::Verify(page) => view! { <VerifiedPage page=*page/> }.into_any(),
        PlainPage::Error(error) => view! { <ErrorPage error/> }.into_any(),
    }
}
