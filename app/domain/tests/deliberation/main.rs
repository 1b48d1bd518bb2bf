//! What people at the table do besides writing: propose, contribute, merge, check, change phases.

#![allow(clippy::unwrap_used)]

#[path = "../history/mesa.rs"]
mod mesa;

mod advice;
mod checks;
mod coming_in;
mod contributions;
mod invitations;
mod late;
mod merging;
mod phases;
mod problems;
mod quorum;
mod quota;
mod replaced;
mod sections;
mod sectors;
mod solutions;
mod together;
mod turnout;

use domain::deliberation::choice::Party;
use domain::{Assignment, Date, ItemId, ItemKind, Role};
use mesa::{AtMesa, add, assign, day, short};

const F: Role = Role::Facilitator;

/// A complete commitment: it answers a problem and has one activity, numbered after it.
fn agreed(
    state: &mut AtMesa,
    number: u128,
    category: domain::deliberation::choice::Category,
    problem: ItemId,
) -> ItemId {
    let commitment = add(state, F, number, ItemKind::Commitment, None);
    assign(state, F, commitment, Assignment::Category(Some(category))).unwrap();
    assign(state, F, commitment, Assignment::Problem { problem, linked: true }).unwrap();
    let activity = add(state, F, number + 1, ItemKind::Activity, Some(commitment));
    assign(state, F, activity, Assignment::Lead(Party::Named(short("Oficialía Mayor")))).unwrap();
    assign(state, F, activity, Assignment::Due(Some(due()))).unwrap();
    commitment
}

fn due() -> Date {
    day(2027, 3, 31)
}
