//! Several mesas of one exercise feed one plan (section 2, fact 1). What a mesa and its plan know of each other: how each mesa
//! stands, and where the plan is. Quota, read-out, conformity, signing and follow-up belong to the plan (section 4); the phases
//! before the read-out are each mesa's own.
//!
//! Everyone may move at once, so the plan's stream decides the order. A mesa counts the moves that its own people made; the
//! plan takes each of them once, in the order in which they reach it, and counts its moves; a mesa follows the plan's latest
//! move as soon as the plan has taken all of its own. What a mesa does by following is never a move, so nothing echoes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::conduct::timing::PhaseStart;
use crate::deliberation::field::Assignment;
use crate::deliberation::item::{Category, ItemKind};
use crate::event::Event;
use crate::permission::Phase;
use crate::state::State;
use crate::{Millis, Seq, ShortText, StreamId, conduct, deliberation, exercise};

/// How a mesa stands, as its plan and the plan's other mesas know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its stream.
    pub mesa: StreamId,
    /// Its number in the exercise, from 1.
    pub number: u16,
    /// Its theme.
    pub theme: ShortText,
    /// Its phase.
    pub phase: Phase,
    /// How many commitments of each category are there to be read, in the order of [`Category::ALL`]; none with 0.
    pub commitments: Vec<(Category, u32)>,
    /// How many have no category yet.
    pub uncategorised: u32,
}

impl Standing {
    /// How a mesa stands now; none for what isn't a mesa.
    pub fn of(state: &State, mesa: StreamId) -> Option<Self> {
        let card = state.mesa.as_deref()?;
        let mut counts = [0; Category::ALL.len()];
        let mut uncategorised = 0;
        for item in state.visible(ItemKind::Commitment, None) {
            let category = item.as_commitment().and_then(|commitment| commitment.category);
            match category.and_then(|category| Category::ALL.iter().position(|other| *other == category)) {
                Some(place) => counts[place] += 1,
                None => uncategorised += 1,
            }
        }
        let commitments = Category::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        Some(Self { mesa, number: card.number, theme: card.theme.clone(), phase: state.phase, commitments, uncategorised })
    }

    /// How many commitments of a category it has.
    pub fn has(&self, category: Category) -> u32 {
        self.commitments.iter().find(|(other, _)| *other == category).map_or(0, |(_, count)| *count)
    }

    /// How many commitments it has in all.
    pub fn total(&self) -> u32 {
        self.commitments.iter().map(|(_, count)| *count).fold(self.uncategorised, u32::saturating_add)
    }
}

/// How a mesa stood, and at which place of its own stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// How it stood.
    pub standing: Standing,
    /// The place in the mesa's stream.
    pub seq: Seq,
}

/// A move of the plan: it goes to one of its own phases, or back to agreements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMove {
    /// Which of the plan's moves it is, from 1.
    pub number: u32,
    /// Where it went: agreements or later.
    pub to: Phase,
    /// When it was made, by the server's clock.
    pub at: Millis,
}

impl PlanMove {
    /// The phase of a mesa that follows the move from `phase`. Before the read-out each mesa has its own.
    pub fn leads(self, phase: Phase) -> Phase {
        if self.to.is_of_the_plan() { self.to } else { phase.min(Phase::Agreements) }
    }
}

/// The way that a plan and its mesas have gone together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// In a mesa's stream: how often its own people moved the plan. In a plan's: how often anybody did.
    pub moves: u32,
    /// The last of these moves.
    pub last: Option<PhaseStart>,
    /// In a mesa's stream: the number of the plan's move that it followed last.
    pub followed: u32,
    /// In a mesa's stream: the place in the plan's stream of what it knows of the other mesas.
    pub told: Seq,
    /// In a plan's stream: how many of each mesa's moves it has taken.
    pub taken: BTreeMap<StreamId, u32>,
}

impl Course {
    /// The last move of a plan, as a mesa follows it.
    pub fn plan_move(&self) -> Option<PlanMove> {
        self.last.map(|last| PlanMove { number: self.moves, to: last.phase, at: last.at })
    }
}

impl Event {
    /// Whether it may change how a mesa stands, or what its plan and the plan's other mesas know of each other.
    pub fn concerns_the_plan(&self) -> bool {
        match self {
            Self::Exercise(event) => !matches!(
                event,
                exercise::Event::PlanOpened(_)
                    | exercise::Event::ActorSeated(_)
                    | exercise::Event::NoticePublished(_)
                    | exercise::Event::LogoSet { .. }
            ),
            Self::Conduct(event) => matches!(event, conduct::Event::PhaseChanged { .. }),
            Self::Deliberation(event) => match event {
                deliberation::Event::ItemAdded { kind, .. } => *kind == ItemKind::Commitment,
                deliberation::Event::Assigned { value, .. } => matches!(value, Assignment::Category(_)),
                // Perhaps of a commitment.
                deliberation::Event::ItemRemoved { .. } | deliberation::Event::ItemRestored { .. } => true,
                deliberation::Event::ItemMoved { .. }
                | deliberation::Event::TextPatched { .. }
                | deliberation::Event::Contributed { .. }
                | deliberation::Event::HiddenSet { .. } => false,
            },
            Self::People(_) | Self::Redacted { .. } => false,
        }
    }
}

impl State {
    /// The plan that a stream is of: its own, or the one that its mesa feeds.
    pub fn plan_of(&self, stream: StreamId) -> Option<StreamId> {
        if self.plan.is_some() { Some(stream) } else { self.mesa.as_ref().map(|mesa| mesa.plan) }
    }

    /// The other mesas of a plan, by number, as the plan knows them.
    pub fn siblings_of(&self, mesa: StreamId) -> Vec<Standing> {
        let mut siblings: Vec<_> =
            self.standings.iter().map(|stood| &stood.standing).filter(|standing| standing.mesa != mesa).cloned().collect();
        siblings.sort_by_key(|standing| (standing.number, standing.mesa));
        siblings
    }

    /// Whether going to a phase moves the plan and with it all its mesas, and not only this mesa.
    pub fn moves_the_plan(&self, to: Phase) -> bool {
        self.phase != to && (self.phase.is_of_the_plan() || to.is_of_the_plan())
    }
}
