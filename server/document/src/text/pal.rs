//! Sentences of the plan.

use super::{activities, capital, commitments, day, joined, list, period, signers_who};
use crate::date::Moment;
use crate::plan::{Capacity, Category, Edition, Groups, Period, Plan, SectorCount, Stamp};

/// The name of the category.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::FollowTheMoney => "Seguimiento del dinero",
        Category::NationalPlan => "Alineado al plan nacional",
        Category::Local => "Problema local",
        Category::Proactive => "Compromiso proactivo",
    }
}

/// Which copy this is, for the head of each page.
pub fn edition(edition: &Edition) -> &'static str {
    match edition {
        Edition::Draft { .. } => "Borrador",
        Edition::Paper { .. } => "Ejemplar para firmar en papel",
        Edition::Full { .. } => "Versión íntegra",
        Edition::Public { .. } => "Versión pública",
    }
}

/// What the document is.
pub const PLAN: &str = "Plan de Acción Local";

/// What the cover says above its list.
pub fn cover_count(plan: &Plan) -> String {
    format!("{}, {}", capital(&commitments(plan.commitments.len())), period(plan.period))
}

/// Who agreed and when, at the foot of the cover.
pub fn cover_agreement(plan: &Plan) -> String {
    let actors = signers_who(plan.signers.len());
    let with = match plan.closing.facilitated_by.trim() {
        "" => String::new(),
        who => {
            let of = who.strip_prefix("el ").map(|rest| format!("del {rest}"));
            format!(" con la facilitación {}", of.unwrap_or_else(|| format!("de {who}")))
        }
    };
    match (&plan.edition, plan.closing.signed) {
        (Edition::Draft { made }, _) => {
            format!("Borrador para {actors}, con los textos de {}.", day(made.date()))
        }
        (Edition::Full { .. } | Edition::Public { .. }, Some(date)) => {
            let place = match plan.closing.place.trim() {
                "" => String::new(),
                place => format!(" en {}", super::cut(place, 200)),
            };
            format!("Acordado por {actors}{with}. Firmado{place} el {}.", day(date))
        }
        (Edition::Paper { stamp } | Edition::Full { stamp } | Edition::Public { stamp }, _) => {
            let frozen = day(stamp.frozen.date());
            format!("Acordado por {actors}{with}. Texto congelado el {frozen}, pendiente de firma.")
        }
    }
}

/// What the table of problems begins with.
pub fn problems(plan: &Plan) -> String {
    let (worked, verb) =
        if plan.mesas.len() > 1 { ("Las mesas", "trabajaron") } else { ("La mesa", "trabajó") };
    let number = match plan.problems.len() {
        1 => "una problemática".to_owned(),
        many => format!("{} problemáticas", super::feminine(u32::try_from(many).unwrap_or(0))),
    };
    let open = plan.problems.iter().any(|problem| problem.commitments.is_empty());
    let rest = if open {
        "; las que no lo tienen quedan registradas para el siguiente ejercicio"
    } else {
        ""
    };
    format!(
        "{worked} {verb} sobre {number}. A la derecha de cada una, el compromiso que la atiende{rest}."
    )
}

/// What the end begins with.
pub fn closing(plan: &Plan) -> String {
    let all = plan.commitments.iter().map(|commitment| commitment.activities.len()).sum();
    let code = if plan.edition.stamp().is_some() {
        " Cada hoja lleva el código del texto congelado; si una palabra cambia, el código es otro."
    } else {
        " Este borrador puede cambiar todavía; al congelarse llevará folio, versión y código."
    };
    format!(
        "Este plan contiene {} y {}.{code}",
        commitments(plan.commitments.len()),
        activities(all)
    )
}

/// What a page of signatures that doesn't hold the whole end begins with: what is signed on it.
pub fn what_is_signed(plan: &Plan) -> String {
    let named: Vec<String> = plan
        .commitments
        .iter()
        .map(|commitment| format!("{} {}", commitment.number, super::cut(&commitment.title, 100)))
        .collect();
    let stamp = plan
        .edition
        .stamp()
        .map(|stamp| format!("; folio {}, versión {}", stamp.folio, stamp.version));
    let which = if named.len() == 1 { "el compromiso" } else { "los compromisos" };
    format!("Se firman {which} {}{}.", named.join("; "), stamp.unwrap_or_default())
}

/// The groups of a tally, each with its number: "7 conformes", "1 abstención".
pub fn tally(groups: &Groups) -> Vec<(usize, String)> {
    let named = |count: usize, one: &str, many: &str| {
        (count, format!("{count}\u{a0}{}", if count == 1 { one } else { many }))
    };
    [
        named(groups.agree.len(), "conforme", "conformes"),
        named(groups.with_reservation.len(), "conforme con reserva", "conformes con reserva"),
        named(groups.disagree.len(), "no conforme", "no conformes"),
        named(groups.abstain.len(), "abstención", "abstenciones"),
        named(groups.unanswered.len(), "sin respuesta", "sin respuesta"),
    ]
    .into()
}

