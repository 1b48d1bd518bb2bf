//! The information pack (*expediente previo*).

pub mod letter;
mod record;

use domain::pack::{DayKind, Entry, FileKind, Notice, NoticeRule, Sender};

use super::date::{short_date, time_of_day, weekday};
use super::form;
use crate::page::pack::{Done, Gone, Problem, Reader, Stamp, Term};
use crate::page::prepare::Moment;

pub use record::*;

/// Heading of the page.
pub const HEADING: &str = "Expediente previo";
/// What it is.
pub const LEAD: &str = "Lo que todas las organizaciones leen antes de la mesa.";
/// Link to it.
pub const SHOW: &str = "Expediente previo";
/// Link to it, on the desk.
pub const WHO_OPENED: &str = "Ver el expediente y quién lo abrió";
/// Nothing says until when.
pub const NO_RULE: &str = "En este ejercicio no se fijó con cuántos días de anticipación se envía.";
/// Heading of how the days are counted.
pub const HOW: &str = "Cómo se cuenta";
/// While a file is sent.
pub const UPLOAD_GOES: &str = "Enviando. Si se corta la red o cierras la página, no se pierde lo enviado: elige el mismo archivo y sigue donde iba.";
/// While it can't be sent.
pub const UPLOAD_WAITS: &str =
    "No hay conexión con el servidor. Lo enviado está guardado; se intenta otra vez solo.";
/// It can't be sent so.
pub const UPLOAD_LOST: &str =
    "El archivo no se pudo enviar. Vuelve a cargar la página y envíalo otra vez.";
/// How much came, of how much, in megabytes.
pub const UPLOAD_COUNT: &str = "{} de {} MB";
/// Name of the bar.
pub const UPLOAD_BAR: &str = "Cuánto se ha enviado";
/// Opens a file.
pub const OPEN: &str = "Abrir";
/// The file was opened.
pub const OPENED: &str = "Ya lo abriste";
/// It wasn't.
pub const NOT_OPENED: &str = "Sin abrir";
/// Another file came in place of one that was opened.
pub const CHANGED: &str = "Cambió: habías abierto la versión anterior.";
/// Nothing is there.
pub const MISSING: &str = "Falta.";
/// Label of the file.
pub const FILE: &str = "Archivo";
/// What can be sent.
pub const FILE_HINT: &str = "PDF, imagen (JPEG, PNG, WebP, GIF), texto o CSV, Excel (XLSX), Word (DOCX), presentación (PPTX) u OpenDocument (ODS, ODT, ODP); 50 MB a lo más. Se guarda tal como es y con su nombre.";
/// Sends it.
pub const SEND: &str = "Enviar";
/// Unfolds the form for a file.
pub const UPLOAD: &str = "Subir un archivo";
/// The same when there is one already.
pub const UPLOAD_MORE: &str = "Subir otro archivo";
/// Unfolds the form that replaces a file.
pub const REPLACE: &str = "Reemplazarlo por otro";
/// What replacing does.
pub const REPLACE_LEAD: &str = "El nuevo cuenta desde que llega; el anterior deja de mostrarse. Si es el mismo archivo, nada cambia.";
/// Unfolds the form that says that there is nothing.
pub const NOTHING: &str = "No hay: decir por qué";
/// Label of why there is nothing.
pub const NOTHING_REASON: &str = "Por qué no hay";
/// Says it.
pub const NOTHING_SAY: &str = "Decir que no hay";
/// Takes it back.
pub const THERE_IS: &str = "Sí hay: quitar esta respuesta";
/// Unfolds the form that withdraws a file.
pub const WITHDRAW: &str = "Retirarlo";
/// Label of why.
pub const WITHDRAW_REASON: &str = "Por qué se retira";
/// Withdraws it.
pub const WITHDRAW_SAY: &str = "Retirar el archivo";
/// Where a reason is read.
pub const REASON_HINT: &str = "Se lee aquí y en la minuta.";
/// Heading of what no longer stands.
pub const BEFORE: &str = "Antes";
/// Heading of who opened it.
pub const READERS: &str = "Quién lo abrió";
/// What counts.
pub const READERS_LEAD: &str = "Cuenta que una persona de la organización toque «Abrir»; recibir un correo no cuenta. Donde hay correo configurado, se le recuerda por correo a quien no lo abrió: al cumplirse el plazo y tres días antes de la mesa; y dos días antes del plazo, a quien le falta enviar.";
/// Nobody has a seat.
pub const NO_READERS: &str = "Todavía no hay organizaciones.";
/// Back to the mesa.
pub const BACK: &str = "Volver a la mesa";
/// To the desk.
pub const DESK: &str = "Volver a conducir";
/// Where it is waived.
pub const WAIVE: &str = "Dejar pasar con una razón, en la conducción";
/// Sent by those who lead.
pub const BY_FACILITATION: &str = "la facilitación";

