//! Several mesas of one plan: what happens at one is known at the others at once, and the plan's phases are everyone's.

use domain::{conduct, deliberation, exercise};
use std::time::{Duration, Instant};

use domain::decide::decide;
use domain::deliberation::item::Category;
use domain::judge::Context;
use domain::{Assignment, Command, Event, ItemKind, Phase, QuotaBoard, Rejection, Role, ServerCommand, State, StreamId};
use server::demo::{Stage, Ways};
use server::operate::Ledger;
use store::Store;

use super::support::{Device, Server, get, post};

/// How soon another mesa knows.
const AT_ONCE: Duration = Duration::from_secs(1);

async fn facilitator(server: &Server, ways: &Ways) -> Device {
    server.device_at(ways.mesa_id, &ways.facilitator_url, "Fabiola").await
}

/// Waits until something holds at a device, not longer than people would.
async fn soon(device: &mut Device, what: &str, holds: impl Fn(&State) -> bool) {
    let begun = Instant::now();
    device.until(|replica| holds(replica.confirmed())).await;
    let took = begun.elapsed();
    println!("{what} after {took:?}");
    assert!(took < AT_ONCE, "{what} only after {took:?}");
}

async fn go(device: &mut Device, to: Phase) {
    device.wish(Command::Conduct(conduct::Command::ChangePhase { to }));
    device.settled().await;
}

async fn commit(device: &mut Device, category: Category) {
    let item = device.add(ItemKind::Commitment, None);
    device.wish(Command::Deliberation(deliberation::Command::Assign { item, value: Assignment::Category(Some(category)) }));
    device.settled().await;
}

fn elsewhere(state: &State, category: Category) -> u32 {
    QuotaBoard::of(state).rows.iter().find(|row| row.category == category).map_or(0, |row| row.elsewhere)
}

async fn events(store: &Store, stream: StreamId) -> Vec<store::Record> {
    store.records(stream, 0, 100_000).await.unwrap()
}

async fn heads(store: &Store, streams: &[StreamId]) -> Vec<u64> {
    let mut heads = Vec::new();
    for stream in streams {
        heads.push(store.head(*stream).await.unwrap().unwrap().seq);
    }
    heads
}

/// Whether nothing more happens once all is passed on.
async fn comes_to_rest(store: &Store, streams: &[StreamId]) {
    let mut before = heads(store, streams).await;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let now = heads(store, streams).await;
        if now == before {
            return;
        }
        before = now;
    }
    panic!("the mesas don't come to rest");
}

