//! The controls of short fields: a line, a list. Their values are set by hand and only while they
//! don't have the focus; changes from elsewhere show as a chip.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::frame::FieldId;
use super::unfinished::Unfinished;
use crate::erased::{Show, effect, reactive};
use crate::text::status;

/// A pause in typing after which a line is taken.
const PAUSE: Duration = Duration::from_millis(600);

/// Takes what was typed; returns the value as the control should then show it, or what is wrong
/// with it.
pub(super) type Take = Arc<dyn Fn(&str) -> Result<String, String> + Send + Sync>;

/// A single line: text or a date.
#[component]
pub(super) fn Line(
    id: FieldId,
    /// The value, as the control shows it.
    value: Signal<String>,
    take: Take,
    locked: Signal<bool>,
    unfinished: Unfinished,
    /// The problem with input that the browser can't read as a value (an incomplete date).
    #[prop(optional)]
    unreadable: Option<&'static str>,
    /// What stands in it and wasn't taken yet.
    #[prop(optional)]
    typed: Option<RwSignal<Option<String>>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] name: Option<String>,
    /// First and last value, for the browser's picker.
    #[prop(optional, into)]
    bounds: MaybeProp<(String, String)>,
) -> impl IntoView {
    let editing = Editing::new(value, take, unreadable, unfinished, typed);
    editing.element.on_load(move |element| {
        element.set_value(&value.get_untracked());
        if let Some(left) = unfinished.left() {
            element.set_value(&left);
            editing.dirty.set_value(true);
            editing.commit();
        }
        // Fails only when the control is gone, which needs no focus.
        let _ = element.focus();
    });
    effect(move || {
        let value = value.get();
        editing.others_did(&value);
    });
    // A line that is left within the pause is taken as well.
    on_cleanup(move || editing.commit());
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            editing.commit();
        }
    };
    view! {
        <input
            class="field-control"
            id=id.control()
            r#type=kind
            node_ref=editing.element
            lang="es"
            autocomplete="off"
            aria-label=name
            aria-describedby=id.description()
            aria-invalid=move || editing.problem.read().is_some().then_some("true")
            min=move || bounds.get().map(|(first, _)| first)
            max=move || bounds.get().map(|(_, last)| last)
            readonly=move || locked.get()
            on:input=move |_| editing.typed()
            on:change=move |_| editing.commit()
            on:blur=move |_| editing.left()
            on:keydown=key
        />
        <p class="field-problem" id=id.problem() role="alert">{reactive(move || editing.problem.get())}</p>
        <Show when=move || editing.problem.read().is_some()>
            <button type="button" class="copy" on:click=move |_| editing.let_in()>{status::GIVE_UP}</button>
        </Show>
        <div class="field-news" role="status">
            <Show when=move || editing.held.get()>
                <button type="button" class="field-chip" on:click=move |_| editing.let_in()>{status::CHANGED}</button>
            </Show>
        </div>
    }
}

