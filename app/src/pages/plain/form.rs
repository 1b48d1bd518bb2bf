//! Fields of plain forms. What was typed comes back in them, with what is wrong beside it.

use leptos::prelude::*;

use crate::page::form::{Field, Form};
use crate::text::{form as words, prepare};

/// What a list offers: values and their labels.
pub type Choices = Vec<(String, String)>;

/// Choices from values with a code.
pub fn choices<T: Copy>(
    values: impl IntoIterator<Item = T>,
    code: impl Fn(T) -> String,
    label: impl Fn(T) -> String,
) -> Choices {
    values.into_iter().map(|value| (code(value), label(value))).collect()
}

/// The button that Enter presses: the first in a form, whatever others come before its own.
pub fn default_button(name: &'static str) -> AnyView {
    view! { <button class="default-button" name=name value="si" tabindex="-1" aria-hidden="true"></button> }
        .into_any()
}

/// Above a form in which something is wrong.
pub fn problems(form: &Form) -> AnyView {
    let wrong = !form.problems.is_empty();
    wrong.then(|| view! { <p class="entry-error" role="alert">{prepare::PROBLEMS}</p> }).into_any()
}

/// What describes a field: what is wrong with it, and its hint.
fn notes(form: &Form, field: Field) -> (Option<String>, AnyView) {
    let name = field.name();
    let problem = form.problems.get(&field).map(|problem| words::problem(field, *problem));
    let described = [
        problem.is_some().then(|| format!("{name}-error")),
        words::hint(field).map(|_| format!("{name}-nota")),
    ];
    let described: Vec<_> = described.into_iter().flatten().collect();
    let view = view! {
        {problem.map(|problem| view! { <p id=format!("{name}-error") class="entry-error">{problem}</p> })}
        {words::hint(field).map(|hint| view! { <p id=format!("{name}-nota") class="note">{hint}</p> })}
    }
    .into_any();
    ((!described.is_empty()).then(|| described.join(" ")), view)
}

fn wrong(form: &Form, field: Field) -> Option<&'static str> {
    form.problems.contains_key(&field).then_some("true")
}

/// A line of text.
pub fn line(form: &Form, field: Field) -> AnyView {
    input(form, field, "text", "off")
}

/// An input of a kind, with what the browser may fill in.
pub fn input(form: &Form, field: Field, kind: &'static str, autocomplete: &'static str) -> AnyView {
    let (described, notes) = notes(form, field);
    let name = field.name().into_owned();
    // A passphrase doesn't come back.
    let secret = kind == "password";
    let written = !matches!(kind, "date" | "time" | "number");
    let value = (!secret).then(|| form.text(field).to_owned());
    view! {
        <div class="entry-field" data-field=name.clone()>
            <label for=name.clone()>{words::label(field)}</label>
            <input
                id=name.clone()
                name=name.clone()
                class="entry-control"
                r#type=kind
                maxlength=written.then_some("240")
                autocomplete=autocomplete
                value=value
                data-show=secret.then_some(prepare::SHOW)
                data-hide=secret.then_some(prepare::HIDE)
                aria-invalid=wrong(form, field)
                aria-describedby=described
            />
            {notes}
        </div>
    }
    .into_any()
}

/// A number.
pub fn number(form: &Form, field: Field) -> AnyView {
    input(form, field, "number", "off")
}

/// A text of several lines.
pub fn area(form: &Form, field: Field, rows: u8) -> AnyView {
    let (described, notes) = notes(form, field);
    let name = field.name().into_owned();
    view! {
        <div class="entry-field" data-field=name.clone()>
            <label for=name.clone()>{words::label(field)}</label>
            <textarea
                id=name.clone()
                name=name.clone()
                class="entry-control"
                rows=rows
                aria-invalid=wrong(form, field)
                aria-describedby=described
            >
                {in_textarea(form.text(field))}
            </textarea>
            {notes}
        </div>
    }
    .into_any()
}

/// A text as the content of a `<textarea>`, which leptos writes as it is: what would end the element
/// is escaped, and the line end that browsers drop at its beginning is added.
pub fn in_textarea(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// A list of which one is chosen.
pub fn select(form: &Form, field: Field, choices: Choices) -> AnyView {
    let (described, notes) = notes(form, field);
    let name = field.name().into_owned();
    let chosen = form.text(field).to_owned();
    let option = move |(value, label): (String, String)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    };
    view! {
        <div class="entry-field" data-field=name.clone()>
            <label for=name.clone()>{words::label(field)}</label>
            <select
                id=name.clone()
                name=name.clone()
                class="entry-control"
                aria-invalid=wrong(form, field)
                aria-describedby=described
            >
                {choices.into_iter().map(option).collect_view()}
            </select>
            {notes}
        </div>
    }
    .into_any()
}

/// A box to be ticked.
pub fn tick(form: &Form, field: Field) -> AnyView {
    let ticked = !form.text(field).is_empty();
    view! {
        <label class="entry-choice" data-field=field.name().into_owned()>
            <input type="checkbox" name=field.name().into_owned() value="si" checked=ticked/>
            <span>{words::label(field)}</span>
        </label>
    }
    .into_any()
}
