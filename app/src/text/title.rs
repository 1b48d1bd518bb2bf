//! Titles of the pages as the server renders them.

use domain::MesaNumber;

use super::{
    PRODUCT, attendance, dispatch, entry, error, history, link, pack, paper, petition, prepare,
    public, records, waiting,
};
use crate::page::plain::{PlainPage, Signs};
use crate::page::{Content, PageData};

/// Title of a page. Never anything that people typed: a title's text isn't escaped.
pub fn title(page: &PageData) -> String {
    match &page.content {
        Content::Mesa { mesa: shown, .. } => mesa(shown.number),
        Content::Projector { .. } => format!("Proyector · {PRODUCT}"),
        Content::Public { .. } => format!("{} · {PRODUCT}", public::PLAN),
        Content::Plain(page) => plain(page),
    }
}

fn plain(page: &PlainPage) -> String {
    let heading = match page {
        PlainPage::Home(_) => return PRODUCT.to_owned(),
        PlainPage::Link => link::HEADING.to_owned(),
        PlainPage::Door(door) => entry::door(&door.mesa, door.signs),
        PlainPage::Attendance(_) => attendance::HEADING.to_owned(),
        PlainPage::History(_) => history::CHANGES.to_owned(),
        PlainPage::AsAttendee(page) => return mesa(page.mesa.number),
        PlainPage::Privacy { .. } => attendance::NOTICE.to_owned(),
        PlainPage::Records(_) => records::HEADING.to_owned(),
        PlainPage::Writing(_) => super::moderation::OWN.to_owned(),
        PlainPage::Asking(_) => petition::HEADING.to_owned(),
        PlainPage::Creating(_) => prepare::CREATE_HEADING.to_owned(),
        PlainPage::Prepare(page) => prepare::heading(&page.part),
        PlainPage::SigningIn(page) if page.resets => prepare::CHOOSE.to_owned(),
        PlainPage::SigningIn(_) => prepare::SIGN_IN.to_owned(),
        PlainPage::Forgotten(_) => prepare::FORGOTTEN.to_owned(),
        PlainPage::Waits(page) => entry::door(&page.mesa, Signs::Never),
        PlainPage::WaitsHere(_) => waiting::HEADING.to_owned(),
        PlainPage::Plan(_) => super::plan::HEADING.to_owned(),
        PlainPage::BeforeFreeze(_) => super::plan::BEFORE.to_owned(),
        PlainPage::Paper(_) => paper::HEADING.to_owned(),
        PlainPage::Pack(_) => pack::HEADING.to_owned(),
        PlainPage::Results(_) => super::results::HEADING.to_owned(),
        PlainPage::Bringing(_) => super::bringing::HEADING.to_owned(),
        PlainPage::Count(_) => super::results::COUNTING.to_owned(),
        PlainPage::Dispatch(_) => dispatch::HEADING.to_owned(),
        PlainPage::Reminders(_) => super::reminder::HEADING.to_owned(),
        PlainPage::Verify(_) => super::verify::HEADING.to_owned(),
        PlainPage::Error(error) => error::heading(*error).to_owned(),
    };
    format!("{heading} · {PRODUCT}")
}

/// Title of a mesa's screens.
pub fn mesa(number: MesaNumber) -> String {
    format!("Mesa {number} · {PRODUCT}")
}