/// A line being edited.
#[derive(Clone, Copy)]
struct Editing {
    value: Signal<String>,
    take: StoredValue<Take>,
    unreadable: Option<&'static str>,
    unfinished: Unfinished,
    typed: Option<RwSignal<Option<String>>>,
    element: NodeRef<html::Input>,
    /// The last value that the line showed, apart from the person's unfinished typing.
    settled: StoredValue<String>,
    dirty: StoredValue<bool>,
    held: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Editing {
    fn new(
        value: Signal<String>,
        take: Take,
        unreadable: Option<&'static str>,
        unfinished: Unfinished,
        typed: Option<RwSignal<Option<String>>>,
    ) -> Self {
        Self {
            value,
            take: StoredValue::new(take),
            unreadable,
            unfinished,
            typed,
            element: NodeRef::new(),
            settled: StoredValue::new(value.get_untracked()),
            dirty: StoredValue::new(false),
            held: RwSignal::new(false),
            problem: RwSignal::new(None),
            pause: StoredValue::new(None),
        }
    }

    fn typed(self) {
        self.stop_waiting();
        self.dirty.set_value(true);
        if let Some(element) = self.element.get_untracked() {
            let value = element.value();
            self.unfinished.note(&value);
            self.tell(Some(value));
        }
        let handle = set_timeout_with_handle(
            move || {
                if self.pause.try_update_value(|pause| *pause = None).is_some() {
                    self.commit();
                }
            },
            PAUSE,
        );
        self.pause.set_value(handle.ok());
    }

    fn stop_waiting(self) {
        if let Some(waiting) = self.pause.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    }

    /// Takes the line's value, if the person changed it.
    fn commit(self) {
        self.stop_waiting();
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        if !self.dirty.get_value() {
            return;
        }
        let typed = element.value();
        let unreadable = self.unreadable.filter(|_| typed.is_empty() && !element.check_validity());
        let taken = match unreadable {
            Some(problem) => Err(problem.to_owned()),
            None if typed == self.settled.get_value() => Ok(typed),
            None => {
                let before = self.settled.get_value();
                // The value may come back as a signal before this returns.
                self.settled.set_value(typed.clone());
                let taken = self.take.get_value()(&typed);
                if taken.is_err() {
                    self.settled.set_value(before);
                }
                taken
            }
        };
        match taken {
            Ok(shown) => {
                self.dirty.set_value(false);
                self.settled.set_value(shown);
                self.problem.set(None);
                self.held.set(false);
                self.unfinished.is_over();
                self.tell(None);
            }
            // It stays in the line, and is tried again with the next input.
            Err(problem) => {
                self.problem.set(Some(problem));
                self.unfinished.keep(&element.value());
            }
        }
    }

    /// The line lost the focus.
    fn left(self) {
        self.commit();
        if !self.dirty.get_value() {
            self.let_in();
        }
    }

    fn others_did(self, value: &str) {
        if *value == *self.settled.read_value() {
            return;
        }
        let focused = self.element.get_untracked().is_some_and(|element| {
            let element: &leptos::web_sys::Element = &element;
            document().active_element().as_ref() == Some(element)
        });
        if focused || self.dirty.get_value() {
            self.held.set(true);
        } else {
            self.let_in();
        }
    }

    /// Replaces the line's content with the present value.
    fn let_in(self) {
        self.stop_waiting();
        let value = self.value.get_untracked();
        if let Some(element) = self.element.get_untracked()
            && element.value() != value
        {
            element.set_value(&value);
        }
        self.settled.set_value(value);
        self.dirty.set_value(false);
        self.held.set(false);
        self.problem.set(None);
        self.unfinished.is_over();
        self.tell(None);
    }

    fn tell(self, value: Option<String>) {
        if let Some(typed) = self.typed {
            typed.try_set(value);
        }
    }
}

/// A list from which one is chosen, by index.
#[component]
pub(super) fn List(
    id: FieldId,
    chosen: Signal<usize>,
    labels: Signal<Vec<String>>,
    on_pick: Callback<usize>,
    locked: Signal<bool>,
) -> impl IntoView {
    let element = NodeRef::<html::Select>::new();
    let held = RwSignal::new(false);
    let settled = StoredValue::new(usize::MAX);
    let let_in = move || {
        let chosen = chosen.get_untracked();
        settled.set_value(chosen);
        held.set(false);
        if let Some(element) = element.get_untracked() {
            element.set_selected_index(i32::try_from(chosen).unwrap_or(-1));
        }
    };
    element.on_load(move |element| {
        let_in();
        let _ = element.focus();
    });
    effect(move || {
        // A re-rendered list has lost its choice.
        labels.track();
        let chosen = chosen.get();
        let focused = element.get_untracked().is_some_and(|element| {
            let element: &leptos::web_sys::Element = &element;
            document().active_element().as_ref() == Some(element)
        });
        let settled = settled.get_value();
        if focused && settled != usize::MAX && settled != chosen {
            held.set(true);
        } else {
            let_in();
        }
    });
    let picked = move |_| {
        if let Some(place) = element
            .get_untracked()
            .and_then(|element| usize::try_from(element.selected_index()).ok())
        {
            settled.set_value(place);
            held.set(false);
            on_pick.run(place);
        }
    };
    view! {
        <select
            class="field-control"
            id=id.control()
            node_ref=element
            autocomplete="off"
            aria-describedby=id.description()
            disabled=move || locked.get()
            on:change=picked
            on:blur=move |_| let_in()
        >
            {reactive(move || labels.get().into_iter().map(|label| view! { <option>{label}</option> }).collect_view())}
        </select>
        <div class="field-news" role="status" id=id.problem()>
            <Show when=move || held.get()>
                <button type="button" class="field-chip" on:click=move |_| let_in()>{status::CHANGED}</button>
            </Show>
        </div>
    }
}
