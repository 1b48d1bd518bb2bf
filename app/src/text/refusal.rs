//! Why something wasn't accepted, in a sentence that says what to do next.

use domain::Rejection;
use domain::{agreement, conduct, deliberation, people};

use super::{date, name, priority, signing, veil};

/// The sentence.
pub fn sentence(rejection: &Rejection) -> String {
    match rejection {
        Rejection::NotAllowed { phase, .. } => {
            format!(
                "En la fase de {} no puedes hacer este cambio. Pide a la facilitación que lo haga o que cambie de fase.",
                name::phase(*phase)
            )
        }
        Rejection::Deliberation(deliberation::Rejection::UnknownItem) => "El texto al que iba este cambio no está en la mesa.".to_owned(),
        Rejection::Deliberation(deliberation::Rejection::RemovedItem) => {
            "El texto al que iba este cambio fue eliminado. Si hace falta, la facilitación puede restaurarlo.".to_owned()
        }
        Rejection::Deliberation(deliberation::Rejection::WrongField) | Rejection::UnknownValue => {
            "Ese valor no se puede elegir aquí. Vuelve a abrir el texto y elige otro.".to_owned()
        }
        Rejection::UnknownMesa => "La mesa a la que iba este cambio no existe.".to_owned(),
        Rejection::IdTaken => "Este cambio ya estaba en la mesa.".to_owned(),
        Rejection::Deliberation(deliberation::Rejection::TextTooLong { limit }) => {
            format!("El texto quedaría demasiado largo: caben {limit} letras. Acórtalo y escríbelo de nuevo.")
        }
        Rejection::Deliberation(deliberation::Rejection::ForbiddenCharacters) => {
            "El texto tiene caracteres que no se pueden mostrar. Escríbelo de nuevo sin pegarlo.".to_owned()
        }
        Rejection::Deliberation(deliberation::Rejection::PatchOutOfRange) | Rejection::Deliberation(deliberation::Rejection::BaseAhead) => {
            "El texto cambió tanto que este cambio ya no encaja. Cópialo y escríbelo donde corresponda.".to_owned()
        }
        Rejection::Deliberation(deliberation::Rejection::DateOutside { from, to }) => {
            format!("La fecha debe estar entre el {} y el {}.", date::date(*from), date::date(*to))
        }
        Rejection::Deliberation(deliberation::Rejection::EndBeforeStart) => {
            "La fecha final queda antes de la inicial. Revisa las dos.".to_owned()
        }
        Rejection::Deliberation(deliberation::Rejection::LongerThanAYear) => {
            "El plazo pasa de doce meses. Elige una fecha más cercana.".to_owned()
        }
        Rejection::TooMany { limit } => format!("Ya hay {limit}, que es lo más que caben."),
        Rejection::People(people::Rejection::DoorClosed) => {
            "La puerta de la mesa está cerrada. Pide a la facilitación que la abra.".to_owned()
        }
        Rejection::People(people::Rejection::UnknownGrant) => {
            "Tu entrada a la mesa ya no vale. Abre de nuevo tu enlace o escanea el código.".to_owned()
        }
        Rejection::People(people::Rejection::TwoSeats) => {
            "Son dos lugares, y cada uno es de una persona.".to_owned()
        }
        Rejection::NotYours | Rejection::NotOnBehalf => "Este cambio es de otra persona y no se envió a tu nombre.".to_owned(),
        Rejection::ReasonNeeded => "Falta la razón. Escríbela para que quede anotada.".to_owned(),
        Rejection::Deliberation(deliberation::Rejection::MergedInACircle) => {
            "Ese problema ya está unido a éste. Separa primero el otro.".to_owned()
        }
        Rejection::Conduct(conduct::Rejection::Muted) => {
            "La facilitación pausó tu escritura en la mesa. Puedes leer la razón y pedir que se revise.".to_owned()
        }
        Rejection::Conduct(conduct::Rejection::WallTaken) => {
            "Otra persona de la facilitación lleva la pantalla. Si hace falta, tómala en Conducir y proyecta de nuevo.".to_owned()
        }
        Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 1 }) => {
            "Antes de la lectura falta resolver 1 punto de la revisión, o dejarlo pasar con una razón.".to_owned()
        }
        Rejection::Conduct(conduct::Rejection::ChecksOpen { open }) => {
            format!("Antes de la lectura falta resolver {open} puntos de la revisión, o dejarlos pasar con una razón.")
        }
        Rejection::Agreement(agreement::Rejection::NotAsked) => {
            "La pregunta ya se cerró y no se tomó tu respuesta. Pide a la facilitación que vuelva a preguntar.".to_owned()
        }
        Rejection::Agreement(agreement::Rejection::NotEntitled) => {
            "Tu organización no estaba entre las que se preguntó. La facilitación puede volver a preguntar.".to_owned()
        }
        Rejection::Agreement(agreement::Rejection::TextChanged) => {
            "El texto cambió desde que lo leíste. Lee cómo quedó y responde de nuevo.".to_owned()
        }
        Rejection::Agreement(agreement::Rejection::NotOfThePlan) => {
            "Ese compromiso no está en la versión que se lee.".to_owned()
        }
        Rejection::Agreement(agreement::Rejection::Signing(rejection)) => {
            signing::refused(rejection).to_owned()
        }
        Rejection::Priority(rejection) => priority::refused(rejection),
        Rejection::Veil(rejection) => veil::refused(rejection).to_owned(),
    }
}
