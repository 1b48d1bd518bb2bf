//! Jobs: requested once, done by one worker, taken over when a worker dies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Event, Millis, Rejection, StreamId, conduct, people};
use store::{
    Append, AppendError, Job, JobStatus, MailServer, NewAnswer, NewJob, Outcome, Progress, Senders,
    Store,
};
use uuid::Uuid;

use crate::database::TestDatabase;
use crate::furniture::{World, furnish, job};
use crate::story::assert_clean;
use crate::world::{FIRST, Line, command};

/// Later than all due times of the furniture.
const NOW: Millis = 1_800_000_000_000;
const LEASE: Millis = 60_000;

#[tokio::test]
async fn jobs_are_done_once_on_sqlite() {
    let database = TestDatabase::sqlite();
    queue(&database).await;
    database.end().await;
}

#[tokio::test]
async fn jobs_are_done_once_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    queue(&database).await;
    database.end().await;
}

async fn queue(database: &TestDatabase) {
    let store = database.store().await;
    let mut world = furnish(&store, "Valle Verde").await;
    let mut other = furnish(&store, "Río Hondo").await;
    assert_clean(&store).await;
    do_everything(&store, NOW).await;
    the_same_key_is_one_job(&store, &mut world, &mut other).await;
    what_is_not_appended_asks_for_nothing(&store, &mut world).await;
    the_longest_due_comes_first(&store, &mut world).await;
    what_fails_is_tried_again(&store, &mut world).await;
    Box::pin(a_node_that_dies_loses_its_job(database, &store, &mut world)).await;
    Box::pin(two_nodes_share_the_work(database, &store, &mut world, &mut other)).await;
    Box::pin(what_is_under_way_is_claimed_by_nobody(database, &store, &mut world)).await;
    what_was_refused_waits_for_a_person(&store, &mut world).await;
    letters_are_claimed_where_they_can_be_sent(&store, &mut world, &mut other).await;
    old_jobs_are_forgotten(&store, &mut world).await;
    assert_clean(&store).await;
    store.close().await;
}

/// An exercise without a mail server of its own keeps its letters where there is no other, and one
/// whose mail server rests keeps nobody else's.
async fn letters_are_claimed_where_they_can_be_sent(
    store: &Store,
    world: &mut World,
    other: &mut World,
) {
    do_everything(store, NOW).await;
    let letter = |key: &str| NewJob { kind: "letter".to_owned(), ..job(key, NOW) };
    ask(store, &mut world.exercise, &[letter("with its own")]).await;
    ask(store, &mut other.exercise, &[letter("without")]).await;
    let (own, without) = (world.exercise.stream, other.exercise.stream);
    let server = MailServer {
        host: "smtp.example.org".to_owned(),
        port: 25,
        security: "none".to_owned(),
        user: None,
        sender: "mesa@example.org".to_owned(),
    };
    store
        .set_mail_server(own, Some(&server), domain::PersonId(Uuid::nil()), NOW)
        .await
        .expect("set");
    let all = [own, without];
    for (others, except, expected) in [
        (false, &all[..0], &all[..1]),
        (false, &all[..1], &all[..0]),
        (true, &all[..0], &all[..]),
        (true, &all[..1], &all[1..]),
        (true, &all[..], &all[..0]),
    ] {
        let senders = Senders { others, except };
        let (node, mut claimed) = (Uuid::new_v4(), Vec::new());
        while let Some(job) =
            store.claim_letter(&["letter"], &senders, node, NOW, NOW + LEASE).await.expect("read")
        {
            claimed.push(job);
        }
        let mut streams: Vec<_> = claimed.iter().map(|job| job.stream).collect();
        streams.sort_by_key(|stream| all.iter().position(|known| known == stream));
        assert_eq!(streams, expected, "{senders:?}");
        for job in claimed {
            assert!(store.fail_job(&job, "later", NOW).await.expect("written"));
        }
    }
    do_everything(store, NOW).await;
}

/// Appends an event that requests jobs.
async fn ask(store: &Store, line: &mut Line, jobs: &[NewJob]) {
    let records =
        [line.record(Event::Conduct(FIRST, conduct::Event::DoorSet { open: true }), command(), 0)];
    line.append_with(store, &records, &[], &[], jobs).await.expect("an appended batch");
}

