//! What is kept beside the log, and goes with its exercise: when sessions were used, what people ask
//! to be corrected, and by which mail server it sends.

use domain::{PersonId, Remark, SessionId};
use store::MailServer;
use uuid::Uuid;

use crate::database::TestDatabase;
use crate::furniture::furnish;
use crate::story::assert_clean;

#[tokio::test]
async fn what_is_beside_the_log_is_kept_and_goes_with_it_on_sqlite() {
    let database = TestDatabase::sqlite();
    beside(&database).await;
    database.end().await;
}

#[tokio::test]
async fn what_is_beside_the_log_is_kept_and_goes_with_it_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    beside(&database).await;
    database.end().await;
}

async fn beside(database: &TestDatabase) {
    let store = database.store().await;
    let world = furnish(&store, "Valle Verde").await;
    let stream = world.exercise.stream;
    let (session, other) = (SessionId(Uuid::now_v7()), SessionId(Uuid::now_v7()));
    let last = async |session| store.last_use(stream, session).await.expect("read");
    assert_eq!(last(session).await, None);
    // The latest of several nodes stands, in whatever order they write.
    for (at, expected) in [(5_000, 5_000), (9_000, 9_000), (7_000, 9_000), (9_000, 9_000)] {
        store.note_use(stream, session, at).await.expect("noted");
        assert_eq!(last(session).await, Some(expected));
    }
    assert_eq!(last(other).await, None);

    let (ana, eva) = (PersonId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
    let ask = async |person, text: &str, at| {
        let (id, text) = (Uuid::now_v7(), Remark::parse(text).expect("a remark"));
        store.petition(stream, id, person, &text, at).await.expect("asked");
        id
    };
    let first = ask(ana, "Mi nombre", 2).await;
    ask(eva, "Mi correo", 1).await;
    let texts = async |person| {
        let found = store.petitions(stream, person).await.expect("read");
        found.into_iter().map(|one| (one.text, one.settled)).collect::<Vec<_>>()
    };
    let (name, mail) = ("Mi nombre".to_owned(), "Mi correo".to_owned());
    assert_eq!(texts(None).await, [(mail.clone(), None), (name.clone(), None)]);
    for at in [8, 9] {
        assert!(store.settle_petition(stream, first, eva, at).await.expect("settled"));
    }
    assert_eq!(texts(Some(ana)).await, [(name, Some(8))], "the first time stands");
    assert!(!store.settle_petition(stream, Uuid::now_v7(), eva, 9).await.expect("read"));
    let elsewhere = domain::StreamId(Uuid::now_v7());
    assert!(!store.settle_petition(elsewhere, first, eva, 9).await.expect("read"));

    let server = MailServer {
        host: "smtp.example.org".to_owned(),
        port: 587,
        security: "starttls".to_owned(),
        user: Some(("mesa".to_owned(), "s3cr3t0".to_owned())),
        sender: "mesa@example.org".to_owned(),
    };
    assert!(!format!("{server:?}").contains("s3cr3t0"));
    assert!(!store.has_mail_servers().await.expect("read"));
    let second = MailServer { port: 25, security: "none".to_owned(), user: None, ..server.clone() };
    for set in [&server, &second, &server] {
        store.set_mail_server(stream, Some(set), ana, 1).await.expect("set");
        assert_eq!(store.mail_server(stream).await.expect("read").as_ref(), Some(set));
    }
    assert!(store.has_mail_servers().await.expect("read"));
    assert_eq!(store.mail_server(elsewhere).await.expect("read"), None);
    store.set_mail_server(stream, None, ana, 2).await.expect("set");
    assert_eq!(store.mail_server(stream).await.expect("read"), None);
    store.set_mail_server(stream, Some(&server), ana, 3).await.expect("set");
    assert_clean(&store).await;

    store.remove(stream).await.expect("removed");
    assert_eq!(last(session).await, None);
    assert_eq!(texts(None).await, []);
    assert_eq!(store.mail_server(stream).await.expect("read"), None);
    assert_clean(&store).await;
    store.close().await;
}
