//! What a mesa does with its store, from the first event to the next morning.

use domain::*;
use store::{AppendError, Head, IssuedLink, Outcome, Recorded, SignedIn, Store, StoreError};
use uuid::Uuid;

use crate::database::TestDatabase;
use crate::world::{Line, World, command, digest, furnish};

#[tokio::test]
async fn the_story_of_a_mesa_on_sqlite() {
    let database = TestDatabase::sqlite();
    story(&database).await;
    database.end().await;
}

#[tokio::test]
async fn the_story_of_a_mesa_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    story(&database).await;
    database.end().await;
}

async fn story(database: &TestDatabase) {
    let store = database.store().await;
    assert!(store.is_empty().await.expect("an answer"));
    assert_clean(&store).await;
    let mut world = furnish(&store, "Valle Verde").await;
    let other = furnish(&store, "Río Hondo").await;
    assert!(!store.is_empty().await.expect("an answer"));
    reads_back(&store, &world).await;
    people_come_in_by_link_code_and_cookie(&store, &mut world, &other).await;
    items_move_and_come_back(&store, &mut world).await;
    a_command_is_taken_once(&store, &mut world).await;
    refusals_are_bounded_per_session(&store, &mut world).await;
    late_patches_are_found(&store, &mut world).await;
    two_programs_take_turns(database, &store, &mut world).await;
    snapshots_are_a_shortcut(database, &store, &mut world).await;
    assert_clean(&store).await;
    store.close().await;
    let store = database.store().await;
    reads_back(&store, &world).await;
    reads_back(&store, &other).await;
    assert_clean(&store).await;
    store.close().await;
}

