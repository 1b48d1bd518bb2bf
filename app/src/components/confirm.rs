//! A button that asks once more, in place, before it acts. No dialog: nothing covers what the
//! question is about.

use leptos::html;
use leptos::prelude::*;

use crate::erased::reactive;
use crate::state::Live;
use crate::text::Question;

/// A button, then a question with two answers.
#[component]
pub fn Confirm(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// Its name for screen readers, which don't convey where it is.
    #[prop(optional, into)]
    accessible_label: Option<String>,
    /// The question, which says what would change.
    #[prop(into)]
    question: Signal<String>,
    /// The answer that confirms.
    #[prop(into)]
    yes: String,
    /// The answer that cancels.
    #[prop(into)]
    no: String,
    /// Class of the first button.
    #[prop(default = "button")]
    class: &'static str,
    /// Its tone: `bad` for deleting and the like.
    #[prop(optional)]
    tone: Option<&'static str>,
    /// Whether it can't be used now.
    #[prop(into)]
    disabled: Signal<bool>,
    /// Called after a yes.
    on_confirm: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (question_box, trigger) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    // Moves the focus to the question, and back.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if is_open && let Some(question) = question_box.get() {
            let _ = question.focus();
        }
        if was_open == Some(true)
            && !is_open
            && let Some(trigger) = trigger.get()
        {
            let _ = trigger.focus();
        }
        is_open
    });
    let sure = if tone == Some("bad") { "bad-sure" } else { "accent" };
    let (yes, no, accessible_label) =
        (StoredValue::new(yes), StoredValue::new(no), StoredValue::new(accessible_label));
    move || {
        if open.get() {
            view! {
                <div class="question" role="group" tabindex="-1" node_ref=question_box aria-label=move || question.get()>
                    <p>{reactive(move || question.get())}</p>
                    <div class="buttons">
                        // First, so that a second tap on the same spot does no harm.
                        <button type="button" class="button" on:click=move |_| open.set(false)>
                            {no.get_value()}
                        </button>
                        <button
                            type="button"
                            class="button"
                            data-tone=sure
                            on:click=move |_| {
                                open.set(false);
                                on_confirm.run(());
                            }
                        >
                            {yes.get_value()}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        } else {
            view! {
                <button
                    type="button"
                    class=class
                    data-tone=tone
                    aria-label=accessible_label.get_value()
                    node_ref=trigger
                    disabled=move || disabled.get()
                    on:click=move |_| open.set(true)
                >
                    {reactive(move || label.get())}
                </button>
            }
            .into_any()
        }
    }
}

/// The same with fixed words, for what changes the mesa.
#[component]
pub fn Asked(
    /// The button, the question and its answers.
    words: Question,
    /// Called after a yes.
    on_confirm: Callback<()>,
) -> impl IntoView {
    let ready = expect_context::<Live>().condition.ready();
    let Question { label, question, yes, no } = words;
    view! { <Confirm label question yes no disabled=move || !ready.get() on_confirm/> }.into_any()
}
