//! What is signed on paper: printing, scans, and what is declared of them.

use domain::agreement::signing::{ScanKind, Scanned};

use crate::page::paper::{Done, ScanProblem};
use crate::text::signing::pages;

/// Heading of the page.
pub const HEADING: &str = "Firmas en papel";
/// Nothing is signed yet.
pub const NO_VERSION: &str = "Todavía no hay una versión que se firme. Cuando la firma se abra, aquí se imprime la copia y se sube su escaneo.";
/// Heading of the first step.
pub const PRINT: &str = "1. Imprimir";
/// What the copy has.
pub const PRINT_LEAD: &str = "La copia para firmar trae un recuadro vacío por organización en cada hoja, y los lugares de la firma al final.";
/// Link to it.
pub const PRINT_LINK: &str = "Copia para firmar en papel (PDF)";
/// Heading of the second step.
pub const SIGN: &str = "2. Firmar y anotar";
/// How it is signed, and noted.
pub const SIGN_LEAD: &str = "Quien firma en papel rubrica cada hoja y firma al final. En la conducción, su lugar se anota «en papel» o «huella».";
/// Nothing is noted yet.
pub const NOBODY: &str = "Nadie está anotado en papel todavía.";
/// Before those that are noted.
pub const ON_PAPER: &str = "Anotadas hasta ahora: ";
/// Heading of the third step.
pub const UPLOAD: &str = "3. Subir el escaneo";
/// What can be sent.
pub const UPLOAD_LEAD: &str = "Un PDF, o una foto por hoja (JPEG o PNG), de 30 MB cada archivo a lo más. El archivo se guarda tal como es.";
/// Label of the file.
pub const FILE: &str = "Archivo del escaneo";
/// Sends it.
pub const SEND: &str = "Subir el archivo";
/// Heading of the fourth step.
pub const DECLARE: &str = "4. Decir qué hojas llevan rúbricas";
/// Why it is declared.
pub const DECLARE_LEAD: &str = "Subir un archivo no dice qué trae. Mira cada hoja y marca las que llevan las rúbricas; queda escrito quién y cuándo lo dijo.";
/// What to do about a file that is not shown.
pub const NOT_SHOWN: &str = "Este archivo se guarda, pero aquí no se puede mostrar. Sube también la foto como JPEG: en el teléfono, compartirla como «más compatible».";
/// Label of a page that bears initials.
pub const BEARS: &str = "Lleva rúbricas";
/// Keeps what is marked.
pub const SAVE: &str = "Guardar lo marcado";
/// Declares all pages.
pub const ALL: &str = "Todas llevan rúbricas";
/// Declares none.
pub const NONE: &str = "Ninguna las lleva";
/// Takes a file away.
pub const DETACH: &str = "Quitar este archivo";
/// The file as it was sent.
pub const DOWNLOAD: &str = "Descargar el archivo";
/// The name of a file that had none.
pub const UNNAMED: &str = "escaneo";
/// Link on the desk.
pub const SHOW: &str = "Firmas en papel y su escaneo";
/// Before what the scans show, on the plan's page.
pub const SCANS: &str = "Escaneo de la copia firmada en papel";

/// What a file is.
pub fn kind(kind: ScanKind) -> &'static str {
    match kind {
        ScanKind::Pdf => "PDF",
        ScanKind::Jpeg => "foto JPEG",
        ScanKind::Png => "imagen PNG",
        ScanKind::Heic => "foto HEIC",
    }
}

/// A page of a scan: "Hoja 3 de 12".
pub fn page(number: u16, of: u16) -> String {
    format!("Hoja {number} de {of}")
}

/// What is said of one file.
pub fn declared(initialled: Option<usize>, of: u16) -> String {
    match initialled {
        None => "Falta decir qué hojas llevan rúbricas.".to_owned(),
        Some(0) => "Declarado: ninguna hoja lleva rúbricas.".to_owned(),
        Some(some) => format!("Declarado: {some} de {} con rúbricas.", pages(of)),
    }
}

/// What all files together show, in a sentence or two; never more than was declared.
pub fn scanned(seen: Scanned) -> String {
    let has = match seen.of {
        Some(of) => format!("El escaneo trae {} de {}.", seen.pages, pages(of)),
        None => format!("El escaneo trae {}.", pages(seen.pages)),
    };
    let of = seen.of.unwrap_or(seen.pages);
    let bears = if seen.is_initialled_throughout() {
        "Según quien lo subió, está rubricado en cada hoja.".to_owned()
    } else if seen.initialled > 0 {
        format!("Según quien lo subió, {} de {} llevan rúbricas.", seen.initialled, pages(of))
    } else {
        "Nadie ha dicho que sus hojas lleven rúbricas.".to_owned()
    };
    format!("{has} {bears}")
}

/// What came of a form.
pub fn done(done: Done) -> &'static str {
    match done {
        Done::Attached(_) => "El archivo quedó guardado. Ahora marca qué hojas llevan rúbricas.",
        Done::Declared => "Quedó guardado lo que declaraste.",
        Done::Detached => "El archivo ya no está entre los escaneos.",
        Done::Refused(problem) => refused(problem),
    }
}

fn refused(problem: ScanProblem) -> &'static str {
    match problem {
        ScanProblem::Missing => "No se eligió ningún archivo.",
        ScanProblem::Unknown => {
            "Eso no es un PDF ni una foto JPEG, PNG o HEIC, aunque su nombre lo diga. Escanea la copia como PDF o toma una foto de cada hoja."
        }
        ScanProblem::TooLarge => {
            "El archivo pasa de 30 MB. Escanéalo en blanco y negro a 150 o 200 puntos por pulgada, o súbelo en varias partes."
        }
        ScanProblem::TooMany => {
            "Son demasiadas hojas o archivos: 200 hojas por archivo y 60 archivos a lo más."
        }
        ScanProblem::Locked => {
            "El PDF pide una contraseña para abrirse. Guárdalo sin contraseña y súbelo de nuevo."
        }
        ScanProblem::NotShown => {
            "El archivo está dañado o incompleto: no se puede abrir. Escanéalo de nuevo."
        }
        ScanProblem::Twice => "Ese mismo archivo ya está guardado.",
        ScanProblem::CutOff => {
            "La conexión se cortó antes de que llegara todo el archivo; nada se guardó. Súbelo de nuevo."
        }
        ScanProblem::Busy => {
            "El servidor está haciendo otros documentos. Espera un minuto y súbelo de nuevo."
        }
        ScanProblem::OtherVersion => {
            "Ahora se firma otra versión. Mira cuál y sube el escaneo de esa."
        }
    }
}
