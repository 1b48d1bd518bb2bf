//! What screens ask of the plan: its commitments, at whatever mesa they were written.

use domain::agreement::verdict::Verdict;
use domain::deliberation::choice::Category;
use domain::{ItemId, ItemKind, MesaNumber, Phase, TextField};
use leptos::prelude::*;

use super::Live;
use crate::address;
use crate::erased::memo;
use crate::text::{agreement, date, name};

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

impl Live {
    /// Whether the viewer's organisation is asked for its conformity and they are who answers.
    pub fn asks_me(&self) -> Memo<bool> {
        let (view, me) = (self.view(), self.me());
        memo(move || {
            let state = view.read();
            let actor = me.seat.and_then(|seat| Some((seat, state.actor_of(seat)?)));
            let actor = actor.filter(|(seat, actor)| actor.acts_by(*seat));
            state.conduct.phase == Phase::Conformity
                && state.plan.open_question().is_some()
                && actor.is_some_and(|(_, actor)| {
                    state.plan.missing().any(|missing| missing == actor.number)
                })
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
