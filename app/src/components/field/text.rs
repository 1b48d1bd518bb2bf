//! A long text: read as text, edited in place by several people at once.

use domain::ItemId;
use domain::deliberation::advice::Place;
use leptos::prelude::*;

use super::advice::Advised;
use super::editor::Editor;
use super::frame::{FieldId, Frame, FrameProps, Kind};
use crate::erased::memo;
use crate::state::Live;
use crate::text::status;

/// A long text of an item.
#[component]
pub fn TextField(
    /// The item.
    item: ItemId,
    /// Which text.
    field: domain::TextField,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Whether it may be edited.
    #[prop(into)]
    editable: Signal<bool>,
    /// Lines that the empty editor shows; it grows with its text.
    #[prop(default = 4)]
    rows: u32,
    /// A hint, shown while it is edited.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let text = memo(move || {
        view.read().item(item).map(|item| item.text(field).to_owned()).unwrap_or_default()
    });
    let open = RwSignal::new(false);
    let id = FieldId::new();
    let advised = Advised::of(item, Place::Text(field), None);
    let status = live.outbox.text_state(item, field);
    // The open editor finishes before it closes.
    let on_close = StoredValue::new(None::<Callback<()>>);
    let children =
        move || view! { <Editor item field id rows editable advised on_close/> }.into_any();
    Frame(FrameProps {
        kind: Kind::Editor,
        id,
        label,
        status,
        editable,
        open,
        value: text.into(),
        empty: status::EMPTY,
        hint,
        before: None,
        writers: Some(live.writers_of(item, field)),
        apart: Some(live.outbox.apart(item, field)),
        unfinished: None,
        advised,
        on_close: Some(Callback::new(move |()| {
            if let Some(finish) = on_close.get_value() {
                finish.try_run(());
            }
        })),
        children: std::sync::Arc::new(children),
    })
}
