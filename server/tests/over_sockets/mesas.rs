//! Several mesas of one exercise: what happens at one is known at the others at once, and the
//! plan's phases apply to all.

use domain::deliberation::choice::Category;
use domain::{
    Assignment, Command, CommandId, DeviceId, Event, ItemId, ItemKind, Mesa, MesaId, MesaNumber,
    Phase, QuotaBoard, Rejection, Role, TextField, conduct, deliberation,
};
use server::service::sample::{Stage, Ways};
use store::Store;
use sync::wire::{
    ClientFrame, CommandFrame, Hello, Pending, ServerFrame, VERSIONS, decode, encode,
};
use sync::{Me, Replica};
use uuid::Uuid;

use super::support::{Device, Server, get, here, post};

async fn facilitator(server: &Server, ways: &Ways) -> Device {
    server.device_at(ways.mesa_id, &ways.facilitator_url, "Fabiola").await
}

/// Waits until a condition is true of the mesa that a device shows.
async fn until(device: &mut Device, holds: impl Fn(&Mesa) -> bool) {
    device.until(|replica| holds(here(replica))).await;
}

async fn go(device: &mut Device, to: Phase) {
    device.command(Command::Conduct(conduct::Command::ChangePhase { to }));
    device.settled().await;
}

async fn commit(device: &mut Device, category: Category) {
    let item = device.add(ItemKind::Commitment, None);
    device.command(Command::Deliberation(deliberation::Command::Assign {
        item,
        value: Assignment::Category(Some(category)),
    }));
    device.settled().await;
}

fn elsewhere(mesa: &Mesa, category: Category) -> u32 {
    QuotaBoard::of(mesa)
        .rows
        .iter()
        .find(|row| row.category == category)
        .map_or(0, |row| row.elsewhere)
}

#[tokio::test]
async fn three_mesas_share_a_quota_and_go_through_the_plan_s_phases_together() {
    let server = Server::start(Stage::Agreed).await;
    let (two, three) =
        (server.another_mesa("Movilidad").await, server.another_mesa("Residuos").await);
    let mut one = facilitator(&server, &server.ways.clone()).await;
    let (mut second, mut third) =
        (facilitator(&server, &two).await, facilitator(&server, &three).await);
    until(&mut one, |mesa| mesa.siblings.len() == 2).await;
    let named: Vec<_> = here(&one.replica)
        .siblings
        .iter()
        .map(|mesa| (mesa.number.0, mesa.theme.as_str().to_owned()))
        .collect();
    assert_eq!(named, [(2, "Movilidad".to_owned()), (3, "Residuos".to_owned())]);
    until(&mut third, |mesa| elsewhere(mesa, Category::LocalProblem) == 2).await;

    go(&mut second, Phase::Agreements).await;
    commit(&mut second, Category::Proactive).await;
    until(&mut one, |mesa| elsewhere(mesa, Category::Proactive) == 1).await;
    let added = here(&second.replica).deliberation.commitments[0];
    second.command(Command::Deliberation(deliberation::Command::Remove { item: added }));
    second.settled().await;
    until(&mut one, |mesa| elsewhere(mesa, Category::Proactive) == 0).await;

    // The third mesa is in preparation: it isn't ready.
    go(&mut one, Phase::ReadOut).await;
    assert_eq!(one.refused, [Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 1 })]);
    go(&mut third, Phase::Agreements).await;
    until(&mut one, |mesa| mesa.siblings[1].phase == Phase::Agreements).await;
    go(&mut one, Phase::ReadOut).await;
    for device in [&mut second, &mut third] {
        until(device, |mesa| mesa.conduct.phase == Phase::ReadOut).await;
    }
    until(&mut one, |mesa| mesa.siblings.iter().all(|mesa| mesa.phase == Phase::ReadOut)).await;
    // Another mesa goes on, and the first goes back.
    go(&mut third, Phase::Conformity).await;
    for device in [&mut one, &mut second] {
        until(device, |mesa| mesa.conduct.phase == Phase::Conformity).await;
    }
    go(&mut one, Phase::Agreements).await;
    for device in [&mut second, &mut third] {
        until(device, |mesa| mesa.conduct.phase == Phase::Agreements).await;
    }

    // Each move of the plan is in the log once, with its author.
    let by = |device: &Device| here(&device.replica).people.attendees.keys().next().copied();
    let moves = plan_moves(server.store(), &server).await;
    assert_eq!(moves, [(1, by(&one)), (3, by(&third)), (1, by(&one))]);
    // A follower of the second mesa's public page knows the others too.
    let mut follower = Device::connect(server.address, two.mesa_id, None).await;
    until(&mut follower, |mesa| mesa.siblings.len() == 2).await;
    // The address of a mesa leads to its part of the one page.
    let part = get(server.address, &format!("/publica/{}", two.mesa_id), None).await;
    let there = format!("location: /publica/{}#mesa-2\r", server.ways.exercise_id);
    assert!(part.status == 303 && part.head.to_lowercase().contains(&there), "{}", part.head);
    let page = get(server.address, &format!("/publica/{}", server.ways.exercise_id), None).await;
    for mesa in ["mesa-1", "mesa-2", "mesa-3"] {
        assert!(page.text.contains(&format!("id=\"{mesa}\"")), "{mesa} is a part of the page");
        assert!(page.text.contains(&format!("href=\"#{mesa}\"")), "and the page leads to it");
    }
    for said in [&two.mesa_id, &three.mesa_id] {
        let data = format!("/publico/{said}/datos.json");
        assert!(page.text.contains(&data), "{data} is offered");
    }
    let data = get(server.address, &format!("/publico/{}/datos.json", two.mesa_id), None).await;
    let data: serde_json::Value = serde_json::from_str(&data.text).unwrap();
    assert_eq!(data["other_mesas"][0]["commitments"], 5);
    assert_eq!(data["other_mesas"][1]["theme"], "Residuos");
    let local = data["quota"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["category"] == "local_problem")
        .unwrap();
    assert_eq!((&local["have"], &local["elsewhere"]), (&2.into(), &2.into()));
    server.verify_clean().await;
}

