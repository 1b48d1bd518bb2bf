//! Texts that arrive after their phase has closed: who is away before that, whose they are
//! afterwards, and how they are accepted later.

use domain::{conduct, people};
use std::time::Duration;

use domain::{
    Command, Exercise, ItemKind, LatePart, Mesa, PersonId, Phase, Rejection, TextField, Viewer,
};
use server::service::sample::Stage;
use sync::StoredCommand;
use sync::wire::Present;

use super::support::{Device, FIRST, SOON, Server, shown};

async fn facilitator(server: &Server) -> Device {
    let path = server.ways.facilitator_url.clone();
    server.device(&path, "Fabiola").await
}

async fn go(facilitator: &mut Device, to: Phase) {
    facilitator.command(Command::Conduct(conduct::Command::ChangePhase { to }));
    facilitator.settled().await;
    assert_eq!(facilitator.refused, []);
    assert_eq!(shown(&facilitator.replica).conduct.phase, to);
}

async fn loaded(server: &Server) -> Exercise {
    server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state
}

async fn state(server: &Server) -> Mesa {
    loaded(server).await.mesa(FIRST).unwrap().as_ref().clone()
}

/// Waits until the roster says something about someone.
async fn until_told(facilitator: &mut Device, name: &str, holds: impl Fn(&Present) -> bool) {
    let told = async {
        while !facilitator.roster.iter().any(|present| present.name == name && holds(present)) {
            facilitator.take_one().await;
        }
    };
    let heard = tokio::time::timeout(Duration::from_secs(60), told).await;
    heard.unwrap_or_else(|_| panic!("never told of {name}: {:?}", facilitator.roster));
}

fn now() -> i64 {
    server::clock::now()
}

#[tokio::test]
async fn who_is_away_is_told_with_when_they_were_last_heard() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let before = now();
    let ana = server.device(server.seat(0), "Ana").await;
    until_told(&mut facilitator, "Ana", |ana| ana.devices == 1 && ana.heard.is_none()).await;
    drop(ana);
    until_told(&mut facilitator, "Ana", |ana| {
        ana.devices == 0 && ana.heard.is_some_and(|at| (before..=now()).contains(&at))
    })
    .await;

    // One person with two devices: the one that is away is listed separately.
    let cookie = server.sign_in(server.seat(1), "Beto").await;
    let phone = Device::connect(server.address, server.ways.mesa_id, Some(cookie.clone())).await;
    let tab = Device::connect(server.address, server.ways.mesa_id, Some(cookie)).await;
    until_told(&mut facilitator, "Beto", |beto| beto.devices == 1 && beto.others.is_empty()).await;
    drop(phone);
    until_told(&mut facilitator, "Beto", |beto| beto.devices == 1 && beto.others.is_empty()).await;
    drop(tab);
    until_told(&mut facilitator, "Beto", |beto| beto.devices == 0 && beto.heard.is_some()).await;
}

#[tokio::test]
async fn a_phone_that_lost_its_network_silently_is_away_with_the_right_time() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    // It reads nothing from here on, so it answers nothing, while its system keeps the connection
    // open.
    let silent = server.device(server.seat(0), "Ana").await;
    let last = now();
    until_told(&mut facilitator, "Ana", |ana| ana.devices == 1).await;
    until_told(&mut facilitator, "Ana", |ana| ana.devices == 0).await;
    let since = now() - last;
    assert!((20_000..45_000).contains(&since), "noticed after {since} ms");
    let heard = facilitator
        .roster
        .iter()
        .find(|present| present.name == "Ana")
        .and_then(|ana| ana.heard)
        .unwrap();
    assert!((heard - last).abs() < 2_000, "heard {} ms off", heard - last);
    drop(silent);
}

/// The refused commands of a device, as its outbox keeps them.
fn kept(device: &Device) -> Vec<StoredCommand> {
    device.kept.clone()
}

