//! What every field has around its value: label, save state, the button that opens the control and the one that closes it.

use leptos::either::Either;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use uuid::Uuid;

use crate::pages::address;
use crate::state::{Live, SaveState};
use crate::text::status;

/// The ids of a field's elements. Made anew on each side: they stand in the page only once the field is open, which never
/// happens on the server.
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

/// What opens a field, and how it is named.
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
            Either::Left(view! { <a href=address::texts(live.mesa())>{status::save_state(state)}</a> })
        } else {
            Either::Right(status::save_state(state))
        }
    };
    view! {
        <span class="field-status" data-state=move || status.get().name() id=move || id.get()>
            {words}
        </span>
    }
}

/// The frame. `children` is the control, drawn while the field is open.
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
    /// What reads then.
    empty: &'static str,
    #[prop(optional)] hint: Option<String>,
    /// Called before the field closes.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let ready = expect_context::<Live>().ready();
    let label = StoredValue::new(label);
    let hint = StoredValue::new(hint);
    // Whoever closes a field finds the focus where they opened it.
    let opener = NodeRef::<html::Button>::new();
    let returning = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(opener) = opener.get()
            && returning.get_value()
        {
            returning.set_value(false);
            // A button that is gone again needs no focus.
            let _ = opener.focus();
        }
    });
    let close = move |_: MouseEvent| {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
        returning.set_value(true);
        open.set(false);
    };
    let action = match kind {
        Kind::Editor => status::EDIT,
        Kind::Control | Kind::Group => status::CHANGE,
    };
    let tapped = move |_: MouseEvent| {
        if matches!(kind, Kind::Editor) && editable.get_untracked() && ready.get_untracked() && !is_selecting() {
            open.set(true);
        }
    };
    let name = move || {
        let label = label.get_value();
        if open.get() && matches!(kind, Kind::Editor | Kind::Control) {
            Either::Left(view! { <label class="field-label" for=id.control()>{label}</label> })
        } else {
            Either::Right(view! { <span class="field-label" id=move || open.get().then(|| id.label())>{label}</span> })
        }
    };
    let read = move || {
        view! {
            <p class="field-value" data-empty=move || value.read().is_empty().then_some("") on:click=tapped>
                {move || if value.read().is_empty() { empty.to_owned() } else { value.get() }}
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
        <div class="field" data-state=move || status.get().name() data-open=move || open.get().then_some("")>
            <div class="field-head">
                {name}
                <SaveLabel status id=Signal::derive(move || open.get().then(|| id.status()))/>
            </div>
            <Show when=move || open.get() fallback=read>
                {hint.get_value().map(|hint| view! { <p class="field-note">{hint}</p> })}
                {children()}
                <Show when=move || !matches!(kind, Kind::Editor) && !editable.get()>
                    <p class="field-note" role="status">{status::LOCKED}</p>
                </Show>
                <button type="button" class="field-done" on:click=close>{status::DONE}</button>
            </Show>
        </div>
    }
}

/// Whether the person is selecting words on the page, to copy them: then a tap opens nothing.
fn is_selecting() -> bool {
    #[cfg(feature = "hydrate")]
    return crate::client::is_selecting();
    #[cfg(not(feature = "hydrate"))]
    false
}
