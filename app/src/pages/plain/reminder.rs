//! Reminding by mail those of whom an answer or a signature is missing. Plain HTML that posts to the
//! page's own address.

use leptos::prelude::*;

use super::prepare::mail::down;
use crate::address;
use crate::page::mail::Post;
use crate::page::reminder::{Reminders, Row};
use crate::text::{mail, reminder as words};

/// The page.
#[component]
pub fn RemindersPage(
    /// What is on it.
    page: Reminders,
) -> impl IntoView {
    let back = address::desk(page.mesa);
    let content = match page.missing {
        None => view! { <p>{words::NOTHING}</p> }.into_any(),
        Some(_) if page.rows.is_empty() => {
            view! { <p role="status">{words::NOBODY}</p> }.into_any()
        }
        Some(missing) => {
            let said = words::missing(missing, page.rows.len());
            view! {
                <p><b>{said}</b></p>
                {missing_ones(&page)}
            }
            .into_any()
        }
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name.clone()}</p>
                <h1>{words::HEADING}</h1>
            </header>
            {content}
            <a class="button" href=back>{words::BACK}</a>
        </main>
    }
    .into_any()
}

fn missing_ones(page: &Reminders) -> AnyView {
    let (off, here) = (page.post == Post::Off, address::remind(page.mesa));
    let free = page.rows.iter().filter(|row| row.can_be_reminded()).count();
    let moves = page.rows.iter().any(|row| row.delivery.is_some());
    let rows = page.rows.iter().map(|row| self::row(row, off));
    view! {
        {off.then(|| view! { <p class="note" role="status">{words::OFF}</p> })}
        {down(page.post)}
        {page.done.map(|count| view! { <p class="sent" role="status">{words::done(count)}</p> })}
        {(!off && free > 0).then(|| view! {
            <form class="card" method="post">
                <p class="secondary">{words::LEAD}</p>
                <button class="action" name="recuerda" value="todos">{words::all(free)}</button>
            </form>
        })}
        <ul class="card rows dispatch">{rows.collect_view()}</ul>
        {moves.then(|| view! { <p><a class="link" href=here>{mail::RELOAD}</a></p> })}
    }
    .into_any()
}

fn row(row: &Row, off: bool) -> AnyView {
    let name = row.person.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let asks = row.person.as_ref().filter(|_| !off && row.can_be_reminded()).map(|(person, name)| {
        view! {
            <form method="post">
                <button class="button" name="recuerda" value=person.to_string() aria-label=mail::of(words::ONE, name)>
                    {words::ONE}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <span class="row-title" translate="no">{row.organisation.clone()}</span>
                <p class="secondary" translate="no">{name}</p>
                <p class="dispatch-standing">{words::standing(row)}</p>
            </div>
            {asks}
        </li>
    }
    .into_any()
}
