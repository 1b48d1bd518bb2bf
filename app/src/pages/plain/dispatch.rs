//! Sending the plan to everybody who takes part: who received it, who didn't and why. Plain HTML
//! that posts to the page's own address.

use leptos::prelude::*;

use super::prepare::mail::down;
use crate::address;
use crate::page::dispatch::{Dispatch, Done, Recipient};
use crate::page::mail::{Delivery, Post};
use crate::text::{dispatch as words, mail, plan};

/// The page.
#[component]
pub fn DispatchPage(
    /// What is on it.
    page: Dispatch,
) -> impl IntoView {
    let back = address::desk(page.mesa);
    let content = match page.version {
        Some((version, _)) => dispatch(&page, version),
        None => view! { <p>{words::NO_VERSION}</p> }.into_any(),
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name}</p>
                <h1>{words::HEADING}</h1>
                {page.version.map(|(version, frozen)| view! { <p>{words::version(version, frozen, page.signed)}</p> })}
                <p class="secondary">{plan::folio(&page.folio)}</p>
            </header>
            {content}
            <a class="button" href=back>{words::BACK}</a>
        </main>
    }
    .into_any()
}

fn dispatch(page: &Dispatch, version: u16) -> AnyView {
    let (off, here) = (page.post == Post::Off, address::dispatch(page.mesa));
    let said = page.done.as_ref().and_then(words::done);
    let (unasked, refused) = (page.unasked(), page.refused());
    let asks = !off && (unasked > 0 || refused > 0);
    let rows = page.people.iter().map(|one| row(one, page, version));
    view! {
        {off.then(|| view! { <p class="note" role="status">{words::OFF}</p> })}
        {down(page.post)}
        {said.map(|said| view! { <p class="sent" role="status">{said}</p> })}
        {page.signed.is_none().then(|| view! { <p class="secondary">{words::NOT_SIGNED}</p> })}
        {page.begun().then(|| view! {
            <p class="dispatch-count"><b>{words::received(page.counts())}</b> " " <a class="link" href=here>{mail::RELOAD}</a></p>
        })}
        {asks.then(|| view! {
            <form class="card" method="post">
                <input type="hidden" name="version" value=version.to_string()/>
                <p class="secondary">{words::COPIES}</p>
                {(unasked > 0).then(|| view! { <button class="action" name="envia" value="si">{words::send(unasked)}</button> })}
                {(refused > 0).then(|| view! { <button class="button" name="reenvia" value="si">{words::send_again(refused)}</button> })}
            </form>
        })}
        {off.then(|| other_ways(page, version))}
        <section class="card" aria-labelledby="personas">
            <h2 id="personas">{words::PEOPLE}</h2>
            {if page.people.is_empty() {
                view! { <p class="empty">{words::NOBODY}</p> }.into_any()
            } else {
                view! { <ul class="rows dispatch">{rows.collect_view()}</ul> }.into_any()
            }}
        </section>
        {(!off).then(|| other_ways(page, version))}
    }
    .into_any()
}

/// Without mail: the files, and an address to be shared.
fn other_ways(page: &Dispatch, version: u16) -> AnyView {
    let file = |name| address::plan_file(page.mesa.exercise, version, name);
    let signed = page.signed.is_some();
    let download = if signed { words::DOWNLOAD_SIGNED } else { words::DOWNLOAD };
    let who = if page.public { words::SHARE_OPEN } else { words::SHARE_CLOSED };
    view! {
        <section class="card" aria-labelledby="otra">
            <h2 id="otra">{words::OTHER_WAYS}</h2>
            <ul>
                <li><a class="link" href=file(address::PLAN_PDF)>{download}</a></li>
                <li><a class="link" href=file(address::PUBLIC_PDF)>{words::DOWNLOAD_PUBLIC}</a></li>
                {(!signed).then(|| view! { <li><a class="link" href=file(address::PAPER_PDF)>{words::PRINT}</a></li> })}
            </ul>
            <p>{words::SHARE} " " <a class="link seat-url" href=page.address.clone() translate="no">{page.address.clone()}</a></p>
            <p class="secondary">{who}</p>
        </section>
    }
    .into_any()
}

fn row(one: &Recipient, page: &Dispatch, version: u16) -> AnyView {
    let person = one.person.to_string();
    let off = page.post == Post::Off;
    let copy = if one.full { words::FULL } else { words::PUBLIC };
    let about: Vec<_> = [one.organisations.join(" · "), one.mail.clone(), copy.to_owned()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let again = (!off && one.delivery == Some(Delivery::Uncertain)).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="version" value=version.to_string()/>
                <button class="button" name="otra-vez" value=person.clone() aria-label=mail::of(mail::AGAIN, &one.name)>
                    {mail::AGAIN}
                </button>
            </form>
        }
    });
    let wrong = match &page.done {
        Some(Done::NotAnAddress(whose, typed)) if *whose == one.person => Some(typed.clone()),
        _ => None,
    };
    let stuck = one.delivery.is_some_and(Delivery::needs_somebody);
    let waits = matches!(one.delivery, Some(Delivery::Waiting(Some(_))));
    let corrects = !off && (one.mail.is_empty() || stuck || waits || wrong.is_some());
    view! {
        <li>
            <div>
                <span class="row-title" translate="no">{one.name.clone()}</span>
                <p class="secondary" translate="no">{about.join(" · ")}</p>
                <p class="dispatch-standing" data-stuck=stuck.then_some("si")>{words::standing(one)}</p>
            </div>
            {again}
            {corrects.then(|| correction(one, version, wrong))}
        </li>
    }
    .into_any()
}

fn correction(one: &Recipient, version: u16, wrong: Option<String>) -> AnyView {
    let id = format!("correo-{}", one.person);
    let bad = wrong.is_some();
    let error = format!("{id}-error");
    view! {
        <form class="dispatch-correction" method="post" novalidate>
            <input type="hidden" name="version" value=version.to_string()/>
            <div class="entry-field">
                <label for=id.clone()>{mail::of(words::MAIL, &one.name)}</label>
                <input
                    id=id
                    name="correo"
                    class="entry-control"
                    type="email"
                    maxlength="254"
                    autocomplete="off"
                    value=wrong.unwrap_or_else(|| one.mail.clone())
                    aria-invalid=bad.then_some("true")
                    aria-describedby=bad.then(|| error.clone())
                />
                {bad.then(|| view! { <p id=error.clone() class="entry-error" role="alert">{words::NOT_AN_ADDRESS}</p> })}
            </div>
            <button class="button" name="persona" value=one.person.to_string()>{words::CORRECT}</button>
        </form>
    }
    .into_any()
}
