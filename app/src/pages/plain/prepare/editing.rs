//! The exercise's data, a mesa's, the sections of the plan, the notice and the logos.

use domain::exercise::{LOGO_PLACES, Sector};
use domain::{MesaNumber, StreamId};
use leptos::prelude::*;

use super::super::creating::quota;
use super::super::form::{area, default_button, input, line, number, problems, select, tick};
use super::consequences::consequences;
use super::fields::{agenda_phases, day_kinds, decision_rules, modes, zones};
use crate::address;
use crate::page::form::{AGENDA_ROWS, Field, Form};
use crate::page::prepare::{Editing, LogoProblem};
use crate::text::prepare as words;

/// A form with what it would do above its fields.
fn form(keep: String, editing: &Editing, fields: AnyView) -> AnyView {
    view! {
        <form method="post" novalidate class="setup-form" data-keep=keep data-kept=words::KEPT>
            {default_button("guarda")}
            {problems(&editing.form)}
            {consequences(&editing.consequences)}
            {fields}
            <button class=if editing.consequences.is_empty() { "action" } else { "button" }>{words::SAVE}</button>
        </form>
    }
    .into_any()
}

/// The exercise's card.
pub(super) fn exercise(exercise: StreamId, editing: Editing) -> AnyView {
    let typed = &editing.form;
    let fields = view! {
        <fieldset class="card setup-part">
            <legend>{words::EXERCISE}</legend>
            {line(typed, Field::Name)}
            {line(typed, Field::State)}
            {line(typed, Field::Municipality)}
            {line(typed, Field::Guarantor)}
            {line(typed, Field::Language)}
            {select(typed, Field::Zone, zones())}
        </fieldset>
        <fieldset class="card setup-part">
            <legend>{words::RULES}</legend>
            {input(typed, Field::Starts, "date", "off")}
            {input(typed, Field::Ends, "date", "off")}
            {select(typed, Field::DecisionRule, decision_rules())}
            {number(typed, Field::Quorum)}
            {number(typed, Field::NoticeDays)}
            {select(typed, Field::NoticeKind, day_kinds())}
            {tick(typed, Field::Secret)}
            {line(typed, Field::ReferencePlan)}
            {area(typed, Field::Axes, 8)}
        </fieldset>
        {quota(typed)}
        <fieldset class="card setup-part">
            <legend>{words::SECTORS}</legend>
            <p class="note">{words::SECTORS_LEAD}</p>
            {sector_names(typed)}
        </fieldset>
    };
    form(format!("{exercise}.datos"), &editing, fields.into_any())
}

/// The sectors: those that every exercise begins with, its own, and two more that it may add.
fn sector_names(typed: &Form) -> AnyView {
    let is_own = |field: &Field| matches!(field.sector(), Some(Sector::Own(_)));
    let is_free = |field: &Field| typed.text(*field).is_empty();
    let more: Vec<_> =
        Field::sectors().filter(|field| is_own(field) && is_free(field)).take(2).collect();
    Field::sectors()
        .filter(|field| !is_own(field) || !is_free(field) || more.contains(field))
        .map(|field| line(typed, field))
        .collect_view()
        .into_any()
}

/// A mesa's card and agenda.
pub(super) fn mesa(exercise: StreamId, number: Option<MesaNumber>, editing: Editing) -> AnyView {
    let typed = &editing.form;
    // Two more than there are; after saving there are two more again.
    let filled = |row: &u8| !typed.text(Field::AgendaTitle(*row)).is_empty();
    let rows = (1..=AGENDA_ROWS).rfind(filled).unwrap_or(0).saturating_add(2).min(AGENDA_ROWS);
    let key = number.map_or_else(|| "nueva".to_owned(), |number| number.to_string());
    let fields = view! {
        <fieldset class="card setup-part">
            <legend>{words::MESA}</legend>
            {line(typed, Field::Theme)}
            {line(typed, Field::Venue)}
            {input(typed, Field::Day, "date", "off")}
            {select(typed, Field::Mode, modes())}
            {input(typed, Field::From, "time", "off")}
            {input(typed, Field::To, "time", "off")}
        </fieldset>
        <fieldset class="card setup-agenda">
            <legend>{words::AGENDA}</legend>
            <p class="note">{words::AGENDA_LEAD}</p>
            {(1..=rows).map(|row| agenda_row(typed, row)).collect_view()}
        </fieldset>
    };
    let more = number.map(|number| {
        view! {
            <p class="prepare-buttons">
                <a class="button" href=address::desk(domain::MesaId { exercise, number }) rel="external">{words::CONDUCT}</a>
                <a class="button" href=address::prepare_part(exercise, "mesa/nueva")>{words::ADD_MESA}</a>
            </p>
        }
    });
    view! {
        {form(format!("{exercise}.mesa.{key}"), &editing, fields.into_any())}
        {more}
    }
    .into_any()
}

