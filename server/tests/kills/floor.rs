//! The floor while the binary is killed: each acknowledged request has one place, a turn has one
//! speaker, its clock is the one that was told, and everybody sees the same afterwards.

use std::time::Duration;

use domain::floor::{Command as Floor, State};
use domain::{Command, EntryId};
use uuid::Uuid;

use super::support::{Device, shown};
use super::{Sitting, is_soak, verify_clean};

/// Seats whose people ask.
const SEATS: usize = 3;

fn floor(device: &Device) -> &State {
    &shown(&device.replica).floor
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_and_the_turn_are_the_same_for_all_after_every_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut sitting = Sitting::new(folder.path(), SEATS).await;
    for life in 0..if is_soak() { 200 } else { 8_u64 } {
        // Everybody asks, or thinks better of it; the first is called; the server dies meanwhile.
        let withdraws = life % 4 == 3;
        for device in &mut sitting.seats {
            let ask = Floor::Ask { entry: EntryId(Uuid::now_v7()) };
            let command = if withdraws { Floor::Withdraw } else { ask };
            device.command(Command::Floor(command));
            device.send().await;
        }
        let next = floor(&sitting.lead).waiting.first().map(|entry| entry.id);
        if let Some(entry) = next {
            sitting.lead.command(Command::Floor(Floor::Call { entry }));
            sitting.lead.send().await;
        }
        sitting.kill_after(Duration::from_millis(life * 5 % 23)).await;
        for device in sitting.all() {
            assert_eq!(device.refused, []);
        }
        let late = sitting.late().await;
        let expected = floor(&late).clone();
        let order: Vec<_> = expected.waiting.iter().map(|entry| entry.id).collect();
        let turn = expected.turn.as_ref().map(|turn| (turn.entry.id, turn.timer));
        for device in sitting.all() {
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
            floor(&sitting.lead).waiting.iter().filter_map(|entry| entry.who.person).collect();
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
    let Sitting { place, running, .. } = sitting;
    drop(running);
    verify_clean(&place);
}