#[tokio::test]
async fn a_text_that_came_late_is_told_of_without_its_words_and_comes_once_when_it_is_asked_for() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    let (objective, other) =
        (ana.text(item, TextField::Objective), ana.text(item, TextField::Description));

    // Offline: a continued line, a deletion within it, and another text.
    ana.replica.disconnected();
    ana.type_at(item, TextField::Objective, 0, "Palabras guardadas ");
    ana.replica.edit(
        item,
        TextField::Objective,
        &domain::Patch::splice(9, 9, "secretas"),
        domain::CommandId(uuid::Uuid::now_v7()),
        0,
    );
    beto.type_at(item, TextField::Objective, 0, "Beto: ");
    beto.settled().await;
    go(&mut facilitator, Phase::ReadOut).await;
    ana.reconnect(server.address).await;
    ana.settled().await;
    assert!(
        matches!(ana.refused[..], [Rejection::NotAllowed { phase: Phase::ReadOut, .. }]),
        "{:?}",
        ana.refused
    );
    assert_eq!(ana.text(item, TextField::Objective), format!("Beto: {objective}"));

    // The facilitation sees whose and where, on any desk, also after a restart; nobody else does,
    // and nobody sees the words.
    facilitator.until(|replica| shown(replica).conduct.late.len() == 1).await;
    let late = shown(&facilitator.replica).conduct.late[0];
    assert_eq!(late.part, LatePart::Text { item, field: TextField::Objective });
    let told = facilitator
        .roster
        .iter()
        .find(|present| present.name == "Ana")
        .map(|present| present.person);
    assert_eq!(Some(late.person), told);
    assert!(shown(&beto.replica).conduct.late.is_empty());
    let second = super::support::Device::connect(
        server.address,
        server.ways.mesa_id,
        facilitator.cookie.clone(),
    )
    .await;
    assert_eq!(shown(&second.replica).conduct.late, [late]);
    for device in [&facilitator, &beto] {
        assert!(
            !device.received.windows(8).any(|bytes| bytes == b"secretas"),
            "the words are their author's"
        );
    }

    // Asked for before it is acceptable, it is sent once it is.
    facilitator.command(Command::Conduct(conduct::Command::AskLate));
    facilitator.settled().await;
    ana.until(|replica| shown(replica).conduct.late_asks == 1).await;
    go(&mut facilitator, Phase::Agreements).await;
    beto.type_at(item, TextField::Objective, 0, "Y ");
    beto.settled().await;
    ana.until(|replica| shown(replica).conduct.phase == Phase::Agreements).await;
    let refused = kept(&ana);
    // Twice, as from two tabs.
    for _ in 0..2 {
        ana.replica.send_again(refused.clone());
        ana.reconnect(server.address).await;
        ana.settled().await;
    }
    let came = ana.text(item, TextField::Objective);
    assert_eq!(came.matches("Palabras secretas").count(), 1, "{came}");
    assert!(
        came.contains("Beto: ") && came.starts_with("Y ") && came.ends_with(&objective),
        "{came}"
    );
    assert_eq!(ana.text(item, TextField::Description), other);
    beto.until_text(item, TextField::Objective, &came).await;
    facilitator.until(|replica| shown(replica).conduct.late.is_empty()).await;
    server.verify_clean().await;
}

#[tokio::test]
async fn a_new_item_that_came_late_comes_with_all_that_is_in_it() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    ana.replica.disconnected();
    let item = ana.add(ItemKind::Problem, None);
    ana.type_at(item, TextField::Title, 0, "Baches en la calle Hidalgo");
    let solution = ana.add(ItemKind::Solution, Some(item));
    ana.type_at(solution, TextField::Title, 0, "Un tablero");
    go(&mut facilitator, Phase::ReadOut).await;
    ana.reconnect(server.address).await;
    ana.settled().await;
    assert_eq!(ana.refused.len(), 4);
    assert!(
        ana.refused.iter().all(|rejection| matches!(rejection, Rejection::NotAllowed { .. })),
        "{:?}",
        ana.refused
    );
    facilitator.until(|replica| shown(replica).conduct.late.len() == 2).await;
    go(&mut facilitator, Phase::Agreements).await;
    ana.until(|replica| shown(replica).conduct.phase == Phase::Agreements).await;
    let refused = kept(&ana);
    ana.replica.send_again(refused);
    ana.reconnect(server.address).await;
    ana.settled().await;
    facilitator.until_text(item, TextField::Title, "Baches en la calle Hidalgo").await;
    facilitator.until_text(solution, TextField::Title, "Un tablero").await;
    facilitator.until(|replica| shown(replica).conduct.late.is_empty()).await;
    server.verify_clean().await;
}

#[tokio::test]
async fn what_came_late_outlives_the_server_and_can_be_given_up() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    ana.replica.disconnected();
    ana.type_at(item, TextField::Objective, 0, "Tarde ");
    go(&mut facilitator, Phase::ReadOut).await;
    ana.reconnect(server.address).await;
    ana.settled().await;
    facilitator.until(|replica| shown(replica).conduct.late.len() == 1).await;
    let (cookie, ana_cookie) = (facilitator.cookie.clone(), ana.cookie.clone());
    drop((facilitator, ana));
    let ways = server.ways.clone();
    let server = Server::on_folder(server.stop().await, ways).await;
    let mut facilitator = Device::connect(server.address, server.ways.mesa_id, cookie).await;
    assert_eq!(shown(&facilitator.replica).conduct.late.len(), 1);
    let mut ana = Device::connect(server.address, server.ways.mesa_id, ana_cookie).await;
    let print = shown(&facilitator.replica).conduct.late[0].print;
    let mut beto = server.device(server.seat(1), "Beto").await;
    beto.command(Command::Conduct(conduct::Command::SettleLate { print }));
    beto.settled().await;
    assert_eq!(beto.refused.len(), 1, "it isn't his");
    ana.command(Command::Conduct(conduct::Command::SettleLate { print }));
    ana.settled().await;
    facilitator.until(|replica| shown(replica).conduct.late.is_empty()).await;
    assert_eq!(
        loaded(&server)
            .await
            .for_viewer(Viewer::Facilitation(FIRST))
            .mesa(FIRST)
            .unwrap()
            .conduct
            .late,
        []
    );
    server.verify_clean().await;
}

/// Somebody who could do nothing in any phase leaves no note.
#[tokio::test]
async fn a_refusal_that_has_nothing_to_do_with_the_time_is_not_told() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    ana.command(Command::Conduct(conduct::Command::ChangePhase { to: Phase::Analysis }));
    ana.command(Command::People(people::Command::NoteAttendance {
        person: PersonId(uuid::Uuid::nil()),
        there: false,
    }));
    ana.settled().await;
    assert_eq!(ana.refused.len(), 2);
    go(&mut facilitator, Phase::Analysis).await;
    tokio::time::timeout(
        SOON,
        ana.until(|replica| shown(replica).conduct.phase == Phase::Analysis),
    )
    .await
    .unwrap();
    assert_eq!(state(&server).await.conduct.late, []);
}
