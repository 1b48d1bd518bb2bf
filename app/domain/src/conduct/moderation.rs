//! Whose writing is paused, why, and what they say to it. Reading, speaking, stating conformity and
//! signing stay theirs: it is about what is written in the mesa's texts. Only the facilitation has it
//! on its devices; the person themselves is told by the server, and nobody else.

use serde::{Deserialize, Serialize};

use super::{Event, Rejection};
use crate::judge::{Judge, when};
use crate::mesa::Mesa;
use crate::permission::{Action, Phase, Role, Scope, permitted};
use crate::{Millis, PersonId, Remark, deliberation};

/// Most people whose writing is paused at a mesa at the same time.
pub const MUTED_LIMIT: usize = 100;

/// Somebody's writing is paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mute {
    /// Whose.
    pub person: PersonId,
    /// Why; the person is told.
    pub reason: Remark,
    /// Who did it; the person is told.
    pub by: PersonId,
    /// When, by the server's clock.
    pub at: Millis,
    /// What the person says to it.
    pub appeal: Option<Remark>,
}

impl Mesa {
    /// How somebody's writing is paused, under any of their ids.
    pub fn mute_of(&self, person: PersonId) -> Option<&Mute> {
        self.conduct.muted.iter().find(|mute| self.people.are_one(mute.person, person))
    }
}

/// Notes that somebody's writing is paused, in place of what was noted before.
pub(super) fn mute(muted: &mut Vec<Mute>, mute: Mute) {
    muted.retain(|other| other.person != mute.person);
    muted.push(mute);
}

/// Notes what they say to it.
pub(super) fn appeal(muted: &mut [Mute], person: PersonId, text: &Remark) {
    let theirs = muted.iter_mut().filter(|mute| mute.person == person);
    theirs.for_each(|mute| mute.appeal = Some(text.clone()));
}

/// What they say to it is passed on; who isn't muted any more has nothing to appeal.
pub(super) fn decide_appeal(mesa: &Mesa, person: PersonId, text: &Remark) -> Vec<Event> {
    let Some(mute) = mesa.mute_of(person) else { return Vec::new() };
    let appealed = Event::Appealed { person: mute.person, text: text.clone() };
    when(mute.appeal.as_ref() != Some(text), appealed)
}

impl Judge<'_> {
    /// Whether whoever asks may write at all. Who leads the mesa can't be kept from it.
    pub(crate) fn require_voice(&self) -> Result<(), crate::Rejection> {
        if leads(self.context.role) || self.mesa.mute_of(self.context.person).is_none() {
            Ok(())
        } else {
            Err(Rejection::Muted.into())
        }
    }

    pub(super) fn mute(
        &self,
        person: PersonId,
        reason: Option<&Remark>,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let before = self.mesa.mute_of(person);
        let Some(reason) = reason else {
            let lifted = before.map(|mute| Event::MuteLifted { person: mute.person });
            return Ok(lifted.into_iter().collect());
        };
        let person = self.mesa.people.one(person);
        if !self.mesa.people.attendees.contains_key(&person) {
            return Err(deliberation::Rejection::UnknownItem.into());
        }
        if before.is_none() && self.mesa.conduct.muted.len() >= MUTED_LIMIT {
            let limit = u32::try_from(MUTED_LIMIT).unwrap_or(u32::MAX);
            return Err(crate::Rejection::TooMany { limit });
        }
        let person = before.map_or(person, |mute| mute.person);
        let (by, at) = (self.context.person, self.context.now);
        let mute = Mute { person, reason: reason.clone(), by, at, appeal: None };
        Ok(when(before.is_none_or(|before| before.reason != *reason), Event::Muted(mute)))
    }
}

fn leads(role: Role) -> bool {
    permitted(Action::Conduct, Phase::Preparation, role) != Scope::Nothing
}
