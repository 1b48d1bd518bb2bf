//! Drafts: what is being written and wasn't sent, on this device, for one person and mesa.

use std::collections::BTreeMap;

use domain::{MesaId, PersonId};
use leptos::prelude::*;

use super::Condition;
use crate::browser;

/// The drafts, by name. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Drafts {
    mesa: MesaId,
    /// Whose drafts they are: a phone may pass from hand to hand.
    person: Option<PersonId>,
    /// The drafts that screens show.
    pub(crate) told: RwSignal<BTreeMap<String, String>>,
    ready: RwSignal<bool>,
    storage_problem: RwSignal<bool>,
}

impl Drafts {
    /// No drafts yet.
    pub(super) fn new(mesa: MesaId, person: Option<PersonId>, condition: Condition) -> Self {
        let Condition { ready, storage_problem, .. } = condition;
        Self { mesa, person, told: RwSignal::new(BTreeMap::new()), ready, storage_problem }
    }

    /// The key under which the device keeps a draft; it contains the person and the mesa.
    pub(crate) fn key(&self, name: &str) -> String {
        let person = self.person.map(|person| person.to_string()).unwrap_or_default();
        format!("{}.{person}.{name}", self.mesa)
    }

    /// Keeps a draft on this device, or deletes it when it is empty. Does nothing on the server.
    pub fn keep(&self, name: &str, text: &str) {
        self.note(name, text);
        if self.ready.get_untracked() {
            self.told.maybe_update(|drafts| {
                if text.is_empty() {
                    return drafts.remove(name).is_some();
                }
                drafts.insert(name.to_owned(), text.to_owned());
                true
            });
        }
    }

    /// The same for what is just being typed and will be taken in a moment: screens show it only
    /// after a reload.
    pub fn note(&self, name: &str, text: &str) {
        if self.ready.get_untracked() && !browser::draft::keep(&self.key(name), text) {
            self.storage_problem.set(true);
        }
    }

    /// The draft with this name; empty when there is none, and on the server.
    pub fn read(&self, name: &str) -> String {
        let kept = browser::draft::read(&self.key(name));
        // Local storage may have had no room for it.
        if kept.is_empty() {
            self.told.with_untracked(|drafts| drafts.get(name).cloned()).unwrap_or_default()
        } else {
            kept
        }
    }
}
