//! Several of a list.

use std::sync::Arc;

use domain::ItemId;
use domain::deliberation::advice::Place;
use leptos::html;
use leptos::prelude::*;

use super::advice::Advised;
use super::frame::{FieldId, Frame, FrameProps, Kind};
use crate::erased::{memo, reactive};
use crate::state::SaveState;
use crate::text::status;

/// A set whose members are switched one by one.
#[component]
pub fn ToggleField<T>(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The members that are in it.
    #[prop(into)]
    chosen: Signal<Vec<T>>,
    /// All possible members: values with their names.
    #[prop(into)]
    options: Signal<Vec<(T, String)>>,
    /// Called when a member is put in (`true`) or taken out.
    #[prop(into)]
    on_set: Callback<(T, bool)>,
    /// Its save state.
    #[prop(into)]
    status: Signal<SaveState>,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
    /// A hint, shown while the set is open.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Where advice on it belongs: its item, and which field of that.
    #[prop(optional_no_strip)]
    about: Option<(ItemId, Place)>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    // From here on a member is an index into the list, so that the control is compiled once.
    let lines = memo(move || {
        let chosen = chosen.read();
        options
            .read()
            .iter()
            .map(|(value, label)| (label.clone(), chosen.contains(value)))
            .collect::<Vec<_>>()
    });
    let on_switch = Callback::new(move |(place, present): (usize, bool)| {
        let switched = options.read_untracked().get(place).map(|(value, _)| value.clone());
        if let Some(value) = switched {
            on_set.run((value, present));
        }
    });
    let advised = about.and_then(|(item, place)| Advised::of(item, place, None));
    toggle(label, lines, on_switch, status, editable, hint, advised)
}

fn toggle(
    label: String,
    lines: Memo<Vec<(String, bool)>>,
    on_switch: Callback<(usize, bool)>,
    status: Signal<SaveState>,
    editable: Signal<bool>,
    hint: Option<String>,
    advised: Option<Advised>,
) -> impl IntoView {
    let id = FieldId::new();
    let shown = Signal::derive(move || {
        let chosen: Vec<_> = lines
            .read()
            .iter()
            .filter(|(_, present)| *present)
            .map(|(label, _)| label.clone())
            .collect();
        chosen.join(", ")
    });
    let count = memo(move || lines.read().len());
    let children = move || {
        let group = NodeRef::<html::Fieldset>::new();
        group.on_load(|group| {
            // Fails only when the group is gone, which needs no focus.
            let _ = group.focus();
        });
        view! {
            <fieldset
                class="field-options"
                id=id.control()
                node_ref=group
                tabindex="-1"
                aria-labelledby=id.label()
                aria-describedby=id.status()
                disabled=move || !editable.get()
            >
                {reactive(move || (0..count.get()).map(|place| view! { <Member place lines on_switch/> }).collect_view())}
            </fieldset>
        }
        .into_any()
    };
    Frame(FrameProps {
        kind: Kind::Group,
        id,
        label,
        status,
        editable,
        open: RwSignal::new(false),
        value: shown,
        empty: status::NOT_CHOSEN,
        hint,
        before: None,
        writers: None,
        apart: None,
        unfinished: None,
        advised,
        on_close: None,
        children: Arc::new(children),
    })
}

#[component]
fn Member(
    place: usize,
    lines: Memo<Vec<(String, bool)>>,
    on_switch: Callback<(usize, bool)>,
) -> impl IntoView {
    let label = memo(move || lines.read().get(place).map(|(label, _)| label.clone()));
    let present = memo(move || lines.read().get(place).is_some_and(|(_, present)| *present));
    let element = NodeRef::<html::Input>::new();
    let switched = move |_| {
        if let Some(element) = element.get_untracked() {
            on_switch.run((place, element.checked()));
            // A change that wasn't accepted isn't shown.
            element.set_checked(present.get_untracked());
        }
    };
    view! {
        <label class="field-option">
            <input type="checkbox" node_ref=element prop:checked=move || present.get() on:change=switched/>
            <span>{reactive(move || label.get())}</span>
        </label>
    }
}
