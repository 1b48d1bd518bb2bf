//! Leading the room over real sockets: who has the wall, what stands still, what comes next; and the
//! private notes, which are in nothing that anybody but the facilitation is sent or can open.

use domain::conduct::{Command as Conduct, Rejection as Refused};
use domain::people::registry::Grant;
use domain::{
    Command, ContributionKind, ItemId, ItemKind, NoteId, Rejection, Remark, Role, Shown,
    deliberation,
};
use server::service::entry::{enter, new_link};
use server::service::sample::Stage;
use uuid::Uuid;

use super::agreement::facilitator;
use super::support::{Device, FIRST, Server, encoded, get, post, shown};

/// What nobody but the facilitation reads.
const NOTE: &str = "Ojo: la Contraloría no ha confirmado su presupuesto";

fn say(device: &mut Device, command: Conduct) {
    device.command(Command::Conduct(command));
}

async fn co_facilitator(server: &Server) -> Device {
    let grant = Grant { role: Role::CoFacilitator, seat: None, mesa: Some(FIRST) };
    let (issue, secret) = new_link(grant);
    enter(server.store(), server.ways.exercise_id, &issue).await.unwrap();
    server.device(&format!("/enlace/{}", secret.text), "Carmen").await
}

#[tokio::test]
async fn two_who_facilitate_see_who_has_the_wall_and_one_command_takes_it() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let mut other = co_facilitator(&server).await;
    let mut wall = server.follower().await;
    let ids: Vec<_> =
        shown(&lead.replica).visible(ItemKind::Commitment, None).map(|item| item.id).collect();
    say(&mut lead, Conduct::TakeWall { taken: true });
    lead.settled().await;
    other.until(|replica| shown(replica).conduct.wall.by.is_some()).await;
    say(&mut other, Conduct::Show { shown: Shown::Item(ids[1]) });
    other.settled().await;
    assert_eq!(other.refused.pop(), Some(Rejection::Conduct(Refused::WallTaken)));
    // Both say what comes next.
    say(&mut other, Conduct::LineUp { item: ids[2], first: false });
    other.settled().await;
    say(&mut lead, Conduct::LineUp { item: ids[0], first: true });
    lead.settled().await;
    other.until(|replica| shown(replica).conduct.wall.next == [ids[0], ids[2]]).await;
    say(&mut lead, Conduct::HoldWall { held: true });
    lead.settled().await;
    wall.until(|replica| shown(replica).conduct.wall.held).await;
    say(&mut other, Conduct::TakeWall { taken: true });
    say(&mut other, Conduct::Show { shown: Shown::Item(ids[0]) });
    other.settled().await;
    assert_eq!(other.refused, []);
    wall.until(|replica| shown(replica).conduct.shown == Shown::Item(ids[0])).await;
    let seen = &shown(&wall.replica).conduct.wall;
    assert_eq!((seen.held, seen.by, seen.next.len()), (false, None, 0), "what the public knows");
    lead.until(|replica| shown(replica).conduct.wall.next == [ids[2]]).await;
    assert_ne!(shown(&lead.replica).conduct.wall.by, lead.replica.me().person);
    server.verify_clean().await;
}

#[tokio::test]
async fn the_facilitation_reads_what_attendees_see_and_its_links_lead_on_within() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let text = Some(Remark::parse(NOTE).unwrap());
    say(&mut lead, Conduct::WriteNote { note: NoteId(Uuid::now_v7()), text });
    lead.settled().await;
    let cookie = server.sign_in(&server.ways.facilitator_url, "Fabiola").await;
    let seen = format!("/asistente/{}", server.ways.mesa_id);
    for screen in ["", "/problemas", "/compromisos"] {
        let page = get(server.address, &format!("{seen}{screen}"), Some(&cookie)).await;
        assert_eq!(page.status, 200, "{screen}");
        assert!(page.text.contains("Así lo ve una persona asistente."), "{screen}");
        assert!(page.text.contains(&format!("href=\"{seen}/compromisos\"")), "{screen}");
        let desk = format!("href=\"/ejercicio/{}/conducir\"", server.ways.mesa_id);
        assert_eq!(page.text.matches(&desk).count(), 1, "only the way back: {screen}");
        assert!(!page.text.contains("<script"), "{screen}: it runs no program");
        assert!(!page.text.contains("Contraloría no ha confirmado"), "{screen}");
    }
    let desk = get(server.address, &format!("{seen}/conducir"), Some(&cookie)).await;
    assert_eq!(desk.status, 403);
    let ana = server.sign_in(server.seat(0), "Ana").await;
    assert_eq!(get(server.address, &seen, Some(&ana)).await.status, 403);
}

