//! Points while the binary is killed: what an organisation said last is counted, once, and everybody
//! sees the same.

use std::time::Duration;

use domain::priority::{Command as Priority, State};
use domain::{Command, ItemKind, Phase};

use super::support::{Device, post, shown};
use super::{free, is_soak, start, verify_clean, ways_at};

/// Seats whose organisations divide points.
const SEATS: usize = 3;
/// How many points each has.
const POINTS: u8 = 4;

fn state(device: &Device) -> &State {
    &shown(&device.replica).priority
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn points_are_counted_once_after_every_kill() {
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
    lead.change_phase(Phase::Analysis).await;
    let mut seats = Vec::new();
    for (number, seat) in ways.seats.iter().take(SEATS).enumerate() {
        seats.push(enter(&seat.url, &format!("Ana{number}")).await);
    }
    let problems: Vec<_> =
        shown(&lead.replica).visible(ItemKind::Problem, None).map(|item| item.id).collect();
    let lives = if is_soak() { 18 } else { 6_u64 };
    for life in 0..lives {
        let number = u16::try_from(life).unwrap() + 1;
        lead.command(Command::Priority(Priority::Open { points: POINTS }));
        lead.settled().await;
        assert_eq!(lead.refused, []);
        // Everybody divides, and changes it while the server dies.
        for device in &mut seats {
            device.until(|replica| shown(replica).priority.open.is_some()).await;
            for problem in [problems[1], problems[0]] {
                let share = vec![(problem, POINTS)];
                device.command(Command::Priority(Priority::Give { number, share }));
            }
            device.send().await;
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
        // Closing it is killed, too: it is closed once.
        lead.command(Command::Priority(Priority::Close { number }));
        lead.send().await;
        tokio::time::sleep(Duration::from_millis(life * 3 % 11)).await;
        running.0.kill().unwrap();
        running.0.wait().unwrap();
        running = start(&place, address).await;
        for device in seats.iter_mut().chain([&mut lead]) {
            device.reconnect(address).await;
            device.settled().await;
        }
        let late = Device::connect(address, ways.mesa_id, None).await;
        let closed = state(&late).closed.clone();
        assert_eq!(closed.len(), usize::from(number), "life {life}: it is closed, once");
        let sums = &closed.last().unwrap().sums;
        assert_eq!(sums[0], (problems[0], u32::from(POINTS) * SEATS as u32), "life {life}");
        assert_eq!(sums.iter().map(|(_, sum)| sum).sum::<u32>(), sums[0].1, "and nothing twice");
        for device in seats.iter_mut().chain([&mut lead]) {
            device.until(|replica| shown(replica).priority.closed == closed).await;
        }
    }
    drop(running);
    verify_clean(&place);
}
