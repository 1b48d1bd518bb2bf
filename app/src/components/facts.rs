//! What is known of an item, to be read: terms with what they say. What nobody wrote isn't listed.

use leptos::prelude::*;

use crate::erased::reactive;

/// A term and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The term.
    pub term: &'static str,
    /// What it says.
    pub value: String,
}

impl Fact {
    /// A term with what it says; none when there is nothing.
    pub fn new(term: &'static str, value: impl Into<String>) -> Option<Self> {
        let value = value.into();
        (!value.trim().is_empty()).then_some(Self { term, value })
    }
}

/// A description list.
#[component]
pub fn Facts(
    /// What is listed, in order.
    #[prop(into)]
    facts: Signal<Vec<Fact>>,
    /// Class of the list.
    #[prop(default = "facts")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <dl class=class>
            // By their place: a row stays while its words change.
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
