//! How a text changed.

use domain::Date;

use super::{date, name};
use crate::page::plain::TextAuthor;

/// The link to it.
pub const CHANGES: &str = "Cambios";
/// Back to the sheet.
pub const BACK: &str = "Volver al texto";
/// Nobody wrote anything.
pub const NONE: &str = "Nadie ha escrito aquí todavía.";
/// To older changes.
pub const OLDER: &str = "Ver cambios anteriores";
/// The version that stands there.
pub const STANDS: &str = "Así está ahora.";
/// Heard before what was put in.
pub const INSERTED: &str = " [añadido: ";
/// Heard before what was taken out.
pub const DELETED: &str = " [quitado: ";
/// Heard after either.
pub const END: &str = "] ";
/// Makes a version stand there again.
pub const BRING_BACK: &str = "Volver a este texto";

/// Heading of the page.
pub fn heading(field: &str) -> String {
    format!("Cambios de «{field}»")
}

/// Who wrote it, where they allow it, and for whom it was written.
pub fn author(name: Option<&str>, by: &TextAuthor) -> String {
    let by = match by {
        TextAuthor::Organisation(organisation) => organisation.clone(),
        TextAuthor::Role(role) => name::role(*role).to_owned(),
        TextAuthor::Prepared => "Al preparar la mesa".to_owned(),
        TextAuthor::Redacted => "Se tachó algo del registro".to_owned(),
    };
    name.map_or_else(|| by.clone(), |name| format!("{name} · {by}"))
}

/// When it was.
pub fn moment((day, time): (Date, (u8, u8))) -> String {
    format!("{}, {}", date::short_date(day), date::time_of_day(time))
}
