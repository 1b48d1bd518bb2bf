//! Commands sent twice, rejections, two programs on one database.

use domain::*;
use store::{AppendError, Head, Outcome, Recorded, Store};
use uuid::Uuid;

use super::assert_clean;
use crate::database::TestDatabase;
use crate::furniture::World;
use crate::world::{FIRST, Line, command};

pub(super) async fn two_programs_take_turns(
    database: &TestDatabase,
    store: &Store,
    world: &mut World,
) {
    let beside = database.store().await;
    for round in 0..12 {
        let (mut here, mut there) = (world.exercise.clone(), world.exercise.clone());
        let open = round % 2 == 0;
        let one =
            [here.record(Event::Conduct(FIRST, conduct::Event::DoorSet { open }), command(), 0)];
        let two = [there.record(
            Event::Conduct(
                FIRST,
                conduct::Event::PhaseChanged {
                    to: if open { Phase::Analysis } else { Phase::Agreements },
                    at: round,
                },
            ),
            command(),
            0,
        )];
        let (first, second) =
            tokio::join!(here.append(store, &one, &[], &[]), there.append(&beside, &two, &[], &[]));
        let (winner, conflict) = match (first, second) {
            (Ok(_), Err(AppendError::Conflict(head))) => (here, head),
            (Err(AppendError::Conflict(head)), Ok(_)) => (there, head),
            other => panic!("one is to win, the other to be told: {other:?}"),
        };
        assert_eq!(conflict, winner.head);
        world.exercise = winner;
    }
    // A rejection decided on an older head has to be decided again.
    let mut behind = world.exercise.clone();
    world
        .exercise
        .say(store, vec![Event::Conduct(FIRST, conduct::Event::DoorSet { open: true })])
        .await;
    let outcome = Outcome::Refused(Rejection::People(people::Rejection::DoorClosed));
    let answer = store::NewAnswer {
        command: command(),
        session: None,
        person: world.guest.person.id,
        at: 0,
        outcome,
    };
    let refused = behind.append(&beside, &[], &[], &[answer]).await;
    assert!(
        matches!(refused, Err(AppendError::Conflict(head)) if head == world.exercise.head),
        "{refused:?}"
    );

    // Two programs begin the same stream.
    let mut here = Line::new();
    here.stream = StreamId(Uuid::now_v7());
    here.head = Head::start(here.stream);
    let mut there = here.clone();
    let card = world.exercise.state.card.as_deref().expect("an exercise").clone();
    let records = |line: &Line| {
        let opened = Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card.clone())));
        [line.record(opened, command(), 0)]
    };
    let (one, two) = (records(&here), records(&there));
    let (first, second) =
        tokio::join!(here.append(store, &one, &[], &[]), there.append(&beside, &two, &[], &[]));
    assert!(
        matches!(
            (&first, &second),
            (Ok(_), Err(AppendError::Conflict(_))) | (Err(AppendError::Conflict(_)), Ok(_))
        ),
        "{first:?} {second:?}"
    );
    beside.close().await;
    assert_clean(store).await;
}

pub(super) async fn a_command_is_taken_once(store: &Store, world: &mut World) {
    let taken = world
        .exercise
        .say(
            store,
            vec![
                Event::Conduct(FIRST, conduct::Event::DoorSet { open: false }),
                Event::Conduct(FIRST, conduct::Event::DoorSet { open: true }),
            ],
        )
        .await;
    let first = world.exercise.head.seq - 1;
    let person = Some(world.guest.person.id);
    let mut answers = store
        .answers(world.exercise.stream, &[taken, world.refused, world.unchanged, command()])
        .await
        .expect("answers");
    answers.sort_by_key(|recorded| recorded.command);
    let unchanged = answers
        .iter()
        .find(|recorded| recorded.command == world.unchanged)
        .map(|recorded| recorded.outcome.clone());
    assert!(matches!(unchanged, Some(Outcome::Unchanged { seq }) if seq > 0), "{unchanged:?}");
    let refusal = Outcome::Refused(Rejection::Deliberation(deliberation::Rejection::TextTooLong {
        limit: 500,
    }));
    assert!(answers.contains(&Recorded {
        command: world.refused,
        person,
        outcome: refusal.clone()
    }));
    assert!(answers.contains(&Recorded {
        command: taken,
        person,
        outcome: Outcome::Applied { seq: first }
    }));
    assert_eq!(answers.len(), 3);
    assert!(
        store
            .answers(world.another.stream, &[taken, world.refused])
            .await
            .expect("no answers")
            .is_empty()
    );

    let before = world.exercise.clone();
    for again in [taken, world.refused, world.unchanged] {
        let record = world.exercise.record(
            Event::Conduct(FIRST, conduct::Event::DoorSet { open: false }),
            again,
            0,
        );
        let refused = world.exercise.append(store, &[record], &[], &[]).await;
        assert!(matches!(refused, Err(AppendError::Duplicate)), "{refused:?}");
        let answer = store::NewAnswer {
            command: again,
            session: None,
            person: world.guest.person.id,
            at: 0,
            outcome: refusal.clone(),
        };
        let refused = world.exercise.append(store, &[], &[], &[answer]).await;
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
        world.exercise.append(store, &[], &[], answers).await.expect("answers kept");
    }
    let kept = store.answers(world.exercise.stream, &commands).await.expect("answers");
    assert_eq!(kept.len(), 500);
    assert!(kept.iter().all(|recorded| commands[20..].contains(&recorded.command)));
    assert!(
        store.answers(world.exercise.stream, &[world.refused]).await.expect("no answer").is_empty()
    );
    assert_clean(store).await;
}
