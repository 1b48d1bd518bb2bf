//! Late texts: the question before a phase closes, the desk's list afterwards, and the server's
//! pauses.

use domain::{ItemKind, LatePart, PauseKind, Phase};

use super::{field, name};

/// Most people named before a phase closes; if there are more, only their number is given.
const NAMED: usize = 4;

/// Someone who isn't connected: the name, and the time of day when a device of theirs was last
/// heard, if that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// The name.
    pub name: String,
    /// The time.
    pub heard: Option<String>,
}

/// The people whose devices can't be reached, before writing ends; those heard last come first.
pub fn unreached(people: &[Away]) -> String {
    if people.is_empty() {
        return "Todas las personas que están en la mesa tienen conexión.".to_owned();
    }
    let count = match people.len() {
        1 => "1 persona no está conectada".to_owned(),
        many => format!("{many} personas no están conectadas"),
    };
    let heard = people.iter().take(NAMED).map(|one| match &one.heard {
        Some(at) => format!("{}, {at}", one.name),
        None => format!("{}, no se sabe", one.name),
    });
    let heard = heard.collect::<Vec<_>>().join("; ");
    let more = match people.len().saturating_sub(NAMED) {
        0 => String::new(),
        1 => " y 1 persona más".to_owned(),
        more => format!(" y {more} personas más"),
    };
    let theirs = if people.len() == 1 { "lo que tenga" } else { "lo que tengan" };
    format!(
        "{count} (la última vez: {heard}{more}); {theirs} sin enviar quedará en sus Mis textos."
    )
}

/// Unreachable devices of people who are connected by another one, and when the last of them was
/// heard.
pub fn other_devices(count: usize, last: Option<&str>) -> Option<String> {
    let last = last.map(|at| format!(" (la última vez: {at})")).unwrap_or_default();
    match count {
        0 => None,
        1 => Some(format!("Además, no responde otro dispositivo de alguien que sí está{last}.")),
        _ => Some(format!(
            "Además, no responden otros {count} dispositivos de personas que sí están{last}."
        )),
    }
}

/// People who left, who aren't counted.
pub fn not_counted(left: usize) -> Option<String> {
    match left {
        0 => None,
        1 => Some("No se cuenta a 1 persona que ya se retiró.".to_owned()),
        _ => Some(format!("No se cuenta a {left} personas que ya se retiraron.")),
    }
}

/// Heading of the late texts.
pub fn heading(count: usize) -> String {
    match count {
        1 => "1 texto llegó tarde".to_owned(),
        _ => format!("{count} textos llegaron tarde"),
    }
}

/// Explains them.
pub const LEAD: &str = "Se escribió sin saber que la fase ya había cambiado, y no entró a la mesa. Sigue en el teléfono de quien lo escribió; \
                        solo esa persona puede leerlo.";
/// Asks their authors to send them again.
pub const ASK: &str = "Pedir que se envíe otra vez";
/// Their authors were asked.
pub const ASKED: &str = "Ya se pidió: cada teléfono lo envía en cuanto tiene conexión, y se lo dice a quien lo escribió.";

/// This phase accepts none of them.
pub fn closed(phase: Phase) -> String {
    format!(
        "En la fase de {} no puede entrar. Para recibirlo, regresa a la fase en que se escribía y pídelo.",
        name::phase(phase)
    )
}

/// Stops waiting for one.
pub const FORGET: &str = "Ya no esperarlo";

/// What kind of text it is, without its words.
pub fn what(part: &LatePart, of: Option<ItemKind>) -> String {
    match part {
        LatePart::Text { field, .. } => {
            of.map_or("Un texto", |kind| field::long(*field, kind)).to_owned()
        }
        LatePart::Value { .. } => "Un dato".to_owned(),
        LatePart::Addition { kind: ItemKind::Activity, .. } => "Una actividad nueva".to_owned(),
        LatePart::Addition { kind: ItemKind::Solution, .. } => "Una solución nueva".to_owned(),
        LatePart::Addition { kind, .. } => format!("{} nuevo", name::kind(*kind)),
        LatePart::Contribution { .. } => "Una aportación".to_owned(),
    }
}

/// The server stood still; with the times if they are known.
pub fn pause(kind: PauseKind, times: Option<(String, String)>) -> String {
    match (kind, times) {
        (PauseKind::StoodStill, Some((from, to))) => {
            format!("El servidor estuvo detenido de {from} a {to}.")
        }
        (PauseKind::StoodStill, None) => "El servidor estuvo detenido un rato.".to_owned(),
        (PauseKind::ClockMoved, Some((from, to))) => {
            format!(
                "El reloj del servidor pasó de {from} a {to}: el equipo estuvo suspendido o se ajustó la hora."
            )
        }
        (PauseKind::ClockMoved, None) => {
            "El reloj del servidor saltó: el equipo estuvo suspendido o se ajustó la hora."
                .to_owned()
        }
    }
}

/// The effect of a pause.
pub const PAUSE_LEAD: &str = "Lo que se escribió mientras tanto quedó en cada teléfono y se envía solo. La asistencia no cambió; el tiempo de \
                              la fase sí siguió corriendo.";
/// Dismisses the notice of a pause.
pub const PAUSE_SEEN: &str = "Entendido";

#[cfg(test)]
mod tests {
    use super::*;

    fn away(name: &str, heard: Option<&str>) -> Away {
        Away { name: name.to_owned(), heard: heard.map(str::to_owned) }
    }

    #[test]
    fn who_is_not_connected_is_said_with_when_they_were_last_heard() {
        assert_eq!(
            unreached(&[away("Ana", Some("18:42"))]),
            "1 persona no está conectada (la última vez: Ana, 18:42); lo que tenga sin enviar quedará en sus Mis textos."
        );
        let people =
            ["Ana", "Beto", "Caro", "Dora", "Eva", "Fina"].map(|name| away(name, Some("18:05")));
        assert_eq!(
            unreached(&people),
            "6 personas no están conectadas (la última vez: Ana, 18:05; Beto, 18:05; Caro, 18:05; Dora, 18:05 y 2 personas más); \
             lo que tengan sin enviar quedará en sus Mis textos."
        );
        assert!(unreached(&[away("Ana", None)]).contains("Ana, no se sabe"));
        assert!(unreached(&[]).starts_with("Todas"));
    }

    #[test]
    fn devices_and_people_apart_are_told_only_when_there_are_any() {
        assert_eq!((other_devices(0, None), not_counted(0)), (None, None));
        assert_eq!(
            other_devices(1, Some("18:40")).as_deref(),
            Some(
                "Además, no responde otro dispositivo de alguien que sí está (la última vez: 18:40)."
            )
        );
        assert_eq!(
            not_counted(2).as_deref(),
            Some("No se cuenta a 2 personas que ya se retiraron.")
        );
    }

    #[test]
    fn a_pause_is_said_with_its_times() {
        let times = Some(("18:02".to_owned(), "18:27".to_owned()));
        assert_eq!(
            pause(PauseKind::StoodStill, times),
            "El servidor estuvo detenido de 18:02 a 18:27."
        );
    }
}
