//! Deciding commands about leading the mesa: what is shown, the phase, the door, overrides of
//! checks, late texts.

use super::moderation;
use super::shown::Shown;
use super::{Command, Event, Rejection, ServerCommand};
use crate::MesaNumber;
use crate::deliberation::check;
use crate::deliberation::finding::Finding;
use crate::exercise::Exercise;
use crate::judge::{Judge, when};
use crate::permission::{Action, Phase};
use crate::text::words::Remark;

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::Show { shown } => judge.show(shown),
        Command::ChangePhase { to } => judge.change_phase(*to),
        Command::SetDoor { open } => judge.set_door(*open),
        Command::OverrideCheck { finding, reason } => judge.override_check(finding, reason),
        Command::WithdrawOverride { finding } => judge.withdraw_override(finding),
        Command::AskLate => judge.ask_late(),
        Command::SettleLate { print } => judge.settle_late(*print),
        Command::TakeWall { taken } => judge.take_wall(*taken),
        Command::HoldWall { held } => judge.hold_wall(*held),
        Command::LineUp { item, first } => judge.line_up(*item, *first),
        Command::LeaveOut { item } => judge.leave_out(*item),
        Command::Mute { person, reason } => judge.mute(*person, reason.as_ref()),
        Command::WriteNote { note, text } => judge.write_note(*note, text.as_ref()),
    }
}

/// Decides the server's own command.
pub(crate) fn decide_server(
    exercise: &Exercise,
    mesa: MesaNumber,
    command: &ServerCommand,
) -> Result<Vec<Event>, crate::Rejection> {
    let mesa = exercise.mesa(mesa).ok_or(crate::Rejection::UnknownMesa)?;
    Ok(match command {
        ServerCommand::SetJoinCode(code) => vec![Event::JoinCodeSet { code: code.clone() }],
        ServerCommand::OpenDoor => when(!mesa.conduct.door_open, Event::DoorSet { open: true }),
        ServerCommand::Appeal { person, text } => moderation::decide_appeal(mesa, *person, text),
        ServerCommand::NotePause(pause) => {
            // Two nodes on one machine report the same pause.
            let known = mesa
                .conduct
                .pauses
                .iter()
                .any(|other| other.from.max(pause.from) < other.to.min(pause.to));
            when(!known, Event::StoodStill(*pause))
        }
        ServerCommand::ChooseChart(chart) => {
            let same = mesa.conduct.chart.as_deref() == Some(chart.as_ref());
            when(!same, Event::ChartChosen(chart.clone()))
        }
    })
}

impl Judge<'_> {
    /// What is shown already is shown again when the wall stands still, so that it moves.
    fn show(&self, shown: &Shown) -> Result<Vec<Event>, crate::Rejection> {
        self.require_wall()?;
        if let Shown::Item(item) = shown {
            self.visible(*item)?;
        }
        if *shown == Shown::Chart && self.mesa.conduct.chart.is_none() {
            return Err(crate::Rejection::UnknownValue);
        }
        let conduct = &self.mesa.conduct;
        let changes = conduct.shown != *shown || conduct.wall.held;
        Ok(when(changes, Event::ShownChanged { shown: shown.clone() }))
    }

    /// Any phase can follow any other: going back destroys nothing.
    fn change_phase(&self, to: Phase) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let open = check::in_the_way_of(self.mesa, to).len();
        if open > 0 {
            return Err(
                Rejection::ChecksOpen { open: u32::try_from(open).unwrap_or(u32::MAX) }.into()
            );
        }
        Ok(when(self.mesa.conduct.phase != to, Event::PhaseChanged { to, at: self.context.now }))
    }

    fn set_door(&self, open: bool) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        Ok(when(self.mesa.conduct.door_open != open, Event::DoorSet { open }))
    }

    /// It can be repeated: a device that couldn't send the last time may be able to now.
    fn ask_late(&self) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        Ok(when(!self.mesa.conduct.late.is_empty(), Event::LateAsked))
    }

    fn settle_late(&self, print: u64) -> Result<Vec<Event>, crate::Rejection> {
        let late = self.mesa.conduct.late.iter().find(|late| late.print == print);
        if late.is_some_and(|late| late.person != self.context.person) {
            self.require(Action::Conduct, None)?;
        }
        Ok(when(late.is_some(), Event::LateSettled { print }))
    }

    fn override_check(
        &self,
        finding: &Finding,
        reason: &Remark,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require(overriding(finding), None)?;
        // If the finding was mended or got worse meanwhile, it isn't the one that the facilitator
        // saw.
        let found = check::findings(self.mesa).into_iter().find(|found| found.finding == *finding);
        let found = found.ok_or(crate::Rejection::UnknownValue)?;
        let same = found.overridden.is_some_and(|granted| granted.reason == *reason);
        Ok(when(
            !same,
            Event::CheckOverridden {
                finding: *finding,
                reason: reason.clone(),
                at: self.context.now,
            },
        ))
    }

    fn withdraw_override(&self, finding: &Finding) -> Result<Vec<Event>, crate::Rejection> {
        self.require(overriding(finding), None)?;
        if let Some(item) = finding.item() {
            self.known(item)?;
        }
        let granted = self
            .mesa
            .conduct
            .overrides
            .iter()
            .any(|granted| granted.finding.is_about_the_same_as(finding));
        Ok(when(granted, Event::OverrideWithdrawn { finding: *finding }))
    }
}

/// What whoever lets a finding pass, or no longer, has to be allowed.
fn overriding(finding: &Finding) -> Action {
    if finding.is_about_the_notice() { Action::WaiveNotice } else { Action::OverrideCheck }
}
