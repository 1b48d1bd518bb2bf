//! A list of seats from a spreadsheet: nothing is added until it was looked at. One form holds the
//! list, what its columns are and what was answered; each answer is a button that posts it.

use domain::StreamId;
use domain::exercise::SectorName;
use leptos::prelude::*;
use roster::{Answer, Asked, Columns, Line, Offer, Question, Standing};

use super::super::list_form::ListForm;
use super::fields;
use crate::address;
use crate::page::paste::{Looked, Paste, Taken};
use crate::text::{form, paste as words, prepare};

/// The page.
pub(super) fn paste(exercise: StreamId, page: Paste, sectors: &[SectorName]) -> AnyView {
    if let Some(taken) = page.taken {
        return done(exercise, taken);
    }
    let looked = page.looked.map(|looked| self::looked(looked, sectors));
    let form = ListForm {
        here: address::prepare_part(exercise, "actores/pegar"),
        file: address::prepare_part(exercise, "actores/archivo"),
        text: page.text,
        problem: page.problem,
        hint: words::TEXT_HINT,
    };
    form.draw(looked)
}

fn done(exercise: StreamId, taken: Taken) -> AnyView {
    let undo = (!taken.undone).then(|| {
        view! {
            <form method="post" action=address::prepare_part(exercise, "actores/deshacer")>
                <input type="hidden" name="deshacer" value=taken.undo/>
                <button class="button">{words::UNDO}</button>
            </form>
        }
    });
    let said = if taken.undone {
        words::UNDONE.to_owned()
    } else {
        words::taken(taken.new, taken.changed)
    };
    view! {
        <p role="status" class="prepare-saved">{said}</p>
        <div class="prepare-buttons">
            <a class="action" href=address::prepare_part(exercise, "actores")>{words::TO_ACTORS}</a>
            {undo}
        </div>
    }
    .into_any()
}

fn looked(looked: Looked, sectors: &[SectorName]) -> AnyView {
    let Looked { found, columns, headings, answers, preview, organisations } = looked;
    let counts = preview.counts;
    let kept = serde_json::to_string(&answers).unwrap_or_default();
    let ready = counts.ready();
    let rows =
        preview.lines.into_iter().map(|line| row(line, &organisations, sectors)).collect_view();
    view! {
        <h2>{words::summary(&counts)}</h2>
        <p class="secondary">{words::found(&found)}" "{words::beside(&counts)}" "{words::NOT_YET}</p>
        <input type="hidden" name="respuestas" value=kept/>
        <details class="card setup-more" open=preview_is_unclear(&columns)>
            <summary>{words::COLUMNS}</summary>
            <div class="setup-part">{column_choices(&columns, headings)}</div>
        </details>
        <ul class="card rows paste-rows">{rows}</ul>
        {(ready > 0).then(|| view! {
            <div class="prepare-buttons">
                <button class="action" name="agrega" value="si">{words::take(&counts)}</button>
                {(counts.asked > 0).then(|| view! { <span class="secondary">{words::WAIT}</span> })}
            </div>
        })}
    }
    .into_any()
}

/// Without a column of organisations the columns are to be looked at first.
fn preview_is_unclear(columns: &Columns) -> bool {
    columns.holding(roster::Column::Organisation).next().is_none()
}

fn column_choices(columns: &Columns, headings: Vec<String>) -> AnyView {
    let choice = |(at, heading): (usize, String)| {
        let held = columns.0.get(at).copied().flatten();
        let name = format!("columna-{at}");
        let option = |(place, column): (usize, roster::Column)| {
            view! { <option value=place selected=held == Some(column)>{words::column(column)}</option> }
        };
        view! {
            <div class="entry-field">
                <label for=name.clone()>{Columns::letters(at)}" · "{heading}</label>
                <select id=name.clone() name=name class="entry-control">
                    <option value="" selected=held.is_none()>{words::UNUSED}</option>
                    {words::COLUMN_CHOICES.into_iter().enumerate().map(option).collect_view()}
                </select>
            </div>
        }
    };
    headings.into_iter().enumerate().map(choice).collect_view().into_any()
}

fn row(line: Line, organisations: &[String], sectors: &[SectorName]) -> impl IntoView {
    let said = words::standing(&line.standing);
    let draft = line.draft;
    let about: Vec<String> = [
        draft.kind.map(|kind| form::seat(kind).to_owned()),
        Some(draft.person),
        Some(draft.mail),
        Some(draft.phone),
        draft.sector.map(|sector| fields::sector(sectors, sector)),
        draft.signs.filter(|signs| !signs).map(|_| prepare::DOES_NOT_SIGN.to_owned()),
    ]
    .into_iter()
    .flatten()
    .filter(|text| !text.is_empty())
    .collect();
    let (class, questions) = match line.standing {
        Standing::Asked(questions) => ("paste-row paste-asks", questions),
        Standing::New(_) | Standing::Changed { .. } => ("paste-row paste-ready", Vec::new()),
        _ => ("paste-row", Vec::new()),
    };
    let questions =
        questions.into_iter().map(|asked| question(asked, organisations, sectors)).collect_view();
    view! {
        <li class=class>
            <p class="paste-line">
                <span class="secondary">{words::ROW}" "{line.place.row}</span>
                <b>{draft.organisation}</b>
                <span>{about.join(" · ")}</span>
                <span class="paste-standing">{said}</span>
            </p>
            {questions}
        </li>
    }
}

/// What an answer's button posts.
fn posted(asked: &Asked, answer: &Answer) -> String {
    serde_json::to_string(&(asked, answer)).unwrap_or_default()
}

fn question(question: Question, organisations: &[String], sectors: &[SectorName]) -> AnyView {
    let Question { row, asked, doubt, offers } = question;
    let key = serde_json::to_string(&asked).unwrap_or_default();
    let field = format!("texto-{key}");
    let label = |answer: &Answer| match answer {
        Answer::Sector(sector) => fields::sector(sectors, *sector),
        other => words::answer(&doubt, other),
    };
    let offer = |offer: Offer| {
        match offer {
        Offer::Answer(answer) => view! {
            <button class="button" name="responde" value=posted(&asked, &answer)>{label(&answer)}</button>
        }
        .into_any(),
        Offer::Write => view! {
            <span class="paste-write">
                <input class="entry-control" name=field.clone() maxlength="240" autocomplete="off" aria-label=words::question(row, &doubt)/>
                <button class="button" name="escribe" value=key.clone()>{words::WRITE}</button>
            </span>
        }
        .into_any(),
        Offer::ChooseOrganisation => view! {
            <span class="paste-write">
                <select class="entry-control" name=field.clone() aria-label=words::question(row, &doubt)>
                    {organisations.iter().map(|name| view! { <option>{name.clone()}</option> }).collect_view()}
                </select>
                <button class="button" name="escribe" value=key.clone()>{words::CHOOSE}</button>
            </span>
        }
        .into_any(),
    }
    };
    view! {
        <p class="paste-question">{words::question(row, &doubt)}</p>
        <div class="prepare-buttons">{offers.into_iter().map(offer).collect_view()}</div>
    }
    .into_any()
}
