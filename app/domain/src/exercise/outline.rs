//! The plan at a glance, as anybody may see it: how far a commitment is adopted, until when it
//! lasts, and who is conforme with what (sections 4 and 5). It says nothing that the state it is
//! asked of doesn't have: what an audience may not know yet was taken out before.

use std::collections::BTreeMap;

use super::state::Exercise;
use crate::agreement::Stance;
use crate::agreement::verdict::Outcome;
use crate::deliberation::choice::ItemKind;
use crate::permission::Phase;
use crate::{ActorNumber, Date, ItemId};

/// How far a commitment is adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adoption {
    /// Its text may still change, or isn't in the last version.
    Draft,
    /// It is frozen, and the question for conformity with this version wasn't asked yet.
    Frozen,
    /// The question was asked, and this is what it came to so far.
    Asked(Outcome),
}

/// What an actor said of the commitments of the last version, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Conforme with these.
    pub agree: Vec<usize>,
    /// Con reserva.
    pub with_reservation: Vec<usize>,
    /// No conforme.
    pub disagree: Vec<usize>,
    /// Abstención.
    pub abstain: Vec<usize>,
    /// Answered, but not for this viewer to know yet.
    pub untold: Vec<usize>,
    /// Not answered, or about a text that has changed since.
    pub missing: Vec<usize>,
}

impl Exercise {
    /// The phase of the plan; none before its read-out, when each mesa has its own.
    pub fn plan_phase(&self) -> Option<Phase> {
        let phase = self.mesas.values().next().map(|mesa| mesa.conduct.phase);
        phase.filter(|phase| phase.is_of_the_plan())
    }

    /// How far a commitment is adopted.
    pub fn adoption(&self, commitment: ItemId) -> Adoption {
        let version = self.plan.version().filter(|last| last.text_of(commitment).is_some());
        let (Some(phase), Some(version), Some(card)) = (self.plan_phase(), version, &self.card)
        else {
            return Adoption::Draft;
        };
        let asked = self.plan.question.as_ref().is_some_and(|it| it.version == version.number);
        if phase == Phase::ReadOut || !asked {
            return Adoption::Frozen;
        }
        Adoption::Asked(self.plan.verdict(commitment, card).outcome)
    }

    /// The last day of a commitment: the latest on which one of its activities is due, otherwise
    /// its own end; none when neither is known.
    pub fn last_day(&self, commitment: ItemId) -> Option<Date> {
        let mesa = self.mesa_of(commitment)?;
        let activities = mesa.visible(ItemKind::Activity, Some(commitment));
        let due = activities.filter_map(|item| item.as_activity()?.due).max();
        due.or_else(|| mesa.item(commitment)?.as_commitment()?.ends)
    }

    /// What each asked actor said of the last version; empty while nobody was asked about it.
    pub fn positions(&self) -> BTreeMap<ActorNumber, Position> {
        let plan = &self.plan;
        let version = plan.version().filter(|_| self.plan_phase() > Some(Phase::ReadOut));
        let question = plan.question.as_ref();
        let (Some(version), Some(question)) = (version, question) else { return BTreeMap::new() };
        if question.version != version.number {
            return BTreeMap::new();
        }
        let of = |actor: ActorNumber| {
            let mut position = Position::default();
            for (number, frozen) in (1..).zip(&version.commitments) {
                let said = plan.given(actor, frozen.item).map(|given| &given.stance);
                position.with(said).push(number);
            }
            (actor, position)
        };
        question.entitled.iter().map(|actor| of(*actor)).collect()
    }
}

impl Position {
    fn with(&mut self, said: Option<&Option<Stance>>) -> &mut Vec<usize> {
        match said {
            Some(Some(Stance::Agree)) => &mut self.agree,
            Some(Some(Stance::AgreeWithReservation(_))) => &mut self.with_reservation,
            Some(Some(Stance::Disagree(_))) => &mut self.disagree,
            Some(Some(Stance::Abstain)) => &mut self.abstain,
            Some(None) => &mut self.untold,
            None => &mut self.missing,
        }
    }

    /// Whether nothing is missing, and all of it is agreed to, with or without a reservation.
    pub fn is_conforme(&self) -> bool {
        let others = [&self.disagree, &self.abstain, &self.untold, &self.missing];
        others.into_iter().all(Vec::is_empty)
            && !(self.agree.is_empty() && self.with_reservation.is_empty())
    }
}
