//! What the commands print.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use app::address;
use domain::exercise::NoticeVersion;
use domain::text::free::Part;
use store::{MesaSummary, Redacted, Report};

use super::difference;
use crate::service::record::Enrolled;
use crate::service::sample::Ways;

/// Printed before serving when the addresses aren't announced.
pub fn listening(scheme: &str, address: SocketAddr) -> String {
    format!("Mesa Abierta escucha en {scheme}://{address}")
}

/// The addresses: on this machine, and for phones, the first with a QR code.
pub fn serving(local: &str, phones: Option<(&str, &str)>, others: &[&str]) -> String {
    let mut said = format!("\nMesa Abierta está sirviendo. En esta máquina: {local}");
    match phones {
        Some((url, qr)) => {
            let _ = write!(said, "\nPara los teléfonos: {url}\n\n{qr}");
            others.iter().for_each(|other| {
                let _ = write!(said, "\nTambién: {other}");
            });
        }
        None => said.push_str("\nNo hay red para teléfonos: conecta esta máquina a una y reinicia, o usa --addr 0.0.0.0:3000."),
    }
    said
}

/// The links into a mesa that is being served.
pub fn mesa(mesa: &MesaSummary, local: &str, public: &str, secret: &str) -> String {
    format!(
        "\nMesa {} · {}\n  Facilitación (no lo compartas): {local}{}\n  Página pública: {public}{}",
        mesa.mesa.number,
        mesa.theme,
        address::link(secret),
        address::public_mesa(mesa.mesa)
    )
}

/// The link that creates an exercise, with its QR code.
pub fn setup(url: &str, qr: &str) -> String {
    format!(
        "\nCrear tu ejercicio (enlace de administración, sirve una sola vez; no lo compartas):\n  {url}\n\n{qr}"
    )
}

/// How to stop the server.
pub const TO_END: &str = "\nPara terminar: Ctrl+C.";
/// Printed while the server shuts down.
pub const ENDING: &str = "Cerrando: se termina de guardar…";

/// The address for phones has changed since last time.
pub fn address_changed(before: &str, now: &str) -> String {
    format!(
        "\n¡ATENCIÓN! La dirección para los teléfonos cambió: antes era {before} y ahora es {now}.\n\
         Lo que alguien escribió sin conexión sigue en su teléfono bajo la dirección anterior.\n\
         Si puedes, vuelve a darle a esta laptop la dirección anterior y reinicia.\n"
    )
}

/// The links into a mesa that was just created.
pub fn ways(ways: &Ways, is_sample: bool) -> String {
    let done = if is_sample { "Ejercicio de ejemplo cargado." } else { "Mesa abierta." };
    let mut said = format!(
        "{done} Guarda estos enlaces: no se pueden volver a mostrar.\n\n  Facilitación:   {}\n  Entrada:        {}  (código {})\n  \
         Proyector:      {}\n  Página pública: {}",
        ways.facilitator_url, ways.join_url, ways.join_code, ways.projector_url, ways.public_url
    );
    for seat in &ways.seats {
        let _ = write!(said, "\n  {}: {}", seat.organisation, seat.url);
    }
    said
}

/// A notice was published.
pub fn notice_published(version: NoticeVersion) -> String {
    format!("El aviso de privacidad es ahora la versión {version}.")
}

/// The file isn't in the most common encoding.
pub fn read_as(path: &Path, encoding: &str) -> String {
    format!("{}: leído como {encoding}.", path.display())
}

/// Logos were added or removed.
pub fn logos(count: usize) -> String {
    format!("El ejercicio tiene ahora {count} logotipos.")
}

