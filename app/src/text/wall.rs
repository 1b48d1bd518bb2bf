//! The wall as the facilitation leads it together, and its private notes.

/// Who has the wall, when the name hasn't arrived.
pub const SOMEBODY: &str = "otra persona de la facilitación";
/// Nobody took it.
pub const ANYBODY: &str = "Proyecta cualquiera de la facilitación.";
/// The viewer has it.
pub const YOURS: &str = "Llevas la pantalla.";
/// Takes it.
pub const TAKE: &str = "Tomar la pantalla";
/// Lets go of it.
pub const LET_GO: &str = "Soltar la pantalla";

/// Somebody else has it.
pub fn led_by(name: &str) -> String {
    format!("Lleva la pantalla: {name}.")
}

/// Somebody else took it from the viewer.
pub fn taken_by(name: &str) -> String {
    format!("Tomó la pantalla: {name}.")
}

/// Has it stand still.
pub const HOLD: &str = "Congelar la pantalla";
/// Has it move again.
pub const RELEASE: &str = "Descongelar la pantalla";
/// It stands still.
pub const HELD: &str =
    "La pantalla está congelada: la sala sigue viendo lo mismo, aunque el texto cambie.";

/// Heading of what comes next.
pub const NEXT: &str = "Lo que sigue en la pantalla";
/// Nothing waits.
pub const NEXT_EMPTY: &str = "Nada en espera: Siguiente va en el orden de la lista.";
/// Shows it here alone.
pub const PREVIEW: &str = "Verlo antes";
/// It comes first.
pub const FIRST: &str = "Ponerlo primero";
/// It doesn't wait any longer.
pub const LEAVE_OUT: &str = "Quitar de la espera";
/// Has the item of a row wait.
pub const LINE_UP: &str = "Poner en espera";
/// The item of the row waits.
pub const WAITS: &str = "En espera";

/// Heading of the private notes.
pub const NOTES: &str = "Notas privadas";
/// Who reads them.
pub const NOTES_LEAD: &str =
    "Solo las ve la facilitación en Conducir. No van a la minuta ni a ningún archivo.";
/// Label of the box of a new note.
pub const NOTE: &str = "Nota nueva";
/// Label of the box of a note that is changed.
pub const NOTE_AGAIN: &str = "Cambiar la nota";
/// Keeps it.
pub const KEEP: &str = "Guardar nota";
/// Opens a note.
pub const CHANGE: &str = "Cambiar";
/// Leaves it as it was.
pub const LEAVE: &str = "Dejarla como estaba";
/// Erases a note, once more asked.
pub const ERASE: super::Question = super::Question {
    label: "Borrar",
    question: "¿Borrar esta nota? Deja de verse en todos los dispositivos de la facilitación.",
    yes: "Sí, borrar",
    no: "No, conservar",
};
