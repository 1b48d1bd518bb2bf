//! An exercise: state folded from its stream's events, with its mesas and everybody who was let in.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::card::{Actor, ExerciseCard, Logo, LogoPlace, PrivacyNotice};
use super::sections::Sections;
use super::standing::Standing;
use crate::deliberation::choice::{Category, ItemKind};
use crate::deliberation::field::TextField;
use crate::deliberation::item::Item;
use crate::mesa::Mesa;
use crate::people::registry::Registry;
use crate::permission::Role;
use crate::text::patch::Patch;
use crate::{Alias, ItemId, MesaNumber, PersonId, SeatId, agreement, pack};

/// An exercise's state. Cheap to copy: mesas are shared until changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Exercise {
    /// What was set up in advance.
    pub card: Option<Arc<ExerciseCard>>,
    /// The privacy notices, in order of their versions.
    pub notices: Vec<Arc<PrivacyNotice>>,
    /// The logos by place; none: there was one and it was removed.
    pub logos: BTreeMap<LogoPlace, Option<Arc<Logo>>>,
    /// The organisations at the table, in order of their numbers.
    pub actors: Vec<Arc<Actor>>,
    /// The mesas.
    pub mesas: BTreeMap<MesaNumber, Arc<Mesa>>,
    /// The ids behind the aliases, in order.
    pub aliases: Vec<ItemId>,
    /// What is agreed on.
    pub plan: Arc<agreement::State>,
    /// Who was let in; empty in what is sent to devices.
    pub registry: Arc<Registry>,
    /// The optional sections of the plan's document; empty in what is sent to devices.
    pub sections: Arc<Sections>,
    /// The information pack; empty in what is sent to devices.
    pub pack: Arc<pack::State>,
}

/// The serialised form: without what the mesas share of the exercise.
#[derive(Deserialize)]
struct Kept {
    card: Option<Arc<ExerciseCard>>,
    notices: Vec<Arc<PrivacyNotice>>,
    logos: BTreeMap<LogoPlace, Option<Arc<Logo>>>,
    actors: Vec<Arc<Actor>>,
    mesas: BTreeMap<MesaNumber, Arc<Mesa>>,
    aliases: Vec<ItemId>,
    plan: Arc<agreement::State>,
    #[cfg_attr(
        target_arch = "wasm32",
        serde(deserialize_with = "crate::people::registry::pass_over")
    )]
    registry: Arc<Registry>,
    sections: Arc<Sections>,
    #[cfg_attr(target_arch = "wasm32", serde(deserialize_with = "pack::pass_over"))]
    pack: Arc<pack::State>,
}

impl From<Kept> for Exercise {
    fn from(kept: Kept) -> Self {
        let Kept { card, notices, logos, actors, mesas, aliases, plan, registry, sections, pack } =
            kept;
        let mut exercise =
            Self { card, notices, logos, actors, mesas, aliases, plan, registry, sections, pack };
        exercise.share();
        exercise
    }
}

impl Exercise {
    /// A mesa.
    pub fn mesa(&self, number: MesaNumber) -> Option<&Arc<Mesa>> {
        self.mesas.get(&number)
    }

    pub(crate) fn mesa_mut(&mut self, number: MesaNumber) -> Option<&mut Mesa> {
        self.mesas.get_mut(&number).map(Arc::make_mut)
    }

    /// The mesa that an item belongs to.
    pub fn mesa_of(&self, item: ItemId) -> Option<&Arc<Mesa>> {
        self.mesas.values().find(|mesa| mesa.deliberation.items.contains_key(&item))
    }

    pub(crate) fn mesa_of_mut(&mut self, item: ItemId) -> Option<&mut Mesa> {
        self.mesas
            .values_mut()
            .find(|mesa| mesa.deliberation.items.contains_key(&item))
            .map(Arc::make_mut)
    }

    /// An item, deleted or not.
    pub fn item(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.mesas.values().find_map(|mesa| mesa.item(id))
    }

    /// The id behind an alias.
    pub fn by_alias(&self, alias: Alias) -> Option<ItemId> {
        self.aliases.get(alias.0 as usize).copied()
    }

    /// Changes a long text; what doesn't fit changes nothing.
    pub fn patch(&mut self, id: ItemId, field: TextField, patch: &Patch) {
        if let Some(mesa) = self.mesa_of_mut(id) {
            mesa.deliberation.patch(id, field, patch);
        }
    }

    /// The actor that a seat belongs to.
    pub fn actor_of(&self, seat: SeatId) -> Option<&Arc<Actor>> {
        self.actors.iter().find(|actor| actor.seats.iter().any(|other| other.id == seat))
    }

    /// The people who were let in to a mesa with a role, in order of their ids: a mesa's
    /// facilitator and rapporteur (section 4). Empty where the registry isn't shown.
    pub fn people_as(&self, mesa: MesaNumber, role: Role) -> Vec<PersonId> {
        let sessions =
            self.registry.sessions.values().filter(|session| session.grant.role_at(mesa) == role);
        let mut people: Vec<_> = sessions.map(|session| session.person).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Copies into the mesas what they share of the exercise and of each other.
    pub(crate) fn share(&mut self) {
        let standings: Vec<Standing> = self.mesas.values().map(|mesa| Standing::of(mesa)).collect();
        for mesa in self.mesas.values_mut() {
            let siblings = || standings.iter().filter(|standing| standing.number != mesa.number);
            if mesa.exercise == self.card
                && mesa.actors == self.actors
                && mesa.plan == self.plan
                && mesa.siblings.iter().eq(siblings())
            {
                continue;
            }
            let siblings = siblings().cloned().collect();
            let mesa = Arc::make_mut(mesa);
            (mesa.exercise, mesa.actors, mesa.siblings) =
                (self.card.clone(), self.actors.clone(), siblings);
            mesa.plan = Arc::clone(&self.plan);
        }
    }
}

impl Standing {
    /// The present standing of a mesa.
    pub fn of(mesa: &Mesa) -> Self {
        let mut counts = [0; Category::ALL.len()];
        let mut uncategorised = 0;
        for item in mesa.visible(ItemKind::Commitment, None) {
            let category = item.as_commitment().and_then(|commitment| commitment.category);
            match category
                .and_then(|category| Category::ALL.iter().position(|other| *other == category))
            {
                Some(place) => counts[place] += 1,
                None => uncategorised += 1,
            }
        }
        let commitments =
            Category::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        let theme = mesa.card.as_ref().map(|card| card.theme.clone()).unwrap_or_default();
        Self { number: mesa.number, theme, phase: mesa.conduct.phase, commitments, uncategorised }
    }
}
