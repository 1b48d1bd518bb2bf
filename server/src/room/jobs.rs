//! What is to be done outside because of an event: written in the event's own transaction.

use domain::{Digest, Event, PersonId, SeatId, people};
use serde::{Deserialize, Serialize};
use store::{NewJob, NewRecord};

use crate::clock;

/// The kind of a job that sends an invitation.
pub const INVITATION: &str = "invitation";

/// Such a job's data. Name and address are in the person's record: whoever sends it looks whether
/// the person still has the seat, makes the link then, and keeps no secret until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationJob {
    /// The seat.
    pub seat: SeatId,
    /// Who is invited.
    pub person: PersonId,
}

/// Such a job's key: one for a seat and a person's record, so that nobody is written to twice
/// unless their address was corrected.
pub fn invitation_key(seat: SeatId, record: Digest) -> String {
    format!("{INVITATION}/{seat}/{record}")
}

/// The job that follows from an event.
pub(super) fn following(record: &NewRecord) -> Option<NewJob> {
    let Event::People(people::Event::InvitationAsked { seat, asked }) = &record.event else {
        return None;
    };
    let job = InvitationJob { seat: *seat, person: asked.person };
    Some(NewJob {
        id: clock::new_id(),
        key: invitation_key(*seat, asked.record),
        kind: INVITATION.to_owned(),
        payload: serde_json::to_vec(&job).expect("ids always serialise"),
        due_at: asked.at,
    })
}
