//! Joining: links, sessions, attendance, and the mesa's own beginning.

use domain::ServerCommand;
use domain::decide::decide_server;
use domain::exercise::{Image, ImageError, LOGO_BYTES, LOGO_PLACES, Logo, NoticeText};
use domain::people::SignIn;
use domain::people::attendance::AttendanceMode;
use domain::people::attendance::{Accepted, Consent, Stay};
use domain::people::registry::{Grant, Session};
use domain::{Command, DeviceId, Event, PersonId, Phase, Rejection, Role, SeatId, SessionId};
use domain::{conduct, deliberation, exercise, people};
use uuid::Uuid;

use super::F;
use crate::mesa::{AtMesa, CODE, HERE, SEAT, TOKEN, act, events_before, mesa, person, short};

fn sign_in(number: u128, who: PersonId, by_code: bool, new: bool) -> ServerCommand {
    let grant = Grant { role: Role::Participant, seat: None, mesa: None };
    let opened = Session {
        person: who,
        device: DeviceId(Uuid::from_u128(number)),
        token: TOKEN,
        grant,
        closed: false,
    };
    ServerCommand::People(people::ServerCommand::SignIn(Box::new(SignIn {
        mesa: HERE,
        session: SessionId(Uuid::from_u128(number)),
        opened,
        enrols: new.then_some(TOKEN),
        organisation: short("Vecinos"),
        mode: AttendanceMode::InRoom,
        consent: Consent { notice: None, name_public: false },
        by_code,
        link: None,
        at: 1_000 * i64::try_from(number).unwrap(),
    })))
}

fn out(number: u128) -> ServerCommand {
    ServerCommand::People(people::ServerCommand::SignOut {
        session: SessionId(Uuid::from_u128(number)),
        at: 60_000,
    })
}

fn enter(state: &mut AtMesa, command: &ServerCommand) -> Result<Vec<Event>, Rejection> {
    let events = decide_server(&state.0, command)?;
    for event in &events {
        state.apply(event);
    }
    Ok(events)
}

#[test]
fn the_code_opens_only_while_the_door_is_open() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    assert_eq!(
        enter(&mut state, &sign_in(1, who, true, true)),
        Err(Rejection::People(people::Rejection::DoorClosed))
    );
    assert!(enter(&mut state, &sign_in(2, who, false, true)).is_ok(), "a link opens always");
    act(&mut state, F, Command::Conduct(conduct::Command::SetDoor { open: true })).unwrap();
    assert!(enter(&mut state, &sign_in(3, person(Role::Actor), true, true)).is_ok());
}

#[test]
fn one_person_on_two_devices_is_one_attendance() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    let first = enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    assert!(matches!(
        first[..],
        [
            Event::People(people::Event::PersonEnrolled { .. }),
            Event::People(people::Event::SessionOpened { .. }),
            Event::People(people::Event::Arrived { .. })
        ]
    ));
    let second = enter(&mut state, &sign_in(2, who, false, false)).unwrap();
    assert!(matches!(second[..], [Event::People(people::Event::SessionOpened { .. })]));
    assert_eq!((state.people.attendees.len(), state.0.registry.sessions.len()), (1, 2));
}

#[test]
fn a_session_is_opened_once_for_a_known_person_and_closed_once() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    assert_eq!(
        enter(&mut state, &sign_in(1, who, false, false)),
        Err(Rejection::People(people::Rejection::UnknownGrant)),
        "nobody knows this person"
    );
    enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    assert_eq!(enter(&mut state, &sign_in(1, who, false, false)), Err(Rejection::IdTaken));
    assert_eq!(enter(&mut state, &out(9)), Err(Rejection::People(people::Rejection::UnknownGrant)));
    assert_eq!(enter(&mut state, &out(1)).unwrap().len(), 2);
    assert_eq!(enter(&mut state, &out(1)), Ok(Vec::new()));
}

