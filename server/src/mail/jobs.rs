//! The jobs that are letters. Their data has ids alone; that of an invitation belongs to the room,
//! which writes it with its event.

use app::page::reminder::Missing;
use domain::agreement::VersionNumber;
use domain::codes::Coded;
use domain::{MesaNumber, Millis, PersonId, SeatId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::room::{INVITATION, InvitationJob};

/// The kind of a job that sends the plan to somebody.
pub const PLAN: &str = "plan";
/// The kind of one that sends a link for choosing another passphrase.
pub const RESET: &str = "reset";
/// The kind of one that sends a trial.
pub const TRIAL: &str = "trial";

/// The kind of one that reminds somebody of whom something is missing.
pub const REMINDER: &str = "reminder";

/// The kind of one that reminds somebody of the information pack.
pub const PACK: &str = "pack";

/// All of them.
pub(super) const KINDS: [&str; 6] = [INVITATION, PLAN, RESET, TRIAL, REMINDER, PACK];

/// Data of [`PLAN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanJob {
    /// Which version.
    pub version: VersionNumber,
    /// Whether it is the signed one.
    #[serde(default)]
    pub signed: bool,
    /// To whom.
    pub person: PersonId,
    /// Who sends it.
    pub by: PersonId,
}

/// Data of [`RESET`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetJob {
    /// Whose passphrase it is.
    pub person: PersonId,
    /// When it was asked for, ms since the epoch.
    pub at: Millis,
}

/// Data of [`TRIAL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialJob {
    /// To whom.
    pub person: PersonId,
}

/// Data of [`REMINDER`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderJob {
    /// The code of what is missing.
    pub missing: String,
    /// Of which version.
    pub version: VersionNumber,
    /// The seat that acts for the organisation.
    pub seat: SeatId,
    /// To whom.
    pub person: PersonId,
    /// Who reminds.
    pub by: PersonId,
}

/// Data of [`PACK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackJob {
    /// Of which mesa.
    pub mesa: MesaNumber,
    /// The code of what it is about.
    pub about: String,
    /// When it was due, ms since the epoch: a mesa that is moved has other letters.
    pub at: Millis,
    /// The seat that acts for the organisation.
    pub seat: SeatId,
    /// To whom.
    pub person: PersonId,
}

/// Key of [`PACK`]: one letter about a thing, a due moment and a person.
pub fn pack_key(PackJob { mesa, about, at, person, .. }: &PackJob) -> String {
    format!("{PACK}/{mesa}/{about}/{at}/{person}")
}

/// Key of [`REMINDER`]: one letter a day about what is missing of a version.
pub fn reminder_key(
    missing: Missing,
    version: VersionNumber,
    person: PersonId,
    day: &str,
) -> String {
    format!("{REMINDER}/{}/{version}/{person}/{day}", missing.code())
}

/// Key of [`PLAN`] in its exercise's stream: one letter for a version and a person, and another once
/// that version is signed.
pub fn plan_key(version: VersionNumber, signed: bool, person: PersonId) -> String {
    let signed = if signed { "firmado/" } else { "" };
    format!("{PLAN}/{version}/{signed}{person}")
}

/// Key of [`RESET`]: each that is asked for is another.
pub fn reset_key(id: Uuid) -> String {
    format!("{RESET}/{id}")
}

/// Key of [`TRIAL`]: each that is asked for is another, the latest last.
pub fn trial_key(id: Uuid) -> String {
    format!("{TRIAL}/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_another_letter_and_so_are_the_signed_one_and_another_person() {
        let [one, other] = [1, 2].map(|id| PersonId(Uuid::from_u128(id)));
        let keys = [
            plan_key(1, false, one),
            plan_key(1, true, one),
            plan_key(2, false, one),
            plan_key(1, false, other),
            plan_key(11, false, one),
        ];
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
