//! The tool's own record of what was written, compared word by word with the final texts. It
//! doesn't depend on how the server or the replica merge changes: only on what each editor inserted
//! and deleted, and what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use domain::CommandId;

use crate::editor::{Edit, is_marker, markers};
use crate::texts::{Text, Texts};

/// What is wrong with the final texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Words that must be there and aren't.
    pub lost: usize,
    /// Words that are there more often than allowed: twice, or although they were deleted.
    pub doubled: usize,
    /// Texts whose other words changed, words that nobody wrote, clients that show something else.
    pub diverged: usize,
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn is_clean(self) -> bool {
        self == Self::default()
    }

    /// The sum of both.
    pub fn and(self, other: Self) -> Self {
        Self {
            lost: self.lost + other.lost,
            doubled: self.doubled + other.doubled,
            diverged: self.diverged + other.diverged,
        }
    }
}

/// What was written since a beginning.
#[derive(Debug, Default)]
pub struct Record {
    before: Texts,
    edits: Vec<(CommandId, Edit)>,
    acknowledged: BTreeSet<CommandId>,
}

/// How often a word must be there at least, and may be at most.
type Bounds = (usize, usize);

impl Record {
    /// An empty record: the texts as they are.
    pub fn new(before: Texts) -> Self {
        Self { before, ..Self::default() }
    }

    /// Records edits with the commands that carried them, and which commands were acknowledged.
    pub fn take(
        &mut self,
        edits: impl IntoIterator<Item = (CommandId, Edit)>,
        acknowledged: impl IntoIterator<Item = CommandId>,
    ) {
        self.edits.extend(edits);
        self.acknowledged.extend(acknowledged);
    }

    /// The numbers of acknowledged and of other edits.
    pub fn counts(&self) -> (usize, usize) {
        let acknowledged =
            self.edits.iter().filter(|(command, _)| self.acknowledged.contains(command)).count();
        (acknowledged, self.edits.len() - acknowledged)
    }

    /// Compares with the final texts. Acknowledged edits must be there; others may be, at most
    /// once.
    pub fn judge(&self, found: &Texts) -> Verdict {
        let mut verdict = Verdict::default();
        let nothing = String::new();
        let mut expected = self.expected();
        let every: BTreeSet<&Text> = self.before.keys().chain(found.keys()).collect();
        for text in every {
            let stands = found.get(text).unwrap_or(&nothing);
            let rest = |text: &str| {
                text.split_inclusive(' ').filter(|word| !is_marker(word)).collect::<String>()
            };
            verdict.diverged +=
                usize::from(rest(stands) != rest(self.before.get(text).unwrap_or(&nothing)));
            let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
            for word in markers(stands) {
                *counted.entry(word).or_default() += 1;
            }
            let mut bounds = expected.remove(text).unwrap_or_default();
            for (word, count) in counted {
                match bounds.remove(word) {
                    Some((_, most)) => verdict.doubled += usize::from(count > most),
                    None => verdict.diverged += 1,
                }
            }
            verdict.lost += bounds.values().filter(|(least, _)| *least > 0).count();
        }
        // Edits of texts that are in neither.
        verdict.lost +=
            expected.values().flat_map(BTreeMap::values).filter(|(least, _)| *least > 0).count();
        verdict
    }

    fn expected(&self) -> BTreeMap<Text, BTreeMap<&str, Bounds>> {
        let mut expected: BTreeMap<Text, BTreeMap<&str, Bounds>> = BTreeMap::new();
        for (text, said) in &self.before {
            let words = expected.entry(*text).or_default();
            for word in markers(said) {
                let bounds = words.entry(word).or_default();
                *bounds = (bounds.0 + 1, bounds.1 + 1);
            }
        }
        for (command, edit) in &self.edits {
            let least = usize::from(self.acknowledged.contains(command));
            expected.entry(edit.text).or_default().insert(&edit.marker, (least, 1));
        }
        for (command, edit) in &self.edits {
            let Some(words) = expected.get_mut(&edit.text) else { continue };
            for removed in &edit.removed {
                let Some(bounds) = words.get_mut(removed.as_str()) else { continue };
                *bounds = if self.acknowledged.contains(command) { (0, 0) } else { (0, bounds.1) };
            }
        }
        expected
    }
}

#[cfg(test)]
mod tests {
    use domain::{ItemId, TextField};
    use uuid::Uuid;

    use super::*;

    const TEXT: Text = (ItemId(Uuid::nil()), TextField::Description);

    fn texts(said: &str) -> Texts {
        Texts::from([(TEXT, said.to_owned())])
    }

    fn edit(number: u128, marker: &str, removed: Option<&str>) -> (CommandId, Edit) {
        let removed = removed.map(str::to_owned).into_iter().collect();
        (
            CommandId(Uuid::from_u128(number)),
            Edit { text: TEXT, marker: marker.to_owned(), removed },
        )
    }

    fn record() -> Record {
        let mut record = Record::new(texts("agua 000000000 limpia"));
        let edits = [
            edit(1, "1aaaaaaaa ", None),
            edit(2, "2bbbbbbbb ", Some("000000000 ")),
            edit(3, "3cccccccc ", Some("1aaaaaaaa ")),
        ];
        record.take(edits, [1, 2].map(|number| CommandId(Uuid::from_u128(number))));
        record
    }

    #[test]
    fn what_was_acknowledged_stands_once_and_what_wasn_t_at_most_once() {
        let record = record();
        assert_eq!(record.counts(), (2, 1));
        for fine in [
            "agua 1aaaaaaaa 2bbbbbbbb limpia",
            "2bbbbbbbb agua limpia",
            "agua 2bbbbbbbb 3cccccccc limpia",
        ] {
            assert_eq!(record.judge(&texts(fine)), Verdict::default(), "{fine}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        let record = record();
        let wrong = |lost, doubled, diverged| Verdict { lost, doubled, diverged };
        assert_eq!(record.judge(&texts("agua 1aaaaaaaa limpia")), wrong(1, 0, 0));
        assert_eq!(record.judge(&texts("agua 2bbbbbbbb 2bbbbbbbb limpia")), wrong(0, 1, 0));
        assert_eq!(record.judge(&texts("agua 2bbbbbbbb 000000000 limpia")), wrong(0, 1, 0));
        assert_eq!(record.judge(&texts("agua 2bbbbbbbb 4dddddddd limpia")), wrong(0, 0, 1));
        assert_eq!(record.judge(&texts("agua 2bbbbbbbb lim")), wrong(0, 0, 1));
        assert_eq!(record.judge(&Texts::new()), wrong(1, 0, 1));
    }
}
