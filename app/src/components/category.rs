//! The mark of a commitment's category: a shape, a colour and the word, so that nobody depends on
//! one of them alone.

use domain::deliberation::choice::Category;
use leptos::prelude::*;

use crate::erased::reactive;
use crate::text::name;

/// A category as a pill.
#[component]
pub fn CategoryMark(
    /// The category; none: not chosen yet.
    #[prop(into)]
    category: Signal<Option<Category>>,
) -> impl IntoView {
    view! {
        <span class="category" data-category=move || attribute(category.get())>
            <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                <path d=move || shape(category.get())></path>
            </svg>
            <span>{reactive(move || category.get().map_or(name::NO_CATEGORY, name::category))}</span>
        </span>
    }
    .into_any()
}

/// The category's value in the style sheet.
pub(crate) fn attribute(category: Option<Category>) -> &'static str {
    match category {
        Some(Category::FollowTheMoney) => "money",
        Some(Category::NationalPlanAligned) => "national",
        Some(Category::LocalProblem) => "local",
        Some(Category::Proactive) => "proactive",
        None => "none",
    }
}

/// Its shape, in a box of 12 by 12.
pub(crate) fn shape(category: Option<Category>) -> &'static str {
    match category {
        Some(Category::FollowTheMoney) => "M6 0l6 6-6 6-6-6z",
        Some(Category::NationalPlanAligned) => "M6 0a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
        Some(Category::LocalProblem) => "M6 0l6 12H0z",
        Some(Category::Proactive) => "M0 0h12v12H0z",
        None => "M0 5h12v2H0z",
    }
}
