//! Save states, and what happened to what was typed.

use domain::Rejection;
use domain::text::words::WordsError;

use super::refusal;
use crate::state::SaveState;

/// A save state, beside the field.
pub fn save_state(state: SaveState) -> &'static str {
    match state {
        SaveState::Saved => "guardado",
        SaveState::Saving => "guardando",
        SaveState::OnThisDevice => "en este teléfono",
        SaveState::NotKept => "no se pudo: ver",
    }
}

/// Before what the person wrote in a text without a connection and can't be placed in it yet.
pub const APART: &str = "Lo que escribiste sin conexión se pondrá aquí en su lugar al conectar:";
/// It was only a deletion.
pub const APART_TAKEN_OUT: &str = "quitaste algo del texto";
/// Another person's passage came in; tapped once it was seen.
pub const OTHERS_WROTE: &str = "Lo subrayado es de otra persona · Visto";

/// Why a text was refused, and that it isn't lost.
pub fn rejection(rejection: &Rejection) -> String {
    format!("{} {KEPT}", refusal::sentence(rejection))
}

/// A refused text is kept.
pub const KEPT: &str = "Lo que escribiste sigue en este teléfono: puedes copiarlo.";
/// A field without a text.
pub const EMPTY: &str = "Sin escribir";
/// A short field without a choice.
pub const NOT_CHOSEN: &str = "Sin elegir";
/// Opens the editor of a long text.
pub const EDIT: &str = "Editar";
/// Opens the control of a short field.
pub const CHANGE: &str = "Cambiar";
/// Closes an editor.
pub const DONE: &str = "Listo";
/// Others changed what is being edited.
pub const CHANGED: &str = "Cambió: ver";
/// Undoes the person's last change, and nobody else's.
pub const UNDO: &str = "Deshacer";
/// Before the previous value of a field.
pub const BEFORE: &str = "Antes decía";
/// Restores the previous value of a field.
pub const PUT_BACK: &str = "Volver a poner";
/// Others are writing in a text; their names, at least one.
pub fn writing(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} está escribiendo"),
        [one, other] => format!("{one} y {other} están escribiendo"),
        [one, rest @ ..] => format!("{one} y {} personas más están escribiendo", rest.len()),
    }
}

/// Discards what was typed and can't be taken.
pub const GIVE_UP: &str = "Dejarlo como estaba";
/// Copies a text.
pub const COPY: &str = "Copiar el texto";
/// The text was copied.
pub const COPIED: &str = "Copiado";
/// The text couldn't be copied.
pub const NOT_COPIED: &str = "No se pudo copiar: mantén el dedo sobre el texto para seleccionarlo";
/// The item was deleted while its editor was open.
pub const REMOVED: &str = "Alguien eliminó este punto mientras escribías. Aquí sigue el texto para que puedas copiarlo; la facilitación puede restaurarlo.";
/// Editing ended while the editor was open.
pub const LOCKED: &str =
    "Este texto ya no se puede cambiar en esta fase. Aquí sigue para que puedas copiarlo.";
/// A short text has characters that can't be shown.
pub const NOT_PLAIN: &str =
    "Hay caracteres que no se pueden mostrar. Escríbelo de nuevo sin pegarlo.";
/// A required text is empty.
pub const NOTHING_WRITTEN: &str = "Falta escribir algo.";
/// An incomplete date.
pub const NOT_A_DAY: &str = "Esa fecha no está completa. Escribe día, mes y año.";
/// An institution from the list.
pub const AT_THE_TABLE: &str = "De la lista";
/// An institution that isn't on the list.
pub const OTHER_PARTY: &str = "Otra institución: escribe su nombre";
/// Clears the institution.
pub const NO_PARTY: &str = "Ninguna todavía";
/// The program failed.
pub const FAILED: &str = "Esta página tuvo una falla. Lo que escribiste está guardado en este teléfono y se enviará al volver a cargar la página.";

/// Accessible name of a button that opens something.
pub fn of(action: &str, label: &str) -> String {
    format!("{action}: {label}")
}

/// How many letters still fit; none while the limit is far.
pub fn room_left(written: u32, limit: u32) -> Option<String> {
    let left = limit.saturating_sub(written);
    match left {
        0 => Some(format!("Ya no caben más letras: este texto admite {limit}.")),
        1 => Some("Queda lugar para 1 letra.".to_owned()),
        _ if left <= (limit / 10).max(20) => Some(format!("Queda lugar para {left} letras.")),
        _ => None,
    }
}

/// What was typed or pasted exceeds the limit.
pub fn no_room(limit: u32) -> String {
    format!(
        "No cabe: este texto admite {limit} letras. Lo que no cupo está aquí abajo para que puedas copiarlo."
    )
}

/// What is wrong with a short text.
pub fn words_problem(error: WordsError) -> String {
    match error {
        WordsError::TooLong { limit } => too_long(limit),
        WordsError::Forbidden => NOT_PLAIN.to_owned(),
        WordsError::Empty => NOTHING_WRITTEN.to_owned(),
    }
}

/// A short text is too long.
pub fn too_long(limit: usize) -> String {
    format!("Es demasiado largo: caben {limit} letras. Acórtalo.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_left_is_told_only_when_it_gets_scarce() {
        assert_eq!(room_left(100, 500), None);
        assert_eq!(room_left(460, 500).as_deref(), Some("Queda lugar para 40 letras."));
        assert_eq!(room_left(499, 500).as_deref(), Some("Queda lugar para 1 letra."));
        assert!(room_left(500, 500).is_some_and(|sentence| sentence.contains("500")));
    }
}
