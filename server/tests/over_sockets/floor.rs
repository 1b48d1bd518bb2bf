//! The floor over real sockets: asked for without a network, called, ended, the same for everybody,
//! after a restart, too.

use domain::floor::{Added, Command as Floor, State};
use domain::{Command, EntryId, Phase, Remark, ShortText};
use server::service::sample::Stage;
use uuid::Uuid;

use super::agreement::{facilitator, go};
use super::support::{Device, FIRST, Server, get, shown};

fn fresh() -> EntryId {
    EntryId(Uuid::now_v7())
}

fn say(device: &mut Device, command: Floor) {
    device.command(Command::Floor(command));
}

fn floor(device: &Device) -> &State {
    &shown(&device.replica).floor
}

fn waiting(device: &Device) -> Vec<EntryId> {
    floor(device).waiting.iter().map(|entry| entry.id).collect()
}

async fn until_waiting(device: &mut Device, expected: &[EntryId]) {
    device
        .until(|replica| {
            let floor = &shown(replica).floor;
            floor.waiting.iter().map(|entry| entry.id).eq(expected.iter().copied())
        })
        .await;
}

async fn kept(server: &Server) -> State {
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    state.mesa(FIRST).unwrap().floor.as_ref().clone()
}

#[tokio::test]
async fn who_asks_without_a_network_has_the_place_of_their_return_and_everybody_sees_the_same() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut wall = server.follower().await;
    let (first, second, third) = (fresh(), fresh(), fresh());

    ana.replica.disconnected();
    say(&mut ana, Floor::Ask { entry: first });
    assert_eq!(waiting(&ana), [first], "shown at once");
    say(&mut beto, Floor::Ask { entry: second });
    beto.settled().await;
    ana.reconnect(server.address).await;
    ana.settled().await;
    assert_eq!(ana.refused, []);
    // Sent once more, as after a lost answer, it counts once.
    say(&mut ana, Floor::Ask { entry: fresh() });
    ana.settled().await;
    let whom = Added::Named(ShortText::parse("Doña Lupe").unwrap());
    say(&mut lead, Floor::Add { entry: third, whom });
    lead.settled().await;
    for device in [&mut lead, &mut ana, &mut beto, &mut wall] {
        until_waiting(device, &[second, first, third]).await;
    }

    say(&mut lead, Floor::Call { entry: second });
    lead.settled().await;
    for device in [&mut ana, &mut beto, &mut wall] {
        device.until(|replica| shown(replica).floor.speaks(second).is_some()).await;
    }
    let timer = floor(&lead).turn.as_ref().unwrap().timer;
    assert_eq!(floor(&wall).turn.as_ref().unwrap().timer, timer);
    assert!((timer.since - server::clock::now()).abs() < 5_000, "the server's clock");
    // Beto's withdrawal comes late; others leave the list: the clock runs on.
    say(&mut beto, Floor::Withdraw);
    beto.settled().await;
    say(&mut lead, Floor::Remove { entry: third });
    say(&mut ana, Floor::Withdraw);
    lead.settled().await;
    ana.settled().await;
    for device in [&mut lead, &mut ana, &mut beto, &mut wall] {
        until_waiting(device, &[]).await;
        assert_eq!(floor(device).turn.as_ref().unwrap().timer, timer);
    }
    // Nobody else ends the turn; who has it may.
    say(&mut ana, Floor::End { entry: second });
    ana.settled().await;
    assert_eq!(ana.refused.len(), 1);
    say(&mut beto, Floor::End { entry: second });
    beto.settled().await;
    lead.until(|replica| shown(replica).floor.turn.is_none()).await;
    assert_eq!(floor(&lead).spoke.len(), 1);
    ana.until(|replica| shown(replica).floor.turn.is_none()).await;
    assert!(floor(&ana).spoke.is_empty(), "how long each spoke is for the facilitation");

    let called = "Doña Lupe".as_bytes();
    for (device, knows) in [(&lead, true), (&ana, false), (&wall, false)] {
        let told = device.received.windows(called.len()).any(|window| window == called);
        assert_eq!(told, knows);
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn a_turn_a_clock_and_the_list_are_there_after_a_restart() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let (first, second) = (fresh(), fresh());
    say(&mut ana, Floor::Ask { entry: first });
    ana.settled().await;
    let whom = Added::Actor(domain::ActorNumber(3));
    say(&mut lead, Floor::Add { entry: second, whom });
    say(&mut lead, Floor::OpenRound { about: None });
    say(&mut lead, Floor::Call { entry: first });
    say(&mut lead, Floor::Extend { entry: Some(first) });
    lead.settled().await;
    assert_eq!(lead.refused, []);
    let before = kept(&server).await;
    let ways = server.ways.clone();
    let folder = server.stop().await;

    let server = Server::on_folder(folder, ways).await;
    assert_eq!(kept(&server).await, before);
    lead.reconnect(server.address).await;
    ana.reconnect(server.address).await;
    assert_eq!(floor(&ana).turn.as_ref().unwrap().timer.minutes, 4);
    let late = server.follower().await;
    assert_eq!(floor(&late).turn.as_ref().unwrap().timer, before.turn.unwrap().timer);
    say(&mut lead, Floor::Call { entry: second });
    lead.settled().await;
    let state = kept(&server).await;
    assert_eq!(state.spoke.len(), 1);
    assert_eq!(state.round().unwrap().marks.len(), 1, "who spoke was heard");
    server.verify_clean().await;
}

#[tokio::test]
async fn the_minutes_say_who_spoke_and_who_was_not_heard_and_why() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    let entry = fresh();
    say(&mut lead, Floor::OpenRound { about: None });
    say(&mut lead, Floor::Add { entry, whom: Added::Actor(domain::ActorNumber(1)) });
    say(&mut lead, Floor::Call { entry });
    say(&mut lead, Floor::End { entry });
    say(&mut lead, Floor::CloseRound { reason: None });
    lead.settled().await;
    assert_eq!(lead.refused.len(), 1, "not in silence");
    let reason = Remark::parse("Las demás entregaron sus aportaciones por escrito.").ok();
    say(&mut lead, Floor::CloseRound { reason });
    lead.settled().await;
    go(&mut lead, Phase::ReadOut).await;
    let closed = kept(&server).await.rounds[0].closed.clone().unwrap();
    assert_eq!(closed.pending.len(), 7);

    let path = format!("/plan/{}/mesa/1/minuta.pdf", server.ways.exercise_id);
    let answer = get(server.address, &path, lead.cookie.as_deref()).await;
    assert_eq!(answer.status, 200, "{}", answer.head);
}