#[tokio::test]
async fn a_private_note_is_in_nothing_that_others_are_sent() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let mut other = co_facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut wall = server.follower().await;
    let (first, second) = (NoteId(Uuid::now_v7()), NoteId(Uuid::now_v7()));
    let text = Some(Remark::parse(NOTE).unwrap());
    say(&mut lead, Conduct::WriteNote { note: first, text: text.clone() });
    say(&mut lead, Conduct::WriteNote { note: second, text });
    say(&mut lead, Conduct::WriteNote { note: second, text: None });
    lead.settled().await;
    other.until(|replica| shown(replica).conduct.notes.len() == 1).await;
    // A seat may not write one, and everybody has all that happened before this.
    let text = Some(Remark::parse("Yo también").unwrap());
    say(&mut ana, Conduct::WriteNote { note: first, text });
    ana.settled().await;
    assert_eq!(ana.refused.len(), 1);
    say(&mut lead, Conduct::SetDoor { open: false });
    lead.settled().await;
    for device in [&mut ana, &mut wall] {
        device.until(|replica| !shown(replica).conduct.door_open).await;
    }
    let late_seat = server.device(server.seat(1), "Beto").await;
    let late = server.follower().await;
    let noted = NOTE.as_bytes();
    for (device, knows) in [
        (&lead, true),
        (&other, true),
        (&ana, false),
        (&wall, false),
        (&late_seat, false),
        (&late, false),
    ] {
        let told = device.received.windows(noted.len()).any(|window| window == noted);
        let has = shown(&device.replica).conduct.notes.len() == 1;
        assert_eq!((told || has, has), (knows, knows));
    }
    // Nor is it in what anybody can open.
    let exercise = server.ways.exercise_id;
    let files = format!("/publico/{}/datos.json", server.ways.mesa_id);
    for path in [format!("/publica/{exercise}"), files] {
        let page = get(server.address, &path, None).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text.contains("Contraloría no ha confirmado"), "{path}");
    }
    let state = server.store().load(exercise).await.unwrap().unwrap().state;
    assert_eq!(state.mesa(FIRST).unwrap().conduct.notes.len(), 1);
    server.verify_clean().await;
}

#[tokio::test]
async fn whose_writing_is_paused_reads_why_and_by_whom_alone_and_says_what_they_think_of_it() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let wall = server.follower().await;
    let (reason, appeal) = ("Insultó a una vecina en el texto", "No fui yo: prestaron mi teléfono");
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let seat = Some(state.actors[0].seats[0].id);
    let attendees = &state.mesa(FIRST).unwrap().people.attendees;
    let person = *attendees.iter().find(|(_, attendee)| attendee.seat == seat).unwrap().0;
    let mute = |reason: Option<&str>| Conduct::Mute {
        person,
        reason: reason.map(|reason| Remark::parse(reason).unwrap()),
    };
    say(&mut lead, mute(Some(reason)));
    lead.settled().await;
    assert_eq!(lead.refused, []);
    let contribute = |text: &str| {
        Command::Deliberation(deliberation::Command::Contribute {
            item: ItemId(Uuid::now_v7()),
            target: None,
            kind: ContributionKind::Question,
            text: Remark::parse(text).unwrap(),
        })
    };
    ana.command(contribute("¿Y el presupuesto?"));
    ana.settled().await;
    assert_eq!(ana.refused.pop(), Some(Rejection::Conduct(Refused::Muted)));
    beto.command(contribute("Yo sí escribo"));
    beto.settled().await;
    assert_eq!(beto.refused, []);

    let page = format!("/ejercicio/{}/asistencia/escritura", server.ways.mesa_id);
    let cookie = ana.cookie.clone().unwrap();
    let told = get(server.address, &page, Some(&cookie)).await;
    assert!(
        told.text.contains(reason) && told.text.contains("Lo decidió Fabiola"),
        "{}",
        told.text
    );
    let empty = post(server.address, &page, encoded([("texto", " ")]), Some(&cookie)).await;
    assert_eq!(empty.status, 422);
    let said = post(server.address, &page, encoded([("texto", appeal)]), Some(&cookie)).await;
    assert_eq!(said.status, 200);
    assert!(said.text.contains("La facilitación ya lo tiene a la vista."), "{}", said.text);
    lead.until(|replica| {
        let mute = shown(replica).conduct.muted.first();
        mute.is_some_and(|mute| mute.appeal == Some(Remark::parse(appeal).unwrap()))
    })
    .await;
    // Nobody else learns of it, neither from their page nor from what they are sent.
    let others = get(server.address, &page, beto.cookie.as_deref()).await;
    assert!(others.text.contains("Puedes escribir en la mesa") && !others.text.contains("Insultó"));
    say(&mut lead, mute(None));
    lead.settled().await;
    ana.command(contribute("¿Y el presupuesto?"));
    ana.settled().await;
    assert_eq!(ana.refused, []);
    for device in [&ana, &beto, &wall] {
        for words in [reason, appeal] {
            let bytes = words.as_bytes();
            assert!(!device.received.windows(bytes.len()).any(|window| window == bytes));
        }
        assert!(shown(&device.replica).conduct.muted.is_empty());
    }
    server.verify_clean().await;
}
