//! How enums stand in text columns. Fixed: the tables' CHECKs list the same words.

use domain::event::AttendanceMode;
use domain::exercise::{DecisionRule, MeetingMode, SeatKind, Sector};
use domain::item::{Category, Origin};
use domain::{ContributionKind, Phase, ResponseStatus, Role, SolutionState, TextField};

use crate::record::StreamKind;

/// An enum that stands in a text column.
pub(crate) trait Coded: Copy + Sized + 'static {
    /// Every value.
    const VALUES: &'static [Self];

    /// The word in the column.
    fn code(self) -> &'static str;

    /// The value of a word; none for a word that is never written.
    fn parse(code: &str) -> Option<Self> {
        Self::VALUES.iter().copied().find(|value| value.code() == code)
    }
}

macro_rules! coded {
    ($($name:ident { $($variant:ident = $code:literal),+ $(,)? })+) => {$(
        impl Coded for $name {
            const VALUES: &'static [Self] = &[$(Self::$variant),+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    )+};
}

coded! {
    StreamKind { Mesa = "mesa", Plan = "plan" }
    Phase {
        Preparation = "preparation",
        Introduction = "introduction",
        Analysis = "analysis",
        Agreements = "agreements",
        ReadOut = "read_out",
        Conformity = "conformity",
        Signing = "signing",
        FollowUp = "follow_up",
        Closed = "closed",
    }
    Role {
        Administrator = "administrator",
        Facilitator = "facilitator",
        CoFacilitator = "co_facilitator",
        Rapporteur = "rapporteur",
        Actor = "actor",
        Participant = "participant",
        Follower = "follower",
        Projector = "projector",
    }
    DecisionRule {
        Consensus = "consensus",
        SimpleMajority = "simple_majority",
        QualifiedMajority = "qualified_majority",
    }
    MeetingMode { InPerson = "in_person", Remote = "remote", Hybrid = "hybrid" }
    Sector {
        Guarantor = "guarantor",
        PublicInstitution = "public_institution",
        Facilitation = "facilitation",
        CivilSociety = "civil_society",
        Academia = "academia",
        PrivateSector = "private_sector",
        Citizens = "citizens",
    }
    SeatKind { Holder = "holder", Alternate = "alternate" }
    AttendanceMode { InRoom = "in_room", Remote = "remote", Assisted = "assisted" }
    Origin {
        KickoffEvent = "kickoff_event",
        ConsultationDesk = "consultation_desk",
        ConsultationWeb = "consultation_web",
        RecurrentRequests = "recurrent_requests",
        Statistics = "statistics",
        OtherStudy = "other_study",
        AtTheMesa = "at_the_mesa",
    }
    Category {
        FollowTheMoney = "follow_the_money",
        NationalPlanAligned = "national_plan_aligned",
        LocalProblem = "local_problem",
        Proactive = "proactive",
    }
    SolutionState { Proposed = "proposed", Adopted = "adopted", SetAside = "set_aside" }
    ContributionKind {
        Question = "question",
        Contribution = "contribution",
        Feedback = "feedback",
        Objection = "objection",
    }
    ResponseStatus {
        Pending = "pending",
        Adopted = "adopted",
        PartlyAdopted = "partly_adopted",
        NotAdopted = "not_adopted",
    }
    TextField {
        Title = "title",
        Statement = "statement",
        Affected = "affected",
        Place = "place",
        Causes = "causes",
        Effects = "effects",
        Evidence = "evidence",
        MinimumCriteria = "minimum_criteria",
        Objective = "objective",
        Description = "description",
        Contribution = "contribution",
        ExpectedResult = "expected_result",
        Indicator = "indicator",
        BudgetNote = "budget_note",
        Deliverable = "deliverable",
    }
}
