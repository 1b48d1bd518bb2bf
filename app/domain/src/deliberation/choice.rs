//! The choices of an item's short fields, and the kinds of items.

use serde::{Deserialize, Serialize};

use crate::text::words::Remark;
use crate::{ActorNumber, ItemId, ShortText};

/// What kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ItemKind {
    /// Problema.
    Problem,
    /// Compromiso.
    Commitment,
    /// Actividad.
    Activity,
    /// Solución.
    Solution,
    /// Compromiso preliminar.
    DraftCommitment,
    /// Duda, aportación, retroalimentación u objeción.
    Contribution,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Problem,
        Self::Commitment,
        Self::Activity,
        Self::Solution,
        Self::DraftCommitment,
        Self::Contribution,
    ];
}

/// Where a problem comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Evento de arranque.
    KickoffEvent,
    /// Consulta pública: ventanilla.
    ConsultationDesk,
    /// Consulta pública: web.
    ConsultationWeb,
    /// Solicitudes de información recurrentes.
    RecurrentRequests,
    /// Estadísticas.
    Statistics,
    /// Otro estudio.
    OtherStudy,
    /// Aportación en mesa.
    AtTheMesa,
}

impl Origin {
    /// Every origin, in the order of the pick-list.
    pub const ALL: [Self; 7] = [
        Self::KickoffEvent,
        Self::ConsultationDesk,
        Self::ConsultationWeb,
        Self::RecurrentRequests,
        Self::Statistics,
        Self::OtherStudy,
        Self::AtTheMesa,
    ];
}

/// The state of a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemState {
    /// Propuesta.
    #[default]
    Proposed,
    /// En análisis.
    InAnalysis,
    /// Priorizada.
    Prioritised,
    /// Fusionada en otra.
    MergedInto(ItemId),
    /// Descartada, con razón.
    Discarded(ShortText),
}

/// Category of a commitment (D2–D4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    /// Seguimiento del dinero.
    FollowTheMoney,
    /// Alineado al plan nacional.
    NationalPlanAligned,
    /// Problema local.
    LocalProblem,
    /// Proactivo.
    Proactive,
}

impl Category {
    /// Every category, in the order of the pick-list.
    pub const ALL: [Self; 4] =
        [Self::FollowTheMoney, Self::NationalPlanAligned, Self::LocalProblem, Self::Proactive];
}

/// Open-government component of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Component {
    /// Transparencia.
    Transparency,
    /// Participación.
    Participation,
    /// Rendición de cuentas.
    Accountability,
    /// Innovación.
    Innovation,
}

impl Component {
    /// Every component, in the order of the pick-list.
    pub const ALL: [Self; 4] =
        [Self::Transparency, Self::Participation, Self::Accountability, Self::Innovation];
}

/// An institution that leads or accompanies: an actor at the table, or free text, because leads
/// often have no seat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    /// Nobody named yet.
    #[default]
    Unnamed,
    /// An actor with a seat.
    Actor(ActorNumber),
    /// An institution without one.
    Named(ShortText),
}

/// Whether the implementing office confirmed that it can be done (section 2, fact 6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Feasibility {
    /// Pendiente.
    #[default]
    Pending,
    /// Confirmada por.
    ConfirmedBy(ShortText),
    /// Con reservas.
    WithReservations(ShortText),
}

/// The state of a solution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SolutionState {
    /// Propuesta.
    #[default]
    Proposed,
    /// Adoptada.
    Adopted,
    /// Apartada.
    SetAside,
}

impl SolutionState {
    /// Every state, in the order of the pick-list.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Adopted, Self::SetAside];
}

/// What became of a contribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResponseStatus {
    /// Pendiente.
    #[default]
    Pending,
    /// Incorporada.
    Adopted,
    /// Parcialmente incorporada.
    PartlyAdopted,
    /// No incorporada.
    NotAdopted,
}

impl ResponseStatus {
    /// Every status, in the order of the pick-list.
    pub const ALL: [Self; 4] =
        [Self::Pending, Self::Adopted, Self::PartlyAdopted, Self::NotAdopted];
}

/// A reasoned response. Anything but pending needs its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// What became of the contribution.
    pub status: ResponseStatus,
    /// Why.
    pub reason: Option<Remark>,
    /// The item that contains what was adopted.
    pub change: Option<ItemId>,
}
