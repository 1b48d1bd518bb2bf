//! A person's record erased: from the table, the file and later backups, while the chain still
//! verifies; and only with the event that says so.

use domain::people;
use domain::{Event, PersonId, Remark};
use store::{Difference, Location, NewPerson, Store, erased_record};
use uuid::Uuid;

use crate::database::TestDatabase;
use crate::furniture::furnish;
use crate::story::assert_clean;
use crate::world::command;

#[tokio::test]
async fn a_person_is_erased_for_good_on_sqlite() {
    let database = TestDatabase::sqlite();
    erase(&database).await;
    database.end().await;
}

#[tokio::test]
async fn a_person_is_erased_for_good_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    erase(&database).await;
    database.end().await;
}

/// What of the person mustn't be anywhere.
const TRACES: [&[u8]; 5] = [
    b"Teodosia",
    b"teodosia@example",
    b"55 1234 5678",
    b"$argon2id$teo",
    b"\xA7\x11\xA7\x12\xA7\x13",
];

fn has_trace(path: &std::path::Path) -> Vec<&'static [u8]> {
    let bytes = std::fs::read(path).expect("its bytes");
    TRACES
        .into_iter()
        .filter(|trace| bytes.windows(trace.len()).any(|window| window == *trace))
        .collect()
}

async fn erase(database: &TestDatabase) {
    let store = database.store().await;
    let mut world = furnish(&store, "Valle Verde").await;
    let mut salt = [0xA7; 16];
    salt.iter_mut().skip(1).step_by(2).zip(0x11..).for_each(|(byte, number)| *byte = number);
    let person = NewPerson {
        id: PersonId(Uuid::now_v7()),
        salt,
        name: "Teodosia Ceja".to_owned(),
        mail: Some("teodosia@example.org".to_owned()),
        phone: Some("55 1234 5678".to_owned()),
        passphrase: Some("$argon2id$teodosia".to_owned()),
    };
    let line = &mut world.exercise;
    let (id, record) = (command(), person.record_digest());
    let enrolled = people::Event::PersonEnrolled { person: person.id, record };
    let records = [line.record(Event::People(enrolled), id, 0)];
    line.append(&store, &records, std::slice::from_ref(&person), &[]).await.expect("enrolled");
    store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
    assert_eq!(store.names(&[person.id]).await.expect("names")[&person.id], "Teodosia Ceja");
    assert_clean(&store).await;

    let text = Remark::parse("Soy Teodosia, con mi correo teodosia@example.org").expect("a remark");
    store.petition(line.stream, Uuid::now_v7(), person.id, &text, 1).await.expect("asked");
    assert_eq!(store.petitions(line.stream, None).await.expect("petitions").len(), 1);

    // A record that somebody emptied without an event is damage.
    let beside = database.beside().await;
    let kept = "CREATE TABLE kept AS SELECT * FROM person";
    beside.run(kept).await.expect("a copy");
    let empty = match database.backend {
        sea_orm::DbBackend::Postgres => "''::bytea",
        _ => "X''",
    };
    beside
        .run(&format!(
            "UPDATE person SET name = '', salt = {empty}, mail = NULL, phone = NULL, passphrase = NULL WHERE name = 'Teodosia Ceja'"
        ))
        .await
        .expect("emptied");
    assert_eq!(
        store.verify().await.expect("a report").differences,
        [Difference::Person { person: person.id }]
    );
    beside.run("DELETE FROM person").await.expect("an empty table");
    beside.run("INSERT INTO person SELECT * FROM kept").await.expect("the rows back");
    beside.run("DROP TABLE kept").await.expect("the copy dropped");
    assert_clean(&store).await;

    let line = &mut world.exercise;
    let record = erased_record(person.id);
    let event = Event::People(people::Event::PersonAnonymised { person: person.id, record });
    line.say(&store, vec![event]).await;
    assert_clean(&store).await;
    assert!(store.names(&[person.id]).await.expect("names").is_empty());
    assert_eq!(store.petitions(line.stream, None).await.expect("petitions"), []);
    let loaded = store.load(line.stream).await.expect("a stream").expect("it is there");
    assert_eq!(loaded.state.registry.people[&person.id], record);

    // Nobody can put a name there again.
    let beside = database.beside().await;
    let named = "UPDATE person SET name = 'Teodosio' WHERE name = ''";
    assert!(beside.run(named).await.expect("named") >= 1);
    assert!(!store.verify().await.expect("a report").differences.is_empty());
    beside.run("UPDATE person SET name = '' WHERE name = 'Teodosio'").await.expect("unnamed");
    assert_clean(&store).await;
    drop(beside);

    if let Location::Sqlite(folder) = &database.location {
        let to = folder.join("respaldo.sqlite");
        Store::back_up(&database.location, &to, false).await.expect("a backup");
        store.close().await;
        for file in std::fs::read_dir(folder).expect("the folder") {
            let file = file.expect("a file").path();
            assert!(has_trace(&file).is_empty(), "{}: {:?}", file.display(), has_trace(&file));
        }
    } else {
        store.close().await;
    }
}