#[test]
fn a_mesa_is_opened_once_and_its_actors_are_seated_once() {
    let mut state = AtMesa::default();
    for event in events_before() {
        let command = match event.clone() {
            Event::Exercise(exercise::Event::ExerciseDescribed(card)) => {
                ServerCommand::Exercise(exercise::ServerCommand::OpenExercise(card))
            }
            Event::Exercise(exercise::Event::MesaDescribed { mesa, card }) => {
                ServerCommand::Exercise(exercise::ServerCommand::OpenMesa { mesa, card })
            }
            Event::Exercise(exercise::Event::ActorDescribed(actor)) => {
                ServerCommand::Exercise(exercise::ServerCommand::SeatActor(actor))
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(enter(&mut state, &command), Ok(vec![event]));
        assert_eq!(enter(&mut state, &command), Err(Rejection::IdTaken));
    }
}

#[test]
fn a_link_is_for_a_seat_that_there_is() {
    let mut state = mesa(Phase::Preparation);
    let link = |seat| {
        ServerCommand::People(people::ServerCommand::IssueLink {
            link: domain::LinkId(Uuid::from_u128(7)),
            issued: domain::people::registry::Link {
                token: TOKEN,
                code: None,
                grant: Grant { role: Role::Actor, seat: Some(seat), mesa: None },
                person: None,
                expires: None,
                ended: None,
            },
        })
    };
    assert_eq!(
        enter(&mut state, &link(SeatId(Uuid::nil()))),
        Err(Rejection::People(people::Rejection::UnknownGrant))
    );
    assert_eq!(enter(&mut state, &link(SEAT)).unwrap().len(), 1);
    assert_eq!(enter(&mut state, &link(SEAT)), Err(Rejection::IdTaken));
    assert_eq!(
        enter(
            &mut state,
            &ServerCommand::Conduct(HERE, conduct::ServerCommand::SetJoinCode(short(CODE)))
        )
        .unwrap()
        .len(),
        1
    );
}

#[test]
fn who_signs_out_of_the_last_device_leaves_and_may_come_back() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    enter(&mut state, &sign_in(2, who, false, false)).unwrap();
    assert!(
        matches!(
            enter(&mut state, &out(1)).unwrap()[..],
            [Event::People(people::Event::SessionClosed { .. })]
        ),
        "there is another device"
    );
    assert!(state.people.attendees[&who].is_there());
    assert!(matches!(
        enter(&mut state, &out(2)).unwrap()[..],
        [
            Event::People(people::Event::SessionClosed { .. }),
            Event::People(people::Event::Left { .. })
        ]
    ));
    assert!(!state.people.attendees[&who].is_there());
    enter(&mut state, &sign_in(90, who, false, false)).unwrap();
    let stays = [Stay { from: 1_000, to: Some(60_000) }, Stay { from: 90_000, to: None }];
    assert_eq!(state.people.attendees[&who].stays, stays);
}

#[test]
fn the_facilitation_notes_who_left_and_who_is_back() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    let note = |there| Command::People(people::Command::NoteAttendance { person: who, there });
    assert_eq!(
        act(&mut state, F, note(false)),
        Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem)),
        "nobody came"
    );
    enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    assert_eq!(act(&mut state, F, note(true)).unwrap(), [], "is there already");
    assert_eq!(act(&mut state, F, note(false)).unwrap().len(), 1);
    assert_eq!(act(&mut state, F, note(false)).unwrap(), []);
    assert!(!state.people.attendees[&who].is_there());
    assert_eq!(act(&mut state, F, note(true)).unwrap().len(), 1);
    let attendee = &state.people.attendees[&who];
    assert_eq!(
        (attendee.stays.len(), attendee.is_there(), attendee.organisation.as_str()),
        (2, true, "Vecinos")
    );
}

#[test]
fn a_notice_is_accepted_by_version_and_a_name_is_published_only_by_its_person() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    assert_eq!(
        (state.people.attendees[&who].notice, state.people.attendees[&who].name_public),
        (None, false),
        "no by default"
    );
    let declare = |notice, name_public, at| {
        ServerCommand::People(people::ServerCommand::Declare {
            mesa: HERE,
            person: who,
            mode: AttendanceMode::InRoom,
            consent: Consent { notice, name_public },
            at,
        })
    };
    assert_eq!(enter(&mut state, &declare(Some(1), true, 5)).unwrap().len(), 2);
    assert_eq!(
        enter(&mut state, &declare(Some(1), true, 6)).unwrap(),
        [],
        "it was accepted already"
    );
    assert_eq!(state.people.attendees[&who].notice, Some(Accepted { version: 1, at: 5 }));
    assert_eq!(enter(&mut state, &declare(Some(2), false, 7)).unwrap().len(), 2);
    assert_eq!(
        (state.people.attendees[&who].notice, state.people.attendees[&who].name_public),
        (Some(Accepted { version: 2, at: 7 }), false)
    );
    // A second device doesn't take back what the first one allowed.
    enter(&mut state, &declare(None, true, 8)).unwrap();
    enter(&mut state, &sign_in(2, who, false, false)).unwrap();
    assert!(state.people.attendees[&who].name_public);
    let stranger = ServerCommand::People(people::ServerCommand::Declare {
        mesa: HERE,
        person: person(Role::Actor),
        mode: AttendanceMode::Remote,
        consent: Consent { notice: None, name_public: true },
        at: 9,
    });
    assert_eq!(
        enter(&mut state, &stranger),
        Err(Rejection::People(people::Rejection::UnknownGrant))
    );
}

