//! A phrase redacted from the record: from the log, the rows, the snapshots and the file, while the
//! chain still verifies.

use domain::deliberation;
use domain::{ItemKind, Patch, TextField};
use store::{AppendError, Difference, Location, Redacted, StoreError};

use crate::database::TestDatabase;
use crate::furniture::furnish;
use crate::story::assert_clean;
use crate::world::{command, item};

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
    assert_eq!(redacted, Redacted { events: 2, texts: 1 });
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

    if let Location::Sqlite(folder) = &database.location {
        for file in std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("a file").path())
        {
            let bytes = std::fs::read(&file).expect("its bytes");
            assert!(
                !bytes.windows(9).any(|window| window == b"Obsidiana"),
                "{} still says it",
                file.display()
            );
        }
    }
}
