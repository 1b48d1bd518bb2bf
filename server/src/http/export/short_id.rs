//! Short ids for the open data: a letter for the kind and letters derived from the item's own id
//! alone, as `C-7K3MQXAB`. They survive moves, removals and restored backups, so that two downloads
//! can be joined.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ItemId, ItemKind, Mesa};
use sha2::{Digest, Sha256};

/// Crockford's base32: no two letters look alike.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters in an id: 40 bits.
pub(super) const LENGTH: usize = 8;

/// The letter of a kind.
pub(super) fn letter(kind: ItemKind) -> char {
    match kind {
        ItemKind::Problem => 'P',
        ItemKind::Commitment => 'C',
        ItemKind::Activity => 'A',
        ItemKind::Solution => 'S',
        ItemKind::DraftCommitment => 'D',
        // From "voz", because activities have the A.
        ItemKind::Contribution => 'V',
    }
}

/// The ids of a mesa's items.
#[derive(Debug)]
pub(super) struct ShortIds(BTreeMap<ItemId, String>);

impl ShortIds {
    /// The ids of all items, removed ones too. When an older item of the same kind has the same id,
    /// the newer one gets more letters.
    pub(super) fn of(state: &Mesa) -> Self {
        let mut taken = BTreeSet::new();
        let mut ids = BTreeMap::new();
        let mut items: Vec<_> = state.deliberation.items.values().collect();
        items.sort_by_key(|item| item.alias);
        for item in items {
            let letters = letters(item.id);
            let id = |length: usize| format!("{}-{}", letter(item.kind()), &letters[..length]);
            let length = (LENGTH..letters.len())
                .find(|length| !taken.contains(&id(*length)))
                .unwrap_or(letters.len());
            taken.insert(id(length));
            ids.insert(item.id, id(length));
        }
        Self(ids)
    }

    /// The id of an item; empty for one that the mesa never had.
    pub(super) fn get(&self, item: ItemId) -> &str {
        self.0.get(&item).map_or("", String::as_str)
    }
}

/// 51 letters derived from an id, by a digest: ids begin with the time, and devices choose the
/// rest.
fn letters(id: ItemId) -> String {
    let digest: [u8; 32] = Sha256::digest(id.0.as_bytes()).into();
    let (mut letters, mut bits, mut count) = (String::new(), 0_u32, 0);
    for byte in digest {
        bits = (bits << 8) | u32::from(byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            letters.push(char::from(LETTERS[((bits >> count) & 31) as usize]));
        }
        bits &= (1 << count) - 1;
    }
    letters
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{Alias, Details, Item, Problem};

    use super::*;

    fn with(ids: &[ItemId]) -> Mesa {
        let mut state = Mesa::default();
        for (id, alias) in ids.iter().zip(0..) {
            let details = Details::Problem(Problem::default());
            let item = Item {
                id: *id,
                alias: Alias(alias),
                author: None,
                removed: false,
                texts: BTreeMap::new(),
                details,
                replaced: Vec::new(),
            };
            state.deliberation.items.insert(*id, Arc::new(item));
        }
        state
    }

    #[test]
    fn an_id_follows_from_the_item_s_own_and_nothing_else() {
        let [one, other]: [ItemId; 2] =
            ["01936d3e-0000-7000-8000-000000000001", "01936d3e-0000-7000-8000-000000000002"]
                .map(|id| id.parse().unwrap());
        let (alone, second) = (ShortIds::of(&with(&[one])), ShortIds::of(&with(&[other, one])));
        // The id that it had in earlier downloads.
        assert_eq!(alone.get(one), "P-SNKBHXWY");
        assert_eq!(alone.get(one), second.get(one));
        assert_ne!(second.get(one), second.get(other));
        assert_eq!(second.get(one).len(), "P-".len() + LENGTH);
        assert_eq!(alone.get(other), "");
    }

    #[test]
    fn many_items_have_many_ids() {
        let ids: Vec<_> =
            (0..50_000_u128).map(|number| ItemId(uuid::Uuid::from_u128(number))).collect();
        let short = ShortIds::of(&with(&ids));
        let different: BTreeSet<_> = ids.iter().map(|id| short.get(*id)).collect();
        assert_eq!(different.len(), ids.len());
        assert!(different.iter().all(|id| id.len() == 10), "all with the fewest letters");
    }
}
