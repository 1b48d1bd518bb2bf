//! A spreadsheet of the pack that is being counted: what each column is, and what it comes to. Nothing is
//! kept until that was looked at. One form, which works without a program.

use leptos::prelude::*;
use roster::Columns;
use tally::Column;

use super::form::{default_button, in_textarea};
use super::results::outcome;
use crate::address;
use crate::page::results::{CountPage, Held, Looked};
use crate::text::{paste, results as words};

/// How many first cells tell what a column holds.
const CELLS: usize = 3;

/// The page.
#[component]
pub fn CountView(
    /// What is on it.
    page: CountPage,
) -> impl IntoView {
    let problem = page.problem.map(|problem| {
        view! { <p class="entry-error" role="alert">{words::problem(problem)}</p> }
    });
    let body = match &page.looked {
        Err(problem) => {
            view! { <p class="entry-error" role="alert">{words::unreadable(*problem)}</p> }
                .into_any()
        }
        Ok(looked) => self::looked(&page, looked),
    };
    view! {
        <main id="contenido" class="entry pack results">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name.clone()}</p>
                <h1>{words::COUNTING}</h1>
                <p>{words::COUNTING_LEAD}</p>
            </header>
            {problem}
            {body}
            <a class="button" href=address::pack(page.mesa)>{words::TO_PACK}</a>
        </main>
    }
    .into_any()
}

fn looked(page: &CountPage, looked: &Looked) -> AnyView {
    let something = !looked.counted.questions.is_empty();
    let columns = looked.columns.iter().enumerate().map(|(at, held)| column(looked, at, held));
    let outcome = something.then(|| {
        view! {
            <section class="card" aria-labelledby="asi">
                <h2 id="asi">{words::OUTCOME}</h2>
                {outcome(&looked.counted)}
            </section>
        }
    });
    let keep = something.then(|| {
        view! { <button class="action" name="guarda" value="si">{words::KEEP}</button> }
    });
    view! {
        <p class="secondary">{paste::found(&looked.found)} " " {words::read(looked)}</p>
        <form method="post" action=address::count(page.mesa, page.file) class="setup-form">
            {default_button("mira")}
            {outcome}
            {keep}
            <section class="card" aria-labelledby="columnas">
                <h2 id="columnas">{words::COLUMNS}</h2>
                <label class="results-check">
                    <input type="checkbox" name="titulos" value="si" checked=looked.headed/>
                    {words::HEADED}
                </label>
                <input type="hidden" name="titulos-antes" value=if looked.headed { "si" } else { "no" }/>
                <div class="rows">{columns.collect_view()}</div>
                <button class="button" name="mira" value="si">{words::LOOK_AGAIN}</button>
            </section>
        </form>
        {first_rows(looked)}
    }
    .into_any()
}

fn column(looked: &Looked, at: usize, held: &Held) -> AnyView {
    let letters = Columns::letters(at);
    let cells = looked.first.iter().skip(usize::from(looked.headed));
    let cells: Vec<&str> = cells
        .filter_map(|(_, cells)| cells.get(at).map(|cell| cell.trim()))
        .filter(|cell| !cell.is_empty())
        .take(CELLS)
        .collect();
    let (kind, title, options) =
        (format!("columna-{at}"), format!("titulo-{at}"), format!("opciones-{at}"));
    let choice = |column: Column| {
        view! {
            <option value=words::column_code(column) selected=held.column == Some(column)>
                {words::column(column)}
            </option>
        }
    };
    let before = held.column.map_or("", words::column_code);
    let asks = matches!(
        held.column,
        Some(Column::One | Column::Several | Column::Mark | Column::Option | Column::Count)
    );
    let titled = if asks {
        view! {
            <div class="entry-field">
                <label for=title.clone()>{words::TITLE}</label>
                <input id=title.clone() name=title class="entry-control" value=held.title.clone() maxlength="240" autocomplete="off"/>
            </div>
        }
        .into_any()
    } else {
        view! { <input type="hidden" name=title value=held.title.clone()/> }.into_any()
    };
    let listed = matches!(held.column, Some(Column::One | Column::Several)).then(|| {
        let hint = format!("{options}-nota");
        view! {
            <div class="entry-field">
                <label for=options.clone()>{words::OPTIONS}</label>
                <textarea id=options.clone() name=options class="entry-control" rows="6" spellcheck="false" aria-describedby=hint.clone()>
                    {in_textarea(&held.options.join("\n"))}
                </textarea>
                <p id=hint class="note">{words::OPTIONS_HINT}</p>
            </div>
        }
    });
    view! {
        <fieldset class="results-column">
            <legend translate="no">{words::letters(&letters, &held.title)}</legend>
            <p class="secondary" translate="no">{cells.join(" · ")}</p>
            <div class="entry-field">
                <label for=kind.clone()>{words::KIND}</label>
                <select id=kind.clone() name=kind.clone() class="entry-control">
                    <option value="" selected=held.column.is_none()>{words::UNUSED}</option>
                    {Column::ALL.map(choice).into_iter().collect_view()}
                </select>
            </div>
            <input type="hidden" name=format!("{kind}-antes") value=before/>
            {titled}
            {listed}
        </fieldset>
    }
    .into_any()
}

fn first_rows(looked: &Looked) -> AnyView {
    let heads = (0..looked.columns.len())
        .map(|at| view! { <th scope="col">{Columns::letters(at)}</th> })
        .collect_view();
    let rows = looked.first.iter().map(|(number, cells)| {
        let cells = (0..looked.columns.len()).map(
            |at| view! { <td translate="no">{cells.get(at).cloned().unwrap_or_default()}</td> },
        );
        view! {
            <tr>
                <th scope="row">{paste::ROW} " " {number.to_string()}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <details class="card">
            <summary>{words::FIRST}</summary>
            <div class="results-scroll" role="region" aria-label=words::FIRST tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{paste::ROW}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
