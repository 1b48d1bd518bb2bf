//! The open editor of a long text. The text area's value is set by hand and never by a signal, so
//! that nothing but the person changes it while they type; others' changes are held until they
//! pause.

use std::time::Duration;

use domain::{CommandId, ItemId, Patch, TextField};
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlTextAreaElement, InputEvent};
use sync::EditorBuffer;
use sync::editor::{difference, length};
use uuid::Uuid;

use super::CopyButton;
use super::advice::Advised;
use super::area;
use super::frame::FieldId;
use crate::address;
use crate::composed::composed;
use crate::erased::{Show, reactive};
use crate::state::{Live, Status, TextChange};
use crate::text::{history, status};

/// Others' changes are let in after this long without input.
const PAUSE: Duration = Duration::from_secs(2);

/// The editor.
#[component]
pub(super) fn Editor(
    item: ItemId,
    field: TextField,
    id: FieldId,
    rows: u32,
    editable: Signal<bool>,
    /// What is said of the text.
    advised: Option<Advised>,
    /// Set to what has to run before the editor closes.
    on_close: StoredValue<Option<Callback<()>>>,
) -> impl IntoView {
    let editing = Editing::new(expect_context(), item, field, editable);
    on_close.set_value(Some(Callback::new(move |()| editing.pause())));
    editing.live.follow_text(item, field, Callback::new(move |change| editing.others_did(&change)));
    on_cleanup(move || editing.stop_waiting());
    editing.area.on_load(move |element| {
        editing.buffer.with_value(|buffer| element.set_value(buffer.shown()));
        area::enter(&element);
    });

    let typed = move |event: Event| {
        let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
        editing.typed(composing);
    };
    let gone = move || {
        let view = editing.live.view();
        let state = view.read();
        state.item(item).is_none_or(|item| !state.is_visible(item))
    };
    let shown =
        Signal::derive(move || editing.buffer.with_value(|buffer| buffer.shown().to_owned()));
    let others = move || {
        let pieces = editing.pieces.read();
        (!pieces.is_empty()).then(|| {
            let piece = |(text, others): &(String, bool)| if *others { view! { <mark>{text.clone()}</mark> }.into_any() } else { text.clone().into_any() };
            let down = editing.scrolled.get();
            view! { <div class="field-others" translate="no" aria-hidden="true"><div style:translate=format!("0 {}px", -down)>{pieces.iter().map(piece).collect_view()}</div></div> }
        })
    };
    let underlined = move || {
        let words = advised.and_then(Advised::passage)?;
        let view = editing.live.view();
        let state = view.read();
        let text = state.item(item)?.text(field);
        // What others did and isn't let in yet isn't in the area.
        if editing.buffer.with_value(|buffer| buffer.shown() != text) {
            return None;
        }
        let before: String = text.chars().take(words.from as usize).collect();
        let marked = words.of(text).to_owned();
        let down = editing.scrolled.get();
        Some(
            view! { <div class="field-others field-advised" translate="no" aria-hidden="true"><div style:translate=format!("0 {}px", -down)>{before}<mark>{marked}</mark></div></div> },
        )
    };
    view! {
        <div class="field-writing">
        <textarea
            class="field-control"
            id=id.control()
            node_ref=editing.area
            rows=rows
            lang="es"
            autocomplete="off"
            autocapitalize="sentences"
            spellcheck="true"
            aria-describedby=id.description()
            readonly=move || !editable.get()
            on:input=typed
            on:keydown=move |event| {
                if let Some(again) = asks_undo(&event) {
                    event.prevent_default();
                    editing.undo(again);
                }
            }
            on:compositionend=move |_| editing.typed(false)
            on:blur=move |_| editing.pause()
            on:scroll=move |_| editing.follow_scroll()
        ></textarea>
        {reactive(others)}
        {reactive(underlined)}
        </div>
        <p class="field-count" id=id.problem()>
            {reactive(move || status::room_left(editing.length.get(), field.limit()))}
        </p>
        <div class="field-past">
            <Show when=move || editing.can_undo.get() && editable.get()>
                <button type="button" class="field-undo" on:click=move |_| editing.undo(false)>{status::UNDO}</button>
            </Show>
            <Show when=move || editing.live.condition.connection.get() == Status::Connected>
                <a class="field-undo" href=address::history(editing.live.mesa(), item, field)>{history::CHANGES}</a>
            </Show>
        </div>
        <div class="field-news" role="status">
            <Show when=move || editing.held.get() && editable.get()>
                <button type="button" class="field-chip" on:click=move |_| editing.pause()>{status::CHANGED}</button>
            </Show>
            <Show when=move || !editing.pieces.read().is_empty()>
                <button type="button" class="field-chip field-seen" on:click=move |_| editing.seen()>{status::OTHERS_WROTE}</button>
            </Show>
        </div>
        <Show when=move || !editing.aside.read().is_empty()>
            <p class="field-problem" role="alert">{status::no_room(field.limit())}</p>
            <p class="field-value" translate="no">{reactive(move || editing.aside.get())}</p>
            <CopyButton text=editing.aside/>
        </Show>
        <Show when=move || !editable.get()>
            <p class="field-problem" role="alert">{reactive(move || if gone() { status::REMOVED } else { status::LOCKED })}</p>
            <CopyButton text=shown/>
        </Show>
    }
}