/// The mesas at which the plan was moved, and by whom, in the stream's order.
async fn plan_moves(store: &Store, server: &Server) -> Vec<(u16, Option<domain::PersonId>)> {
    let records = store.records(server.ways.exercise_id, 0, 100_000).await.unwrap();
    let mut moves = Vec::new();
    let mut in_the_plan = false;
    for record in &records {
        if let Event::Conduct(mesa, conduct::Event::PhaseChanged { to, .. }) = &record.event {
            if in_the_plan || to.is_of_the_plan() {
                moves.push((mesa.0, record.person));
            }
            in_the_plan = to.is_of_the_plan();
        }
    }
    moves
}

#[tokio::test]
async fn a_mesa_that_is_alone_says_nothing_of_others() {
    let server = Server::start(Stage::Agreed).await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    go(&mut one, Phase::ReadOut).await;
    assert_eq!(
        (here(&one.replica).conduct.phase, here(&one.replica).siblings.len()),
        (Phase::ReadOut, 0)
    );
    let page = get(server.address, &format!("/publica/{}", server.ways.exercise_id), None).await;
    assert!(!page.text.contains("otras mesas"), "nothing of other mesas shows");
    server.verify_clean().await;
}

#[tokio::test]
async fn who_belongs_to_one_mesa_reads_the_others_where_everybody_does() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    let mut second = facilitator(&server, &two).await;
    go(&mut second, Phase::Agreements).await;
    let seat = server.seat(0).to_owned();
    let mut ana = server.device_at(server.ways.mesa_id, &seat, "Ana").await;
    let one = facilitator(&server, &server.ways.clone()).await;
    for cookie in [&ana.cookie, &one.cookie] {
        let screens = ["", "/conducir", "/compromisos", "/asistencia"]
            .map(|screen| format!("/ejercicio/{}{screen}", two.mesa_id));
        for address in screens.into_iter().chain([format!("/proyector/{}", two.mesa_id)]) {
            let page = get(server.address, &address, cookie.as_deref()).await;
            let there = format!("location: /publica/{}#mesa-2\r", two.mesa_id.exercise);
            assert!(
                page.status == 303 && page.head.to_lowercase().contains(&there),
                "{address}: {}",
                page.head
            );
        }
        let live = post(
            server.address,
            &format!("/frames?mesa={}&view=table", two.mesa_id),
            "",
            cookie.as_deref(),
        )
        .await;
        assert_eq!(live.status, 401);
    }
    // A command that a modified program sends for the other mesa is refused all the same.
    for given in [
        Command::Deliberation(deliberation::Command::Add {
            item: ItemId(Uuid::now_v7()),
            kind: ItemKind::Problem,
            parent: None,
        }),
        Command::Conduct(conduct::Command::ChangePhase { to: Phase::Analysis }),
    ] {
        let (mesa, command) = (two.mesa_id.number, CommandId(Uuid::now_v7()));
        ana.say(&ClientFrame::Command(CommandFrame {
            mesa,
            id: command,
            again: false,
            on_behalf: None,
            client_at: 0,
            command: given,
        }))
        .await;
    }
    // An organisation may send different people to each mesa.
    let mut beto = server.device_at(two.mesa_id, &two.seats[0].url, "Beto").await;
    commit(&mut beto, Category::Proactive).await;
    assert_eq!(beto.refused, []);
    until(&mut ana, |mesa| elsewhere(mesa, Category::Proactive) == 1).await;
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let [first, second] =
        [server.ways.mesa_id, two.mesa_id].map(|mesa| state.mesa(mesa.number).unwrap());
    assert!(
        first.people.attendees.keys().all(|person| !second.people.attendees.contains_key(person))
    );
    assert_eq!(
        (second.people.attendees.len(), second.deliberation.problems.len(), second.conduct.phase),
        (2, 0, Phase::Agreements)
    );
    server.verify_clean().await;
}

