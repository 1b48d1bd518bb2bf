//! How the server sends mail: its settings without the password, a trial, what failed last.

use domain::StreamId;
use domain::codes::Coded;
use leptos::prelude::*;

use super::super::form::{Choices, choices, input, line, number, problems, select};
use crate::address;
use crate::page::form::{Field, Form};
use crate::page::mail::{Delivery, Fault, Kind, MailPage, Post, Security, Sending};
use crate::page::prepare::Moment;
use crate::text::{mail as words, prepare};

/// That the mail server can't be used at this moment.
pub(in crate::pages::plain) fn down(post: Post) -> AnyView {
    words::down(post).map(|said| view! { <p class="note" role="status">{said}</p> }).into_any()
}

/// That there is none.
pub(super) fn off(post: Post) -> AnyView {
    let off = post == Post::Off;
    off.then(|| view! { <p class="note" role="status">{words::OFF}</p> }).into_any()
}

/// The page.
pub(super) fn mail(exercise: StreamId, page: MailPage) -> AnyView {
    let MailPage { sending, own_server, form, post, own, trials, failures } = page;
    let is_set = sending.is_some();
    let whose = if own_server { words::BY_OWN } else { words::BY_OPERATOR };
    let here = address::prepare_part(exercise, "correo");
    let trial = move |(at, delivery): (Option<_>, Delivery)| {
        let at = at.map(|at| format!("{}: ", words::moment(at))).unwrap_or_default();
        view! { <li>{at} {words::delivery(delivery)}</li> }
    };
    let asks = match own {
        Some(own) => view! {
            <p class="secondary" translate="no">{words::trial_to(&own)}</p>
            <form method="post">
                <button class="action" name="prueba" value="si">{words::SEND_TRIAL}</button>
            </form>
        }
        .into_any(),
        None => view! { <p class="note">{words::NO_OWN_MAIL}</p> }.into_any(),
    };
    let has_trials = !trials.is_empty();
    let none = failures.is_empty();
    let failure = |(at, kind, fault): (Option<Moment>, Kind, Fault)| {
        let at = at.map(words::moment).unwrap_or_default();
        view! { <li>{at} " · " {words::kind(kind)} ": " {words::fault(fault)}</li> }
    };
    view! {
        <p class="secondary">{words::LEAD}</p>
        {off(post)}
        {(!is_set).then(|| view! { <p>{words::OFF_NEXT}</p> })}
        {down(post)}
        {is_set.then(|| view! { <p class="secondary">{whose}</p> })}
        {sending.map(settings)}
        {is_set.then(|| view! {
            <section class="card" aria-labelledby="pruebas">
                <h2 id="pruebas">{words::TRIALS}</h2>
                {asks}
                <ul>{trials.into_iter().map(trial).collect_view()}</ul>
                {has_trials.then(|| view! { <a class="link" href=here>{words::RELOAD}</a> })}
            </section>
            <section class="card" aria-labelledby="problemas">
                <h2 id="problemas">{words::FAILURES}</h2>
                {none.then(|| view! { <p class="empty">{words::NO_FAILURES}</p> })}
                <ul>{failures.into_iter().map(failure).collect_view()}</ul>
            </section>
        })}
        {server(exercise, &form, own_server)}
    }
    .into_any()
}

/// The form that sets the exercise's own mail server.
fn server(exercise: StreamId, form: &Form, is_set: bool) -> AnyView {
    view! {
        <form method="post" novalidate class="setup-form" data-keep=format!("{exercise}.correo") data-kept=prepare::KEPT>
            {problems(form)}
            <fieldset class="card setup-part">
                <legend>{words::SERVER}</legend>
                <p class="note">{words::SERVER_LEAD}</p>
                {line(form, Field::MailHost)}
                {select(form, Field::MailSecurity, securities())}
                {number(form, Field::MailPort)}
                {line(form, Field::MailUser)}
                {input(form, Field::MailPassword, "password", "off")}
                {line(form, Field::MailSender)}
            </fieldset>
            <div class="prepare-buttons">
                <button class="action" name="prueba" value="si">{words::SAVE_AND_TRY}</button>
                <button class="button">{words::SAVE_SERVER}</button>
            </div>
        </form>
        {is_set.then(|| view! {
            <form method="post">
                <button class="button" name="quita" value="si">{words::REMOVE_SERVER}</button>
            </form>
        })}
    }
    .into_any()
}

fn securities() -> Choices {
    let ways = [Security::StartTls, Security::Tls, Security::None];
    choices(ways, |way| way.code().to_owned(), |way| words::security(way).to_owned())
}

fn settings(sending: Sending) -> AnyView {
    let Sending { host, port, security, user, from } = sending;
    let fact = |(term, value): (&'static str, String)| {
        view! { <div><dt>{term}</dt><dd translate="no">{value}</dd></div> }
    };
    let facts = [
        (words::HOST, format!("{host}:{port}")),
        (words::SECURITY, words::security(security).to_owned()),
        (words::USER, user.unwrap_or_else(|| words::NO_USER.to_owned())),
        (words::FROM, from),
    ];
    view! { <dl class="card facts">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
}
