//! What was typed into a short field and isn't taken: it stays in the line, and on the device,
//! until it can be taken or is given up. While one types that is for a moment and nothing says so;
//! what can't be taken as it is, every screen tells of.

use domain::ItemId;
use leptos::prelude::*;

use crate::browser;
use crate::erased::effect;
use crate::state::Live;
use crate::state::unsent::FIELD;

/// The item whose fields these are, on a screen where several have fields of one label; a context.
#[derive(Clone, Copy)]
pub struct FieldsOf(pub ItemId);

/// The unfinished text of one field.
#[derive(Clone, Copy)]
pub(super) struct Unfinished {
    live: Live,
    name: StoredValue<String>,
    kept: StoredValue<bool>,
    /// Whether the line shows one now.
    pub stuck: RwSignal<bool>,
}

impl Unfinished {
    /// Of the field with this label on this screen, or of this item on it.
    pub fn of(label: &str) -> Self {
        let of = use_context::<FieldsOf>().map(|FieldsOf(item)| format!(".{item}"));
        let name = format!("{FIELD}{}.{label}{}", browser::path(), of.unwrap_or_default());
        Self {
            live: expect_context::<Live>(),
            name: StoredValue::new(name),
            kept: StoredValue::new(false),
            stuck: RwSignal::new(false),
        }
    }

    /// Opens the field when something was left unfinished in it.
    pub fn reopen(self, open: RwSignal<bool>) {
        let ready = self.live.condition.ready();
        effect(move || {
            if ready.get() && self.left().is_some() {
                open.set(true);
            }
        });
    }

    /// What was left.
    pub fn left(self) -> Option<String> {
        let left = self.name.with_value(|name| self.live.drafts.read(name));
        self.kept.set_value(!left.is_empty());
        (!left.is_empty()).then_some(left)
    }

    /// Keeps what stands in the line while one types, for a page that dies before the pause that
    /// takes it.
    pub fn note(self, typed: &str) {
        self.kept.set_value(true);
        self.name.with_value(|name| self.live.drafts.note(name, typed));
    }

    /// Keeps what can't be taken.
    pub fn keep(self, typed: &str) {
        self.kept.set_value(true);
        self.stuck.set(true);
        self.name.with_value(|name| self.live.drafts.keep(name, typed));
    }

    /// It was taken, or given up.
    pub fn is_over(self) {
        if self.stuck.get_untracked() {
            self.stuck.set(false);
        }
        if self.kept.get_value() {
            self.kept.set_value(false);
            self.name.with_value(|name| self.live.drafts.keep(name, ""));
        }
    }
}
