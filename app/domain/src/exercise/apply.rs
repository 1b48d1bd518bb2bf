//! Folding what the exercise and its mesas are, and what they know of each other, into the state.

use std::sync::Arc;

use super::Event;
use super::together::{PlanMove, Standing, Stood};
use crate::conduct::timing::PhaseStart;
use crate::state::State;
use crate::{Seq, StreamId};

impl State {
    pub(crate) fn apply_exercise(&mut self, event: &Event) {
        match event {
            Event::PlanOpened(card) => self.plan = Some(Arc::new(card.as_ref().clone())),
            Event::MesaGathered { mesa } => self.mesas.push(*mesa),
            Event::MesaOpened(card) => self.mesa = Some(Arc::new(card.as_ref().clone())),
            Event::ActorSeated(actor) => self.actors.push(Arc::new(actor.as_ref().clone())),
            Event::NoticePublished(notice) => self.notices.push(Arc::new(notice.as_ref().clone())),
            Event::LogoSet { place, logo } => {
                self.logos.insert(*place, logo.as_deref().cloned().map(Arc::new));
            }
            Event::MesaStood { standing, seq } => self.note_standing(standing, *seq),
            Event::PlanMoved { mesa, number, to, at } => self.take_move(*mesa, *number, PhaseStart { phase: *to, at: *at }),
            Event::PlanStood { siblings, seq, followed } => self.follow(siblings, *seq, *followed),
        }
    }

    fn note_standing(&mut self, standing: &Standing, seq: Seq) {
        let stood = Stood { standing: standing.clone(), seq };
        match self.standings.iter_mut().find(|other| other.standing.mesa == standing.mesa) {
            Some(known) => *known = stood,
            None => self.standings.push(stood),
        }
    }

    fn take_move(&mut self, mesa: StreamId, number: u32, start: PhaseStart) {
        self.course.moves = self.course.moves.saturating_add(1);
        self.course.last = Some(start);
        self.course.taken.insert(mesa, number);
        self.go_along(start);
    }

    fn follow(&mut self, siblings: &[Standing], seq: Seq, followed: Option<PlanMove>) {
        self.siblings = siblings.to_vec();
        self.course.told = seq;
        if let Some(plan) = followed {
            self.course.followed = plan.number;
            self.go_along(PhaseStart { phase: plan.leads(self.phase), at: plan.at });
        }
    }

    fn go_along(&mut self, start: PhaseStart) {
        if self.phase != start.phase {
            self.phase = start.phase;
            self.phases.push(start);
        }
    }
}
