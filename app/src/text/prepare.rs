//! Creating, preparing and changing an exercise.

mod archive;
mod seats;
mod sections;
mod staff;

use domain::exercise::Quota;
use domain::{Date, MesaNumber};

use super::date::{date, time_of_day, weekday};
use super::{form, pack};
use crate::page::prepare::{
    Consequence, Invitation, LogoProblem, MesaStep, Overview, PackStep, Part, Progress, SeatsStep,
};
use crate::text::name;

pub use archive::*;
pub use seats::*;
pub use sections::*;
pub use staff::*;

/// Heading of the form that creates.
pub const CREATE_HEADING: &str = "Crea tu ejercicio";
/// Below it.
pub const CREATE_LEAD: &str =
    "Con esto basta para empezar. Todo se puede cambiar después, en Preparar.";
/// Heading of the exercise's fields.
pub const EXERCISE: &str = "El ejercicio";
/// Heading of the sectors.
pub const SECTORS: &str = "Sectores";
/// What may be done with them.
pub const SECTORS_LEAD: &str =
    "Cámbiales el nombre o agrega los que falten. Deja en blanco el que no usen.";
/// Heading of the rules that are set beforehand.
pub const RULES: &str = "Reglas acordadas de antemano";
/// Heading of what is rarely changed.
pub const MORE: &str = "Más datos: ya vienen llenos";
/// Heading of the first mesa's fields.
pub const FIRST_MESA: &str = "La primera mesa";
/// Heading of a mesa's fields.
pub const MESA: &str = "La mesa";
/// Heading of the agenda.
pub const AGENDA: &str = "Orden del día";
/// What the agenda is for.
pub const AGENDA_LEAD: &str = "Los minutos de cada punto se comparan con el reloj mientras la mesa corre. Deja en blanco los renglones que sobren.";
/// An empty phase.
pub const NO_PHASE: &str = "—";
/// Heading of the quota.
pub const QUOTA: &str = "Qué compromisos hacen falta";
/// What the quota is.
pub const QUOTA_LEAD: &str = "Como dice la guía: 1 de seguimiento del dinero, 2 alineados al plan nacional y 2 de problemas locales. Si tu ejercicio acordó otra cuenta, cámbiala.";
/// Heading of the privacy notice's fields.
pub const NOTICE: &str = "El aviso de privacidad";
/// What becomes of them.
pub const NOTICE_LEAD: &str =
    "El aviso se arma con estos datos y se le muestra a cada persona al entrar.";
/// Heading of the person's own fields.
pub const OWN: &str = "Tu entrada";
/// What they are for.
pub const OWN_LEAD: &str = "Con tu correo y tu frase entras desde cualquier equipo, también si este se descompone a media mesa.";
/// Shows the passphrase.
pub const SHOW: &str = "ver";
/// Hides it.
pub const HIDE: &str = "ocultar";
/// The button that creates.
pub const CREATE: &str = "Crear el ejercicio";
/// The button that loads the sample.
pub const SAMPLE: &str = "Ver primero un ejemplo lleno";
/// Above a form when something is wrong with it.
pub const PROBLEMS: &str =
    "Falta algo. Nada de lo que escribiste se perdió: revisa lo marcado y toca el botón otra vez.";
/// A field was filled from what this device kept.
pub const KEPT: &str = "Recuperamos lo que habías escrito en este equipo.";
/// Heading of the overview, and its name in the list of parts.
pub const PREPARE: &str = "Preparar";
/// The parts' names in the navigation.
pub const DATA: &str = "Datos";
/// The organisations.
pub const ACTORS: &str = "Actores y lugares";
/// The staff.
pub const STAFF: &str = "Quién prepara";
/// The logos.
pub const LOGOS: &str = "Logotipos";
/// Files, copies, the sample's end.
pub const ARCHIVE: &str = "Archivo";
/// Label of the navigation.
pub const PARTS: &str = "Partes de la preparación";
/// It was saved.
pub const SAVED: &str = "Guardado.";
/// Mark of the sample.
pub const IS_SAMPLE: &str = "Este es el ejercicio de muestra: sus datos son inventados.";
/// Goes back.
pub const BACK: &str = "Volver";
/// The button that saves.
pub const SAVE: &str = "Guardar";
/// The button that confirms a change.
pub const CONFIRM: &str = "Sí, cambiarlo";
/// Above what a change does.
pub const CONSEQUENCES: &str = "Antes de guardar: esto es lo que cambia";
/// Link to a mesa's desk.
pub const CONDUCT: &str = "Conducir";
/// Creates another mesa.
pub const ADD_MESA: &str = "Agregar otra mesa";
/// Heading of a new mesa.
pub const NEW_MESA: &str = "Otra mesa";
/// Heading of the dates.
pub const DATES: &str = "Fechas";
/// Today.
pub const TODAY: &str = "hoy";
/// Looks at a part.
pub const REVIEW: &str = "Revisar";
/// Signs out.
pub const LEAVE: &str = "Salir de este equipo";

