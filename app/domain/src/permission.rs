//! Who may do what, by phase: one table, used by the screens to hide and by the server to refuse (section 3). What isn't
//! listed is refused.

use serde::{Deserialize, Serialize};

/// What someone is at the mesa. The server gives it with the session; nobody claims it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Sees everything, never edits a mesa's text.
    Administrator,
    /// Leads the mesa.
    Facilitator,
    /// Helps to lead.
    CoFacilitator,
    /// Relator.
    Rapporteur,
    /// Has a signing seat.
    Actor,
    /// Is inside without a signing seat.
    Participant,
    /// Reads by the public link.
    Follower,
    /// Reads what is shown.
    Projector,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::Facilitator,
        Self::CoFacilitator,
        Self::Rapporteur,
        Self::Actor,
        Self::Participant,
        Self::Follower,
        Self::Projector,
    ];
}

/// Phase of a mesa and, from read-out on, of its plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Acciones previas.
    #[default]
    Preparation,
    /// Introducción.
    Introduction,
    /// Análisis.
    Analysis,
    /// Acuerdos.
    Agreements,
    /// Lectura.
    ReadOut,
    /// Conformidad.
    Conformity,
    /// Firma.
    Signing,
    /// Seguimiento.
    FollowUp,
    /// Cerrada.
    Closed,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 9] = [
        Self::Preparation,
        Self::Introduction,
        Self::Analysis,
        Self::Agreements,
        Self::ReadOut,
        Self::Conformity,
        Self::Signing,
        Self::FollowUp,
        Self::Closed,
    ];
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Phases, projection, the door.
    Conduct,
    /// Add or edit a problem; delete and restore one.
    EditProblem,
    /// Merge, reorder, discard problems.
    ArrangeProblems,
    /// Reorder commitments.
    ArrangeCommitments,
    /// Add or edit a commitment and its activities; delete and restore them.
    EditCommitment,
    /// Say whether a commitment can be done.
    ConfirmFeasibility,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Conduct, Self::EditProblem, Self::ArrangeProblems, Self::ArrangeCommitments, Self::EditCommitment, Self::ConfirmFeasibility];
}

/// On which items a role may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On none.
    Nothing,
    /// On those that the person added.
    Own,
    /// On those that the person's organisation leads.
    Led,
    /// On all.
    Any,
}

/// The table of section 3.
pub fn permitted(action: Action, phase: Phase, role: Role) -> Scope {
    use Role::{Actor, CoFacilitator, Facilitator, Participant, Rapporteur};
    let (from, to, roles): (Phase, Phase, &[(Role, Scope)]) = match action {
        Action::Conduct => (Phase::Preparation, Phase::Closed, &[(Facilitator, Scope::Any), (CoFacilitator, Scope::Any)]),
        Action::EditProblem => (
            Phase::Preparation,
            Phase::Agreements,
            &[(Facilitator, Scope::Any), (Rapporteur, Scope::Any), (Actor, Scope::Any), (Participant, Scope::Own)],
        ),
        Action::ArrangeProblems | Action::ArrangeCommitments => {
            (Phase::Preparation, Phase::Agreements, &[(Facilitator, Scope::Any), (Rapporteur, Scope::Any)])
        }
        Action::EditCommitment => {
            (Phase::Analysis, Phase::Agreements, &[(Facilitator, Scope::Any), (Rapporteur, Scope::Any), (Actor, Scope::Any)])
        }
        Action::ConfirmFeasibility => (Phase::Agreements, Phase::Agreements, &[(Facilitator, Scope::Any), (Actor, Scope::Led)]),
    };
    if phase < from || phase > to {
        return Scope::Nothing;
    }
    roles.iter().find(|(listed, _)| *listed == role).map_or(Scope::Nothing, |(_, scope)| *scope)
}

/// Who may delete and restore what they may edit: its author, the facilitator (section 3, "delete").
pub fn may_delete(role: Role, is_author: bool) -> bool {
    role == Role::Facilitator || is_author
}
