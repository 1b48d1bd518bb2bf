//! Files by their digest: written and read piece by piece, stored once, complete or not at all.

use domain::Digest;
use futures_util::{StreamExt, TryStreamExt, stream};
use sha2::{Digest as _, Sha256};
use store::{Blob, Damage, Difference, PIECE_BYTES, PutError, Store, StoreError};
use uuid::Uuid;

use crate::database::{Beside, TestDatabase};
use crate::furniture::{bytes, furnish, put};
use crate::story::assert_clean;

const PIECE: u64 = PIECE_BYTES as u64;

#[tokio::test]
async fn files_come_in_and_go_out_on_sqlite() {
    let database = TestDatabase::sqlite();
    come_and_go(&database).await;
    database.end().await;
}

#[tokio::test]
async fn files_come_in_and_go_out_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    come_and_go(&database).await;
    database.end().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_on_sqlite() {
    let database = TestDatabase::sqlite();
    go_wrong(&database).await;
    database.end().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    go_wrong(&database).await;
    database.end().await;
}

fn digest_of(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

async fn read(store: &Store, blob: &Blob, range: std::ops::Range<u64>) -> Vec<u8> {
    let pieces: Vec<_> =
        store.read_blob(blob, range).into_stream().try_collect().await.expect("the pieces");
    assert!(pieces.iter().all(|piece| (1..=PIECE_BYTES).contains(&piece.len())));
    pieces.concat()
}

/// Number of rows in the tables of files.
async fn rows(beside: &Beside) -> (usize, usize) {
    (
        beside.rows("SELECT 1 FROM blob").await.len(),
        beside.rows("SELECT 1 FROM blob_piece").await.len(),
    )
}

async fn come_and_go(database: &TestDatabase) {
    let store = database.store().await;
    let beside = database.beside().await;
    for (place, size) in [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES + 7]
        .into_iter()
        .enumerate()
    {
        let bytes = bytes(&format!("{size}"), size);
        let blob = put(&store, &bytes).await;
        assert_eq!((blob.digest, blob.size), (digest_of(&bytes), size as u64));
        assert_eq!(store.blob(blob.digest).await.expect("an answer").as_ref(), Some(&blob));
        assert_eq!(read(&store, &blob, 0..u64::MAX).await, bytes);
        assert_eq!(rows(&beside).await.0, place + 1);
    }
    assert_eq!(rows(&beside).await, (6, 8));
    assert_eq!(store.blob(digest_of(b"another")).await.expect("an answer"), None);
    ranges(&store).await;
    same_bytes_are_kept_once(database, &store, &beside).await;
    what_does_not_end_leaves_nothing(&store, &beside).await;
    comes_piece_by_piece(database, &store, &beside).await;
    uploads_are_swept(&store, &beside).await;
    assert_clean(&store).await;
    store.close().await;
}

async fn ranges(store: &Store) {
    let all = bytes("ranges", 2 * PIECE_BYTES + 500);
    let blob = put(store, &all).await;
    let size = blob.size;
    for (from, to) in [
        (0, 1),
        (0, PIECE),
        (1, PIECE + 1),
        (PIECE - 1, PIECE),
        (PIECE, 2 * PIECE),
        (PIECE - 3, 2 * PIECE + 3),
        (size - 1, size),
        (size - 1, u64::MAX),
        (5, 5),
        (9, 3),
        (size, size + 1),
        (u64::MAX, u64::MAX),
    ] {
        let (first, last) = (from.min(size), to.min(size));
        let place = |at| usize::try_from(at).expect("a small file");
        let expected = if first < last { &all[place(first)..place(last)] } else { &[] };
        assert!(read(store, &blob, from..to).await == expected, "{from}..{to}");
    }
}

async fn same_bytes_are_kept_once(database: &TestDatabase, store: &Store, beside: &Beside) {
    let before = rows(beside).await;
    let other = database.store().await;
    let bytes = bytes("twice", PIECE_BYTES + 9);
    for round in 0..6 {
        // At first nobody has the file, and all uploads finish at the same moment.
        let blobs = tokio::join!(
            put(store, &bytes),
            put(&other, &bytes),
            put(store, &bytes),
            put(&other, &bytes)
        );
        assert!(blobs.0 == blobs.1 && blobs.1 == blobs.2 && blobs.2 == blobs.3, "round {round}");
        assert_eq!(rows(beside).await, (before.0 + 1, before.1 + 2));
        assert_eq!(read(&other, &blobs.0, 0..u64::MAX).await, bytes);
    }
    other.close().await;
    assert_clean(store).await;
}

/// A file whose pieces come in requests of their own, to whichever node, some of them twice.
async fn comes_piece_by_piece(database: &TestDatabase, store: &Store, beside: &Beside) {
    let before = rows(beside).await;
    let other = database.store().await;
    let (all, id, limit) = (bytes("in pieces", 3 * PIECE_BYTES + 77), Uuid::now_v7(), 4 * PIECE);
    let piece = |number: usize| all[number * PIECE_BYTES..(number + 1) * PIECE_BYTES].to_vec();
    assert_eq!(store.kept_pieces(id).await.expect("an answer"), None);
    let none = store.keep_piece(id, 0, piece(0)).await;
    assert!(matches!(none, Err(StoreError::NotFound)), "{none:?}");
    drop(store.begin_blob(id, 0, limit).await.expect("an upload"));
    store.keep_piece(id, 0, piece(0)).await.expect("kept");
    // One that was lost on the way leaves a gap, which is where the sender goes on.
    other.keep_piece(id, 2, piece(2)).await.expect("kept");
    assert_eq!(store.kept_pieces(id).await.expect("an answer"), Some(1));
    other.keep_piece(id, 1, piece(1)).await.expect("kept");
    other.keep_piece(id, 1, piece(0)).await.expect("what is there stays");
    assert_eq!(store.kept_pieces(id).await.expect("an answer"), Some(3));
    let small = store.resume_blob(id, 3 * PIECE - 1, |_| {}).await;
    assert!(matches!(small, Err(PutError::TooLarge { .. })), "{small:?}");
    let mut seen = Vec::new();
    let resumed = other.resume_blob(id, limit, |piece| seen.extend_from_slice(piece)).await;
    let mut upload = resumed.expect("an answer").expect("the upload");
    assert!(seen == all[..3 * PIECE_BYTES]);
    upload.write(&all[3 * PIECE_BYTES..]).await.expect("the rest");
    let blob = upload.end().await.expect("an end");
    assert_eq!((blob.digest, blob.size), (digest_of(&all), all.len() as u64));
    assert!(read(store, &blob, 0..u64::MAX).await == all);
    // It has ended: nothing is added to it, and it isn't resumed.
    let late = store.keep_piece(id, 4, piece(0)).await;
    assert!(matches!(late, Err(StoreError::NotFound)), "{late:?}");
    assert!(store.resume_blob(id, limit, |_| {}).await.expect("an answer").is_none());
    assert_eq!(rows(beside).await, (before.0 + 1, before.1 + 4));
    other.close().await;
    assert_clean(store).await;
}

async fn what_does_not_end_leaves_nothing(store: &Store, beside: &Beside) {
    let before = rows(beside).await;
    let bytes = bytes("too much", 2 * PIECE_BYTES + 1);
    let parts = || stream::iter(bytes.chunks(40_000).map(Ok::<_, std::io::Error>));
    let too_large = store.put_blob(Uuid::now_v7(), 0, bytes.len() as u64 - 1, parts()).await;
    assert!(
        matches!(too_large, Err(PutError::TooLarge { limit }) if limit == 2 * PIECE),
        "{too_large:?}"
    );
    let cut = parts()
        .take(40)
        .chain(stream::iter([Err(std::io::Error::other("the phone went out of reach"))]));
    let cut = store.put_blob(Uuid::now_v7(), 0, u64::MAX, cut).await;
    assert!(
        matches!(&cut, Err(PutError::Source(error)) if error.to_string().contains("out of reach")),
        "{cut:?}"
    );
    assert_eq!(rows(beside).await, before);

    // After an error an upload accepts nothing more, and can't finish with other bytes than were
    // sent.
    let mut upload = store.begin_blob(Uuid::now_v7(), 0, 10).await.expect("an upload");
    upload.write(b"123456").await.expect("six bytes");
    assert!(matches!(upload.write(b"123456").await, Err(PutError::TooLarge { .. })));
    assert!(matches!(upload.write(b"1").await, Err(PutError::Spoiled)));
    assert!(matches!(upload.end().await, Err(PutError::Spoiled)));
    let mut upload = store.begin_blob(Uuid::now_v7(), 0, u64::MAX).await.expect("an upload");
    tokio::select! {
        biased;
        written = upload.write(&bytes) => panic!("a piece takes its time: {written:?}"),
        () = std::future::ready(()) => {}
    }
    assert!(matches!(upload.write(b"1").await, Err(PutError::Spoiled)));
    upload.abandon().await.expect("given up");
    assert_eq!(store.sweep_uploads(1).await.expect("swept"), 1);
    assert_eq!(rows(beside).await, before);
}

async fn uploads_are_swept(store: &Store, beside: &Beside) {
    let before = rows(beside).await;
    let bytes = bytes("left behind", PIECE_BYTES + 3);
    let mut old = store.begin_blob(Uuid::now_v7(), 1_000, u64::MAX).await.expect("an upload");
    old.write(&bytes).await.expect("a piece");
    let mut late = store.begin_blob(Uuid::now_v7(), 1_000, u64::MAX).await.expect("an upload");
    late.write(&bytes[..9]).await.expect("a few bytes");
    let mut new = store.begin_blob(Uuid::now_v7(), 2_000, u64::MAX).await.expect("an upload");
    new.write(&bytes).await.expect("a piece");
    assert_eq!(rows(beside).await, (before.0 + 3, before.1 + 2));
    assert_eq!(store.blob(digest_of(&bytes)).await.expect("an answer"), None, "not before its end");
    // An unfinished upload is no difference.
    assert_clean(store).await;
    assert_eq!(store.sweep_uploads(2_000).await.expect("swept"), 2);
    assert_eq!(store.sweep_uploads(2_000).await.expect("swept"), 0);
    assert_eq!(rows(beside).await, (before.0 + 1, before.1 + 1));
    let refused = old.write(&bytes).await;
    assert!(matches!(refused, Err(PutError::Store(StoreError::NotFound))), "{refused:?}");
    let refused = late.end().await;
    assert!(matches!(refused, Err(PutError::Store(StoreError::NotFound))), "{refused:?}");
    assert_eq!(new.end().await.expect("a file").digest, digest_of(&bytes));
    assert_eq!(store.sweep_uploads(i64::MAX).await.expect("swept"), 0, "what ended stays");
    assert_eq!(rows(beside).await, (before.0 + 1, before.1 + 2));
}

async fn go_wrong(database: &TestDatabase) {
    let store = database.store().await;
    let world = furnish(&store, "Valle Verde").await;
    let beside = database.beside().await;
    let [logo, scan] = world.blobs;
    assert!(store.verify().await.expect("a report").rows >= 7);
    let of = |blob: &Blob| {
        let digest = if database.backend == sea_orm::DbBackend::Sqlite {
            format!("X'{}'", blob.digest)
        } else {
            format!("'\\x{}'", blob.digest)
        };
        format!("(SELECT id FROM blob WHERE digest = {digest})")
    };
    let (of_logo, of_scan) = (of(&logo), of(&scan));
    let piece = |number: u64| Difference::MissingPiece { blob: scan.digest, number };
    let tally = Difference::Tally { table: "blob".to_owned(), stream: None };
    let content = Difference::Blob { blob: scan.digest };
    let size = Difference::BlobSize { blob: scan.digest };
    let cases = [
        (
            format!("DELETE FROM blob_piece WHERE number = 1 AND blob_id = {of_scan}"),
            vec![piece(1), size.clone(), content.clone()],
        ),
        (
            format!("DELETE FROM blob_piece WHERE number = 2 AND blob_id = {of_scan}"),
            vec![size.clone(), content.clone()],
        ),
        (
            format!("DELETE FROM blob_piece WHERE blob_id = {of_scan}"),
            vec![size.clone(), content.clone()],
        ),
        (
            format!(
                "UPDATE blob_piece SET bytes = (SELECT bytes FROM blob_piece WHERE number = 0 AND blob_id = {of_logo}) WHERE number = 1 AND blob_id = {of_scan}"
            ),
            vec![content.clone()],
        ),
        (
            format!("UPDATE blob_piece SET number = 7 WHERE number = 2 AND blob_id = {of_scan}"),
            vec![piece(2), content.clone()],
        ),
        (
            format!("UPDATE blob SET size = size + 1 WHERE id = {of_scan}"),
            vec![size.clone(), tally.clone()],
        ),
        (
            format!("DELETE FROM blob WHERE id = {of_scan}"),
            vec![Difference::OrphanPieces { count: 3 }, tally.clone()],
        ),
    ];
    for table in ["blob", "blob_piece"] {
        beside
            .run(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"))
            .await
            .expect("a copy");
    }
    for (change, expected) in cases {
        assert!(beside.run(&change).await.expect("a change") > 0, "{change}");
        let found = store.verify().await.expect("a report").differences;
        assert_eq!(found, expected, "{change}");
        for table in ["blob_piece", "blob"] {
            beside.run(&format!("DELETE FROM {table}")).await.expect("an empty table");
        }
        for table in ["blob", "blob_piece"] {
            beside
                .run(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
                .await
                .expect("the rows back");
        }
        assert_clean(&store).await;
    }
    // A file that disappeared altogether.
    beside
        .run(&format!("DELETE FROM blob_piece WHERE blob_id = {of_scan}"))
        .await
        .expect("a change");
    beside.run(&format!("DELETE FROM blob WHERE id = {of_scan}")).await.expect("a change");
    assert_eq!(store.verify().await.expect("a report").differences, [tally]);

    // A reader gets an error, and no wrong bytes.
    beside
        .run(&format!("DELETE FROM blob_piece WHERE number = 1 AND blob_id = {of_logo}"))
        .await
        .expect("a change");
    let mut pieces = store.read_blob(&logo, 0..logo.size);
    assert_eq!(
        pieces.next().await.expect("the first piece").map(|piece| piece.len()),
        Some(PIECE_BYTES)
    );
    let missing = pieces.next().await;
    assert!(
        matches!(missing, Err(StoreError::Damaged(Damage::Piece { blob, number: 1 })) if blob == logo.digest),
        "{missing:?}"
    );
    store.close().await;
}
