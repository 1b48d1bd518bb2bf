//! Creating an exercise.

use crate::page::setup::{SetupField, SetupProblem};

/// Heading.
pub const HEADING: &str = "Crea tu ejercicio";
/// Below it.
pub const LEAD: &str = "Con esto basta para empezar. Las organizaciones y sus enlaces se agregan en el paso siguiente.";
/// Heading of the exercise's fields.
pub const EXERCISE: &str = "El ejercicio";
/// Heading of the first mesa's fields.
pub const MESA: &str = "La primera mesa";
/// Heading of the quota.
pub const QUOTA: &str = "Qué compromisos hacen falta";
/// What the quota is.
pub const QUOTA_LEAD: &str = "Como dice la guía: 1 de seguimiento del dinero, 2 alineados al plan nacional y 2 de problemas locales. Si tu ejercicio acordó otra cuenta, cámbiala.";
/// Heading of the privacy notice's fields.
pub const NOTICE: &str = "El aviso de privacidad";
/// What becomes of them.
pub const NOTICE_LEAD: &str = "El aviso se arma con estos datos y se le muestra a cada persona al entrar. Puede cambiarse después.";
/// The button.
pub const CREATE: &str = "Crear el ejercicio";
/// The button that loads the sample.
pub const SAMPLE: &str = "Ver primero un ejemplo lleno";
/// Above the form when something is wrong with it.
pub const PROBLEMS: &str =
    "Falta algo. Nada de lo que escribiste se perdió: revisa lo marcado y toca Crear otra vez.";
/// Heading when the link was used.
pub const USED: &str = "Este enlace ya se usó";
/// What to do then.
pub const USED_NEXT: &str = "El ejercicio ya está creado. Para crear otro, pide un enlace nuevo con «mesa admin link» en la computadora del servidor.";
/// The way of meeting in the room.
pub const IN_PERSON: &str = "En la sala";
/// The remote way.
pub const REMOTE: &str = "A distancia";
/// Both ways.
pub const HYBRID: &str = "En la sala y a distancia";

/// The label of a field.
pub fn label(field: SetupField) -> &'static str {
    match field {
        SetupField::Name => "Nombre del ejercicio",
        SetupField::State => "Estado",
        SetupField::Municipality => "Municipio",
        SetupField::Guarantor => "Organismo garante",
        SetupField::Starts => "El plan dura un año desde",
        SetupField::Zone => "Hora de",
        SetupField::Theme => "Tema",
        SetupField::Venue => "Lugar",
        SetupField::Day => "Día",
        SetupField::From => "Empieza",
        SetupField::To => "Termina",
        SetupField::Mode => "Cómo se reúne",
        SetupField::FollowTheMoney => "Seguimiento del dinero",
        SetupField::NationalPlan => "Alineados al plan nacional",
        SetupField::Local => "Problemas locales",
        SetupField::Proactive => "Proactivos",
        SetupField::Address => "Domicilio de quien convoca",
        SetupField::Contact => "Dónde se piden los derechos ARCO",
    }
}

/// A hint below a field, where it needs one.
pub fn hint(field: SetupField) -> Option<&'static str> {
    match field {
        SetupField::Name => Some("Por ejemplo: Gobierno Abierto Valle Hondo 2027."),
        SetupField::Contact => Some(
            "Por ejemplo: la Unidad de Transparencia del municipio, en ventanilla o por escrito.",
        ),
        _ => None,
    }
}

/// What is wrong with a field.
pub fn problem(field: SetupField, problem: SetupProblem) -> String {
    let label = label(field);
    match problem {
        SetupProblem::Missing => format!("Falta: {label}."),
        SetupProblem::NotPlain => {
            format!("{label}: tiene caracteres que no se pueden mostrar, o más de 240 letras.")
        }
        SetupProblem::NotADay => format!("{label}: escribe un día, como 24/09/2027."),
        SetupProblem::NotATime => format!("{label}: escribe una hora, como 10:00."),
        SetupProblem::EndsBefore => "La mesa tiene que terminar después de empezar.".to_owned(),
        SetupProblem::NotAChoice => format!("{label}: elige una de la lista."),
        SetupProblem::NotACount => format!("{label}: escribe un número del 0 al 50."),
    }
}

/// The zones of the country, with the places whose clock they are.
pub const ZONES: [(&str, &str); 8] = [
    ("America/Mexico_City", "Centro y la mayor parte del país"),
    ("America/Cancun", "Quintana Roo"),
    ("America/Mazatlan", "Sinaloa, Nayarit y Baja California Sur"),
    ("America/Hermosillo", "Sonora"),
    ("America/Chihuahua", "Chihuahua"),
    ("America/Ciudad_Juarez", "Ciudad Juárez y la franja de Chihuahua"),
    ("America/Matamoros", "Franja de Coahuila, Nuevo León y Tamaulipas"),
    ("America/Tijuana", "Baja California"),
];
