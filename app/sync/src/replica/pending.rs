//! A command that waits for its answer.

use domain::deliberation;
use domain::{Command, ItemId, Patch, Seq};

use crate::outbox::StoredCommand;
use crate::rebase::Waiting;

/// Whether a command was sent, and on which connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// Never by this replica.
    No,
    /// On the present connection.
    Now,
    /// On an earlier one that broke.
    Before,
}

/// An answer that came before the stream reached its seq.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// The command is the event at this seq.
    Own(Seq),
    /// The command changed nothing at this seq.
    Void(Seq),
}

impl Settled {
    pub(super) fn seq(self) -> Seq {
        match self {
            Self::Own(seq) | Self::Void(seq) => seq,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) stored: StoredCommand,
    /// Its place among the replica's commands, including those taken over.
    pub(super) rank: u64,
    pub(super) sent: Sent,
    pub(super) settled: Option<Settled>,
}

impl Entry {
    /// The patch; the identity for any other command.
    pub(super) fn patch(&self) -> &Patch {
        static NOTHING: std::sync::LazyLock<Patch> = std::sync::LazyLock::new(Patch::identity);
        if let Command::Deliberation(deliberation::Command::Patch { patch, .. }) =
            &self.stored.command
        {
            patch
        } else {
            &NOTHING
        }
    }

    pub(super) fn patch_mut(&mut self) -> Option<&mut Patch> {
        if let Command::Deliberation(deliberation::Command::Patch { patch, .. }) =
            &mut self.stored.command
        {
            Some(patch)
        } else {
            None
        }
    }

    pub(super) fn set_patch(&mut self, new: Patch, at: Seq) {
        if let Command::Deliberation(deliberation::Command::Patch { patch, base, .. }) =
            &mut self.stored.command
        {
            *patch = new;
            *base = at;
        }
    }

    /// A patch that was rebased is based on this seq from here on.
    pub(super) fn rest_at(&mut self, at: Seq) {
        if let Command::Deliberation(deliberation::Command::Patch { base, .. }) =
            &mut self.stored.command
        {
            *base = at;
            self.stored.tag = None;
        }
    }

    /// The seq that a text patch was made at.
    pub(super) fn base(&self) -> Seq {
        if let Command::Deliberation(deliberation::Command::Patch { base, .. }) =
            &self.stored.command
        {
            *base
        } else {
            0
        }
    }

    pub(super) fn waiting(&self) -> Waiting {
        Waiting { command: self.stored.id, base: self.base(), patch: self.patch().clone() }
    }

    /// Whether one of the earlier commands has to be answered first.
    pub(super) fn waits_for(&self, earlier: &[Self]) -> bool {
        match &self.stored.command {
            Command::Deliberation(deliberation::Command::Patch { item, field, .. }) => {
                earlier.iter().any(|e| e.stored.text() == Some((*item, *field)))
            }
            Command::Deliberation(deliberation::Command::Remove { item }) => {
                earlier.iter().any(|e| e.touches(*item))
            }
            Command::Deliberation(_)
            | Command::Conduct(_)
            | Command::People(_)
            | Command::Agreement(_)
            | Command::Floor(_)
            | Command::Priority(_)
            | Command::Veil(_) => false,
        }
    }

    fn touches(&self, id: ItemId) -> bool {
        match &self.stored.command {
            Command::Deliberation(deliberation::Command::Patch { item, .. })
            | Command::Deliberation(deliberation::Command::Recover { item, .. })
            | Command::Deliberation(deliberation::Command::Assign { item, .. })
            | Command::Deliberation(deliberation::Command::Add { item, .. }) => *item == id,
            Command::Deliberation(deliberation::Command::Contribute { item, target, .. }) => {
                *item == id || *target == Some(id)
            }
            Command::Deliberation(
                deliberation::Command::Remove { .. }
                | deliberation::Command::Restore { .. }
                | deliberation::Command::Move { .. }
                | deliberation::Command::Hide { .. },
            )
            | Command::Conduct(_)
            | Command::People(_)
            | Command::Agreement(_)
            | Command::Floor(_)
            | Command::Priority(_)
            | Command::Veil(_) => false,
        }
    }
}
