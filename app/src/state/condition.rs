//! The status of a page: its connection, and its storage.

use leptos::prelude::*;
use sync::connection::Status;

/// The status of a page. Cheap to copy; it consists of signals.
#[derive(Clone, Copy)]
pub struct Condition {
    pub(crate) connection: RwSignal<Status>,
    /// The connection is open, but answers are overdue.
    pub(crate) stalled: RwSignal<bool>,
    pub(crate) ready: RwSignal<bool>,
    pub(crate) storage_problem: RwSignal<bool>,
    pub(crate) outdated: RwSignal<bool>,
    pub(crate) signed_out: RwSignal<bool>,
    /// The person left the device to others, in another tab.
    pub(crate) left: RwSignal<bool>,
}

impl Condition {
    /// The status of a page that was just opened.
    pub(super) fn new() -> Self {
        Self {
            connection: RwSignal::new(Status::Connecting),
            stalled: RwSignal::new(false),
            ready: RwSignal::new(false),
            storage_problem: RwSignal::new(false),
            outdated: RwSignal::new(false),
            signed_out: RwSignal::new(false),
            left: RwSignal::new(false),
        }
    }

    /// Whether the server can be reached.
    pub fn connection(&self) -> Signal<Status> {
        self.connection.into()
    }

    /// Whether the page takes input: false on the server and until it is live in the browser.
    pub fn ready(&self) -> Signal<bool> {
        self.ready.into()
    }

    /// Whether the device can't keep what is typed (storage full or forbidden).
    pub fn storage_problem(&self) -> Signal<bool> {
        self.storage_problem.into()
    }

    /// Whether the server speaks another version: the page has to be reloaded, when the person
    /// wants.
    pub fn outdated(&self) -> Signal<bool> {
        self.outdated.into()
    }

    /// Whether the server no longer knows this device: the person has to come in again; what waits
    /// is kept.
    pub fn signed_out(&self) -> Signal<bool> {
        self.signed_out.into()
    }

    /// Whether the person left the device to others in another tab: this one accepts no more input.
    pub fn left(&self) -> Signal<bool> {
        self.left.into()
    }
}