#[tokio::test]
async fn three_mesas_share_a_quota_and_go_through_the_plan_s_phases_together() {
    let server = Server::start(Stage::Agreed).await;
    let (two, three) = (server.another_mesa("Movilidad").await, server.another_mesa("Residuos").await);
    let mut one = facilitator(&server, &server.ways.clone()).await;
    let (mut second, mut third) = (facilitator(&server, &two).await, facilitator(&server, &three).await);
    soon(&mut one, "the first mesa knows the others", |state| state.siblings.len() == 2).await;
    let named: Vec<_> = one.replica.confirmed().siblings.iter().map(|mesa| (mesa.number, mesa.theme.as_str().to_owned())).collect();
    assert_eq!(named, [(2, "Movilidad".to_owned()), (3, "Residuos".to_owned())]);
    soon(&mut third, "the third mesa counts what the first has", |state| elsewhere(state, Category::LocalProblem) == 2).await;

    go(&mut second, Phase::Agreements).await;
    commit(&mut second, Category::Proactive).await;
    soon(&mut one, "the board counts the second mesa's commitment", |state| elsewhere(state, Category::Proactive) == 1).await;
    let added = second.replica.confirmed().commitments[0];
    second.wish(Command::Deliberation(deliberation::Command::Remove { item: added }));
    second.settled().await;
    soon(&mut one, "and doesn't when it is deleted", |state| elsewhere(state, Category::Proactive) == 0).await;

    // The third is in preparation: its agreements are missing.
    go(&mut one, Phase::ReadOut).await;
    assert_eq!(one.refused, [Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 1 })]);
    go(&mut third, Phase::Agreements).await;
    soon(&mut one, "the third mesa is ready", |state| state.siblings[1].phase == Phase::Agreements).await;
    go(&mut one, Phase::ReadOut).await;
    for (device, what) in [(&mut second, "the second mesa is read out"), (&mut third, "the third mesa is read out")] {
        soon(device, what, |state| state.phase == Phase::ReadOut).await;
    }
    soon(&mut one, "the first knows that they are", |state| state.siblings.iter().all(|mesa| mesa.phase == Phase::ReadOut)).await;
    // Another one goes on, and the first goes back.
    go(&mut third, Phase::Conformity).await;
    for device in [&mut one, &mut second] {
        soon(device, "conformity is asked at all", |state| state.phase == Phase::Conformity).await;
    }
    go(&mut one, Phase::Agreements).await;
    for device in [&mut second, &mut third] {
        soon(device, "all go back", |state| state.phase == Phase::Agreements).await;
    }
    comes_to_rest(server.store(), &[server.ways.plan_id, server.ways.mesa_id, two.mesa_id, three.mesa_id]).await;

    // Who made the plan's moves is in its log; what the others did by following names nobody.
    let plan = events(server.store(), server.ways.plan_id).await;
    let moves: Vec<_> = plan.iter().filter(|record| matches!(record.event, Event::Exercise(exercise::Event::PlanMoved { .. }))).collect();
    let by = |device: &Device| {
        let state = device.replica.confirmed();
        state.attendees.keys().next().copied()
    };
    let made: Vec<_> = moves.iter().map(|record| record.person).collect();
    assert_eq!(made, [by(&one), by(&third), by(&one)]);
    for record in events(server.store(), two.mesa_id).await {
        if matches!(record.event, Event::Exercise(exercise::Event::PlanStood { .. })) {
            assert_eq!((record.person, record.seat), (None, None));
        }
    }
    // A follower of the second mesa's public page knows the others too.
    let mut follower = Device::connect(server.address, two.mesa_id, None).await;
    follower.until(|replica| replica.confirmed().siblings.len() == 2).await;
    let page = get(server.address, &format!("/publica/{}", two.mesa_id), None).await;
    assert!(page.text.contains(&format!("/publica/{}", three.mesa_id)), "the page leads to the other mesas' pages");
    let data = get(server.address, &format!("/publico/{}/datos.json", two.mesa_id), None).await;
    let data: serde_json::Value = serde_json::from_str(&data.text).unwrap();
    assert_eq!(data["other_mesas"][0]["commitments"], 5);
    assert_eq!(data["other_mesas"][1]["theme"], "Residuos");
    let local = data["quota"].as_array().unwrap().iter().find(|row| row["category"] == "local_problem").unwrap();
    assert_eq!((&local["have"], &local["elsewhere"]), (&2.into(), &2.into()));
    server.verify_clean().await;
}

#[tokio::test]
async fn a_mesa_that_is_alone_is_told_nothing_and_its_plan_knows_it() {
    let server = Server::start(Stage::Agreed).await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    go(&mut one, Phase::ReadOut).await;
    let streams = [server.ways.plan_id, server.ways.mesa_id];
    comes_to_rest(server.store(), &streams).await;
    let plan = server.store().load(server.ways.plan_id).await.unwrap().unwrap().state;
    assert_eq!((plan.phase, plan.standings.len(), plan.standings[0].standing.total()), (Phase::ReadOut, 1, 5));
    let told = events(server.store(), server.ways.mesa_id)
        .await
        .iter()
        .filter(|r| matches!(r.event, Event::Exercise(exercise::Event::PlanStood { .. })))
        .count();
    assert_eq!(told, 0);
    let page = get(server.address, &format!("/publica/{}", server.ways.mesa_id), None).await;
    assert!(!page.text.contains("otras mesas"), "nothing of other mesas shows");
    server.verify_clean().await;
}

