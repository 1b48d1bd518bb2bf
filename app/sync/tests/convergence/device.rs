//! A phone or laptop: its storage, its tabs, and what its person typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::text::patch::Step;
use domain::{CommandId, DeviceId, Exercise, ItemId, Mesa, MesaId, Patch, TextField};
use sync::wire::Snapshot;
use sync::{EditorBuffer, Effect, Me, Receipt, ReceiptKey, Replica, StoredCommand};
use uuid::Uuid;

use crate::server::Speaker;

pub type Text = (ItemId, TextField);

/// One open page.
pub struct Tab {
    pub replica: Replica,
    pub link: Option<u64>,
    /// Whether the page wants a new connection.
    pub renew: bool,
    /// Whether the page has to say hello again on its connection.
    pub greet: bool,
    pub editor: Option<(Text, EditorBuffer)>,
}

pub struct Device {
    pub speaker: Speaker,
    pub reads_only: bool,
    pub id: DeviceId,
    pub storage: BTreeMap<CommandId, StoredCommand>,
    pub receipts: BTreeMap<ReceiptKey, Receipt>,
    pub tabs: Vec<Tab>,
    pub handed_back: Vec<StoredCommand>,
}

pub fn text_of(state: &Exercise, (item, field): Text) -> &str {
    state.item(item).map_or("", |item| item.text(field))
}

impl Tab {
    /// The mesa that the page shows; an empty one until it knows any.
    pub fn mesa(&self) -> Arc<Mesa> {
        self.replica.view().mesa(self.replica.me().mesa).cloned().unwrap_or_default()
    }
}

impl Device {
    pub fn new(id: u128, speaker: Speaker, reads_only: bool) -> Self {
        let id = DeviceId(Uuid::from_u128(id));
        Self {
            speaker,
            reads_only,
            id,
            storage: BTreeMap::new(),
            receipts: BTreeMap::new(),
            tabs: Vec::new(),
            handed_back: Vec::new(),
        }
    }

    /// Opens a page of a mesa with what is kept: all of it, or only what no other open page holds.
    pub fn open(&mut self, at: MesaId, replica: Uuid, snapshot: Option<Snapshot>, takes_all: bool) {
        let Speaker { person, role, seat } = self.speaker;
        let me = Me {
            mesa: at.number,
            person: (!self.reads_only).then_some(person),
            role,
            seat,
            device: self.id,
            replica,
        };
        let mut replica = Replica::new(at.exercise, me, snapshot);
        let held = |stored: &StoredCommand| {
            self.tabs.iter().any(|tab| tab.replica.me().replica == stored.holder)
        };
        let kept: Vec<_> =
            self.storage.values().filter(|stored| takes_all || !held(stored)).cloned().collect();
        let effects = replica.restore(kept);
        self.tabs.push(Tab { replica, link: None, renew: false, greet: false, editor: None });
        self.perform(self.tabs.len() - 1, effects);
    }

    /// What a page does first: notices which of its commands another page of the device took over.
    pub fn notice(&mut self, tab: usize) {
        let replica = &mut self.tabs[tab].replica;
        let mine = replica.me().replica;
        let still = |command| {
            self.storage.get(&command).is_some_and(|stored: &StoredCommand| stored.holder == mine)
        };
        let taken: Vec<_> = replica
            .unanswered()
            .map(|stored| stored.id)
            .filter(|command| !still(*command))
            .collect();
        let effects = replica.let_go(&taken);
        self.perform(tab, effects);
    }

    pub fn perform(&mut self, tab: usize, effects: Vec<Effect>) {
        let Tab { replica, editor, renew, greet, .. } = &mut self.tabs[tab];
        let mut restored = false;
        for effect in effects {
            match effect {
                Effect::Save(stored) => {
                    self.storage.insert(stored.id, *stored);
                }
                Effect::Forget(command) => {
                    self.storage.remove(&command);
                }
                Effect::TextChanged { item, field, patch } => {
                    if let Some((text, buffer)) =
                        editor.as_mut().filter(|(text, _)| *text == (item, field))
                    {
                        assert_eq!(*text, (item, field));
                        buffer.incoming(&patch);
                    }
                }
                Effect::Replaced => {
                    if let Some((text, buffer)) = editor {
                        buffer.replaced(text_of(replica.view(), *text));
                    }
                }
                Effect::Refused { command, .. } => self.handed_back.push(*command),
                Effect::Remember(receipt) => {
                    self.receipts.insert(receipt.key(), *receipt);
                }
                Effect::Unremember(key) => {
                    self.receipts.remove(&key);
                }
                Effect::Restored => restored = true,
                Effect::Reconnect => *renew = true,
                Effect::Greet => *greet = true,
                Effect::Roster(_)
                | Effect::Writing(_)
                | Effect::Joined { .. }
                | Effect::Alive { .. } => {}
                Effect::Ended(refusal) => panic!("the server ended it: {refusal}"),
            }
        }
        if restored {
            let effects = self.tabs[tab].replica.bring_back(|| CommandId(Uuid::now_v7()), 0);
            self.perform(tab, effects);
        }
        let page = &mut self.tabs[tab];
        // An item that only this page had is gone with its refusal; what was typed into it is
        // returned.
        let view = page.replica.view();
        page.editor.take_if(|(text, _)| view.item(text.0).is_none());
        if let Some((text, buffer)) = &self.tabs[tab].editor {
            let released = buffer
                .clone()
                .release()
                .map_or_else(|| buffer.shown().to_owned(), |(text, _)| text);
            let view = text_of(self.tabs[tab].replica.view(), *text);
            assert_eq!(
                released, view,
                "an open editor and the view behind it say different things"
            );
        }
    }
}

/// The scalars that a patch deletes from a text.
pub fn removed_by(patch: &Patch, text: &str) -> Vec<char> {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut removed) = (0, Vec::new());
    for step in patch.steps() {
        match step {
            Step::Retain(count) => at += *count as usize,
            Step::Delete(count) => {
                removed.extend(&text[at..at + *count as usize]);
                at += *count as usize;
            }
            Step::Insert(..) => {}
        }
    }
    removed
}
