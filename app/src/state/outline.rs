//! The whole plan in short, as the public page begins: each commitment with who answers for it, its
//! last day and how far it is adopted, and its activities with their dates. Commitments are numbered
//! through the plan, mesa by mesa.

use std::sync::Arc;

use domain::agreement::follow::commitments;
use domain::agreement::verdict::Outcome;
use domain::deliberation::choice::Category;
use domain::exercise::calendar::Calendar;
use domain::exercise::outline::Adoption;
use domain::{Date, Exercise, Item, ItemId, ItemKind, Mesa, Phase};
use leptos::prelude::*;

use super::Live;
use crate::erased::memo;
use crate::text::name;

/// The plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its commitments, in order.
    pub commitments: Vec<Line>,
    /// The months from its first day to its last; none before the exercise has its period.
    pub calendar: Option<Calendar>,
}

/// A commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub id: ItemId,
    /// Its number in the plan.
    pub number: usize,
    /// Its category.
    pub category: Option<Category>,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub lead: Option<String>,
    /// Its last day.
    pub last: Option<Date>,
    /// How far it is adopted.
    pub adoption: Adoption,
    /// Its activities, in order.
    pub activities: Vec<Planned>,
}

/// An activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub id: ItemId,
    /// The number of its commitment and its own.
    pub number: (usize, usize),
    /// Its title.
    pub title: String,
    /// The post or institution that answers for it; empty: nobody yet.
    pub responsible: String,
    /// When it is due.
    pub due: Option<Date>,
}

impl Outline {
    /// The outline of an exercise, as its viewer may see it.
    pub fn of(exercise: &Exercise) -> Self {
        let lines = (1..).zip(commitments(exercise));
        let commitments: Vec<_> =
            lines.filter_map(|(number, id)| line(exercise, number, id)).collect();
        let due: Vec<Date> = commitments
            .iter()
            .flat_map(|line| &line.activities)
            .filter_map(|activity| activity.due)
            .collect();
        let calendar =
            exercise.card.as_ref().map(|card| Calendar::of(card.starts, card.ends, &due));
        Self { commitments, calendar }
    }

    /// A commitment.
    pub fn commitment(&self, id: ItemId) -> Option<&Line> {
        self.commitments.iter().find(|line| line.id == id)
    }

    /// All activities: the one that is due first comes first, those without a date last.
    pub fn by_date(&self) -> Vec<&Planned> {
        let mut all: Vec<_> = self.commitments.iter().flat_map(|line| &line.activities).collect();
        all.sort_by_key(|activity| (activity.due.is_none(), activity.due, activity.number));
        all
    }

    /// How many activities there are.
    pub fn activities(&self) -> usize {
        self.commitments.iter().map(|line| line.activities.len()).sum()
    }
}

fn line(exercise: &Exercise, number: usize, id: ItemId) -> Option<Line> {
    let mesa = exercise.mesa_of(id)?;
    let item = mesa.item(id)?;
    let commitment = item.as_commitment()?;
    let activities = (1..).zip(mesa.visible(ItemKind::Activity, Some(id)));
    Some(Line {
        id,
        number,
        category: commitment.category,
        title: name::title(item),
        lead: name::party(mesa, &commitment.lead),
        last: exercise.last_day(id),
        adoption: exercise.adoption(id),
        activities: activities.map(|(own, item)| planned(mesa, item, (number, own))).collect(),
    })
}

fn planned(mesa: &Mesa, item: &Item, number: (usize, usize)) -> Planned {
    let activity = item.as_activity();
    let post = activity.map(|activity| activity.responsible_post.to_string());
    let lead = || activity.and_then(|activity| name::party(mesa, &activity.lead));
    let responsible = post.filter(|post| !post.is_empty()).or_else(lead).unwrap_or_default();
    let due = activity.and_then(|activity| activity.due);
    Planned { id: item.id, number, title: name::title(item), responsible, due }
}

/// Where the plan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The phase of the plan, otherwise that of the exercise's mesa; none while several mesas have
    /// their own.
    pub phase: Option<Phase>,
    /// The last version, and the day on which it was frozen.
    pub version: Option<(u16, Date)>,
    /// Which commitment of how many is being read out.
    pub reading: Option<(usize, usize)>,
    /// How many of the asked organisations answered.
    pub answered: (usize, usize),
    /// How many commitments are adopted, once the question is closed.
    pub adopted: Option<(usize, usize)>,
    /// Whether the last version is *firmada*.
    pub signed: bool,
}

impl Live {
    /// The outline of the plan, of all its mesas.
    pub fn outline(&self) -> Memo<Arc<Outline>> {
        let (live, mesas) = (*self, self.all_views());
        memo(move || {
            mesas.with(|mesas| mesas.iter().for_each(|view| view.track()));
            Arc::new(live.with_exercise(Outline::of))
        })
    }

    /// The views of all mesas of the exercise.
    fn all_views(&self) -> Memo<Vec<RwSignal<Arc<Mesa>>>> {
        let (live, view) = (*self, self.view());
        let others =
            memo(move || view.read().siblings.iter().map(|other| other.number).collect::<Vec<_>>());
        memo(move || {
            let others = others.get().into_iter().map(|number| live.at(number).view);
            std::iter::once(live.view).chain(others).collect()
        })
    }

    /// Where the plan stands.
    pub fn standing(&self, outline: Memo<Arc<Outline>>) -> Memo<Standing> {
        let view = self.view();
        let zone = self.clocks.zone().unwrap_or(crate::page::Zone::UTC);
        memo(move || {
            let state = view.read();
            let (plan, alone) = (&state.plan, state.siblings.is_empty());
            let phase = state.conduct.phase;
            let reading = plan.version().and_then(|version| {
                Some((version.number_of(plan.reading?)?, version.commitments.len()))
            });
            let entitled = plan.question.as_ref().map_or(0, |it| it.entitled.len());
            let decided = |line: &&Line| matches!(line.adoption, Adoption::Asked(_));
            let outline = outline.read();
            let asked = outline.commitments.iter().filter(decided).count();
            let adopted = |line: &&Line| line.adoption == Adoption::Asked(Outcome::Adopted);
            let adopted = outline.commitments.iter().filter(adopted).count();
            let closed = plan.question.as_ref().is_some_and(|it| it.closed.is_some());
            Standing {
                phase: Some(phase).filter(|phase| alone || phase.is_of_the_plan()),
                version: plan.version().map(|version| (version.number, zone.day(version.at))),
                reading,
                answered: (entitled - plan.missing().count().min(entitled), entitled),
                adopted: (closed && asked > 0).then_some((adopted, outline.commitments.len())),
                signed: plan.version().is_some_and(|version| {
                    plan.round_of(version.number).is_some_and(|round| round.seal.is_some())
                }),
            }
        })
    }
}
