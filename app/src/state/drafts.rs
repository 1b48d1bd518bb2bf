//! What is being written and wasn't sent, on this device, for one person and mesa.

use std::collections::BTreeMap;

use domain::{MesaId, PersonId};
use leptos::prelude::*;

use super::Condition;
use crate::browser;

/// The drafts, by name. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Drafts {
    mesa: MesaId,
    /// A phone may pass from hand to hand.
    person: Option<PersonId>,
    /// Those that screens tell of.
    pub(crate) told: RwSignal<BTreeMap<String, String>>,
    condition: Condition,
}

impl Drafts {
    /// None yet.
    pub(super) fn new(mesa: MesaId, person: Option<PersonId>, condition: Condition) -> Self {
        Self { mesa, person, told: RwSignal::new(BTreeMap::new()), condition }
    }

    /// The name under which the device keeps a draft; drafts of other people and mesas have others.
    pub(crate) fn key(&self, name: &str) -> String {
        let person = self.person.map(|person| person.to_string()).unwrap_or_default();
        format!("{}.{person}.{name}", self.mesa)
    }

    /// Keeps what is being written and wasn't sent, on this device; empty: keeps it no longer. Does nothing on the server.
    pub fn keep(&self, name: &str, text: &str) {
        self.note(name, text);
        if self.condition.ready.get_untracked() {
            self.told.maybe_update(|drafts| {
                if text.is_empty() {
                    return drafts.remove(name).is_some();
                }
                drafts.insert(name.to_owned(), text.to_owned());
                true
            });
        }
    }

    /// The same for what is in the middle of being typed and is taken in a moment: no screen tells
    /// of it before the page is opened anew.
    pub fn note(&self, name: &str, text: &str) {
        if self.condition.ready.get_untracked() && !browser::draft::keep(&self.key(name), text) {
            self.condition.storage_problem.set(true);
        }
    }

    /// What was kept so; empty when nothing was, and on the server.
    pub fn read(&self, name: &str) -> String {
        let kept = browser::draft::read(&self.key(name));
        // What the local storage has no room for.
        if kept.is_empty() {
            self.told.with_untracked(|drafts| drafts.get(name).cloned()).unwrap_or_default()
        } else {
            kept
        }
    }
}
