//! Everybody states their conformity, changes it, and the question is closed meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use domain::agreement::{Command as Agreeing, Reason, Rejection as Refused, Stance};
use domain::{ActorNumber, Command, CommandId, ItemId, Phase, Rejection, Remark};
use futures_util::future::join_all;
use tokio::time::Instant;

use super::{Device, Table, pause, pump};

/// Most answers that somebody sends in a life.
const ANSWERS: usize = 8;

/// What somebody sent: answers about some commitments each.
type Sent = Vec<(CommandId, Vec<(ItemId, Stance)>)>;

fn stance(number: usize) -> Stance {
    let reason = || Reason::parse(&format!("Por la razón {number}")).unwrap();
    match number % 4 {
        0 => Stance::Agree,
        1 => Stance::AgreeWithReservation(reason()),
        2 => Stance::Disagree(reason()),
        _ => Stance::Abstain,
    }
}

async fn state(device: &mut Device, number: usize, deadline: Instant, sent: &mut Sent) {
    let version = device.replica.confirmed().plan.version().unwrap().clone();
    for time in 0..ANSWERS {
        let about = version.commitments.iter().enumerate().filter(|(at, _)| {
            // The first answer is about all.
            time == 0 || !(at + time).is_multiple_of(3)
        });
        let stances: Vec<_> =
            about.map(|(at, frozen)| (frozen.item, stance(number + time * 3 + at))).collect();
        let command = Agreeing::State { version: version.number, stances: stances.clone() };
        sent.push((device.command(Command::Agreement(command)), stances));
        pause(device, 6, deadline).await;
        if Instant::now() >= deadline {
            return;
        }
    }
    pump(device, deadline).await;
}

async fn close(lead: &mut Device, closes: bool, deadline: Instant) {
    pause(lead, 15, deadline).await;
    if closes {
        let reason = Some(Remark::parse("Se hizo tarde").unwrap());
        lead.command(Command::Agreement(Agreeing::Close { reason }));
    }
    pump(lead, deadline).await;
}

impl Table {
    /// Some lives of the server in which everybody answers; in the last the question is closed.
    pub(super) async fn agree(&mut self, lives: u64) {
        self.go(Phase::Conformity).await;
        let mut sent: Vec<Sent> = vec![Vec::new(); self.seats.len()];
        for device in &mut self.seats {
            device.refused.clear();
            device.kept.clear();
        }
        for life in 1..=lives {
            let deadline = self.deadline();
            let kills = usize::try_from(self.kills).unwrap();
            let stating =
                self.seats.iter_mut().zip(&mut sent).enumerate().map(|(place, (device, sent))| {
                    state(device, kills * 7 + place, deadline, sent)
                });
            tokio::join!(join_all(stating), close(&mut self.lead, life == lives, deadline));
            self.kill().await;
        }
        let closed = |it: &domain::agreement::Question| it.closed.is_some();
        self.lead
            .until(|replica| replica.confirmed().plan.question.as_ref().is_some_and(closed))
            .await;
        self.judge_answers(&sent);
    }

    fn judge_answers(&mut self, sent: &[Sent]) {
        let plan = &self.lead.replica.confirmed().plan;
        for ((number, device), sent) in (1..).zip(&mut self.seats).zip(sent) {
            let refused: BTreeSet<_> = device.kept.iter().map(|stored| stored.id).collect();
            let late = Rejection::from(Refused::NotAsked);
            assert!(device.refused.iter().all(|refusal| *refusal == late), "{:?}", device.refused);
            assert_eq!(refused.len(), device.refused.len());
            let mut last: BTreeMap<ItemId, Stance> = BTreeMap::new();
            for (_, stances) in sent.iter().filter(|(id, _)| !refused.contains(id)) {
                last.extend(stances.iter().cloned());
            }
            assert!(!last.is_empty(), "actor {number} was never heard");
            for (item, stance) in last {
                let given = plan.given(ActorNumber(number), item);
                let given = given.and_then(|given| given.stance.as_ref());
                assert_eq!(given, Some(&stance), "actor {number}: what was sent last counts");
            }
            device.refused.clear();
            device.kept.clear();
        }
    }
}
