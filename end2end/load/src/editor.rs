//! What an editor writes: ten characters at its own place, and past a length ten go for ten that come.

use domain::patch::scalars;
use domain::{CommandId, ItemId, ItemKind, Patch, State, TextField};
use tokio::time::Instant;

/// Length of a text from which on an editor deletes as much as it writes.
const LONG: u32 = 1_500;
/// Characters of an edit.
pub const EDIT: u32 = 10;

/// A text that a group edits.
pub type Text = (ItemId, TextField);

/// One input.
#[derive(Clone, Debug)]
pub struct Input {
    /// When it was made.
    pub at: Instant,
    /// The command that carried it.
    pub command: CommandId,
    /// What it wrote: it is written nowhere else.
    pub marker: String,
}

/// The texts that groups of editors work in: the commitments' descriptions, then their other long texts, then the problems'.
pub fn texts(state: &State) -> Vec<Text> {
    let of = |kind, field| state.visible(kind, None).map(move |item| (item.id, field));
    let commitments = [TextField::Description, TextField::Objective, TextField::Contribution, TextField::ExpectedResult];
    let problems = [TextField::Statement, TextField::Causes, TextField::Effects, TextField::Evidence, TextField::MinimumCriteria];
    let commitments = commitments.into_iter().flat_map(|field| of(ItemKind::Commitment, field));
    commitments.chain(problems.into_iter().flat_map(|field| of(ItemKind::Problem, field))).collect()
}

/// Somebody who writes.
pub struct Editor {
    text: Text,
    caret: u32,
    run: u64,
    number: usize,
    written: u32,
    random: u64,
}

impl Editor {
    /// Editor `number` of a run, in a text; the caret at a place of its own.
    pub fn new(run: u64, number: usize, text: Text, state: &State) -> Self {
        let mut editor = Self { text, caret: 0, run, number, written: 0, random: number as u64 + 1 };
        let length = scalars(editor.current(state));
        editor.caret = editor.below(length + 1);
        editor
    }

    /// The text that it writes in.
    pub fn text(&self) -> Text {
        self.text
    }

    fn current<'a>(&self, state: &'a State) -> &'a str {
        state.item(self.text.0).map_or("", |item| item.text(self.text.1))
    }

    fn below(&mut self, bound: u32) -> u32 {
        // Splitmix: no randomness is needed, only variety.
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        u32::try_from((mixed ^ (mixed >> 27)) % u64::from(bound.max(1))).unwrap_or(0)
    }

    /// The next edit of the text as the editor sees it, and what it writes.
    pub fn next(&mut self, state: &State) -> (Patch, String) {
        let length = scalars(self.current(state));
        self.caret = self.caret.min(length);
        let marker = marker(self.run, self.number, self.written);
        self.written += 1;
        let insertion = Patch::splice(self.caret, 0, &marker);
        self.caret += EDIT;
        if length < LONG {
            return (insertion, marker);
        }
        let longer = length + EDIT;
        let (from, to) = (self.caret - EDIT, self.caret);
        let mut start = self.below(longer - EDIT + 1);
        // Not what was just written: that is what is waited for.
        if start + EDIT > from && start < to {
            start = if to + EDIT <= longer { to } else { from - EDIT };
        }
        let deletion = Patch::splice(start, EDIT, "");
        self.caret = deletion.map_position(self.caret);
        (insertion.compose(&deletion), marker)
    }

    /// Others changed the text.
    pub fn others(&mut self, patch: &Patch) {
        self.caret = patch.map_position(self.caret);
    }
}

/// Ten characters that are written once: nine scattered digits, so that no remainder of two of them reads as a third.
fn marker(run: u64, editor: usize, written: u32) -> String {
    const DIGITS: u32 = EDIT - 1;
    const MANY: u128 = 36_u128.pow(DIGITS);
    let number = ((run % (1 << 20)) << 26) + ((editor as u64 % (1 << 11)) << 15) + u64::from(written % (1 << 15));
    // Neither two nor three divides the factor: every number keeps a result of its own.
    let mut scattered = u128::from(number) * 61_803_398_874_989 % MANY;
    let mut marker = String::with_capacity(EDIT as usize);
    for _ in 0..DIGITS {
        marker.push(char::from_digit(u32::try_from(scattered % 36).unwrap_or(0), 36).unwrap_or('0'));
        scattered /= 36;
    }
    marker.push(' ');
    marker
}

/// The markers that a text holds.
pub fn markers(text: &str) -> impl Iterator<Item = &str> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    text.split_inclusive(' ')
        .filter(move |word| word.len() == EDIT as usize && word.ends_with(' ') && word.bytes().take(EDIT as usize - 1).all(is_digit))
}

#[cfg(test)]
mod tests {
    use domain::{Alias, Event};

    use super::*;

    fn mesa(text: &str) -> (State, Text) {
        let item = ItemId(uuid::Uuid::from_u128(1));
        let mut state = State::default();
        state.apply(&Event::ItemAdded { item, alias: Alias(0), kind: ItemKind::Commitment, parent: None, author: None });
        state.patch(item, TextField::Description, &Patch::splice(0, 0, text));
        (state, (item, TextField::Description))
    }

    #[test]
    fn every_edit_writes_ten_characters_and_a_long_text_stays_as_long() {
        for length in [0, 9, 1_499, 1_500, 1_600] {
            let (mut state, text) = mesa(&"ñ".repeat(length));
            let mut editor = Editor::new(1, 7, text, &state);
            let mut before = u32::try_from(length).expect("small");
            for _ in 0..400 {
                let (patch, marker) = editor.next(&state);
                assert_eq!(patch.insertions().collect::<Vec<_>>(), [marker.as_str()]);
                state.patch(text.0, text.1, &patch);
                let after = scalars(editor.current(&state));
                assert_eq!(after, if before < LONG { before + EDIT } else { before });
                before = after;
            }
        }
    }

    #[test]
    fn markers_are_told_from_what_else_is_written() {
        let (written, next) = (marker(1, 59, 36), marker(1, 59, 37));
        assert_eq!(written.chars().count(), 10);
        let text = format!("agua limpia {written}x {next}{written}");
        assert_eq!(markers(&text).collect::<Vec<_>>(), [written.as_str(), &next, &written]);
    }

    #[test]
    fn no_marker_is_written_twice() {
        let all = (0..3).flat_map(|run| (0..60).flat_map(move |editor| (0..100).map(move |written| marker(run, editor, written))));
        let different: std::collections::BTreeSet<_> = all.collect();
        assert_eq!(different.len(), 3 * 60 * 100);
    }
}
