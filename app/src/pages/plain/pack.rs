//! The information pack of a mesa: until when it is due, both senders' checklists, and who opened it. Plain
//! HTML that works without a program.

use domain::codes::Coded;
use domain::pack::Sender;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::address;
use crate::page::pack::{Done, Pack, Part, Row, Sent, Term};
use crate::text::{bringing, pack as words, results};

/// The script that sends files piece by piece.
const UPLOAD: &str = include_str!("upload.js");

/// The page.
#[component]
pub fn PackPage(
    /// What is on it.
    page: Pack,
) -> impl IntoView {
    let (back, label) = if page.leads {
        (address::desk(page.mesa), words::DESK)
    } else {
        (address::now(page.mesa), words::BACK)
    };
    let said = page.done.as_ref().map(|done| {
        let words = words::done(done);
        match done {
            Done::Refused(_) => {
                view! { <p class="entry-error" role="alert">{words}</p> }.into_any()
            }
            _ => view! { <p class="sent" role="status">{words}</p> }.into_any(),
        }
    });
    let term = match &page.term {
        Some(term) => self::term(&page, term),
        None => view! { <p class="note">{words::NO_RULE}</p> }.into_any(),
    };
    let sends = page.senders.iter().any(|part| part.may_send);
    view! {
        <main id="contenido" class="entry pack">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name.clone()} " · " {page.theme.clone()}</p>
                <h1>{words::HEADING}</h1>
                <p>{words::LEAD}</p>
            </header>
            {said}
            {term}
            {page.results.then(|| view! { <a class="button" href=address::results(page.mesa)>{results::SHOW}</a> })}
            {page.senders.iter().map(|part| sender(&page, part)).collect_view()}
            {page.brings.then(|| view! { <a class="button" href=address::bringing(page.mesa)>{bringing::BRING}</a> })}
            {page.leads.then(|| readers(&page))}
            <a class="button" href=back>{label}</a>
        </main>
        {sends.then(|| view! { <script type="module" nonce=use_nonce() inner_html=UPLOAD></script> })}
    }
    .into_any()
}

fn term(page: &Pack, term: &Term) -> AnyView {
    let is_short = term.missing > 0 || term.late > 0;
    let late = is_short && term.left.is_none() && !term.begun;
    let waive = (page.leads && late && term.waived.is_none()).then(|| {
        view! { <p><a class="link" href=address::desk(page.mesa)>{words::WAIVE}</a></p> }
    });
    view! {
        <section class="pack-term" data-late=late.then_some("") aria-label=words::HEADING>
            <p><b>{words::term(term)}</b></p>
            <p>{words::left(term)} " " {words::standing(term)}</p>
            {term.waived.as_deref().map(|reason| view! { <p>{words::waived(reason)}</p> })}
            {waive}
            <details>
                <summary>{words::HOW}</summary>
                <p>{words::how(term.rule)}</p>
            </details>
        </section>
    }
    .into_any()
}

