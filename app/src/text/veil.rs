//! Problems that each writes alone, until all are shown.

use domain::veil::{Command, Rejection};

use super::Question;

/// Heading of the screen, of its card and of the desk's panel.
pub const HEADING: &str = "Cada quien escribe en privado";
/// Below the heading of the screen.
pub const LEAD: &str = "Escribe los problemas que ves. Nadie más los ve, tampoco la facilitación, hasta que se muestren todos a la vez.";
/// On the card.
pub const CARD: &str =
    "La mesa escribe sus problemas por separado. Se mostrarán todos a la vez, con su autor.";
/// Link to the screen.
pub const WRITE: &str = "Escribir en privado";
/// The screen while nobody writes alone.
pub const NOT_NOW: &str = "Por ahora lo que se escribe lo ve toda la mesa.";
/// Label of the title.
pub const TITLE: &str = "El problema en una frase";
/// Label of what it says besides.
pub const STATEMENT: &str = "Qué pasa, a quién y dónde (si quieres)";
/// Keeps it.
pub const KEEP: &str = "Guardar en privado";
/// Keeps it in place of what it said.
pub const KEEP_ANEW: &str = "Guardar el cambio";
/// Leaves it as it was.
pub const LEAVE: &str = "Dejarlo como estaba";
/// Heading of one's own.
pub const OWN: &str = "Lo que escribiste, solo para ti";
/// One is changed.
pub const CHANGE: &str = "Cambiar";
/// Takes one back.
pub const WITHDRAW: Question = Question {
    label: "Quitar",
    question: "¿Quitar este problema? No se mostrará con los demás.",
    yes: "Sí, quitarlo",
    no: "Dejarlo",
};
/// The title is too long, or has what can't be shown.
pub const NO_TITLE: &str = "Falta decir el problema en una frase.";

/// At the desk before it begins.
pub const LEAD_AT_DESK: &str =
    "Lo que cada quien escriba lo verá solo su autor, hasta que muestres todo a la vez.";
/// Begins it.
pub const DRAW: &str = "Empezar a escribir en privado";
/// Shows all.
pub const LIFT: Question = Question {
    label: "Mostrar todos a la vez",
    question: "¿Mostrar a toda la mesa, y en la página pública, lo que cada quien escribió? La mesa ve a sus autores.",
    yes: "Sí, mostrar todos",
    no: "Todavía no",
};
/// Ends it while nothing was written.
pub const END: &str = "Terminar sin problemas";

/// How many were written, at the desk.
pub fn count(count: u16) -> String {
    match count {
        0 => "Nadie ha escrito todavía.".to_owned(),
        1 => "Hay 1 problema escrito. Solo lo ve quien lo escribió.".to_owned(),
        _ => format!("Hay {count} problemas escritos. Cada uno lo ve solo quien lo escribió."),
    }
}

/// An unanswered command.
pub fn command(command: &Command) -> &'static str {
    match command {
        Command::Write { .. } => "Un problema que escribiste en privado",
        Command::Withdraw { .. } => "Que quitas un problema que escribiste en privado",
        Command::Draw | Command::Lift => "Un cambio en la escritura en privado",
    }
}

/// Why a command was refused, and what to do next.
pub fn refused(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::NotDrawn => {
            "Ya no se escribe en privado: lo que escribas lo verá toda la mesa. Cópialo a un problema nuevo."
        }
        Rejection::Drawn => {
            "La mesa escribe ahora en privado. Cópialo ahí y se mostrará con los demás."
        }
        Rejection::NoTitle => NO_TITLE,
    }
}
