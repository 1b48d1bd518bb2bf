//! Documents, keys, seals and stamps: kept as they were handed out, in the backup, and gone with what may
//! not stay.

use domain::{Digest, StreamId};
use sha2::{Digest as _, Sha256};
use store::{Difference, Document, DocumentKind, Location, ServerKey, Store};
use uuid::Uuid;

use crate::database::TestDatabase;
use crate::furniture::{bytes, furnish, put};
use crate::story::assert_clean;

#[tokio::test]
async fn documents_stay_what_they_were_on_sqlite() {
    let database = TestDatabase::sqlite();
    stay(&database).await;
    database.end().await;
}

#[tokio::test]
async fn documents_stay_what_they_were_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    stay(&database).await;
    database.end().await;
}

#[tokio::test]
async fn seals_follow_one_another_on_sqlite() {
    let database = TestDatabase::sqlite();
    follow(&database).await;
    database.end().await;
}

#[tokio::test]
async fn seals_follow_one_another_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    follow(&database).await;
    database.end().await;
}

/// A document with its bytes stored.
pub async fn document(store: &Store, kind: DocumentKind, request: u8, name: &str) -> Document {
    let blob = put(store, &bytes(name, 70_000)).await;
    Document {
        id: Uuid::now_v7(),
        kind,
        version: (kind != DocumentKind::Draft).then_some(2),
        request: Digest([request; 32]),
        file: blob.digest,
        pages: 11,
        made_at: 1_790_000_000_000,
        seal: None,
    }
}

/// The line that says which one it follows.
pub fn line(before: Option<(u64, &str)>) -> String {
    match before {
        Some((number, line)) => {
            let digest: [u8; 32] = Sha256::digest(line).into();
            format!("{} after {}", number + 1, Digest(digest))
        }
        None => "1".to_owned(),
    }
}

async fn stay(database: &TestDatabase) {
    let store = database.store().await;
    let world = furnish(&store, "Valle Verde").await;
    let stream = world.exercise.stream;
    let before = store.documents(stream).await.expect("read").len();
    let first = document(&store, DocumentKind::Public, 11, "first").await;
    assert!(store.keep_document(stream, &first).await.expect("kept"));
    let found = async |request| store.document(stream, Digest([request; 32])).await.expect("read");
    assert_eq!(found(11).await, Some(first.clone()));
    assert_eq!(found(12).await, None);

    // What changed behind it makes another one, and the old one stays known; the same again is one.
    let second = document(&store, DocumentKind::Public, 12, "second").await;
    for document in [&second, &Document { id: Uuid::now_v7(), ..first.clone() }] {
        assert!(store.keep_document(stream, document).await.expect("kept"));
    }
    let of = async |document: &Document| {
        let found = store.documents_of(document.file).await.expect("read");
        found.into_iter().map(|(stream, document)| (stream, document.id)).collect::<Vec<_>>()
    };
    assert_eq!(of(&first).await, [(stream, first.id)]);
    assert_eq!(of(&second).await, [(stream, second.id)]);
    assert_eq!(store.documents(stream).await.expect("read").len(), before + 2);
    let nowhere = store.keep_document(StreamId(Uuid::now_v7()), &first).await;
    assert!(matches!(nowhere, Err(store::StoreError::NotFound)), "{nowhere:?}");

    // A sealed one isn't given to who asks for the one that isn't.
    let sealed = Document {
        seal: Some("{}".to_owned()),
        ..document(&store, DocumentKind::Full, 13, "sealed").await
    };
    store.keep_sealed(stream, &sealed, line, &[]).await.expect("kept");
    assert_eq!(found(13).await, None);
    assert_eq!(of(&sealed).await, [(stream, sealed.id)]);
    assert_clean(&store).await;

    drafts_are_forgotten(&store, stream).await;
    only_so_many_are_kept(&store, stream).await;
    assert_clean(&store).await;

    // Erasing a person takes the bytes that may name them, not those that were sealed.
    erase_somebody(&store, &world).await;
    assert_eq!(found(11).await, None, "its bytes are gone");
    assert_eq!(of(&first).await, [(stream, first.id)], "that it was handed out is known");
    assert!(store.blob(sealed.file).await.expect("read").is_some());
    assert_clean(&store).await;
    // Made again, it is given again.
    put(&store, &bytes("first", 70_000)).await;
    assert_eq!(found(11).await, Some(first.clone()));

    let beside = database.beside().await;
    let digest = if database.backend == sea_orm::DbBackend::Sqlite {
        format!("X'{}'", sealed.file)
    } else {
        format!("'\\x{}'", sealed.file)
    };
    let lost = format!("UPDATE blob SET digest = NULL WHERE digest = {digest}");
    assert_eq!(beside.run(&lost).await.expect("a change"), 1);
    let found = store.verify().await.expect("a report").differences;
    assert!(
        found.contains(&Difference::MissingDocument { stream, file: sealed.file }),
        "{found:?}"
    );
    // With its exercise they go.
    store.remove(stream).await.expect("removed");
    assert_eq!(store.documents(stream).await.expect("read"), []);
    assert_eq!(of(&sealed).await, []);
    store.close().await;
}