/// A sender.
pub fn sender(sender: Sender) -> &'static str {
    match sender {
        Sender::Guarantor => "Organismo garante",
        Sender::PublicInstitution => "Institución pública",
    }
}

/// An entry of a checklist.
pub fn entry(entry: Entry) -> &'static str {
    match entry {
        Entry::CapacityKit => "Kit de capacidades",
        Entry::Problems => "Problemas del evento de arranque",
        Entry::MinimumCriteria => "Criterios mínimos",
        Entry::Solutions => "Soluciones propuestas",
        Entry::DraftCommitments => "Compromisos preliminares",
        Entry::WindowConsultation => "Consulta en ventanilla",
        Entry::WebConsultation => "Consulta en la página web",
        Entry::RecurrentRequests => "Solicitudes de información recurrentes",
        Entry::Studies => "Estadísticas y otros estudios",
    }
}

/// What a file is.
pub fn kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "PDF",
        FileKind::Jpeg => "foto JPEG",
        FileKind::Png => "imagen PNG",
        FileKind::WebP => "imagen WebP",
        FileKind::Gif => "imagen GIF",
        FileKind::Text => "texto o tabla",
        FileKind::Xlsx => "hoja de Excel",
        FileKind::Docx => "documento de Word",
        FileKind::Pptx => "presentación",
        FileKind::Ods => "hoja de cálculo ODS",
        FileKind::Odt => "documento ODT",
        FileKind::Odp => "presentación ODP",
    }
}

/// How large a file is: "340 KB", "2.5 MB".
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    match bytes {
        ..KB => format!("{bytes} bytes"),
        KB..MB => format!("{} KB", (bytes + KB / 2) / KB),
        _ => format!("{}.{} MB", bytes / MB, bytes % MB / (MB / 10)),
    }
}

/// A day with its hour: "10 nov 2026 a las 09:59".
pub fn moment((day, hour): Moment) -> String {
    format!("{} a las {}", short_date(day), time_of_day(hour))
}

/// The days of a rule: "10 días naturales".
pub fn days(rule: NoticeRule) -> String {
    let (one, many) = match rule.kind {
        DayKind::Calendar => ("día natural", "días naturales"),
        DayKind::Business => ("día hábil", "días hábiles"),
    };
    format!("{} {}", rule.days, if rule.days == 1 { one } else { many })
}

/// Which days count, in the forms of the preparation.
pub fn day_kind(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Calendar => "Naturales: todos cuentan",
        DayKind::Business => "Hábiles: sin sábados, domingos ni descansos obligatorios",
    }
}

/// The one sentence of the clock: "El expediente debe estar con todos antes del martes 10 nov 2026 a las 10:00".
pub fn term(term: &Term) -> String {
    format!(
        "El expediente debe estar con todos antes del {} {} (hora de: {}), {} antes de la mesa del {}.",
        weekday(term.due.0),
        moment(term.due),
        form::zone(&term.zone),
        days(term.rule),
        moment(term.meets)
    )
}

/// How long it may still be sent, or that it is over.
pub fn left(term: &Term) -> String {
    match term.left {
        _ if term.begun => "La mesa ya empezó.".to_owned(),
        None => "Ya pasó esa hora.".to_owned(),
        Some(0) => "Queda menos de un día.".to_owned(),
        Some(1) => "Queda 1 día.".to_owned(),
        Some(days) => format!("Quedan {days} días."),
    }
}

/// What isn't in order, and what follows.
pub fn standing(term: &Term) -> String {
    match not_kept(term.missing, term.late) {
        None => "Todo está y llegó a tiempo.".to_owned(),
        Some(what) if term.left.is_some() || term.begun => format!("{what}."),
        Some(what) => format!("{what}: la mesa no empieza sin una dispensa con su razón."),
    }
}