/// The heading of a page for one mesa.
pub fn mesa(number: MesaNumber, theme: &str) -> String {
    if theme.is_empty() { format!("Mesa {number}") } else { format!("Mesa {number} · {theme}") }
}

/// A quota in short: 1 + 2 + 2.
pub fn quota_in_short(quota: &[Quota]) -> String {
    let counts: Vec<_> = quota.iter().map(|quota| quota.minimum.to_string()).collect();
    if counts.is_empty() { "sin cuota".to_owned() } else { format!("cuota {}", counts.join(" + ")) }
}

/// Today, and how many steps are done.
pub fn today(overview: &Overview, done: usize, all: usize) -> String {
    let day = format!("Hoy es {} {}.", weekday(overview.today), date(overview.today));
    match all - done {
        0 => format!("{day} Todo está listo."),
        1 => format!("{day} {done} de {all} puntos listos, falta 1."),
        missing => format!("{day} {done} de {all} puntos listos, faltan {missing}."),
    }
}

/// How long the information pack may still be sent.
pub fn pack(step: &PackStep) -> String {
    let (mesa, days) = (step.mesa, pack::days(step.rule));
    let until = format!("{} {}", weekday(step.due.0), pack::moment(step.due));
    let standing = pack::not_kept(step.missing, step.late);
    match (step.left, standing) {
        (_, None) => format!("El expediente de la mesa {mesa} está completo y llegó a tiempo."),
        (None, Some(what)) => format!(
            "El expediente debió estar con todos antes del {until}, {days} antes de la mesa {mesa}. {what}: hace falta una dispensa con razón."
        ),
        (Some(left), Some(what)) => {
            let left = match left {
                0 => "Queda menos de un día".to_owned(),
                1 => "Queda 1 día".to_owned(),
                _ => format!("Quedan {left} días"),
            };
            format!(
                "{left} para enviar el expediente: tiene que salir antes del {until}. Así todos lo tienen {days} antes de la mesa {mesa}. {what}."
            )
        }
    }
}

/// The step of the exercise's data.
pub fn data_step(overview: &Overview) -> String {
    format!(
        "Plan del {} al {}, {}. {}; quórum {}.",
        date(overview.period.0),
        date(overview.period.1),
        quota_in_short(&overview.quota),
        form::rule(overview.rule),
        if overview.quorum == 0 { "sin acordar".to_owned() } else { overview.quorum.to_string() },
    )
}

/// The step of a mesa.
pub fn mesa_step(mesa: &MesaStep) -> String {
    let meets = match mesa.meets {
        Some((day, from, to)) => format!(
            "{} {}, de {} a {}",
            weekday(day),
            date(day),
            time_of_day(from),
            time_of_day(to)
        ),
        None => "sin fecha".to_owned(),
    };
    let mut said = format!("{meets}. {}.", name::phase(mesa.phase));
    if !mesa.missing.is_empty() {
        let missing: Vec<_> =
            mesa.missing.iter().map(|field| form::label(*field).to_lowercase()).collect();
        said.push_str(&format!(" Falta: {}.", missing.join(", ")));
    }
    if !mesa.led {
        said.push_str(" Todavía nadie la facilita.");
    }
    said
}

/// The step of the actors and their seats.
pub fn seats_step(seats: &SeatsStep) -> String {
    if seats.actors == 0 {
        return "Todavía no hay organizaciones.".to_owned();
    }
    let mut missing = Vec::new();
    if seats.without_holder > 0 {
        missing.push(counted(seats.without_holder, "titular", "titulares"));
    }
    if seats.without_alternate > 0 {
        missing.push(counted(seats.without_alternate, "suplente", "suplentes"));
    }
    if seats.without_mail > 0 {
        missing.push(counted(seats.without_mail, "correo", "correos"));
    }
    let signing = match seats.signing {
        1 => "1 firma".to_owned(),
        signing => format!("{signing} firman"),
    };
    let all = counted(seats.actors, "organización", "organizaciones");
    match missing.as_slice() {
        [] => format!("{all}, {signing}."),
        missing => format!("{all}, {signing}. Sin anotar: {}.", missing.join(", ")),
    }
}

