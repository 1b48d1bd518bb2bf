//! People write in the commitments while the facilitation freezes them and goes back.

use std::collections::BTreeSet;

use domain::deliberation::Command as Writing;
use domain::{Command, ItemId, Phase, Rejection, TextField};
use futures_util::future::join_all;
use sync::StoredCommand;
use tokio::time::Instant;

use super::{Device, Table, change_phase, here, pause, pump};

const FIELD: TextField = TextField::Description;
/// Those who write.
const WRITERS: usize = 4;
/// Most marks that one of them makes in a life.
const MARKS: usize = 15;

/// What each of the writers typed: marks of their own, each in one go.
#[derive(Default)]
pub struct Written {
    by: [Vec<String>; WRITERS],
    /// The marks of the version before.
    frozen: BTreeSet<String>,
    /// The versions that were judged.
    versions: usize,
}

impl Written {
    pub fn marks(&self) -> usize {
        self.by.iter().map(Vec::len).sum()
    }

    /// The marks in a canonical text, each there once and whole.
    fn in_text(&self, mut text: String) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for mark in self.by.iter().flatten() {
            match text.matches(mark).count() {
                0 => {}
                1 => {
                    text = text.replace(mark, "");
                    found.insert(mark.clone());
                }
                times => panic!("{mark} stands {times} times"),
            }
        }
        assert!(!text.contains(['<', '>']), "half a mark: {text}");
        found
    }
}

fn is_kept(device: &Device, mark: &str) -> bool {
    let says = |stored: &StoredCommand| match &stored.command {
        Command::Deliberation(Writing::Patch { patch, .. }) => {
            patch.insertions().any(|text| text.contains(mark))
        }
        _ => false,
    };
    device.kept.iter().any(says)
}

/// Types marks at the beginning of a text as long as it can be changed.
async fn write(
    device: &mut Device,
    item: ItemId,
    name: &str,
    deadline: Instant,
    marks: &mut Vec<String>,
) {
    for number in 0..MARKS {
        if here(&device.replica).conduct.phase == Phase::Agreements {
            let mark = format!("<{name}.{number}>");
            device.type_at(item, FIELD, 0, &format!("{mark} "));
            marks.push(mark);
        }
        pause(device, 4, deadline).await;
    }
    pump(device, deadline).await;
}

/// Freezes, and goes back and freezes again as often as there is time for.
async fn freeze(lead: &mut Device, life: u64, deadline: Instant) {
    for (turn, to) in [Phase::ReadOut, Phase::Agreements, Phase::ReadOut].into_iter().enumerate() {
        pause(lead, 8 + (life * 13) % 40 + 20 * turn as u64, deadline).await;
        if Instant::now() < deadline {
            change_phase(lead, to);
        }
    }
    pump(lead, deadline).await;
}

impl Table {
    /// Some lives of the server in which the plan is written and frozen, and a version at the end.
    pub(super) async fn write(&mut self, written: &mut Written, turn: usize, lives: u64) {
        let commitments = here(&self.lead.replica).deliberation.commitments.clone();
        for life in 0..lives {
            self.go_on_writing().await;
            let deadline = self.deadline();
            let kills = self.kills;
            let writing = self.seats.iter_mut().zip(&mut written.by).enumerate().map(
                |(place, (device, marks))| {
                    // Two of them are always in the same text.
                    let item = commitments[(turn + place / 2) % commitments.len()];
                    async move {
                        let name = format!("{kills}.{place}");
                        write(device, item, &name, deadline, marks).await;
                    }
                },
            );
            tokio::join!(join_all(writing), freeze(&mut self.lead, life, deadline));
            self.kill().await;
        }
        self.go_on_writing().await;
        self.go(Phase::ReadOut).await;
        self.judge_written(written).await;
    }

    async fn go_on_writing(&mut self) {
        if here(&self.lead.replica).conduct.phase != Phase::Agreements {
            change_phase(&mut self.lead, Phase::Agreements);
            self.lead.settled().await;
        }
        for device in self.devices() {
            device.until(|replica| here(replica).conduct.phase == Phase::Agreements).await;
        }
        assert_eq!(self.lead.refused, []);
    }

    async fn judge_written(&self, written: &mut Written) {
        let versions = self.plan().versions.len();
        assert!(versions > written.versions, "nothing was frozen");
        for version in written.versions + 1..=versions {
            let file = self.file(u16::try_from(version).unwrap(), "plan.json").await;
            let now = written.in_text(String::from_utf8(file).unwrap());
            assert!(written.frozen.is_subset(&now), "version {version} lost something");
            written.frozen = now;
        }
        written.versions = versions;
        for (device, marks) in self.seats.iter().zip(&mut written.by) {
            for mark in marks.iter() {
                assert_ne!(written.frozen.contains(mark), is_kept(device, mark), "{mark}");
            }
            // What its author keeps may be in no later version either.
            marks.retain(|mark| written.frozen.contains(mark));
            let late = |refusal: &Rejection| matches!(refusal, Rejection::NotAllowed { phase, .. } if phase.is_of_the_plan());
            assert!(device.refused.iter().all(late), "{:?}", device.refused);
        }
        assert!(!written.frozen.is_empty(), "nobody wrote");
    }
}