async fn drafts_are_forgotten(store: &Store, stream: StreamId) {
    let mut drafts = Vec::new();
    for number in 0..70_u8 {
        let made_at = 1_790_000_000_000 + i64::from(number);
        let draft = Document {
            made_at,
            file: Digest([number; 32]),
            ..document(store, DocumentKind::Draft, number, "draft").await
        };
        assert!(store.keep_document(stream, &draft).await.expect("kept"));
        drafts.push(draft);
    }
    let known = store.documents(stream).await.expect("read");
    let known: Vec<_> = known.into_iter().filter(|one| one.kind == DocumentKind::Draft).collect();
    assert_eq!(known, drafts[6..], "the oldest are forgotten");
}

async fn only_so_many_are_kept(store: &Store, stream: StreamId) {
    let file = document(store, DocumentKind::Paper, 0, "paper").await;
    let mut kept = 0;
    for number in 0..260_u32 {
        let mut request = [9; 32];
        request[..4].copy_from_slice(&number.to_be_bytes());
        let other = Document { id: Uuid::now_v7(), request: Digest(request), ..file.clone() };
        kept += usize::from(store.keep_document(stream, &other).await.expect("an answer"));
    }
    assert_eq!(kept, 256);
    let sealed = Document { seal: Some("{}".to_owned()), ..file };
    store.keep_sealed(stream, &sealed, line, &[]).await.expect("a sealed one always is");
}

async fn erase_somebody(store: &Store, world: &crate::furniture::World) {
    let mut exercise = world.exercise.clone();
    let person = world.guest.person.id;
    let gone =
        domain::people::Event::PersonAnonymised { person, record: store::erased_record(person) };
    exercise.say(store, vec![domain::Event::People(gone)]).await;
}

fn key(number: u64) -> ServerKey {
    let secret = Some([u8::try_from(number).expect("a small number"); 32]);
    ServerKey { number, secret, record: format!("{{\"key\":{number}}}") }
}

async fn follow(database: &TestDatabase) {
    let store = database.store().await;
    assert_eq!(store.server_keys().await.expect("read"), []);
    assert!(store.add_server_key(&key(1), line).await.expect("an answer"));
    assert!(!store.add_server_key(&key(1), line).await.expect("an answer"), "there is one");
    assert!(!format!("{:?}", key(1)).contains("[1, 1"));
    let world = furnish(&store, "Valle Verde").await;
    let stream = world.exercise.stream;
    let began = store.seal_lines(0, 1_000).await.expect("read").len();

    // Two programs seal at the same moment: one line follows the other.
    let other = database.store().await;
    for round in 0..6_u8 {
        let one = document(&store, DocumentKind::Full, round, &format!("one {round}")).await;
        let two = document(&store, DocumentKind::Full, round, &format!("two {round}")).await;
        let done = tokio::join!(
            store.keep_sealed(stream, &one, line, &[]),
            other.keep_sealed(stream, &two, line, &[])
        );
        assert!(done.0.is_ok() && done.1.is_ok(), "{done:?}");
    }
    // And two ask an authority about the same seal: one answer stays, and one line.
    for round in 0..6_u8 {
        let [one, two] = [[round, 1], [round, 2]];
        let seal = Digest([round + 100; 32]);
        assert_eq!(store.stamp(seal).await.expect("read"), None);
        let done =
            tokio::join!(store.keep_stamp(seal, &one, line), other.keep_stamp(seal, &two, line));
        let done = [done.0.expect("an answer"), done.1.expect("an answer")];
        let kept = store.stamp(seal).await.expect("read").expect("a stamp");
        assert_eq!(done, if kept == one { [true, false] } else { [false, true] });
    }
    other.close().await;
    let last = store.server_keys().await.expect("read").pop().expect("a key").number;
    assert!(store.add_server_key(&key(last + 1), line).await.expect("an answer"));
    let keys = store.server_keys().await.expect("read");
    let (now, before) = keys.split_last().expect("a key");
    assert_eq!(now, &key(last + 1));
    assert!(before.iter().all(|key| key.secret.is_none()), "of old keys nothing secret is kept");

    let lines = store.seal_lines(0, 1_000).await.expect("read");
    assert_eq!(lines.len(), began + 19);
    let mut previous: Option<(u64, String)> = None;
    for (number, text) in &lines {
        assert_eq!(*text, line(previous.as_ref().map(|(number, line)| (*number, line.as_str()))));
        previous = Some((*number, text.clone()));
    }
    assert_eq!(store.seal_lines(2, 3).await.expect("read"), lines[2..5]);
    assert_clean(&store).await;
    if database.location.file().is_some() {
        in_the_backup(&store, &database.location, &lines).await;
    }
    store.close().await;
}

async fn in_the_backup(store: &Store, location: &Location, lines: &[(u64, String)]) {
    let folder = tempfile::tempdir().expect("a folder");
    let (copy, place) = (folder.path().join("copy.sqlite"), folder.path().join("restored"));
    Store::back_up(location, &copy, false).await.expect("a copy");
    let place = Location::Sqlite(place);
    let report = Store::restore(&copy, &place).await.expect("restored");
    assert_eq!(report.differences, []);
    let restored = Store::open(&place).await.expect("a store");
    assert_eq!(restored.seal_lines(0, 1_000).await.expect("read"), lines);
    let keys = async |store: &Store| store.server_keys().await.expect("read");
    assert_eq!(keys(&restored).await, keys(store).await);
    let seal = Digest([103; 32]);
    let kept = restored.stamp(seal).await.expect("read");
    assert!(kept.is_some() && kept == store.stamp(seal).await.expect("read"));
    restored.close().await;
}
