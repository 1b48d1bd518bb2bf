//! The page *Verificar*. A small script calculates the SHA-256 of the chosen file, which isn't sent,
//! and asks for it; without a script it is typed. Over plain http browsers have no `crypto.subtle`.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::address;
use crate::page::verify::{Answer, Stamped, VerifyPage};
use crate::text::{stamp, verify as words};

/// Calculates the SHA-256 of the chosen file and goes to the answer.
const HASH: &str = include_str!("verify.js");

/// The page.
#[component]
pub fn VerifiedPage(page: VerifyPage) -> impl IntoView {
    let VerifyPage { exercise, asked, mistyped, key: (key, fingerprint) } = page;
    let here = address::verify(exercise.as_ref().map(|(id, _, _)| *id));
    let answered = asked.is_some();
    let of = exercise.map(|(id, name, folio)| {
        let plan = address::plan(id);
        view! {
            <p class="secondary"><span translate="no">{name}</span>" · " {folio}</p>
            <p><a class="link" href=plan>{words::TO_THE_PLAN}</a></p>
        }
    });
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <h1>{words::HEADING}</h1>
                {of}
            </header>
            {asked.map(|(digest, answer)| view! { <Said digest answer/> })}
            <section class="card" aria-labelledby="archivo-titulo">
                <h2 id="archivo-titulo">{if answered { words::AGAIN } else { words::FILE_HEADING }}</h2>
                <p>{words::LEAD}</p>
                // Shown by the script, which alone can read it.
                <div class="entry-field" id="elegir" hidden>
                    <label for="archivo">{words::FILE}</label>
                    <input id="archivo" type="file" accept="application/pdf,.pdf" class="entry-control"/>
                    <p role="status" id="leyendo" data-reading=words::READING data-unreadable=words::UNREADABLE></p>
                </div>
                <noscript><p>{words::NO_SCRIPT}</p></noscript>
            </section>
            <ByHand here=here.clone() mistyped/>
            <section class="card" aria-labelledby="llave">
                <h2 id="llave">{words::KEY}</h2>
                <p>{words::KEY_LEAD}</p>
                <p class="plan-code">{words::PUBLIC_KEY} " " <code>{key}</code></p>
                <p class="plan-code">{words::FINGERPRINT} " " <code>{fingerprint}</code></p>
                <p><a class="link" href=address::SEALS>{words::SEALS}</a></p>
                <p class="secondary">{words::WHAT_IT_IS}</p>
            </section>
            <script type="module" nonce=use_nonce() inner_html=HASH data-to=here id="sumar"></script>
        </main>
    }
    .into_any()
}

/// The answer.
#[component]
fn Said(digest: String, answer: Answer) -> impl IntoView {
    let signers = match &answer {
        Answer::Known(known) => words::signers(known).to_vec(),
        Answer::Unknown => Vec::new(),
    };
    let row = |(organisation, standing): (String, &'static str)| {
        view! { <li><span><b translate="no">{organisation}</b> ": " {standing}</span></li> }
    };
    view! {
        <section class="card" role="status" aria-labelledby="respuesta">
            <h2 id="respuesta">{words::heading(&answer)}</h2>
            <p>{words::explained(&answer)}</p>
            {words::stamp(&answer).map(stamped)}
            {(!signers.is_empty()).then(|| view! {
                <h3>{words::SIGNERS}</h3>
                <ol class="outcomes">{signers.into_iter().map(row).collect_view()}</ol>
            })}
            <p class="secondary plan-code">{words::ASKED} " " <code>{digest}</code></p>
        </section>
    }
    .into_any()
}

/// What a third party says of when the seal was there, with its proof.
fn stamped(stamped: &Stamped) -> impl IntoView + use<> {
    let answer = match stamped {
        Stamped::By { answer, .. } => Some(answer.clone()),
        Stamped::Waits(_) | Stamped::NotAsked | Stamped::Damaged => None,
    };
    view! {
        <p>{stamp::stamped(stamped)}</p>
        {answer.map(|href| view! { <p><a class="link" href=href download>{stamp::ANSWER}</a></p> })}
    }
}

/// The field for whoever calculates the SHA-256 otherwise.
#[component]
fn ByHand(here: String, mistyped: bool) -> impl IntoView {
    let command = |(system, command): (&'static str, &'static str)| {
        view! { <li>{system} ": " <code>{command}</code></li> }
    };
    view! {
        <form class="card" method="get" action=here novalidate>
            <h2>{words::BY_HAND}</h2>
            <p>{words::BY_HAND_LEAD}</p>
            <ul>{words::COMMANDS.into_iter().map(command).collect_view()}</ul>
            <div class="entry-field">
                <label for="sha256">{words::DIGEST}</label>
                <input
                    id="sha256"
                    name="sha256"
                    class="entry-control"
                    required
                    maxlength="200"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=mistyped.then_some("true")
                    aria-describedby=mistyped.then_some("sha256-error")
                />
                {mistyped.then(|| view! { <p id="sha256-error" class="entry-error" role="alert">{words::MISTYPED}</p> })}
            </div>
            <button class="button" type="submit">{words::ASK}</button>
        </form>
    }
    .into_any()
}
