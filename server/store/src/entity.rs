//! The tables as the ORM sees them. They stay inside this crate.

mod item;
mod log;
mod meeting;

pub(crate) use item::{activity, commitment, contribution, draft_commitment, problem, solution};
pub(crate) use log::{answer, event, migration, person, state_snapshot, stream, tally};
pub(crate) use meeting::{actor, attendee, device, exercise, link, logo, mesa, plan, privacy_notice, seat, session, stay};