/// The tally in one cell: "7 conformes, 1 con reserva".
pub fn tally_line(groups: &Groups) -> String {
    let parts: Vec<String> = tally(groups)
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| {
            words
                .replace("conforme con reserva", "con reserva")
                .replace("conformes con reserva", "con reserva")
        })
        .collect();
    parts.join(", ")
}

/// The sentence when nobody objected.
pub fn all_agreed(groups: &Groups) -> String {
    match groups.asked() {
        1 => "El único actor manifestó su conformidad sin reservas.".to_owned(),
        many => format!("Los {} manifestaron su conformidad sin reservas.", signers_who(many)),
    }
}

/// Whether the commitment stands, and by which rule.
pub fn adopted(adopted: bool, rule: &str) -> String {
    let stands = if adopted { "Adoptado" } else { "No adoptado" };
    match super::sentence(rule) {
        rule if rule.is_empty() => format!("{stands}."),
        rule => format!("{stands}: {rule}"),
    }
}

/// The conformity was asked with another version, which has the same text.
pub fn asked_with(version: u32) -> String {
    format!("Se manifestó sobre este mismo texto en la versión {version}.")
}

/// Whose words those were.
pub fn reservation_of(organisation: &str) -> String {
    format!("Reserva de {organisation}, copiada tal como la escribió.")
}

/// Whose words those were.
pub fn disagreement_of(organisation: &str) -> String {
    format!("Razón de {organisation}, copiada tal como la escribió.")
}

/// Post and capacity: "Secretaría del Ayuntamiento, suplente".
pub fn post(post: &str, capacity: Option<Capacity>) -> String {
    let capacity = match capacity {
        None => "",
        Some(Capacity::Holder) => "titular",
        Some(Capacity::Alternate) => "suplente",
    };
    joined(&[post, capacity], ", ")
}

/// A span, or nothing.
pub fn optional_period(span: Option<Period>) -> String {
    span.map(period).unwrap_or_default()
}

/// "25 de septiembre de 2026, 18:20 h", or short where there is little room.
pub fn at(moment: Moment, short: bool) -> String {
    let day = if short { super::compact(moment.date()) } else { day(moment.date()) };
    format!("{day}, {}", super::clock(moment))
}

/// The components as one text.
pub fn components(components: &[String]) -> String {
    list(components.iter().map(String::as_str))
}

/// What a figure of the calendar is read out as.
pub fn calendar(plan: &Plan) -> String {
    format!(
        "Calendario de {}, por mes de la fecha límite. Las mismas fechas están en la tabla de actividades de cada compromiso.",
        activities(plan.commitments.iter().map(|commitment| commitment.activities.len()).sum())
    )
}

/// The sentence over the signatures, in front of and after the number of pages in words.
pub fn closing_sentence(plan: &Plan) -> (String, String) {
    let place = plan.closing.place.trim();
    let (place, date) = match (&plan.edition, plan.closing.signed) {
        (Edition::Full { .. } | Edition::Public { .. }, Some(date)) => {
            (place, super::day_spelled(date))
        }
        _ => ("", String::new()),
    };
    let blank = |value: &str, letters: usize| {
        if value.is_empty() { "_".repeat(letters) } else { value.to_owned() }
    };
    (
        "Leído este Plan de Acción Local en voz alta y manifestada la conformidad que consta en cada \
         compromiso, los actores lo rubrican al margen en cada una de sus "
            .to_owned(),
        format!(
            " páginas y lo firman al calce, en {}, el {}. Quien no firma consta con su razón; ello no \
             invalida lo acordado por los demás.",
            blank(place, 24),
            blank(&date, 28)
        ),
    )
}

/// Folio and version, for the document's properties.
pub fn subject(stamp: Option<&Stamp>) -> String {
    match stamp {
        Some(stamp) => format!("Folio {}, versión {}", stamp.folio, stamp.version),
        None => "Borrador".to_owned(),
    }
}

/// "Municipio de Valle Hondo, Estado de Sierra Clara".
pub fn place(municipality: &str, state: &str) -> String {
    let of = |what: &str, name: &str| match name.trim() {
        "" => String::new(),
        name => format!("{what} de {name}"),
    };
    joined(&[&of("Municipio", municipality), &of("Estado", state)], ", ")
}

/// In the foot of a draft.
pub const DRAFT_FOLIO: &str = "sin folio hasta congelar";
/// In the foot of a draft.
pub const DRAFT_VERSION: &str = "borrador; puede cambiar";
/// In the foot of a draft.
pub const DRAFT_CODE: &str = "se calcula al congelar";
/// The foot of a draft.
pub const DRAFT_FOOT: &str =
    "Texto de trabajo: no está leído ni firmado. Quien lo imprime ve aquí cómo quedará cada hoja.";

