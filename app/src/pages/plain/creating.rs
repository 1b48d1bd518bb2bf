//! The form that creates an exercise with its first mesa. Plain HTML that posts to the page's own
//! address; a small script keeps on the device what is typed, and says what each date means.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::form::{area, input, line, number, problems, select, tick};
use super::prepare::fields::{day_kinds, decision_rules, modes, zones};
use crate::page::form::{Field, Form};
use crate::page::prepare::Creating;
use crate::text::{PRODUCT, prepare as words};

/// Keeps what is typed in a form until the server has it.
pub const KEEP_FORM: &str = include_str!("keep_form.js");

/// The page.
#[component]
pub fn CreatingPage(
    /// The form.
    creating: Creating,
) -> impl IntoView {
    let form = &creating.form;
    let sample = creating.offers_sample.then(|| {
        view! {
            <form method="post" action="?muestra">
                <button class="button">{words::SAMPLE}</button>
            </form>
        }
    });
    let from_file = creating.archive.is_empty().then(|| {
        view! {
            <details class="card setup-more">
                <summary>{words::FROM_FILE}</summary>
                <form class="setup-form" method="post">
                    <p class="note">{words::FROM_FILE_LEAD}</p>
                    <div class="entry-field">
                        <label for="archivo">{words::FROM_FILE_TEXT}</label>
                        <textarea id="archivo" name="archivo" class="entry-control" rows="6" data-file=words::FROM_FILE_CHOOSE></textarea>
                    </div>
                    <button class="button">{words::FROM_FILE_BUTTON}</button>
                </form>
            </details>
        }
    });
    let follows = (!creating.archive.is_empty()).then(|| {
        view! {
            <p class="note">{words::FOLLOWS}</p>
            <input type="hidden" name="archivo" value=creating.archive.clone()/>
        }
    });
    view! {
        <main id="contenido" class="entry setup">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{words::CREATE_HEADING}</h1>
                <p class="secondary">{words::CREATE_LEAD}</p>
            </header>
            <form method="post" action=creating.action.clone() novalidate class="setup-form" data-keep="crear" data-kept=words::KEPT>
                {problems(form)}
                {follows}
                <fieldset class="card setup-part">
                    <legend>{words::EXERCISE}</legend>
                    {line(form, Field::Name)}
                    {line(form, Field::State)}
                    {line(form, Field::Municipality)}
                    {line(form, Field::Guarantor)}
                    {input(form, Field::Starts, "date", "off")}
                </fieldset>
                <fieldset class="card setup-part">
                    <legend>{words::FIRST_MESA}</legend>
                    {line(form, Field::Theme)}
                    {line(form, Field::Venue)}
                    {input(form, Field::Day, "date", "off")}
                    {input(form, Field::From, "time", "off")}
                    {input(form, Field::To, "time", "off")}
                    {select(form, Field::Mode, modes())}
                </fieldset>
                {quota(form)}
                <fieldset class="card setup-part">
                    <legend>{words::OWN}</legend>
                    <p class="note">{words::OWN_LEAD}</p>
                    {input(form, Field::OwnName, "text", "name")}
                    {input(form, Field::Mail, "email", "username")}
                    {input(form, Field::Passphrase, "password", "new-password")}
                </fieldset>
                <details class="card setup-more">
                    <summary>{words::MORE}</summary>
                    <div class="setup-part">
                        {input(form, Field::Ends, "date", "off")}
                        {select(form, Field::Zone, zones())}
                        {line(form, Field::Language)}
                        {select(form, Field::DecisionRule, decision_rules())}
                        {number(form, Field::Quorum)}
                        {number(form, Field::NoticeDays)}
                        {select(form, Field::NoticeKind, day_kinds())}
                        {tick(form, Field::Secret)}
                        {line(form, Field::ReferencePlan)}
                        {area(form, Field::Axes, 7)}
                        {line(form, Field::Address)}
                        {line(form, Field::Contact)}
                        <p class="note">{words::NOTICE_LEAD}</p>
                    </div>
                </details>
                <button class="action">{words::CREATE}</button>
            </form>
            {from_file}
            {sample}
            <script type="module" nonce=use_nonce() inner_html=KEEP_FORM></script>
        </main>
    }
    .into_any()
}

/// The fields of a quota.
pub fn quota(form: &Form) -> AnyView {
    view! {
        <fieldset class="card setup-part setup-counts">
            <legend>{words::QUOTA}</legend>
            <p class="note">{words::QUOTA_LEAD}</p>
            {number(form, Field::FollowTheMoney)}
            {number(form, Field::NationalPlan)}
            {number(form, Field::Local)}
            {number(form, Field::Proactive)}
        </fieldset>
    }
    .into_any()
}
