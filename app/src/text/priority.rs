//! Which problems come first: points are divided, and what they come to.

use domain::priority::{Command, Rejection};

use super::Question;

/// Heading.
pub const HEADING: &str = "Reparto de puntos";
/// Heading of the result, and what the wall asks.
pub const FIRST: &str = "Qué problemas van primero";
/// Below the number of those who did, on the wall.
pub const SECRET: &str = "Es secreto: los puntos se ven cuando se cierre el reparto.";
/// At the desk while it is open.
pub const SECRET_AT_DESK: &str =
    "Ni la mesa ni tú ven cuántos puntos dio cada quien. Al cerrar se ve solo la suma.";
/// At the desk before it is opened.
pub const LEAD: &str = "Cada organización reparte sus puntos entre los problemas, en secreto. Al cerrar se ve la suma.";
/// Label of how many points each has.
pub const POINTS: &str = "Puntos por organización";
/// Opens it.
pub const OPEN: &str = "Abrir el reparto";
/// Opens another one.
pub const OPEN_AGAIN: &str = "Abrir otro reparto";
/// There is too little to choose from.
pub const TOO_FEW: &str = "Hacen falta al menos dos problemas para repartir puntos.";
/// Shows it on the wall.
pub const SHOW: &str = "Mostrar en la pantalla";
/// Puts the problems in the order of the result.
pub const SORT: &str = "Ordenar así los problemas";
/// They are in that order.
pub const SORTED: &str = "Los problemas ya están en este orden.";
/// Closes it.
pub const CLOSE: Question = Question {
    label: "Cerrar y mostrar el resultado",
    question: "¿Cerrar el reparto? Nadie podrá cambiar sus puntos y todos verán la suma.",
    yes: "Sí, cerrar",
    no: "Todavía no",
};
/// Ends it without a result.
pub const CANCEL: Question = Question {
    label: "Quitar sin resultado",
    question: "¿Quitar este reparto? Los puntos que ya se dieron no cuentan y no se ve ninguna suma.",
    yes: "Sí, quitarlo",
    no: "No",
};

/// Link to where points are divided.
pub const DIVIDE: &str = "Repartir los puntos";
/// The same once they were.
pub const CHANGE: &str = "Ver o cambiar";
/// Link to the result.
pub const SEE_RESULT: &str = "Ver el resultado";
/// Link to the problems.
pub const READ_PROBLEMS: &str = "Leer los problemas";
/// One point more.
pub const MORE: &str = "+";
/// One point less.
pub const LESS: &str = "−";
/// Sends them.
pub const SEND: &str = "Entregar mis puntos";
/// They are at the mesa.
pub const SENT: &str =
    "Tus puntos están en la mesa. Puedes cambiarlos hasta que se cierre el reparto.";
/// They aren't yet.
pub const SENT_LATER: &str = "Tus puntos están en este teléfono. Salen solos cuando vuelva la red.";
/// They were changed and not sent.
pub const CHANGED: &str = "Falta entregar estos cambios.";
/// Somebody else of the organisation divided them, and what they said isn't here yet.
pub const ELSEWHERE: &str =
    "Tu organización ya repartió sus puntos. Si los entregas otra vez, cuentan los últimos.";
/// For who has no points.
pub const NOT_YOURS: &str =
    "Los puntos los reparte quien representa a cada organización. Aquí verás el resultado.";
/// Nothing was opened yet.
pub const NOTHING: &str = "Por ahora no hay puntos que repartir.";
/// What is projected, on a phone.
pub const SHOWN: &str = "El reparto de puntos.";

/// The heading where they are divided.
pub fn heading(points: u8) -> String {
    match points {
        1 => "Da 1 punto".to_owned(),
        _ => format!("Reparte {points} puntos"),
    }
}

/// Below it: for whom, and that nobody sees it.
pub fn lead(organisation: &str) -> String {
    format!(
        "Da más puntos a lo que debe ir primero. Los das por {organisation}. Nadie ve cuántos diste."
    )
}

/// On the phone of who has points.
pub fn asked(organisation: &str, points: u8) -> String {
    let has = if points == 1 { "1 punto".to_owned() } else { format!("{points} puntos") };
    format!("{organisation} tiene {has} para decir qué problemas van primero.")
}

/// The same once they were divided.
pub fn given(organisation: &str) -> String {
    format!(
        "Ya se repartieron los puntos de {organisation}. Se pueden cambiar hasta que se cierre."
    )
}

/// How many are left.
pub fn left(left: u8, of: u8) -> String {
    match left {
        0 => "Ya repartiste todos".to_owned(),
        1 => format!("Te queda 1 de {of}"),
        _ => format!("Te quedan {left} de {of}"),
    }
}

/// So many points.
pub fn points(points: u32) -> String {
    match points {
        1 => "1 punto".to_owned(),
        _ => format!("{points} puntos"),
    }
}

/// How many organisations divided theirs.
pub fn count(given: usize, of: usize) -> String {
    match given {
        0 => format!("Ninguno de los {of} actores ha repartido."),
        1 => format!("1 de {of} actores ya repartió."),
        _ => format!("{given} de {of} actores ya repartieron."),
    }
}

/// The same of one that is closed.
pub fn counted(given: usize, of: usize, points: u8) -> String {
    let verb = if given == 1 { "Repartió" } else { "Repartieron" };
    let each = if points == 1 { "1 punto".to_owned() } else { format!("{points} puntos") };
    format!("{verb} {given} de {of} actores, con {each} cada uno.")
}

/// Who is missing.
pub fn missing(names: &str) -> String {
    format!("No han repartido: {names}.")
}

/// Of a button for one problem.
pub fn of(less: bool, problem: &str) -> String {
    let what = if less { "Un punto menos" } else { "Un punto más" };
    format!("{what} a {problem}")
}

/// An unanswered command.
pub fn command(command: &Command) -> &'static str {
    match command {
        Command::Give { .. } => "Los puntos que repartiste",
        Command::Open { .. } | Command::Close { .. } | Command::Cancel { .. } => {
            "Un cambio en el reparto de puntos"
        }
    }
}

/// Why a command was refused, and what to do next.
pub fn refused(rejection: &Rejection) -> String {
    match rejection {
        Rejection::TooFewProblems => TOO_FEW.to_owned(),
        Rejection::AlreadyOpen => {
            "Ya hay un reparto abierto. Ciérralo antes de abrir otro.".to_owned()
        }
        Rejection::NotOpen => {
            "Ese reparto de puntos ya se cerró y lo que enviaste no cuenta.".to_owned()
        }
        Rejection::WrongPoints { points } => {
            format!("Se pueden dar de 1 a {points} puntos en total. Corrígelo y entrega de nuevo.")
        }
        Rejection::NotChoosable => {
            "Uno de los problemas ya no está en el reparto. Revisa tus puntos y entrega de nuevo."
                .to_owned()
        }
        Rejection::NobodyGave => {
            "Todavía nadie ha repartido sus puntos. Espera, o quita el reparto sin resultado."
                .to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_said_as_one() {
        assert_eq!(count(0, 9), "Ninguno de los 9 actores ha repartido.");
        assert_eq!(count(1, 9), "1 de 9 actores ya repartió.");
        assert_eq!(count(7, 9), "7 de 9 actores ya repartieron.");
        assert_eq!(
            [left(0, 5), left(1, 5), left(4, 5)],
            ["Ya repartiste todos", "Te queda 1 de 5", "Te quedan 4 de 5"]
        );
        assert_eq!(counted(1, 9, 1), "Repartió 1 de 9 actores, con 1 punto cada uno.");
    }
}
