//! One of a list.

use std::sync::Arc;

use leptos::prelude::*;

use super::frame::{FieldId, Frame, FrameProps, Kind};
use super::input::List;
use crate::erased::memo;
use crate::state::{Before, SaveState};
use crate::text::status;

/// One value of a list, or none.
#[component]
pub fn ChoiceField<T>(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// The list: values with their names.
    #[prop(into)]
    options: Signal<Vec<(T, String)>>,
    /// Called with a new value.
    #[prop(into)]
    on_set: Callback<Option<T>>,
    /// Its save state.
    #[prop(into)]
    status: Signal<SaveState>,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
    /// Whether it can be cleared. Otherwise the list has an empty line only until something is
    /// chosen.
    #[prop(default = true)]
    clearable: bool,
    /// The previous value, one tap away.
    #[prop(optional)]
    before: Option<Before>,
    /// A hint, shown while the list is open.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    // From here on a choice is an index into the list, so that the control is compiled once.
    let chosen = memo(move || {
        let value = value.get();
        options.read().iter().position(|(option, _)| Some(option) == value.as_ref())
    });
    let labels =
        memo(move || options.read().iter().map(|(_, label)| label.clone()).collect::<Vec<_>>());
    let on_pick = Callback::new(move |place: Option<usize>| {
        let picked = place
            .and_then(|place| options.read_untracked().get(place).map(|(value, _)| value.clone()));
        on_set.run(picked);
    });
    choice(label, chosen, labels, on_pick, status, editable, clearable, before, hint)
}

#[expect(clippy::too_many_arguments, reason = "the body of the component above, without its type")]
fn choice(
    label: String,
    chosen: Memo<Option<usize>>,
    labels: Memo<Vec<String>>,
    on_pick: Callback<Option<usize>>,
    status: Signal<SaveState>,
    editable: Signal<bool>,
    clearable: bool,
    before: Option<Before>,
    hint: Option<String>,
) -> impl IntoView {
    let id = FieldId::new();
    let shown = Signal::derive(move || {
        chosen.get().and_then(|place| labels.read().get(place).cloned()).unwrap_or_default()
    });
    // Indices shift by one while the list begins with an empty line.
    let empty_line = memo(move || clearable || chosen.get().is_none());
    let children = move || {
        let locked = Signal::derive(move || !editable.get());
        let lines = Signal::derive(move || {
            empty_line
                .get()
                .then(|| status::NOT_CHOSEN.to_owned())
                .into_iter()
                .chain(labels.get())
                .collect::<Vec<_>>()
        });
        let line = Signal::derive(move || {
            chosen.get().map_or(0, |place| place + usize::from(empty_line.get()))
        });
        let picked = Callback::new(move |line: usize| {
            on_pick.run(line.checked_sub(usize::from(empty_line.get_untracked())))
        });
        view! { <List id chosen=line labels=lines on_pick=picked locked/> }.into_any()
    };
    Frame(FrameProps {
        kind: Kind::Control,
        id,
        label,
        status,
        editable,
        open: RwSignal::new(false),
        value: shown,
        empty: status::NOT_CHOSEN,
        hint,
        before,
        writers: None,
        apart: None,
        unfinished: None,
        advised: None,
        on_close: None,
        children: Arc::new(children),
    })
}
