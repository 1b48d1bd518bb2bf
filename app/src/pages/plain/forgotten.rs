//! Asking for a link with which one chooses another passphrase. The page says the same whether there
//! is such an account or not.

use leptos::prelude::*;

use super::form::{input, problems};
use crate::address;
use crate::page::form::Field;
use crate::page::prepare::Forgotten;
use crate::text::{PRODUCT, prepare as words};

/// The page.
#[component]
pub fn ForgottenPage(
    /// What is on it.
    page: Forgotten,
) -> impl IntoView {
    let Forgotten { form, sent, off } = page;
    let content = if off {
        view! { <p class="card">{words::FORGOTTEN_OFF}</p> }.into_any()
    } else if sent {
        view! { <p class="sent" role="status">{words::FORGOTTEN_SENT}</p> }.into_any()
    } else {
        view! {
            <form class="card" method="post" novalidate>
                {problems(&form)}
                {input(&form, Field::Mail, "email", "username")}
                <button class="action">{words::FORGOTTEN_BUTTON}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{words::FORGOTTEN}</h1>
                <p class="secondary">{words::FORGOTTEN_LEAD}</p>
            </header>
            {content}
            <a class="button" href=address::SIGN_IN>{words::FORGOTTEN_BACK}</a>
        </main>
    }
    .into_any()
}
