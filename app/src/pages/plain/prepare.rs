//! An exercise that is being prepared, and changed while it runs: its parts, each a plain form that
//! posts to its own address.

mod actors;
mod archive;
mod cards;
mod consequences;
mod editing;
pub mod fields;
mod invitations;
pub mod mail;
mod overview;
mod paste;
mod petitions;
mod staff;

use domain::{MesaNumber, StreamId};
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::creating::KEEP_FORM;
use crate::address;
use crate::page::prepare::{Part, Prepare};
use crate::text::{mail as mail_words, petition, prepare as words};

/// The page.
#[component]
pub fn PreparePage(
    /// What is on it.
    prepare: Prepare,
) -> impl IntoView {
    let Prepare { exercise, name, municipality, mesas, sectors, sample, saved, part } = prepare;
    let heading = words::heading(&part);
    let navigation = navigation(exercise, &mesas, &part);
    let content = match part {
        Part::Overview(overview) => overview::overview(exercise, overview),
        Part::Exercise(editing) => editing::exercise(exercise, editing),
        Part::Mesa(number, editing) => editing::mesa(exercise, number, editing),
        Part::Actors(actors) => actors::actors(exercise, actors, &sectors),
        Part::Actor(actor) => actors::actor(exercise, *actor, &sectors),
        Part::Paste(paste) => paste::paste(exercise, *paste, &sectors),
        Part::Cards(choice) => cards::cards(exercise, choice, &name),
        Part::Invitations(page) => invitations::invitations(exercise, page),
        Part::Sections { editing, frozen } => editing::sections(exercise, editing, frozen),
        Part::Mail(page) => mail::mail(exercise, *page),
        Part::Notice(editing) => editing::notice(exercise, editing),
        Part::Logos(logos, problem) => editing::logos(exercise, logos, problem),
        Part::Staff(staff) => staff::staff(exercise, staff, &mesas),
        Part::Petitions(petitions) => petitions::petitions(exercise, petitions),
        Part::Archive { confirms_end } => archive::archive(exercise, sample, confirms_end),
    };
    view! {
        <header class="prepare-head">
            <p>
                <a class="prepare-name" href=address::prepare(exercise)>{name}</a>
                " "
                <span class="secondary">{municipality}</span>
            </p>
            <form method="post" action=address::LEAVE>
                <button class="link">{words::LEAVE}</button>
            </form>
        </header>
        {navigation}
        <main id="contenido" class="entry setup prepare">
            {sample.then(|| view! { <p class="prepare-sample">{words::IS_SAMPLE}</p> })}
            {saved.then(|| view! { <p class="prepare-saved" role="status">{words::SAVED}</p> })}
            <h1>{heading}</h1>
            {content}
        </main>
        <script type="module" nonce=use_nonce() inner_html=KEEP_FORM></script>
    }
    .into_any()
}

/// Links to the parts; the one that is shown is marked.
fn navigation(exercise: StreamId, mesas: &[(MesaNumber, String)], part: &Part) -> AnyView {
    let of = |path: &str| address::prepare_part(exercise, path);
    let first = mesas.first().map_or(MesaNumber(1), |(number, _)| *number);
    let links = [
        (words::PREPARE, address::prepare(exercise), matches!(part, Part::Overview(_))),
        (words::DATA, of("datos"), matches!(part, Part::Exercise(_))),
        (words::MESAS, of(&format!("mesa/{first}")), matches!(part, Part::Mesa(..))),
        (
            words::ACTORS,
            of("actores"),
            matches!(
                part,
                Part::Actors(_)
                    | Part::Actor(_)
                    | Part::Paste(_)
                    | Part::Cards(_)
                    | Part::Invitations(_)
            ),
        ),
        (words::SECTIONS_OF_THE_PLAN, of("secciones"), matches!(part, Part::Sections { .. })),
        (words::NOTICE, of("aviso"), matches!(part, Part::Notice(_))),
        (words::LOGOS, of("logotipos"), matches!(part, Part::Logos(..))),
        (words::STAFF, of("personas"), matches!(part, Part::Staff(_))),
        (petition::LIST, of("solicitudes"), matches!(part, Part::Petitions(_))),
        (mail_words::HEADING, of("correo"), matches!(part, Part::Mail(_))),
        (words::ARCHIVE, of("archivo"), matches!(part, Part::Archive { .. })),
    ];
    let link = |(label, href, here): (&'static str, String, bool)| {
        view! { <li><a href=href aria-current=here.then_some("page")>{label}</a></li> }
    };
    view! {
        <nav class="prepare-parts" aria-label=words::PARTS>
            <ul>{links.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
    .into_any()
}
