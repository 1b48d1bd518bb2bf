//! Sending the plan to everybody who takes part.

use super::date::{date, time_of_day};
use super::mail;
use crate::page::dispatch::{Done, Recipient};
use crate::page::mail::Delivery;
use crate::page::prepare::Moment;

/// Heading.
pub const HEADING: &str = "Envío del plan";
/// There is no version yet.
pub const NO_VERSION: &str =
    "Todavía no hay nada que enviar: los textos se congelan cuando empieza la lectura.";
/// Nobody takes part yet.
pub const NOBODY: &str = "Todavía no hay nadie en los lugares. Agrégalos en Preparar.";
/// Without a mail server.
pub const OFF: &str =
    "Este servidor no tiene configurado el correo. Entrega el plan de otra manera:";
/// Downloads the copy with everything.
pub const DOWNLOAD: &str = "Descargar el plan (PDF)";
/// Downloads the copy that may be published.
pub const DOWNLOAD_PUBLIC: &str = "Descargar la versión pública (PDF)";
/// Opens the copy to be printed.
pub const PRINT: &str = "Imprimir para firmar (PDF)";
/// Before the address.
pub const SHARE: &str = "Enlace para compartir:";
/// Who may open it.
pub const SHARE_OPEN: &str = "Quien lo abra ve la versión pública, sin correos ni teléfonos.";
/// The public page is off.
pub const SHARE_CLOSED: &str =
    "La página pública está apagada: por ahora solo lo abre quien entró a la mesa.";
/// Heading of the people.
pub const PEOPLE: &str = "Quiénes lo reciben";
/// Heading of the other ways.
pub const OTHER_WAYS: &str = "De otra manera";
/// Which copies go out.
pub const COPIES: &str = "A quien tiene un lugar que firma le llega la versión íntegra; a los demás, la pública, sin correos ni teléfonos. A cada persona le llega su propio mensaje.";
/// The copy with everything.
pub const FULL: &str = "versión íntegra";
/// The copy that may be published.
pub const PUBLIC: &str = "versión pública";
/// It wasn't asked for.
pub const UNASKED: &str = "sin enviar";
/// Label of an address that is corrected.
pub const MAIL: &str = "Correo";
/// Corrects it and sends.
pub const CORRECT: &str = "Guardar y enviar";
/// What was typed isn't an address.
pub const NOT_AN_ADDRESS: &str =
    "Eso no es una dirección de correo. Escríbela como nombre@dominio.mx.";
/// Another version was frozen.
pub const OTHER_VERSION: &str =
    "Mientras tanto se congeló otra versión: no se envió nada. Esta es la de ahora.";
/// Back to the desk.
pub const BACK: &str = "Volver a la conducción";

/// Which version it is.
pub fn version(number: u16, frozen: Option<Moment>) -> String {
    match frozen {
        Some((day, time)) => {
            format!("Versión {number}, congelada el {}, {}", date(day), time_of_day(time))
        }
        None => format!("Versión {number}"),
    }
}

/// How many received it.
pub fn received((sent, all): (usize, usize)) -> String {
    match sent {
        1 => format!("1 de {all} lo recibió"),
        _ => format!("{sent} de {all} recibieron"),
    }
}

/// Sends to everybody who has an address and wasn't sent it.
pub fn send(count: usize) -> String {
    match count {
        1 => "Enviar el plan a 1 persona".to_owned(),
        _ => format!("Enviar el plan a {count} personas"),
    }
}

/// Sends again to those to whom it was refused.
pub fn send_again(count: usize) -> String {
    match count {
        1 => "Enviar otra vez a quien no lo recibió".to_owned(),
        _ => format!("Enviar otra vez a los {count} que no lo recibieron"),
    }
}

/// How far it is for somebody.
pub fn standing(one: &Recipient) -> String {
    match one.delivery {
        None if one.mail.is_empty() => mail::fault(crate::page::mail::Fault::NoAddress),
        None => UNASKED.to_owned(),
        Some(Delivery::Sent(None)) => "recibido".to_owned(),
        Some(Delivery::Sent(Some(at))) => format!("recibido el {}", mail::moment(at)),
        Some(delivery) => mail::delivery(delivery),
    }
}

/// What came of a form; none: it is said beside the field.
pub fn done(done: &Done) -> Option<String> {
    match done {
        Done::Asked(0) => Some("No había nada más que enviar.".to_owned()),
        Done::Asked(1) => {
            Some("Se pidió 1 envío. Actualiza la página para ver cómo va.".to_owned())
        }
        Done::Asked(count) => {
            Some(format!("Se pidieron {count} envíos. Actualiza la página para ver cómo van."))
        }
        Done::OtherVersion => Some(OTHER_VERSION.to_owned()),
        Done::NotAnAddress(..) => None,
    }
}
