//! Folding how a mesa is led into its state.

use std::sync::Arc;

use super::Event;
use super::timing::PhaseStart;
use crate::Millis;
use crate::deliberation::check::Override;
use crate::permission::Phase;
use crate::state::State;

impl State {
    pub(crate) fn apply_conduct(&mut self, event: &Event) {
        match event {
            Event::JoinCodeSet { code } => Arc::make_mut(&mut self.registry).join_code = code.clone(),
            Event::DoorSet { open } => self.door_open = *open,
            Event::PhaseChanged { to, at } => self.change_phase(*to, *at),
            Event::ShownChanged { shown } => self.shown = shown.clone(),
            Event::CheckOverridden { finding, reason, at } => {
                self.overrides.retain(|other| !other.finding.is_about_the_same_as(finding));
                self.overrides.push(Override { finding: *finding, reason: reason.clone(), at: *at });
            }
            Event::OverrideWithdrawn { finding } => self.overrides.retain(|other| !other.finding.is_about_the_same_as(finding)),
            Event::CameLate(late) => self.came_late(late),
            Event::LateAsked => self.late_asked(),
            Event::LateSettled { print } => self.late_settled(*print),
            Event::StoodStill(pause) => self.paused(*pause),
        }
    }

    /// Someone at the mesa goes to a phase: a move of the plan, if it is one of the plan's or leaves one.
    fn change_phase(&mut self, to: Phase, at: Millis) {
        if self.moves_the_plan(to) {
            self.course.moves = self.course.moves.saturating_add(1);
            self.course.last = Some(PhaseStart { phase: to.max(Phase::Agreements), at });
        }
        self.phase = to;
        self.phases.push(PhaseStart { phase: to, at });
    }
}
