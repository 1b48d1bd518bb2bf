//! What a device keeps of its acknowledged changes, in case the server is restored from an older
//! backup and has lost them.
//!
//! A command is kept as it was sent: under its id the server takes it at most once, however many
//! devices and tabs send it again. Of a long text only the last acknowledged wording is kept: the
//! patches that led to it are based on texts that the server lost as well.

use domain::agreement::signing::Command as Signing;
use domain::{agreement, conduct, deliberation, veil};
use std::collections::BTreeMap;

use domain::text::recover::ANCESTOR_LIMIT;
use domain::{
    Command, CommandId, ItemId, MesaNumber, Millis, PersonId, SeatId, Seq, StreamId, TextField,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::outbox::StoredCommand;
use crate::wire::Position;

/// How long an acknowledged change is kept, ms: seven days.
pub const KEPT_FOR: Millis = 7 * 24 * 60 * 60 * 1_000;
/// Most receipts of a replica; the oldest are dropped first.
pub const RECEIPT_LIMIT: usize = 2_000;

/// An acknowledged change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The stream it is in.
    pub stream: StreamId,
    /// The mesa it was made at.
    pub mesa: MesaNumber,
    /// Who made it.
    pub person: PersonId,
    /// Its place in the stream.
    pub seq: Seq,
    /// A position of the stream that the replica saw after it.
    pub mark: Position,
    /// The device's clock when it was made.
    pub made_at: Millis,
    /// What was changed.
    pub change: Change,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A command, under its id.
    Command {
        /// Its id.
        id: CommandId,
        /// The command.
        command: Command,
    },
    /// A long text.
    Text {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// The replica (tab) that saw it acknowledged: a tab that lags behind doesn't overwrite
        /// what another one knows.
        tab: Uuid,
        /// The acknowledged text.
        full_text: String,
        /// Fingerprints of its earlier wordings, newest last.
        ancestors: Vec<u64>,
    },
    /// What a helper wrote for someone in a seat, under its id.
    Told {
        /// Its id.
        id: CommandId,
        /// The command.
        command: Command,
        /// In which seat.
        on_behalf: SeatId,
    },
}

impl Change {
    /// A command as it was sent: its id, and the seat that it was written for.
    pub fn of_command(stored: &StoredCommand) -> Self {
        let (id, command) = (stored.id, stored.command.clone());
        match stored.on_behalf {
            Some(on_behalf) => Self::Told { id, command, on_behalf },
            None => Self::Command { id, command },
        }
    }

    /// The command that it is; none for a long text.
    pub fn command(&self) -> Option<(CommandId, &Command, Option<SeatId>)> {
        match self {
            Self::Command { id, command } => Some((*id, command, None)),
            Self::Told { id, command, on_behalf } => Some((*id, command, Some(*on_behalf))),
            Self::Text { .. } => None,
        }
    }
}

/// The key of a receipt: a later receipt of the same text replaces the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReceiptKey {
    /// A command's id.
    Command(CommandId),
    /// A text, as a tab knows it.
    Text(ItemId, TextField, Uuid),
}

impl std::fmt::Display for ReceiptKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Command(id) => id.fmt(f),
            Self::Text(item, field, tab) => write!(f, "{item}.{field:?}.{tab}"),
        }
    }
}

impl Receipt {
    /// What it is kept under.
    pub fn key(&self) -> ReceiptKey {
        match &self.change {
            Change::Command { id, .. } | Change::Told { id, .. } => ReceiptKey::Command(*id),
            Change::Text { item, field, tab, .. } => ReceiptKey::Text(*item, *field, *tab),
        }
    }
}