#[tokio::test]
async fn one_sign_in_serves_every_mesa_that_a_person_comes_to() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    let seat = server.seat(0).to_owned();
    let mut ana = server.device_at(server.ways.mesa_id, &seat, "Ana Ruiz Vega").await;
    let cookie = ana.cookie.clone();
    // By the second mesa's join code, or by the link of her seat there: she isn't asked who she is.
    for way in [&two.join_url, &two.seats[0].url] {
        let door = get(server.address, way, cookie.as_deref()).await;
        assert!(door.status == 200 && !door.text.contains("name=\"nombre\""), "{}", door.text);
        assert!(
            door.text.contains("Ana Ruiz Vega") && door.text.contains("«Ana»"),
            "{}",
            door.text
        );
    }
    // By somebody else's link she isn't recognised.
    let other = get(server.address, &two.seats[1].url, cookie.as_deref()).await;
    assert!(
        other.text.contains("name=\"nombre\"") && !other.text.contains("Ana Ruiz"),
        "{}",
        other.text
    );
    let came = post(server.address, &two.seats[0].url, "modo=sala", cookie.as_deref()).await;
    assert_eq!((came.status, came.cookie), (303, None), "the cookie stays");
    assert!(came.head.contains(&format!("/ejercicio/{}", two.mesa_id)), "{}", came.head);

    // The same person writes at both mesas, with an attendance at each.
    let mut there = Device::connect(server.address, two.mesa_id, cookie.clone()).await;
    there.add(ItemKind::Problem, None);
    ana.add(ItemKind::Problem, None);
    there.settled().await;
    ana.settled().await;
    assert_eq!((&there.refused, &ana.refused), (&Vec::new(), &Vec::new()));
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let [first, second] =
        [server.ways.mesa_id, two.mesa_id].map(|mesa| state.mesa(mesa.number).unwrap());
    let came = |mesa: &Mesa| {
        mesa.people
            .attendees
            .iter()
            .map(|(person, attendee)| (*person, attendee.seat))
            .collect::<Vec<_>>()
    };
    assert!(
        came(first).len() == 1 && came(first) == came(second),
        "{:?} {:?}",
        came(first),
        came(second)
    );
    let authors = |mesa: &Mesa| {
        mesa.deliberation
            .problems
            .iter()
            .filter_map(|id| mesa.item(*id)?.author)
            .collect::<Vec<_>>()
    };
    assert_eq!(authors(second), [came(first)[0].0]);
    assert!(authors(first).contains(&came(first)[0].0));

    // Leaving the device ends both sessions.
    let left = post(server.address, "/salir", "", cookie.as_deref()).await;
    assert_eq!(left.status, 303);
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    assert!(
        state.mesas.values().all(|mesa| mesa
            .people
            .attendees
            .values()
            .all(|attendee| !attendee.is_there()))
    );
    assert!(state.registry.sessions.values().all(|session| session.closed));
    assert_eq!(
        get(server.address, &format!("/ejercicio/{}", two.mesa_id), cookie.as_deref()).await.status,
        403
    );
    server.verify_clean().await;
}

