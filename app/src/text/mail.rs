//! What becomes of letters by mail, and the page about it.

use super::date::{date, time_of_day};
use crate::page::mail::{Delivery, Fault, Kind, Post, Reply, Security};
use crate::page::prepare::Moment;

/// Heading, and the link to the page.
pub const HEADING: &str = "Correo";
/// Below it.
pub const LEAD: &str =
    "Así salen las invitaciones, los enlaces para elegir otra frase y el plan de este ejercicio.";
/// No mail server is set.
pub const OFF: &str =
    "Este ejercicio no tiene configurado el correo: no sale nada, y lo que se pida espera.";
/// What is to be done then.
pub const OFF_NEXT: &str = "Escribe aquí abajo por qué servidor de correo sale; o lo configura, para todos los ejercicios, quien arranca este programa (mesa --help dice cómo).";
/// Letters go out by the operator's mail server.
pub const BY_OPERATOR: &str = "Es el servidor de correo de quien administra este programa.";
/// They go out by the exercise's own.
pub const BY_OWN: &str = "Es el servidor de correo de este ejercicio, escrito aquí abajo.";
/// Heading of the form that sets one.
pub const SERVER: &str = "Servidor de correo de este ejercicio";
/// Below it.
pub const SERVER_LEAD: &str = "Sirve la cuenta de correo de tu dependencia. La contraseña se guarda en este servidor y en sus respaldos; si se puede, usa una contraseña de aplicación, solo para esto.";
/// Saves it.
pub const SAVE_SERVER: &str = "Guardar";
/// Saves it and asks for a trial.
pub const SAVE_AND_TRY: &str = "Guardar y enviar una prueba";
/// Takes it away.
pub const REMOVE_SERVER: &str = "Dejar de usarlo";
/// Labels of the settings.
pub const HOST: &str = "Servidor";
/// How the connection is protected.
pub const SECURITY: &str = "Conexión";
/// The user.
pub const USER: &str = "Usuario";
/// Without one.
pub const NO_USER: &str = "entra sin usuario";
/// The sender.
pub const FROM: &str = "Remitente";
/// Heading of the trials.
pub const TRIALS: &str = "Enviar una prueba";
/// Who reads has no address.
pub const NO_OWN_MAIL: &str =
    "No tenemos tu correo: entra con tu correo y tu frase para enviarte una prueba.";
/// The button.
pub const SEND_TRIAL: &str = "Enviar una prueba";
/// Heading of what failed.
pub const FAILURES: &str = "Últimos problemas";
/// Nothing did.
pub const NO_FAILURES: &str = "Ninguno desde que arrancó el servidor.";
/// Sends once more.
pub const AGAIN: &str = "Enviar otra vez";
/// Leads to where an address is corrected.
pub const CORRECT: &str = "Corregir el correo";
/// Loads the page again.
pub const RELOAD: &str = "Actualizar";

/// Where a trial goes.
pub fn trial_to(address: &str) -> String {
    format!("Llega a tu correo, {address}.")
}

/// How a connection is protected.
pub fn security(security: Security) -> &'static str {
    match security {
        Security::StartTls => "cifrada (STARTTLS)",
        Security::Tls => "cifrada (TLS)",
        Security::None => "sin cifrar",
    }
}

/// A kind of letter.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Invitation => "Una invitación",
        Kind::Plan => "El plan",
        Kind::Reset => "Un enlace para elegir otra frase",
        Kind::Reminder => "Un recordatorio",
        Kind::Pack => "Un recordatorio del expediente",
        Kind::Trial => "Una prueba",
    }
}

/// That the mail server can't be used; none: it can, or there is none.
pub fn down(post: Post) -> Option<String> {
    let Post::Down(fault, since) = post else { return None };
    let since = since.map(|moment| format!(", desde el {}", self::moment(moment)));
    Some(format!(
        "Por ahora no sale ningún correo{}: {}. Lo pedido espera y se intenta otra vez solo.",
        since.unwrap_or_default(),
        self::fault(fault)
    ))
}

/// Day and hour.
pub fn moment((day, time): Moment) -> String {
    format!("{}, {}", date(day), time_of_day(time))
}