async fn status(store: &Store, stream: StreamId, key: &str) -> JobStatus {
    store.job(stream, key).await.expect("an answer").expect("a job")
}

async fn claim(store: &Store, now: Millis) -> Option<Job> {
    store.claim_job(Uuid::from_u128(1), now, now + LEASE).await.expect("an answer")
}

/// Does all jobs that are due.
async fn do_everything(store: &Store, now: Millis) -> Vec<String> {
    let mut done = Vec::new();
    while let Some(job) = claim(store, now).await {
        assert!(store.finish_job(&job, now).await.expect("an answer"));
        done.push(job.key);
    }
    done
}

async fn the_same_key_is_one_job(store: &Store, world: &mut World, other: &mut World) {
    let first = job("invitation ana", NOW);
    ask(
        store,
        &mut world.exercise,
        &[first.clone(), job("invitation ana", NOW + 1), job("invitation beto", NOW)],
    )
    .await;
    ask(store, &mut world.exercise, &[job("invitation beto", NOW - 5), job("invitation ana", NOW)])
        .await;
    // Keys are unique within a stream only.
    ask(store, &mut other.exercise, &[job("invitation ana", NOW)]).await;
    assert_eq!(status(store, world.exercise.stream, "invitation ana").await.id, first.id);
    assert_clean(store).await;
    assert_eq!(do_everything(store, NOW).await.len(), 3);
    ask(store, &mut world.exercise, &[job("invitation ana", NOW)]).await;
    assert_eq!(do_everything(store, NOW).await, [""; 0], "nor once more when it is done");
    assert_eq!(status(store, world.exercise.stream, "invitation ana").await.done_at, Some(NOW));
    assert_eq!(store.job(world.another.stream, "invitation ana").await.expect("an answer"), None);

    // A duplicate id is reported, and nothing of the batch is kept.
    let records = [world.exercise.record(
        Event::Conduct(FIRST, conduct::Event::DoorSet { open: true }),
        command(),
        0,
    )];
    let again = NewJob { key: "another key".to_owned(), ..first };
    let refused = world.exercise.append_with(store, &records, &[], &[], &[again]).await;
    assert!(matches!(refused, Err(AppendError::Taken)), "{refused:?}");
    assert_eq!(store.head(world.exercise.stream).await.expect("a head"), Some(world.exercise.head));
}

async fn what_is_not_appended_asks_for_nothing(store: &Store, world: &mut World) {
    let mut behind = world.exercise.clone();
    ask(store, &mut world.exercise, &[]).await;
    let records = [behind.record(
        Event::Conduct(FIRST, conduct::Event::DoorSet { open: false }),
        command(),
        0,
    )];
    for records in [&records[..], &[]] {
        let refused =
            behind.append_with(store, records, &[], &[], &[job("of a conflict", NOW)]).await;
        assert!(
            matches!(refused, Err(AppendError::Conflict(head)) if head == world.exercise.head),
            "{refused:?}"
        );
    }
    // A batch that fails after its jobs were written, because it has an answer to a command that is
    // in the log.
    let taken = world
        .exercise
        .say(store, vec![Event::Conduct(FIRST, conduct::Event::DoorSet { open: true })])
        .await;
    let outcome = Outcome::Refused(Rejection::People(people::Rejection::DoorClosed));
    let answer =
        NewAnswer { command: taken, session: None, person: world.guest.person.id, at: 0, outcome };
    let refused =
        world.exercise.append_with(store, &[], &[], &[answer], &[job("of a conflict", NOW)]).await;
    assert!(matches!(refused, Err(AppendError::Duplicate)), "{refused:?}");
    assert_eq!(store.job(world.exercise.stream, "of a conflict").await.expect("an answer"), None);
    assert_eq!(claim(store, NOW).await, None);
    assert_clean(store).await;
    // A batch without an event, on the present head.
    let batch = Append {
        stream: world.exercise.stream,
        expected: world.exercise.head,
        records: &[],
        after: &world.exercise.state,
        people: &[],
        answers: &[],
        jobs: &[job("of no event", NOW)],
    };
    assert_eq!(store.append(batch).await.expect("a job"), world.exercise.head);
    assert_eq!(do_everything(store, NOW).await, ["of no event"]);
}

