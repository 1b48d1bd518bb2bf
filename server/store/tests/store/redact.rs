//! A phrase redacted from the record: from the log, the rows, the snapshots and the file, while the
//! chain still verifies.

use domain::deliberation::finding::Finding;
use domain::people::attendance::AttendanceMode;
use domain::text::free::Part;
use domain::{
    Alias, Assignment, ContributionKind, Event, ItemKind, Patch, Response, ResponseStatus,
    TextField,
};
use domain::{conduct, deliberation, people};
use store::{AppendError, Difference, Location, Redacted, StoreError};

use crate::database::TestDatabase;
use crate::furniture::{furnish, job};
use crate::story::assert_clean;
use crate::world::{FIRST, Line, command, item, remark, short};

#[tokio::test]
async fn a_phrase_is_taken_out_for_good_on_sqlite() {
    let database = TestDatabase::sqlite();
    take_out(&database).await;
    database.end().await;
}

#[tokio::test]
async fn a_phrase_is_taken_out_for_good_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    take_out(&database).await;
    database.end().await;
}

async fn take_out(database: &TestDatabase) {
    let store = database.store().await;
    let mut world = furnish(&store, "Valle Verde").await;
    let problem = world.exercise.add(&store, ItemKind::Problem, None).await;
    // Typed in two goes, by two people, and partly overwritten since.
    world
        .exercise
        .write(
            &store,
            problem,
            TextField::Statement,
            "Quien tira la basura vive en Calle  8, casa azul",
        )
        .await;
    let patch = Patch::splice(35, 0, "Obsidiana");
    world
        .exercise
        .say(
            &store,
            vec![domain::Event::Deliberation(deliberation::Event::TextPatched {
                item: problem,
                field: TextField::Statement,
                patch,
            })],
        )
        .await;
    store
        .write_snapshot(world.exercise.stream, world.exercise.head, &world.exercise.state)
        .await
        .expect("a snapshot");
    world.exercise.write(&store, problem, TextField::Statement, ", dicen").await;
    let before = world
        .exercise
        .state
        .item(problem)
        .expect("the problem")
        .text(TextField::Statement)
        .to_owned();
    assert_eq!(before, "Quien tira la basura vive en Calle Obsidiana 8, casa azul, dicen");

    let redacted = store
        .redact(world.exercise.stream, "calle obsidiana 8", command(), [7; 16], 1)
        .await
        .expect("it is taken out");
    assert_eq!(redacted, Redacted { events: 2, texts: 1, ..Redacted::default() });
    assert_clean(&store).await;
    let loaded = store.load(world.exercise.stream).await.expect("a stream").expect("it is there");
    let text = loaded.state.item(problem).expect("the problem").text(TextField::Statement);
    assert_eq!(text, "Quien tira la basura vive en █████████████████, casa azul, dicen");
    assert_eq!(loaded.snapshot_seq, 0, "no snapshot says it any more");
    for record in store.records(world.exercise.stream, 0, 10_000).await.expect("the log") {
        assert!(!format!("{:?}", record.event).contains("Obsidiana"), "{record:?}");
    }
    // A second redaction finds nothing, and the stream goes on.
    let again = store
        .redact(world.exercise.stream, "calle obsidiana 8", command(), [8; 16], 2)
        .await
        .expect("nothing to do");
    assert_eq!(again, Redacted::default());
    let nowhere = store.redact(domain::StreamId(item().0), "basura", command(), [8; 16], 2).await;
    assert!(matches!(nowhere, Err(AppendError::Store(StoreError::NotFound))), "{nowhere:?}");

    // The redacted text can't be changed under the pretext of the redaction.
    let beside = database.beside().await;
    let filled = "name = 'text_patched' AND length(salt) = 0";
    let swapped = match database.backend {
        sea_orm::DbBackend::Postgres => {
            "convert_to(replace(convert_from(payload, 'UTF8'), 'basura', 'limosna'), 'UTF8')"
        }
        _ => "CAST(replace(CAST(payload AS TEXT), 'basura', 'limosna') AS BLOB)",
    };
    let changed = beside
        .run(&format!("UPDATE event SET payload = {swapped} WHERE {filled}"))
        .await
        .expect("changed");
    assert_eq!(changed, 2);
    let differences = store.verify().await.expect("a report").differences;
    assert!(
        differences.iter().any(|difference| matches!(difference, Difference::Content { .. })),
        "{differences:?}"
    );
    store.close().await;

    nowhere_on_disk(database, b"Obsidiana");
}

/// Whether no file of the database has these bytes; on PostgreSQL nobody looks.
fn nowhere_on_disk(database: &TestDatabase, bytes: &[u8]) {
    let Location::Sqlite(folder) = &database.location else { return };
    for file in
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").path())
    {
        let found = std::fs::read(&file).expect("its bytes");
        assert!(
            !found.windows(bytes.len()).any(|window| window == bytes),
            "{} still says it",
            file.display()
        );
    }
}

#[tokio::test]
async fn a_phrase_is_out_of_all_that_was_typed_on_sqlite() {
    let database = TestDatabase::sqlite();
    out_of_all(&database).await;
    database.end().await;
}

