//! Who prepares and facilitates.

use domain::{MesaNumber, Role, StreamId};
use leptos::prelude::*;

use super::super::form::{input, problems, select};
use super::fields::{mesas, roles};
use crate::address;
use crate::page::form::Field;
use crate::page::prepare::{Staff, StaffLink, StaffRow};
use crate::text::prepare as words;

/// The list, and the form that adds somebody.
pub(super) fn staff(
    exercise: StreamId,
    staff: Staff,
    of_exercise: &[(MesaNumber, String)],
) -> AnyView {
    let link = staff.link.map(|(name, url)| {
        view! {
            <section class="card prepare-link" role="status">
                <p>{words::staff_link(&name)}</p>
                <p class="seat-url" translate="no">{url}</p>
            </section>
        }
    });
    let form = &staff.form;
    view! {
        <p class="secondary">{words::STAFF_LEAD}</p>
        {link}
        <ul class="card rows">{staff.people.into_iter().map(|person| row(exercise, person)).collect_view()}</ul>
        <form method="post" novalidate class="setup-form" data-keep=format!("{exercise}.personas") data-kept=words::KEPT>
            {problems(form)}
            <fieldset class="card setup-part">
                <legend>{words::STAFF_ADD}</legend>
                {input(form, Field::OwnName, "text", "off")}
                {input(form, Field::Mail, "email", "off")}
                {select(form, Field::Role, roles())}
                {select(form, Field::RoleMesa, mesas(of_exercise))}
            </fieldset>
            <button class="action">{words::STAFF_ADD_BUTTON}</button>
        </form>
        {(!staff.links.is_empty()).then(|| links(exercise, staff.links))}
    }
    .into_any()
}

/// The links that lead in without a passphrase.
fn links(exercise: StreamId, links: Vec<StaffLink>) -> impl IntoView {
    let row = |link: StaffLink| {
        view! {
            <li class="prepare-step">
                <div>
                    <span class="row-title">{words::staff_role(link.grant.role, link.grant.mesa)}</span>
                    <p class="secondary">{words::link_lasts(link.made, link.until)}</p>
                </div>
                <form class="prepare-buttons" method="post" action=address::prepare_part(exercise, "personas/terminar")>
                    {(link.grant.role != Role::Projector).then(|| view! {
                        <label class="entry-choice">
                            <input type="checkbox" name="salen" value="si"/>
                            <span>{words::LINK_SIGNS_OUT}</span>
                        </label>
                    })}
                    <button class="button" name="enlace" value=link.link.to_string()>{words::LINK_END}</button>
                </form>
            </li>
        }
    };
    view! {
        <section aria-labelledby="enlaces">
            <h2 id="enlaces">{words::LINKS}</h2>
            <p class="secondary">{words::LINKS_LEAD}</p>
            <ul class="card rows">{links.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

fn row(exercise: StreamId, person: StaffRow) -> impl IntoView {
    let about = [
        Some(words::staff_role(person.grant.role, person.grant.mesa)),
        Some(person.mail),
        person.own.then(|| words::YOU.to_owned()),
        (!person.has_passphrase).then(|| words::NO_PASSPHRASE.to_owned()),
    ];
    let about: Vec<_> = about.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let id = person.person.to_string();
    let act = |path: &'static str, label: &'static str| {
        view! {
            <form method="post" action=address::prepare_part(exercise, path)>
                <button class="button" name="persona" value=id.clone()>{label}</button>
            </form>
        }
    };
    view! {
        <li class="prepare-step">
            <div>
                <span class="row-title">{person.name}</span>
                <p class="secondary">{about.join(" · ")}</p>
            </div>
            <div class="prepare-buttons">
                {act("personas/enlace", words::STAFF_LINK)}
                {(!person.own).then(|| act("personas/quitar", words::STAFF_REMOVE))}
            </div>
        </li>
    }
}
