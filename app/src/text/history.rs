//! The changes of a text.

use domain::Date;

use super::{date, name};
use crate::page::plain::TextAuthor;

/// Link to the changes.
pub const CHANGES: &str = "Cambios";
/// Link back to the sheet.
pub const BACK: &str = "Volver al texto";
/// Nobody wrote anything.
pub const NONE: &str = "Nadie ha escrito aquí todavía.";
/// Link to older changes.
pub const OLDER: &str = "Ver cambios anteriores";
/// Marks the present version.
pub const STANDS: &str = "Así está ahora.";
/// Read out before an insertion.
pub const INSERTED: &str = " [añadido: ";
/// Read out before a deletion.
pub const DELETED: &str = " [quitado: ";
/// Read out after either.
pub const END: &str = "] ";
/// Restores a version.
pub const BRING_BACK: &str = "Volver a este texto";

/// Heading of the page.
pub fn heading(field: &str) -> String {
    format!("Cambios de «{field}»")
}

/// The author, if they allow that their name is published, and on whose behalf it was written.
pub fn author(name: Option<&str>, by: &TextAuthor) -> String {
    let by = match by {
        TextAuthor::Organisation(organisation) => organisation.clone(),
        TextAuthor::Role(role) => name::role(*role).to_owned(),
        TextAuthor::Prepared => "Al preparar la mesa".to_owned(),
        TextAuthor::Redacted => "Se tachó algo del registro".to_owned(),
    };
    name.map_or_else(|| by.clone(), |name| format!("{name} · {by}"))
}

/// The time of a version.
pub fn moment((day, time): (Date, (u8, u8))) -> String {
    format!("{}, {}", date::short_date(day), date::time_of_day(time))
}
