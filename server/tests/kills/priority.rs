//! Points while the binary is killed: what an organisation said last is counted, once, and everybody
//! sees the same.

use std::time::Duration;

use domain::priority::{Command as Priority, State};
use domain::{Command, ItemKind, Phase};

use super::support::{Device, shown};
use super::{Sitting, is_soak, verify_clean};

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
    let mut sitting = Sitting::new(folder.path(), SEATS).await;
    sitting.lead.change_phase(Phase::Analysis).await;
    let problems: Vec<_> =
        shown(&sitting.lead.replica).visible(ItemKind::Problem, None).map(|item| item.id).collect();
    let lives = if is_soak() { 18 } else { 6_u64 };
    for life in 0..lives {
        let number = u16::try_from(life).unwrap() + 1;
        sitting.lead.command(Command::Priority(Priority::Open { points: POINTS }));
        sitting.lead.settled().await;
        assert_eq!(sitting.lead.refused, []);
        // Everybody divides, and changes it while the server dies.
        for device in &mut sitting.seats {
            device.until(|replica| shown(replica).priority.open.is_some()).await;
            for problem in [problems[1], problems[0]] {
                let share = vec![(problem, POINTS)];
                device.command(Command::Priority(Priority::Give { number, share }));
            }
            device.send().await;
        }
        sitting.kill_after(Duration::from_millis(life * 5 % 23)).await;
        for device in sitting.all() {
            assert_eq!(device.refused, []);
        }
        // Closing it is killed, too: it is closed once.
        sitting.lead.command(Command::Priority(Priority::Close { number }));
        sitting.lead.send().await;
        sitting.kill_after(Duration::from_millis(life * 3 % 11)).await;
        let late = sitting.late().await;
        let closed = state(&late).closed.clone();
        assert_eq!(closed.len(), usize::from(number), "life {life}: it is closed, once");
        let sums = &closed.last().unwrap().sums;
        assert_eq!(sums[0], (problems[0], u32::from(POINTS) * SEATS as u32), "life {life}");
        assert_eq!(sums.iter().map(|(_, sum)| sum).sum::<u32>(), sums[0].1, "and nothing twice");
        for device in sitting.all() {
            device.until(|replica| shown(replica).priority.closed == closed).await;
        }
    }
    let Sitting { place, running, .. } = sitting;
    drop(running);
    verify_clean(&place);
}
