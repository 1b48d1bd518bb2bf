//! The form that creates an exercise with its first mesa. Plain HTML that posts to the page's own
//! address; what was typed comes back with what is wrong beside it.

use leptos::prelude::*;

use crate::page::setup::{Setup, SetupField};
use crate::text::{PRODUCT, setup as words};

/// The page.
#[component]
pub fn SetupPage(
    /// The form.
    setup: Setup,
) -> impl IntoView {
    let form = &setup;
    let text = |field, kind, autocomplete| input(form, field, kind, autocomplete);
    let line = |field| text(field, "text", "off");
    let count = |field| text(field, "number", "off");
    let modes =
        [("hibrida", words::HYBRID), ("sala", words::IN_PERSON), ("distancia", words::REMOTE)];
    let sample = setup.offers_sample.then(|| {
        view! {
            <form method="post" action="?muestra">
                <button class="button">{words::SAMPLE}</button>
            </form>
        }
    });
    view! {
        <main id="contenido" class="entry setup">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{words::HEADING}</h1>
                <p class="secondary">{words::LEAD}</p>
            </header>
            <form method="post" novalidate class="setup-form">
                {(!form.problems.is_empty()).then(|| view! { <p class="entry-error" role="alert">{words::PROBLEMS}</p> })}
                <fieldset class="card setup-part">
                    <legend>{words::EXERCISE}</legend>
                    {line(SetupField::Name)}
                    {line(SetupField::State)}
                    {line(SetupField::Municipality)}
                    {line(SetupField::Guarantor)}
                    {text(SetupField::Starts, "date", "off")}
                    {select(form, SetupField::Zone, &words::ZONES)}
                </fieldset>
                <fieldset class="card setup-part">
                    <legend>{words::MESA}</legend>
                    {line(SetupField::Theme)}
                    {line(SetupField::Venue)}
                    {text(SetupField::Day, "date", "off")}
                    {text(SetupField::From, "time", "off")}
                    {text(SetupField::To, "time", "off")}
                    {select(form, SetupField::Mode, &modes)}
                </fieldset>
                <fieldset class="card setup-part setup-counts">
                    <legend>{words::QUOTA}</legend>
                    <p class="note">{words::QUOTA_LEAD}</p>
                    {count(SetupField::FollowTheMoney)}
                    {count(SetupField::NationalPlan)}
                    {count(SetupField::Local)}
                    {count(SetupField::Proactive)}
                </fieldset>
                <fieldset class="card setup-part">
                    <legend>{words::NOTICE}</legend>
                    <p class="note">{words::NOTICE_LEAD}</p>
                    {line(SetupField::Address)}
                    {line(SetupField::Contact)}
                </fieldset>
                <button class="action">{words::CREATE}</button>
            </form>
            {sample}
        </main>
    }
    .into_any()
}

fn typed(form: &Setup, field: SetupField) -> String {
    form.typed.get(&field).cloned().unwrap_or_default()
}

/// What describes a field: what is wrong with it, and its hint.
fn notes(form: &Setup, field: SetupField) -> (Option<String>, AnyView) {
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

fn input(
    form: &Setup,
    field: SetupField,
    kind: &'static str,
    autocomplete: &'static str,
) -> AnyView {
    let (described, notes) = notes(form, field);
    let (name, wrong) = (field.name(), form.problems.contains_key(&field));
    view! {
        <div class="entry-field" data-field=name>
            <label for=name>{words::label(field)}</label>
            <input
                id=name
                name=name
                class="entry-control"
                r#type=kind
                maxlength="240"
                autocomplete=autocomplete
                value=typed(form, field)
                aria-invalid=wrong.then_some("true")
                aria-describedby=described
            />
            {notes}
        </div>
    }
    .into_any()
}

fn select(form: &Setup, field: SetupField, options: &[(&'static str, &'static str)]) -> AnyView {
    let (described, notes) = notes(form, field);
    let (name, chosen) = (field.name(), typed(form, field));
    let option = |(value, label): &(&'static str, &'static str)| {
        view! { <option value=*value selected=chosen == *value>{*label}</option> }
    };
    view! {
        <div class="entry-field" data-field=name>
            <label for=name>{words::label(field)}</label>
            <select id=name name=name class="entry-control" aria-describedby=described>
                {options.iter().map(option).collect_view()}
            </select>
            {notes}
        </div>
    }
    .into_any()
}