/// Whether a command is worth sending again to a server that lost it: what people wrote is, the
/// room's phase and who was present aren't. What they agreed to is. Long texts are recovered another way.
pub(crate) fn is_lasting(command: &Command) -> bool {
    match command {
        Command::Deliberation(
            deliberation::Command::Patch { .. } | deliberation::Command::Recover { .. },
        ) => false,
        Command::Deliberation(_)
        | Command::Conduct(
            conduct::Command::OverrideCheck { .. } | conduct::Command::WithdrawOverride { .. },
        ) => true,
        Command::Agreement(command) => matches!(
            command,
            agreement::Command::State { .. }
                | agreement::Command::Signing(
                    Signing::Sign { .. }
                        | Signing::Consent { .. }
                        | Signing::Decline { .. }
                        | Signing::Note { .. }
                )
        ),
        // What somebody wrote alone is theirs to bring back, while it isn't shown.
        Command::Veil(command) => {
            matches!(command, veil::Command::Write { .. } | veil::Command::Withdraw { .. })
        }
        // Points that a restored server doesn't know are asked for again while it is open.
        Command::Conduct(_) | Command::People(_) | Command::Floor(_) | Command::Priority(_) => {
            false
        }
    }
}

/// The receipts of a replica.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receipts(BTreeMap<ReceiptKey, Receipt>);

impl Receipts {
    /// Inserts a receipt; the ancestors that the earlier one of the text had are kept. Returns the
    /// key of the receipt that has to make room.
    pub(crate) fn put(&mut self, mut receipt: Receipt) -> Option<ReceiptKey> {
        let key = receipt.key();
        if let (Change::Text { ancestors, .. }, Some(earlier)) =
            (&mut receipt.change, self.0.remove(&key))
            && let Change::Text { ancestors: known, .. } = earlier.change
        {
            let more: Vec<u64> =
                known.into_iter().filter(|print| !ancestors.contains(print)).collect();
            ancestors.splice(0..0, more);
            let surplus = ancestors.len().saturating_sub(ANCESTOR_LIMIT);
            ancestors.drain(..surplus);
        }
        self.0.insert(key, receipt);
        if self.0.len() <= RECEIPT_LIMIT {
            return None;
        }
        let oldest = self.0.values().min_by_key(|receipt| receipt.seq).map(Receipt::key)?;
        self.0.remove(&oldest).map(|receipt| receipt.key())
    }

    pub(crate) fn get(&self, key: ReceiptKey) -> Option<&Receipt> {
        self.0.get(&key)
    }

    /// The command by which a contribution was made.
    pub(crate) fn contribution(&self, id: ItemId) -> Option<&Command> {
        self.0.values().find_map(|receipt| match &receipt.change {
            Change::Command {
                command:
                    command @ Command::Deliberation(deliberation::Command::Contribute { item, .. }),
                ..
            }
            | Change::Told {
                command:
                    command @ Command::Deliberation(deliberation::Command::Contribute { item, .. }),
                ..
            } if *item == id => Some(command),
            _ => None,
        })
    }

    /// All tabs' receipts of a text.
    pub(crate) fn of_text(
        &mut self,
        item: ItemId,
        field: TextField,
    ) -> impl Iterator<Item = &mut Receipt> {
        let bounds =
            ReceiptKey::Text(item, field, Uuid::nil())..=ReceiptKey::Text(item, field, Uuid::max());
        self.0.range_mut(bounds).map(|(_, receipt)| receipt)
    }

    pub(crate) fn forget_ancestors(&mut self) {
        for receipt in self.0.values_mut() {
            if let Change::Text { ancestors, .. } = &mut receipt.change {
                ancestors.clear();
            }
        }
    }

    pub(crate) fn take(&mut self, key: ReceiptKey) -> Option<Receipt> {
        self.0.remove(&key)
    }

    /// All receipts, in the order of the stream.
    pub(crate) fn in_order(&self) -> Vec<Receipt> {
        let mut all: Vec<Receipt> = self.0.values().cloned().collect();
        all.sort_by_key(|receipt| receipt.seq);
        all
    }

    /// The latest position in any of them.
    pub(crate) fn mark(&self) -> Option<Position> {
        self.0.values().map(|receipt| receipt.mark).max_by_key(|mark| mark.seq)
    }
}
