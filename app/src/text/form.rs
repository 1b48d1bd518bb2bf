//! The fields of the forms with which an exercise is prepared.

use domain::exercise::{DecisionRule, MeetingMode, SeatKind, Sector};
use domain::{Phase, Role};

use crate::page::form::{Field, Problem};

/// The label of a field.
pub fn label(field: Field) -> String {
    let label = match field {
        Field::Name => "Nombre del ejercicio",
        Field::State => "Estado",
        Field::Municipality => "Municipio",
        Field::Guarantor => "Organismo garante",
        Field::Starts => "El plan empieza",
        Field::Ends => "El plan termina",
        Field::Zone => "Hora de",
        Field::Language => "Idioma de trabajo",
        Field::ReferencePlan => "Plan nacional de referencia",
        Field::Axes => "Sus ejes, uno por renglón",
        Field::SectorName(_) => match field.sector() {
            Some(Sector::Own(number)) => return format!("Otro sector ({number})"),
            Some(usual) => sector(usual),
            None => "Sector",
        },
        Field::DecisionRule => "Cómo se decide",
        Field::Quorum => "Quórum: organizaciones presentes",
        Field::Secret => {
            "Las respuestas de conformidad son secretas hasta que se cierra la pregunta"
        }
        Field::FollowTheMoney => "Seguimiento del dinero",
        Field::NationalPlan => "Alineados al plan nacional",
        Field::Local => "Problemas locales",
        Field::Proactive => "Proactivos",
        Field::NoticeDays => "Días antes de la mesa en que todos tienen el expediente",
        Field::NoticeKind => "Qué días cuentan",
        Field::Theme => "Tema",
        Field::Venue => "Lugar",
        Field::Day => "Día",
        Field::From => "Empieza",
        Field::To => "Termina",
        Field::Mode => "Cómo se reúne",
        Field::AgendaPhase(row) => return format!("Fase {row}"),
        Field::AgendaTitle(row) => return format!("Punto {row}"),
        Field::AgendaMinutes(row) => return format!("Minutos {row}"),
        Field::Address => "Domicilio de quien convoca",
        Field::Contact => "Dónde se piden los derechos ARCO",
        Field::NoticeShort => "Aviso breve, el de la puerta",
        Field::NoticeFull => "Aviso integral",
        Field::Context => "Contexto",
        Field::HowItWasMade => "Cómo se construyó",
        Field::LegalFramework => "Marco normativo",
        Field::Definitions => "Definiciones",
        Field::StrategicObjective => "Objetivo estratégico",
        Field::SpecificObjectives => "Objetivos específicos",
        Field::Measurement => "Medición",
        Field::OwnName => "Nombre",
        Field::Mail | Field::HolderMail | Field::AlternateMail => "Correo",
        Field::Passphrase => "Una frase para entrar",
        Field::Organisation => "Nombre de la organización",
        Field::Sector => "Sector",
        Field::Signs => "Firma el plan",
        Field::Holder => "Titular",
        Field::Alternate => "Suplente",
        Field::HolderPhone | Field::AlternatePhone => "Teléfono",
        Field::Role => "Qué hace",
        Field::RoleMesa => "En qué mesa",
        Field::MailHost => "Servidor de correo",
        Field::MailPort => "Puerto",
        Field::MailSecurity => "Conexión",
        Field::MailUser => "Usuario",
        Field::MailPassword => "Contraseña",
        Field::MailSender => "Remitente",
    };
    label.to_owned()
}

