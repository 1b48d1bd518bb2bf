//! Planned and actual times of a mesa's phases, for the agenda and the minutes (section 4).

use crate::Millis;
use crate::mesa::Mesa;
use crate::permission::Phase;

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
