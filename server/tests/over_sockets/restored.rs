//! The laptop died and the mesa continues from last night's backup: what devices know to have been
//! acknowledged is sent again.

use domain::deliberation;
use domain::{Assignment, Command, ItemKind, ShortText, TextField};
use server::service::sample::Stage;

use crate::support::{Server, shown};

pub fn copied(folder: &std::path::Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

#[tokio::test]
async fn what_was_acknowledged_comes_back_to_a_server_set_up_from_a_copy() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let commitment = shown(&ana.replica).deliberation.commitments[0];
    ana.type_at(commitment, TextField::Description, 0, "Antes de la copia. ");
    ana.settled().await;
    let ways = server.ways.clone();
    let folder = server.stop().await;
    let copy = copied(folder.path());

    // The session goes on: texts, a value, a problem of one's own; two people in one text.
    let server = Server::on_folder(folder, ways.clone()).await;
    ana.reconnect(server.address).await;
    beto.reconnect(server.address).await;
    ana.type_at(commitment, TextField::Description, 0, "Ana escribe. ");
    ana.settled().await;
    beto.until(|replica| {
        replica.view().item(commitment).unwrap().text(TextField::Description).starts_with("Ana")
    })
    .await;
    beto.type_at(commitment, TextField::Description, 0, "Beto también. ");
    let problem = beto.add(ItemKind::Problem, None);
    beto.type_at(problem, TextField::Title, 0, "Falta alumbrado en la parada");
    beto.command(Command::Deliberation(deliberation::Command::Assign {
        item: problem,
        value: Assignment::EvidenceSource(ShortText::parse("recorrido").unwrap()),
    }));
    beto.settled().await;
    ana.until(|replica| {
        replica.view().item(problem).is_some_and(|item| !item.text(TextField::Title).is_empty())
    })
    .await;
    let evening = beto.text(commitment, TextField::Description);
    drop(server.stop().await);

    // The earlier copy. Both devices know more than it; the same text isn't inserted twice.
    let server = Server::on_folder(copy, ways).await;
    ana.reconnect(server.address).await;
    beto.reconnect(server.address).await;
    ana.settled().await;
    beto.settled().await;
    let mut fresh = server.device(server.seat(2), "Celia").await;
    fresh.until_text(commitment, TextField::Description, &evening).await;
    fresh.until_text(problem, TextField::Title, "Falta alumbrado en la parada").await;
    fresh
        .until(|replica| {
            let problem = replica.view().item(problem).and_then(|item| item.as_problem());
            problem.is_some_and(|problem| problem.evidence_source.to_string() == "recorrido")
        })
        .await;
    assert!(
        ana.refused.is_empty() && beto.refused.is_empty(),
        "{:?} {:?}",
        ana.refused,
        beto.refused
    );
    // Reconnecting once more sends nothing more.
    ana.reconnect(server.address).await;
    assert_eq!(ana.replica.unanswered().count(), 0);
    server.verify_clean().await;
}
