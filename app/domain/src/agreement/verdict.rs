//! Whether a commitment is adopted: the exercise's decision rule and quorum over what the asked
//! actors answered (section 2, fact 5).

use super::inquiry::Inquiry;
use super::stance::Stance;
use super::state::State;
use crate::ItemId;
use crate::exercise::{DecisionRule, ExerciseCard};

/// How many of the asked actors said what of a commitment's present text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Conformes.
    pub agree: u32,
    /// Conformes con reserva.
    pub with_reservation: u32,
    /// No conformes.
    pub disagree: u32,
    /// Abstenciones.
    pub abstain: u32,
    /// Answered, but not for this viewer to know yet.
    pub untold: u32,
    /// Didn't answer.
    pub missing: u32,
}

impl Tally {
    /// How many agree, with or without a reservation.
    pub fn agreeing(self) -> u32 {
        self.agree + self.with_reservation
    }

    /// How many answered.
    pub fn answered(self) -> u32 {
        self.agreeing() + self.disagree + self.abstain + self.untold
    }
}

/// What a commitment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Answers are still taken, or this viewer doesn't know them.
    Open,
    /// It is adopted.
    Adopted,
    /// Too few agree.
    NotAdopted,
    /// Too few answered for any decision.
    NoQuorum,
}

/// A commitment's outcome with the figures that explain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What was answered.
    pub tally: Tally,
    /// The rule.
    pub rule: DecisionRule,
    /// Least number of actors that have to answer.
    pub quorum: u32,
    /// Least number that have to agree, of as many as answered.
    pub required: u32,
    /// The outcome.
    pub outcome: Outcome,
}

impl Inquiry<'_> {
    /// How the asked actors answered about a commitment.
    pub fn tally(&self, commitment: ItemId) -> Tally {
        let mut tally = Tally::default();
        for actor in &self.question.entitled {
            let counted = match self.given(*actor, commitment).map(|given| &given.stance) {
                Some(Some(Stance::Agree)) => &mut tally.agree,
                Some(Some(Stance::AgreeWithReservation(_))) => &mut tally.with_reservation,
                Some(Some(Stance::Disagree(_))) => &mut tally.disagree,
                Some(Some(Stance::Abstain)) => &mut tally.abstain,
                Some(None) => &mut tally.untold,
                None => &mut tally.missing,
            };
            *counted += 1;
        }
        tally
    }

    /// What a commitment came to. Who didn't answer isn't counted, but enough have to answer for the
    /// quorum. Consensus: nobody disagrees, and somebody agrees. Simple majority: more than half of
    /// those who answered agree, qualified: at least two thirds; who abstains answered.
    pub fn verdict(&self, commitment: ItemId, rule: DecisionRule, quorum: u16) -> Verdict {
        let closed = self.question.closed.is_some();
        Verdict::of(self.tally(commitment), rule, quorum.into(), closed)
    }
}

impl State {
    /// How the asked actors answered about a commitment of the last version.
    pub fn tally(&self, commitment: ItemId) -> Tally {
        self.inquiry().map(|inquiry| inquiry.tally(commitment)).unwrap_or_default()
    }

    /// What a commitment of the last version came to, as [`Inquiry::verdict`].
    pub fn verdict(&self, commitment: ItemId, card: &ExerciseCard) -> Verdict {
        let closed = self.question.as_ref().is_some_and(|question| question.closed.is_some());
        Verdict::of(self.tally(commitment), card.decision_rule, card.quorum.into(), closed)
    }
}

impl Verdict {
    fn of(tally: Tally, rule: DecisionRule, quorum: u32, closed: bool) -> Self {
        let answered = tally.answered();
        let required = match rule {
            DecisionRule::Consensus => answered.saturating_sub(tally.abstain).max(1),
            DecisionRule::SimpleMajority => answered / 2 + 1,
            DecisionRule::QualifiedMajority => (answered * 2).div_ceil(3).max(1),
        };
        let outcome = if !closed || tally.untold > 0 {
            Outcome::Open
        } else if answered < quorum {
            Outcome::NoQuorum
        } else if tally.agreeing() >= required {
            Outcome::Adopted
        } else {
            Outcome::NotAdopted
        };
        Self { tally, rule, quorum, required, outcome }
    }
}