/// A phrase was redacted; where it stood, and where it still stands.
pub fn redacted(redacted: &Redacted) -> String {
    let Redacted { events, texts, parts, people, jobs } = redacted;
    let mut said = if *events == 0 {
        "No se tachó nada: la frase no está en lo que se escribió.".to_owned()
    } else {
        format!("Se tachó en {events} hechos y en {texts} textos de ahora.")
    };
    for (part, count) in parts.iter().filter(|(part, _)| !part.stays()) {
        let _ = write!(said, "\n  {}: {count}", redacted_part(*part));
    }
    let named = [
        ("nombres, correos o teléfonos de personas", *people),
        ("envíos pendientes o hechos", *jobs),
    ];
    let stays = parts.iter().filter(|(part, _)| part.stays());
    let stays: Vec<(&str, usize)> = stays
        .map(|(part, count)| (redacted_part(*part), *count))
        .chain(named.into_iter().filter(|(_, count)| *count > 0))
        .collect();
    if !stays.is_empty() {
        said.push_str("\nTambién está aquí, y ahí no se tocó:");
        for (part, count) in stays {
            let _ = write!(said, "\n  {part}: {count}");
        }
    }
    if *people > 0 {
        said.push_str("\nPara borrar el nombre de una persona: mesa anonymise");
    }
    if *events > 0 {
        said.push_str(DOCUMENTS_GONE);
    }
    said.push_str(NOT_SEEN);
    said
}

/// What may have the phrase and isn't looked into.
const DOCUMENTS_GONE: &str = "\nLos documentos en PDF que se habían guardado, menos los planes sellados, se borraron: se hacen otra vez \
    cuando alguien los pide.";

/// What a redaction can't reach.
const NOT_SEEN: &str = "\nNo se revisaron los archivos (logotipos, planes sellados), los respaldos hechos antes ni lo que \
    alguien ya descargó o imprimió. Los teléfonos guardan hasta siete días lo que escribieron: si \
    se restaura un respaldo, tacha la frase otra vez.";

/// A document was made.
pub fn document(path: &Path, pages: usize) -> String {
    format!("Listo: {} ({pages} páginas).", path.display())
}

fn redacted_part(part: Part) -> &'static str {
    match part {
        Part::Contribution => "aportaciones",
        Part::Reason => "razones",
        Part::Stance => "reservas y desacuerdos",
        Part::Signature => "nombres con los que se firmó",
        Part::Scan => "nombres de los archivos escaneados",
        Part::Speaker => "nombres de quienes tomaron la palabra",
        Part::PackFile => "nombres de los archivos del expediente",
        Part::Veiled => "problemas que alguien escribió en privado",
        Part::Note => "notas privadas de la facilitación",
        Part::Consultation => "preguntas y respuestas de las consultas",
        Part::Version => "versiones congeladas del plan",
        Part::Value => "datos cortos",
        Part::Organisation => "organizaciones dichas al entrar",
        Part::Exercise => "datos del ejercicio",
        Part::Mesa => "datos de las mesas",
        Part::Actor => "nombres de los actores",
        Part::Logo => "nombres de los logotipos",
        Part::Notice => "avisos de privacidad",
    }
}

/// A person in a list to choose from.
pub fn person(person: &Enrolled) -> String {
    let Enrolled { id, name, organisations } = person;
    let organisations = if organisations.is_empty() {
        String::new()
    } else {
        format!(" · {}", organisations.join(", "))
    };
    format!("  {id}  {name}{organisations}")
}

/// A person's record was erased; in how many events and texts somebody wrote their name.
pub fn anonymised(name: &str, stands: usize) -> String {
    let mut said = format!(
        "Se borraron el nombre, el correo y el teléfono de {name}. Sus sesiones se cerraron. Los respaldos hechos antes \
         todavía los tienen."
    );
    if stands > 0 {
        let _ = write!(
            said,
            "\nSu nombre también se escribió en {stands} hechos de la mesa. Para tacharlo: \
             mesa redact --text \"{name}\""
        );
    }
    said
}

/// A backup was made.
pub fn backed_up(to: &Path, bytes: u64) -> String {
    format!(
        "El respaldo está en {} y pesa {} KiB. Para revisarlo y ponerlo en otra carpeta: mesa restore",
        to.display(),
        bytes.div_ceil(1024)
    )
}

/// A backup was restored.
pub const RESTORED: &str = "El respaldo se restauró.";

/// The result of a check.
pub fn report(report: &Report) -> String {
    let mut said: String =
        report.differences.iter().map(|found| difference(found) + "\n").collect();
    let _ = write!(
        said,
        "Se revisaron {} cadenas, {} hechos y {} renglones: {} diferencias.",
        report.streams,
        report.events,
        report.rows,
        report.differences.len()
    );
    said
}

/// A mesa in a list to choose from.
pub fn choice(mesa: &MesaSummary) -> String {
    format!("  {}  mesa {}, {}", mesa.mesa, mesa.mesa.number, mesa.theme)
}
