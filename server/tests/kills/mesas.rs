//! Three mesas whose facilitations move the plan while the binary is killed: all are in the plan's
//! phase, or none.

use domain::conduct;
use std::process::Command as Program;
use std::time::Duration;

use domain::{Command, Phase};
use store::{Location, Store};

use super::support::{Device, here, post};
use super::{MESA, free, start, verify_clean, ways};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mesas_of_a_plan_end_together_after_every_kill_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    together(
        &["--data".to_owned(), folder.path().display().to_string()],
        &Location::Sqlite(folder.path().to_owned()),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mesas_of_a_plan_end_together_after_every_kill_on_postgres() {
    if let Some(url) = super::support::postgres_database().await {
        together(&["--database-url".to_owned(), url.clone()], &Location::Url(url)).await;
    }
}

async fn together(place: &super::Place, location: &Location) {
    let rounds: u64 = if std::env::var_os("MESA_SOAK").is_some() { 200 } else { 10 };
    let mut mesas = vec![ways(place)];
    let exercise = mesas[0].exercise_id;
    for theme in ["Movilidad", "Residuos"] {
        let arguments = [
            "add-mesa",
            "--exercise",
            &exercise.to_string(),
            "--theme",
            theme,
            "--json",
            "--url",
            "",
        ];
        let output = Program::new(MESA).args(arguments).args(place).output().unwrap();
        mesas.push(serde_json::from_slice(&output.stdout).unwrap());
    }
    let address = free().await;
    let mut running = start(place, address).await;
    let mut devices = Vec::new();
    for mesa in &mesas {
        let cookie =
            post(address, &mesa.facilitator_url, "nombre=Fabiola", None).await.cookie.unwrap();
        devices.push(Device::connect(address, mesa.mesa_id, Some(cookie)).await);
    }
    for round in 0..rounds {
        // Two of them move, and the server dies a moment later.
        for step in 0..2 {
            let device =
                &mut devices[usize::try_from((round + step * (1 + round % 2)) % 3).unwrap()];
            let phase = here(&device.replica).conduct.phase;
            let to = if phase == Phase::ReadOut {
                [Phase::Agreements, Phase::Conformity][usize::from(step > 0)]
            } else {
                Phase::ReadOut
            };
            let open = domain::deliberation::check::findings(here(&device.replica))
                .into_iter()
                .map(|found| found.finding)
                .collect::<Vec<_>>();
            for finding in open.into_iter().filter(|_| phase <= Phase::Agreements) {
                device.command(Command::Conduct(conduct::Command::OverrideCheck {
                    finding,
                    reason: domain::Remark::parse("Se acordó así").unwrap(),
                }));
            }
            device.command(Command::Conduct(conduct::Command::ChangePhase { to }));
            device.send().await;
        }
        tokio::time::sleep(Duration::from_millis(round * 7 % 40)).await;
        running.0.kill().unwrap();
        running.0.wait().unwrap();
        let store = Store::open(location).await.unwrap();
        let state = store.load(exercise).await.unwrap().unwrap().state;
        store.close().await;
        let mut kept: Vec<_> =
            state.mesas.values().map(|mesa| mesa.conduct.phase.max(Phase::Agreements)).collect();
        kept.dedup();
        assert_eq!(kept.len(), 1, "round {round}: what is kept is all of it, {kept:?}");

        // The server is back, and the mesas are opened one after the other.
        running = start(place, address).await;
        for device in &mut devices {
            device.reconnect(address).await;
            device.settled().await;
        }
        let mut phases = Vec::new();
        for mesa in &mesas {
            phases.push(
                here(&Device::connect(address, mesa.mesa_id, None).await.replica)
                    .conduct
                    .phase
                    .max(Phase::Agreements),
            );
        }
        phases.dedup();
        assert_eq!(phases.len(), 1, "round {round}: {phases:?}");
        // All devices catch up before the next round.
        for device in &mut devices {
            device.reconnect(address).await;
        }
    }
    drop(running);
    verify_clean(place);
}
