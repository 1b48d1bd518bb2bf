//! What a version of the plan says otherwise than the one before it, and what it says as before.

use super::state::{Piece, State, VersionNumber};
use crate::ItemId;

/// What became of a commitment's text from one version to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became<'a> {
    /// Not a character of it changed.
    Same,
    /// It wasn't part of the version before.
    New,
    /// These words changed.
    Changed(&'a [Piece]),
}

impl State {
    /// The number of the version before another one; none for the first.
    pub fn number_before(&self, version: VersionNumber) -> Option<VersionNumber> {
        let earlier = self.versions.iter().map(|other| other.number);
        earlier.take_while(|number| *number < version).last()
    }

    /// What became of a commitment's text since the version before. None in the first version, and
    /// for what isn't part of the version.
    pub fn became(&self, version: VersionNumber, commitment: ItemId) -> Option<Became<'_>> {
        let before = self.version_numbered(self.number_before(version)?)?;
        let version = self.version_numbered(version)?;
        let text = version.text_of(commitment)?;
        Some(match before.text_of(commitment) {
            None => Became::New,
            Some(other) if other == text => Became::Same,
            Some(_) => {
                let change = version.changes.iter().find(|it| it.commitment == commitment);
                Became::Changed(change.map_or(&[], |change| &change.pieces))
            }
        })
    }

    /// The numbers that the commitments which a version no longer has bore in the one before it.
    pub fn gone(&self, version: VersionNumber) -> Vec<usize> {
        let before = self.number_before(version).and_then(|number| self.version_numbered(number));
        let Some((before, version)) = before.zip(self.version_numbered(version)) else {
            return Vec::new();
        };
        let numbered = (1..).zip(&before.commitments);
        let gone = numbered.filter(|(_, frozen)| version.text_of(frozen.item).is_none());
        gone.map(|(number, _)| number).collect()
    }
}
