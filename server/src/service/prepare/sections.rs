//! The optional sections of the plan's document: their form, and what a change does.

use std::collections::BTreeMap;

use app::page::form::{Field, Form, Problem};
use app::page::prepare::{Consequence, Editing};
use domain::agreement::VersionNumber;
use domain::exercise::Sections;
use domain::exercise::sections::{
    Definition, Entry, ListError, MOST_ENTRIES, PASSAGE_LIMIT, Passage, definitions, entries,
};
use domain::text::words::WordsError;
use domain::{Exercise, PersonId, Rejection, ServerCommand, StreamId, exercise};

use super::editing::{Outcome, back, refused};
use super::enter;
use crate::app_state::{AppState, Unexpected};
use crate::composed::composed;
use crate::service::form::Reading;

/// The form.
pub fn form(seen: &Exercise) -> Editing {
    let typed = typed(&seen.sections);
    Editing { form: Form { typed, ..Form::default() }, consequences: Vec::new() }
}

/// The version with which they are frozen now: the plan's last one, from its read-out on.
pub fn frozen(seen: &Exercise) -> Option<VersionNumber> {
    let of_the_plan = seen.mesas.values().any(|mesa| mesa.conduct.phase.is_of_the_plan());
    seen.plan.version().filter(|_| of_the_plan).map(|version| version.number)
}

/// What each that says something says, in their order.
pub fn said(sections: &Sections) -> impl Iterator<Item = (Field, String)> {
    typed(sections).into_iter().filter(|(_, text)| !text.is_empty())
}

/// Changes them.
///
/// # Errors
/// [`Unexpected`].
pub async fn save(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    texts: BTreeMap<Field, String>,
    confirmed: bool,
) -> Result<Outcome, Unexpected> {
    let mut reading = Reading::new(texts);
    let after = read(&mut reading);
    if !reading.is_fine() {
        return Ok(back(reading.form));
    }
    let changed = differing(&seen.sections, &after);
    let last = seen.plan.version().map(|version| version.number);
    if let Some(last) = last.filter(|_| frozen(seen).is_none() && !changed.is_empty() && !confirmed)
    {
        let mut consequences: Vec<_> = changed.into_iter().map(Consequence::Section).collect();
        consequences.push(Consequence::AnotherVersion { last });
        return Ok(Outcome::Back(Editing { form: reading.form, consequences }));
    }
    let write = exercise::ServerCommand::WriteSections(Box::new(after));
    match enter(state, stream, by, vec![ServerCommand::Exercise(write)], Vec::new()).await? {
        Ok(()) => Ok(Outcome::Saved),
        Err(Rejection::NotAllowed { .. }) if !changed.is_empty() => {
            for field in changed {
                reading.note(field, Problem::Frozen);
            }
            Ok(back(reading.form))
        }
        Err(rejection) => Ok(refused(reading.form, &rejection)),
    }
}

/// What was typed, with what is wrong noted in the form.
fn read(reading: &mut Reading) -> Sections {
    Sections {
        context: passage(reading, Field::Context),
        how_it_was_made: passage(reading, Field::HowItWasMade),
        legal_framework: list(reading, Field::LegalFramework, entries),
        definitions: list(reading, Field::Definitions, definitions),
        strategic_objective: passage(reading, Field::StrategicObjective),
        specific_objectives: list(reading, Field::SpecificObjectives, entries),
        measurement: passage(reading, Field::Measurement),
    }
}

fn passage(reading: &mut Reading, field: Field) -> Option<Passage> {
    match Passage::parse(&composed(reading.form.text(field))) {
        Ok(passage) => Some(passage),
        Err(error) => {
            let problem = match error {
                WordsError::Empty => return None,
                WordsError::TooLong { .. } => Problem::TooLong { most: PASSAGE_LIMIT },
                WordsError::Forbidden => Problem::NotPlain,
            };
            reading.note(field, problem);
            None
        }
    }
}

fn list<T>(
    reading: &mut Reading,
    field: Field,
    read: fn(&str) -> Result<Vec<T>, ListError>,
) -> Vec<T> {
    match read(&composed(reading.form.text(field))) {
        Ok(list) => list,
        Err(error) => {
            let problem = match error {
                ListError::TooMany => Problem::TooManyLines { most: MOST_ENTRIES },
                ListError::NoMeaning { line } => Problem::NoMeaning { line },
                ListError::Line { line, error: WordsError::TooLong { limit } } => {
                    Problem::LineTooLong { line, most: limit }
                }
                ListError::Line { line, error: WordsError::Forbidden | WordsError::Empty } => {
                    Problem::LineNotPlain { line }
                }
            };
            reading.note(field, problem);
            Vec::new()
        }
    }
}

/// The sections as they are typed.
fn typed(sections: &Sections) -> BTreeMap<Field, String> {
    let passage = |passage: &Option<Passage>| {
        passage.as_ref().map(|passage| passage.as_str().to_owned()).unwrap_or_default()
    };
    let list = |entries: &[Entry]| entries.iter().map(Entry::as_str).collect::<Vec<_>>().join("\n");
    let definition = |one: &Definition| format!("{}: {}", one.term, one.meaning);
    let definitions: Vec<_> = sections.definitions.iter().map(definition).collect();
    [
        (Field::Context, passage(&sections.context)),
        (Field::HowItWasMade, passage(&sections.how_it_was_made)),
        (Field::LegalFramework, list(&sections.legal_framework)),
        (Field::Definitions, definitions.join("\n")),
        (Field::StrategicObjective, passage(&sections.strategic_objective)),
        (Field::SpecificObjectives, list(&sections.specific_objectives)),
        (Field::Measurement, passage(&sections.measurement)),
    ]
    .into()
}

/// Those that say something else.
fn differing(before: &Sections, after: &Sections) -> Vec<Field> {
    let before = typed(before);
    let differs = |(field, text): &(Field, String)| before.get(field) != Some(text);
    typed(after).into_iter().filter(differs).map(|(field, _)| field).collect()
}