pub async fn assert_clean(store: &Store) {
    let report = store.verify().await.expect("a report");
    let told: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{told:#?}");
}

async fn reads_back(store: &Store, world: &World) {
    for line in [&world.plan, &world.mesa] {
        let loaded = store.load(line.stream).await.expect("a readable log").expect("a stream");
        assert_eq!((loaded.kind, loaded.head), (line.kind, line.head));
        assert_eq!(loaded.state, line.state);
        assert_eq!(store.head(line.stream).await.expect("a head"), Some(line.head));
        let records = store.records(line.stream, 0, u64::MAX >> 1).await.expect("records");
        assert!(records.iter().map(|record| &record.event).eq(&line.events));
        assert!(records.iter().map(|record| record.seq).eq(1..=line.head.seq));
        assert_eq!(store.records(line.stream, 1, 2).await.expect("records"), records[1..records.len().min(3)]);
        assert_eq!(store.hash_at(line.stream, 0).await.expect("a hash"), Some(Head::start(line.stream).hash));
        assert_eq!(store.hash_at(line.stream, 2).await.expect("a hash"), Some(records[1].hash));
        assert_eq!(store.hash_at(line.stream, line.head.seq).await.expect("a hash"), Some(line.head.hash));
        assert_eq!(store.hash_at(line.stream, line.head.seq + 1).await.expect("no hash"), None);
    }
    let unknown = StreamId(Uuid::now_v7());
    assert!(store.load(unknown).await.expect("an answer").is_none());
    assert_eq!(store.head(unknown).await.expect("an answer"), None);
}

async fn people_come_in_by_link_code_and_cookie(store: &Store, world: &mut World, other: &World) {
    let guest = world.guest.clone();
    let signed_in = SignedIn {
        stream: world.mesa.stream,
        session: guest.session,
        person: guest.person.id,
        device: guest.device,
        role: Role::Actor,
        seat: Some(guest.seat),
    };
    assert_eq!(store.session(guest.token).await.expect("an answer"), Some(signed_in));
    assert_eq!(store.session(digest("forged")).await.expect("an answer"), None);
    let grant = registry::Grant { role: Role::Actor, seat: Some(guest.seat) };
    let link = IssuedLink { stream: world.mesa.stream, link: world.link.0, grant: grant.clone() };
    assert_eq!(store.link(world.link.1).await.expect("an answer"), Some(link));
    assert_eq!(store.link(guest.token).await.expect("an answer"), None);
    assert_eq!(store.mesa_by_code(&world.code).await.expect("an answer"), Some(world.mesa.stream));
    assert_eq!(store.mesa_by_code("").await.expect("an answer"), None);
    assert_eq!(store.names(&[guest.person.id, PersonId(Uuid::now_v7())]).await.expect("names").len(), 1);
    assert_eq!(store.person_in_seat(world.mesa.stream, guest.seat).await.expect("an answer"), Some(guest.person.id));
    assert_eq!(store.person_in_seat(other.mesa.stream, guest.seat).await.expect("an answer"), None);
    let mesas = store.mesas().await.expect("mesas");
    assert_eq!(mesas.len(), 2);
    assert!(mesas.iter().any(|mesa| mesa.stream == other.mesa.stream && mesa.theme == "Tema de Río Hondo" && mesa.number == 1));

    // Somebody else's code.
    let code = crate::world::short(&other.code);
    let taken = world.mesa.record(Event::JoinCodeSet { code }, command(), 0);
    let before = world.mesa.clone();
    let refused = world.mesa.append(store, &[taken], &[], &[]).await;
    assert!(matches!(refused, Err(AppendError::Taken)), "{refused:?}");
    assert_eq!(store.head(before.stream).await.expect("a head"), Some(before.head));

    // A cookie that was signed out opens nothing; the person keeps the seat.
    let token = digest("second device");
    let session = SessionId(Uuid::now_v7());
    let device = DeviceId(Uuid::now_v7());
    let opened = registry::Session { person: guest.person.id, device, token, grant, closed: false };
    world.mesa.say(store, vec![Event::SessionOpened { session, opened }]).await;
    assert_eq!(store.session(token).await.expect("an answer").map(|found| found.session), Some(session));
    world.mesa.say(store, vec![Event::SessionClosed { session }]).await;
    assert_eq!(store.session(token).await.expect("an answer"), None);
    assert_eq!(store.person_in_seat(world.mesa.stream, guest.seat).await.expect("an answer"), Some(guest.person.id));
}

async fn items_move_and_come_back(store: &Store, world: &mut World) {
    let (first, second) = (world.problems[0], world.problems[1]);
    world.mesa.say(store, vec![Event::ItemMoved { item: second, after: None }]).await;
    world.mesa.say(store, vec![Event::ItemRemoved { item: first }]).await;
    assert_clean(store).await;
    world.mesa.say(store, vec![Event::ItemRestored { item: first }, Event::ItemMoved { item: second, after: Some(first) }]).await;
    assert_clean(store).await;
}

async fn a_command_is_taken_once(store: &Store, world: &mut World) {
    let taken = world.mesa.say(store, vec![Event::DoorSet { open: false }, Event::DoorSet { open: true }]).await;
    let first = world.mesa.head.seq - 1;
    let person = Some(world.guest.person.id);
    let mut answers = store.answers(world.mesa.stream, &[taken, world.refused, world.unchanged, command()]).await.expect("answers");
    answers.sort_by_key(|recorded| recorded.command);
    let unchanged = answers.iter().find(|recorded| recorded.command == world.unchanged).map(|recorded| recorded.outcome.clone());
    assert!(matches!(unchanged, Some(Outcome::Unchanged { seq }) if seq > 0), "{unchanged:?}");
    let refusal = Outcome::Refused(Rejection::TextTooLong { limit: 500 });
    assert!(answers.contains(&Recorded { command: world.refused, person, outcome: refusal.clone() }));
    assert!(answers.contains(&Recorded { command: taken, person, outcome: Outcome::Applied { seq: first } }));
    assert_eq!(answers.len(), 3);
    assert!(store.answers(world.plan.stream, &[taken, world.refused]).await.expect("no answers").is_empty());

    let before = world.mesa.clone();
    for again in [taken, world.refused, world.unchanged] {
        let record = world.mesa.record(Event::DoorSet { open: false }, again, 0);
        let refused = world.mesa.append(store, &[record], &[], &[]).await;
        assert!(matches!(refused, Err(AppendError::Duplicate)), "{refused:?}");
        let answer = store::NewAnswer { command: again, session: None, person: world.guest.person.id, at: 0, outcome: refusal.clone() };
        let refused = world.mesa.append(store, &[], &[], &[answer]).await;
        assert!(matches!(refused, Err(AppendError::Duplicate)), "{refused:?}");
    }
    assert_eq!(store.head(before.stream).await.expect("a head"), Some(before.head));
    assert_clean(store).await;
}

async fn refusals_are_bounded_per_session(store: &Store, world: &mut World) {
    let session = Some(world.guest.session);
    let answer = |at| store::NewAnswer {
        command: command(),
        session,
        person: world.guest.person.id,
        at,
        outcome: Outcome::Refused(Rejection::UnknownItem),
    };
    let answers: Vec<_> = (0..520).map(|place| answer(1_790_000_001_000 + place)).collect();
    let commands: Vec<_> = answers.iter().map(|answer| answer.command).collect();
    for answers in answers.chunks(130) {
        world.mesa.append(store, &[], &[], answers).await.expect("answers kept");
    }
    let kept = store.answers(world.mesa.stream, &commands).await.expect("answers");
    assert_eq!(kept.len(), 500);
    assert!(kept.iter().all(|recorded| commands[20..].contains(&recorded.command)));
    assert!(store.answers(world.mesa.stream, &[world.refused]).await.expect("no answer").is_empty());
    assert_clean(store).await;
}

async fn late_patches_are_found(store: &Store, world: &mut World) {
    let item = world.problems[0];
    let since = world.mesa.head.seq;
    let one = world.mesa.write(store, item, TextField::Statement, " uno").await;
    world.mesa.write(store, item, TextField::Causes, " otra cosa").await;
    world.mesa.write(store, world.problems[1], TextField::Statement, " otro problema").await;
    let two = world.mesa.write(store, item, TextField::Statement, " dos").await;
    let patches = store.patches(world.mesa.stream, item, TextField::Statement, since).await.expect("patches");
    let found: Vec<_> = patches.iter().map(|(seq, command, _)| (*seq, *command)).collect();
    assert_eq!(found, [(since + 1, one), (since + 4, two)]);
    let all = store.patches(world.mesa.stream, item, TextField::Statement, 0).await.expect("patches");
    let text = all.iter().fold(String::new(), |text, (_, _, patch)| patch.apply(&text).expect("a patch that fits"));
    assert_eq!(text, world.mesa.state.item(item).expect("an item").text(TextField::Statement));
}

async fn two_programs_take_turns(database: &TestDatabase, store: &Store, world: &mut World) {
    let beside = database.store().await;
    for round in 0..12 {
        let (mut here, mut there) = (world.mesa.clone(), world.mesa.clone());
        let open = round % 2 == 0;
        let one = [here.record(Event::DoorSet { open }, command(), 0)];
        let two = [there.record(Event::PhaseChanged { to: if open { Phase::Analysis } else { Phase::Agreements } }, command(), 0)];
        let (first, second) = tokio::join!(here.append(store, &one, &[], &[]), there.append(&beside, &two, &[], &[]));
        let (winner, conflict) = match (first, second) {
            (Ok(_), Err(AppendError::Conflict(head))) => (here, head),
            (Err(AppendError::Conflict(head)), Ok(_)) => (there, head),
            other => panic!("one is to win, the other to be told: {other:?}"),
        };
        assert_eq!(conflict, winner.head);
        world.mesa = winner;
    }
    // A refusal decided on an older head is to be decided again.
    let mut behind = world.mesa.clone();
    world.mesa.say(store, vec![Event::DoorSet { open: true }]).await;
    let outcome = Outcome::Refused(Rejection::DoorClosed);
    let answer = store::NewAnswer { command: command(), session: None, person: world.guest.person.id, at: 0, outcome };
    let refused = behind.append(&beside, &[], &[], &[answer]).await;
    assert!(matches!(refused, Err(AppendError::Conflict(head)) if head == world.mesa.head), "{refused:?}");

    // Two that begin the same stream.
    let mut here = Line::new(world.plan.kind);
    here.stream = StreamId(Uuid::now_v7());
    here.head = Head::start(here.stream);
    let mut there = here.clone();
    let mut card = world.plan.state.plan.as_deref().expect("a plan").clone();
    card.exercise = ExerciseId(Uuid::now_v7());
    let records = |line: &Line| [line.record(Event::PlanOpened(Box::new(card.clone())), command(), 0)];
    let (one, two) = (records(&here), records(&there));
    let (first, second) = tokio::join!(here.append(store, &one, &[], &[]), there.append(&beside, &two, &[], &[]));
    assert!(
        matches!((&first, &second), (Ok(_), Err(AppendError::Conflict(_))) | (Err(AppendError::Conflict(_)), Ok(_))),
        "{first:?} {second:?}"
    );
    beside.close().await;
    assert_clean(store).await;
}

async fn snapshots_are_a_shortcut(database: &TestDatabase, store: &Store, world: &mut World) {
    let mut places = Vec::new();
    for round in 0..4 {
        store.write_snapshot(world.mesa.stream, world.mesa.head, &world.mesa.state).await.expect("a snapshot");
        places.push(world.mesa.head.seq);
        world.mesa.write(store, world.problems[0], TextField::Effects, &format!(" {round}")).await;
    }
    let loaded = store.load(world.mesa.stream).await.expect("a readable log").expect("a stream");
    assert_eq!((loaded.snapshot_seq, loaded.head), (places[3], world.mesa.head));
    assert_eq!(loaded.state, world.mesa.state);
    let beside = database.beside().await;
    assert_eq!(beside.rows("SELECT 1 FROM state_snapshot").await.len(), 2);
    let off_the_chain = Head { seq: world.mesa.head.seq, hash: digest("another chain") };
    let refused = store.write_snapshot(world.mesa.stream, off_the_chain, &world.mesa.state).await;
    assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    assert_clean(store).await;

    // What can't be used is passed over: another version, then bytes that aren't a state.
    for (change, snapshot_seq) in [
        (format!("UPDATE state_snapshot SET version = 99 WHERE seq = {}", places[3]), places[2]),
        (format!("UPDATE state_snapshot SET state = salt FROM (SELECT salt FROM event LIMIT 1) AS other WHERE seq = {}", places[2]), 0),
    ] {
        assert_eq!(beside.run(&change).await.expect("a change"), 1);
        let loaded = store.load(world.mesa.stream).await.expect("a readable log").expect("a stream");
        assert_eq!((loaded.snapshot_seq, loaded.head), (snapshot_seq, world.mesa.head));
        assert_eq!(loaded.state, world.mesa.state);
    }
    assert!(!store.verify().await.expect("a report").differences.is_empty());
    beside.run("DELETE FROM state_snapshot").await.expect("a change");
    beside.run("DELETE FROM tally WHERE table_name = 'state_snapshot'").await.expect("a change");
}
