//! Who may do what, by phase: one table, by which screens hide and the server refuses (section 3).
//! What isn't listed is refused.

use serde::{Deserialize, Serialize};

/// A person's role at the mesa. The server determines it from the session; devices can't claim it.
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
    /// Takes part without a signing seat.
    Participant,
    /// Reads the public page.
    Follower,
    /// Shows the mesa on a screen.
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
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
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

    /// Whether it belongs to the plan, for all its mesas at once: from the read-out on.
    pub fn is_of_the_plan(self) -> bool {
        self > Self::Agreements
    }
}

/// An action: a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Phases, floor, projection, timers, freezing, asking conformity, admitting, hiding,
    /// the door.
    Conduct,
    /// Add or edit a problem, its solutions and preliminary commitments.
    EditProblem,
    /// Contribute a doubt, a contribution or feedback.
    Contribute,
    /// Answer a contribution.
    AnswerContribution,
    /// Answer an objection: where it was raised, or where the mesa went back because of it.
    AnswerObjection,
    /// Merge, reorder, discard problems.
    ArrangeProblems,
    /// Reorder commitments.
    ArrangeCommitments,
    /// Add or edit a commitment and its activities.
    EditCommitment,
    /// Say whether a commitment can be done.
    ConfirmFeasibility,
    /// Override a check, with a reason. Checks block the read-out: they can be overridden until
    /// then.
    OverrideCheck,
    /// Waive the notice of ten days, with a reason. It is given before the mesa meets: it can be
    /// waived until then.
    WaiveNotice,
    /// Raise an objection.
    RaiseObjection,
    /// State conformity.
    StateConformity,
    /// Draw initials, sign, decline.
    Sign,
    /// Mark a signature as fingerprint, refused, absent or on paper.
    MarkSignature,
    /// Report progress of an activity.
    ReportProgress,
    /// Read the public parts, while the facilitator allows it.
    ReadPublic,
    /// Set up the exercise, its mesas, actors, seats, invitations, notice and logos.
    Prepare,
    /// Ask for the floor; pass in the round.
    AskFloor,
    /// Send the information pack, or declare that there is nothing of something.
    SendPack,
    /// Divide an organisation's points among the problems.
    GivePoints,
}

impl Action {
    /// Every action, in the order of section 3. Deleting isn't one of them: it depends on what is
    /// deleted, see [`deletable`].
    pub const ALL: [Self; 21] = [
        Self::Conduct,
        Self::EditProblem,
        Self::Contribute,
        Self::AnswerContribution,
        Self::AnswerObjection,
        Self::ArrangeProblems,
        Self::ArrangeCommitments,
        Self::EditCommitment,
        Self::ConfirmFeasibility,
        Self::OverrideCheck,
        Self::WaiveNotice,
        Self::RaiseObjection,
        Self::StateConformity,
        Self::Sign,
        Self::MarkSignature,
        Self::ReportProgress,
        Self::ReadPublic,
        Self::Prepare,
        Self::AskFloor,
        Self::SendPack,
        Self::GivePoints,
    ];

    /// Whether it means that people write or choose something on their own devices.
    fn is_writing(self) -> bool {
        match self {
            Self::EditProblem
            | Self::Contribute
            | Self::AnswerContribution
            | Self::AnswerObjection
            | Self::EditCommitment
            | Self::ConfirmFeasibility
            | Self::RaiseObjection
            | Self::StateConformity
            | Self::Sign
            | Self::ReportProgress
            | Self::GivePoints => true,
            Self::Conduct
            | Self::ArrangeProblems
            | Self::ArrangeCommitments
            | Self::OverrideCheck
            | Self::WaiveNotice
            | Self::MarkSignature
            | Self::ReadPublic
            | Self::Prepare
            | Self::AskFloor
            | Self::SendPack => false,
        }
    }

    /// Whether any role may do it in a phase: this is what a change of phase opens and closes.
    pub fn is_open_in(self, phase: Phase) -> bool {
        let (from, to, _) = row(self);
        (from..=to).contains(&phase)
    }
}

/// Which items a permission covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// None.
    Nothing,
    /// Those that the person added.
    Own,
    /// Those that the person's organisation leads.
    Led,
    /// All, if the person's organisation is a public institution.
    PublicInstitution,
    /// Only for the person's own seat.
    OwnSeat,
    /// All.
    Any,
    /// What the person's organisation sends, as guarantor or as public institution.
    OwnSender,
}