/// Writes to a stopped server's store what it had committed when it died, before it passed anything on.
async fn committed_last(folder: &std::path::Path, mesa: StreamId, command: Command) {
    let store = Store::open(&store::Location::Sqlite(folder.to_owned())).await.unwrap();
    let mut ledger = Ledger::load(&store, mesa).await.unwrap();
    let person = *ledger.state().attendees.keys().next().unwrap();
    let context = Context { person, seat: None, role: Role::Facilitator, now: server::clock::now(), since: &[] };
    let events = decide(ledger.state(), &command, &context).unwrap();
    assert_eq!(events.len(), 1);
    ledger.add(events);
    ledger.write(&store).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn what_a_server_had_not_passed_on_when_it_died_is_passed_on_when_any_mesa_is_opened() {
    let server = Server::start(Stage::Agreed).await;
    let ways = server.ways.clone();
    let two = server.another_mesa("Movilidad").await;
    let (mut one, mut second) = (facilitator(&server, &ways).await, facilitator(&server, &two).await);
    go(&mut second, Phase::Agreements).await;
    soon(&mut one, "the second mesa is ready", |state| state.siblings.first().is_some_and(|mesa| mesa.phase == Phase::Agreements)).await;
    let folder = server.stop().await;
    committed_last(folder.path(), ways.mesa_id, Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut })).await;

    // Somebody opens the second mesa, not the one in which it happened.
    let server = Server::on_folder(folder, ways.clone()).await;
    second.reconnect(server.address).await;
    soon(&mut second, "the read-out reached the second mesa", |state| state.phase == Phase::ReadOut).await;
    one.reconnect(server.address).await;
    let folder = server.stop().await;

    // The other half: the plan took the move, and the mesas weren't told.
    committed_last(folder.path(), ways.mesa_id, Command::Conduct(conduct::Command::ChangePhase { to: Phase::Conformity })).await;
    let store = Store::open(&store::Location::Sqlite(folder.path().to_owned())).await.unwrap();
    let mesa = store.load(ways.mesa_id).await.unwrap().unwrap().state;
    let last = mesa.course.last.unwrap();
    let mut plan = Ledger::load(&store, ways.plan_id).await.unwrap();
    let taken = ServerCommand::Exercise(exercise::ServerCommand::TakeMove {
        mesa: ways.mesa_id,
        number: mesa.course.moves,
        to: last.phase,
        at: last.at,
        by: None,
    });
    plan.enter(&taken).unwrap();
    plan.write(&store).await.unwrap();
    store.close().await;
    let server = Server::on_folder(folder, ways.clone()).await;
    second.reconnect(server.address).await;
    soon(&mut second, "conformity reached the second mesa", |state| state.phase == Phase::Conformity).await;
    server.verify_clean().await;
}

#[tokio::test]
async fn two_servers_on_one_sqlite_hold_the_mesas_together() {
    two_servers(Server::start(Stage::Agreed).await).await;
}

#[tokio::test]
async fn two_servers_on_one_postgres_hold_the_mesas_together() {
    if let Some(server) = Server::start_on_postgres(Stage::Agreed).await {
        two_servers(server).await;
    }
}

