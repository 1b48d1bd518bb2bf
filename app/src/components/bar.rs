//! A bar of a chart. What it says stands beside it as text.

use leptos::prelude::*;

/// A bar of so many thousandths of its length.
pub fn bar(length: u32) -> AnyView {
    view! {
        <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-ground" width="1000" height="10"/>
            <rect width=length.to_string() height="10"/>
        </svg>
    }
    .into_any()
}
