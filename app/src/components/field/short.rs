//! One line of text.

use std::sync::Arc;

use domain::deliberation::advice::Place;
use domain::{ItemId, ShortText};
use leptos::prelude::*;

use super::advice::Advised;
use super::frame::{FieldId, Frame, FrameProps, Kind};
use super::input::{Line, Take};
use super::unfinished::Unfinished;
use crate::composed::composed;
use crate::state::{Before, SaveState};
use crate::text::status;

/// A short text, taken when the line loses the focus or the person pauses.
#[component]
pub fn ShortField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: Signal<ShortText>,
    /// Called with a new value.
    #[prop(into)]
    on_set: Callback<ShortText>,
    /// Its save state.
    #[prop(into)]
    status: Signal<SaveState>,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
    /// The previous value, one tap away.
    #[prop(optional)]
    before: Option<Before>,
    /// A hint, shown while it is edited.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Where advice on it belongs: its item, and which field of that.
    #[prop(optional_no_strip)]
    about: Option<(ItemId, Place)>,
) -> impl IntoView {
    let value = Signal::derive(move || value.get().to_string());
    let id = FieldId::new();
    let typed = RwSignal::new(None);
    let advised = about.and_then(|(item, place)| Advised::of(item, place, Some(typed)));
    let (unfinished, open) = (Unfinished::of(&label), RwSignal::new(false));
    unfinished.reopen(open);
    let children = move || {
        let locked = Signal::derive(move || !editable.get());
        view! { <Line id value take=take_text(on_set) locked unfinished typed/> }.into_any()
    };
    Frame(FrameProps {
        kind: Kind::Control,
        id,
        label,
        status,
        editable,
        open,
        value,
        empty: status::EMPTY,
        hint,
        before,
        writers: None,
        apart: None,
        unfinished: Some(unfinished),
        advised,
        on_close: None,
        children: Arc::new(children),
    })
}

/// Takes a line as a short text.
pub(super) fn take_text(on_set: Callback<ShortText>) -> Take {
    Arc::new(move |typed| {
        let text = parse(typed)?;
        on_set.run(text.clone());
        Ok(text.into())
    })
}

fn parse(typed: &str) -> Result<ShortText, String> {
    ShortText::parse(&composed(typed)).map_err(status::words_problem)
}

#[cfg(test)]
mod tests {
    use domain::text::words::SHORT_LIMIT;

    use super::*;

    #[test]
    fn a_line_is_taken_trimmed_or_refused_with_the_reason() {
        assert_eq!(parse(" Oficialía Mayor ").map(String::from), Ok("Oficialía Mayor".to_owned()));
        assert!(parse(&"a".repeat(SHORT_LIMIT + 1)).is_err_and(|problem| problem.contains("240")));
        assert_eq!(parse("a\u{202E}b"), Err(status::NOT_PLAIN.to_owned()));
    }
}
