//! Pages that are read, or sent as forms, and run no program.

pub mod attendance;
mod door;
mod error;
mod history;
mod home;
mod privacy;
mod seats;
mod setup;

use leptos::prelude::*;

use crate::page::plain::PlainPage;
use attendance::AttendancePage;
use door::DoorPage;
use error::ErrorPage;
use history::HistoryPage;
use home::HomePage;
use privacy::PrivacyPage;
use seats::SeatsPage;
use setup::SetupPage;

/// Renders one.
pub fn plain(page: PlainPage) -> AnyView {
    match page {
        PlainPage::Home { mesas, unknown_code } => {
            view! { <HomePage mesas unknown_code/> }.into_any()
        }
        PlainPage::Door(door) => view! { <DoorPage door=*door/> }.into_any(),
        PlainPage::Attendance(own) => view! { <AttendancePage own/> }.into_any(),
        PlainPage::History(history) => view! { <HistoryPage history/> }.into_any(),
        PlainPage::Privacy { mesa, notice } => view! { <PrivacyPage mesa notice/> }.into_any(),
        PlainPage::Setup(setup) => view! { <SetupPage setup=*setup/> }.into_any(),
        PlainPage::Seats(seats) => view! { <SeatsPage seats=*seats/> }.into_any(),
        PlainPage::Error(error) => view! { <ErrorPage error/> }.into_any(),
    }
}
