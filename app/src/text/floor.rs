//! The floor: who speaks, who waits, the countdown, the round of actors.

use domain::floor::timer::Stage;
use domain::floor::{Command, Mark, Who};
use domain::people::attendance::AttendanceMode;
use domain::{Item, Mesa};

use super::name;

/// Heading of the desk's panel.
pub const HEADING: &str = "Uso de la palabra";
/// Nobody has the floor.
pub const NOBODY: &str = "Nadie tiene la palabra.";
/// Before who speaks.
pub const SPEAKS: &str = "Habla";
/// Heading of the list.
pub const ASK: &str = "Piden la palabra";
/// Nobody is on the list.
pub const NOBODY_ASKS: &str = "Nadie la pide por ahora.";
/// Gives the floor.
pub const CALL: &str = "Dar la palabra";
/// Gives it to the first of the list.
pub const NEXT: &str = "Dar el siguiente turno";
/// A minute more.
pub const MORE: &str = "+1 min";
/// The same for screen readers.
pub const MORE_LABEL: &str = "Un minuto más";
/// Ends the turn.
pub const END: &str = "Terminar turno";
/// Moves up.
pub const UP: &str = "Subir";
/// Moves down.
pub const DOWN: &str = "Bajar";
/// The first lets the second go before.
pub const SKIP: &str = "Saltar";
/// Takes off the list.
pub const REMOVE: &str = "Quitar";
/// Puts on the list.
pub const ADD: &str = "Apuntar";
/// Label of whom to put on the list.
pub const ADD_LABEL: &str = "Apuntar a alguien: su nombre o su organización";
/// The suggestion.
pub const SUGGESTION: &str =
    "Sugerencia: primero quienes no han hablado, alternando a distancia y en la sala.";
/// Takes the suggestion.
pub const TAKE_SUGGESTION: &str = "Poner en ese orden";
/// Label of the time of a turn.
pub const TURN_LENGTH: &str = "Minutos por turno";
/// Somebody whose name isn't shown.
pub const SOMEBODY: &str = "Una persona de la mesa";
/// Beside who waits and hasn't spoken.
pub const NOT_SPOKEN: &str = "no ha hablado";
/// Heading of the times by sector.
pub const BY_SECTOR: &str = "Minutos hablados, por sector";
/// The sector of those without an organisation.
pub const ON_THEIR_OWN: &str = "Sin organización";

/// Asks for the floor.
pub const ASK_FOR_IT: &str = "Pedir la palabra";
/// Heading of one's own place.
pub const ASKED: &str = "Pediste la palabra";
/// Not wait any longer.
pub const WITHDRAW: &str = "Ya no voy a hablar";
/// It wasn't sent yet.
pub const ON_THIS_PHONE: &str =
    "Sin conexión: lo pediste en este teléfono. Tu lugar se aparta cuando vuelva la red.";
/// One's own turn.
pub const YOUR_TURN: &str = "Tienes la palabra";
/// Below one's own time.
pub const SAME_CLOCK: &str = "El mismo reloj se ve en la sala.";
/// Ends one's own turn.
pub const DONE: &str = "Terminé";

/// Heading of the round.
pub const ROUND: &str = "Ronda de actores";
/// What it is about: the diagnosis.
pub const ROUND_LEAD: &str =
    "Cada organización dice sus dudas o aportaciones sobre el diagnóstico.";
/// What such a round is about, in the minutes.
pub const WHOLE_DIAGNOSIS: &str = "Diagnóstico en su conjunto";
/// Opens it.
pub const OPEN_ROUND: &str = "Abrir la ronda sobre el diagnóstico";
/// Opens it again.
pub const REOPEN_ROUND: &str = "Volver a abrir la ronda sobre el diagnóstico";
/// Closes it.
pub const CLOSE_ROUND: &str = "Cerrar la ronda";
/// Closes it with somebody pending.
pub const CLOSE_WITH_REASON: &str = "Cerrar con una razón";
/// Label of the reason.
pub const REASON: &str = "¿Por qué se cierra así? Quedará en la minuta";
/// Corrects a mark.
pub const CHANGE: &str = "Cambiar";
/// Notes that an organisation spoke.
pub const SPOKE: &str = "Intervino";
/// Notes that it passes.
pub const PASSES: &str = "Pasa";
/// It is pending.
pub const PENDING: &str = "Pendiente";
/// It speaks now.
pub const SPEAKS_NOW: &str = "Habla ahora";
/// Passes, on one's own phone.
pub const PASS: &str = "Paso esta vez";