fn sender(page: &Pack, part: &Part) -> AnyView {
    let id = match part.sender {
        Sender::Guarantor => "garante",
        Sender::PublicInstitution => "institucion",
    };
    let has = part.entries.iter().filter(|row| !row.files.is_empty() || row.absence.is_some());
    let far = words::answered(has.count(), part.entries.len());
    view! {
        <section class="card" aria-labelledby=id>
            <header class="entry-head">
                <h2 id=id>{words::sender(part.sender)} " · " {far}</h2>
                {(!part.organisations.is_empty())
                    .then(|| view! { <p class="secondary" translate="no">{part.organisations.clone()}</p> })}
            </header>
            <ul class="rows">{part.entries.iter().map(|row| entry(page, part, row)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn entry(page: &Pack, part: &Part, row: &Row) -> AnyView {
    let code = row.entry.code();
    let absence = row.absence.as_ref().map(|(reason, stamp)| {
        view! {
            <p translate="no">{reason.clone()}</p>
            {stamp.map(|stamp| view! { <p class="secondary">{words::said(stamp)}</p> })}
        }
    });
    let missing = row.files.is_empty() && row.absence.is_none();
    let gone = (!row.gone.is_empty()).then(|| {
        let each = row.gone.iter().map(|(name, gone)| {
            view! { <li><span translate="no">{name.clone()}</span> ": " {words::gone(gone)}</li> }
        });
        view! {
            <details>
                <summary>{words::BEFORE}</summary>
                <ul>{each.collect_view()}</ul>
            </details>
        }
    });
    view! {
        <li class="pack-entry" id=code>
            <h3>{words::entry(row.entry)}</h3>
            {missing.then(|| view! { <p class="missing">{words::MISSING}</p> })}
            {absence}
            {row.files.iter().map(|sent| file(page, part, row, sent)).collect_view()}
            {gone}
            {part.may_send.then(|| sending(page, row))}
        </li>
    }
    .into_any()
}

/// A file with the tap that opens it.
fn file(page: &Pack, part: &Part, row: &Row, sent: &Sent) -> AnyView {
    let about = format!("{} · {}", words::kind(sent.kind), words::size(sent.size));
    let label = format!("{}: {}", words::OPEN, sent.name);
    let read = match (sent.opened, sent.replaces && sent.opened_before) {
        (true, _) => words::OPENED,
        (false, true) => words::CHANGED,
        (false, false) => words::NOT_OPENED,
    };
    let changing = part.may_send.then(|| {
        let number = sent.number.to_string();
        let reason = format!("retira-{number}-razon");
        view! {
            <details>
                <summary>{words::REPLACE}</summary>
                <p class="note">{words::REPLACE_LEAD}</p>
                {upload(page, row, Some(sent.number))}
            </details>
            <details>
                <summary>{words::WITHDRAW}</summary>
                <form class="dispatch-correction" method="post" action=address::pack(page.mesa)>
                    <input type="hidden" name="retira" value=number/>
                    {why(reason, words::WITHDRAW_REASON)}
                    <button class="button" data-tone="bad">{words::WITHDRAW_SAY}</button>
                </form>
            </details>
        }
    });
    view! {
        <div class="pack-file">
            <p><b translate="no">{sent.name.clone()}</b></p>
            <p class="secondary">{about} ". " {words::sent_by(sent.by.as_deref())}</p>
            {sent.stamp.map(|stamp| view! { <p>{words::stamp(stamp)}</p> })}
            <form method="post" action=address::pack_file(page.mesa, sent.number) class="pack-open">
                <button class="button" aria-label=label>{words::OPEN}</button>
                <span class="secondary">{read}</span>
            </form>
            {sent.bringable.then(|| view! { <a class="button" href=address::bringing_of(page.mesa, sent.number)>{bringing::BRING_FILE}</a> })}
            {sent.countable.then(|| view! { <a class="button" href=address::count(page.mesa, sent.number)>{results::USE}</a> })}
            {changing}
        </div>
    }
    .into_any()
}

/// What its sender can do about an entry.
fn sending(page: &Pack, row: &Row) -> AnyView {
    let code = row.entry.code();
    let label = if row.files.is_empty() { words::UPLOAD } else { words::UPLOAD_MORE };
    let declaring = row.files.is_empty().then(|| match &row.absence {
        Some(_) => view! {
            <form method="post" action=address::pack(page.mesa)>
                <input type="hidden" name="entrada" value=code/>
                <button class="button" name="si-hay" value="si">{words::THERE_IS}</button>
            </form>
        }
        .into_any(),
        None => view! {
            <details>
                <summary>{words::NOTHING}</summary>
                <form class="dispatch-correction" method="post" action=address::pack(page.mesa)>
                    <input type="hidden" name="entrada" value=code/>
                    {why(format!("{code}-razon"), words::NOTHING_REASON)}
                    <button class="button">{words::NOTHING_SAY}</button>
                </form>
            </details>
        }
        .into_any(),
    });
    view! {
        <details>
            <summary>{label}</summary>
            {upload(page, row, None)}
        </details>
        {declaring}
    }
    .into_any()
}

/// The form for a file, alone or in another's place.
fn upload(page: &Pack, row: &Row, replaces: Option<u16>) -> AnyView {
    let code = row.entry.code();
    let id = match replaces {
        Some(number) => format!("{code}-archivo-{number}"),
        None => format!("{code}-archivo"),
    };
    let hint = format!("{id}-nota");
    view! {
        <form
            class="dispatch-correction"
            method="post"
            enctype="multipart/form-data"
            action=address::pack_upload(page.mesa)
            data-pieces=address::pack_pieces(page.mesa)
            data-goes=words::UPLOAD_GOES
            data-waits=words::UPLOAD_WAITS
            data-lost=words::UPLOAD_LOST
            data-count=words::UPLOAD_COUNT
        >
            <input type="hidden" name="entrada" value=code/>
            {replaces.map(|number| view! { <input type="hidden" name="reemplaza" value=number.to_string()/> })}
            <div class="entry-field">
                <label for=id.clone()>{words::FILE}</label>
                <input id=id name="archivo" class="entry-control" type="file" aria-describedby=hint.clone()/>
                <p id=hint class="note">{words::FILE_HINT}</p>
            </div>
            // The script fills it while a file is sent.
            <div class="upload">
                <progress aria-label=words::UPLOAD_BAR></progress>
                <span class="upload-count" aria-hidden="true"></span>
            </div>
            <p role="status"></p>
            <button class="action">{words::SEND}</button>
        </form>
    }
    .into_any()
}

fn why(id: String, label: &'static str) -> AnyView {
    let hint = format!("{id}-nota");
    view! {
        <div class="entry-field">
            <label for=id.clone()>{label}</label>
            <textarea id=id name="razon" class="entry-control" rows="3" aria-describedby=hint.clone()></textarea>
            <p id=hint class="note">{words::REASON_HINT}</p>
        </div>
    }
    .into_any()
}

fn readers(page: &Pack) -> AnyView {
    let rows = page.readers.iter().map(|reader| {
        view! {
            <li class="pack-entry">
                <b translate="no">{reader.organisation.clone()}</b>
                <span>{words::opened(reader)}</span>
                {reader.reminded.map(|delivery| view! { <span class="secondary">{words::reminded(delivery)}</span> })}
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="lectores">
            <header class="entry-head">
                <h2 id="lectores">{words::READERS}</h2>
                <p class="secondary">{words::READERS_LEAD}</p>
                {(!page.readers.is_empty()).then(|| view! { <p><b>{words::all_opened(&page.readers)}</b></p> })}
            </header>
            {if page.readers.is_empty() {
                view! { <p class="empty">{words::NO_READERS}</p> }.into_any()
            } else {
                view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
            }}
            {(page.others > 0).then(|| view! { <p class="secondary">{words::others(page.others)}</p> })}
        </section>
    }
    .into_any()
}
