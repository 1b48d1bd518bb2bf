//! The mesa as somebody sees it who attends and has no seat: for who facilitates, to be read. It runs no
//! program, so that nothing can be written in it; its links lead on within it.

use domain::{DeviceId, PersonId, Role};
use leptos::prelude::*;
use uuid::Uuid;

use crate::address;
use crate::page::plain::AsAttendee;
use crate::page::{Content, Member, Own, PageData};
use crate::pages::MesaPage;
use crate::state::Live;
use crate::text::as_attendee as words;

/// The page.
#[component]
pub fn AsAttendeePage(
    /// What is on it.
    page: AsAttendee,
) -> impl IntoView {
    let AsAttendee { mesa, screen, snapshot } = page;
    let me = Member {
        person: PersonId(Uuid::nil()),
        name: words::SOMEBODY.to_owned(),
        role: Role::Participant,
        seat: None,
        device: DeviceId(Uuid::nil()),
    };
    let data = expect_context::<PageData>();
    let own = Own::default();
    let data = PageData { content: Content::Mesa { mesa, me, screen, snapshot, own }, ..data };
    if let Some(live) = Live::new(&data) {
        provide_context(live);
    }
    view! {
        <aside class="as-attendee" aria-label=words::HEADING>
            <p><b>{words::HEADING}</b> " " {words::LEAD}</p>
            <a class="link" href=address::desk(mesa)>{words::BACK}</a>
        </aside>
        <MesaPage screen/>
    }
    .into_any()
}
