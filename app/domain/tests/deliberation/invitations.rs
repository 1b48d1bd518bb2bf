//! Invitations by mail that are asked for.

use domain::decide::decide_server;
use domain::people::Rejection as NotIn;
use domain::people::ServerCommand as Change;
use domain::{Digest, Event, PersonId, Phase, Rejection, ServerCommand, people};
use uuid::Uuid;

use crate::mesa::{AtMesa, OTHER_SEAT, SEAT, TOKEN, mesa};

fn enter(state: &mut AtMesa, change: Change) -> Result<Vec<Event>, Rejection> {
    let events = decide_server(&state.0, &ServerCommand::People(change))?;
    events.iter().for_each(|event| state.apply(event));
    Ok(events)
}

#[test]
fn somebody_is_invited_once_unless_their_record_changes() {
    let mut state = mesa(Phase::Preparation);
    let ask = |at| Change::AskInvitation { seat: SEAT, at };
    let unknown = Err(Rejection::People(NotIn::UnknownGrant));
    assert_eq!(enter(&mut state, ask(1)), unknown, "nobody has the seat");
    let (ana, eva) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
    let invite = |person, record| Change::Invite {
        seat: SEAT,
        person: Some(person),
        enrols: Some(record),
        at: 2,
    };
    enter(&mut state, invite(ana, TOKEN)).unwrap();
    let asked = enter(&mut state, ask(3)).unwrap();
    assert!(matches!(
        &asked[..],
        [Event::People(people::Event::InvitationAsked { seat, asked })]
            if *seat == SEAT && (asked.person, asked.record, asked.at) == (ana, TOKEN, 3)
    ));
    assert_eq!(enter(&mut state, ask(4)), Ok(Vec::new()), "it was asked for");
    let corrected = Change::AmendPerson { person: ana, record: Digest([9; 32]) };
    enter(&mut state, corrected).unwrap();
    assert_eq!(enter(&mut state, ask(5)).unwrap().len(), 1);
    enter(&mut state, invite(eva, Digest([8; 32]))).unwrap();
    assert_eq!(enter(&mut state, ask(6)).unwrap().len(), 1, "somebody else has the seat now");
    let other = Change::AskInvitation { seat: OTHER_SEAT, at: 7 };
    assert_eq!(enter(&mut state, other), unknown);
}
