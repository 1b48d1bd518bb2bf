use domain::{Command, ItemKind, Phase, Rejection, TextField};
use domain::{conduct, deliberation};
use futures_util::SinkExt;
use server::service::sample::Stage;
use sync::wire::Tag;
use tokio_tungstenite::tungstenite::Message;

use super::support::{Device, FIRST, Server, open_socket, shown};

#[tokio::test]
async fn what_one_writes_everyone_reads_and_it_is_still_there_after_a_restart() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut follower = server.follower().await;

    let item = ana.add(ItemKind::Commitment, None);
    ana.type_at(item, TextField::Title, 0, "Agua limpia 👩🏽‍🔬 a la vista");
    let activity = ana.add(ItemKind::Activity, Some(item));
    ana.type_at(activity, TextField::Title, 0, "Formato y puntos de muestreo");
    ana.settled().await;
    beto.until_text(activity, TextField::Title, "Formato y puntos de muestreo").await;
    follower.until_text(item, TextField::Title, "Agua limpia 👩🏽‍🔬 a la vista").await;
    server.verify_clean().await;

    let exercise = server.ways.exercise_id;
    let folder = server.stop().await;
    let store =
        store::Store::open(&store::Location::Sqlite(folder.path().to_owned())).await.unwrap();
    let loaded = store.load(exercise).await.unwrap().unwrap();
    assert_eq!(
        loaded.state.mesa(FIRST).unwrap().item(activity).unwrap().text(TextField::Title),
        "Formato y puntos de muestreo"
    );
    assert_eq!(&loaded.state.for_viewer(domain::Viewer::Seat(FIRST)), beto.replica.confirmed());
}

#[tokio::test]
async fn two_people_in_one_paragraph_keep_every_character_in_the_same_order() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    for round in 0..20_u32 {
        ana.type_at(item, TextField::Description, round * 2, &format!("a{}", round % 10));
        ana.send().await;
        beto.type_at(item, TextField::Description, 0, &format!("b{}", round % 10));
        beto.send().await;
    }
    ana.settled().await;
    beto.settled().await;
    let length = ana
        .text(item, TextField::Description)
        .chars()
        .count()
        .max(beto.text(item, TextField::Description).chars().count());
    assert_eq!(length, 80);
    let seq = ana.replica.position().unwrap().seq.max(beto.replica.position().unwrap().seq);
    for device in [&mut ana, &mut beto] {
        device.until(|replica| replica.position().is_some_and(|at| at.seq >= seq)).await;
    }
    assert_eq!(ana.text(item, TextField::Description), beto.text(item, TextField::Description));
    server.verify_clean().await;
}

#[tokio::test]
async fn after_a_break_a_device_gets_only_what_it_missed_and_sends_what_it_kept() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = shown(&ana.replica).deliberation.commitments[0];

    ana.replica.disconnected();
    ana.type_at(item, TextField::Objective, 0, "Sin conexión: ");
    beto.type_at(item, TextField::Objective, 0, "Desde la sala: ");
    beto.settled().await;
    let before = ana.received.len();
    ana.reconnect(server.address).await;
    assert!(
        ana.received.len() - before < 400,
        "a tail, not a snapshot: {} bytes",
        ana.received.len() - before
    );
    ana.settled().await;
    let text = ana.text(item, TextField::Objective);
    assert!(text.starts_with("Desde la sala: Sin conexión: Que"), "{text}");
    beto.until_text(item, TextField::Objective, &text).await;
}

#[tokio::test]
async fn a_device_that_followed_another_history_gets_everything_anew() {
    let server = Server::start(Stage::Live).await;
    let ana = server.device(server.seat(0), "Ana").await;
    let mut position = ana.replica.position().unwrap();
    position.tag = Tag([9, 9, 9, 9]);
    let state = domain::Exercise::default();
    let snapshot = sync::wire::Snapshot { at: position, state };
    let mut stranger =
        Device::connect(server.address, server.ways.mesa_id, ana.cookie.clone()).await;
    stranger.replica =
        sync::Replica::new(server.ways.exercise_id, stranger.replica.me().clone(), Some(snapshot));
    stranger.reconnect(server.address).await;
    assert_eq!(shown(&stranger.replica).deliberation.problems.len(), 8);
}

#[tokio::test]
async fn a_command_sent_twice_is_applied_once_and_answered_twice() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let item = ana.add(ItemKind::Problem, None);
    let stored: Vec<_> = ana.replica.unanswered().cloned().collect();
    ana.settled().await;
    // The same outbox again, as after reloading a tab whose answer was lost.
    let mut again = Device::connect(server.address, server.ways.mesa_id, ana.cookie.clone()).await;
    let person = ana.replica.me().person;
    let me = sync::Me { person, ..again.replica.me().clone() };
    again.replica = sync::Replica::new(server.ways.exercise_id, me, None);
    again.replica.restore(stored);
    again.reconnect(server.address).await;
    again.settled().await;
    assert!(again.refused.is_empty());
    assert_eq!(
        shown(&again.replica).deliberation.problems.iter().filter(|id| **id == item).count(),
        1
    );
}

