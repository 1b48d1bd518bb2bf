//! What every field has around its value: label, save state, the buttons that open and close the
//! control.

use leptos::either::Either;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use uuid::Uuid;

use super::advice::{Advised, beside};
use super::unfinished::Unfinished;
use crate::address;
use crate::browser::{self, overlay};
use crate::erased::{Show, effect, reactive};
use crate::state::{Before, Live, SaveState};
use crate::text::status;

/// The ids of a field's elements. Each side makes its own: they are in the page only once the field
/// is open, which never happens on the server.
#[derive(Clone, Copy)]
pub(super) struct FieldId(Uuid);

impl FieldId {
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    pub fn control(self) -> String {
        format!("campo-{}", self.0)
    }

    pub fn label(self) -> String {
        format!("nombre-{}", self.0)
    }

    pub fn status(self) -> String {
        format!("estado-{}", self.0)
    }

    pub fn problem(self) -> String {
        format!("aviso-{}", self.0)
    }

    /// For `aria-describedby`.
    pub fn description(self) -> String {
        format!("{} {}", self.status(), self.problem())
    }
}

/// What kind of control a field opens, and how that is named.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A long text, with an editor.
    Editor,
    /// A short field, with one control.
    Control,
    /// A short field, with several: a group, named by its legend.
    Group,
}

/// A save state in words, in the field's colour; a link to the tray when the person has to look.
#[component]
pub fn SaveLabel(
    /// The state.
    #[prop(into)]
    status: Signal<SaveState>,
    /// The element's id, while something refers to it.
    #[prop(optional, into)]
    id: MaybeProp<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let words = move || {
        let state = status.get();
        if state == SaveState::NotKept && live.member().is_some() {
            Either::Left(
                view! { <a href=address::texts(live.mesa())>{status::save_state(state)}</a> },
            )
        } else {
            Either::Right(status::save_state(state))
        }
    };
    view! {
        <span class="field-status" data-state=move || status.get().name() id=move || id.get()>
            {reactive(words)}
        </span>
    }
}

/// The frame. `children` is the control, rendered while the field is open.
#[component]
pub(super) fn Frame(
    kind: Kind,
    id: FieldId,
    label: String,
    status: Signal<SaveState>,
    editable: Signal<bool>,
    open: RwSignal<bool>,
    /// The value as it reads; empty: nothing was written.
    value: Signal<String>,
    /// The text that is shown then.
    empty: &'static str,
    #[prop(optional)] hint: Option<String>,
    /// The previous value, while it can be set again.
    #[prop(optional)]
    before: Option<Before>,
    /// The others who are writing in it.
    #[prop(optional)]
    writers: Option<Memo<Vec<String>>>,
    /// What the person wrote in it and can't be shown in its place yet, piece by piece.
    #[prop(optional)]
    apart: Option<Memo<Vec<String>>>,
    /// Text that can't be taken as it is; the field stays open while there is any.
    #[prop(optional)]
    unfinished: Option<Unfinished>,
    /// What is said of its wording.
    #[prop(optional)]
    advised: Option<Advised>,
    /// Called before the field closes.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let ready = expect_context::<Live>().condition.ready();
    let label = StoredValue::new(label);
    let hint = StoredValue::new(hint);
    // After closing a field the focus returns to the button that opened it.
    let opener = NodeRef::<html::Button>::new();
    let returning = StoredValue::new(false);
    effect(move || {
        if let Some(opener) = opener.get()
            && returning.get_value()
        {
            returning.set_value(false);
            // Fails only when the button is gone, which needs no focus.
            let _ = opener.focus();
            overlay::leave();
        }
    });
    let news = News::new(value, open, status);
    let close = Callback::new(move |()| {
        if unfinished.is_some_and(|unfinished| unfinished.stuck.get_untracked()) {
            if let Some(control) = document()
                .get_element_by_id(&id.control())
                .and_then(|control| control.dyn_into::<HtmlElement>().ok())
            {
                let _ = control.focus();
            }
            return;
        }
        if let Some(on_close) = on_close {
            on_close.run(());
        }
        returning.set_value(true);
        news.settle();
        open.set(false);
    });
    let is_text = matches!(kind, Kind::Editor);
    // A long text fills a phone's screen: its back button closes the editor.
    effect(move || {
        if is_text && open.get() {
            overlay::enter(close);
        }
    });
    on_cleanup(move || {
        if is_text && open.try_get_untracked() == Some(true) {
            overlay::forget();
        }
    });
    let key = move |event: KeyboardEvent| {
        if is_text && event.key() == "Escape" && !event.is_composing() && open.get_untracked() {
            close.run(());
        }
    };
    let action = match kind {
        Kind::Editor => status::EDIT,
        Kind::Control | Kind::Group => status::CHANGE,
    };
    let tapped = move |_: MouseEvent| {
        if matches!(kind, Kind::Editor)
            && editable.get_untracked()
            && ready.get_untracked()
            && !browser::is_selecting()
        {
            open.set(true);
        }
    };
    let name = move || {
        let label = label.get_value();
        if open.get() && matches!(kind, Kind::Editor | Kind::Control) {
            Either::Left(view! { <label class="field-label" for=id.control()>{label}</label> })
        } else {
            Either::Right(
                view! { <span class="field-label" id=move || open.get().then(|| id.label())>{label}</span> },
            )
        }
    };
    let read = move || {
        view! {
            <p
                class="field-value"
                translate=move || (!value.read().is_empty()).then_some("no")
                data-empty=move || value.read().is_empty().then_some("")
                on:click=tapped
            >
                {reactive(move || if value.read().is_empty() { empty.to_owned() } else { value.get() })}
            </p>
            <Show when=move || editable.get()>
                <button
                    type="button"
                    class="field-open"
                    node_ref=opener
                    aria-label=move || label.with_value(|label| status::of(action, label))
                    disabled=move || !ready.get()
                    on:click=move |_| open.set(true)
                >
                    {action}
                </button>
            </Show>
        }
    };
    view! {
        <div
            class="field"
            id=advised.map(Advised::anchor)
            data-kind=is_text.then_some("text")
            data-state=move || status.get().name()
            data-open=move || open.get().then_some("")
            on:keydown=key
        >
            <div class="field-head">
                {reactive(name)}
                // A field that the person can only read has nothing of theirs to save.
                <Show when=move || editable.get() || open.get() || status.get() != SaveState::Saved>
                    <SaveLabel status id=Signal::derive(move || open.get().then(|| id.status()))/>
                </Show>
            </div>
            {writers.map(|writers| view! {
                <Show when=move || !writers.read().is_empty()>
                    <p class="field-writers">{reactive(move || status::writing(&writers.read()))}</p>
                </Show>
            })}
            <Show when=move || open.get() fallback=read>
                {hint.get_value().map(|hint| view! { <p class="field-note">{hint}</p> })}
                {children()}
                <Show when=move || !matches!(kind, Kind::Editor) && !editable.get()>
                    <p class="field-note" role="status">{status::LOCKED}</p>
                </Show>
                <button type="button" class="field-done" on:click=move |_| close.run(())>{status::DONE}</button>
            </Show>
            {advised.map(|advised| view! { <div class="field-advice">{beside(advised, open.into())}</div> })}
            {apart.map(|apart| view! { <Apart apart/> })}
            {before.map(|before| view! { <PutBack before news editable label/> })}
            <Changed news open/>
        </div>
    }
}

