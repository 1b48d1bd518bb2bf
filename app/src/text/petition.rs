//! Asking for a correction of one's data, and the list of what was asked.

use crate::page::petition::{Asked, AskingProblem};
use crate::page::prepare::Moment;
use crate::text::date::{date, time_of_day};

/// Heading of the page on which somebody asks.
pub const HEADING: &str = "Pedir una corrección de mis datos";
/// What it is for.
pub const LEAD: &str = "Si en lo que se guarda de ti hay algo mal, o quieres que se borre, escríbelo aquí. Lo lee quien convoca este ejercicio y nadie más.";
/// Label of the box.
pub const TEXT: &str = "Qué hay que corregir";
/// Sends it.
pub const SEND: &str = "Enviar la solicitud";
/// It was sent.
pub const SENT: &str = "Se envió. Aquí mismo verás cuando esté atendida.";
/// Heading of what was asked before.
pub const BEFORE: &str = "Lo que pediste";
/// Nobody settled it yet.
pub const OPEN: &str = "Sin atender";
/// Link back.
pub const BACK: &str = "Volver a Mi asistencia";

/// Heading of the list, and its name in the navigation.
pub const LIST: &str = "Solicitudes";
/// What the list is.
pub const LIST_LEAD: &str = "Lo que alguien pidió corregir de sus datos. Corrígelo donde esté, y márcalo: la persona lo ve en su página.";
/// There are none.
pub const NONE: &str = "Nadie ha pedido nada.";
/// Notes that a request is settled.
pub const SETTLE: &str = "Marcar como atendida";
/// Whose name was erased.
pub const NAMELESS: &str = "Persona sin nombre";

/// In the overview: how many are open.
pub fn open(count: usize) -> String {
    match count {
        1 => "Una persona pide corregir sus datos".to_owned(),
        count => format!("Hay {count} solicitudes de corregir datos"),
    }
}

/// Why it wasn't sent.
pub fn problem(problem: AskingProblem) -> &'static str {
    match problem {
        AskingProblem::Missing => "Falta escribir qué hay que corregir.",
        AskingProblem::NotPlain => {
            "Es demasiado largo (caben 2000 letras) o tiene caracteres que no se pueden mostrar."
        }
        AskingProblem::TooMany => {
            "Ya tienes varias solicitudes sin atender. Espera a que las atiendan para enviar otra."
        }
    }
}

fn moment((day, time): Moment) -> String {
    format!("{} {}", date(day), time_of_day(time))
}

/// When it was asked, and how it stands.
pub fn standing(asked: &Asked) -> String {
    let at = asked.at.map(moment).unwrap_or_default();
    match asked.settled {
        None => format!("{at} · {OPEN}"),
        Some(Some(settled)) => format!("{at} · Atendida el {}", moment(settled)),
        Some(None) => format!("{at} · Atendida"),
    }
}
