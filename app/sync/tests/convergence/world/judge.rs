//! Invariants at the end of every history.

use domain::deliberation;
use std::collections::{BTreeMap, BTreeSet};

use domain::{Command, Viewer};

use super::{Tally, Typed, World};
use crate::device::Text;
use crate::server::OTHER;

impl World {
    pub(super) fn judge(&self) -> Tally {
        for device in &self.devices {
            for page in &device.tabs {
                let expected = self
                    .server
                    .state
                    .for_viewer(Viewer::new(device.speaker.role, page.replica.me().mesa));
                assert_eq!(
                    page.replica.view(),
                    &expected,
                    "a view differs from the server's state"
                );
            }
            assert!(
                device.storage.is_empty(),
                "something stays in an outbox: {:?}",
                device.storage
            );
        }
        let mut commands: Vec<_> = self.server.applied.iter().flatten().collect();
        // What follows from a command comes with it.
        commands.dedup();
        let count = commands.len();
        commands.sort();
        commands.dedup();
        assert_eq!(commands.len(), count, "a command was applied twice");
        let items =
            || self.server.state.mesas.values().flat_map(|mesa| mesa.deliberation.items.values());
        let once: BTreeSet<_> = items().map(|item| item.id).collect();
        assert_eq!(once.len(), items().count(), "an item is at two mesas");
        let mut places: BTreeMap<char, Vec<Text>> = BTreeMap::new();
        for item in items() {
            for (field, text) in &item.texts {
                for character in text.chars().filter(|character| self.typed.contains_key(character))
                {
                    places.entry(character).or_default().push((item.id, *field));
                }
            }
        }
        for (character, typed) in &self.typed {
            self.judge_character(
                *character,
                typed,
                places.get(character).map_or(&[], Vec::as_slice),
            );
        }
        self.judge_plan();
        self.judge_floor();
        self.judge_priority();
        self.judge_veil();
        let refused = self.devices.iter().map(|device| device.handed_back.len()).sum();
        let entered = self.server.entered.clone();
        let is_elsewhere = |typed: &&Typed| {
            self.server.state.mesa_of(typed.text.0).is_some_and(|mesa| mesa.number == OTHER)
        };
        Tally {
            events: self.server.head(),
            typed: self.typed.len(),
            elsewhere: self.typed.values().filter(is_elsewhere).count(),
            refused,
            restored: self.restored,
            behind: self.behind,
            entered,
        }
    }

    fn judge_character(&self, character: char, typed: &Typed, places: &[Text]) {
        let by = &self.devices[typed.device];
        let inserts = |command: &Command| matches!(command, Command::Deliberation(deliberation::Command::Patch { patch, .. }) if patch.insertions().any(|text| text.contains(character)));
        let says = |command: &Command| matches!(command, Command::Deliberation(deliberation::Command::Recover { full_text, .. }) if full_text.contains(character));
        let handed_back =
            by.handed_back.iter().any(|stored| inserts(&stored.command) || says(&stored.command));
        if self.restored > 0 {
            // After a backup the promise is that nothing is lost; what several people know
            // differently may be there twice.
            let lost = typed.deleted_by.is_empty() && places.is_empty() && !handed_back;
            if lost {
                for (n, d) in self.devices.iter().enumerate() {
                    eprintln!(
                        "DEV {n} receipts {:?}",
                        d.receipts
                            .values()
                            .filter(|r| format!("{r:?}").contains(character))
                            .collect::<Vec<_>>()
                    );
                }
                eprintln!(
                    "BY {} text {:?} item {:?}",
                    typed.device,
                    typed.text,
                    self.server.state.item(typed.text.0).map(|i| (i.removed, i.texts.clone()))
                );
                eprintln!("handed {:?}", by.handed_back);
            }
            assert!(!lost, "«{character}», which nobody deleted, is lost with the backup");
            return;
        }
        let versions = self.server.state.plan.versions.iter();
        let frozen = versions.filter_map(|version| version.text.as_deref());
        for times in frozen.map(|text| text.matches(character).count()) {
            assert!(times <= usize::from(!handed_back), "«{character}» is frozen {times} times");
        }
        assert!(places.len() <= 1, "«{character}» stands {} times", places.len());
        assert!(
            places.iter().all(|place| *place == typed.text),
            "«{character}» stands in another text"
        );
        assert!(!handed_back || places.is_empty(), "«{character}» was handed back and taken");
        if typed.deleted_by.is_empty() {
            assert!(
                handed_back || !places.is_empty(),
                "«{character}», which nobody deleted, is lost"
            );
        }
        // A person without a refusal in this text got all deletions through. Without the fence a
        // page that receives its own late change takes it for someone else's, and text of it that
        // was deleted meanwhile reappears.
        let refused_in_text = |device: usize| {
            self.devices[device].handed_back.iter().any(|stored| stored.text() == Some(typed.text))
        };
        if self.server.fences && typed.deleted_by.iter().any(|device| !refused_in_text(*device)) {
            assert!(places.is_empty(), "«{character}» was deleted and still stands");
        }
    }
}
