//! The floor while the binary is killed: each acknowledged request has one place, a turn has one
//! speaker, its clock is the one that was told, and everybody sees the same afterwards.

use std::time::Duration;

use domain::floor::{Command as Floor, State};
use domain::{Command, EntryId};
use uuid::Uuid;

use super::support::{Device, post, shown};
use super::{free, is_soak, start, verify_clean, ways_at};

/// Seats whose people ask.
const SEATS: usize = 3;

fn floor(device: &Device) -> &State {
    &shown(&device.replica).floor
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_and_the_turn_are_the_same_for_all_after_every_kill() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data".to_owned(), folder.path().display().to_string()];
    let ways = ways_at(&place, "agreed");
    let address = free().await;
    let mut running = start(&place, address).await;
    let enter = async |path: &str, name: &str| {
        let cookie = post(address, path, format!("nombre={name}"), None).await.cookie;
        Device::connect(address, ways.mesa_id, cookie).await
    };
    let mut lead = enter(&ways.facilitator_url, "Fabiola").await;
    let mut seats = Vec::new();
    for (number, seat) in ways.seats.iter().take(SEATS).enumerate() {
        seats.push(enter(&seat.url, &format!("Ana{number}")).await);
    }
    for life in 0..if is_soak() { 200 } else { 8_u64 } {
        // Everybody asks, or thinks better of it; the first is called; the server dies meanwhile.
        let withdraws = life % 4 == 3;
        for device in &mut seats {
            let ask = Floor::Ask { entry: EntryId(Uuid::now_v7()) };
            let command = if withdraws { Floor::Withdraw } else { ask };
            device.command(Command::Floor(command));
            device.send().await;
        }
        let next = floor(&lead).waiting.first().map(|entry| entry.id);
        if let Some(entry) = next {
            lead.command(Command::Floor(Floor::Call { entry }));
            lead.send().await;
        }
        tokio::time::sleep(Duration::from_millis(life * 5 % 23)).await;
        running.0.kill().unwrap();
        running.0.wait().unwrap();
        running = start(&place, address).await;
        for device in seats.iter_mut().chain([&mut lead]) {
            device.reconnect(address).await;
            device.settled().await;
            assert_eq!(device.refused, []);
        }
        let late = Device::connect(address, ways.mesa_id, None).await;
        let expected = floor(&late).clone();
        let order: Vec<_> = expected.waiting.iter().map(|entry| entry.id).collect();
        let turn = expected.turn.as_ref().map(|turn| (turn.entry.id, turn.timer));
        for device in seats.iter_mut().chain([&mut lead]) {
            device
                .until(|replica| {
                    let floor = &shown(replica).floor;
                    let own = floor.turn.as_ref().map(|turn| (turn.entry.id, turn.timer));
                    floor.waiting.iter().map(|entry| entry.id).eq(order.iter().copied())
                        && own == turn
                })
                .await;
        }
        let people: Vec<_> =
            floor(&lead).waiting.iter().filter_map(|entry| entry.who.person).collect();
        let mut once = people.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), people.len(), "life {life}: nobody waits twice");
        if let Some(called) = next.filter(|_| !withdraws) {
            assert_eq!(
                turn.map(|(speaks, _)| speaks),
                Some(called),
                "life {life}: who was called speaks"
            );
        }
    }
    drop(running);
    verify_clean(&place);
}