#[tokio::test]
async fn a_phrase_is_out_of_all_that_was_typed_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    out_of_all(&database).await;
    database.end().await;
}

/// A contribution, the reason of its answer, a value that was replaced since, the reason for which
/// a check may pass and an organisation, each with the name in another spelling.
async fn say_it(line: &mut Line, store: &store::Store, problem: domain::ItemId) {
    let said = item();
    let contributed = deliberation::Event::Contributed {
        mesa: FIRST,
        item: said,
        alias: Alias(u32::try_from(line.state.aliases.len()).expect("few items")),
        target: Some(problem),
        kind: ContributionKind::Question,
        text: remark("Eso lo dijo\nNicandro\nO\u{301}rnelas."),
        actor: None,
        author: line.person,
        at: 1_790_000_000_000,
    };
    line.say(store, vec![Event::Deliberation(contributed)]).await;
    let reason = Some(remark("Porque Nicandro\u{A0}Órnelas lo pidió"));
    let response = Response { status: ResponseStatus::Adopted, reason, change: None };
    line.assign(store, said, vec![Assignment::Response(response)]).await;
    for source in ["NICANDRO  ÓRNELAS", "INEGI"] {
        line.assign(store, problem, vec![Assignment::EvidenceSource(short(source))]).await;
    }
    let overridden = conduct::Event::CheckOverridden {
        finding: Finding::NoProblem(problem),
        reason: remark("Nican\u{2060}dro Órne-\nlas no está"),
        at: 1_790_000_000_000,
    };
    let arrived = people::Event::Arrived {
        mesa: FIRST,
        person: line.person.expect("a guest"),
        organisation: short("Amigos de nicandro órnelas"),
        seat: line.seat,
        mode: AttendanceMode::InRoom,
        at: 1_790_000_000_000,
    };
    line.say(store, vec![Event::Conduct(FIRST, overridden), Event::People(arrived)]).await;
}

async fn out_of_all(database: &TestDatabase) {
    let store = database.store().await;
    let mut world = furnish(&store, "Nicandro Órnelas").await;
    let problem = world.problems[0];
    say_it(&mut world.exercise, &store, problem).await;
    let line = &mut world.exercise;
    line.append_with(&store, &[], &[], &[], &[job("carta a Nicandro Órnelas", 1)])
        .await
        .expect("a job");
    store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
    let stream = line.stream;

    let redacted =
        store.redact(stream, "nicandro órnelas", command(), [7; 16], 1).await.expect("it is out");
    // What was set up stays, and is told of: the furniture has the name everywhere.
    let staying = [Part::Exercise, Part::Mesa, Part::Actor, Part::Logo, Part::Notice];
    for part in staying {
        assert!(
            redacted.parts.get(&part).is_some_and(|count| *count > 0),
            "{part:?}: {redacted:?}"
        );
    }
    assert_eq!((redacted.people, redacted.jobs > 0), (2, true), "{redacted:?}");
    for (part, least) in [
        (Part::Contribution, 3),
        (Part::Reason, 5),
        (Part::Value, 1),
        (Part::Organisation, 2),
        (Part::Speaker, 1),
        (Part::PackFile, 3),
        (Part::Veiled, 4),
        (Part::Note, 2),
        (Part::Consultation, 2),
    ] {
        assert_eq!(redacted.parts.get(&part), Some(&least), "{part:?}: {redacted:?}");
    }
    assert_clean(&store).await;

    let loaded = store.load(stream).await.expect("a stream").expect("it is there");
    let known = serde_json::to_string(&loaded.state.mesas).expect("a state").to_lowercase();
    for spelling in
        ["órnelas.", "o\u{301}rnelas.", "órnelas lo", "  órnelas", "órne-", "amigos de nica"]
    {
        assert!(!known.contains(spelling), "{spelling} stands there");
    }
    assert!(known.contains("eso lo dijo\\n█████████████████."), "the contribution");
    assert!(known.contains("porque ████████████████ lo pidió"), "the reason");
    let mut staying = 0;
    for record in store.records(stream, 0, 10_000).await.expect("the log") {
        if format!("{:?}", record.event).to_lowercase().contains("nicandro") {
            let is_code =
                matches!(record.event, Event::Conduct(_, conduct::Event::JoinCodeSet { .. }));
            assert!(is_code || matches!(record.event, Event::Exercise(_)), "{record:?}");
            staying += 1;
        }
    }
    assert!(staying > 0);

    // A redacted contribution can't be changed any more either.
    let beside = database.beside().await;
    let swapped = match database.backend {
        sea_orm::DbBackend::Postgres => {
            "convert_to(replace(convert_from(payload, 'UTF8'), 'dijo', 'calló'), 'UTF8')"
        }
        _ => "CAST(replace(CAST(payload AS TEXT), 'dijo', 'calló') AS BLOB)",
    };
    let changed = beside
        .run(&format!(
            "UPDATE event SET payload = {swapped} WHERE name = 'contributed' AND length(salt) = 0"
        ))
        .await
        .expect("changed");
    assert_eq!(changed, 3);
    let differences = store.verify().await.expect("a report").differences;
    assert!(matches!(differences[..], [Difference::Content { .. }, ..]), "{differences:?}");
    store.close().await;
}