async fn two_servers(server: Server) {
    let (there, _state) = server.second().await;
    let two = server.another_mesa("Movilidad").await;
    let three = server.another_mesa("Residuos").await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    let mut far = Vec::new();
    for ways in [&two, &three] {
        let cookie = post(there, &ways.facilitator_url, "nombre=Gema&organizacion=x", None).await.cookie.unwrap();
        far.push(Device::connect(there, ways.mesa_id, Some(cookie)).await);
    }
    for device in &mut far {
        go(device, Phase::Agreements).await;
    }
    commit(&mut far[0], Category::Proactive).await;
    let ready = |state: &State| state.siblings.len() == 2 && state.siblings.iter().all(|mesa| mesa.phase == Phase::Agreements);
    one.until(|replica| ready(replica.confirmed()) && elsewhere(replica.confirmed(), Category::Proactive) == 1).await;
    // What the third mesa brings counts for the second at the other server.
    far[1].until(|replica| elsewhere(replica.confirmed(), Category::LocalProblem) == 2).await;
    let streams = [server.ways.plan_id, server.ways.mesa_id, two.mesa_id, three.mesa_id];
    let overrides = |device: &Device| {
        let state = device.replica.confirmed();
        let open = domain::deliberation::check::findings(state).into_iter().filter(|found| found.is_open()).map(|found| found.finding);
        let reason = domain::Remark::parse("Se acordó así").unwrap();
        open.map(|finding| Command::Conduct(conduct::Command::OverrideCheck { finding, reason: reason.clone() })).collect::<Vec<_>>()
    };
    for device in [&mut far[0]] {
        for command in overrides(device) {
            device.wish(command);
        }
        device.settled().await;
    }
    // Facilitators at two servers move at once, round after round.
    for round in 0..6 {
        let (to, other) = [(Phase::ReadOut, Phase::Conformity), (Phase::Agreements, Phase::ReadOut)][round % 2];
        one.wish(Command::Conduct(conduct::Command::ChangePhase { to }));
        far[0].wish(Command::Conduct(conduct::Command::ChangePhase { to: other }));
        one.send().await;
        far[0].send().await;
        one.settled().await;
        far[0].settled().await;
        comes_to_rest(server.store(), &streams).await;
        let mut phases = Vec::new();
        for stream in streams {
            phases.push(server.store().load(stream).await.unwrap().unwrap().state.phase);
        }
        assert!(phases.iter().all(|phase| *phase == phases[0]), "round {round}: {phases:?}");
    }
    let plan = events(server.store(), server.ways.plan_id).await;
    let moves = plan.iter().filter(|record| matches!(record.event, Event::Exercise(exercise::Event::PlanMoved { .. }))).count();
    assert!((2..=12).contains(&moves), "{moves} moves of the plan for twelve at most that people made");
    server.verify_clean().await;
}

#[tokio::test]
async fn a_server_notices_a_mesa_that_another_program_opens() {
    let server = Server::start(Stage::Agreed).await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    soon(&mut one, "alone", |state| state.siblings.is_empty()).await;
    comes_to_rest(server.store(), &[server.ways.plan_id, server.ways.mesa_id]).await;
    let beside = Store::open(&store::Location::Sqlite(server.folder.path().to_owned())).await.unwrap();
    let theme = domain::ShortText::parse("Movilidad").unwrap();
    let two = server::mesas::add(&beside, server.ways.plan_id, &theme, "").await.unwrap();
    soon(&mut one, "the new mesa is known", |state| state.siblings.iter().any(|mesa| mesa.mesa == two.mesa_id)).await;
    beside.close().await;
}

#[tokio::test]
async fn a_mesa_that_its_plan_was_not_told_of_is_gathered_when_it_is_opened() {
    let server = Server::start(Stage::Agreed).await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    let stranger = StreamId(server::clock::new_id());
    let mut ledger = Ledger::new(stranger, store::StreamKind::Mesa);
    let mut card = one.replica.confirmed().mesa.as_deref().unwrap().clone();
    card.number = 2;
    ledger.enter(&ServerCommand::Exercise(exercise::ServerCommand::OpenMesa(Box::new(card)))).unwrap();
    ledger.write(server.store()).await.unwrap();
    comes_to_rest(server.store(), &[server.ways.plan_id, server.ways.mesa_id]).await;
    assert_eq!(one.replica.confirmed().siblings, []);
    let mut follower = Device::connect(server.address, stranger, None).await;
    soon(&mut follower, "the new one knows the first", |state| state.siblings.len() == 1).await;
    soon(&mut one, "and the first the new one", |state| state.siblings.iter().any(|mesa| mesa.mesa == stranger)).await;
    server.verify_clean().await;
}
