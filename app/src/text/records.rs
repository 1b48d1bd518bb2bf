//! The people of whom a record is kept, for whoever leads the mesa.

/// Heading, and the link to the page.
pub const HEADING: &str = "Personas y sus datos";
/// What the page is for.
pub const LEAD: &str = "De estas personas se guarda el nombre, y el correo o el teléfono si los dieron. Cuando ya no hagan falta, o cuando alguien lo pida, se borran aquí para siempre.";
/// Before the plan is signed.
pub const NOT_YET: &str =
    "Se puede desde la fase de Seguimiento: hasta la firma hace falta saber quién es quién.";
/// There is nobody.
pub const NOBODY: &str = "No se guarda el nombre de nadie más.";
/// Asks whether to erase.
pub const ERASE: &str = "Borrar sus datos";
/// Erases.
pub const YES: &str = "Sí, borrar para siempre";
/// Doesn't.
pub const NO: &str = "No, dejarlos";
/// Link back.
pub const BACK: &str = "Volver a Mi asistencia";

/// Label of the button, for those who hear it.
pub fn erase_of(name: &str) -> String {
    format!("{ERASE}: {name}")
}

/// The question.
pub fn question(name: &str) -> String {
    format!("¿Borrar los datos de {name}?")
}

/// What it changes.
pub const WHAT_CHANGES: &str = "Su nombre, su correo y su teléfono se borran y nadie puede recuperarlos; sus teléfonos salen de la mesa. Lo que escribió queda, sin su nombre, y su organización también. Los respaldos hechos antes todavía los tienen.";

/// It was done; in how many changes somebody wrote the name.
pub fn erased(written: usize) -> String {
    match written {
        0 => "Se borró.".to_owned(),
        written => format!(
            "Se borró. Su nombre también se escribió en la mesa, en {written} cambios: quien administra el servidor puede tacharlo con «mesa redact»."
        ),
    }
}
