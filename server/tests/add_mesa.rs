//! The operator opens another mesa of an exercise, with the binary.

#![allow(clippy::unwrap_used, missing_docs)]

use domain::conduct;
use std::path::Path;
use std::process::{Command as Program, Output};

use domain::{MesaNumber, Phase, StreamId};
use server::service::sample::Ways;
use store::{Location, Store};

const MESA: &str = env!("CARGO_BIN_EXE_mesa");

fn mesa(folder: &Path, arguments: &[&str]) -> Output {
    Program::new(MESA).args(arguments).arg("--data").arg(folder).output().unwrap()
}

fn ways(output: &Output) -> Ways {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn said(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn store(folder: &Path) -> Store {
    Store::open(&Location::Sqlite(folder.to_owned())).await.unwrap()
}

#[tokio::test]
async fn the_next_mesa_has_the_plan_s_actors_quota_and_period_and_its_own_theme() {
    let folder = tempfile::tempdir().unwrap();
    let first = ways(&mesa(folder.path(), &["demo", "--stage", "agreed", "--json"]));
    let plan = first.exercise_id.to_string();
    let second = ways(&mesa(
        folder.path(),
        &[
            "add-mesa",
            "--exercise",
            &plan,
            "--theme",
            " Movilidad y banquetas ",
            "--json",
            "--url",
            "http://mesa.test/",
        ],
    ));
    let third = mesa(folder.path(), &["add-mesa", "--exercise", &plan, "--theme", "Residuos"]);
    let shown = String::from_utf8_lossy(&third.stdout).into_owned();
    assert!(
        shown.contains("Facilitación:")
            && shown.contains("http://localhost:3000/enlace#")
            && shown.contains("código "),
        "{shown}"
    );

    assert_eq!((second.exercise_id, second.seats.len()), (first.exercise_id, first.seats.len()));
    assert!(second.facilitator_url.starts_with("http://mesa.test/enlace#"));
    assert!(
        second
            .seats
            .iter()
            .map(|seat| &seat.organisation)
            .eq(first.seats.iter().map(|seat| &seat.organisation))
    );
    let store = store(folder.path()).await;
    let exercise = store.load(first.exercise_id).await.unwrap().unwrap().state;
    let [one, two, _] = [1, 2, 3].map(|number| exercise.mesa(MesaNumber(number)).unwrap());
    assert_eq!(two.card.as_deref().unwrap().theme.as_str(), "Movilidad y banquetas");
    assert_eq!((&two.exercise, &two.actors), (&one.exercise, &one.actors));
    assert_eq!(
        (two.conduct.phase, two.conduct.door_open, second.mesa_id.number),
        (Phase::Preparation, true, MesaNumber(2))
    );
    let mesas = store.mesas().await.unwrap();
    assert_eq!(mesas.iter().map(|mesa| mesa.mesa.number.0).collect::<Vec<_>>(), [1, 2, 3]);
    store.close().await;
    assert!(mesa(folder.path(), &["verify"]).status.success());
}

#[tokio::test]
async fn what_can_t_be_is_said_in_spanish() {
    let folder = tempfile::tempdir().unwrap();
    let unknown = StreamId(uuid::Uuid::now_v7()).to_string();
    let nothing =
        said(&mesa(folder.path(), &["add-mesa", "--exercise", &unknown, "--theme", "Agua"]));
    assert!(nothing.contains("No hay ninguna mesa"), "{nothing}");
    let first = ways(&mesa(folder.path(), &["demo", "--stage", "agreed", "--json"]));
    let refused =
        said(&mesa(folder.path(), &["add-mesa", "--exercise", &unknown, "--theme", "Agua"]));
    assert!(refused.contains("No hay ningún ejercicio con ese identificador"), "{refused}");
    assert!(refused.contains(&first.exercise_id.to_string()), "{refused}");
    let misread = mesa(
        folder.path(),
        &["add-mesa", "--exercise", &first.exercise_id.to_string(), "--theme", ""],
    );
    assert_eq!(misread.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&misread.stderr).contains("de 1 a 240 letras"));

    let store = store(folder.path()).await;
    let mut ledger = server::service::entry::Ledger::load(&store, first.exercise_id).await.unwrap();
    ledger.add(vec![domain::Event::Conduct(
        MesaNumber(1),
        conduct::Event::PhaseChanged { to: Phase::ReadOut, at: 0 },
    )]);
    ledger.write(&store).await.unwrap();
    store.close().await;
    let closed = said(&mesa(
        folder.path(),
        &["add-mesa", "--exercise", &first.exercise_id.to_string(), "--theme", "Agua"],
    ));
    assert!(closed.contains("El plan ya está en Lectura"), "{closed}");
}