#[tokio::test]
async fn the_facilitation_of_one_mesa_is_told_nothing_private_of_another() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    let mut second = facilitator(&server, &two).await;
    go(&mut second, Phase::Agreements).await;
    let mut zoe = server.device_at(two.mesa_id, &two.seats[0].url, "Zoe").await;
    let doubt = ItemId(Uuid::now_v7());
    let text = domain::Remark::parse("¿Quién cobra por esto?").unwrap();
    let (kind, target) = (domain::ContributionKind::Question, None);
    zoe.command(Command::Deliberation(deliberation::Command::Contribute {
        item: doubt,
        kind,
        target,
        text,
    }));
    zoe.settled().await;
    until(&mut second, |mesa| mesa.deliberation.items.contains_key(&doubt)).await;
    second
        .command(Command::Deliberation(deliberation::Command::Hide { item: doubt, hidden: true }));
    second.settled().await;
    // Later changes at the second mesa reach the first after all that.
    commit(&mut zoe, Category::Proactive).await;
    until(&mut one, |mesa| elsewhere(mesa, Category::Proactive) == 1).await;
    let fresh = facilitator(&server, &server.ways.clone()).await;
    for told in [&one, &fresh] {
        let there = told.replica.view().mesa(two.mesa_id.number).unwrap();
        assert!(there.people.attendees.is_empty());
        let doubt = there.item(doubt).unwrap();
        assert_eq!(
            doubt.as_contribution().and_then(|said| said.text.as_ref().map(ToString::to_string)),
            None
        );
        assert_eq!(doubt.author, None);
    }
    let there = here(&second.replica);
    assert!(
        there.item(doubt).unwrap().as_contribution().unwrap().text.is_some()
            && there.people.attendees.len() == 2
    );
}

#[tokio::test]
async fn a_seat_s_link_leads_to_who_sits_there_whoever_else_is_signed_in() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    server.sign_in(&two.seats[0].url, "Beto Luna Paz").await;
    let cookie = server.sign_in(server.seat(0), "Ana Ruiz Vega").await;
    let door = get(server.address, &two.seats[0].url, Some(&cookie)).await;
    assert!(
        door.text.contains("name=\"nombre\"") && !door.text.contains("Ana Ruiz"),
        "{}",
        door.text
    );
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    assert_eq!(state.mesa(two.mesa_id.number).unwrap().people.attendees.len(), 1);
}

#[tokio::test]
async fn who_came_by_the_code_takes_their_seat_by_its_link_as_the_same_person() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    let cookie = server.sign_in(server.seat(0), "Ana Ruiz Vega").await;
    for way in [&two.join_url, &two.seats[0].url] {
        let came = post(server.address, way, "modo=sala", Some(&cookie)).await;
        assert_eq!((came.status, came.cookie), (303, None), "{way}");
    }
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    assert_eq!(state.registry.people.len(), 1);
    let seats =
        state.mesas.values().map(|mesa| mesa.people.attendees.values().next().unwrap().seat);
    let seats: Vec<_> = seats.collect();
    assert!(seats[0].is_some() && seats[0] == seats[1], "{seats:?}");
    // She acts from her seat there: participants may not write commitments.
    let mut second = facilitator(&server, &two).await;
    go(&mut second, Phase::Agreements).await;
    let mut ana = Device::connect(server.address, two.mesa_id, Some(cookie)).await;
    commit(&mut ana, Category::Proactive).await;
    assert_eq!(ana.refused, []);
    server.verify_clean().await;
}

#[tokio::test]
async fn a_hello_gets_the_history_of_texts_of_its_own_mesa_alone() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    let mut zoe = server.device_at(two.mesa_id, &two.seats[0].url, "Zoe").await;
    let item = zoe.add(ItemKind::Problem, None);
    zoe.settled().await;
    zoe.type_at(item, TextField::Title, 0, "Lo que nadie debe leer");
    zoe.settled().await;
    let ana = server.sign_in(server.seat(1), "Ana").await;
    let asks = async |mesa: MesaId, cookie: &str| {
        let pending = vec![Pending {
            command: CommandId(Uuid::now_v7()),
            text: Some((item, TextField::Title, 0)),
        }];
        let hello = Hello {
            versions: VERSIONS.to_vec(),
            stream: mesa.exercise,
            mesa: mesa.number,
            device: DeviceId(Uuid::now_v7()),
            at: None,
            marks: Vec::new(),
            pending,
        };
        let address = format!("/frames?mesa={mesa}&view=table");
        let body = encode(&ClientFrame::Hello(hello));
        let answer = post(server.address, &address, body, Some(cookie)).await;
        let Ok(ServerFrame::Welcome(welcome)) = decode(&answer.body) else { panic!("no welcome") };
        welcome.histories.len()
    };
    assert_eq!(asks(server.ways.mesa_id, &ana).await, 0);
    assert_eq!(asks(two.mesa_id, zoe.cookie.as_deref().unwrap()).await, 1);
}

