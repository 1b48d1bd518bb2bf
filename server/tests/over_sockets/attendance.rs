//! How people attend, what they allow, the privacy notice and the logos.

use domain::exercise::{ImageError, LOGO_BYTES, NoticeText};
use domain::people::attendance::AttendanceMode;
use domain::people::attendance::Stay;
use domain::{Command, Mesa, PersonId, ServerCommand, ShortText};
use domain::{deliberation, exercise, people};
use server::service::entry;
use server::service::logo::{self, LogoError};
use server::service::sample::Stage;

use super::support::{FIRST, Response, SOON, Server, ask, get, here, post};

fn door(server: &Server) -> String {
    format!("/entrar/{}", server.ways.join_code)
}

async fn state(server: &Server) -> Mesa {
    server
        .store()
        .load(server.ways.exercise_id)
        .await
        .unwrap()
        .unwrap()
        .state
        .mesa(FIRST)
        .unwrap()
        .as_ref()
        .clone()
}

fn page(server: &Server) -> String {
    format!("/ejercicio/{}/asistencia", server.ways.mesa_id)
}

/// Requests a page until it contains the text: the server notices what the operator enters within a
/// second.
async fn until(server: &Server, path: &str, says: &str) -> Response {
    let asking = async {
        loop {
            let response = get(server.address, path, None).await;
            if response.text.contains(says) {
                return response;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(SOON, asking).await.unwrap_or_else(|_| panic!("{path} never says {says}"))
}

#[tokio::test]
async fn what_is_said_at_the_door_is_kept_and_can_be_changed() {
    let server = Server::start(Stage::Live).await;
    let shown = get(server.address, &door(&server), None).await.text;
    for part in [
        "¿Cómo participas?",
        "A distancia",
        "Mi nombre puede aparecer",
        "Secretariado Técnico Local",
        "versión 1",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    let entered = post(
        server.address,
        &door(&server),
        "nombre=Ana&organizacion=&modo=distancia&publico=si&aviso=1",
        None,
    )
    .await;
    let cookie = entered.cookie.expect("a cookie");
    let seen = state(&server).await;
    let (person, attendee) = seen.people.attendees.iter().next().unwrap();
    assert_eq!((attendee.mode, attendee.name_public), (AttendanceMode::Remote, true));
    assert_eq!(attendee.notice.map(|accepted| accepted.version), Some(1));
    assert!(matches!(attendee.stays[..], [Stay { to: None, .. }]));

    let own = get(server.address, &page(&server), Some(&cookie)).await;
    assert!(
        own.text.contains("Ana")
            && own.text.contains("Aceptaste el aviso de privacidad, versión 1."),
        "{}",
        own.text
    );
    let saved = post(server.address, &page(&server), "modo=ayuda&aviso=1", Some(&cookie)).await;
    assert!(saved.status == 200 && saved.text.contains("Se guardó."), "{}", saved.text);
    let attendee = &state(&server).await.people.attendees[person];
    assert_eq!(
        (attendee.mode, attendee.name_public, attendee.stays.len()),
        (AttendanceMode::Assisted, false, 1)
    );
    // Nobody can see anybody else's, or any without a session.
    assert_eq!(get(server.address, &page(&server), None).await.status, 403);
    assert_eq!(
        post(server.address, &page(&server), "modo=sala&publico=si", None).await.status,
        403
    );
    // An invalid value changes nothing.
    assert_eq!(
        post(server.address, &page(&server), "modo=volando", Some(&cookie)).await.status,
        200
    );
    assert_eq!(state(&server).await.people.attendees[person].mode, AttendanceMode::Assisted);
    server.verify_clean().await;
}

#[tokio::test]
async fn only_the_notice_that_was_read_is_accepted() {
    let server = Server::start(Stage::Empty).await;
    // A form without the notice's version didn't show it: an old form, a program.
    for (name, body) in [("Ana", ""), ("Eva", "&aviso=2"), ("Luz", "&aviso=x")] {
        let entered =
            post(server.address, &door(&server), &format!("nombre={name}{body}"), None).await;
        assert_eq!(entered.status, 303, "{name}");
    }
    assert!(
        state(&server).await.people.attendees.values().all(|attendee| attendee.notice.is_none())
    );

    let text = |text: &str| NoticeText::parse(text).unwrap();
    let publish = ServerCommand::Exercise(exercise::ServerCommand::PublishNotice {
        short: text("Otro aviso breve."),
        full: text("Uno.\n\nDos <b>."),
    });
    entry::enter(server.store(), server.ways.exercise_id, &publish).await.unwrap();
    until(&server, &door(&server), "Otro aviso breve.").await;
    let notice = get(server.address, &format!("/aviso/{}", server.ways.mesa_id), None).await;
    assert!(
        notice.text.contains("Versión 2")
            && notice.text.contains("<p>Uno.")
            && notice.text.contains("Dos &lt;b"),
        "{}",
        notice.text
    );
    for nothing in [
        "/aviso/nada",
        &format!("/aviso/{}", server.ways.exercise_id),
        "/aviso/01936d3e-0000-7000-8000-000000000001",
    ] {
        assert_eq!(get(server.address, nothing, None).await.status, 404, "{nothing}");
    }
    let late = post(server.address, &door(&server), "nombre=Sol&aviso=1", None).await;
    let cookie = late.cookie.expect("a cookie");
    let own = get(server.address, &page(&server), Some(&cookie)).await;
    assert!(
        own.text.contains("Al guardar aceptas el aviso de privacidad, versión 2."),
        "{}",
        own.text
    );
    post(server.address, &page(&server), "modo=sala&aviso=2", Some(&cookie)).await;
    let accepted: Vec<_> = state(&server)
        .await
        .people
        .attendees
        .values()
        .filter_map(|attendee| attendee.notice)
        .collect();
    assert_eq!(accepted.iter().map(|accepted| accepted.version).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn who_leaves_is_noted_by_signing_out_or_by_the_facilitation() {
    let server = Server::start(Stage::Live).await;
    let ana = server.sign_in(&door(&server), "Ana").await;
    post(server.address, "/salir", "", Some(&ana)).await;
    let (person, stays) = state(&server)
        .await
        .people
        .attendees
        .iter()
        .map(|(person, ana)| (*person, ana.stays.clone()))
        .next()
        .unwrap();
    assert!(matches!(stays[..], [Stay { to: Some(_), .. }]), "{stays:?}");

    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    facilitator.command(Command::People(people::Command::NoteAttendance { person, there: true }));
    facilitator.settled().await;
    assert_eq!(here(&facilitator.replica).people.attendees[&person].stays.len(), 2);
    // Only the facilitation marks people as gone, and only people who came.
    let mut luis = server.device(&door(&server), "Luis").await;
    luis.command(Command::People(people::Command::NoteAttendance { person, there: false }));
    luis.settled().await;
    assert_eq!(luis.refused.len(), 1);
    facilitator.command(Command::People(people::Command::NoteAttendance {
        person: PersonId(uuid::Uuid::nil()),
        there: false,
    }));
    facilitator.settled().await;
    assert_eq!(
        facilitator.refused,
        [domain::Rejection::Deliberation(deliberation::Rejection::UnknownItem)]
    );
    server.verify_clean().await;
}

#[tokio::test]
async fn what_people_allowed_is_sent_to_the_facilitation_alone() {
    let server = Server::start(Stage::Live).await;
    post(server.address, &door(&server), "nombre=Ana&publico=si&aviso=1", None).await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let mut luis = server.device(&door(&server), "Luis").await;
    facilitator.settled().await;
    luis.settled().await;
    let allowed = |state: &Mesa| {
        state
            .people
            .attendees
            .values()
            .filter(|one| one.name_public || one.notice.is_some())
            .count()
    };
    assert_eq!((allowed(here(&facilitator.replica)), allowed(here(&luis.replica))), (1, 0));
    let follower = server.follower().await;
    assert!(here(&follower.replica).people.attendees.is_empty());
}

#[tokio::test]
async fn logos_stand_at_the_door_and_on_the_public_page_and_can_be_taken_away() {
    let server = Server::start(Stage::Live).await;
    let bytes = include_bytes!("../logo.png").to_vec();
    let (store, exercise) = (server.store(), server.ways.exercise_id);
    let name = ShortText::parse("Municipio «Valle Hondo» <b>").unwrap();
    let src = format!("/logo/{exercise}/1");
    assert_eq!(
        logo::put(store, exercise, 1, Some((name.clone(), bytes.clone()))).await.unwrap(),
        1
    );
    for (file, expected) in
        [(b"<svg/>".to_vec(), ImageError::Unknown), (vec![0; LOGO_BYTES + 1], ImageError::TooLarge)]
    {
        let refused = logo::put(store, exercise, 2, Some((name.clone(), file))).await;
        assert!(
            matches!(refused, Err(LogoError::Image(error)) if error == expected),
            "{refused:?}"
        );
    }
    let shown = until(&server, &door(&server), &src).await;
    assert!(shown.text.contains("Valle Hondo") && !shown.text.contains("<b>"), "{}", shown.text);
    until(&server, &format!("/publica/{}", server.ways.exercise_id), &src).await;
    let file = get(server.address, &src, None).await;
    assert_eq!((file.status, file.body.as_slice()), (200, bytes.as_slice()));
    // A range, a range beyond its end, and a cached copy.
    let asked =
        async |header: &str| ask(server.address, "GET", &src, b"", &format!("{header}\r\n")).await;
    let part = asked("Range: bytes=8-15").await;
    assert_eq!((part.status, part.body.as_slice()), (206, &bytes[8..16]));
    assert!(
        part.head
            .to_ascii_lowercase()
            .contains(&format!("content-range: bytes 8-15/{}", bytes.len())),
        "{}",
        part.head
    );
    assert_eq!(asked(&format!("Range: bytes={}-", bytes.len())).await.status, 416);
    let tag = file.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().trim();
    let known = asked(&format!("If-None-Match: {tag}")).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(asked("If-Range: \"other\"\r\nRange: bytes=8-15").await.status, 200);
    assert!(
        file.head.to_ascii_lowercase().contains("content-type: image/png")
            && file.head.to_ascii_lowercase().contains("sandbox")
    );
    for nothing in [
        "/logo/nada/1",
        &format!("/logo/{}/2", server.ways.exercise_id),
        &format!("/logo/{}/1", server.ways.mesa_id),
    ] {
        assert_eq!(get(server.address, nothing, None).await.status, 404, "{nothing}");
    }
    assert_eq!(logo::put(store, exercise, 1, None).await.unwrap(), 0);
    let gone = async {
        while get(server.address, &src, None).await.status != 404 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(SOON, gone).await.expect("gone in time");
    assert!(!get(server.address, &door(&server), None).await.text.contains(&src));
    server.verify_clean().await;
}

#[tokio::test]
async fn what_someone_tells_the_facilitation_is_said_in_their_seat_s_name() {
    let server = Server::start(Stage::Live).await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let actor = here(&facilitator.replica).actors[3].clone();
    let say = |item| {
        Command::Deliberation(deliberation::Command::Contribute {
            item,
            target: None,
            kind: domain::ContributionKind::Question,
            text: domain::Remark::parse("¿Desde cuándo?").unwrap(),
        })
    };
    let item = domain::ItemId(uuid::Uuid::now_v7());
    facilitator.command_for(actor.seats[0].id, say(item));
    facilitator.settled().await;
    assert!(facilitator.refused.is_empty(), "{:?}", facilitator.refused);
    ana.until(|replica| replica.confirmed().item(item).is_some()).await;
    let said = ana.replica.confirmed().item(item).unwrap().as_contribution().unwrap().clone();
    assert_eq!(said.actor, Some(actor.number));
    // A seat can't speak on behalf of another seat.
    ana.command_for(actor.seats[0].id, say(domain::ItemId(uuid::Uuid::now_v7())));
    ana.settled().await;
    assert_eq!(ana.refused, [domain::Rejection::NotOnBehalf]);
    server.verify_clean().await;
}
