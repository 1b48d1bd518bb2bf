//! What screens ask of the plan: its commitments, at whatever mesa they were written.

use domain::agreement::verdict::Verdict;
use domain::deliberation::choice::Category;
use domain::{ActorNumber, ItemId, ItemKind, MesaNumber, Phase, TextField, agreement as plan};
use leptos::prelude::*;

use super::Live;
use crate::address;
use crate::erased::memo;
use crate::text::{agreement, date, name};

/// What the viewer's organisation is called upon to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// To say whether it is conforme.
    Answer,
    /// To sign.
    Sign,
    /// To consent to the document again, whose pages changed.
    Consent,
}

/// A commitment as it is read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its category.
    pub category: Option<Category>,
    /// Its title.
    pub title: String,
    /// What it says in a few lines: objective, indicator, who answers for it.
    pub lines: Vec<String>,
    /// Its activities with their due dates.
    pub activities: Vec<(String, Option<String>)>,
    /// Where all of it can be read; none at another mesa.
    pub href: Option<String>,
}

/// What a commitment came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Result {
    /// Its number in the plan.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// The outcome with its figures.
    pub verdict: Verdict,
}

/// What an actor is called upon to do in a phase.
fn called(phase: Phase, plan: &plan::State, actor: ActorNumber) -> Option<Call> {
    match phase {
        Phase::Conformity => {
            plan.open_question()?;
            plan.missing().any(|missing| missing == actor).then_some(Call::Answer)
        }
        Phase::Signing => {
            let round = plan.round().filter(|round| round.seal.is_none())?;
            round.open().find(|open| *open == actor)?;
            Some(if round.mark(actor).is_some() { Call::Consent } else { Call::Sign })
        }
        _ => None,
    }
}

impl Live {
    /// What the viewer's organisation is called upon to do, if they are who does it.
    pub fn calls_me(&self) -> Memo<Option<Call>> {
        let (view, me) = (self.view(), self.me());
        memo(move || {
            let state = view.read();
            let seat = me.seat?;
            let actor = state.actor_of(seat).filter(|actor| actor.acts_by(seat))?.number;
            called(state.conduct.phase, &state.plan, actor)
        })
    }

    /// A commitment of any mesa; none when there is no such item.
    pub fn sheet_of(&self, id: ItemId) -> Memo<Option<Sheet>> {
        let (live, view) = (*self, self.view());
        memo(move || {
            view.track();
            live.with_exercise(|exercise| {
                let mesa = exercise.mesa_of(id)?;
                let item = mesa.item(id)?;
                let commitment = item.as_commitment()?;
                let written = |field| {
                    Some(item.text(field).trim().to_owned())
                        .filter(|text: &String| !text.is_empty())
                };
                let lines = [
                    written(TextField::Objective),
                    agreement::indicator(item.text(TextField::Indicator), &commitment.indicator),
                    agreement::answers_for(
                        name::party(mesa, &commitment.lead),
                        name::party(mesa, &commitment.counterpart),
                    ),
                ];
                let activities = mesa.visible(ItemKind::Activity, Some(id)).map(|activity| {
                    let due = activity.as_activity().and_then(|activity| activity.due);
                    (name::title(activity), due.map(date::date))
                });
                Some(Sheet {
                    category: commitment.category,
                    title: name::title(item),
                    lines: lines.into_iter().flatten().collect(),
                    activities: activities.collect(),
                    href: (mesa.number == live.mesa().number)
                        .then(|| address::of(live.mesa(), item)),
                })
            })
        })
    }

    /// The mesa at which an item can be seen; none when there is none. Call it where the view is
    /// tracked.
    pub fn holding(&self, id: ItemId) -> Option<MesaNumber> {
        self.with_exercise(|exercise| {
            let mesa = exercise.mesa_of(id)?;
            mesa.is_visible(mesa.item(id)?).then_some(mesa.number)
        })
    }

    /// The title of an item of any mesa. Call it where the view is tracked.
    pub fn title_of(&self, id: ItemId) -> String {
        self.with_exercise(|exercise| exercise.item(id).map(|item| name::title(item)))
            .unwrap_or_default()
    }

    /// The number of a commitment in the last version, and how many that has.
    pub fn place_in_the_plan(&self, id: ItemId) -> Memo<Option<(usize, usize)>> {
        let view = self.view();
        memo(move || {
            let state = view.read();
            let version = state.plan.version()?;
            Some((version.number_of(id)?, version.commitments.len()))
        })
    }

    /// What the commitments of the last version came to, in its order.
    pub fn results(&self) -> Memo<Vec<Result>> {
        let (live, view) = (*self, self.view());
        memo(move || {
            let state = view.read();
            let (Some(card), Some(version)) = (&state.exercise, state.plan.version()) else {
                return Vec::new();
            };
            let result = |(number, frozen): (usize, &domain::agreement::FrozenCommitment)| Result {
                number,
                title: live.title_of(frozen.item),
                verdict: state.plan.verdict(frozen.item, card),
            };
            (1..).zip(&version.commitments).map(result).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::Digest;
    use domain::agreement::signing::{Hand, Mark, Noted, Round, Seal, Slot};
    use domain::exercise::SeatKind;

    use super::*;

    const ACTOR: ActorNumber = ActorNumber(3);

    fn signing(mark: Option<Mark>) -> plan::State {
        let round = Round {
            version: 1,
            opened: 0,
            slots: [(ACTOR, Slot { mark, witness: None })].into(),
            pages: Some(10),
            base: None,
            closed: None,
            changes: 0,
            seal: None,
            scans: Vec::new(),
        };
        plan::State { rounds: vec![round], ..plan::State::default() }
    }

    #[test]
    fn an_actor_is_called_to_sign_until_it_did_or_the_plan_is_sealed() {
        let signed = |pages| {
            let hand = Hand::Drawn { initials: None, signature: None };
            let capacity = SeatKind::Holder;
            Some(Mark::Signed { hand, capacity, person: None, assisted: false, pages, at: 0 })
        };
        let call = |plan: &plan::State| called(Phase::Signing, plan, ACTOR);
        assert_eq!(call(&signing(None)), Some(Call::Sign));
        assert_eq!(call(&signing(signed(10))), None);
        assert_eq!(call(&signing(signed(9))), Some(Call::Consent));
        for noted in [Noted::Paper, Noted::Fingerprint, Noted::Absent] {
            assert_eq!(call(&signing(Some(Mark::Noted { noted, at: 0 }))), None);
        }
        let mut sealed = signing(None);
        sealed.rounds[0].seal = Some(Seal { document: Digest([0; 32]), pages: 10, at: 0 });
        assert_eq!(call(&sealed), None);
        let open = signing(None);
        assert_eq!(called(Phase::Signing, &open, ActorNumber(4)), None, "it has no slot");
        for other in [Phase::Conformity, Phase::FollowUp, Phase::Closed] {
            assert_eq!(called(other, &open, ACTOR), None);
        }
    }
}
