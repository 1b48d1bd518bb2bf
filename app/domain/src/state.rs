//! What is true of a stream after its events: plain data, cheap to copy (items are shared until changed).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::event::AttendanceMode;
use crate::exercise::{Actor, MesaCard, PlanCard};
use crate::item::{Item, ItemKind};
use crate::permission::Phase;
use crate::registry::Registry;
use crate::{ActorNumber, Alias, ItemId, PersonId, SeatId, ShortText, StreamId};

/// What the projector shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown<I = ItemId> {
    /// The consolidated agreement.
    #[default]
    Agreement,
    /// Nothing.
    Blank,
    /// One problem or commitment.
    Item(I),
}

/// Someone who came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// For which organisation.
    pub organisation: ShortText,
    /// In which seat.
    pub seat: Option<SeatId>,
    /// How.
    pub mode: AttendanceMode,
}

/// A stream's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The plan, in a plan's stream.
    pub plan: Option<Arc<PlanCard>>,
    /// The mesas that feed it, in a plan's stream.
    pub mesas: Vec<StreamId>,
    /// The mesa, in a mesa's stream.
    pub mesa: Option<Arc<MesaCard>>,
    /// The organisations at the table, in order of their numbers.
    pub actors: Vec<Arc<Actor>>,
    /// The phase.
    pub phase: Phase,
    /// What is projected.
    pub shown: Shown,
    /// Whether people without a link may come in.
    pub door_open: bool,
    /// Who came.
    pub attendees: BTreeMap<PersonId, Attendee>,
    /// Problems in order, deleted ones too.
    pub problems: Vec<ItemId>,
    /// Commitments in order, deleted ones too.
    pub commitments: Vec<ItemId>,
    /// Every item.
    pub items: BTreeMap<ItemId, Arc<Item>>,
    /// The ids behind the aliases, in order.
    pub aliases: Vec<ItemId>,
    /// Who was let in; empty in what is sent to anybody.
    pub registry: Arc<Registry>,
}

impl State {
    /// An item, deleted or not.
    pub fn item(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.items.get(&id)
    }

    /// The id behind an alias.
    pub fn by_alias(&self, alias: Alias) -> Option<ItemId> {
        self.aliases.get(alias.0 as usize).copied()
    }

    /// Whether an item is there to be read: neither it nor the commitment it belongs to was deleted.
    pub fn is_visible(&self, item: &Item) -> bool {
        !item.removed && item.parent().is_none_or(|parent| self.item(parent).is_some_and(|parent| !parent.removed))
    }

    /// The ids of the list that an item stands in, in order, deleted ones too. Empty for an activity of no commitment.
    pub fn list(&self, kind: ItemKind, parent: Option<ItemId>) -> &[ItemId] {
        match kind {
            ItemKind::Problem => &self.problems,
            ItemKind::Commitment => &self.commitments,
            ItemKind::Activity => parent.and_then(|id| self.item(id)).and_then(|item| item.as_commitment()).map_or(&[], |c| &c.activities),
        }
    }

    /// The items of a list that are there to be read, in order. The place in it, from 1, is the item's number.
    pub fn visible(&self, kind: ItemKind, parent: Option<ItemId>) -> impl Iterator<Item = &Arc<Item>> {
        self.list(kind, parent).iter().filter_map(|id| self.item(*id)).filter(|item| self.is_visible(item))
    }

    /// Number of an item in its list, from 1.
    pub fn number(&self, item: &Item) -> Option<usize> {
        self.visible(item.kind(), item.parent()).position(|other| other.id == item.id).map(|place| place + 1)
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