async fn the_longest_due_comes_first(store: &Store, world: &mut World) {
    ask(store, &mut world.exercise, &[job("second", NOW + 20), job("third", NOW + 30)]).await;
    ask(store, &mut world.another, &[job("first", NOW + 10)]).await;
    assert_eq!(claim(store, NOW + 9).await, None, "nothing is due");
    assert_eq!(do_everything(store, NOW + 20).await, ["first", "second"]);
    assert_eq!(do_everything(store, NOW + 30).await, ["third"]);
}

async fn what_fails_is_tried_again(store: &Store, world: &mut World) {
    let asked = job("a letter", NOW);
    ask(store, &mut world.exercise, std::slice::from_ref(&asked)).await;
    let of_kind = store.jobs(world.exercise.stream, &asked.kind).await.expect("jobs");
    assert_eq!(of_kind.get(&asked.key).map(|job| (job.id, job.done_at)), Some((asked.id, None)));
    assert!(store.jobs(world.exercise.stream, "another kind").await.expect("jobs").is_empty());
    let one = claim(store, NOW).await.expect("a job");
    assert_eq!(
        (one.stream, one.id, &one.kind, &one.payload),
        (world.exercise.stream, asked.id, &asked.kind, &asked.payload)
    );
    assert_eq!((one.attempts, &one.last_error), (1, &None));
    let long = format!("the post is closed\0 {}", "ñ".repeat(2_000));
    assert!(store.fail_job(&one, &long, NOW + 500).await.expect("an answer"));
    let failed = status(store, world.exercise.stream, "a letter").await;
    assert_eq!(
        (failed.attempts, failed.due_at, failed.claimed_until, failed.done_at),
        (1, NOW + 500, None, None)
    );
    assert_clean(store).await;
    for lost in [
        store.finish_job(&one, NOW).await,
        store.extend_job(&one, NOW).await,
        store.fail_job(&one, "", NOW).await,
    ] {
        assert!(!lost.expect("an answer"), "the claim went with the failure");
    }
    assert_eq!(claim(store, NOW + 499).await, None);
    let two = claim(store, NOW + 500).await.expect("a job");
    let error = two.last_error.clone().expect("an error");
    assert!(
        two.attempts == 2
            && error.starts_with("the post is closed ñ")
            && error.chars().count() == 1_000,
        "{error}"
    );
    assert!(store.finish_job(&two, NOW + 501).await.expect("an answer"));
    assert!(!store.finish_job(&two, NOW + 502).await.expect("an answer"));
    assert_eq!(status(store, world.exercise.stream, "a letter").await.done_at, Some(NOW + 501));
}

async fn a_node_that_dies_loses_its_job(database: &TestDatabase, store: &Store, world: &mut World) {
    let beside = database.store().await;
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    ask(store, &mut world.exercise, &[job("of who dies", NOW)]).await;
    let first = store.claim_job(one, NOW, NOW + LEASE).await.expect("an answer").expect("a job");
    assert_eq!(
        beside.claim_job(two, NOW + LEASE - 1, NOW + 2 * LEASE).await.expect("an answer"),
        None,
        "somebody has it"
    );
    // It extends its claim in time.
    assert!(store.extend_job(&first, NOW + 2 * LEASE).await.expect("an answer"));
    assert_eq!(
        beside.claim_job(two, NOW + LEASE, NOW + 2 * LEASE).await.expect("an answer"),
        None,
        "it said so"
    );
    assert_clean(&beside).await;
    // Then it is silent.
    let second = beside
        .claim_job(two, NOW + 2 * LEASE, NOW + 3 * LEASE)
        .await
        .expect("an answer")
        .expect("a job");
    assert_eq!((second.id, second.attempts), (first.id, 2));
    assert!(
        !store.extend_job(&first, NOW + 9 * LEASE).await.expect("an answer"),
        "it wasn't dead, only late"
    );
    assert!(!store.finish_job(&first, NOW + 2 * LEASE).await.expect("an answer"));
    assert!(!store.fail_job(&first, "too late", NOW).await.expect("an answer"));
    // The same node may claim it again: its earlier claim stays lost.
    let third = beside
        .claim_job(two, NOW + 3 * LEASE, NOW + 4 * LEASE)
        .await
        .expect("an answer")
        .expect("a job");
    assert!(!beside.finish_job(&second, NOW + 3 * LEASE).await.expect("an answer"));
    // Too late, but nobody else has claimed it.
    assert!(beside.finish_job(&third, NOW + 9 * LEASE).await.expect("an answer"));
    beside.close().await;
    assert_clean(store).await;
}