/// A hint below a field, where it needs one.
pub fn hint(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Name => "Por ejemplo: Gobierno Abierto Valle Hondo 2027.",
        Field::Ends => "Si lo dejas en blanco, un año después de que empieza.",
        Field::Contact => {
            "Por ejemplo: la Unidad de Transparencia del municipio, en ventanilla o por escrito."
        }
        Field::Passphrase => {
            "12 letras o más. Cuatro palabras que no van juntas son fáciles de recordar."
        }
        Field::Quorum => "0 si no se pide ninguno.",
        Field::MailHost => "Te lo dice quien da el correo. Por ejemplo: smtp.example.org.",
        Field::MailPort => "Déjalo en blanco para usar el de siempre: 587, 465 o 25.",
        Field::MailUser => "Déjalo en blanco si el servidor no lo pide.",
        Field::MailPassword => "No se muestra a nadie. En blanco, sigue la que había.",
        Field::MailSender => {
            "Por ejemplo: Gobierno Abierto Valle Hondo <mesa@example.org>. Sin acentos en la dirección."
        }
        Field::NoticeDays => "El proceso pide 10. 0 si no se pide ninguno.",
        Field::Holder | Field::Alternate => "Puede agregarse después.",
        Field::NoticeShort => {
            "Quién guarda los datos, para qué, y dónde está el aviso integral. Se lee antes de entrar."
        }
        Field::Context => {
            "Por qué hace falta este plan aquí. Un renglón en blanco separa los párrafos."
        }
        Field::HowItWasMade => {
            "Quién convocó, qué se consultó y cómo se llegó a los compromisos. Un renglón en blanco separa los párrafos. Las mesas se anotan solas debajo."
        }
        Field::LegalFramework => "Una ley, norma o acuerdo por renglón.",
        Field::Definitions => {
            "Una por renglón: la palabra, dos puntos y lo que significa. Por ejemplo: Contraparte: la organización que acompaña un compromiso."
        }
        Field::StrategicObjective => {
            "Qué se quiere lograr con el plan entero. Un renglón en blanco separa los párrafos."
        }
        Field::SpecificObjectives => "Uno por renglón; los números se ponen solos.",
        Field::Measurement => {
            "Quién revisa el avance, cada cuándo y dónde se publica. Un renglón en blanco separa los párrafos. Los indicadores y el calendario se anotan solos debajo."
        }
        _ => return None,
    })
}

/// What is wrong with a field.
pub fn problem(field: Field, problem: Problem) -> String {
    let label = label(field);
    match problem {
        Problem::Missing => format!("Falta: {label}."),
        Problem::NotPlain => {
            format!("{label}: tiene caracteres que no se pueden mostrar, o es demasiado largo.")
        }
        Problem::NotADay => format!("{label}: escribe un día, como 24/09/2027."),
        Problem::NotATime => format!("{label}: escribe una hora, como 10:00."),
        Problem::EndsBefore => format!("{label}: tiene que ser después de empezar."),
        Problem::OverAYear => format!("{label}: el plan dura un año cuando mucho."),
        Problem::NotAChoice => format!("{label}: elige una de la lista."),
        Problem::NotACount { most } => format!("{label}: escribe un número del 0 al {most}."),
        Problem::NotAnAddress => {
            format!("{label}: escribe un correo completo, como nombre@example.org.")
        }
        Problem::NotAServer => {
            format!("{label}: escribe su nombre, sin espacios, como smtp.example.org.")
        }
        Problem::NotASender => {
            format!("{label}: escribe un correo completo, como Mesa Abierta <mesa@example.org>.")
        }
        Problem::TypeAgain => {
            format!("{label}: la que había es de otro servidor o usuario. Escríbela otra vez.")
        }
        Problem::Unprotected => {
            format!("{label}: con contraseña la conexión tiene que ser cifrada (STARTTLS o TLS).")
        }
        Problem::TooShort => format!("{label}: 12 letras o más."),
        Problem::TooCommon => {
            format!(
                "{label}: esa es fácil de adivinar. Prueba con cuatro palabras que no van juntas."
            )
        }
        Problem::InUse => {
            format!("{label}: hay organizaciones de ese sector. Cámbialas primero a otro.")
        }
        Problem::Taken => format!("{label}: ya está en la lista."),
        Problem::Full => format!("{label}: ya no caben más en este ejercicio."),
        Problem::Agreed => format!(
            "{label}: se acordó antes de la lectura y ya no cambia. Si hay que cambiarlo, regresen a Acuerdos."
        ),
        Problem::Frozen => format!(
            "{label}: está congelado con el plan y ya no cambia. Si hay que cambiarlo, regresen a Acuerdos."
        ),
        Problem::TooLong { most } => format!("{label}: caben {most} letras. Acórtalo."),
        Problem::TooManyLines { most } => {
            format!("{label}: caben {most} renglones. Quita algunos.")
        }
        Problem::LineTooLong { line, most } => {
            format!("{label}, renglón {line}: caben {most} letras. Acórtalo o pártelo en dos.")
        }
        Problem::LineNotPlain { line } => {
            format!("{label}, renglón {line}: tiene caracteres que no se pueden mostrar.")
        }
        Problem::NoMeaning { line } => {
            format!("{label}, renglón {line}: escribe la palabra, dos puntos y lo que significa.")
        }
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

/// The place whose clock a zone is.
pub fn zone(name: &str) -> &str {
    ZONES.iter().find(|(zone, _)| *zone == name).map_or(name, |(_, place)| place)
}

/// The ways of meeting, in the order of the list.
pub const MODES: [MeetingMode; 3] =
    [MeetingMode::Hybrid, MeetingMode::InPerson, MeetingMode::Remote];

/// A way of meeting.
pub fn mode(mode: MeetingMode) -> &'static str {
    match mode {
        MeetingMode::InPerson => "En la sala",
        MeetingMode::Remote => "A distancia",
        MeetingMode::Hybrid => "En la sala y a distancia",
    }
}

/// The decision rules, in the order of the list.
pub const RULES: [DecisionRule; 3] =
    [DecisionRule::Consensus, DecisionRule::SimpleMajority, DecisionRule::QualifiedMajority];

/// A decision rule.
pub fn rule(rule: DecisionRule) -> &'static str {
    match rule {
        DecisionRule::Consensus => "Consenso: nadie se opone",
        DecisionRule::SimpleMajority => "Mayoría simple: más de la mitad",
        DecisionRule::QualifiedMajority => "Mayoría calificada: dos tercios",
    }
}

