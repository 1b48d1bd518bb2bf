//! Sending the plan to everybody who takes part.

use super::date::{date, time_of_day};
use super::slots::{self, Progress};
use super::{mail, plan};
use crate::address;
use crate::page::dispatch::{AtDesk, Dispatch, Done, Recipient};
use crate::page::mail::{Delivery, Post};
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
    "Este ejercicio no tiene configurado el correo. Entrega el plan de otra manera:";
/// Downloads the copy with everything.
pub const DOWNLOAD: &str = "Descargar el plan (PDF)";
/// The same once it is signed.
pub const DOWNLOAD_SIGNED: &str = "Descargar el plan firmado, también para imprimirlo (PDF)";
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

/// Which version it is: when it was frozen, or signed.
pub fn version(number: u16, frozen: Option<Moment>, signed: Option<Option<Moment>>) -> String {
    let (what, at) = match signed {
        Some(at) => ("firmada", at),
        None => ("congelada", frozen),
    };
    match at {
        Some((day, time)) => {
            format!("Versión {number}, {what} el {}, {}", date(day), time_of_day(time))
        }
        None => format!("Versión {number}, {what}"),
    }
}

/// The version isn't signed.
pub const NOT_SIGNED: &str = "Todavía no está firmada: lo que se envíe ahora va sin firmas. Cuando se firme, se envía otra vez, con ellas.";

/// How many received it.
pub fn received((sent, all): (usize, usize)) -> String {
    match sent {
        1 => format!("1 de {all} lo recibió"),
        _ => format!("{sent} de {all} recibieron"),
    }
}

/// What the desk says of it. `may_send`: whether who reads can open the page that sends.
pub fn at_desk(page: &Dispatch, may_send: bool) -> AtDesk {
    let (sent, all) = page.counts();
    let everybody = all > 0 && sent == all;
    let (off, signed) = (page.post == Post::Off, page.signed.is_some());
    let stuck = page.count(|one| one.delivery.is_some_and(Delivery::needs_somebody));
    let next = match () {
        () if !may_send => plan::SEE_COPIES,
        () if off && !everybody => WITHOUT_MAIL,
        () if !page.begun() => SEND_SIGNED,
        () if stuck + without_address(page) > 0 => SEE_MISSING,
        () => SEE,
    };
    let others_send = (!may_send && signed && !everybody).then(|| OTHERS_SEND.to_owned());
    let said: Vec<String> = stands(page).into_iter().chain(others_send).collect();
    let href =
        if may_send { address::dispatch(page.mesa) } else { address::plan(page.mesa.exercise) };
    AtDesk {
        progress: match page.signed {
            None => Progress::Waits,
            Some(_) if everybody => Progress::Done,
            Some(_) => Progress::Going,
        },
        said: said.join(" "),
        next: (next.to_owned(), href),
        moves: waiting(page) > 0,
    }
}

/// How many letters are on their way.
fn waiting(page: &Dispatch) -> usize {
    page.count(|one| matches!(one.delivery, Some(Delivery::Waiting(_) | Delivery::Sending)))
}

/// How many have no address, and were sent nothing.
fn without_address(page: &Dispatch) -> usize {
    page.count(|one| one.delivery.is_none() && one.mail.is_empty())
}

