//! The organisations with their seats: who sits there, who acts, how far each invitation is.

use domain::StreamId;
use domain::exercise::SectorName;
use leptos::prelude::*;

use super::super::form::{default_button, input, line, problems, select, tick};
use super::consequences::consequences;
use super::fields::{sector, sectors};
use crate::address;
use crate::page::form::Field;
use crate::page::prepare::{ActorRow, EditedActor, Invitation, SeatRow};
use crate::text::{form, prepare as words};

/// The list.
pub(super) fn actors(exercise: StreamId, actors: Vec<ActorRow>, listed: &[SectorName]) -> AnyView {
    let of = |path: &str| address::prepare_part(exercise, path);
    let seats: Vec<&SeatRow> = actors.iter().flat_map(|actor| &actor.seats).collect();
    let entered = |seat: &&&SeatRow| matches!(seat.invitation, Invitation::Entered(_));
    let lead = words::actors_lead(seats.len(), seats.iter().filter(entered).count());
    let none = actors.is_empty();
    let table = (!none).then(|| {
        let heading = |column: &'static str| view! { <th scope="col">{column}</th> };
        view! {
            <div class="prepare-table">
                <table>
                    <thead><tr>{words::COLUMNS.into_iter().map(heading).collect_view()}<td></td></tr></thead>
                    {actors.into_iter().map(|actor| group(exercise, actor, listed)).collect_view()}
                </table>
            </div>
        }
    });
    view! {
        <p class="secondary">{if none { words::NO_ACTORS.to_owned() } else { lead }}</p>
        <p class="prepare-buttons">
            <a class=if none { "action" } else { "button" } href=of("actores/pegar")>{words::PASTE}</a>
            <a class="button" href=of("actores/nueva")>{words::ADD_ACTOR}</a>
            {(!none).then(|| view! {
                <a class="button" href=of("tarjetas")>{words::CARDS}</a>
                <a class="button" href=of("invitaciones")>{words::INVITATIONS_HEADING}</a>
            })}
        </p>
        {table}
    }
    .into_any()
}

fn group(exercise: StreamId, actor: ActorRow, listed: &[SectorName]) -> impl IntoView {
    let about = [
        Some(sector(listed, actor.sector)),
        (!actor.signs).then(|| words::DOES_NOT_SIGN.to_owned()),
        actor.withdrawn.then(|| words::WITHDRAWN.to_owned()),
    ];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let edit = address::prepare_part(exercise, &format!("actores/{}", actor.number.0));
    let (span, acting, single) = (actor.seats.len(), actor.acting, actor.seats.len() < 2);
    let mut first = Some(view! {
        <th scope="rowgroup" rowspan=span>
            <a class="row-title" href=edit>{actor.organisation}</a>
            <span class="secondary">{about.join(" · ")}</span>
        </th>
    });
    let row = |seat: SeatRow| {
        let acts = acting == Some(seat.seat);
        let (kind, number) = (seat.kind, actor.number.0);
        let somebody = seat.person.is_some();
        let switch = (somebody && !single && !acts && !actor.withdrawn).then(|| {
            view! {
                <form method="post" action=address::prepare_part(exercise, &format!("actores/{number}/actua"))>
                    <button class="link" name="lugar" value=seat.seat.to_string()>{words::let_act(kind)}</button>
                </form>
            }
        });
        let sessions = seat.sessions.into_iter().map(|(session, at)| {
            view! {
                <form class="prepare-session" method="post" action=address::prepare_part(exercise, "actores/cerrar")>
                    <span class="secondary">{words::session(at)}</span>
                    <button class="link" name="entrada" value=session.to_string()>{words::END_SESSION}</button>
                </form>
            }
        });
        let nobody = seat.person.is_none();
        view! {
            <tr>
                {first.take()}
                <td>{form::seat(kind)}{acts.then(|| view! { <span class="prepare-acts">{words::ACTS}</span> })}</td>
                <td>{seat.person.map(|(_, name)| name)}</td>
                <td class="prepare-mail">
                    {seat.mail.filter(|_| !nobody)}
                    {words::mailing(seat.mailing).map(|said| view! { <span class="secondary prepare-mailing">{said}</span> })}
                </td>
                <td>
                    <span class=mark(seat.invitation)>{words::invitation(seat.invitation)}</span>
                    {sessions.collect_view()}
                </td>
                <td>{switch}</td>
            </tr>
        }
    };
    view! { <tbody>{actor.seats.into_iter().map(row).collect_view()}</tbody> }
}

fn mark(invitation: Invitation) -> &'static str {
    match invitation {
        Invitation::Nobody | Invitation::NoLink => "prepare-state prepare-nothing",
        Invitation::Linked(_) => "prepare-state prepare-partly",
        Invitation::Entered(_) => "prepare-state prepare-done",
    }
}

/// One organisation.
pub(super) fn actor(exercise: StreamId, actor: EditedActor, listed: &[SectorName]) -> AnyView {
    let typed = &actor.editing.form;
    let number = actor.number.map(|number| number.0);
    let key = number.map_or_else(|| "nueva".to_owned(), |number| number.to_string());
    let end = number.map(|number| {
        let (label, value) =
            if actor.withdrawn { (words::TAKE_BACK, "no") } else { (words::WITHDRAW, "si") };
        view! {
            <form class="card" method="post" action=address::prepare_part(exercise, &format!("actores/{number}/retiro"))>
                {actor.withdrawn.then(|| view! { <p>{words::WITHDRAWN}</p> })}
                {actor.withdrawal.as_ref().map(|done| view! {
                    <p role="alert">{words::consequence(done)}</p>
                    <input type="hidden" name="confirma" value="si"/>
                })}
                <button class="button" name="retiro" value=value>{label}</button>
            </form>
        }
    });
    view! {
        <form method="post" novalidate class="setup-form" data-keep=format!("{exercise}.actor.{key}") data-kept=words::KEPT>
            {default_button("guarda")}
            {problems(typed)}
            {consequences(&actor.editing.consequences)}
            <fieldset class="card setup-part">
                <legend>{words::ORGANISATION}</legend>
                {line(typed, Field::Organisation)}
                {select(typed, Field::Sector, sectors(listed))}
                {tick(typed, Field::Signs)}
            </fieldset>
            <fieldset class="card setup-part">
                <legend>{words::PEOPLE}</legend>
                {line(typed, Field::Holder)}
                {input(typed, Field::HolderMail, "email", "off")}
                {input(typed, Field::HolderPhone, "tel", "off")}
                {line(typed, Field::Alternate)}
                {input(typed, Field::AlternateMail, "email", "off")}
                {input(typed, Field::AlternatePhone, "tel", "off")}
            </fieldset>
            <button class=if actor.editing.consequences.is_empty() { "action" } else { "button" }>{words::SAVE}</button>
        </form>
        {end}
    }
    .into_any()
}
