//! Signing in with mail address and passphrase, and choosing a passphrase.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::creating::KEEP_FORM;
use super::form::{input, problems};
use crate::address;
use crate::page::form::Field;
use crate::page::prepare::SigningIn;
use crate::text::{PRODUCT, prepare as words};

/// The page.
#[component]
pub fn SigningInPage(
    /// What is on it.
    page: SigningIn,
) -> impl IntoView {
    let form = &page.form;
    let (heading, button) = if page.resets {
        (words::CHOOSE, words::CHOOSE_BUTTON)
    } else {
        (words::SIGN_IN, words::SIGN_IN_BUTTON)
    };
    let choice = |(place, (exercise, name)): (usize, (domain::StreamId, String))| {
        view! {
            <label class="entry-choice">
                <input type="radio" name="ejercicio" value=exercise.to_string() checked=place == 0/>
                <span>{name}</span>
            </label>
        }
    };
    let choices = (!page.choices.is_empty()).then(|| {
        let choices = page.choices.clone().into_iter().enumerate();
        view! {
            <fieldset class="entry-field">
                <legend>{words::WHICH}</legend>
                {choices.map(choice).collect_view()}
            </fieldset>
        }
    });
    let mail = (!page.resets).then(|| input(form, Field::Mail, "email", "username"));
    let autocomplete = if page.resets { "new-password" } else { "current-password" };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{heading}</h1>
                {(!page.resets).then(|| view! { <p class="secondary">{words::SIGN_IN_LEAD}</p> })}
            </header>
            <form class="card" method="post" novalidate>
                {page.refused.then(|| view! { <p class="entry-error" role="alert">{words::REFUSED}</p> })}
                {problems(form)}
                {mail}
                {input(form, Field::Passphrase, "password", autocomplete)}
                {choices}
                <button class="action">{button}</button>
            </form>
            {(!page.resets).then(|| view! { <p><a class="link" href=address::FORGOTTEN>{words::FORGOTTEN}</a></p> })}
            <script type="module" nonce=use_nonce() inner_html=KEEP_FORM></script>
        </main>
    }
    .into_any()
}
