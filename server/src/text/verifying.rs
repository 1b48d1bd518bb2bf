//! What a file is, as the terminal says it.

use std::fmt::Write as _;

use app::page::verify::{Answer, Stamped};
use app::text::verify as words;
use seal::{Change, KeyRecord, ReadError, Seal};

use crate::clock;
use crate::service::verifying::signers;
use crate::stamping::Checked;

/// The file's SHA-256.
pub fn digest(digest: &str) -> String {
    format!("SHA-256 del archivo: {digest}")
}

/// What the store says of it.
pub fn answer(answer: &Answer) -> String {
    let said = format!("{}. {}", words::heading(answer), words::explained(answer));
    match words::stamp(answer) {
        Some(stamp) => format!("{said}\n{}", stamped(stamp)),
        None => said,
    }
}

/// What a third party says of when a seal was there.
pub fn stamped(stamp: &Stamped) -> String {
    app::text::stamp::stamped(stamp)
}

/// Whether the stamps are those that the file of all seals lists.
pub fn stamps(checked: &Checked) -> String {
    let mut said = String::new();
    for seal in &checked.wrong {
        let _ = writeln!(
            said,
            "El sello de tiempo del sello {seal} falta, no es el que está en /sellos, o no es bueno."
        );
    }
    said + &match checked.good + checked.wrong.len() {
        1 => "Se comprobó 1 sello de tiempo.".to_owned(),
        many => format!("Se comprobaron {many} sellos de tiempo."),
    }
}

/// What a seal says that holds.
pub fn seal(seal: &Seal) -> String {
    let (statement, facts) = (&seal.statement, &seal.statement.facts);
    let mut said = format!(
        "El sello es bueno: el archivo es letra por letra el que se selló el {}.\n\
         Folio {}, versión {}, {} páginas. Código del texto (SHA-256): {}\n\
         Llave: {} ({})",
        moment(facts.sealed_at),
        facts.folio,
        facts.version,
        facts.pages,
        facts.text_digest,
        statement.key,
        statement.key.fingerprint(),
    );
    for (organisation, standing) in signers(seal) {
        let _ = write!(said, "\n  {organisation}: {standing}");
    }
    said
}

/// Why a file isn't what was sealed.
pub fn wrong(error: ReadError) -> String {
    match error {
        ReadError::NotAPdf => "No es un PDF.".to_owned(),
        ReadError::NoSeal => "No lleva sello: no es un plan firmado, o un programa lo guardó otra vez y lo perdió.".to_owned(),
        ReadError::Damaged => "Su sello está dañado: el archivo se cambió después de sellarse.".to_owned(),
        ReadError::OtherForm(form) => {
            format!("Su sello es de una forma más nueva ({form}) que la que conoce este programa.")
        }
        ReadError::Forged => "Su sello no está firmado por la llave que dice: alguien cambió lo que el sello declara.".to_owned(),
        ReadError::Changed(Change::Pages { sealed, found }) => {
            format!("El documento se cambió después de sellarse: tenía {sealed} páginas y tiene {found}.")
        }
        ReadError::Changed(Change::Text) => {
            "El documento se cambió después de sellarse: el texto adjunto (plan.json) no es el que se selló.".to_owned()
        }
        ReadError::Changed(Change::Bytes) => {
            "El documento se cambió después de sellarse.".to_owned()
        }
        ReadError::Added { bytes } => {
            format!("Alguien agregó {bytes} bytes después del sello: lo que se ve puede no ser lo que se selló.")
        }
        ReadError::OtherKey(key) => {
            format!(
                "Lo selló otro servidor, o alguien que se hace pasar por este: su llave es {key} ({}). Con --key se dice la llave publicada.",
                key.fingerprint()
            )
        }
    }
}

/// The keys of this server.
pub fn keys(records: &[KeyRecord]) -> String {
    let mut said = String::new();
    for (place, record) in records.iter().rev().enumerate() {
        let change = &record.change;
        let heading = if place == 0 { "Llave pública en uso" } else { "Llave anterior" };
        let _ = writeln!(
            said,
            "{heading}, desde el {}:\n  {}\n  para compararla de viva voz: {}",
            moment(change.at),
            change.key,
            change.key.fingerprint()
        );
    }
    said.trim_end().to_owned()
}

/// A key took the place of another one.
pub fn replaced(record: &KeyRecord) -> String {
    format!(
        "Desde ahora se sella con otra llave. El cambio lo firmaron las dos y está en /sellos.\n{}",
        keys(std::slice::from_ref(record))
    )
}

/// At the start of a server.
pub fn fingerprint(fingerprint: &str) -> String {
    format!("Sella documentos con la llave {fingerprint} (completa: mesa key show).")
}

fn moment(at: i64) -> String {
    clock::written("UTC", at).unwrap_or_default()
}
