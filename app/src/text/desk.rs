//! The facilitator's desk.

use domain::people::attendance::AttendanceMode;

use super::attendance;

/// Heading.
pub const HEADING: &str = "Conducir la mesa";
/// Link to the page on which the plan is sent.
pub const DISPATCH: &str = "Envío del plan";
/// Heading of the phases.
pub const PHASES: &str = "Fases";
/// The phase that the mesa is in.
pub const CURRENT: &str = "en curso";
/// Heading of what is projected.
pub const SHOWN: &str = "Se proyecta ahora";
/// What is projected: the agreement.
pub const AGREEMENT: &str = "El acuerdo completo";
/// What is projected: nothing.
pub const BLANK: &str = "Pantalla en blanco";
/// Projects the agreement.
pub const SHOW_AGREEMENT: &str = "Proyectar el acuerdo completo";
/// Projects nothing.
pub const SHOW_BLANK: &str = "Dejar la pantalla en blanco";
/// Projects the item of a row.
pub const SHOW: &str = "Proyectar";
/// The item of the row is projected.
pub const SHOWING: &str = "Se proyecta";
/// Projects the previous one.
pub const PREVIOUS: &str = "Anterior";
/// Projects the next one.
pub const NEXT: &str = "Siguiente";
/// Opens an item's sheet.
pub const OPEN: &str = "Abrir para leer o editar";
/// Heading of what can be projected.
pub const CHOOSE: &str = "Elegir qué se proyecta";
/// Opens the projector's page.
pub const PROJECTOR: &str = "Ver el proyector en otra pestaña";
/// Opens the mesa as attendees see it.
pub const AS_ATTENDEE: &str = "Ver como asistente";
/// Opens the public page.
pub const PUBLIC: &str = "Ver la página pública";
/// Link to who waits before the closed door.
pub const WAITING: &str = "Quién espera";
/// To the seats and their links.
pub const SEATS: &str = "Preparar: datos, lugares y enlaces";
/// Heading of the door.
pub const DOOR: &str = "La puerta";
/// The door is open.
pub const DOOR_OPEN: &str = "Está abierta: entra quien tenga la clave o escanee el código.";
/// The door is closed.
pub const DOOR_CLOSED: &str = "Está cerrada: solo entra quien tenga un enlace personal.";
/// Opens the door.
pub const OPEN_DOOR: &str = "Abrir la puerta";
/// Closes the door.
pub const CLOSE_DOOR: &str = "Cerrar la puerta";
/// Nobody is here.
pub const NOBODY_HERE: &str = "Nadie más está conectado. Proyecta la clave para que entren.";
/// Everyone who came is here.
pub const NOBODY_AWAY: &str = "Todas las personas que llegaron siguen conectadas.";
/// The names haven't arrived yet.
pub const ROSTER_WAITING: &str = "La lista aparece al conectarse con el servidor.";
/// Someone whose name isn't known yet.
pub const UNNAMED: &str = "Sin nombre";
/// Someone without an organisation.
pub const ON_THEIR_OWN: &str = "Sin organización";

/// The facilitation notes that someone left.
pub const LEFT: &str = "Ya se retiró";
/// The facilitation notes that someone is back.
pub const BACK: &str = "Ya volvió";

/// This entry and another may be one person's.
pub const CAME_TWICE: &str = "Entró dos veces";
/// It isn't so after all.
pub const CAME_ONCE: &str = "No, entró una vez";
/// They are the one that was chosen.
pub const SAME_AS: &str = "Es la misma persona";
/// They are the one of the same name.
pub const SAME_NAME: &str = "Unir con la otra entrada de ese nombre";
/// They are two after all.
pub const PART: &str = "Separar su otra entrada";

/// How someone attends and since when; or when they left. Times are left out where the time zone
/// isn't known.
pub fn attends(mode: AttendanceMode, from: Option<String>, to: Option<Option<String>>) -> String {
    let mode = attendance::mode(mode);
    match (from, to) {
        (_, Some(Some(to))) => format!("{mode}, se retiró a las {to}"),
        (_, Some(None)) => format!("{mode}, se retiró"),
        (Some(from), None) => format!("{mode} desde las {from}"),
        (None, None) => mode.to_owned(),
    }
}

/// When a device of someone who isn't connected was last heard.
pub fn heard(at: &str) -> String {
    format!("Última conexión: {at}")
}

/// Heading of who is here.
pub fn here(count: usize) -> String {
    format!("Están aquí ({count})")
}

/// Heading of who came and isn't connected.
pub fn away(count: usize) -> String {
    format!("Llegaron y no están conectadas ({count})")
}