async fn two_nodes_share_the_work(
    database: &TestDatabase,
    store: &Store,
    world: &mut World,
    other: &mut World,
) {
    let now = NOW + 100 * LEASE;
    let stores = [store.clone(), database.store().await];
    let jobs = |name: &str, count: usize| {
        (0..count).map(|place| job(&format!("{name} {place}"), now)).collect::<Vec<_>>()
    };
    ask(store, &mut world.exercise, &jobs("mesa", 25)).await;
    ask(store, &mut world.another, &jobs("plan", 25)).await;
    ask(store, &mut other.exercise, &jobs("other", 25)).await;
    let all_asked = Arc::new(AtomicBool::new(false));
    let mut nodes = tokio::task::JoinSet::new();
    // Four workers in each of two programs; meanwhile edits request more jobs.
    for (place, store) in stores.iter().cycle().take(8).enumerate() {
        let (store, all_asked) = (store.clone(), Arc::clone(&all_asked));
        nodes.spawn(async move {
            let node = Uuid::from_u128(place as u128 + 1);
            let (mut done, mut idle) = (Vec::new(), 0);
            while idle < 20 {
                let more = !all_asked.load(Ordering::SeqCst);
                match store.claim_job(node, now, now + LEASE).await.expect("an answer") {
                    Some(job) => {
                        // The job's work.
                        done.push((job.stream, job.key.clone()));
                        tokio::task::yield_now().await;
                        assert_eq!(job.attempts, 1);
                        assert!(
                            store.finish_job(&job, now).await.expect("an answer"),
                            "nobody took it away"
                        );
                        idle = 0;
                    }
                    None => {
                        idle = if more { 0 } else { idle + 1 };
                        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                    }
                }
            }
            (place % 2, done)
        });
    }
    for round in 0..15 {
        ask(store, &mut world.exercise, &[job(&format!("late {round}"), now), job("mesa 3", now)])
            .await;
        ask(store, &mut other.exercise, &[job(&format!("late {round}"), now)]).await;
    }
    all_asked.store(true, Ordering::SeqCst);
    let (mut done, mut by_program): (BTreeMap<(StreamId, String), usize>, [usize; 2]) =
        Default::default();
    while let Some(node) = nodes.join_next().await {
        let (program, jobs) = node.expect("a node that ends");
        by_program[program] += jobs.len();
        for job in jobs {
            *done.entry(job).or_default() += 1;
        }
    }
    // How the jobs are shared isn't guaranteed: SQLite's writers don't queue.
    println!("{:?}: {} jobs by two programs: {by_program:?}", database.backend, done.len());
    assert_eq!(done.len(), 3 * 25 + 2 * 15);
    assert!(done.values().all(|times| *times == 1), "{done:?}");
    let [_, beside] = stores;
    beside.close().await;
    assert_clean(store).await;
}

