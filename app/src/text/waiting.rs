//! Waiting before the closed door.

/// Before the name of who waits.
pub const WAITS_BEFORE: &str = "La puerta está cerrada. Ya avisamos que esperas, ";
/// After it.
pub const WAITS_AFTER: &str = ": en cuanto la facilitación te admita, entras.";
/// What to do meanwhile.
pub const KEEP_OPEN: &str = "Deja esta página abierta. Se actualiza sola.";
/// Heading of the list.
pub const HEADING: &str = "Quién espera en la puerta";
/// Below it.
pub const LEAD: &str =
    "Vinieron con la clave cuando la puerta estaba cerrada. La lista se actualiza sola.";
/// Nobody.
pub const NOBODY: &str = "Nadie espera.";
/// Lets somebody in.
pub const ADMIT: &str = "Admitir";
/// Doesn't.
pub const TURN_AWAY: &str = "Ahora no";
/// Back to the desk.
pub const DESK: &str = "Volver a conducir";

/// Since when.
pub fn since(time: &str) -> String {
    format!("desde las {time}")
}
