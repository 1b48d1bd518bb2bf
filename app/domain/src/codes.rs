//! The codes of the enums: one list for the tables' columns, the open data and its description.
//! They are the glossary's (section 7) and never change: the tables' CHECKs list them, and people's
//! programs compare one year's data with another's.

use crate::agreement::Fate;
use crate::deliberation::choice::{Category, Component, Feasibility, Origin, ProblemState};
use crate::deliberation::contribution::ContributionKind;
use crate::exercise::{DecisionRule, MeetingMode, SeatKind};
use crate::pack::{DayKind, Entry};
use crate::people::attendance::AttendanceMode;
use crate::{Phase, ResponseStatus, Role, SolutionState, TextField};

/// A value with a code.
pub trait Coded {
    /// Every code, in the order of the variants.
    const CODES: &'static [&'static str];

    /// Its code. Data of the variant (a reason, another item) isn't in it.
    fn code(&self) -> &'static str;
}

/// A value that is fully described by its code.
pub trait Parsed: Coded + Copy + 'static {
    /// Every value, in the order of [`Coded::CODES`].
    const VALUES: &'static [Self];

    /// The value with a code; none for an unknown code.
    fn parse(code: &str) -> Option<Self> {
        Self::VALUES.iter().copied().find(|value| value.code() == code)
    }
}

/// Gives enums their codes. Enums in braces have no data in their variants, those in parentheses
/// have some.
#[macro_export]
macro_rules! coded {
    ($($name:ident { $($variant:ident = $code:literal),+ $(,)? })*) => {$(
        impl $crate::codes::Coded for $name {
            const CODES: &'static [&'static str] = &[$($code),+];

            fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl $crate::codes::Parsed for $name {
            const VALUES: &'static [Self] = &[$(Self::$variant),+];
        }
    )*};
    ($($name:ident ( $($variant:pat => $code:literal),+ $(,)? ))*) => {$(
        impl $crate::codes::Coded for $name {
            const CODES: &'static [&'static str] = &[$($code),+];

            fn code(&self) -> &'static str {
                match self {
                    $($variant => $code,)+
                }
            }
        }
    )*};
}

coded! {
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
    Fate {
        Kept = "kept",
        Taken = "taken",
        Put = "put",
        Field = "field",
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
    Component {
        Transparency = "transparency",
        Participation = "participation",
        Accountability = "accountability",
        Innovation = "innovation",
    }
    SolutionState { Proposed = "proposed", Adopted = "adopted", SetAside = "set_aside" }
    ContributionKind {
        Question = "question",
        Contribution = "contribution",
        Feedback = "feedback",
        Objection = "objection",
    }
    DayKind { Calendar = "calendar", Business = "business" }
    Entry {
        CapacityKit = "capacity_kit",
        Problems = "problems",
        MinimumCriteria = "minimum_criteria",
        Solutions = "solutions",
        DraftCommitments = "draft_commitments",
        WindowConsultation = "window_consultation",
        WebConsultation = "web_consultation",
        RecurrentRequests = "recurrent_requests",
        Studies = "studies",
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

coded! {
    ProblemState (
        Self::Proposed => "proposed",
        Self::InAnalysis => "in_analysis",
        Self::Prioritised => "prioritised",
        Self::MergedInto(_) => "merged",
        Self::Discarded(_) => "discarded",
    )
    Feasibility (
        Self::Pending => "pending",
        Self::ConfirmedBy(_) => "confirmed",
        Self::WithReservations(_) => "with_reservations",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Sector;

    fn codes_are_unique<T: Parsed + PartialEq + std::fmt::Debug>() {
        assert_eq!(T::VALUES.iter().map(Coded::code).collect::<Vec<_>>(), T::CODES);
        for (value, code) in T::VALUES.iter().zip(T::CODES) {
            assert_eq!(T::parse(code), Some(*value), "{code} is one value's");
            assert!(
                code.bytes().all(|letter| letter.is_ascii_lowercase()
                    || letter.is_ascii_digit()
                    || letter == b'_'),
                "{code}"
            );
        }
        assert_eq!(T::parse(""), None);
    }

    #[test]
    fn a_word_is_one_value_s_and_a_value_has_one_word() {
        codes_are_unique::<Phase>();
        codes_are_unique::<Role>();
        codes_are_unique::<DecisionRule>();
        codes_are_unique::<MeetingMode>();
        codes_are_unique::<Sector>();
        codes_are_unique::<SeatKind>();
        codes_are_unique::<AttendanceMode>();
        codes_are_unique::<Origin>();
        codes_are_unique::<Category>();
        codes_are_unique::<Component>();
        codes_are_unique::<SolutionState>();
        codes_are_unique::<ContributionKind>();
        codes_are_unique::<ResponseStatus>();
        codes_are_unique::<TextField>();
        codes_are_unique::<DayKind>();
        codes_are_unique::<Entry>();
    }

    #[test]
    fn pick_lists_leave_nothing_out() {
        assert_eq!(Origin::VALUES, Origin::ALL);
        assert_eq!(Category::VALUES, Category::ALL);
        assert_eq!(Component::VALUES, Component::ALL);
        assert_eq!(SolutionState::VALUES, SolutionState::ALL);
        assert_eq!(ContributionKind::VALUES, ContributionKind::ALL);
        assert_eq!(ResponseStatus::VALUES, ResponseStatus::ALL);
    }

    #[test]
    fn what_a_state_holds_is_not_in_its_word() {
        let states: [ProblemState; 5] = [
            ProblemState::Proposed,
            ProblemState::InAnalysis,
            ProblemState::Prioritised,
            ProblemState::MergedInto(
                "01936d3e-0000-7000-8000-000000000001".parse().expect("an id"),
            ),
            ProblemState::Discarded(crate::ShortText::default()),
        ];
        assert_eq!(states.map(|state| state.code()), ProblemState::CODES);
        assert_eq!(
            Feasibility::WithReservations(crate::ShortText::default()).code(),
            Feasibility::CODES[2]
        );
    }
}