/// "2, congelada el 18/09/2026".
pub fn version(version: u32, frozen: Moment) -> String {
    format!("{version}, congelada el {}", super::compact(frozen.date()))
}

/// The first sixteen digits of a code in fours.
pub fn short_code(code: &str) -> String {
    let digits: Vec<char> = code.chars().take(16).collect();
    let fours: Vec<String> = digits.chunks(4).map(|four| four.iter().collect()).collect();
    format!("{} …", fours.join(" "))
}

/// Where the document can be verified. The protocol isn't written: browsers know it.
pub fn verify(address: &str) -> String {
    let bare = address.trim_start_matches("https://").trim_start_matches("http://");
    format!("Compruebe este documento con el código QR o en {}", super::cut(bare, 84))
}

/// What a logo without a name is read out as.
pub const LOGO: &str = "Logotipo";
/// Of a sheet whose title is still missing.
pub const UNTITLED: &str = "Compromiso sin título";
/// Label of a fact.
pub const DESCRIPTION: &str = "En qué consiste";
/// Label of a fact.
pub const CONTRIBUTION: &str = "Cómo contribuye a resolver el problema";
/// Label of a fact.
pub const LEAD: &str = "Institución que lidera";
/// Label of a fact.
pub const COUNTERPART: &str = "Contraparte civil";
/// Label of a fact.
pub const PROBLEMS: &str = "Problemáticas que atiende";
/// Label of a fact.
pub const RESULT: &str = "Resultado esperado";
/// Label of a fact.
pub const PERIOD: &str = "Vigencia";
/// Label of a fact.
pub const COMPONENTS: &str = "Componentes de gobierno abierto";
/// Label of a fact, where the reference plan has no name.
pub const AXIS: &str = "Eje del plan de referencia";
/// Label of a fact.
pub const FEASIBILITY: &str = "Viabilidad";
/// Label of a fact.
pub const BUDGET: &str = "Presupuesto";
/// Label of a fact.
pub const SDG: &str = "Objetivos de Desarrollo Sostenible";
/// Under the figure that the indicator is to reach.
pub const TARGET: &str = "meta";

/// Label of the axis of a named plan.
pub fn axis_of(plan: &str) -> String {
    format!("Eje del {}", super::cut(plan, 60))
}

/// "Medición mensual."
pub fn measured(period: &str) -> String {
    match period.trim() {
        "" => String::new(),
        period => super::sentence(&format!("Medición {period}")),
    }
}

/// Who else answers for an activity.
pub fn with(co_responsible: &str) -> String {
    match co_responsible.trim() {
        "" => String::new(),
        who => format!("con {who}"),
    }
}

/// When an activity begins.
pub fn since(date: crate::date::Date) -> String {
    format!("desde el {}", day(date))
}

/// In a box of the public copy.
pub const INITIALLED: &str = "rubricó";
/// In a box of the public copy.
pub const INITIALLED_ON_PAPER: &str = "rubricó en papel";
/// In a box.
pub const FINGERPRINT_BELOW: &str = "huella, al calce";
/// In a box.
pub const REFUSED_BELOW: &str = "se negó, razón al calce";
/// In a box.
pub const ABSENT: &str = "ausente";
/// In a box.
pub const ON_PAPER: &str = "en papel";
/// Over a line of the public copy.
pub const SIGNED: &str = "Firmó";
/// Over a line of the public copy.
pub const PRESSED: &str = "Estampó su huella";
/// Over a line, before the reason.
pub const REFUSED: &str = "Se negó a firmar.";
/// Over a line.
pub const REFUSED_SEE_STATEMENTS: &str = "Se negó a firmar; su razón está en las constancias";
/// Over a line.
pub const ABSENT_THEN: &str = "Ausente al momento de la firma";
/// Over a line.
pub const SIGNED_ON_PAPER: &str = "Firmó en papel";
/// Before who noted it.
pub const FINGERPRINT_BEFORE: &str = "Huella en papel ante";
/// The longest of those who usually note something.
pub const LONGEST_NOTE: &str = "la facilitación";
/// Before who noted it.
pub const NOTED_BY: &str = "Asentado por";

/// What a drawn signature is read out as.
pub fn drawn_by(organisation: &str) -> String {
    format!("Firma trazada: {}", super::cut(organisation, 200))
}

/// A refusal with its reason.
pub fn refusal(reason: &str) -> String {
    format!("Se negó a firmar. Razón: «{}»", reason.trim())
}

/// Who came to a mesa: "9 institución pública, 14 sociedad civil".
pub fn sectors(attendance: &[SectorCount]) -> String {
    let counts: Vec<String> = attendance
        .iter()
        .filter(|one| one.people > 0)
        .map(|one| format!("{}\u{a0}{}", one.people, one.sector.trim()))
        .collect();
    counts.join(", ")
}
