//! The invitations by mail: whom they go to, how far they are, and what they say.

use domain::StreamId;
use leptos::prelude::*;

use crate::address;
use crate::page::mail::Undelivered;
use crate::page::prepare::{Invitations, Letter};
use crate::text::{invitation, mail as mail_words, prepare as words};

/// The page.
pub(super) fn invitations(exercise: StreamId, page: Invitations) -> AnyView {
    let Invitations { unasked, queued, sent, without_mail, post, undelivered, letter } = page;
    let of = |path: &str| address::prepare_part(exercise, path);
    let counts = [
        (queued > 0).then(|| words::invitations_queued(queued)),
        (sent > 0).then(|| words::invitations_sent(sent)),
        (without_mail > 0).then(|| words::invitations_without_mail(without_mail)),
    ];
    let counts = counts.into_iter().flatten().map(|said| view! { <li>{said}</li> });
    let ask = (unasked > 0).then(|| {
        view! {
            <form method="post">
                <button class="action" name="invita" value="si">{words::invite(unasked)}</button>
            </form>
        }
    });
    view! {
        <p class="secondary">{words::INVITATIONS_LEAD}</p>
        {super::mail::off(post)}
        {super::mail::down(post)}
        <ul>{counts.collect_view()}</ul>
        {ask}
        {(!undelivered.is_empty()).then(|| list(exercise, undelivered))}
        <p class="prepare-buttons">
            <a class="button" href=of("tarjetas")>{words::CARDS}</a>
            <a class="button" href=of("actores")>{words::ACTORS}</a>
        </p>
        {letter.map(|letter| sample(&letter))}
    }
    .into_any()
}

/// Those for which somebody has to do something.
fn list(exercise: StreamId, undelivered: Vec<Undelivered>) -> AnyView {
    let row = |one: Undelivered| {
        view! {
            <li class="prepare-step">
                <div>
                    <span class="row-title" translate="no">{one.name.clone()}</span>
                    <p class="secondary" translate="no">{one.mail}</p>
                    <p>{mail_words::delivery(one.delivery)}</p>
                </div>
                <form class="prepare-buttons" method="post">
                    <button class="button" name="otra-vez" value=one.seat.to_string() aria-label=mail_words::of(mail_words::AGAIN, &one.name)>
                        {mail_words::AGAIN}
                    </button>
                    <a class="link" href=address::prepare_part(exercise, "actores")>{mail_words::CORRECT}</a>
                </form>
            </li>
        }
    };
    view! {
        <section aria-labelledby="sin-llegar">
            <h2 id="sin-llegar">{words::UNDELIVERED}</h2>
            <ul class="card rows">{undelivered.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn sample(letter: &Letter) -> AnyView {
    view! {
        <section class="card" aria-labelledby="carta">
            <h2 id="carta">{words::INVITATION_SAYS}</h2>
            <p class="row-title">{invitation::subject(letter)}</p>
            <p class="lasting-text">{invitation::body(letter)}</p>
        </section>
    }
    .into_any()
}