/// The sectors that every exercise begins with, in the order of the list.
pub const SECTORS: [Sector; 7] = [
    Sector::CivilSociety,
    Sector::Citizens,
    Sector::Academia,
    Sector::PrivateSector,
    Sector::PublicInstitution,
    Sector::Guarantor,
    Sector::Facilitation,
];

/// What a sector is called unless the exercise says otherwise.
pub fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::Guarantor => "Organismo garante",
        Sector::PublicInstitution => "Institución pública",
        Sector::Facilitation => "Facilitación",
        Sector::CivilSociety => "Sociedad civil",
        Sector::Academia => "Academia",
        Sector::PrivateSector => "Sector privado",
        Sector::Citizens => "Ciudadanía",
        Sector::Own(_) => "Otro sector",
    }
}

/// Which of an actor's seats.
pub fn seat(kind: SeatKind) -> &'static str {
    match kind {
        SeatKind::Holder => "Titular",
        SeatKind::Alternate => "Suplente",
    }
}

/// The phases that an agenda has items for.
pub const AGENDA_PHASES: [Phase; 7] = [
    Phase::Preparation,
    Phase::Introduction,
    Phase::Analysis,
    Phase::Agreements,
    Phase::ReadOut,
    Phase::Conformity,
    Phase::Signing,
];

/// The roles of those who prepare and facilitate, in the order of the list.
pub const ROLES: [Role; 4] =
    [Role::Facilitator, Role::CoFacilitator, Role::Rapporteur, Role::Administrator];

/// What a role does.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Facilitator => "Facilita y prepara",
        Role::CoFacilitator => "Cofacilita",
        Role::Rapporteur => "Relatoría",
        Role::Administrator => "Administra: prepara, y no escribe en las mesas",
        Role::Actor => "Organización con lugar",
        Role::Participant => "Participa",
        Role::Follower => "Sigue en público",
        Role::Projector => "Proyector",
    }
}
