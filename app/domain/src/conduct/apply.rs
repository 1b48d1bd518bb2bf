//! Folding how a mesa is led into its state.

use std::sync::Arc;

use super::Event;
use super::late::{Late, Pause};
use crate::deliberation::finding::Override;
use crate::exercise::Exercise;
use crate::mesa::Mesa;
use crate::mesa::PhaseStart;
use crate::permission::Phase;
use crate::{MesaNumber, Millis};

impl Exercise {
    pub(crate) fn apply_conduct(&mut self, number: MesaNumber, event: &Event) {
        match event {
            Event::JoinCodeSet { code } => {
                Arc::make_mut(&mut self.registry).join_codes.insert(number, code.clone());
            }
            Event::PhaseChanged { to, at } => self.change_phase(number, *to, *at),
            event => {
                if let Some(mesa) = self.mesa_mut(number) {
                    mesa.apply_conduct(event);
                }
            }
        }
    }

    /// Someone at a mesa goes to a phase. From the read-out on phases are the plan's: all mesas go
    /// together, and back together.
    fn change_phase(&mut self, number: MesaNumber, to: Phase, at: Millis) {
        let Some(mesa) = self.mesa(number) else { return };
        let with_all = mesa.moves_the_plan(to);
        for (other, mesa) in &mut self.mesas {
            let to = match *other == number {
                true => to,
                false if !with_all => continue,
                false if to.is_of_the_plan() => to,
                false => mesa.phase.min(Phase::Agreements),
            };
            if *other == number || mesa.phase != to {
                let mesa = Arc::make_mut(mesa);
                mesa.phase = to;
                mesa.phases.push(PhaseStart { phase: to, at });
            }
        }
    }
}

impl Mesa {
    fn apply_conduct(&mut self, event: &Event) {
        match event {
            Event::DoorSet { open } => self.door_open = *open,
            Event::ShownChanged { shown } => self.shown = shown.clone(),
            Event::CheckOverridden { finding, reason, at } => {
                self.overrides.retain(|other| !other.finding.is_about_the_same_as(finding));
                self.overrides.push(Override {
                    finding: *finding,
                    reason: reason.clone(),
                    at: *at,
                });
            }
            Event::OverrideWithdrawn { finding } => {
                self.overrides.retain(|other| !other.finding.is_about_the_same_as(finding))
            }
            Event::CameLate(late) => self.came_late(late),
            Event::LateAsked => self.late_asked(),
            Event::LateSettled { print } => self.late_settled(*print),
            Event::StoodStill(pause) => self.paused(*pause),
            // Not this mesa's alone.
            Event::JoinCodeSet { .. } | Event::PhaseChanged { .. } => {}
        }
    }

    /// Whether going to a phase moves the plan and with it all its mesas, and not only this mesa.
    pub fn moves_the_plan(&self, to: Phase) -> bool {
        self.phase != to && (self.phase.is_of_the_plan() || to.is_of_the_plan())
    }
}

/// Most pauses of the server that a mesa remembers, the newest.
const PAUSE_LIMIT: usize = 20;

impl Mesa {
    pub(crate) fn came_late(&mut self, late: &Late) {
        self.late.push(*late);
    }

    pub(crate) fn late_asked(&mut self) {
        self.late_asks = self.late_asks.wrapping_add(1);
        self.late.iter_mut().for_each(|late| late.asked = true);
    }

    pub(crate) fn late_settled(&mut self, print: u64) {
        self.late.retain(|late| late.print != print);
    }

    pub(crate) fn paused(&mut self, pause: Pause) {
        self.pauses.push(pause);
        let surplus = self.pauses.len().saturating_sub(PAUSE_LIMIT);
        self.pauses.drain(..surplus);
    }
}