async fn what_is_under_way_is_claimed_by_nobody(
    database: &TestDatabase,
    store: &Store,
    world: &mut World,
) {
    let (stream, now) = (world.exercise.stream, NOW + 500 * LEASE);
    let letter = NewJob { kind: "plan".to_owned(), ..job("the plan", now) };
    store.enqueue_jobs(stream, &[letter.clone(), letter]).await.expect("added once");
    let claimed = |at| store.claim_job_of(&["plan"], Uuid::from_u128(8), at, at + LEASE);
    let other = store.claim_job_of(&["reset"], Uuid::from_u128(8), now, now + LEASE).await;
    assert_eq!(other.expect("an answer"), None, "of another kind");
    let one = claimed(now).await.expect("an answer").expect("a job");
    assert_eq!((one.asked_at, one.attempts), (now, 1));
    assert_eq!(status(store, stream, "the plan").await.progress(now), Progress::Waiting);
    assert!(store.begin_sending(&one, now + 1, now + LEASE).await.expect("an answer"));
    let sending = status(store, stream, "the plan").await;
    assert_eq!(sending.progress(now + 2), Progress::Sending);
    assert_eq!(sending.progress(now + LEASE), Progress::Uncertain, "the node died");
    let beside = database.store().await;
    assert_eq!(claimed(now + 9 * LEASE).await.expect("an answer"), None);
    assert!(!beside.ask_job_again(stream, "the plan", now + 2).await.expect("an answer"));
    assert!(beside.ask_job_again(stream, "the plan", now + 2 * LEASE).await.expect("an answer"));
    assert!(
        !store.finish_job(&one, now + 2 * LEASE).await.expect("an answer"),
        "the claim is gone"
    );
    let two = claimed(now + 2 * LEASE).await.expect("an answer").expect("a job");
    assert_eq!((two.attempts, two.asked_at, two.last_error.as_deref()), (2, now + 2 * LEASE, None));
    assert!(store.begin_sending(&two, now + 2 * LEASE, now + 3 * LEASE).await.expect("an answer"));
    assert!(store.leave_job(&two, "cut").await.expect("an answer"));
    let cut = status(store, stream, "the plan").await;
    assert_eq!(cut.progress(now + 2 * LEASE), Progress::Uncertain, "at once");
    assert_eq!(cut.last_error.as_deref(), Some("cut"));
    assert_clean(store).await;
    assert!(store.ask_job_again(stream, "the plan", now).await.expect("an answer"));
    let three = claimed(now).await.expect("an answer").expect("a job");
    assert!(store.begin_sending(&three, now, now + LEASE).await.expect("an answer"));
    assert!(store.finish_job(&three, now + 1).await.expect("an answer"));
    let done = status(store, stream, "the plan").await;
    assert_eq!((done.progress(now + 9 * LEASE), done.sending_at), (Progress::Done, None));
    assert!(!store.ask_job_again(stream, "the plan", now + 2).await.expect("an answer"));
    beside.close().await;
}

async fn what_was_refused_waits_for_a_person(store: &Store, world: &mut World) {
    let (stream, now) = (world.exercise.stream, NOW + 600 * LEASE);
    store.enqueue_jobs(stream, &[job("to nobody", now)]).await.expect("added");
    let one = claim(store, now).await.expect("a job");
    assert!(store.refuse_job(&one, "550", now + 1).await.expect("an answer"));
    let refused = status(store, stream, "to nobody").await;
    assert_eq!(refused.progress(now + 2), Progress::Refused);
    assert_eq!((refused.refused_at, refused.done_at), (Some(now + 1), Some(now + 1)));
    assert_eq!(claim(store, now + LEASE).await, None);
    assert!(store.ask_job_again(stream, "to nobody", now + 2).await.expect("an answer"));
    assert!(!store.ask_job_again(stream, "never asked for", now).await.expect("an answer"));
    assert_eq!(do_everything(store, now + 2).await, ["to nobody"]);
    assert_eq!(status(store, stream, "to nobody").await.progress(now + 2), Progress::Done);
}

async fn old_jobs_are_forgotten(store: &Store, world: &mut World) {
    let later = NOW + 1_000 * LEASE;
    ask(store, &mut world.exercise, &[job("to come", later + 1), job("of today", later)]).await;
    assert_eq!(do_everything(store, later).await, ["of today"]);
    let before = store.forget_jobs(later).await.expect("forgotten");
    assert!(before > 100, "{before}");
    assert_clean(store).await;
    assert_eq!(store.forget_jobs(later).await.expect("forgotten"), 0);
    assert_eq!(store.job(world.exercise.stream, "a letter").await.expect("an answer"), None);
    assert_eq!(status(store, world.exercise.stream, "of today").await.done_at, Some(later));
    assert_eq!(status(store, world.exercise.stream, "to come").await.done_at, None);
}
