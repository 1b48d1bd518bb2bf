//! Planned and actual times of a mesa's phases, for the agenda and the minutes (section 4).

use crate::Millis;
use crate::mesa::Mesa;
use crate::permission::Phase;

/// Milliseconds of a minute.
const MINUTE: Millis = 60_000;

impl Mesa {
    /// How long the mesa has been in a phase up to `now`, all visits together, in ms. Zero for the
    /// preparation before the first change of phase, because its beginning isn't known. A clock
    /// that was set back counts as zero.
    pub fn spent_in(&self, phase: Phase, now: Millis) -> Millis {
        let ends = self.conduct.phases.iter().skip(1).map(|next| next.at).chain([now]);
        let visits = self.conduct.phases.iter().zip(ends).filter(|(start, _)| start.phase == phase);
        visits
            .map(|(start, end)| end.saturating_sub(start.at).max(0))
            .fold(0, Millis::saturating_add)
    }

    /// The time that the agenda plans for a phase, in minutes.
    pub fn planned_for(&self, phase: Phase) -> u32 {
        let agenda = self.card.as_ref().map_or(&[][..], |card| &card.agenda);
        agenda.iter().filter(|item| item.phase == phase).map(|item| u32::from(item.minutes)).sum()
    }

    /// How far the mesa is behind its agenda, in whole minutes: what the phases before took beyond
    /// their times, less what others took less, and what the present one has taken beyond its own.
    pub fn behind(&self, now: Millis) -> u32 {
        let current = self.conduct.phase;
        let over = |phase: Phase| {
            let planned = i64::from(self.planned_for(phase)) * MINUTE;
            self.spent_in(phase, now).saturating_sub(planned)
        };
        let visited = |phase: &Phase| {
            let visited = self.conduct.phases.iter().any(|start| start.phase == *phase);
            visited && self.planned_for(*phase) > 0
        };
        let before = Phase::ALL.into_iter().filter(|phase| *phase < current).filter(visited);
        let before = before.map(over).fold(0, Millis::saturating_add);
        let present = if visited(&current) { over(current).max(0) } else { 0 };
        u32::try_from(before.saturating_add(present) / MINUTE).unwrap_or(0)
    }

    /// Where the minutes that the mesa is behind could be saved: the next phase that has more than
    /// those, and how many it would keep.
    pub fn shortened(&self, behind: u32) -> Option<(Phase, u32)> {
        let mut later = Phase::ALL.into_iter().filter(|phase| *phase > self.conduct.phase);
        let phase = later.find(|phase| self.planned_for(*phase) > behind)?;
        Some((phase, self.planned_for(phase) - behind))
    }

    /// When the mesa actually began and ended, ms since the epoch: when it first left the
    /// preparation, and when it went to the follow-up or was closed, unless it came back from
    /// there.
    pub fn met(&self) -> (Option<Millis>, Option<Millis>) {
        let began = self.conduct.phases.iter().find(|start| start.phase > Phase::Preparation);
        let ended = self
            .conduct
            .phases
            .iter()
            .rev()
            .take_while(|start| start.phase >= Phase::FollowUp)
            .last();
        (began.map(|start| start.at), ended.map(|start| start.at))
    }

    /// When the present phase began; none in the first one.
    pub fn phase_since(&self) -> Option<Millis> {
        self.conduct.phases.last().map(|start| start.at)
    }
}
