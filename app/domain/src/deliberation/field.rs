//! The fields of items: long texts by name, short fields as typed values.

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::{
    Category, Component, Feasibility, ItemKind, Origin, Party, ProblemState, Response,
    SolutionState,
};
use crate::text::words::Remark;
use crate::{Date, ItemId, ShortText};

/// A long text of an item. The same name on two kinds of item is the same idea (a title is a
/// title).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextField {
    /// Title; the text of an activity, a solution, a preliminary commitment.
    Title,
    /// Statement of a problem.
    Statement,
    /// Who is affected.
    Affected,
    /// Where.
    Place,
    /// Causes.
    Causes,
    /// Effects.
    Effects,
    /// Evidence.
    Evidence,
    /// Minimum criteria.
    MinimumCriteria,
    /// Objective of a commitment.
    Objective,
    /// Description.
    Description,
    /// How it contributes to the solution.
    Contribution,
    /// Expected result.
    ExpectedResult,
    /// What the indicator measures.
    Indicator,
    /// Budget note.
    BudgetNote,
    /// Deliverable or means of verification of an activity.
    Deliverable,
}

impl TextField {
    /// The long texts of a kind of item, in the order of its sheet.
    pub fn of(kind: ItemKind) -> &'static [Self] {
        match kind {
            ItemKind::Problem => &[
                Self::Title,
                Self::Statement,
                Self::Affected,
                Self::Place,
                Self::Causes,
                Self::Effects,
                Self::Evidence,
                Self::MinimumCriteria,
            ],
            ItemKind::Commitment => &[
                Self::Title,
                Self::Objective,
                Self::Description,
                Self::Contribution,
                Self::ExpectedResult,
                Self::Indicator,
                Self::BudgetNote,
            ],
            ItemKind::Activity => &[Self::Title, Self::Deliverable],
            ItemKind::Solution | ItemKind::DraftCommitment => &[Self::Title],
            // The text of a contribution can't be edited.
            ItemKind::Contribution => &[],
        }
    }

    /// Whether it is a single line, without line feeds.
    pub fn is_line(self) -> bool {
        self == Self::Title
    }

    /// What was typed or pasted, made valid for this field:
    /// [`cleaned`](crate::text::words::cleaned), or as one line.
    pub fn cleaned(self, text: &str) -> String {
        if self.is_line() {
            crate::text::words::cleaned_line(text)
        } else {
            crate::text::words::cleaned(text)
        }
    }

    /// Most Unicode scalars that the text may hold.
    pub fn limit(self) -> u32 {
        match self {
            Self::Title => 500,
            Self::Affected
            | Self::Place
            | Self::Indicator
            | Self::Deliverable
            | Self::BudgetNote => 2_000,
            Self::Statement
            | Self::Causes
            | Self::Effects
            | Self::Evidence
            | Self::MinimumCriteria
            | Self::Objective
            | Self::Description
            | Self::Contribution
            | Self::ExpectedResult => 8_000,
        }
    }
}

/// A short field and its new value; the last one in the server's order wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Assignment {
    /// Origin of a problem or a preliminary commitment.
    Origin(Option<Origin>),
    /// Source of its evidence.
    EvidenceSource(ShortText),
    /// State of a problem.
    ProblemState(ProblemState),
    /// Category of a commitment.
    Category(Option<Category>),
    /// Whether a commitment answers a problem.
    Problem {
        /// The problem.
        problem: ItemId,
        /// Whether it is answered.
        linked: bool,
    },
    /// Axis of the reference plan.
    Axis(Option<u8>),
    /// Unit of the indicator.
    IndicatorUnit(ShortText),
    /// Baseline.
    IndicatorBaseline(ShortText),
    /// Target.
    IndicatorTarget(ShortText),
    /// Period of measurement.
    IndicatorPeriod(ShortText),
    /// Whether a commitment has an open-government component.
    Component {
        /// The component.
        component: Component,
        /// Whether it has it.
        present: bool,
    },
    /// Lead institution of a commitment or an activity.
    Lead(Party),
    /// Civil counterpart.
    Counterpart(Party),
    /// First day of a commitment or an activity.
    Starts(Option<Date>),
    /// Last day of a commitment.
    Ends(Option<Date>),
    /// Due date of an activity.
    Due(Option<Date>),
    /// Feasibility of a commitment.
    Feasibility(Feasibility),
    /// Sustainable Development Goal.
    Sdg(Option<u8>),
    /// Post of the person responsible for an activity.
    ResponsiblePost(ShortText),
    /// Name of the person responsible.
    ResponsiblePerson(ShortText),
    /// Who shares the responsibility.
    CoResponsible(ShortText),
    /// Who proposed a solution.
    ProposedBy(ShortText),
    /// State of a solution.
    SolutionState(SolutionState),
    /// The commitment that a preliminary one became.
    Becomes(Option<ItemId>),
    /// The reasoned response to a contribution.
    Response(Response),
}

