//! Problems from a spreadsheet: nothing is added until it was looked at. One form holds the list and what its
//! columns are.

use diagnosis::{Column, Line, Standing};
use leptos::prelude::*;
use roster::Columns as Letters;

use super::list_form::ListForm;
use crate::address;
use crate::page::bringing::{Bringing, Looked, Taken};
use crate::text::{bringing as words, pack, paste};

/// The page.
#[component]
pub fn BringingView(
    /// What is on it.
    page: Bringing,
) -> impl IntoView {
    let body = match &page.taken {
        Some(taken) => self::taken(&page, taken),
        None if page.closed => view! { <p class="note">{words::CLOSED}</p> }.into_any(),
        None => asked(&page),
    };
    view! {
        <main id="contenido" class="entry pack results">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name.clone()} " · " {page.theme.clone()}</p>
                <h1>{words::HEADING}</h1>
                <p>{words::LEAD}</p>
            </header>
            {body}
            <a class="button" href=address::pack(page.mesa)>{pack::SHOW}</a>
        </main>
    }
    .into_any()
}

fn taken(page: &Bringing, taken: &Taken) -> AnyView {
    let undo = (!taken.undone && !taken.undo.is_empty()).then(|| {
        view! {
            <form method="post" action=address::bringing(page.mesa)>
                <input type="hidden" name="deshacer" value=taken.undo.clone()/>
                <button class="button">{paste::UNDO}</button>
            </form>
        }
    });
    let said = if taken.undone { words::UNDONE.to_owned() } else { words::taken(taken) };
    view! {
        <p role="status" class="sent">{said}</p>
        <a class="action" href=address::problems(page.mesa)>{words::TO_PROBLEMS}</a>
        {undo}
    }
    .into_any()
}

fn asked(page: &Bringing) -> AnyView {
    let form = ListForm {
        here: address::bringing(page.mesa),
        file: address::bringing_file(page.mesa),
        text: page.text.clone(),
        problem: page.problem,
        hint: words::TEXT_HINT,
    };
    form.draw(page.looked.as_ref().map(looked))
}

fn looked(looked: &Looked) -> AnyView {
    let counts = &looked.preview.counts;
    let ready = counts.ready() > 0;
    let unclear = looked.preview.entries.is_empty();
    view! {
        <h2>{words::summary(counts)}</h2>
        <p class="secondary">{paste::found(&looked.found)} " " {words::empty(counts)} " " {paste::NOT_YET}</p>
        <details class="card setup-more" open=unclear>
            <summary>{paste::COLUMNS}</summary>
            <div class="setup-part">{columns(looked)}</div>
        </details>
        <ul class="card rows paste-rows">{looked.preview.lines.iter().map(row).collect_view()}</ul>
        {ready.then(|| view! { <button class="action" name="agrega" value="si">{words::take(counts)}</button> })}
    }
    .into_any()
}

fn columns(looked: &Looked) -> AnyView {
    let choice = |(at, heading): (usize, &String)| {
        let held = looked.columns.held.get(at).copied().flatten();
        let name = format!("columna-{at}");
        let option = |(place, column): (usize, Column)| {
            view! { <option value=place.to_string() selected=held == Some(column)>{words::column(column)}</option> }
        };
        view! {
            <div class="entry-field">
                <label for=name.clone()>{Letters::letters(at)} " · " {heading.clone()}</label>
                <select id=name.clone() name=name class="entry-control">
                    <option value="" selected=held.is_none()>{paste::UNUSED}</option>
                    {Column::ALL.into_iter().enumerate().map(option).collect_view()}
                </select>
            </div>
        }
    };
    view! {
        <label class="results-check">
            <input type="checkbox" name="titulos" value="si" checked=looked.columns.headed/>
            {words::HEADED}
        </label>
        {looked.headings.iter().enumerate().map(choice).collect_view()}
    }
    .into_any()
}

fn row(line: &Line) -> AnyView {
    let class = match line.standing {
        Standing::New => "paste-row paste-ready",
        Standing::NoProblem | Standing::TooLong(_) => "paste-row paste-asks",
        Standing::Same | Standing::Repeated | Standing::Stays => "paste-row",
    };
    view! {
        <li class=class>
            <p class="paste-line">
                <span class="secondary">{paste::ROW} " " {line.row.to_string()} " · " {words::part(line.part)}</span>
                <b translate="no">{line.text.clone()}</b>
                <span class="paste-standing">{words::standing(line.standing)}</span>
            </p>
        </li>
    }
    .into_any()
}