/// How it stands, in sentences.
fn stands(page: &Dispatch) -> Vec<String> {
    let (sent, all) = page.counts();
    if page.signed.is_none() {
        return vec![slots::DISPATCH_WAITS.to_owned()];
    }
    if all == 0 {
        return vec![NOBODY.to_owned()];
    }
    let why = match page.post {
        Post::Off => Some("este servidor no tiene correo".to_owned()),
        Post::Down(fault, _) => Some(mail::fault(fault)),
        Post::On => None,
    };
    if !page.begun() {
        if page.post == Post::Off {
            return vec![OFF_AT_DESK.to_owned()];
        }
        let why = why.map(|why| format!("Por ahora no sale ningún correo: {why}."));
        return [waits_for(all, page.unasked())].into_iter().chain(why).collect();
    }
    let so_many = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}.")),
        count => Some(format!("{count} {more}.")),
    };
    let on_their_way = match (waiting(page), why) {
        (0, _) => None,
        (count, Some(why)) => Some(format!("{count} en espera: {why}.")),
        (count, None) => Some(format!("{count} en camino.")),
    };
    let uncertain = page.count(|one| one.delivery == Some(Delivery::Uncertain));
    [
        Some(format!("{}.", received((sent, all)))),
        on_their_way,
        so_many(page.refused(), "no se pudo enviar", "no se pudieron enviar"),
        so_many(uncertain, "incierto", "inciertos"),
        so_many(without_address(page), "sin correo", "sin correo"),
        so_many(page.unasked(), "sin enviar", "sin enviar"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The desk, without a mail server.
const OFF_AT_DESK: &str =
    "Este servidor no tiene correo: descarga el plan, imprímelo o comparte su enlace.";
/// Who reads the desk can't send.
const OTHERS_SEND: &str = "Lo envía quien prepara el ejercicio.";
/// Links from the desk.
const WITHOUT_MAIL: &str = "Descargarlo, imprimirlo o compartirlo";
const SEND_SIGNED: &str = "Enviar el plan firmado";
const SEE_MISSING: &str = "Ver a quién no le llegó y por qué";
const SEE: &str = "Ver quién lo recibió";

/// Nobody was sent it: "Sin enviar: lo esperan 16 personas, 14 con correo."
fn waits_for(all: usize, with_mail: usize) -> String {
    match (all, with_mail) {
        (1, 1) => "Sin enviar: lo espera 1 persona, con correo.".to_owned(),
        (1, _) => "Sin enviar: lo espera 1 persona, sin correo.".to_owned(),
        (all, 0) => format!("Sin enviar: lo esperan {all} personas, ninguna con correo."),
        (all, with) if all == with => {
            format!("Sin enviar: lo esperan {all} personas, todas con correo.")
        }
        (all, with) => format!("Sin enviar: lo esperan {all} personas, {with} con correo."),
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

#[cfg(test)]
mod tests {
    use domain::{MesaId, MesaNumber, PersonId, StreamId};
    use uuid::Uuid;

    use super::*;
    use crate::page::mail::{Fault, Reply};

    fn page(post: Post, people: &[(Option<Delivery>, usize)]) -> Dispatch {
        let recipient = |delivery: Option<Delivery>, mail: &str| Recipient {
            person: PersonId(Uuid::nil()),
            name: String::new(),
            organisations: Vec::new(),
            mail: mail.to_owned(),
            full: true,
            delivery,
        };
        let people = people.iter();
        let people = people.flat_map(|(one, count)| std::iter::repeat_n(*one, *count));
        Dispatch {
            mesa: MesaId { exercise: StreamId(Uuid::nil()), number: MesaNumber(1) },
            name: String::new(),
            folio: String::new(),
            version: Some((1, None)),
            signed: Some(None),
            post,
            people: people.map(|one| recipient(one, "a@x.test")).collect(),
            address: String::new(),
            public: true,
            done: None,
        }
    }

    #[test]
    fn the_desk_says_how_the_sending_stands_and_leads_to_what_is_next() {
        let (sent, waits) = (Some(Delivery::Sent(None)), Some(Delivery::Waiting(None)));
        let refused = Some(Delivery::Refused(Fault::Refused(Reply { code: 550, enhanced: None })));
        let down = Post::Down(Fault::Unreachable, None);
        let cases = [
            (page(Post::On, &[(sent, 16)]), Progress::Done, "16 de 16 recibieron.", SEE),
            (
                page(Post::On, &[(sent, 14), (refused, 1), (Some(Delivery::Uncertain), 1)]),
                Progress::Going,
                "14 de 16 recibieron. 1 no se pudo enviar. 1 incierto.",
                SEE_MISSING,
            ),
            (
                page(Post::On, &[(sent, 1), (waits, 2), (Some(Delivery::Sending), 1)]),
                Progress::Going,
                "1 de 4 lo recibió. 3 en camino.",
                SEE,
            ),
            (
                page(down, &[(waits, 3)]),
                Progress::Going,
                "0 de 3 recibieron. 3 en espera: no hay conexión con el servidor de correo.",
                SEE,
            ),
            (
                page(Post::On, &[(None, 3)]),
                Progress::Going,
                "Sin enviar: lo esperan 3 personas, todas con correo.",
                SEND_SIGNED,
            ),
            (page(Post::Off, &[(None, 3)]), Progress::Going, OFF_AT_DESK, WITHOUT_MAIL),
            (page(Post::On, &[]), Progress::Going, NOBODY, SEND_SIGNED),
        ];
        for (page, progress, said, next) in cases {
            let desk = at_desk(&page, true);
            assert_eq!((desk.progress, desk.said.as_str()), (progress, said));
            assert_eq!(desk.next, (next.to_owned(), address::dispatch(page.mesa)), "{said}");
            assert_eq!(desk.moves, page.people.iter().any(|one| one.delivery == waits), "{said}");
            assert_eq!(AtDesk::of_text(&desk.to_text()).as_ref(), Some(&desk));
            let other = at_desk(&page, false);
            assert_eq!(other.next.1, address::plan(page.mesa.exercise));
            assert_eq!(other.said.contains(OTHERS_SEND), progress != Progress::Done, "{said}");
        }
        let mut unsigned = page(Post::On, &[(sent, 3)]);
        unsigned.signed = None;
        assert_eq!(at_desk(&unsigned, true).progress, Progress::Waits);
    }
}
