//! Who comes in: links, sessions, attendance, and the mesa's own beginning.

use domain::command::Registration;
use domain::decide::register;
use domain::event::AttendanceMode;
use domain::registry::{Grant, Session};
use domain::{Command, DeviceId, Event, PersonId, Phase, Rejection, Role, SeatId, SessionId, State};
use uuid::Uuid;

use super::F;
use crate::mesa::{CODE, SEAT, TOKEN, act, events_before, mesa, person, short};

fn sign_in(number: u128, who: PersonId, by_code: bool, new: bool) -> Registration {
    let grant = Grant { role: Role::Participant, seat: None };
    let opened = Session { person: who, device: DeviceId(Uuid::from_u128(number)), token: TOKEN, grant, closed: false };
    Registration::SignIn {
        session: SessionId(Uuid::from_u128(number)),
        opened,
        enrols: new.then_some(TOKEN),
        organisation: short("Vecinos"),
        mode: AttendanceMode::InRoom,
        by_code,
    }
}

fn enter(state: &mut State, registration: &Registration) -> Result<Vec<Event>, Rejection> {
    let events = register(state, registration)?;
    for event in &events {
        state.apply(event);
    }
    Ok(events)
}

#[test]
fn the_code_opens_only_while_the_door_is_open() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    assert_eq!(enter(&mut state, &sign_in(1, who, true, true)), Err(Rejection::DoorClosed));
    assert!(enter(&mut state, &sign_in(2, who, false, true)).is_ok(), "a link opens always");
    act(&mut state, F, Command::SetDoor { open: true }).unwrap();
    assert!(enter(&mut state, &sign_in(3, person(Role::Actor), true, true)).is_ok());
}

#[test]
fn one_person_on_two_devices_is_one_attendance() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    let first = enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    assert!(matches!(first[..], [Event::PersonEnrolled { .. }, Event::SessionOpened { .. }, Event::Arrived { .. }]));
    let second = enter(&mut state, &sign_in(2, who, false, false)).unwrap();
    assert!(matches!(second[..], [Event::SessionOpened { .. }]));
    assert_eq!((state.attendees.len(), state.registry.sessions.len()), (1, 2));
}

#[test]
fn a_session_is_opened_once_for_a_known_person_and_closed_once() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    assert_eq!(enter(&mut state, &sign_in(1, who, false, false)), Err(Rejection::UnknownGrant), "nobody knows this person");
    enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    assert_eq!(enter(&mut state, &sign_in(1, who, false, false)), Err(Rejection::IdTaken));
    let out = |number| Registration::SignOut { session: SessionId(Uuid::from_u128(number)) };
    assert_eq!(enter(&mut state, &out(9)), Err(Rejection::UnknownGrant));
    assert_eq!(enter(&mut state, &out(1)).unwrap().len(), 1);
    assert_eq!(enter(&mut state, &out(1)), Ok(Vec::new()));
}

#[test]
fn a_mesa_is_opened_once_and_its_actors_are_seated_once() {
    let mut state = State::default();
    for event in events_before() {
        let registration = match event.clone() {
            Event::MesaOpened(card) => Registration::OpenMesa(card),
            Event::ActorSeated(actor) => Registration::SeatActor(actor),
            other => panic!("{other:?}"),
        };
        assert_eq!(enter(&mut state, &registration), Ok(vec![event]));
        assert_eq!(enter(&mut state, &registration), Err(Rejection::IdTaken));
    }
}

#[test]
fn a_link_is_for_a_seat_that_there_is() {
    let mut state = mesa(Phase::Preparation);
    let link = |seat| Registration::IssueLink {
        link: domain::LinkId(Uuid::from_u128(7)),
        issued: domain::registry::Link { token: TOKEN, grant: Grant { role: Role::Actor, seat: Some(seat) } },
    };
    assert_eq!(enter(&mut state, &link(SeatId(Uuid::nil()))), Err(Rejection::UnknownGrant));
    assert_eq!(enter(&mut state, &link(SEAT)).unwrap().len(), 1);
    assert_eq!(enter(&mut state, &link(SEAT)), Err(Rejection::IdTaken));
    assert_eq!(enter(&mut state, &Registration::SetJoinCode(short(CODE))).unwrap().len(), 1);
}