/// What the person wrote without a connection, before the page knew what happened to the text
/// meanwhile: shown beside the text until it can be placed in it.
#[component]
fn Apart(apart: Memo<Vec<String>>) -> impl IntoView {
    let piece = |text: String| {
        if text.is_empty() {
            view! { <li>{status::APART_TAKEN_OUT}</li> }.into_any()
        } else {
            view! { <li class="lasting-text" translate="no">{text}</li> }.into_any()
        }
    };
    view! {
        <Show when=move || !apart.read().is_empty()>
            <div class="field-apart">
                <p>{status::APART}</p>
                <ul>{reactive(move || apart.get().into_iter().map(piece).collect_view())}</ul>
            </div>
        </Show>
    }
    .into_any()
}

/// The previous value, with the button that sets it again.
#[component]
fn PutBack(
    before: Before,
    news: News,
    editable: Signal<bool>,
    label: StoredValue<String>,
) -> impl IntoView {
    let ready = expect_context::<Live>().condition.ready();
    let words = before.words;
    let put_back = move |_| {
        before.put_back.run(());
        news.settle();
    };
    view! {
        <Show when=move || editable.get() && words.read().is_some()>
            <div class="field-before">
                <p>{status::BEFORE}": " <span translate="no">{reactive(move || words.get())}</span></p>
                <button
                    type="button"
                    class="copy"
                    aria-label=move || label.with_value(|label| status::of(status::PUT_BACK, label))
                    disabled=move || !ready.get()
                    on:click=put_back
                >
                    {status::PUT_BACK}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// Others' changes to a field that isn't being edited here: a chip that opens the old value.
#[derive(Clone, Copy)]
struct News {
    value: Signal<String>,
    /// The value that the person has seen, or made.
    settled: StoredValue<String>,
    /// The value before others changed it.
    old: RwSignal<Option<String>>,
    /// Whether the person asked to see it.
    asked: RwSignal<bool>,
}

impl News {
    fn new(value: Signal<String>, open: RwSignal<bool>, status: Signal<SaveState>) -> Self {
        let settled = StoredValue::new(value.get_untracked());
        let news = Self { value, settled, old: RwSignal::new(None), asked: RwSignal::new(false) };
        effect(move || {
            let now = value.get();
            let before = settled.get_value();
            if now == before {
                return;
            }
            settled.set_value(now);
            // A change that waits to be saved is the person's own.
            let own = open.get_untracked() || status.get_untracked() != SaveState::Saved;
            if !own && !before.is_empty() && news.old.read_untracked().is_none() {
                news.asked.set(false);
                news.old.set(Some(before));
            }
        });
        news
    }

    /// The present value is the person's own, or they have seen it.
    fn settle(self) {
        self.settled.set_value(self.value.get_untracked());
        self.old.set(None);
    }
}

#[component]
fn Changed(news: News, open: RwSignal<bool>) -> impl IntoView {
    let shown = move || !open.get() && news.old.read().is_some();
    view! {
        <div class="field-news" role="status">
            <Show when=move || shown() && !news.asked.get()>
                <button type="button" class="field-chip" on:click=move |_| news.asked.set(true)>{status::CHANGED}</button>
            </Show>
            <Show when=move || shown() && news.asked.get()>
                <p class="field-note">{status::BEFORE}": " <span translate="no">{reactive(move || news.old.get())}</span></p>
                <button type="button" class="field-done" on:click=move |_| news.settle()>{status::DONE}</button>
            </Show>
        </div>
    }
    .into_any()
}
