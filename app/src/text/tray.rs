//! What is still on this device, and what wasn't accepted.

use domain::{Command, ItemKind};
use domain::{conduct, deliberation, people};

use super::{list, name};

/// Heading.
pub const HEADING: &str = "Mis textos";
/// Under the heading.
pub const LEAD: &str = "Lo que escribes se guarda primero en este teléfono. Los cambios a los textos salen solos; una aportación sale cuando tocas Enviar.";
/// Heading of what was begun and not sent.
pub const UNSENT: &str = "Sin enviar";
/// Opens a text that was begun.
pub const GO_ON: &str = "Abrir y seguir";

/// How many texts were begun and not sent.
pub fn unsent(count: usize) -> String {
    match count {
        1 => "Tienes un texto sin enviar.".to_owned(),
        _ => format!("Tienes {count} textos sin enviar."),
    }
}

/// Heading of what waits.
pub const WAITING: &str = "Todavía en este teléfono";
/// Nothing waits.
pub const NOTHING_WAITING: &str = "Todo lo que escribiste ya está en la mesa.";
/// Nothing waits but what wasn't sent.
pub const REST_WAITING: &str = "Todo lo demás ya está en la mesa.";
/// Heading of what wasn't accepted.
pub const REFUSED: &str = "No se pudieron guardar en la mesa";
/// What was written.
pub const WRITTEN: &str = "Lo que escribiste";
/// Says it at the mesa, as a contribution.
pub const SEND_AS_CONTRIBUTION: &str = "Enviar como aportación";
/// One stays.
pub const STAY: &str = "Quedarme";
/// Sends it again.
pub const SEND_AGAIN: &str = "Enviar otra vez";
/// The mesa went back, and takes it now.
pub const MAY_GO: &str = "La mesa volvió a una fase en la que sí puede entrar. Lo que escribiste sigue en este teléfono.";
/// It was sent again.
pub const SENT_AGAIN: &str =
    "Llegó tarde y la facilitación lo pidió: este teléfono lo envió otra vez.";
/// The same, on every screen.
pub const SENT_AGAIN_NOTE: &str =
    "La facilitación pidió lo que había llegado tarde, y este teléfono lo envió otra vez.";
/// On every screen, while something may be sent again.
pub const MAY_GO_NOTE: &str = "Lo que llegó tarde se puede enviar otra vez.";
/// To the tray.
pub const SEE: &str = "Ver en Mis textos";
/// Takes it off the list.
pub const DISMISS: &str = "Quitar de esta lista";
/// Where it was meant for.
pub const GO: &str = "Ir al texto";

/// A command that isn't answered yet.
pub fn command(command: &Command) -> String {
    match command {
        Command::Deliberation(deliberation::Command::Add { kind: ItemKind::Activity, .. }) => {
            "Una actividad nueva".to_owned()
        }
        Command::Deliberation(deliberation::Command::Add { kind: ItemKind::Solution, .. }) => {
            "Una solución nueva".to_owned()
        }
        Command::Deliberation(deliberation::Command::Add { kind, .. }) => {
            format!("{} nuevo", name::kind(*kind))
        }
        Command::Deliberation(deliberation::Command::Remove { .. }) => "Una eliminación".to_owned(),
        Command::Deliberation(deliberation::Command::Restore { .. }) => list::RESTORE.to_owned(),
        Command::Deliberation(deliberation::Command::Move { .. }) => {
            "Un cambio de orden".to_owned()
        }
        Command::Deliberation(deliberation::Command::Patch { .. })
        | Command::Deliberation(deliberation::Command::Recover { .. }) => "Un texto".to_owned(),
        Command::Deliberation(deliberation::Command::Assign { .. }) => "Un dato".to_owned(),
        Command::Conduct(conduct::Command::Show { .. }) => "Lo que se proyecta".to_owned(),
        Command::Conduct(conduct::Command::ChangePhase { to }) => {
            format!("El paso a {}", name::phase(*to))
        }
        Command::Conduct(conduct::Command::SetDoor { .. }) => "La puerta".to_owned(),
        Command::People(people::Command::NoteAttendance { .. }) => {
            "Una salida o un regreso".to_owned()
        }
        Command::Deliberation(deliberation::Command::Contribute { .. }) => {
            "Algo que dijiste".to_owned()
        }
        Command::Deliberation(deliberation::Command::Hide { hidden: true, .. }) => {
            "Ocultar una aportación".to_owned()
        }
        Command::Deliberation(deliberation::Command::Hide { hidden: false, .. }) => {
            "Mostrar una aportación".to_owned()
        }
        Command::Conduct(conduct::Command::OverrideCheck { .. }) => {
            "Dejar pasar un punto de la revisión".to_owned()
        }
        Command::Conduct(conduct::Command::WithdrawOverride { .. }) => {
            "Volver a pedir un punto de la revisión".to_owned()
        }
        Command::Conduct(conduct::Command::AskLate) => "Pedir lo que llegó tarde".to_owned(),
        Command::Conduct(conduct::Command::SettleLate { .. }) => {
            "No esperar un texto que llegó tarde".to_owned()
        }
    }
}