/// The first and the last phase of a permission, and the roles that have it.
type Row = (Phase, Phase, &'static [(Role, Scope)]);

/// The table of section 3.
fn row(action: Action) -> Row {
    use Phase::{
        Agreements, Analysis, Closed, Conformity, FollowUp, Introduction, Preparation, ReadOut,
        Signing,
    };
    use Role::{
        Actor, Administrator, CoFacilitator, Facilitator, Follower, Participant, Projector,
        Rapporteur,
    };
    use Scope::{Any, Led, Own, OwnSeat, OwnSender, PublicInstitution};
    match action {
        Action::Conduct => (Preparation, Closed, &[(Facilitator, Any), (CoFacilitator, Any)]),
        Action::EditProblem => (
            Preparation,
            Agreements,
            &[(Facilitator, Any), (Rapporteur, Any), (Actor, Any), (Participant, Own)],
        ),
        Action::Contribute => (
            Preparation,
            Agreements,
            &[(Facilitator, Any), (Rapporteur, Any), (Actor, Any), (Participant, Any)],
        ),
        Action::AnswerContribution => (
            Introduction,
            Agreements,
            &[(Facilitator, Any), (Rapporteur, Any), (Actor, PublicInstitution)],
        ),
        Action::AnswerObjection => (
            Agreements,
            Conformity,
            &[(Facilitator, Any), (Rapporteur, Any), (Actor, PublicInstitution)],
        ),
        Action::ArrangeProblems | Action::ArrangeCommitments => {
            (Preparation, Agreements, &[(Facilitator, Any), (Rapporteur, Any)])
        }
        Action::EditCommitment => {
            (Analysis, Agreements, &[(Facilitator, Any), (Rapporteur, Any), (Actor, Any)])
        }
        Action::ConfirmFeasibility => (Agreements, Agreements, &[(Facilitator, Any), (Actor, Led)]),
        Action::OverrideCheck => (Preparation, Agreements, &[(Facilitator, Any)]),
        Action::WaiveNotice => (Preparation, Preparation, &[(Facilitator, Any)]),
        Action::RaiseObjection => (ReadOut, Conformity, &[(Actor, Any), (Participant, Any)]),
        Action::StateConformity => (Conformity, Conformity, &[(Actor, OwnSeat)]),
        Action::Sign => (Signing, Signing, &[(Actor, OwnSeat)]),
        Action::MarkSignature => (Signing, Signing, &[(Facilitator, Any)]),
        Action::ReportProgress => (FollowUp, FollowUp, &[(Facilitator, Any), (Actor, Led)]),
        Action::ReadPublic => (Preparation, Closed, &[(Follower, Any), (Projector, Any)]),
        Action::Prepare => (Preparation, Closed, &[(Administrator, Any), (Facilitator, Any)]),
        Action::AskFloor => {
            (Introduction, Agreements, &[(Rapporteur, Any), (Actor, Any), (Participant, Any)])
        }
        Action::SendPack => (
            Preparation,
            Preparation,
            &[(Administrator, Any), (Facilitator, Any), (Actor, OwnSender)],
        ),
        Action::GivePoints => (Introduction, Agreements, &[(Actor, OwnSeat)]),
    }
}

/// What a role may do in a phase (section 3).
pub fn permitted(action: Action, phase: Phase, role: Role) -> Scope {
    let (from, to, roles) = row(action);
    if phase < from || phase > to {
        return Scope::Nothing;
    }
    roles.iter().find(|(listed, _)| *listed == role).map_or(Scope::Nothing, |(_, scope)| *scope)
}

/// Whether some role may write something in the one phase that it may not in the other: then what a
/// device without a network still has will be late.
pub fn closes_writing(from: Phase, to: Phase) -> bool {
    Action::ALL
        .into_iter()
        .any(|action| action.is_writing() && action.is_open_in(from) && !action.is_open_in(to))
}

/// Which items created by the action `making` a role may delete and restore in a phase: the
/// facilitator all, those who may create them their own (section 3, "delete").
pub fn deletable(making: Action, phase: Phase, role: Role) -> Scope {
    let (from, to, _) = row(making);
    if phase < from || phase > to {
        Scope::Nothing
    } else if role == Role::Facilitator {
        Scope::Any
    } else if permitted(making, phase, role) == Scope::Nothing {
        Scope::Nothing
    } else {
        Scope::Own
    }
}

/// Whether this role may contribute on behalf of a seat (section 3, "on behalf of several seats").
pub fn may_assist(role: Role) -> bool {
    matches!(role, Role::Facilitator | Role::CoFacilitator | Role::Rapporteur)
}
