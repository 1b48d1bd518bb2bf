//! The other tabs of this browser, by way of the storage that they share. A tab that opens takes
//! over everything that waits there, and the tab that held it lets go. A tab that leaves says so to
//! those that stay; one in which the person leaves the device says that, and all of them end.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use sync::StoredCommand;
use uuid::Uuid;
use web_sys::StorageEvent;

use super::socket::Link;
use super::{leaving, let_go, listen, outbox, step};
use crate::state::Live;

/// How long the next page of a tab that left has to take over, before another tab does.
const SUCCESSION: Duration = Duration::from_secs(2);

/// Follows what the other tabs do.
pub(super) fn follow(link: &Rc<Link>) {
    let live = link.live();
    let link = Rc::clone(link);
    listen::always(&window(), "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        let key = event.key().unwrap_or_default();
        if key.starts_with(outbox::COMMAND) {
            let_go(live);
        } else if key == outbox::LEAVING
            && let Some(left) = event.new_value().and_then(|value| outbox::who_left(&value))
        {
            let link = Rc::clone(&link);
            set_timeout(move || take_over(&link, left), SUCCESSION);
        } else if key == outbox::GIVEN_UP
            && event.new_value().and_then(|value| value.parse().ok()) == live.me().person
        {
            is_over(live);
        }
    });
}

/// The person left the device in another tab. A page without a person isn't affected.
fn is_over(live: Live) {
    if live.me().person.is_some() && !live.condition.left.get_untracked() {
        leaving::forget(live);
        live.condition.left.set(true);
    }
}

/// Takes over what a tab that left still held.
fn take_over(link: &Rc<Link>, left: Uuid) {
    bring_in(link, outbox::commands().into_iter().filter(|stored| stored.holder == left).collect());
}

/// Takes over commands that were kept elsewhere. While something of this tab's own waits, that goes
/// first: restored commands must not come between.
pub(super) fn bring_in(link: &Rc<Link>, mut found: Vec<StoredCommand>) {
    let live = link.live();
    found.retain(|stored| concerns(live, stored));
    if found.is_empty() || !live.condition.ready.get_untracked() {
        return;
    }
    if live.replica.with_value(|replica| replica.unanswered().next().is_some()) {
        let link = Rc::clone(link);
        // If it was answered or taken over meanwhile, sending it again does no harm: the server
        // takes it once.
        set_timeout(move || bring_in(&link, found), SUCCESSION);
        return;
    }
    step(live, |replica| {
        // The hello of a new connection places them.
        replica.disconnected();
        replica.restore(found)
    });
    link.open();
}

fn concerns(live: Live, stored: &StoredCommand) -> bool {
    let mesa = live.mesa();
    (stored.stream, stored.mesa, Some(stored.person))
        == (mesa.exercise, mesa.number, live.me().person)
}