/// Heading of the clocks.
pub const CLOCK: &str = "Reloj";
/// A clock for nothing in particular.
pub const FREE: &str = "Reloj libre";
/// Starts it.
pub const START: &str = "Empezar";
/// Stops it.
pub const STOP: &str = "Quitar el reloj";

/// Time as it is counted down, to the second: `2:05`, and `−0:12` when it is over.
pub fn clock(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "" };
    let all = seconds.unsigned_abs();
    format!("{sign}{}:{:02}", all / 60, all % 60)
}

/// How long somebody spoke, from ms.
pub fn time(millis: i64) -> String {
    clock(millis / 1_000)
}

/// Who speaks, with the stage of their time.
pub fn speaks(stage: Option<Stage>) -> &'static str {
    match stage {
        Some(Stage::Running) | None => SPEAKS,
        Some(Stage::LastMinute) => "Habla · último minuto",
        Some(Stage::Over) => "Habla · terminó su tiempo",
    }
}

/// A clock that isn't a turn's, with the stage of its time.
pub fn runs(stage: Option<Stage>) -> &'static str {
    match stage {
        Some(Stage::Running) | None => "Tiempo",
        Some(Stage::LastMinute) => "Tiempo · último minuto",
        Some(Stage::Over) => "Terminó el tiempo",
    }
}

/// The stage for the look of the page.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Running => "running",
        Stage::LastMinute => "last",
        Stage::Over => "over",
    }
}

/// What a screen reader is told when a stage begins.
pub fn told(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Running => None,
        Stage::LastMinute => Some("Queda 1 minuto."),
        Stage::Over => Some("Terminó el tiempo."),
    }
}

/// Somebody, as this viewer may know them: the organisation, or the name if the viewer has it.
pub fn who(state: &Mesa, who: &Who, named: Option<&str>) -> String {
    let actor = who.actor.and_then(|number| state.actor(number));
    let organisation = actor.map(|actor| actor.organisation.to_string());
    let called = || who.name.as_ref().map(ToString::to_string);
    let named = || named.filter(|name| !name.is_empty()).map(str::to_owned);
    organisation.or_else(called).or_else(named).unwrap_or_else(|| SOMEBODY.to_owned())
}

/// How somebody who waits attends.
pub fn attends(mode: AttendanceMode) -> &'static str {
    match mode {
        AttendanceMode::InRoom => "en la sala",
        AttendanceMode::Remote => "a distancia",
        AttendanceMode::Assisted => "con ayuda",
    }
}

/// How long somebody who waits has spoken, ms.
pub fn spoken(millis: i64) -> String {
    if millis == 0 { NOT_SPOKEN.to_owned() } else { format!("ya habló {}", time(millis)) }
}

/// After how somebody attends, while none of their devices is connected.
pub const AWAY: &str = " · sin señal";

/// Who speaks, as a sentence.
pub fn now(who: &str) -> String {
    format!("Habla {who}.")
}

/// How many wait.
pub fn wait(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "Espera 1 persona.".to_owned(),
        _ => format!("Esperan {count} personas."),
    }
}

/// A place in the list, from 0.
pub fn ordinal(place: usize) -> String {
    format!("{}.ª", place + 1)
}

/// One's own place, from 0.
pub fn place(place: usize) -> String {
    match place {
        0 => "Eres la siguiente persona.".to_owned(),
        _ => format!("Eres la {} persona en la lista.", ordinal(place)),
    }
}

