//! A box for text that is sent once and never edited: a contribution, the reason of an answer. It
//! is kept on the device as it is typed; the box's value is set by hand, so that nothing but the
//! person changes it.

use domain::Remark;
use domain::text::words::{WordsError, cleaned};
use leptos::html;
use leptos::prelude::*;
use uuid::Uuid;

use crate::composed::composed;
use crate::erased::{Show, effect, reactive};
use crate::state::Live;
use crate::text::voice;

/// A remark being written.
#[derive(Clone, Copy)]
pub struct Writing {
    live: Live,
    /// The name under which the draft is kept.
    name: StoredValue<String>,
    /// What the box has when nothing was kept: the text that is changed.
    before: StoredValue<String>,
    area: NodeRef<html::Textarea>,
    /// Scalars in the box.
    length: RwSignal<usize>,
    /// What is wrong with it.
    problem: RwSignal<Option<String>>,
    /// Whether the draft was kept from before.
    found: RwSignal<bool>,
}

impl Writing {
    /// A remark kept under `name`, before its box is shown.
    pub fn new(live: Live, name: String) -> Self {
        Self::of(live, name, String::new())
    }

    /// The same for a text that there is already, to be changed.
    pub fn of(live: Live, name: String, before: String) -> Self {
        Self {
            live,
            name: StoredValue::new(name),
            before: StoredValue::new(before),
            area: NodeRef::new(),
            length: RwSignal::new(0),
            problem: RwSignal::new(None),
            found: RwSignal::new(false),
        }
    }

    /// Whether the box's text was kept from before.
    pub fn found(self) -> Signal<bool> {
        self.found.into()
    }

    /// Takes the box's text as a remark; none when something is wrong with it: the box says what,
    /// and keeps it.
    pub fn take(self) -> Option<Remark> {
        self.take_as(Remark::parse)
    }

    /// The same as another kind of text.
    pub fn take_as<T>(self, parse: impl FnOnce(&str) -> Result<T, WordsError>) -> Option<T> {
        let area = self.area.get_untracked()?;
        let typed = composed(&area.value());
        let problem = match parse(&typed) {
            Ok(text) => return Some(text),
            Err(WordsError::Empty) => voice::EMPTY.to_owned(),
            Err(WordsError::TooLong { limit }) => voice::too_long(limit),
            Err(WordsError::Forbidden) => {
                area.set_value(&cleaned(&typed));
                self.changed();
                voice::CLEANED.to_owned()
            }
        };
        self.problem.set(Some(problem));
        // Fails only when the box is gone, which needs no focus.
        let _ = area.focus();
        None
    }

    /// Whether the box has nothing.
    pub fn is_empty(self) -> bool {
        self.area.get_untracked().is_none_or(|area| area.value().trim().is_empty())
    }

    /// Puts a text in the box, as if it had been typed, and the caret behind it.
    pub fn fill(self, text: &str) {
        let Some(area) = self.area.get_untracked() else { return };
        area.set_value(text);
        self.changed();
        // Fails only when the box is gone, which needs no focus.
        let _ = area.focus();
    }

    /// Keeps the box's text under another name from now on, and leaves the box itself.
    pub fn carry_to(self, name: String) {
        let typed = self.area.get_untracked().map(|area| area.value()).unwrap_or_default();
        if !typed.is_empty() {
            self.live.drafts.keep(&name, &typed);
            self.name.with_value(|name| self.live.drafts.keep(name, ""));
        }
    }

    /// It was sent: empties the box and keeps nothing.
    pub fn sent(self) {
        if let Some(area) = self.area.get_untracked() {
            area.set_value("");
        }
        self.changed();
    }

    /// The person typed.
    fn changed(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let typed = area.value();
        self.name.with_value(|name| self.live.drafts.keep(name, &typed));
        self.length.set(typed.trim().chars().count());
        self.problem.set(None);
        self.found.set(false);
    }

    /// Restores what was kept, unless the box isn't empty.
    fn put_back(self) {
        let Some(area) = self.area.get_untracked() else { return };
        if !area.value().is_empty() {
            return self.changed();
        }
        let kept = self.name.with_value(|name| self.live.drafts.read(name));
        self.found.set(!kept.is_empty());
        let text = if kept.is_empty() { self.before.get_value() } else { kept };
        if !text.is_empty() {
            area.set_value(&text);
            self.length.set(text.trim().chars().count());
        }
    }
}

/// The box with its label, how much still fits, and what is wrong with it.
#[component]
pub fn RemarkBox(
    /// The remark.
    writing: Writing,
    /// Its label.
    label: &'static str,
    /// Lines that it shows.
    #[prop(default = 6)]
    rows: u32,
) -> impl IntoView {
    let ready = writing.live.condition.ready();
    // Both sides render the same ids: only one such box is open on a screen at a time, named by its
    // purpose.
    let id = StoredValue::new(format!(
        "texto-{}",
        writing.name.with_value(|name| name.replace('.', "-"))
    ));
    let about = move || format!("{}-aviso", id.get_value());
    effect(move || {
        if ready.get() && writing.area.get().is_some() {
            writing.put_back();
        }
    });
    view! {
        <div class="remark">
            <label class="field-label" for=id.get_value()>{label}</label>
            <Show when=move || writing.found.get()>
                <p class="field-note" role="status">{voice::DRAFT}</p>
            </Show>
            <textarea
                class="field-control"
                id=id.get_value()
                node_ref=writing.area
                rows=rows
                lang="es"
                autocomplete="off"
                autocapitalize="sentences"
                spellcheck="true"
                aria-describedby=about()
                aria-invalid=move || writing.problem.read().is_some().then_some("true")
                disabled=move || !ready.get()
                on:input=move |_| writing.changed()
            ></textarea>
            <div id=about()>
                <p class="field-count">{reactive(move || voice::room(writing.length.get()))}</p>
                <p class="field-problem" role="alert">{reactive(move || writing.problem.get())}</p>
            </div>
        </div>
    }
    .into_any()
}

/// A name for the drafts about an item, or about the mesa.
pub fn draft_name(what: &str, about: Option<Uuid>) -> String {
    about.map_or_else(|| what.to_owned(), |about| format!("{what}.{about}"))
}