/// How the days are counted.
pub fn how(rule: NoticeRule) -> String {
    let counted = match rule.kind {
        DayKind::Calendar => {
            "Se cuentan todos los días hacia atrás desde el día de la mesa, que no cuenta."
        }
        DayKind::Business => {
            "Se cuentan hacia atrás los días hábiles desde el día de la mesa, que no cuenta: sin sábados, domingos ni los descansos obligatorios del artículo 74 de la Ley Federal del Trabajo."
        }
    };
    format!(
        "{counted} Está a tiempo lo que llegó completo antes de la hora a la que empieza la mesa. Cada archivo tiene su propio plazo: uno que reemplaza a otro cuenta desde que llega."
    )
}

/// One sentence for a file: "Se envió el 10 nov 2026 a las 09:59; la regla pide antes del 10 nov 2026 a las 10:00:
/// se cumple."
pub fn stamp(stamp: Stamp) -> String {
    let sent = format!("Se envió el {}", moment(stamp.at));
    match stamp.due {
        None => format!("{sent}."),
        Some((due, kept)) => {
            let kept = if kept { "se cumple" } else { "no se cumple" };
            format!("{sent}; la regla pide antes del {}: {kept}.", moment(due))
        }
    }
}

/// The same of a declaration that there is nothing.
pub fn said(stamp_of: Stamp) -> String {
    stamp(stamp_of).replacen("Se envió", "Se dijo", 1)
}

/// Why a file no longer stands.
pub fn gone(gone: &Gone) -> String {
    match gone {
        Gone::Replaced => "reemplazado".to_owned(),
        Gone::Withdrawn(reason) => format!("retirado: {reason}"),
    }
}

/// Who sent a file.
pub fn sent_by(by: Option<&str>) -> String {
    format!("Lo envió {}.", by.unwrap_or(BY_FACILITATION))
}

/// How far a sender is: "3 de 5".
pub fn answered(answered: usize, of: usize) -> String {
    format!("{answered} de {of}")
}

/// How much an organisation opened.
pub fn opened(reader: &Reader) -> String {
    let last = reader.last.map(|at| format!(", el {}", moment(at))).unwrap_or_default();
    match (reader.opened, reader.of) {
        (_, 0) => "Todavía no hay archivos".to_owned(),
        (0, _) => "Sin abrir".to_owned(),
        (opened, of) if opened >= of => format!("Abrió todo{last}"),
        (opened, of) => format!("Abrió {opened} de {of}{last}"),
    }
}

/// How far the letter is that reminded an organisation.
#[cfg(feature = "ssr")]
pub fn reminded(delivery: crate::page::mail::Delivery) -> String {
    format!("Recordatorio por correo: {}.", super::mail::delivery(delivery))
}

/// How many organisations opened everything: "5 de 8 lo abrieron todo".
pub fn all_opened(readers: &[Reader]) -> String {
    let all = readers.iter().filter(|reader| reader.of > 0 && reader.opened >= reader.of).count();
    format!("{all} de {} organizaciones lo abrieron todo", readers.len())
}

/// People without a seat who opened something.
pub fn others(count: usize) -> String {
    match count {
        1 => "También lo abrió 1 persona sin lugar en una organización.".to_owned(),
        _ => format!("También lo abrieron {count} personas sin lugar en una organización."),
    }
}

/// Why the mesa may begin all the same.
pub fn waived(reason: &str) -> String {
    format!("La facilitación dispensó el plazo: {reason}")
}

/// What isn't in order with the pack; none: all is.
pub fn not_kept(missing: u8, late: u8) -> Option<String> {
    let missing = match missing {
        0 => None,
        1 => Some("Falta 1 punto del expediente".to_owned()),
        _ => Some(format!("Faltan {missing} puntos del expediente")),
    };
    let late = match late {
        0 => None,
        1 => Some("1 archivo llegó después del plazo".to_owned()),
        _ => Some(format!("{late} archivos llegaron después del plazo")),
    };
    let both = [missing, late].into_iter().flatten().collect::<Vec<_>>();
    (!both.is_empty()).then(|| both.join(" y "))
}

/// How the pack stands, on the desk.
pub fn kept_so_far(notice: Notice) -> String {
    match not_kept(notice.missing, notice.late) {
        None => "Está completo y llegó a tiempo.".to_owned(),
        Some(what) => format!("{what}."),
    }
}

/// The line on the phone: "Expediente previo: 7 archivos".
pub fn line(notice: Option<Notice>) -> Option<String> {
    match notice?.files {
        0 => None,
        1 => Some(format!("{SHOW}: 1 archivo para leer")),
        files => Some(format!("{SHOW}: {files} archivos para leer")),
    }
}

