//! Folding events about leading a mesa into its state.

use std::sync::Arc;

use super::late::Pause;
use super::shown::Shown;
use super::{Event, PhaseStart, State};
use super::{moderation, notes};
use crate::deliberation::finding::Override;
use crate::exercise::Exercise;
use crate::permission::Phase;
use crate::{MesaNumber, Millis};

/// Most pauses of the server that a mesa remembers; the oldest are dropped.
const PAUSE_LIMIT: usize = 20;

impl Exercise {
    pub(crate) fn apply_conduct(&mut self, number: MesaNumber, event: &Event) {
        match event {
            Event::JoinCodeSet { code } => {
                Arc::make_mut(&mut self.registry).join_codes.insert(number, code.clone());
            }
            Event::PhaseChanged { to, at } => self.change_phase(number, *to, *at),
            event => {
                if let Some(mesa) = self.mesa_mut(number) {
                    Arc::make_mut(&mut mesa.conduct).apply(event);
                }
            }
        }
    }

    /// A mesa goes to a phase. From the read-out on phases belong to the plan: all mesas move
    /// together, and when they go back each returns to its own phase.
    fn change_phase(&mut self, number: MesaNumber, to: Phase, at: Millis) {
        let Some(mesa) = self.mesa(number) else { return };
        let with_all = mesa.conduct.moves_the_plan(to);
        for (other, mesa) in &mut self.mesas {
            let to = match *other == number {
                true => to,
                false if !with_all => continue,
                false if to.is_of_the_plan() => to,
                false => mesa.conduct.phase_before_the_plan(),
            };
            if *other == number || mesa.conduct.phase != to {
                let conduct = Arc::make_mut(&mut Arc::make_mut(mesa).conduct);
                // One that never moved has to be found again where it was.
                if *other != number && conduct.phases.is_empty() {
                    conduct.phases.push(PhaseStart { phase: conduct.phase, at });
                }
                // What was projected belongs to the phase that ends: a mesa that is asked for its
                // conformity shouldn't look at an objection that was answered.
                if to.is_of_the_plan()
                    && matches!(conduct.shown, Shown::Item(_) | Shown::Chart | Shown::Priority)
                {
                    conduct.shown = Shown::Agreement;
                }
                conduct.phase = to;
                conduct.wall.hold(false);
                conduct.phases.push(PhaseStart { phase: to, at });
            }
        }
    }
}

impl State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::DoorSet { open } => self.door_open = *open,
            Event::ShownChanged { shown } => self.show(shown),
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
            Event::CameLate(late) => self.late.push(*late),
            Event::LateAsked => {
                self.late_asks = self.late_asks.wrapping_add(1);
                self.late.iter_mut().for_each(|late| late.asked = true);
            }
            Event::LateSettled { print } => self.late.retain(|late| late.print != *print),
            Event::StoodStill(pause) => self.paused(*pause),
            Event::NoticeCounted { notice } => self.notice = *notice,
            Event::WallTaken { by } => self.wall.take(*by),
            Event::WallHeld { held } => self.wall.hold(*held),
            Event::LinedUp { item, first } => self.wall.line_up(*item, *first),
            Event::LeftOut { item } => self.wall.leave_out(*item),
            Event::NoteWritten(note) => notes::write(&mut self.notes, note.clone()),
            Event::Muted(mute) => moderation::mute(&mut self.muted, mute.clone()),
            Event::MuteLifted { person } => self.muted.retain(|mute| mute.person != *person),
            Event::Appealed { person, text } => {
                moderation::appeal(&mut self.muted, *person, text);
            }
            Event::NoteErased { note } => self.notes.retain(|other| other.id != *note),
            Event::ChartChosen(chart) => self.chart = Some(Arc::new(chart.as_ref().clone())),
            // Handled by the exercise's state.
            Event::JoinCodeSet { .. } | Event::PhaseChanged { .. } => {}
        }
    }

    /// The projector shows something: it doesn't stand still, and that doesn't wait any longer.
    pub(crate) fn show(&mut self, shown: &Shown) {
        self.wall.show(if let Shown::Item(item) = shown { Some(*item) } else { None });
        self.shown = shown.clone();
    }

    /// Whether going to a phase moves the plan and with it all its mesas, not only this one.
    pub fn moves_the_plan(&self, to: Phase) -> bool {
        self.phase != to && (self.phase.is_of_the_plan() || to.is_of_the_plan())
    }

    /// The mesa's last phase before those of the plan; if it never had one, the last such phase
    /// there is.
    fn phase_before_the_plan(&self) -> Phase {
        let own = |start: &&PhaseStart| !start.phase.is_of_the_plan();
        self.phases.iter().rev().find(own).map_or(Phase::Agreements, |start| start.phase)
    }

    fn paused(&mut self, pause: Pause) {
        self.pauses.push(pause);
        let surplus = self.pauses.len().saturating_sub(PAUSE_LIMIT);
        self.pauses.drain(..surplus);
    }
}