/// The step of the invitations.
pub fn invitations_step(seats: &SeatsStep) -> String {
    if seats.linked + seats.entered == 0 {
        return "Todavía no se hace ningún enlace personal.".to_owned();
    }
    let entered = match seats.entered {
        0 => "nadie ha entrado".to_owned(),
        1 => "ya entró 1".to_owned(),
        entered => format!("ya entraron {entered}"),
    };
    format!("{}; {entered}.", counted(seats.linked, "lugar con enlace", "lugares con enlace"))
}

/// The step of the notice.
pub fn notice_step(notice: Option<(u16, bool)>) -> String {
    match notice {
        None => "Todavía no hay aviso.".to_owned(),
        Some((version, true)) => {
            format!("Versión {version}. Le faltan los datos que están entre llaves.")
        }
        Some((version, false)) => {
            format!("Breve e integral, versión {version}. Cada persona lo acepta al entrar.")
        }
    }
}

/// The step of the staff.
pub fn staff_step(staff: usize) -> String {
    match staff {
        0 | 1 => "Solo tú, por ahora.".to_owned(),
        staff => format!("{staff} personas entran con su correo y su frase."),
    }
}

/// The step of the logos.
pub fn logos_step(logos: usize) -> String {
    match logos {
        0 => "Ninguno. Se muestran en la puerta y en la página pública.".to_owned(),
        logos => counted(logos, "logotipo", "logotipos"),
    }
}

/// How far a step is, for who doesn't see its mark.
pub fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Nothing => "sin empezar",
        Progress::Partly => "falta algo",
        Progress::Done => "listo",
    }
}

/// A number of things.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// What a change does.
pub fn consequence(consequence: &Consequence) -> String {
    match consequence {
        Consequence::Changes { field, before, after } => {
            let shown = |text: &str| if text.is_empty() { "nada".to_owned() } else { format!("«{text}»") };
            format!("{}: de {} a {}.", form::label(*field), shown(before), shown(after))
        }
        Consequence::Agenda => "El orden del día cambia.".to_owned(),
        Consequence::Section(field) => sections::section_changes(*field),
        Consequence::AnotherVersion { last } => sections::another_version(*last),
        Consequence::OutsideThePeriod { commitments, activities } => format!(
            "{} y {} quedan con fechas fuera del plan; hay que corregirlas antes de la lectura.",
            counted(*commitments, "compromiso", "compromisos"),
            counted(*activities, "actividad", "actividades")
        ),
        Consequence::QuotaMissing(missing) => {
            let missing: Vec<_> = missing
                .iter()
                .map(|quota| format!("{} de {}", quota.minimum, name::category(quota.category)))
                .collect();
            format!("Con la nueva cuota faltan ahora {}.", missing.join(", "))
        }
        Consequence::OtherClock => {
            "Todas las horas se leerán con el otro reloj. El día y la hora de cada mesa siguen siendo el mismo instante: revísalos.".to_owned()
        }
        Consequence::PrintedBefore { links } => format!(
            "Ya hay {}: las tarjetas impresas dicen el día y el lugar de antes. Avísales.",
            counted(*links, "enlace hecho", "enlaces hechos")
        ),
        Consequence::UnderWay { phase } => format!(
            "La mesa está en {}: el cambio se ve en todas las pantallas en este momento.",
            name::phase(*phase)
        ),
        Consequence::Withdrawn { people, named } => format!(
            "Deja de participar: {} salen de la mesa y sus enlaces dejan de servir. Lo que escribieron se queda. {}",
            counted(*people, "persona", "personas"),
            match named {
                0 => "Ningún compromiso la nombra.".to_owned(),
                named => format!("{} la nombran y hay que revisarlos.", counted(*named, "compromiso o actividad", "compromisos o actividades")),
            }
        ),
        Consequence::SeatChanges { before } => format!(
            "{before} deja ese lugar: su enlace deja de servir y sale de la mesa. Lo que tenía escrito sin enviar se queda en su teléfono."
        ),
    }
}

/// How far an invitation is.
pub fn invitation(invitation: Invitation) -> String {
    let at = |at: Option<(Date, (u8, u8))>| {
        at.map(|(day, time)| format!(" {}, {}", date(day), time_of_day(time))).unwrap_or_default()
    };
    match invitation {
        Invitation::Nobody => "Falta la persona".to_owned(),
        Invitation::NoLink => "Sin enlace".to_owned(),
        Invitation::Linked(when) => format!("Enlace hecho{}", at(when)),
        Invitation::Entered(when) => format!("Entró{}", at(when)),
    }
}