/// What came of a form.
pub fn done(done: &Done) -> &'static str {
    match done {
        Done::Sent { .. } => "El archivo quedó enviado. Su plazo cuenta desde ahora.",
        Done::Same { .. } => "Ese mismo archivo ya estaba en este punto: nada cambió, ni su plazo.",
        Done::Declared => "Quedó guardada la respuesta.",
        Done::Withdrawn => "El archivo quedó retirado.",
        Done::Refused(problem) => refused(*problem),
    }
}

/// Why something was not taken.
pub fn refused(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "No se eligió ningún archivo, o está vacío.",
        Problem::Unknown => {
            "Ese archivo no es de una clase que se acepte, aunque su nombre lo diga. Guárdalo como PDF y súbelo de nuevo."
        }
        Problem::Active => {
            "Las páginas web (HTML) y los dibujos SVG no se aceptan, porque pueden traer programas. Imprime la página como PDF, o guarda el dibujo como PNG."
        }
        Problem::Macros => {
            "El documento trae macros (programas). Guárdalo sin ellas, o como PDF, y súbelo de nuevo."
        }
        Problem::TooLarge => "El archivo pasa de 50 MB. Redúcelo o divídelo en varios.",
        Problem::TooMany => {
            "Ya hay demasiados archivos: 60 a lo más. Retira alguno, o junta varios en uno."
        }
        Problem::CutOff => {
            "La conexión se cortó antes de que llegara todo el archivo; nada se guardó. Súbelo de nuevo."
        }
        Problem::Gone => "El archivo que se iba a reemplazar ya no está. Mira qué hay ahora.",
        Problem::NoReason => "Hace falta la razón, en palabras: 2000 letras a lo más.",
        Problem::HasFiles => "Hay archivos en este punto: retíralos primero.",
        Problem::Infected => {
            "El antivirus encontró algo dañino en el archivo; no se agregó. Revisa el equipo del que viene y sube otro."
        }
        Problem::NotScanned => {
            "El antivirus del servidor no responde, y sin él no se agrega ningún archivo. Inténtalo más tarde, o avisa a quien opera el servidor."
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_file_s_clock_is_one_sentence_that_says_hour_and_rule() {
        let due = (date!(2026 - 11 - 10), (10, 0));
        let stamp_at =
            |hour, kept| stamp(Stamp { at: (date!(2026 - 11 - 10), hour), due: Some((due, kept)) });
        assert_eq!(
            stamp_at((9, 59), true),
            "Se envió el 10 nov 2026 a las 09:59; la regla pide antes del 10 nov 2026 a las 10:00: se cumple."
        );
        assert!(stamp_at((10, 0), false).ends_with("a las 10:00: no se cumple."));
        assert_eq!(stamp(Stamp { at: due, due: None }), "Se envió el 10 nov 2026 a las 10:00.");
    }

    #[test]
    fn the_term_says_hour_zone_and_days() {
        let term_of = Term {
            due: (date!(2026 - 11 - 05), (10, 0)),
            meets: (date!(2026 - 11 - 20), (10, 0)),
            rule: NoticeRule { days: 10, kind: DayKind::Business },
            zone: "America/Tijuana".to_owned(),
            left: Some(4),
            begun: false,
            missing: 1,
            late: 2,
            waived: None,
        };
        assert_eq!(
            term(&term_of),
            "El expediente debe estar con todos antes del jueves 5 nov 2026 a las 10:00 (hora de: Baja California), 10 días hábiles antes de la mesa del 20 nov 2026 a las 10:00."
        );
        assert_eq!(left(&term_of), "Quedan 4 días.");
        let what = "Falta 1 punto del expediente y 2 archivos llegaron después del plazo";
        assert_eq!(not_kept(1, 2).as_deref(), Some(what));
        assert_eq!(not_kept(0, 0), None);
        assert_eq!(standing(&term_of), format!("{what}."));
        let over = Term { left: None, ..term_of };
        assert!(standing(&over).ends_with("la mesa no empieza sin una dispensa con su razón."));
    }

    #[test]
    fn sizes_are_read_at_a_glance() {
        let sizes = [(7, "7 bytes"), (340_400, "340 KB"), (2_540_000, "2.5 MB")];
        for (bytes, said) in sizes {
            assert_eq!(size(bytes), said);
        }
    }
}
