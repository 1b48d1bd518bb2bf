//! The open prioritisation and those that were closed: state folded from its events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::mesa::Mesa;
use crate::{ActorNumber, ItemId, Millis, SeatId};

/// How an organisation divided its points: problems with at least one, each once.
pub type Share = Vec<(ItemId, u8)>;

/// What is known of a mesa's priorities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The open one.
    pub open: Option<Prioritisation>,
    /// Those that were closed, oldest first.
    pub closed: Vec<Outcome>,
    /// How many were opened.
    pub opened: u16,
}

/// Points that are being divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prioritisation {
    /// Its number at the mesa, from 1.
    pub number: u16,
    /// The problems that can be chosen, in their order when it was opened.
    pub problems: Vec<ItemId>,
    /// How many points each organisation has.
    pub points: u8,
    /// When it was opened, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Which organisations divided theirs.
    pub given: BTreeMap<ActorNumber, Given>,
}

/// That an organisation divided its points, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// How often it did: the last time counts.
    pub times: u16,
    /// How; none: the viewer doesn't get it.
    pub share: Option<Share>,
}

/// A closed prioritisation. Who gave what isn't kept with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its number at the mesa, from 1.
    pub number: u16,
    /// When it was closed, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// How many points each organisation had.
    pub points: u8,
    /// The sums, most points first.
    pub sums: Vec<(ItemId, u32)>,
    /// Which organisations divided theirs.
    pub gave: Vec<ActorNumber>,
    /// Which of those at the table didn't.
    pub missing: Vec<ActorNumber>,
}

/// What somebody's own organisation said, for its own devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// In which prioritisation.
    pub number: u16,
    /// How often it divided its points.
    pub times: u16,
    /// How it did the last time.
    pub share: Share,
}

impl Prioritisation {
    /// How many organisations divided their points.
    pub fn count(&self) -> usize {
        self.given.len()
    }
}

impl Mesa {
    /// The organisations that are asked to divide points: those with a seat at the table.
    pub fn prioritising(&self) -> impl Iterator<Item = ActorNumber> {
        let asked = self.actors.iter().filter(|actor| !actor.withdrawn && !actor.seats.is_empty());
        asked.map(|actor| actor.number)
    }

    /// Those that haven't in the open prioritisation.
    pub fn not_prioritised(&self) -> Vec<ActorNumber> {
        let Some(open) = &self.priority.open else { return Vec::new() };
        self.prioritising().filter(|actor| !open.given.contains_key(actor)).collect()
    }

    /// Whether points can be given to a problem: it is visible, wasn't merged into another and wasn't
    /// discarded.
    pub fn is_choosable(&self, problem: ItemId) -> bool {
        use crate::deliberation::choice::ProblemState;
        self.item(problem).is_some_and(|item| {
            let state = item.as_problem().map(|problem| &problem.state);
            let out = matches!(
                state,
                None | Some(ProblemState::MergedInto(_) | ProblemState::Discarded(_))
            );
            self.is_visible(item) && !out
        })
    }

    /// What the organisation of a seat said in the open prioritisation, in the server's state; a
    /// device has only its own that isn't confirmed yet.
    pub fn own_share(&self, seat: SeatId) -> Option<Own> {
        let open = self.priority.open.as_ref()?;
        let given = open.given.get(&self.actor_of(seat)?.number)?;
        Some(Own { number: open.number, times: given.times, share: given.share.clone()? })
    }
}
