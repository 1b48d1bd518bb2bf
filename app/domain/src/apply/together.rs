//! What a mesa and its plan learn of each other.

use crate::conduct::timing::PhaseStart;
use crate::exercise::together::{PlanMove, Standing, Stood};
use crate::permission::Phase;
use crate::state::State;
use crate::{Millis, Seq, StreamId};

impl State {
    /// Someone at the mesa goes to a phase: a move of the plan, if it is one of the plan's or leaves one.
    pub(super) fn change_phase(&mut self, to: Phase, at: Millis) {
        if self.moves_the_plan(to) {
            self.course.moves = self.course.moves.saturating_add(1);
            self.course.last = Some(PhaseStart { phase: to.max(Phase::Agreements), at });
        }
        self.phase = to;
        self.phases.push(PhaseStart { phase: to, at });
    }

    pub(super) fn note_standing(&mut self, standing: &Standing, seq: Seq) {
        let stood = Stood { standing: standing.clone(), seq };
        match self.standings.iter_mut().find(|other| other.standing.mesa == standing.mesa) {
            Some(known) => *known = stood,
            None => self.standings.push(stood),
        }
    }

    pub(super) fn take_move(&mut self, mesa: StreamId, number: u32, start: PhaseStart) {
        self.course.moves = self.course.moves.saturating_add(1);
        self.course.last = Some(start);
        self.course.taken.insert(mesa, number);
        self.go_along(start);
    }

    pub(super) fn follow(&mut self, siblings: &[Standing], seq: Seq, followed: Option<PlanMove>) {
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