impl Assignment {
    /// The line of text in the field; none for a field of another type.
    pub fn line(&self) -> Option<&ShortText> {
        match self {
            Self::EvidenceSource(text)
            | Self::IndicatorUnit(text)
            | Self::IndicatorBaseline(text)
            | Self::IndicatorTarget(text)
            | Self::IndicatorPeriod(text)
            | Self::ResponsiblePost(text)
            | Self::ResponsiblePerson(text)
            | Self::CoResponsible(text)
            | Self::ProposedBy(text) => Some(text),
            Self::Origin(_)
            | Self::ProblemState(_)
            | Self::Category(_)
            | Self::Problem { .. }
            | Self::Axis(_)
            | Self::Component { .. }
            | Self::Lead(_)
            | Self::Counterpart(_)
            | Self::Starts(_)
            | Self::Ends(_)
            | Self::Due(_)
            | Self::Feasibility(_)
            | Self::Sdg(_)
            | Self::SolutionState(_)
            | Self::Becomes(_)
            | Self::Response(_) => None,
        }
    }

    /// The day in the field; none when empty, or for a field of another type.
    pub fn day(&self) -> Option<Date> {
        if let Self::Starts(day) | Self::Ends(day) | Self::Due(day) = self { *day } else { None }
    }

    /// The institution in the field; none for a field of another type.
    pub fn party(&self) -> Option<&Party> {
        if let Self::Lead(party) | Self::Counterpart(party) = self { Some(party) } else { None }
    }

    /// What someone typed in it; none for a choice, a date, or an empty field.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::ProblemState(ProblemState::Discarded(text))
            | Self::Lead(Party::Named(text))
            | Self::Counterpart(Party::Named(text))
            | Self::Feasibility(
                Feasibility::ConfirmedBy(text) | Feasibility::WithReservations(text),
            ) => Some(text.as_str()),
            Self::Response(response) => response.reason.as_ref().map(Remark::as_str),
            other => other.line().map(ShortText::as_str),
        }
    }

    /// Whether items of this kind have the field.
    pub fn belongs_to(&self, kind: ItemKind) -> bool {
        match self {
            Self::Origin(_) => matches!(kind, ItemKind::Problem | ItemKind::DraftCommitment),
            Self::EvidenceSource(_) | Self::ProblemState(_) => kind == ItemKind::Problem,
            Self::Category(_)
            | Self::Problem { .. }
            | Self::Axis(_)
            | Self::IndicatorUnit(_)
            | Self::IndicatorBaseline(_)
            | Self::IndicatorTarget(_)
            | Self::IndicatorPeriod(_)
            | Self::Component { .. }
            | Self::Counterpart(_)
            | Self::Ends(_)
            | Self::Feasibility(_)
            | Self::Sdg(_) => kind == ItemKind::Commitment,
            Self::Lead(_) | Self::Starts(_) => {
                matches!(kind, ItemKind::Commitment | ItemKind::Activity)
            }
            Self::Due(_)
            | Self::ResponsiblePost(_)
            | Self::ResponsiblePerson(_)
            | Self::CoResponsible(_) => kind == ItemKind::Activity,
            Self::ProposedBy(_) | Self::SolutionState(_) => kind == ItemKind::Solution,
            Self::Becomes(_) => kind == ItemKind::DraftCommitment,
            Self::Response(_) => kind == ItemKind::Contribution,
        }
    }

    /// Whether both set the same field.
    pub fn is_of_the_field_of(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// The other item that it names; none for most fields.
    pub fn item_mut(&mut self) -> Option<&mut ItemId> {
        match self {
            Self::ProblemState(ProblemState::MergedInto(item))
            | Self::Problem { problem: item, .. } => Some(item),
            Self::Becomes(item) => item.as_mut(),
            Self::Response(response) => response.change.as_mut(),
            _ => None,
        }
    }
}