fn agenda_row(typed: &Form, row: u8) -> AnyView {
    view! {
        <div class="setup-row">
            {select(typed, Field::AgendaPhase(row), agenda_phases())}
            {line(typed, Field::AgendaTitle(row))}
            {number(typed, Field::AgendaMinutes(row))}
        </div>
    }
    .into_any()
}

/// The optional sections of the plan's document; `frozen` is the version that they belong to now.
pub(super) fn sections(exercise: StreamId, editing: Editing, frozen: Option<u16>) -> AnyView {
    let typed = &editing.form;
    let fields = view! {
        <fieldset class="card prepare-texts">
            {area(typed, Field::Context, 8)}
            {area(typed, Field::HowItWasMade, 8)}
            {area(typed, Field::LegalFramework, 6)}
            {area(typed, Field::Definitions, 6)}
            {area(typed, Field::StrategicObjective, 4)}
            {area(typed, Field::SpecificObjectives, 5)}
            {area(typed, Field::Measurement, 6)}
        </fieldset>
    };
    let frozen = frozen.map(|version| {
        view! { <p class="prepare-clock">{words::sections_frozen(version)}</p> }
    });
    view! {
        <p class="secondary">{words::SECTIONS_OF_THE_PLAN_LEAD}</p>
        {frozen}
        {form(format!("{exercise}.secciones"), &editing, fields.into_any())}
    }
    .into_any()
}

/// The privacy notice.
pub(super) fn notice(exercise: StreamId, editing: Editing) -> AnyView {
    let typed = &editing.form;
    let fields = view! {
        <fieldset class="card prepare-texts">
            <p class="note">{words::NOTICE_CHANGE}</p>
            {area(typed, Field::NoticeShort, 6)}
            {area(typed, Field::NoticeFull, 20)}
        </fieldset>
    };
    form(format!("{exercise}.aviso"), &editing, fields.into_any())
}

/// The logos by place, and the form that puts one.
pub(super) fn logos(
    exercise: StreamId,
    logos: Vec<(u8, Option<String>)>,
    problem: Option<LogoProblem>,
) -> AnyView {
    let free = (1..=LOGO_PLACES)
        .find(|place| !logos.iter().any(|(taken, logo)| taken == place && logo.is_some()));
    let logo = |(place, name): (u8, Option<String>)| {
        name.map(|name| {
            view! {
                <li class="prepare-logo">
                    <img src=address::logo(exercise, place) alt=""/>
                    <span class="row-title">{name}</span>
                    <form method="post" enctype="multipart/form-data">
                        <input type="hidden" name="lugar" value=place/>
                        <button class="button" name="quitar" value="si">{words::LOGO_REMOVE}</button>
                    </form>
                </li>
            }
        })
    };
    let put = free.map(|free| {
        view! {
            <form class="card" method="post" enctype="multipart/form-data">
                {problem.map(|problem| view! { <p class="entry-error" role="alert">{words::logo_problem(problem)}</p> })}
                <input type="hidden" name="lugar" value=free/>
                <div class="entry-field">
                    <label for="nombre">{words::LOGO_NAME}</label>
                    <input id="nombre" name="nombre" class="entry-control" maxlength="240" autocomplete="off"/>
                </div>
                <div class="entry-field">
                    <label for="imagen">{words::LOGO_FILE}</label>
                    <input id="imagen" name="imagen" class="entry-control" type="file" accept="image/png,image/jpeg,image/webp"/>
                </div>
                <button class="action">{words::LOGO_PUT}</button>
            </form>
        }
    });
    view! {
        <p class="secondary">{words::LOGOS_LEAD}</p>
        <ul class="rows">{logos.into_iter().map(logo).collect_view()}</ul>
        {put}
    }
    .into_any()
}
