//! Text typed into a short field that isn't taken: it stays in the line, and on the device, until
//! it can be taken or is given up. While the person types that lasts a moment and nothing is said;
//! text that can't be taken as it is shows on every screen.

use domain::ItemId;
use leptos::prelude::*;

use crate::browser;
use crate::erased::effect;
use crate::state::Live;
use crate::state::unsent::FIELD;

/// The item that the fields belong to, on a screen where several have fields with the same label; a
/// context.
#[derive(Clone, Copy)]
pub struct FieldsOf(pub ItemId);

/// The unfinished text of one field.
#[derive(Clone, Copy)]
pub(super) struct Unfinished {
    live: Live,
    name: StoredValue<String>,
    kept: StoredValue<bool>,
    /// Whether the line shows such text now.
    pub stuck: RwSignal<bool>,
}

impl Unfinished {
    /// For the field with this label on this screen; of one item, if [`FieldsOf`] is in the context.
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

    /// Opens the field if something was left unfinished in it.
    pub fn reopen(self, open: RwSignal<bool>) {
        let ready = self.live.condition.ready();
        effect(move || {
            if ready.get() && self.left().is_some() {
                open.set(true);
            }
        });
    }

    /// The text that was left.
    pub fn left(self) -> Option<String> {
        let left = self.name.with_value(|name| self.live.drafts.read(name));
        self.kept.set_value(!left.is_empty());
        (!left.is_empty()).then_some(left)
    }

    /// Keeps the line's text while the person types, in case the page dies before the pause after
    /// which it is taken.
    pub fn note(self, typed: &str) {
        self.kept.set_value(true);
        self.name.with_value(|name| self.live.drafts.note(name, typed));
    }

    /// Keeps text that can't be taken.
    pub fn keep(self, typed: &str) {
        self.kept.set_value(true);
        self.stuck.set(true);
        self.name.with_value(|name| self.live.drafts.keep(name, typed));
    }

    /// The text was taken, or given up.
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