/// Heading of the notice.
pub const NOTICE_HEADING: &str = "Aviso de privacidad";
/// What a new version does.
pub const NOTICE_CHANGE: &str = "Al guardar se publica otra versión. Quien ya entró aceptó la anterior; quien entre desde ahora acepta esta.";

/// Heading of the logos.
pub const LOGOS_LEAD: &str = "PNG, JPEG o WebP de 64 KB cuando mucho. Se muestran en la puerta, en la página pública y en el aviso, en este orden.";
/// Label of whose it is.
pub const LOGO_NAME: &str = "De quién es";
/// Label of the file.
pub const LOGO_FILE: &str = "Imagen";
/// Puts it.
pub const LOGO_PUT: &str = "Poner el logotipo";
/// Removes it.
pub const LOGO_REMOVE: &str = "Quitar";
/// Why a file isn't a logo.
pub fn logo_problem(problem: LogoProblem) -> &'static str {
    match problem {
        LogoProblem::Missing => "Falta la imagen o de quién es.",
        LogoProblem::TooLarge => "La imagen pesa más de 64 KB. Redúcela y vuelve a intentar.",
        LogoProblem::Unknown => "Ese archivo no es PNG, JPEG ni WebP.",
        LogoProblem::NotPlain => {
            "El nombre tiene caracteres que no se pueden mostrar, o es demasiado largo."
        }
    }
}

/// The public page.
pub const FOLLOWERS: &str = "Página pública";
/// It is on.
pub const FOLLOWERS_ON: &str = "Encendida: cualquiera puede seguir las mesas sin entrar.";
/// It is off.
pub const FOLLOWERS_OFF: &str = "Apagada: nadie las sigue sin entrar.";
/// Switches it off.
pub const SWITCH_OFF: &str = "Apagar";
/// Switches it on.
pub const SWITCH_ON: &str = "Encender";

/// On the home page.
pub const HOME_CREATE: &str = "Crear tu ejercicio";
/// How one gets there.
pub const HOME_CREATE_LEAD: &str = "Se abre con el enlace de administración que muestra la terminal del servidor. Si se perdió, ahí mismo se pide otro con «mesa admin link».";
/// On the home page, for who prepares.
pub const HOME_SIGN_IN: &str = "Entrar a preparar o conducir";

/// The heading of a part.
pub fn heading(part: &Part) -> String {
    match part {
        Part::Overview(_) => PREPARE,
        Part::Exercise(_) => DATA_HEADING,
        Part::Mesa(Some(number), _) => return mesa(*number, ""),
        Part::Mesa(None, _) => NEW_MESA,
        Part::Actors(_) => ACTORS,
        Part::Actor(actor) if actor.number.is_none() => ADD_ACTOR,
        Part::Actor(_) => ORGANISATION,
        Part::Paste(_) => PASTE,
        Part::Cards(_) => CARDS_HEADING,
        Part::Invitations(_) => INVITATIONS_HEADING,
        Part::Sections { .. } => SECTIONS_OF_THE_PLAN,
        Part::Mail(_) => super::mail::HEADING,
        Part::Notice(_) => NOTICE_HEADING,
        Part::Logos(..) => LOGOS,
        Part::Staff(_) => STAFF,
        Part::Petitions(_) => super::petition::LIST,
        Part::Archive { .. } => ARCHIVE,
    }
    .to_owned()
}

/// Heading of the exercise's data.
pub const DATA_HEADING: &str = "Datos del ejercicio";
/// Heading of an organisation.
pub const ORGANISATION: &str = "Organización";
/// The mesas, in the navigation.
pub const MESAS: &str = "Mesas";
/// Completes the seats.
pub const COMPLETE_SEATS: &str = "Completar lugares";
/// The step of the invitations.
pub const INVITATIONS: &str = "Enlaces personales";
/// Adds to the staff.
pub const INVITE_STAFF: &str = "Invitar a cofacilitar";
/// The first day of the plan.
pub const PLAN_BEGINS: &str = "empieza el plan";
/// Its last day.
pub const PLAN_ENDS: &str = "termina el plan";
/// The last day for the pack.
pub fn pack_date(mesa: MesaNumber) -> String {
    format!("último día para enviar el expediente de la mesa {mesa}")
}
/// A mesa's day.
pub fn mesa_date(mesa: MesaNumber, from: (u8, u8), to: (u8, u8)) -> String {
    format!("mesa {mesa}, de {} a {}", time_of_day(from), time_of_day(to))
}
