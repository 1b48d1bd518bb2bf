//! The public page of an exercise: its mesas, all readable without a script, and live with one.
//! People who followed nothing before must understand it from here.

mod contributions;
mod data;
mod item;
mod mesa;
mod overview;
mod plot;
mod year;

use domain::{ItemKind, MesaNumber, Standing};
use leptos::prelude::*;

use crate::address;
use crate::components::{Facts, Quota};
use crate::erased::{memo, reactive};
use crate::state::{Live, Status};
use crate::text::{PRODUCT, count, document, list, mesas, public, quota, surround};

use mesa::about;
use overview::{Cards, Documents, WhoAgrees};
use year::Year;

/// The page at `/publica/:exercise`: first the whole plan, then the year, then its parts. A single
/// mesa is the page; several are its parts.
#[component]
pub fn PublicPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, connection) = (live.view(), live.condition.connection());
    let outline = live.outline();
    let standing = live.standing(outline);
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
    let card = memo(move || {
        let card = view.read().exercise.clone();
        card.map(|card| (card.name.to_string(), card.municipality.to_string()))
    });
    let heading = move || card.get().map_or_else(|| PRODUCT.to_owned(), |(name, _)| name);
    let place = move || public::plan_of(card.read().as_ref().map(|(_, place)| place.as_str()));
    let facts =
        Signal::derive(move || if alone.get() { about(&view.read(), true) } else { Vec::new() });
    view! {
        <a class="skip" href="#contenido">{document::SKIP}</a>
        <main id="contenido" class="public" tabindex="-1">
            <header class="public-head">
                <p class="secondary">{reactive(place)}</p>
                <h1 translate="no">{reactive(heading)}</h1>
                <p class="public-stands">{reactive(move || public::stands(&standing.read()))}</p>
                <Documents exercise=live.mesa().exercise/>
                <Facts facts/>
                <p class="secondary" role="status">
                    {reactive(move || if connection.get() == Status::Offline { surround::OFFLINE_READING } else { public::LIVE })}
                </p>
                {reactive(move || {
                    let (numbers, alone) = (numbers(), alone.get());
                    if alone { own_parts(live) } else { all_mesas(live, numbers) }
                })}
            </header>
            <Cards outline/>
            <div class="public-pair">
                <section class="card" aria-labelledby="cuota">
                    <h2 id="cuota">{quota::HEADING}</h2>
                    {reactive(move || {
                        let of_plan = !alone.get();
                        view! { <Quota of_plan/> }
                    })}
                </section>
                <WhoAgrees/>
            </div>
            <Year outline/>
            {reactive(move || {
                let alone = alone.get();
                numbers().into_iter().map(|number| mesa::mesa(number, alone, outline)).collect_view()
            })}
        </main>
    }
    .into_any()
}

/// Links to the parts of the page's only mesa.
fn own_parts(live: Live) -> AnyView {
    let problems = live.list(ItemKind::Problem, None);
    view! {
        <nav class="public-contents" aria-label=public::CONTENTS>
            <a class="link" href="#compromisos">{list::heading(ItemKind::Commitment)}</a>
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