/// Whether the keys ask for undo (`false`) or redo (`true`). The browser's own undo doesn't know
/// others' changes to the same text.
fn asks_undo(event: &KeyboardEvent) -> Option<bool> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() {
        return None;
    }
    match event.key().as_str() {
        "z" | "Z" => Some(event.shift_key()),
        "y" => Some(true),
        _ => None,
    }
}

/// One open editor.
#[derive(Clone, Copy)]
struct Editing {
    live: Live,
    item: ItemId,
    field: TextField,
    editable: Signal<bool>,
    area: NodeRef<html::Textarea>,
    buffer: StoredValue<EditorBuffer>,
    /// Whether others changed the text and that isn't let in yet.
    held: RwSignal<bool>,
    /// The area's text, piece by piece, while it contains a passage of somebody else that the
    /// person hasn't seen.
    pieces: RwSignal<Vec<(String, bool)>>,
    /// Whether there is something to undo.
    can_undo: RwSignal<bool>,
    /// How far down the area is scrolled, in pixels.
    scrolled: RwSignal<i32>,
    /// Scalars in the area.
    length: RwSignal<u32>,
    /// What was typed or pasted and didn't fit.
    aside: RwSignal<String>,
    aside_id: CommandId,
    /// Runs while the person types.
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Editing {
    fn new(live: Live, item: ItemId, field: TextField, editable: Signal<bool>) -> Self {
        let view = live.view().get_untracked();
        let text = view.item(item).map_or("", |item| item.text(field));
        Self {
            live,
            item,
            field,
            editable,
            area: NodeRef::new(),
            buffer: StoredValue::new(EditorBuffer::new(text)),
            held: RwSignal::new(false),
            pieces: RwSignal::new(Vec::new()),
            can_undo: RwSignal::new(false),
            scrolled: RwSignal::new(0),
            length: RwSignal::new(length(text)),
            aside: RwSignal::new(String::new()),
            aside_id: CommandId(Uuid::now_v7()),
            pause: StoredValue::new(None),
        }
    }

    /// The person typed: others' changes wait from now on.
    fn typed(self, composing: bool) {
        let Some(area) = self.area.get_untracked() else { return };
        self.stop_waiting();
        self.take_in(&area, composing);
        let handle = set_timeout_with_handle(move || self.paused(), PAUSE);
        self.pause.set_value(handle.ok());
    }

    fn paused(self) {
        // It fails when the editor closed meanwhile.
        if self.pause.try_update_value(|pause| *pause = None).is_some() {
            self.pause();
        }
    }

    fn stop_waiting(self) {
        if let Some(waiting) = self.pause.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    }

    /// The person stopped typing, or wants to see others' changes.
    fn pause(self) {
        self.stop_waiting();
        // An area that is removed while it has the focus still gets a blur event.
        if let Some(area) = self.area.try_get_untracked().flatten()
            && self.editable.get_untracked()
        {
            self.take_in(&area, false);
            self.let_in(&area);
        }
    }

    fn others_did(self, change: &TextChange) {
        let held = self.buffer.try_update_value(|buffer| {
            match change {
                TextChange::Patched(patch) => buffer.incoming(patch),
                TextChange::Replaced(text) => buffer.replaced(text),
            }
            buffer.has_held()
        });
        let Some(held) = held else { return };
        if held && self.pause.with_value(Option::is_none) {
            self.pause();
        } else if self.held.get_untracked() != held {
            self.held.set(held);
        }
    }

    /// Submits what is in the area. During composition the area itself is left alone.
    fn take_in(self, area: &HtmlTextAreaElement, composing: bool) {
        if !self.editable.get_untracked() {
            return;
        }
        let value = area.value();
        let clean = self.field.cleaned(&composed(&value));
        let before = |end: u32| value.chars().take(end as usize).collect::<String>();
        let caret = area::selection(area)
            .map(|(_, end)| length(&self.field.cleaned(&composed(&before(end)))));
        let known = self.buffer.with_value(|buffer| length(buffer.shown()));
        let count = length(&clean);
        if count > self.field.limit() && count > known {
            if !composing {
                self.put_aside(area, &clean, caret);
            }
            return;
        }
        if clean != value && !composing {
            area::set(area, &clean, caret.map(|caret| (caret, caret)));
        }
        if let Some(patch) =
            self.buffer.try_update_value(|buffer| buffer.typed(&clean, caret)).flatten()
        {
            self.live.edit(self.item, self.field, patch);
            self.tell_apart();
        }
        // Measuring the area makes the browser lay out the page: what was typed is already kept by
        // now.
        area::grow(area);
        self.length.set(count);
    }

    /// Takes what doesn't fit out of the area, without losing it.
    fn put_aside(self, area: &HtmlTextAreaElement, clean: &str, caret: Option<u32>) {
        let shown = self.buffer.with_value(|buffer| buffer.shown().to_owned());
        let too_much = difference(&shown, clean, caret);
        self.aside.update(|aside| too_much.insertions().for_each(|text| aside.push_str(text)));
        self.live.set_aside(self.aside_id, self.item, self.field, &self.aside.get_untracked());
        let place = match too_much.steps().first() {
            Some(domain::text::patch::Step::Retain(count)) => *count,
            Some(domain::text::patch::Step::Insert(..) | domain::text::patch::Step::Delete(_))
            | None => 0,
        };
        area::set(area, &shown, Some((place, place)));
    }

    /// Lets in others' changes; the caret stays with the words around it.
    fn let_in(self, area: &HtmlTextAreaElement) {
        let released = self.buffer.try_update_value(EditorBuffer::release).flatten();
        if let Some((text, patch)) = released {
            self.show(area, &text, &patch);
        }
        // The area and the view must now be the same. Should they ever differ, the view is right.
        let view = self.live.view().get_untracked();
        if let Some(item) = view.item(self.item) {
            let healed = self.buffer.try_update_value(|buffer| {
                let text = item.text(self.field);
                (buffer.shown() != text)
                    .then(|| buffer.replaced(text))
                    .and_then(|()| buffer.release())
            });
            if let Some((text, patch)) = healed.flatten() {
                self.show(area, &text, &patch);
            }
        }
        if self.held.get_untracked() {
            self.held.set(false);
        }
    }

    fn show(self, area: &HtmlTextAreaElement, text: &str, patch: &Patch) {
        let selection = area::selection(area)
            .map(|(start, end)| (patch.map_position(start), patch.map_position(end)));
        area::set(area, text, selection);
        self.length.set(length(text));
        self.tell_apart();
    }

    /// Undoes the person's last step, or with `again` redoes it.
    fn undo(self, again: bool) {
        let Some(area) = self.area.get_untracked().filter(|_| self.editable.get_untracked()) else {
            return;
        };
        // The focus returns to the area, also when the button was tapped and nothing is left to do.
        let _ = area.focus();
        // What is in the area and wasn't submitted yet is the last step.
        self.take_in(&area, false);
        let step =
            self.buffer.try_update_value(|buffer| buffer.undo(again, self.field.limit())).flatten();
        if let Some((text, patch, change)) = step {
            let at = patch.end();
            area::set(&area, &text, Some((at, at)));
            self.length.set(length(&text));
            self.live.edit(self.item, self.field, change);
            self.tell_apart();
        }
    }

    fn tell_apart(self) {
        self.can_undo.set(self.buffer.with_value(EditorBuffer::can_undo));
        let pieces = self.buffer.with_value(EditorBuffer::pieces);
        if *self.pieces.read_untracked() != pieces {
            self.pieces.set(pieces);
            self.follow_scroll();
        }
    }

    fn follow_scroll(self) {
        if let Some(area) = self.area.get_untracked() {
            self.scrolled.set(area.scroll_top());
        }
    }

    /// The person saw others' passages.
    fn seen(self) {
        self.buffer.update_value(EditorBuffer::seen);
        self.tell_apart();
    }
}
