//! A copy of everything, restored elsewhere: events, people, answers, jobs, files.

use store::{BackupError, Location, Store};

use crate::database::TestDatabase;
use crate::furniture::furnish;
use crate::story::assert_clean;

#[tokio::test]
async fn everything_comes_back_from_a_backup() {
    let database = TestDatabase::sqlite();
    let folder = tempfile::tempdir().expect("a folder");
    let store = database.store().await;
    let mut world = furnish(&store, "Valle Verde").await;
    store
        .write_snapshot(world.exercise.stream, world.exercise.head, &world.exercise.state)
        .await
        .expect("a snapshot");
    // An unfinished upload is in it too, and is swept where it is restored.
    let mut upload = store.begin_blob(uuid::Uuid::now_v7(), 0, u64::MAX).await.expect("an upload");
    upload.write(&[7; 2 * store::PIECE_BYTES]).await.expect("two pieces");
    let copy = folder.path().join("copy.sqlite");
    let size = Store::back_up(&database.location, &copy, false).await.expect("a backup");
    assert_eq!(size, std::fs::metadata(&copy).expect("a file").len());
    let head = world.exercise.head;
    world.exercise.write(&store, world.problems[0], domain::TextField::Place, " después").await;
    upload.end().await.expect("a file");

    let elsewhere = Location::Sqlite(folder.path().join("elsewhere"));
    let report = Store::restore(&copy, &elsewhere).await.expect("a store");
    assert!(report.differences.is_empty() && report.streams == 2, "{report:?}");
    let restored = Store::open(&elsewhere).await.expect("a store");
    let loaded =
        restored.load(world.exercise.stream).await.expect("a readable log").expect("a stream");
    assert_eq!((loaded.head, loaded.snapshot_seq), (head, head.seq));
    assert_eq!(
        store.hash_at(world.exercise.stream, head.seq).await.expect("a hash"),
        Some(head.hash)
    );
    assert_eq!(restored.names(&[world.guest.person.id]).await.expect("names").len(), 1);
    for blob in &world.blobs {
        let kept = restored.blob(blob.digest).await.expect("an answer").expect("a file");
        assert_eq!(kept.size, blob.size);
    }
    let done = restored
        .job(world.exercise.stream, "done Valle Verde")
        .await
        .expect("an answer")
        .expect("a job");
    assert!(done.done_at.is_some());
    assert_eq!(restored.sweep_uploads(1).await.expect("swept"), 1);
    assert_clean(&restored).await;

    let again = Store::restore(&copy, &elsewhere).await;
    assert!(matches!(again, Err(BackupError::Taken(_))), "{again:?}");
    let server = Location::Url("postgres://db.test/mesa".to_owned());
    assert!(matches!(Store::back_up(&server, &copy, true).await, Err(BackupError::NotAFile)));
    assert!(matches!(Store::restore(&copy, &server).await, Err(BackupError::NotAFile)));
    restored.close().await;
    store.close().await;
    database.end().await;
}
