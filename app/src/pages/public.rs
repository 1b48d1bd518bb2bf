//! The public page of an exercise: its mesas, all readable without a script, and live with one.
//! People who followed nothing before must understand it from here.

mod contributions;
mod data;
mod item;
mod mesa;

use domain::{ItemKind, MesaNumber, Standing};
use leptos::prelude::*;

use crate::address;
use crate::components::{Fact, Facts, Quota};
use crate::erased::{memo, reactive};
use crate::state::{Live, Status};
use crate::text::{PRODUCT, count, document, mesas, public, quota, surround};

use mesa::about;

/// The page at `/publica/:exercise`. A single mesa is the page; several are its parts.
#[component]
pub fn PublicPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, connection) = (live.view(), live.condition.connection());
    let others = memo(move || view.read().siblings.len());
    let alone = memo(move || others.get() == 0);
    // This page's mesa is the first. The others' standings change all the time, their number hardly
    // ever.
    let numbers = move || {
        others.track();
        let others = view.read_untracked();
        let others = others.siblings.iter().map(|other| other.number);
        std::iter::once(live.mesa().number).chain(others).collect::<Vec<_>>()
    };
    let heading = memo(move || {
        let state = view.read();
        let exercise = state.exercise.as_ref().filter(|_| !alone.get());
        let named = || mesas::named(&state).unwrap_or_else(|| PRODUCT.to_owned());
        exercise.map_or_else(named, |exercise| exercise.name.to_string())
    });
    let facts = Signal::derive(move || {
        let state = view.read();
        if alone.get() {
            return about(&state, true);
        }
        let exercise = state.exercise.as_ref();
        exercise
            .and_then(|exercise| Fact::new(public::PLACE, exercise.municipality.as_str()))
            .into_iter()
            .collect()
    });
    view! {
        <a class="skip" href="#contenido">{document::SKIP}</a>
        <main id="contenido" class="public" tabindex="-1">
            <header class="public-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{reactive(move || heading.get())}</h1>
                <Facts facts/>
                <p class="secondary" role="status">
                    {reactive(move || if connection.get() == Status::Offline { surround::OFFLINE_READING } else { public::LIVE })}
                </p>
                {reactive(move || {
                    let (numbers, alone) = (numbers(), alone.get());
                    view! {
                        {if alone { own_parts(live) } else { all_mesas(live, numbers) }}
                        <section class="card" aria-labelledby="cuota">
                            <h2 id="cuota">{quota::HEADING}</h2>
                            <Quota of_plan=!alone/>
                        </section>
                    }
                })}
            </header>
            {reactive(move || {
                let alone = alone.get();
                numbers().into_iter().map(|number| mesa::mesa(number, alone)).collect_view()
            })}
        </main>
    }
    .into_any()
}

/// Links to the parts of the page's only mesa.
fn own_parts(live: Live) -> AnyView {
    let (commitments, problems) =
        (live.list(ItemKind::Commitment, None), live.list(ItemKind::Problem, None));
    view! {
        <nav class="public-contents" aria-label=public::CONTENTS>
            <a class="link" href="#compromisos">{reactive(move || count::commitments(commitments.read().len()))}</a>
            <a class="link" href="#problemas">{reactive(move || count::problems(problems.read().len()))}</a>
            <a class="link" href="#aportaciones">{public::CONTRIBUTIONS}</a>
            <a class="link" href="#datos">{public::DATA}</a>
        </nav>
    }
    .into_any()
}

/// Links to each mesa, with its phase and counts.
fn all_mesas(live: Live, numbers: Vec<MesaNumber>) -> AnyView {
    let link = |number: MesaNumber| {
        let view = live.at(number).view();
        let standing = move || Standing::of(&view.read());
        view! {
            <li>
                <a class="link" href=format!("#{}", address::part(number))>{reactive(move || mesas::heading(&standing()))}</a>
                <p>{reactive(move || mesas::standing(&standing()))}</p>
            </li>
        }
        .into_any()
    };
    view! {
        <nav aria-label=public::CONTENTS>
            <ul class="other-mesas">{numbers.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
    .into_any()
}