/// Who is before.
pub fn before(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("Antes de ti: {}.", listed(names)))
}

/// About how long it takes, in minutes.
pub fn about(minutes: i64) -> Option<String> {
    (minutes > 1)
        .then(|| format!("Cerca de {minutes} minutos. Si tocas otra cosa, tu lugar se guarda."))
}

/// Several, in a sentence.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} y {last}", first.join(", ")),
    }
}

/// The next ones, on the wall.
pub const FOLLOW: &str = "Siguen";

/// The next one on the wall, with how they attend when it isn't in the room.
pub fn follows(who: &str, mode: AttendanceMode) -> String {
    match mode {
        AttendanceMode::InRoom | AttendanceMode::Assisted => who.to_owned(),
        AttendanceMode::Remote => format!("{who}, {}", attends(mode)),
    }
}

/// The round about an item.
pub fn open_round(numbered: &str, again: bool) -> String {
    if again {
        format!("Volver a abrir la ronda sobre {numbered}")
    } else {
        format!("Abrir la ronda sobre {numbered}")
    }
}

/// What a round about an item is about.
pub fn round_about(state: &Mesa, item: Option<&Item>) -> String {
    item.map_or_else(
        || ROUND_LEAD.to_owned(),
        |item| format!("Sobre {}: {}", name::numbered(state, item), name::title(item)),
    )
}

/// How many were heard.
pub fn heard(heard: usize, of: usize) -> String {
    format!("{heard} de {of}")
}

/// Who is missing, and what closing means.
pub fn missing(names: &[String]) -> String {
    let verb = if names.len() == 1 { "Falta" } else { "Faltan" };
    let spoke = if names.len() == 1 { "no intervino" } else { "no intervinieron" };
    format!("{verb} {}. Si cierras así, la minuta dirá que {spoke} y por qué.", listed(names))
}

/// How an organisation was heard.
pub fn mark(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Spoke) => SPOKE,
        Some(Mark::Passed) => PASSES,
        None => PENDING,
    }
}

/// On the phone of an organisation that is pending.
pub fn awaited(organisation: &str) -> String {
    format!("{organisation} no ha hablado todavía.")
}

/// An item of the agenda with its minutes.
pub fn agenda(title: &str, minutes: u16) -> String {
    format!("{title} · {minutes} min")
}

/// So many minutes.
pub fn minutes(minutes: u16) -> String {
    match minutes {
        1 => "1 minuto".to_owned(),
        _ => format!("{minutes} minutos"),
    }
}

/// An unanswered command.
pub fn command(command: &Command) -> &'static str {
    match command {
        Command::Ask { .. } => "Que pediste la palabra",
        Command::Withdraw => "Que ya no vas a hablar",
        Command::Pass => "Que pasas en la ronda",
        Command::Add { .. }
        | Command::Remove { .. }
        | Command::Move { .. }
        | Command::Call { .. }
        | Command::End { .. }
        | Command::SetMinutes { .. } => "Un cambio en el uso de la palabra",
        Command::Start { .. } | Command::Stop | Command::Extend { .. } => "Un cambio del reloj",
        Command::OpenRound { .. } | Command::Mark { .. } | Command::CloseRound { .. } => {
            "Un cambio en la ronda de actores"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_down_past_its_end() {
        let shown = [180, 65, 60, 1, 0, -12, -130].map(clock);
        assert_eq!(shown, ["3:00", "1:05", "1:00", "0:01", "0:00", "−0:12", "−2:10"]);
    }

    #[test]
    fn a_place_is_said_without_telling_who_one_is() {
        assert_eq!(place(0), "Eres la siguiente persona.");
        assert_eq!(place(2), "Eres la 3.ª persona en la lista.");
        let names = ["Contraloría", "Colectivo", "Colegio"].map(str::to_owned);
        assert_eq!(before(&names[..2]).as_deref(), Some("Antes de ti: Contraloría y Colectivo."));
        assert_eq!(listed(&names), "Contraloría, Colectivo y Colegio");
        assert_eq!(before(&[]), None);
    }
}
