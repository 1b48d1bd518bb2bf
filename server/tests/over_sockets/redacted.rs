//! What was redacted doesn't come back from phones, also when a backup is restored.

use domain::deliberation;
use domain::{Assignment, Command, ContributionKind, ItemId, Remark, ShortText, TextField};
use server::service::entry;
use server::service::sample::{Stage, Ways};
use store::{Location, Store};
use uuid::Uuid;

use super::restored::copied;
use super::support::{Server, shown};

const WHERE: &str = "Vive en Calle Obsidiana 8. ";
const FILLED: &str = "Vive en █████████████████. ";

/// The operator redacts while no server runs.
async fn redact(folder: tempfile::TempDir, ways: &Ways) -> tempfile::TempDir {
    let store = Store::open(&Location::Sqlite(folder.path().to_owned())).await.unwrap();
    let redacted = entry::redact(&store, ways.exercise_id, "calle\u{A0}obsidiana 8").await.unwrap();
    assert!(redacted.events > 0, "{redacted:?}");
    store.close().await;
    folder
}

async fn nowhere(server: &Server) {
    let exercise = server.ways.exercise_id;
    for record in server.store().records(exercise, 0, 100_000).await.unwrap() {
        assert!(!format!("{:?}", record.event).contains("Obsidiana"), "{record:?}");
    }
    server.verify_clean().await;
}

fn contribute(text: &str) -> Command {
    Command::Deliberation(deliberation::Command::Contribute {
        item: ItemId(Uuid::now_v7()),
        target: None,
        kind: ContributionKind::Question,
        text: Remark::parse(text).unwrap(),
    })
}

#[tokio::test]
async fn a_phone_that_returns_after_a_redaction_brings_nothing_back() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let commitment = shown(&ana.replica).deliberation.commitments[0];
    let problem = shown(&ana.replica).deliberation.problems[0];
    ana.type_at(commitment, TextField::Description, 0, WHERE);
    ana.command(contribute("En Calle Obsidiana 8, ¿verdad?"));
    ana.command(Command::Deliberation(deliberation::Command::Assign {
        item: problem,
        value: Assignment::EvidenceSource(ShortText::parse("vecina de Calle Obsidiana 8").unwrap()),
    }));
    ana.settled().await;
    beto.until(|replica| {
        let text = replica.view().item(commitment).map(|item| item.text(TextField::Description));
        text.is_some_and(|text| text.starts_with(WHERE))
    })
    .await;
    let ways = server.ways.clone();
    let folder = server.stop().await;
    // Without a network, Beto goes on in the text that has it.
    beto.type_at(commitment, TextField::Description, 0, "Beto dice: ");
    let folder = redact(folder, &ways).await;

    let server = Server::on_folder(folder, ways).await;
    ana.reconnect(server.address).await;
    beto.reconnect(server.address).await;
    ana.settled().await;
    beto.settled().await;
    let now = format!("Beto dice: {FILLED}");
    for device in [&mut ana, &mut beto] {
        device
            .until(|replica| {
                let item = replica.view().item(commitment).unwrap();
                item.text(TextField::Description).starts_with(&now)
            })
            .await;
        let seen = format!("{:?}", shown(&device.replica));
        assert!(!seen.contains("Obsidiana"), "a contribution or a value still says it");
    }
    assert!(ana.refused.is_empty() && beto.refused.is_empty());
    nowhere(&server).await;
}

#[tokio::test]
async fn what_was_redacted_stays_out_of_a_restored_backup_and_the_rest_comes_back() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let (one, other) = {
        let commitments = &shown(&ana.replica).deliberation.commitments;
        (commitments[0], commitments[1])
    };
    ana.type_at(one, TextField::Description, 0, WHERE);
    ana.command(contribute("En Calle Obsidiana 8, ¿verdad?"));
    ana.settled().await;
    let before = ana.text(one, TextField::Description);
    let ways = server.ways.clone();
    let backup = copied(server.stop().await.path());

    // After the backup each goes on with another text; Ana's phone knows the first one well.
    let server = Server::on_folder(copied(backup.path()), ways.clone()).await;
    ana.reconnect(server.address).await;
    beto.reconnect(server.address).await;
    ana.type_at(one, TextField::Description, 0, "Ana sigue. ");
    ana.settled().await;
    beto.type_at(other, TextField::Description, 0, "Beto también. ");
    beto.settled().await;
    let evening = beto.text(other, TextField::Description);
    drop(server.stop().await);

    // The backup is restored, and the phrase redacted in it before anybody returns.
    let server = Server::on_folder(redact(backup, &ways).await, ways).await;
    ana.reconnect(server.address).await;
    beto.reconnect(server.address).await;
    ana.settled().await;
    beto.settled().await;
    let mut fresh = server.device(server.seat(2), "Celia").await;
    fresh.until_text(other, TextField::Description, &evening).await;
    fresh.until_text(one, TextField::Description, &before.replace(WHERE, FILLED)).await;
    assert!(beto.refused.is_empty(), "{:?}", beto.refused);
    // Her words aren't lost: her phone keeps them, for her to copy what may be said.
    let kept: Vec<_> = ana
        .kept
        .iter()
        .filter_map(|kept| match &kept.command {
            Command::Deliberation(deliberation::Command::Recover { full_text, .. }) => {
                Some(full_text.as_str())
            }
            _ => None,
        })
        .collect();
    assert_eq!(kept, [format!("Ana sigue. {before}")], "{:?}", ana.refused);
    nowhere(&server).await;
}

#[tokio::test]
async fn a_phrase_is_redacted_while_people_write() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut follower = server.follower().await;
    let commitment = shown(&ana.replica).deliberation.commitments[0];
    ana.type_at(commitment, TextField::Description, 0, WHERE);
    ana.settled().await;
    let (store, exercise) = (server.store(), server.ways.exercise_id);
    let redacted = entry::redact(store, exercise, "Calle Obsidiana 8").await.unwrap();
    assert_eq!((redacted.events, redacted.texts), (1, 1));
    // Nothing of before is kept any more, whoever still has it.
    let loaded = store.load(exercise).await.unwrap().unwrap();
    assert_eq!(loaded.snapshot_seq, 0);

    ana.type_at(commitment, TextField::Description, 0, "Sigue: ");
    ana.reconnect_after(server.address).await;
    ana.settled().await;
    follower.reconnect_after(server.address).await;
    let now = format!("Sigue: {FILLED}");
    for device in [&mut ana, &mut follower] {
        device
            .until(|replica| {
                let item = replica.view().item(commitment).unwrap();
                item.text(TextField::Description).starts_with(&now)
            })
            .await;
    }
    nowhere(&server).await;
    let ways = server.ways.clone();
    let folder = server.stop().await;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"Obsidiana"));
    }
    Server::on_folder(folder, ways).await.verify_clean().await;
}
