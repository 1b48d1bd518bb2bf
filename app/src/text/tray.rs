//! What is still on this device, and refused texts.

use domain::{Command, ItemKind};
use domain::{conduct, deliberation, people};

use super::{agreement, floor, list, name, priority, veil};

/// Heading.
pub const HEADING: &str = "Mis textos";
/// Below the heading.
pub const LEAD: &str = "Lo que escribes se guarda primero en este teléfono. Los cambios a los textos salen solos; una aportación sale cuando tocas Enviar.";
/// Heading of the drafts.
pub const UNSENT: &str = "Sin enviar";
/// Opens a draft.
pub const GO_ON: &str = "Abrir y seguir";

/// The number of drafts.
pub fn unsent(count: usize) -> String {
    match count {
        1 => "Tienes un texto sin enviar.".to_owned(),
        _ => format!("Tienes {count} textos sin enviar."),
    }
}

/// Heading of waiting changes.
pub const WAITING: &str = "Todavía en este teléfono";
/// Nothing waits.
pub const NOTHING_WAITING: &str = "Todo lo que escribiste ya está en la mesa.";
/// Nothing waits but drafts.
pub const REST_WAITING: &str = "Todo lo demás ya está en la mesa.";
/// Heading of refused texts.
pub const REFUSED: &str = "No se pudieron guardar en la mesa";
/// Label of the refused text.
pub const WRITTEN: &str = "Lo que escribiste";
/// Sends a refused text as a contribution.
pub const SEND_AS_CONTRIBUTION: &str = "Enviar como aportación";
/// Cancels leaving.
pub const STAY: &str = "Quedarme";
/// Sends it again.
pub const SEND_AGAIN: &str = "Enviar otra vez";
/// The mesa went back and would accept it now.
pub const MAY_GO: &str = "La mesa volvió a una fase en la que sí puede entrar. Lo que escribiste sigue en este teléfono.";
/// It was sent again.
pub const SENT_AGAIN: &str =
    "Llegó tarde y la facilitación lo pidió: este teléfono lo envió otra vez.";
/// The note on every screen after it was sent again.
pub const SENT_AGAIN_NOTE: &str =
    "La facilitación pidió lo que había llegado tarde, y este teléfono lo envió otra vez.";
/// The note on every screen while something may be sent again.
pub const MAY_GO_NOTE: &str = "Lo que llegó tarde se puede enviar otra vez.";
/// Link to why one's writing is paused.
pub const WHY: &str = "Ver la razón y pedir que se revise";
/// Link to the tray.
pub const SEE: &str = "Ver en Mis textos";
/// Dismisses a refused text.
pub const DISMISS: &str = "Quitar de esta lista";
/// Link to where it was meant to go.
pub const GO: &str = "Ir al texto";

/// An unanswered command.
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
        Command::People(people::Command::Merge { .. } | people::Command::Part { .. }) => {
            "Quién es la misma persona".to_owned()
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
        Command::Conduct(conduct::Command::TakeWall { .. }) => "Quién lleva la pantalla".to_owned(),
        Command::Conduct(conduct::Command::HoldWall { .. }) => "Congelar la pantalla".to_owned(),
        Command::Conduct(conduct::Command::LineUp { .. } | conduct::Command::LeaveOut { .. }) => {
            "Lo que sigue en la pantalla".to_owned()
        }
        Command::Conduct(conduct::Command::Mute { .. }) => "Quién puede escribir".to_owned(),
        Command::Conduct(conduct::Command::WriteNote { .. }) => "Una nota privada".to_owned(),
        Command::Agreement(command) => agreement::command(command).to_owned(),
        Command::Floor(command) => floor::command(command).to_owned(),
        Command::Priority(command) => priority::command(command).to_owned(),
        Command::Veil(command) => veil::command(command).to_owned(),
    }
}
