//! The organisations with their seats, and the cards with their links.

use domain::Date;
use domain::exercise::SeatKind;

use super::counted;
use crate::page::prepare::Mailing;
use crate::text::date::{date, time_of_day, weekday};
use crate::text::mail;

/// Below the heading of the actors.
pub fn actors_lead(seats: usize, entered: usize) -> String {
    match entered {
        0 => format!("{}. Nadie ha entrado todavía.", counted(seats, "lugar", "lugares")),
        1 => format!("{}. Ya entró 1.", counted(seats, "lugar", "lugares")),
        _ => format!("{}. Ya entraron {entered}.", counted(seats, "lugar", "lugares")),
    }
}

/// No organisations yet.
pub const NO_ACTORS: &str =
    "Todavía no hay organizaciones. Pega tu lista de una hoja de cálculo o agrega la primera.";
/// Columns of the table.
pub const COLUMNS: [&str; 5] = ["Organización", "Lugar", "Persona", "Correo", "Invitación"];
/// Of one that doesn't sign.
pub const DOES_NOT_SIGN: &str = "no firma";
/// Of one that no longer takes part.
pub const WITHDRAWN: &str = "ya no participa";
/// The seat that acts.
pub const ACTS: &str = "actúa ahora";
/// Lets the other one act.
pub fn let_act(kind: SeatKind) -> &'static str {
    match kind {
        SeatKind::Holder => "Que actúe el titular",
        SeatKind::Alternate => "Que actúe el suplente",
    }
}
/// What becomes of the invitation by mail; none: nothing is to be said of it.
pub fn mailing(mailing: Mailing) -> Option<String> {
    Some(match mailing {
        Mailing::Needless | Mailing::Unasked => return None,
        Mailing::NoMail => "sin correo: imprime su tarjeta".to_owned(),
        Mailing::Queued => "invitación por enviar".to_owned(),
        Mailing::Failed(fault) => {
            format!("no se pudo enviar ({}); se intenta otra vez", mail::fault(fault))
        }
        Mailing::Refused(fault) => format!("invitación sin enviar: {}", mail::fault(fault)),
        Mailing::Uncertain => "invitación incierta: puede que haya llegado".to_owned(),
        Mailing::Sent(None) => "invitación enviada".to_owned(),
        Mailing::Sent(Some((day, time))) => {
            format!("invitación enviada el {}, {}", date(day), time_of_day(time))
        }
    })
}
/// Heading of the invitations by mail, and the link to them.
pub const INVITATIONS_HEADING: &str = "Invitar por correo";
/// What happens.
pub const INVITATIONS_LEAD: &str =
    "Cada persona recibe su enlace y su código. A quien ya entró no se le escribe.";
/// Heading of the invitations for which somebody has to do something.
pub const UNDELIVERED: &str = "No llegaron";
/// Above what the letter says.
pub const INVITATION_SAYS: &str = "Así dice, por ejemplo";
/// The button.
pub fn invite(count: usize) -> String {
    format!("Invitar a {}", counted(count, "persona", "personas"))
}
/// How many are to be sent.
pub fn invitations_queued(count: usize) -> String {
    counted(count, "invitación por enviar", "invitaciones por enviar")
}
/// How many were sent.
pub fn invitations_sent(count: usize) -> String {
    counted(count, "enviada", "enviadas")
}
/// How many people have no address.
pub fn invitations_without_mail(count: usize) -> String {
    format!("{} sin correo: imprime su tarjeta", counted(count, "persona", "personas"))
}
/// Adds an organisation.
pub const ADD_ACTOR: &str = "Agregar una organización";
/// Pastes a list.
pub const PASTE: &str = "Pegar de una hoja de cálculo";
/// Prints cards.
pub const CARDS: &str = "Imprimir tarjetas";
/// Ends a session.
pub const END_SESSION: &str = "Cerrar esa entrada";
/// An open session.
pub fn session(at: Option<(Date, (u8, u8))>) -> String {
    match at {
        Some((day, time)) => format!("Entrada abierta desde {}, {}", date(day), time_of_day(time)),
        None => "Entrada abierta".to_owned(),
    }
}
/// The people of an organisation.
pub const PEOPLE: &str = "Personas";
/// The button of an organisation that no longer takes part.
pub const WITHDRAW: &str = "Ya no participa";
/// The button that takes it back.
pub const TAKE_BACK: &str = "Vuelve a participar";

/// Heading of the cards.
pub const CARDS_HEADING: &str = "Tarjetas con enlace personal";
/// What becomes of earlier cards.
pub const CARDS_LEAD: &str = "Al imprimir se hace un enlace nuevo; la tarjeta o el enlace anterior de esa persona deja de servir. Los enlaces solo se muestran ahora: imprime la página antes de salir.";
/// Whose cards.
pub const WHOSE: &str = "Para quién";
/// Seats without a link.
pub fn cards_without_link(count: usize) -> String {
    format!("A los lugares sin enlace: {count}")
}
/// Who hasn't come in.
pub fn cards_not_entered(count: usize) -> String {
    format!("A quien no ha entrado: {count}")
}
/// All.
pub fn cards_all(count: usize) -> String {
    format!("A todos los lugares: {count}")
}
/// Makes the cards.
pub const MAKE_CARDS: &str = "Hacer las tarjetas";
/// Above the sheet.
pub const CUT: &str = "Corta por la línea punteada. Cada tarjeta es de una persona.";
/// On a card of who signs.
pub const CARD_SIGNS: &str = "lugar que firma";
/// On a card.
pub const CARD_USE: &str = "Escanea el cuadro con la cámara, o escribe la dirección. Es personal.";
/// Before the code on a card, with the server's address.
pub fn card_code(address: &str) -> String {
    let host = address.split_once("://").map_or(address, |(_, host)| host);
    format!("¿Sin cámara? Entra a {host}/entrar y escribe ")
}
/// When and where.
pub fn card_when(meets: Option<(Date, (u8, u8))>, venue: &str) -> String {
    match meets {
        Some((day, time)) => {
            format!("{} {}, {} · {venue}", weekday(day), date(day), time_of_day(time))
        }
        None => venue.to_owned(),
    }
}
