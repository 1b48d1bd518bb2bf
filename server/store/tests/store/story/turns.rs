//! Commands sent twice, refusals, two programs on one database.

use domain::*;
use store::{AppendError, Head, Outcome, Recorded, Store};
use uuid::Uuid;

use super::assert_clean;
use crate::database::TestDatabase;
use crate::furniture::World;
use crate::world::{Line, command};

pub(super) async fn two_programs_take_turns(database: &TestDatabase, store: &Store, world: &mut World) {
    let beside = database.store().await;
    for round in 0..12 {
        let (mut here, mut there) = (world.mesa.clone(), world.mesa.clone());
        let open = round % 2 == 0;
        let one = [here.record(Event::Conduct(conduct::Event::DoorSet { open }), command(), 0)];
        let two = [there.record(
            Event::Conduct(conduct::Event::PhaseChanged { to: if open { Phase::Analysis } else { Phase::Agreements }, at: round }),
            command(),
            0,
        )];
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
    world.mesa.say(store, vec![Event::Conduct(conduct::Event::DoorSet { open: true })]).await;
    let outcome = Outcome::Refused(Rejection::People(people::Rejection::DoorClosed));
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
    let records = |line: &Line| [line.record(Event::Exercise(exercise::Event::PlanOpened(Box::new(card.clone()))), command(), 0)];
    let (one, two) = (records(&here), records(&there));
    let (first, second) = tokio::join!(here.append(store, &one, &[], &[]), there.append(&beside, &two, &[], &[]));
    assert!(
        matches!((&first, &second), (Ok(_), Err(AppendError::Conflict(_))) | (Err(AppendError::Conflict(_)), Ok(_))),
        "{first:?} {second:?}"
    );
    beside.close().await;
    assert_clean(store).await;
}

pub(super) async fn a_command_is_taken_once(store: &Store, world: &mut World) {
    let taken = world
        .mesa
        .say(store, vec![Event::Conduct(conduct::Event::DoorSet { open: false }), Event::Conduct(conduct::Event::DoorSet { open: true })])
        .await;
    let first = world.mesa.head.seq - 1;
    let person = Some(world.guest.person.id);
    let mut answers = store.answers(world.mesa.stream, &[taken, world.refused, world.unchanged, command()]).await.expect("answers");
    answers.sort_by_key(|recorded| recorded.command);
    let unchanged = answers.iter().find(|recorded| recorded.command == world.unchanged).map(|recorded| recorded.outcome.clone());
    assert!(matches!(unchanged, Some(Outcome::Unchanged { seq }) if seq > 0), "{unchanged:?}");
    let refusal = Outcome::Refused(Rejection::Deliberation(deliberation::Rejection::TextTooLong { limit: 500 }));
    assert!(answers.contains(&Recorded { command: world.refused, person, outcome: refusal.clone() }));
    assert!(answers.contains(&Recorded { command: taken, person, outcome: Outcome::Applied { seq: first } }));
    assert_eq!(answers.len(), 3);
    assert!(store.answers(world.plan.stream, &[taken, world.refused]).await.expect("no answers").is_empty());

    let before = world.mesa.clone();
    for again in [taken, world.refused, world.unchanged] {
        let record = world.mesa.record(Event::Conduct(conduct::Event::DoorSet { open: false }), again, 0);
        let refused = world.mesa.append(store, &[record], &[], &[]).await;
        assert!(matches!(refused, Err(AppendError::Duplicate)), "{refused:?}");
        let answer = store::NewAnswer { command: again, session: None, person: world.guest.person.id, at: 0, outcome: refusal.clone() };
        let refused = world.mesa.append(store, &[], &[], &[answer]).await;
        assert!(matches!(refused, Err(AppendError::Duplicate)), "{refused:?}");
    }
    assert_eq!(store.head(before.stream).await.expect("a head"), Some(before.head));
    assert_clean(store).await;
}

pub(super) async fn refusals_are_bounded_per_session(store: &Store, world: &mut World) {
    let session = Some(world.guest.session);
    let answer = |at| store::NewAnswer {
        command: command(),
        session,
        person: world.guest.person.id,
        at,
        outcome: Outcome::Refused(Rejection::Deliberation(deliberation::Rejection::UnknownItem)),
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
