//! The public page: the mesa, everything readable without a script, and live once there is one. Who
//! followed nothing before must understand it from here.

mod contributions;
mod item;

use domain::ItemKind;
use leptos::prelude::*;

use crate::address;
use crate::components::{Fact, Facts, OtherMesas, Quota};
use crate::erased::{ForItems, Show, memo, reactive};
use crate::pace::Pace;
use crate::state::{Live, Status};
use crate::text::{PRODUCT, count, document, list, mesas, name, public, quota, table};

use contributions::Contributions;
use item::{CommitmentView, ProblemView};

/// What programs read.
const FOR_PROGRAMS: [(&str, &str); 6] = [
    (address::COMMITMENTS_CSV, public::COMMITMENTS_CSV),
    (address::ACTIVITIES_CSV, public::ACTIVITIES_CSV),
    (address::PROBLEMS_CSV, public::PROBLEMS_CSV),
    (address::ANSWERS_CSV, public::ANSWERS_CSV),
    (address::DATA_PACKAGE, public::DATA_PACKAGE),
    (address::DATA_JSON, public::DATA_JSON),
];

/// The page at `/publica/:mesa`.
#[component]
pub fn PublicPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, connection, mesa) = (live.view(), live.connection(), live.mesa());
    let heading = memo(move || {
        let state = view.read();
        mesas::named(&state).unwrap_or_else(|| PRODUCT.to_owned())
    });
    let facts = Signal::derive(move || {
        let state = view.read();
        let (exercise, card) = (state.exercise.as_ref(), state.card.as_ref());
        [
            Fact::new(public::PHASE, name::phase(state.phase)),
            exercise.and_then(|exercise| {
                Fact::new(
                    public::EXERCISE,
                    format!("{} · {}", exercise.name, exercise.municipality),
                )
            }),
            card.and_then(|mesa| Fact::new(public::VENUE, mesa.venue.as_str())),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
    });
    let alone = memo(move || view.read().siblings.is_empty());
    let download = move |file: &'static str, label: &'static str| {
        view! { <li><a class="link" rel="external" href=address::export(mesa, file)>{label}</a></li> }
    };
    let (commitments, problems) =
        (live.list(ItemKind::Commitment, None), live.list(ItemKind::Problem, None));
    let drawn = |list: Signal<_>| use_context::<Pace>().map_or(list, |pace| pace.of(list));
    let (drawn_commitments, drawn_problems) = (drawn(commitments.into()), drawn(problems.into()));
    view! {
        <a class="skip" href="#contenido">{document::SKIP}</a>
        <main id="contenido" class="public" tabindex="-1">
            <header class="public-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{reactive(move || heading.get())}</h1>
                <Facts facts/>
                <p class="secondary" role="status">
                    {reactive(move || if connection.get() == Status::Offline { table::OFFLINE_READING } else { public::LIVE })}
                </p>
                <nav class="public-contents" aria-label=public::CONTENTS>
                    <a class="link" href="#compromisos">{reactive(move || count::commitments(commitments.read().len()))}</a>
                    <a class="link" href="#problemas">{reactive(move || count::problems(problems.read().len()))}</a>
                    <a class="link" href="#aportaciones">{public::CONTRIBUTIONS}</a>
                    <a class="link" href="#datos">{public::DATA}</a>
                </nav>
                <section class="card" aria-labelledby="cuota">
                    <h2 id="cuota">{quota::HEADING}</h2>
                    <Quota/>
                </section>
                <Show when=move || !alone.get()>
                    <section class="card" aria-labelledby="otras-mesas">
                        <h2 id="otras-mesas">{mesas::HEADING}</h2>
                        <OtherMesas/>
                    </section>
                </Show>
            </header>
            <section class="public-part" aria-labelledby="compromisos">
                <h2 id="compromisos">{list::heading(ItemKind::Commitment)}</h2>
                <Show when=move || commitments.read().is_empty()>
                    <p class="empty">{list::empty_reading(ItemKind::Commitment)}</p>
                </Show>
                <div class="public-list">
                    <ForItems each=drawn_commitments let(id)>
                        <CommitmentView id/>
                    </ForItems>
                </div>
            </section>
            <section class="public-part" aria-labelledby="problemas">
                <h2 id="problemas">{list::heading(ItemKind::Problem)}</h2>
                <Show when=move || problems.read().is_empty()>
                    <p class="empty">{list::empty_reading(ItemKind::Problem)}</p>
                </Show>
                <div class="public-list">
                    <ForItems each=drawn_problems let(id)>
                        <ProblemView id/>
                    </ForItems>
                </div>
            </section>
            <Contributions/>
            <section class="public-part" aria-labelledby="datos">
                <h2 id="datos">{public::DATA}</h2>
                <p>{public::DATA_LEAD}</p>
                <h3>{public::FOR_PEOPLE}</h3>
                <ul>{download(address::WORKBOOK, public::WORKBOOK)}</ul>
                <h3>{public::FOR_PROGRAMS}</h3>
                <ul>
                    {FOR_PROGRAMS.map(|(file, label)| download(file, label)).collect_view()}
                </ul>
            </section>
        </main>
    }
    .into_any()
}