#[tokio::test]
async fn a_mesa_that_there_is_not_is_not_followed() {
    let server = Server::start(Stage::Agreed).await;
    let nowhere = MesaId { number: MesaNumber(9), ..server.ways.mesa_id };
    let me = Me {
        mesa: nowhere.number,
        person: None,
        role: Role::Follower,
        seat: None,
        device: DeviceId(Uuid::now_v7()),
        replica: Uuid::now_v7(),
    };
    let hello = Replica::new(nowhere.exercise, me, None).hello();
    assert_eq!(
        post(server.address, &format!("/frames?mesa={nowhere}&view=public"), &hello, None)
            .await
            .status,
        503
    );
    for page in [
        format!("/publica/{nowhere}"),
        format!("/aviso/{nowhere}"),
        format!("/publico/{nowhere}/datos.json"),
    ] {
        assert_eq!(get(server.address, &page, None).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn nobody_is_told_who_is_writing_or_here_at_another_mesa() {
    let server = Server::start(Stage::Agreed).await;
    let two = server.another_mesa("Movilidad").await;
    let mut second = facilitator(&server, &two).await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    let (first_seat, second_seat) = (server.seat(0).to_owned(), server.seat(1).to_owned());
    let mut ana = server.device_at(server.ways.mesa_id, &first_seat, "Ana").await;
    let mut beto = server.device_at(server.ways.mesa_id, &second_seat, "Beto").await;
    let item = here(&ana.replica).deliberation.problems[0];
    ana.say(&ClientFrame::Writing { item, field: TextField::Statement }).await;
    while beto.writing.is_empty() || one.roster.len() < 3 {
        tokio::select! {
            () = beto.take_one() => {}
            () = one.take_one() => {}
        }
    }
    // A change at the second mesa arrives after anything that the first would have been sent.
    go(&mut second, Phase::Agreements).await;
    assert_eq!((second.writing.len(), second.roster.len()), (0, 1), "{:?}", second.roster);
    let told = here(&second.replica).number;
    assert_eq!(told, MesaNumber(2));
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
        let cookie = post(there, &ways.facilitator_url, "nombre=Gema&organizacion=x", None)
            .await
            .cookie
            .unwrap();
        far.push(Device::connect(there, ways.mesa_id, Some(cookie)).await);
    }
    for device in &mut far {
        go(device, Phase::Agreements).await;
    }
    commit(&mut far[0], Category::Proactive).await;
    let ready = |mesa: &Mesa| {
        mesa.siblings.len() == 2 && mesa.siblings.iter().all(|mesa| mesa.phase == Phase::Agreements)
    };
    until(&mut one, |mesa| ready(mesa) && elsewhere(mesa, Category::Proactive) == 1).await;
    // The third mesa's contribution counts for the second one at the other server.
    until(&mut far[1], |mesa| elsewhere(mesa, Category::LocalProblem) == 2).await;
    let open: Vec<_> = domain::deliberation::check::findings(here(&far[0].replica))
        .into_iter()
        .filter(|found| found.is_open())
        .map(|found| found.finding)
        .collect();
    for finding in open {
        let reason = domain::Remark::parse("Se acordó así").unwrap();
        far[0].command(Command::Conduct(conduct::Command::OverrideCheck { finding, reason }));
    }
    far[0].settled().await;
    // Facilitations at two servers move the plan at the same moment, round after round.
    for round in 0..6 {
        let (to, other) =
            [(Phase::ReadOut, Phase::Conformity), (Phase::Agreements, Phase::ReadOut)][round % 2];
        one.command(Command::Conduct(conduct::Command::ChangePhase { to }));
        far[0].command(Command::Conduct(conduct::Command::ChangePhase { to: other }));
        one.send().await;
        far[0].send().await;
        one.settled().await;
        far[0].settled().await;
        let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
        let phases: Vec<_> = state.mesas.values().map(|mesa| mesa.conduct.phase).collect();
        assert!(phases.iter().all(|phase| *phase == phases[0]), "round {round}: {phases:?}");
        for device in [&mut one, &mut far[0]] {
            device.until(|replica| here(replica).conduct.phase == phases[0]).await;
        }
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn a_server_notices_a_mesa_that_another_program_opens() {
    let server = Server::start(Stage::Agreed).await;
    let mut one = facilitator(&server, &server.ways.clone()).await;
    assert_eq!(here(&one.replica).siblings, []);
    let beside =
        Store::open(&store::Location::Sqlite(server.folder.path().to_owned())).await.unwrap();
    let theme = domain::ShortText::parse("Movilidad").unwrap();
    let two = server::service::open_mesa::open_mesa(&beside, server.ways.exercise_id, &theme, "")
        .await
        .unwrap();
    until(&mut one, |mesa| mesa.siblings.iter().any(|mesa| mesa.number == two.mesa_id.number))
        .await;
    beside.close().await;
}
