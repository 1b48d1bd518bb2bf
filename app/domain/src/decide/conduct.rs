//! Leading the mesa: what is shown, the phase, the door, who left, and which findings of the checks may pass.

use super::{Judge, when};
use crate::PersonId;
use crate::deliberation::check::{self, Finding};
use crate::event::Event;
use crate::people::attendance;
use crate::permission::{Action, Phase};
use crate::rejection::Rejection;
use crate::state::Shown;
use crate::text::words::Remark;

impl Judge<'_> {
    pub(super) fn show(&self, shown: &Shown) -> Result<Vec<Event>, Rejection> {
        self.require(Action::Conduct, None)?;
        if let Shown::Item(item) = shown {
            self.visible(*item)?;
        }
        Ok(when(self.state.shown != *shown, Event::ShownChanged { shown: shown.clone() }))
    }

    /// Any phase from any other: going back destroys nothing.
    pub(super) fn change_phase(&self, to: Phase) -> Result<Vec<Event>, Rejection> {
        self.require(Action::Conduct, None)?;
        let open = check::in_the_way_of(self.state, to).len();
        if open > 0 {
            return Err(Rejection::ChecksOpen { open: u32::try_from(open).unwrap_or(u32::MAX) });
        }
        Ok(when(self.state.phase != to, Event::PhaseChanged { to, at: self.context.now }))
    }

    pub(super) fn set_door(&self, open: bool) -> Result<Vec<Event>, Rejection> {
        self.require(Action::Conduct, None)?;
        Ok(when(self.state.door_open != open, Event::DoorSet { open }))
    }

    pub(super) fn note_attendance(&self, person: PersonId, there: bool) -> Result<Vec<Event>, Rejection> {
        self.require(Action::Conduct, None)?;
        attendance::note(self.state, person, there, self.context.now)
    }

    /// Each time anew: whoever couldn't send what they hold the last time may by now.
    pub(super) fn ask_late(&self) -> Result<Vec<Event>, Rejection> {
        self.require(Action::Conduct, None)?;
        Ok(when(!self.state.late.is_empty(), Event::LateAsked))
    }

    pub(super) fn settle_late(&self, print: u64) -> Result<Vec<Event>, Rejection> {
        let late = self.state.late.iter().find(|late| late.print == print);
        if late.is_some_and(|late| late.person != self.context.person) {
            self.require(Action::Conduct, None)?;
        }
        Ok(when(late.is_some(), Event::LateSettled { print }))
    }

    pub(super) fn override_check(&self, finding: &Finding, reason: &Remark) -> Result<Vec<Event>, Rejection> {
        self.require(Action::OverrideCheck, None)?;
        // What was mended meanwhile, or got worse, isn't what the facilitator looked at.
        let found = check::findings(self.state).into_iter().find(|found| found.finding == *finding);
        let found = found.ok_or(Rejection::UnknownValue)?;
        let same = found.overridden.is_some_and(|granted| granted.reason == *reason);
        Ok(when(!same, Event::CheckOverridden { finding: *finding, reason: reason.clone(), at: self.context.now }))
    }

    pub(super) fn withdraw_override(&self, finding: &Finding) -> Result<Vec<Event>, Rejection> {
        self.require(Action::OverrideCheck, None)?;
        let granted = self.state.overrides.iter().any(|granted| granted.finding.is_about_the_same_as(finding));
        Ok(when(granted, Event::OverrideWithdrawn { finding: *finding }))
    }
}