/// How far a letter is.
pub fn delivery(delivery: Delivery) -> String {
    match delivery {
        Delivery::Waiting(None) => "por enviar".to_owned(),
        Delivery::Waiting(Some(why)) => format!("espera: {}; se intenta otra vez", fault(why)),
        Delivery::Sending => "enviando".to_owned(),
        Delivery::Sent(None) => "enviado".to_owned(),
        Delivery::Sent(Some(at)) => format!("enviado el {}", moment(at)),
        Delivery::Refused(why) => format!("no se envió: {}", fault(why)),
        Delivery::Uncertain => UNCERTAIN.to_owned(),
    }
}

/// It may have arrived.
pub const UNCERTAIN: &str = "incierto: se cortó mientras se entregaba y puede que haya llegado. Pregúntale antes de enviarlo otra vez";

/// Why a letter isn't sent.
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::NoAddress => "no tiene correo".to_owned(),
        Fault::NotAnAddress => "su correo está mal escrito".to_owned(),
        Fault::OtherLetters => "su correo lleva acentos o eñes, y el servidor de correo no puede con ellos: pídele otra dirección".to_owned(),
        Fault::Gone => "ya no participa".to_owned(),
        Fault::NoFile => "no se pudo hacer el documento".to_owned(),
        Fault::Refused(reply) => format!("{} ({})", refused(reply), code(reply)),
        Fault::Sender(reply) => format!(
            "el servidor de correo no acepta al remitente de este servidor ({})",
            code(reply)
        ),
        Fault::Later(reply) => {
            format!("su servidor de correo pide intentarlo más tarde ({})", code(reply))
        }
        Fault::NeverTaken(reply) => {
            format!("su servidor de correo lo aplazó durante días ({})", code(reply))
        }
        Fault::Unreachable => "no hay conexión con el servidor de correo".to_owned(),
        Fault::SignIn => {
            "el servidor de correo no acepta el usuario y la contraseña configurados".to_owned()
        }
        Fault::Unprotected => "no se logró una conexión cifrada con el servidor de correo".to_owned(),
        Fault::Cut => "el servidor de correo cortó o no contestó a tiempo".to_owned(),
        Fault::CutWhileSending => "se cortó mientras se entregaba".to_owned(),
        Fault::Here => "falló este servidor".to_owned(),
    }
}

/// What a refusal means, by RFC 3463 where the reply has it.
fn refused(reply: Reply) -> &'static str {
    match (reply.enhanced, reply.code) {
        (Some((_, 1, 2)), _) => "el dominio de su correo no existe",
        (Some((_, 1, _)), _) => "esa dirección no existe",
        (Some((_, 2, 1)), _) => "su buzón está cerrado",
        (Some((_, 2, 2)), _) | (None, 552) => "su buzón está lleno o el mensaje es muy grande",
        (Some((_, 3, 4) | (_, 2, 3)), _) => "el mensaje es muy grande para su buzón",
        (Some((_, 7, _)), _) => "su servidor de correo rechazó el mensaje por sus reglas",
        (None, 550 | 551 | 553) => "esa dirección no existe o no recibe",
        _ => "su servidor de correo lo rechazó",
    }
}

fn code(reply: Reply) -> String {
    match reply.enhanced {
        Some((class, subject, detail)) => {
            format!("{} {class}.{subject}.{detail}", reply.code)
        }
        None => reply.code.to_string(),
    }
}

/// Label of a button for one person, for those who hear it.
pub fn of(label: &str, name: &str) -> String {
    format!("{label}: {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_said_in_plain_words_with_its_code() {
        let said = |code, enhanced| fault(Fault::Refused(Reply { code, enhanced }));
        assert_eq!(said(550, Some((5, 1, 1))), "esa dirección no existe (550 5.1.1)");
        assert_eq!(said(550, None), "esa dirección no existe o no recibe (550)");
        assert_eq!(
            said(552, Some((5, 3, 4))),
            "el mensaje es muy grande para su buzón (552 5.3.4)"
        );
        assert_eq!(said(554, None), "su servidor de correo lo rechazó (554)");
        let later = Fault::Later(Reply { code: 450, enhanced: Some((4, 2, 0)) });
        assert_eq!(
            delivery(Delivery::Waiting(Some(later))),
            "espera: su servidor de correo pide intentarlo más tarde (450 4.2.0); se intenta otra vez"
        );
    }
}
