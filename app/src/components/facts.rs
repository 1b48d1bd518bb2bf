//! Facts about an item, to be read: terms with their values. Empty ones aren't listed.

use leptos::prelude::*;

use crate::erased::reactive;

/// A term and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The term.
    pub term: &'static str,
    /// Its value.
    pub value: String,
}

impl Fact {
    /// A term with its value; none when that is empty.
    pub fn new(term: &'static str, value: impl Into<String>) -> Option<Self> {
        let value = value.into();
        (!value.trim().is_empty()).then_some(Self { term, value })
    }
}

/// A description list.
#[component]
pub fn Facts(
    /// The facts, in order.
    #[prop(into)]
    facts: Signal<Vec<Fact>>,
    /// Class of the list.
    #[prop(default = "facts")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <dl class=class>
            // Keyed by position: a row stays while its words change.
            <For each=move || 0..facts.read().len() key=|place| *place let(place)>
                <div>
                    <dt>{reactive(move || facts.read().get(place).map(|fact| fact.term))}</dt>
                    <dd translate="no">{reactive(move || facts.read().get(place).map(|fact| fact.value.clone()))}</dd>
                </div>
            </For>
        </dl>
    }
    .into_any()
}
