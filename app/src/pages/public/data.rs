//! Downloads of a mesa's open data.

use leptos::prelude::*;

use super::mesa::Depth;
use crate::address;
use crate::state::Live;
use crate::text::public;

/// The files for programs.
const FOR_PROGRAMS: [(&str, &str); 6] = [
    (address::COMMITMENTS_CSV, public::COMMITMENTS_CSV),
    (address::ACTIVITIES_CSV, public::ACTIVITIES_CSV),
    (address::PROBLEMS_CSV, public::PROBLEMS_CSV),
    (address::ANSWERS_CSV, public::ANSWERS_CSV),
    (address::DATA_PACKAGE, public::DATA_PACKAGE),
    (address::DATA_JSON, public::DATA_JSON),
];

/// The part of the page.
#[component]
pub(super) fn Data(
    /// How deep the part is in which it stands.
    depth: Depth,
) -> impl IntoView {
    let mesa = expect_context::<Live>().mesa();
    let download = move |file: &'static str, label: &'static str| {
        view! { <li><a class="link" rel="external" href=address::export(mesa, file)>{label}</a></li> }
    };
    view! {
        <section class="public-part" aria-labelledby=depth.labels("datos")>
            {depth.heading(0, Some("datos"), public::DATA.into_any())}
            <p>{public::DATA_LEAD}</p>
            {depth.heading(1, None, public::FOR_PEOPLE.into_any())}
            <ul>{download(address::WORKBOOK, public::WORKBOOK)}</ul>
            {depth.heading(1, None, public::FOR_PROGRAMS.into_any())}
            <ul>
                {FOR_PROGRAMS.map(|(file, label)| download(file, label)).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}
