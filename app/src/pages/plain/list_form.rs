//! The form for a list from a spreadsheet, pasted or as a file, with what would become of it: seats and
//! problems are brought alike.

use leptos::prelude::*;
use roster::ReadError;

use super::form::{default_button, in_textarea};
use crate::text::paste as words;

/// The list's form, and the one that reads a file into it.
pub(super) struct ListForm {
    /// Where the list is posted.
    pub here: String,
    /// Where a file is.
    pub file: String,
    /// The list as text.
    pub text: String,
    /// Why it can't be read.
    pub problem: Option<ReadError>,
    /// What the list is to have.
    pub hint: &'static str,
}

impl ListForm {
    /// Draws it, with what would become of the list before that.
    pub fn draw(self, looked: Option<AnyView>) -> AnyView {
        let Self { here, file, text, problem, hint } = self;
        let said = problem.map(|problem| {
            view! { <p id="lista-error" class="entry-error" role="alert">{words::problem(problem)}</p> }
        });
        let wrong = problem.map(|_| "true");
        let (label, main) = match looked {
            Some(_) => (words::LOOK_AGAIN, "button"),
            None => (words::LOOK, "action"),
        };
        view! {
            <form method="post" action=here class="setup-form">
                {default_button("mira")}
                {looked}
                <div class="entry-field">
                    <label for="lista">{words::TEXT}</label>
                    {said}
                    <textarea
                        id="lista"
                        name="lista"
                        class="entry-control"
                        rows="8"
                        spellcheck="false"
                        aria-invalid=wrong
                        aria-describedby="lista-nota"
                    >
                        {in_textarea(&text)}
                    </textarea>
                    <p id="lista-nota" class="note">{hint}</p>
                </div>
                <button class=main name="mira" value="si">{label}</button>
            </form>
            <form class="card" method="post" enctype="multipart/form-data" action=file>
                <div class="entry-field">
                    <label for="archivo">{words::FILE}</label>
                    <input id="archivo" name="archivo" class="entry-control" type="file" accept=".csv,.tsv,.txt,.xlsx,.ods"/>
                </div>
                <button class="button">{words::READ}</button>
            </form>
        }
        .into_any()
    }
}
