//! Names of the domain's values.

use domain::deliberation::choice::{Category, Component, Feasibility, Origin, Party, ProblemState};
use domain::{Item, ItemKind, Mesa, Phase, Role, TextField};

/// A category of commitments.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::FollowTheMoney => "Seguimiento del dinero",
        Category::NationalPlanAligned => "Alineado al plan nacional",
        Category::LocalProblem => "Problema local",
        Category::Proactive => "Proactivo",
    }
}

/// A commitment whose category wasn't chosen.
pub const NO_CATEGORY: &str = "Sin categoría";

/// A phase.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparation => "Acciones previas",
        Phase::Introduction => "Introducción",
        Phase::Analysis => "Análisis",
        Phase::Agreements => "Acuerdos",
        Phase::ReadOut => "Lectura",
        Phase::Conformity => "Conformidad",
        Phase::Signing => "Firma",
        Phase::FollowUp => "Seguimiento",
        Phase::Closed => "Cerrada",
    }
}

/// A role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Administración",
        Role::Facilitator => "Facilitación",
        Role::CoFacilitator => "Cofacilitación",
        Role::Rapporteur => "Relatoría",
        Role::Actor => "Organización que firma",
        Role::Participant => "Participante",
        Role::Follower => "Público",
        Role::Projector => "Proyector",
    }
}

/// An origin of problems.
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::KickoffEvent => "Evento de arranque",
        Origin::ConsultationDesk => "Consulta pública: ventanilla",
        Origin::ConsultationWeb => "Consulta pública: página web",
        Origin::RecurrentRequests => "Solicitudes de información recurrentes",
        Origin::Statistics => "Estadísticas",
        Origin::OtherStudy => "Otro estudio",
        Origin::AtTheMesa => "Aportación en la mesa",
    }
}

/// An open-government component.
pub fn component(component: Component) -> &'static str {
    match component {
        Component::Transparency => "Transparencia",
        Component::Participation => "Participación",
        Component::Accountability => "Rendición de cuentas",
        Component::Innovation => "Innovación",
    }
}

/// The state of a problem, in full.
pub fn problem_state(state: &Mesa, value: &ProblemState) -> String {
    match value {
        ProblemState::Proposed => "Propuesto".to_owned(),
        ProblemState::InAnalysis => "En análisis".to_owned(),
        ProblemState::Prioritised => "Priorizado".to_owned(),
        ProblemState::MergedInto(other) => {
            match state.item(*other).and_then(|other| state.number(other)) {
                Some(number) => format!("Unido con el problema {number}"),
                None => "Unido con otro problema".to_owned(),
            }
        }
        ProblemState::Discarded(reason) if reason.is_empty() => "Descartado".to_owned(),
        ProblemState::Discarded(reason) => format!("Descartado: {reason}"),
    }
}

/// The feasibility of a commitment, in full.
pub fn feasibility(value: &Feasibility) -> String {
    match value {
        Feasibility::Pending => "Pendiente".to_owned(),
        Feasibility::ConfirmedBy(who) if who.is_empty() => "Confirmada".to_owned(),
        Feasibility::ConfirmedBy(who) => format!("Confirmada por {who}"),
        Feasibility::WithReservations(why) if why.is_empty() => "Con reservas".to_owned(),
        Feasibility::WithReservations(why) => format!("Con reservas: {why}"),
    }
}

/// An institution's name; none when it isn't named.
pub fn party(state: &Mesa, party: &Party) -> Option<String> {
    match party {
        Party::Unnamed => None,
        Party::Actor(number) => state.actor(*number).map(|actor| actor.organisation.to_string()),
        Party::Named(name) if name.is_empty() => None,
        Party::Named(name) => Some(name.to_string()),
    }
}

/// An axis of the reference plan, with its number.
pub fn axis(state: &Mesa, number: u8) -> String {
    let name = state
        .exercise
        .as_ref()
        .and_then(|exercise| exercise.axes.iter().find(|axis| axis.number == number))
        .map(|axis| &axis.name);
    match name {
        Some(name) => format!("Eje {number}: {name}"),
        None => format!("Eje {number}"),
    }
}

/// A kind of item, at the start of a sentence.
pub fn kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Problema",
        ItemKind::Commitment => "Compromiso",
        ItemKind::Activity => "Actividad",
        ItemKind::Solution => "Solución",
        ItemKind::DraftCommitment => "Compromiso preliminar",
        ItemKind::Contribution => "Aportación",
    }
}

/// An item by kind and number: "Compromiso 2", "Actividad 2.3"; without a number when it isn't in
/// its list.
pub fn numbered(state: &Mesa, item: &Item) -> String {
    let own = state.number(item);
    let parent =
        item.parent().and_then(|parent| state.item(parent)).and_then(|parent| state.number(parent));
    match (parent, own) {
        (Some(parent), Some(own)) => format!("{} {parent}.{own}", kind(item.kind())),
        (None, Some(own)) => format!("{} {own}", kind(item.kind())),
        (_, None) => kind(item.kind()).to_owned(),
    }
}

/// An item's name: its title, a contribution's words, or that it has no title yet.
pub fn title(item: &Item) -> String {
    let said = item.as_contribution().and_then(|contribution| contribution.text.as_ref());
    let title = said.map_or_else(|| item.text(TextField::Title).trim(), |text| text.as_str());
    if title.is_empty() { untitled(item.kind()).to_owned() } else { title.to_owned() }
}

/// An item without a title.
pub fn untitled(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Problema sin título",
        ItemKind::Commitment => "Compromiso sin título",
        ItemKind::Activity => "Actividad sin texto",
        ItemKind::Solution => "Solución sin texto",
        ItemKind::DraftCommitment => "Compromiso preliminar sin texto",
        ItemKind::Contribution => "Aportación sin texto",
    }
}

/// The names of the Sustainable Development Goals, from the first.
pub const SDG: [&str; 17] = [
    "Fin de la pobreza",
    "Hambre cero",
    "Salud y bienestar",
    "Educación de calidad",
    "Igualdad de género",
    "Agua limpia y saneamiento",
    "Energía asequible y no contaminante",
    "Trabajo decente y crecimiento económico",
    "Industria, innovación e infraestructura",
    "Reducción de las desigualdades",
    "Ciudades y comunidades sostenibles",
    "Producción y consumo responsables",
    "Acción por el clima",
    "Vida submarina",
    "Vida de ecosistemas terrestres",
    "Paz, justicia e instituciones sólidas",
    "Alianzas para lograr los objetivos",
];

/// A Sustainable Development Goal, with its number.
pub fn sdg(goal: u8) -> String {
    match usize::from(goal).checked_sub(1).and_then(|place| SDG.get(place)) {
        Some(name) => format!("{goal}. {name}"),
        None => goal.to_string(),
    }
}

/// A title after its number.
pub fn with_number(number: Option<usize>, title: &str) -> String {
    match number {
        Some(number) => format!("{number}. {title}"),
        None => title.to_owned(),
    }
}
