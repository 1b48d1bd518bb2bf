//! The exercise as a file, another one with the same data, and the end of the sample.

use domain::StreamId;
use leptos::prelude::*;

use crate::address;
use crate::text::prepare as words;

/// The page.
pub(super) fn archive(exercise: StreamId, sample: bool, confirms_end: bool) -> AnyView {
    let of = |path: &str| address::prepare_part(exercise, path);
    let end = sample.then(|| {
        let (label, class) = if confirms_end {
            (words::END_SAMPLE_CONFIRM, "action")
        } else {
            (words::END_SAMPLE, "button")
        };
        view! {
            <form class="card" method="post" action=of("archivo/borrar")>
                <h2>{words::END_SAMPLE}</h2>
                <p role=confirms_end.then_some("alert")>{words::END_SAMPLE_LEAD}</p>
                <p class="prepare-buttons">
                    <button class=class name="confirma" value=if confirms_end { "si" } else { "" }>{label}</button>
                    {confirms_end.then(|| view! { <a class="button" href=of("archivo")>{words::BACK}</a> })}
                </p>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="archivo">
            <h2 id="archivo">{words::ARCHIVE}</h2>
            <p>{words::ARCHIVE_LEAD}</p>
            <div class="prepare-buttons">
                <a class="button" href=of("archivo/ejercicio.json")>{words::EXPORT}</a>
                <form method="post" action=of("archivo/copiar")>
                    <button class="button">{words::COPY}</button>
                </form>
            </div>
        </section>
        {end}
    }
    .into_any()
}