#[tokio::test]
async fn what_still_comes_from_a_connection_that_was_given_up_is_not_taken() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = ana.add(ItemKind::Problem, None);
    let on_its_way = ana.replica.outgoing().1;
    ana.replica.disconnected();
    let origin = format!("http://{}", server.address);
    let socket =
        open_socket(server.address, server.ways.mesa_id, ana.cookie.as_deref(), Some(&origin))
            .await
            .unwrap();
    let mut given_up = std::mem::replace(&mut ana.socket, socket);
    let hello = ana.replica.hello();
    ana.socket.send(Message::binary(hello)).await.unwrap();
    while !ana.replica.is_joined() {
        ana.take_one().await;
    }
    for frame in on_its_way {
        given_up.send(Message::binary(frame)).await.unwrap();
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    beto.add(ItemKind::Problem, None);
    beto.settled().await;
    assert!(
        beto.replica.confirmed().item(item).is_none(),
        "it came by the connection that was given up"
    );
    ana.settled().await;
    assert!(ana.refused.is_empty());
    beto.until(|replica| replica.confirmed().item(item).is_some()).await;
    server.verify_clean().await;
}

#[tokio::test]
async fn what_a_role_may_not_do_is_refused_by_the_server_whatever_the_screen_says() {
    let server = Server::start(Stage::Agreed).await;
    let mut guest = server.device(&format!("/entrar/{}", server.ways.join_code), "Celia").await;
    let commitment = shown(&guest.replica).deliberation.commitments[0];
    guest.type_at(commitment, TextField::Title, 0, "yo ");
    guest.command(Command::Conduct(conduct::Command::ChangePhase { to: Phase::Closed }));
    guest.command(Command::Deliberation(deliberation::Command::Remove { item: commitment }));
    guest.settled().await;
    assert_eq!(guest.refused.len(), 3);
    assert!(
        guest.refused.iter().all(|rejection| matches!(rejection, Rejection::NotAllowed { .. }))
    );
    assert_eq!(guest.text(commitment, TextField::Title), "Sigue tu uniforme");
    // They may write their own problem.
    let own = guest.add(ItemKind::Problem, None);
    guest.type_at(own, TextField::Title, 0, "Falta alumbrado en la parada");
    guest.settled().await;
    assert_eq!(guest.refused.len(), 3);
    server.verify_clean().await;
}

#[tokio::test]
async fn ten_thousand_characters_and_unknown_ids_are_refused_and_nobody_else_notices() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    let before = beto.text(item, TextField::Description);
    ana.type_at(item, TextField::Description, 0, &"x".repeat(10_000));
    ana.command(Command::Deliberation(deliberation::Command::Remove {
        item: domain::ItemId(uuid::Uuid::now_v7()),
    }));
    ana.settled().await;
    assert_eq!(ana.refused.len(), 2, "{:?}", ana.refused);
    assert!(ana.refused.contains(&Rejection::Deliberation(deliberation::Rejection::TextTooLong {
        limit: TextField::Description.limit()
    })));
    assert!(ana.refused.contains(&Rejection::Deliberation(deliberation::Rejection::UnknownItem)));
    beto.type_at(item, TextField::Description, 0, "sigue ");
    beto.settled().await;
    assert_eq!(beto.text(item, TextField::Description), format!("sigue {before}"));
    ana.until_text(item, TextField::Description, &format!("sigue {before}")).await;
    server.verify_clean().await;
}

#[tokio::test]
async fn two_servers_on_one_sqlite_tell_one_story() {
    two_servers_on_one_store(Server::start(Stage::Agreed).await).await;
}

#[tokio::test]
async fn two_servers_on_one_postgres_tell_one_story() {
    if let Some(server) = Server::start_on_postgres(Stage::Agreed).await {
        two_servers_on_one_store(server).await;
    }
}

#[tokio::test]
async fn servers_on_one_postgres_hear_of_each_other_at_once() {
    let Some(server) = Server::start_on_postgres(Stage::Agreed).await else { return };
    let (second, _state) = server.second().await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let cookie = server.sign_in(server.seat(1), "Beto").await;
    let mut beto = Device::connect(second, server.ways.mesa_id, Some(cookie)).await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    let mut waits = Vec::new();
    for round in 1..=11 {
        let begun = std::time::Instant::now();
        ana.type_at(item, TextField::Description, 0, "A");
        ana.send().await;
        let heard = |text: &str| text.matches('A').count() == round;
        beto.until(|replica| {
            replica.view().item(item).is_some_and(|item| heard(item.text(TextField::Description)))
        })
        .await;
        ana.settled().await;
        waits.push(begun.elapsed());
        // So that the next one doesn't coincide with the room's own check, twice a second.
        tokio::time::sleep(std::time::Duration::from_millis(70)).await;
    }
    waits.sort();
    println!("heard by the other node after (median) {:?}", waits[5]);
    assert!(waits[5] < std::time::Duration::from_millis(150), "{waits:?}");
}

async fn two_servers_on_one_store(server: Server) {
    let (second, _state) = server.second().await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let cookie = server.sign_in(server.seat(1), "Beto").await;
    let mut beto = Device::connect(second, server.ways.mesa_id, Some(cookie)).await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    for _ in 0..10 {
        ana.type_at(item, TextField::Description, 0, "A");
        ana.send().await;
        beto.type_at(item, TextField::Description, 0, "B");
        beto.send().await;
    }
    ana.settled().await;
    beto.settled().await;
    let all = |text: &str| text.matches('A').count() == 10 && text.matches('B').count() == 10;
    for device in [&mut ana, &mut beto] {
        device
            .until(|replica| {
                replica.view().item(item).is_some_and(|item| all(item.text(TextField::Description)))
            })
            .await;
    }
    assert_eq!(ana.text(item, TextField::Description), beto.text(item, TextField::Description));
    server.verify_clean().await;
}