#[test]
fn another_way_of_attending_is_no_second_arrival() {
    let mut state = mesa(Phase::Introduction);
    let who = person(Role::Participant);
    enter(&mut state, &sign_in(1, who, false, true)).unwrap();
    let remote = ServerCommand::People(people::ServerCommand::Declare {
        mesa: HERE,
        person: who,
        mode: AttendanceMode::Remote,
        consent: Consent { notice: None, name_public: false },
        at: 70_000,
    });
    assert_eq!(enter(&mut state, &remote).unwrap().len(), 1);
    assert_eq!(
        (state.people.attendees[&who].mode, state.people.attendees[&who].stays.len()),
        (AttendanceMode::Remote, 1)
    );
}

#[test]
fn a_plan_s_notice_has_versions_and_its_logos_have_places() {
    let text = |text| NoticeText::parse(text).unwrap();
    let publish = |full| {
        ServerCommand::Exercise(exercise::ServerCommand::PublishNotice {
            short: text("El STL cuida tus datos."),
            full: text(full),
        })
    };
    let mut nothing = AtMesa::default();
    assert_eq!(
        enter(&mut nothing, &publish("Todo.")),
        Err(Rejection::UnknownValue),
        "there is no exercise"
    );
    let mut plan = mesa(Phase::Preparation);
    assert_eq!(enter(&mut plan, &publish("Todo.")).unwrap().len(), 1);
    assert_eq!(
        enter(&mut plan, &publish("Todo.")).unwrap(),
        [],
        "the same text is the same version"
    );
    enter(&mut plan, &publish("Todo y más.")).unwrap();
    assert_eq!(plan.0.notices.iter().map(|notice| notice.version).collect::<Vec<_>>(), [1, 2]);

    let png = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];
    let image = Image::of(&png, TOKEN).unwrap();
    assert_eq!((image.kind.media_type(), image.size), ("image/png", 9));
    let logo =
        |image: &Image| Some(Box::new(Logo { name: short("Sierra Clara"), image: image.clone() }));
    let set =
        |place, logo| ServerCommand::Exercise(exercise::ServerCommand::SetLogo { place, logo });
    assert_eq!(enter(&mut plan, &set(1, logo(&image))).unwrap().len(), 1);
    assert_eq!(enter(&mut plan, &set(1, logo(&image))).unwrap(), []);
    assert_eq!(enter(&mut plan, &set(1, None)).unwrap().len(), 1);
    assert_eq!(enter(&mut plan, &set(2, None)).unwrap(), []);
    for place in [0, LOGO_PLACES + 1] {
        assert_eq!(enter(&mut plan, &set(place, logo(&image))), Err(Rejection::UnknownValue));
    }
    assert_eq!(Image::of(b"<svg onload=alert(1)>", TOKEN), Err(ImageError::Unknown));
    let mut large = png.to_vec();
    large.resize(LOGO_BYTES + 1, 0);
    assert_eq!(Image::of(&large, TOKEN), Err(ImageError::TooLarge));
}

#[test]
fn a_mesa_really_began_when_it_left_the_preparation_and_ended_when_follow_up_began() {
    let mut state = mesa(Phase::Preparation);
    let mut go = |to, at| {
        state.apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at }));
        state.met()
    };
    assert_eq!(go(Phase::Introduction, 10), (Some(10), None));
    assert_eq!(go(Phase::Signing, 20), (Some(10), None));
    assert_eq!(go(Phase::FollowUp, 30), (Some(10), Some(30)));
    assert_eq!(go(Phase::Closed, 40), (Some(10), Some(30)));
    assert_eq!(go(Phase::Agreements, 50), (Some(10), None), "it came back");
    assert_eq!(go(Phase::FollowUp, 60), (Some(10), Some(60)));
}
