//! A question of a consultation, as bars: the longest are the most frequent, or the highest marks.

use std::sync::Arc;

use domain::pack::Chart;
use leptos::prelude::*;

use crate::components::bar;
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::chart as words;

/// The chart that was chosen last.
#[component]
pub fn ChartView() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let chart = memo(move || view.read().conduct.chart.clone());
    reactive(move || chart.get().map(drawn))
}

fn drawn(chart: Arc<Chart>) -> AnyView {
    let (kind, full) = (chart.kind, chart.full);
    let title = words::title(chart.title.as_str(), kind);
    let bars = chart.bars.iter().map(|one| {
        view! {
            <li>
                <span translate="no">{one.label.to_string()}</span>
                <b>{words::bar(kind, one.count, one.mean, chart.answered)}</b>
                {bar(one.length(kind, full))}
            </li>
        }
    });
    view! {
        <div class="projector-head">
            <h1 data-length="heading" translate="no">{title}</h1>
        </div>
        <p class="projector-empty">{words::about(kind, chart.answered)}</p>
        <ul class="projector-bars">{bars.collect_view()}</ul>
        {(chart.beside > 0).then(|| view! { <p class="projector-empty">{words::beside(chart.beside)}</p> })}
    }
    .into_any()
}
