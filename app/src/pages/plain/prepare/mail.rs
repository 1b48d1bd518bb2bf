//! How the server sends mail: its settings without the password, a trial, what failed last.

use domain::StreamId;
use leptos::prelude::*;

use crate::address;
use crate::page::mail::{Delivery, Fault, Kind, MailPage, Post, Sending};
use crate::page::prepare::Moment;
use crate::text::mail as words;

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
    let MailPage { sending, post, own, trials, failures } = page;
    let is_set = sending.is_some();
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
    }
    .into_any()
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
