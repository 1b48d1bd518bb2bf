//! A mesa: state folded from its events, by area. Plain data, cheap to copy (items are shared until
//! changed).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::ItemKind;
use crate::deliberation::item::Item;
use crate::exercise::card::{Actor, ExerciseCard, MesaCard};
use crate::exercise::standing::Standing;
use crate::{
    ActorNumber, Date, ItemId, MesaNumber, PersonId, SeatId, agreement, conduct, deliberation,
    floor, people, priority, veil,
};

/// A mesa's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mesa {
    /// Its number in the exercise.
    pub number: MesaNumber,
    /// What was set up in advance.
    pub card: Option<Arc<MesaCard>>,
    /// How it is led.
    pub conduct: Arc<conduct::State>,
    /// Who is at it.
    pub people: Arc<people::State>,
    /// What is written and said at it.
    pub deliberation: deliberation::State,
    /// Who speaks at it.
    pub floor: Arc<floor::State>,
    /// Which of its problems come first.
    pub priority: Arc<priority::State>,
    /// What each writes alone at it.
    pub veil: Arc<veil::State>,
    /// The exercise's card, shared by the exercise.
    #[serde(skip)]
    pub exercise: Option<Arc<ExerciseCard>>,
    /// The organisations at the table, in order of their numbers, shared by the exercise.
    #[serde(skip)]
    pub actors: Vec<Arc<Actor>>,
    /// What is agreed on, shared by the exercise.
    #[serde(skip)]
    pub plan: Arc<agreement::State>,
    /// The standing of the exercise's other mesas, in order of their numbers; derived from them.
    #[serde(skip)]
    pub siblings: Vec<Standing>,
}

impl Mesa {
    /// An item, deleted or not.
    pub fn item(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.deliberation.item(id)
    }

    /// Whether an item is visible: neither it nor the item that it is a part of was deleted.
    pub fn is_visible(&self, item: &Item) -> bool {
        self.deliberation.is_visible(item)
    }

    /// The visible items of a list, in order. The place in this order, from 1, is the item's
    /// number.
    pub fn visible(
        &self,
        kind: ItemKind,
        parent: Option<ItemId>,
    ) -> impl Iterator<Item = &Arc<Item>> {
        self.deliberation.visible(kind, parent)
    }

    /// Number of an item in its list, from 1.
    pub fn number(&self, item: &Item) -> Option<usize> {
        self.deliberation.number(item)
    }

    /// Whether a person added an item, under any of their ids.
    pub fn is_by(&self, item: &Item, person: Option<PersonId>) -> bool {
        item.author.zip(person).is_some_and(|(author, person)| self.people.are_one(author, person))
    }

    /// Folds an event about items into the state.
    pub(crate) fn apply_deliberation(&mut self, event: &deliberation::Event) {
        let plan = self.exercise.as_ref().map(|exercise| (exercise.starts, exercise.ends));
        self.deliberation.apply(event, plan);
    }

    /// First and last day of the plan; unlimited without an exercise.
    pub fn plan_period(&self) -> (Date, Date) {
        self.exercise
            .as_ref()
            .map_or((Date::MIN, Date::MAX), |exercise| (exercise.starts, exercise.ends))
    }

    /// An actor by its number.
    pub fn actor(&self, number: ActorNumber) -> Option<&Arc<Actor>> {
        self.actors.iter().find(|actor| actor.number == number)
    }

    /// The actor that a seat belongs to.
    pub fn actor_of(&self, seat: SeatId) -> Option<&Arc<Actor>> {
        self.actors.iter().find(|actor| actor.seats.iter().any(|other| other.id == seat))
    }
}
