//! Problems with their solutions and preliminary commitments, commitments with their activities, contributions (section 4). What an item *says* are long texts, kept in one map and changed by
//! patches; what it *is* are typed short fields.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::deliberation::contribution::Contribution;
use crate::deliberation::solution::{DraftCommitment, Solution};
use crate::{ActorNumber, Alias, Assignment, Date, ItemId, PersonId, ShortText, TextField};

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
    pub const ALL: [Self; 6] = [Self::Problem, Self::Commitment, Self::Activity, Self::Solution, Self::DraftCommitment, Self::Contribution];
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

/// How far a problem has come.
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

/// A problem's short fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where the evidence can be found.
    pub evidence_source: ShortText,
    /// How far it has come.
    pub state: ProblemState,
    /// Its solutions, in order, removed ones too.
    pub solutions: Vec<ItemId>,
    /// Its preliminary commitments, in order, removed ones too.
    pub drafts: Vec<ItemId>,
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
    pub const ALL: [Self; 4] = [Self::FollowTheMoney, Self::NationalPlanAligned, Self::LocalProblem, Self::Proactive];
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
    pub const ALL: [Self; 4] = [Self::Transparency, Self::Participation, Self::Accountability, Self::Innovation];
}

/// An institution that leads or accompanies: an actor at the table, or free text, for leads often have no seat.
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

/// How fulfilment is measured; what is measured is the long text [`TextField::Indicator`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// In what unit.
    pub unit: ShortText,
    /// Where it stands now.
    pub baseline: ShortText,
    /// Where it should stand.
    pub target: ShortText,
    /// How often it is measured.
    pub period: ShortText,
}

/// A commitment's short fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its category.
    pub category: Option<Category>,
    /// The problems that it answers, in the order in which they were linked.
    pub problems: Vec<ItemId>,
    /// Axis of the reference plan, when aligned.
    pub axis: Option<u8>,
    /// How it is measured.
    pub indicator: Indicator,
    /// Open-government components.
    pub components: BTreeSet<Component>,
    /// Lead institution.
    pub lead: Party,
    /// Civil counterpart.
    pub counterpart: Party,
    /// First day.
    pub starts: Option<Date>,
    /// Last day, inclusive: at most twelve months less a day after the first.
    pub ends: Option<Date>,
    /// Whether it can be done.
    pub feasibility: Feasibility,
    /// Sustainable Development Goal, 1 to 17.
    pub sdg: Option<u8>,
    /// Its activities, in order, removed ones too.
    pub activities: Vec<ItemId>,
}

/// An activity's short fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The commitment it belongs to.
    pub commitment: ItemId,
    /// Lead institution.
    pub lead: Party,
    /// Post of who is responsible.
    pub responsible_post: ShortText,
    /// Name of who is responsible.
    pub responsible_person: ShortText,
    /// Who answers with them.
    pub co_responsible: ShortText,
    /// First day.
    pub starts: Option<Date>,
    /// Due date.
    pub due: Option<Date>,
}

/// An item's short fields by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    /// Of a problem.
    Problem(Problem),
    /// Of a commitment.
    Commitment(Commitment),
    /// Of an activity.
    Activity(Activity),
    /// Of a solution.
    Solution(Solution),
    /// Of a preliminary commitment.
    DraftCommitment(DraftCommitment),
    /// A contribution as a whole.
    Contribution(Contribution),
}

/// Something that people at the table wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its number in frames.
    pub alias: Alias,
    /// Who added it; unknown to the public.
    pub author: Option<PersonId>,
    /// Whether it was deleted (it can be restored).
    pub removed: bool,
    /// Long texts; what isn't there is empty.
    pub texts: BTreeMap<TextField, String>,
    /// Short fields.
    pub details: Details,
    /// Of each short field that was changed, the value before the last change: setting it back is an ordinary assignment.
    /// Unknown to the public.
    pub replaced: Vec<Assignment>,
}

impl Activity {
    /// A new one.
    pub fn of(commitment: ItemId) -> Self {
        Self {
            commitment,
            lead: Party::Unnamed,
            responsible_post: ShortText::default(),
            responsible_person: ShortText::default(),
            co_responsible: ShortText::default(),
            starts: None,
            due: None,
        }
    }
}

impl Details {
    /// The list in which parts of a kind stand; none when it has no such parts.
    pub(crate) fn parts_mut(&mut self, kind: ItemKind) -> Option<&mut Vec<ItemId>> {
        match (self, kind) {
            (Self::Commitment(commitment), ItemKind::Activity) => Some(&mut commitment.activities),
            (Self::Problem(problem), ItemKind::Solution) => Some(&mut problem.solutions),
            (Self::Problem(problem), ItemKind::DraftCommitment) => Some(&mut problem.drafts),
            _ => None,
        }
    }
}

impl Item {
    /// Which kind it is.
    pub fn kind(&self) -> ItemKind {
        match self.details {
            Details::Problem(_) => ItemKind::Problem,
            Details::Commitment(_) => ItemKind::Commitment,
            Details::Activity(_) => ItemKind::Activity,
            Details::Solution(_) => ItemKind::Solution,
            Details::DraftCommitment(_) => ItemKind::DraftCommitment,
            Details::Contribution(_) => ItemKind::Contribution,
        }
    }

    /// A long text; empty when nothing was written.
    pub fn text(&self, field: TextField) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The item that it is a part of: an activity's commitment, the problem of a solution or preliminary commitment.
    pub fn parent(&self) -> Option<ItemId> {
        match &self.details {
            Details::Activity(activity) => Some(activity.commitment),
            Details::Solution(solution) => Some(solution.problem),
            Details::DraftCommitment(draft) => Some(draft.problem),
            Details::Problem(_) | Details::Commitment(_) | Details::Contribution(_) => None,
        }
    }

    /// The problem's short fields, if it is one.
    pub fn as_problem(&self) -> Option<&Problem> {
        if let Details::Problem(problem) = &self.details { Some(problem) } else { None }
    }

    /// The commitment's short fields, if it is one.
    pub fn as_commitment(&self) -> Option<&Commitment> {
        if let Details::Commitment(commitment) = &self.details { Some(commitment) } else { None }
    }

    /// The activity's short fields, if it is one.
    pub fn as_activity(&self) -> Option<&Activity> {
        if let Details::Activity(activity) = &self.details { Some(activity) } else { None }
    }

    /// The solution's short fields, if it is one.
    pub fn as_solution(&self) -> Option<&Solution> {
        if let Details::Solution(solution) = &self.details { Some(solution) } else { None }
    }

    /// The preliminary commitment's short fields, if it is one.
    pub fn as_draft_commitment(&self) -> Option<&DraftCommitment> {
        if let Details::DraftCommitment(draft) = &self.details { Some(draft) } else { None }
    }

    /// The contribution, if it is one.
    pub fn as_contribution(&self) -> Option<&Contribution> {
        if let Details::Contribution(contribution) = &self.details { Some(contribution) } else { None }
    }

    /// What stood in a short field before its present value; `like` is any assignment to that field.
    pub fn replaced(&self, like: &Assignment) -> Option<&Assignment> {
        self.replaced.iter().find(|value| value.is_of_the_field_of(like))
    }
}
