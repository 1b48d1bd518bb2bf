//! People join.

use domain::*;
use store::{AppendError, IssuedLink, OpenSession, Store};
use uuid::Uuid;

use crate::furniture::World;
use crate::world::{FIRST, command, digest, short};

pub(super) async fn people_come_in_by_link_code_and_cookie(
    store: &Store,
    world: &mut World,
    other: &World,
) {
    let guest = world.guest.clone();
    let here = MesaId { exercise: world.exercise.stream, number: FIRST };
    let signed_in = OpenSession {
        stream: world.exercise.stream,
        session: guest.session,
        person: guest.person.id,
        device: guest.device,
        grant: people::registry::Grant {
            role: Role::Actor,
            seat: Some(guest.seat),
            mesa: Some(FIRST),
        },
    };
    let grant = signed_in.grant;
    assert_eq!(store.sessions(guest.token).await.expect("an answer"), [signed_in]);
    assert_eq!(store.sessions(digest("forged")).await.expect("an answer"), []);
    let link = IssuedLink {
        stream: world.exercise.stream,
        link: world.link.0,
        grant,
        person: None,
        expires: None,
        ended: None,
    };
    assert_eq!(store.link(world.link.1).await.expect("an answer"), Some(link.clone()));
    let code = digest(&format!("seat {}", world.code));
    assert_eq!(store.link_by_code(code).await.expect("an answer"), Some(link));
    assert_eq!(store.link(code).await.expect("an answer"), None, "a code is no secret");
    assert_eq!(store.link_by_code(world.link.1).await.expect("an answer"), None);
    assert_eq!(store.link(guest.token).await.expect("an answer"), None);
    assert_eq!(store.mesa_by_code(&world.code).await.expect("an answer"), Some(here));
    assert_eq!(store.mesa_by_code("").await.expect("an answer"), None);
    assert_eq!(
        store.names(&[guest.person.id, PersonId(Uuid::now_v7())]).await.expect("names").len(),
        1
    );
    assert_eq!(
        store.person_in_seat(here, guest.seat).await.expect("an answer"),
        Some(guest.person.id)
    );
    let elsewhere = [
        MesaId { exercise: other.exercise.stream, number: FIRST },
        MesaId { number: MesaNumber(FIRST.0 + 1), ..here },
    ];
    for mesa in elsewhere {
        assert_eq!(
            store.person_in_seat(mesa, guest.seat).await.expect("an answer"),
            None,
            "{mesa}"
        );
    }
    let mesas = store.mesas().await.expect("mesas");
    assert_eq!(mesas.len(), 4);
    assert!(
        mesas
            .iter()
            .any(|mesa| mesa.mesa == MesaId { exercise: other.exercise.stream, number: FIRST }
                && mesa.theme == "Tema de Río Hondo")
    );

    // Somebody else's code.
    let code = short(&other.code);
    let taken = world.exercise.record(
        Event::Conduct(FIRST, conduct::Event::JoinCodeSet { code }),
        command(),
        0,
    );
    let before = world.exercise.clone();
    let refused = world.exercise.append(store, &[taken], &[], &[]).await;
    assert!(matches!(refused, Err(AppendError::Taken)), "{refused:?}");
    assert_eq!(store.head(before.stream).await.expect("a head"), Some(before.head));

    // A person who comes to another mesa has another session with the same cookie. A session that
    // was closed opens nothing; the person keeps the seat.
    let token = digest("second device");
    let sessions = [SessionId(Uuid::now_v7()), SessionId(Uuid::now_v7())];
    let device = DeviceId(Uuid::now_v7());
    let grants = [grant, people::registry::Grant { mesa: Some(MesaNumber(FIRST.0 + 1)), ..grant }];
    for (session, grant) in sessions.into_iter().zip(grants) {
        let opened = people::registry::Session {
            person: guest.person.id,
            device,
            token,
            grant,
            closed: false,
        };
        world
            .exercise
            .say(store, vec![Event::People(people::Event::SessionOpened { session, opened })])
            .await;
    }
    let open = async || -> Vec<_> {
        let open = store.sessions(token).await.expect("an answer");
        open.into_iter().map(|found| (found.session, found.grant)).collect()
    };
    assert_eq!(open().await, [(sessions[0], grants[0]), (sessions[1], grants[1])]);
    world
        .exercise
        .say(store, vec![Event::People(people::Event::SessionClosed { session: sessions[0] })])
        .await;
    assert_eq!(open().await, [(sessions[1], grants[1])]);
    world
        .exercise
        .say(store, vec![Event::People(people::Event::SessionClosed { session: sessions[1] })])
        .await;
    assert_eq!(open().await, []);
    assert_eq!(
        store.person_in_seat(here, guest.seat).await.expect("an answer"),
        Some(guest.person.id)
    );
}
