//! What an editor writes: ten characters at its own place, and beyond a certain length of the text
//! it deletes ten for every ten that it inserts.
//!
//! Every insertion is a unique word (a marker), every deletion is a whole marker, and carets are
//! between words: so it is known of each word whether it must be in the final text, whoever else
//! edited it.

use std::collections::BTreeMap;

use domain::text::patch::scalars;
use domain::{CommandId, Mesa, Patch};
use tokio::time::Instant;

use crate::random::Variety;
use crate::texts::Text;

/// Text length from which an editor deletes as much as it inserts.
const LONG: u32 = 1_500;
/// Length from which it deletes twice as much: when several editors delete the same word, less is
/// deleted than inserted.
const TOO_LONG: u32 = 1_700;
/// Characters of an edit.
pub const EDIT: u32 = 10;

/// One input.
#[derive(Clone, Debug)]
pub struct Input {
    /// When it was made.
    pub at: Instant,
    /// The command that carried it.
    pub command: CommandId,
    /// What it did.
    pub edit: Edit,
}

/// What an input does to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Which text.
    pub text: Text,
    /// The marker that it inserted; no other input inserts the same.
    pub marker: String,
    /// The markers that it deleted.
    pub removed: Vec<String>,
}

/// An editor.
pub struct Editor {
    text: Text,
    caret: u32,
    run: u64,
    number: usize,
    written: u32,
    random: Variety,
}

impl Editor {
    /// Editor `number` of a run, in a text; the caret at a place of its own.
    pub fn new(run: u64, number: usize, text: Text, state: &Mesa) -> Self {
        let mut random = Variety::new(number as u64 + 1);
        let caret = random.below(scalars(current(state, text)) + 1);
        Self { text, caret, run, number, written: 0, random }
    }

    /// The text that it writes in.
    pub fn text(&self) -> Text {
        self.text
    }

    /// The number of its inputs.
    pub fn written(&self) -> u32 {
        self.written
    }

    /// The next edit of the text as the editor sees it, as a patch and as its effect.
    pub fn next(&mut self, state: &Mesa) -> (Patch, Edit) {
        let text = current(state, self.text);
        let at = between_words(text, self.caret);
        let marker = marker(self.run, self.number, self.written);
        self.written += 1;
        self.caret = at + EDIT;
        let mut patch = Patch::splice(at, 0, &marker);
        let mut edit = Edit { text: self.text, marker, removed: Vec::new() };
        let goes = u32::from(scalars(text) >= LONG) + u32::from(scalars(text) >= TOO_LONG);
        // From the end, so that earlier positions stay valid.
        for (start, word) in self.pick(text, goes).into_iter().rev() {
            // Not the word that was just inserted: the run waits for that one to be shown. Words
            // are before or after it, never around it.
            let deletion = Patch::splice(if start >= at { start + EDIT } else { start }, EDIT, "");
            self.caret = deletion.map_position(self.caret);
            patch = patch.compose(&deletion);
            edit.removed.push(word);
        }
        (patch, edit)
    }

    /// Picks so many of a text's markers, with their positions, in order; fewer when there are no
    /// more, or when one is picked twice.
    fn pick(&mut self, text: &str, count: u32) -> BTreeMap<u32, String> {
        let all: Vec<(u32, &str)> = if count == 0 { Vec::new() } else { places(text).collect() };
        let mut place = || self.random.below(u32::try_from(all.len()).unwrap_or(u32::MAX)) as usize;
        let picked = (0..count).filter_map(|_| all.get(place()));
        picked.map(|(start, word)| (*start, (*word).to_owned())).collect()
    }

    /// Others changed the text.
    pub fn others(&mut self, patch: &Patch) {
        self.caret = patch.map_position(self.caret);
    }
}

fn current(state: &Mesa, text: Text) -> &str {
    state.item(text.0).map_or("", |item| item.text(text.1))
}

/// The nearest position at or before a caret that follows a space, or the text's beginning.
fn between_words(text: &str, caret: u32) -> u32 {
    let before: Vec<char> = text.chars().take(caret as usize).collect();
    before
        .iter()
        .rposition(|character| *character == ' ')
        .map_or(0, |place| u32::try_from(place + 1).unwrap_or(0))
}

/// Ten characters that are unique: a decimal digit, which few words begin with, eight scattered
/// digits and a space, so that the rest of one or two of them never reads as a third.
fn marker(run: u64, editor: usize, written: u32) -> String {
    const DIGITS: u32 = EDIT - 2;
    const MANY: u128 = 10 * 36_u128.pow(DIGITS);
    let number = ((run % (1 << 18)) << 26)
        + ((editor as u64 % (1 << 11)) << 15)
        + u64::from(written % (1 << 15));
    // The factor isn't divisible by two, three or five: every number has its own result.
    let mut scattered = u128::from(number) * 61_803_398_874_989 % MANY;
    let mut marker = String::with_capacity(EDIT as usize);
    for base in std::iter::once(10).chain(std::iter::repeat_n(36, DIGITS as usize)) {
        marker.push(
            char::from_digit(u32::try_from(scattered % u128::from(base)).unwrap_or(0), base)
                .unwrap_or('0'),
        );
        scattered /= u128::from(base);
    }
    marker.push(' ');
    marker
}

/// The markers in a text.
pub fn markers(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ').filter(|word| is_marker(word))
}

/// The same with their positions, in scalars.
fn places(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut at = 0;
    let words = text.split_inclusive(' ').map(move |word| {
        let start = at;
        at += scalars(word);
        (start, word)
    });
    words.filter(|(_, word)| is_marker(word))
}

/// Whether a word, with the space after it, is a marker.
pub fn is_marker(word: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    match word.as_bytes() {
        [first, rest @ .., b' '] => {
            word.len() == EDIT as usize && first.is_ascii_digit() && rest.iter().all(is_digit)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{Alias, Event, Exercise, ItemId, ItemKind, MesaNumber, TextField, deliberation};

    use super::*;

    fn mesa(text: &str) -> (Mesa, Text) {
        let item = ItemId(uuid::Uuid::from_u128(1));
        let number = MesaNumber(1);
        let here = Mesa { number, ..Mesa::default() };
        let mut exercise =
            Exercise { mesas: BTreeMap::from([(number, Arc::new(here))]), ..Exercise::default() };
        exercise.apply(&Event::Deliberation(deliberation::Event::ItemAdded {
            mesa: number,
            item,
            alias: Alias(0),
            kind: ItemKind::Commitment,
            parent: None,
            author: None,
        }));
        exercise.patch(item, TextField::Description, &Patch::splice(0, 0, text));
        let state = exercise.mesa(number).map(|mesa| (**mesa).clone()).expect("it is there");
        (state, (item, TextField::Description))
    }

    #[test]
    fn every_edit_writes_ten_characters_and_a_long_text_stays_as_long() {
        for length in [0, 9, 1_499, 1_500, 1_600] {
            let (mut state, text) = mesa(&"ñ".repeat(length));
            let mut editor = Editor::new(1, 7, text, &state);
            let mut before = u32::try_from(length).expect("small");
            let mut stand = 0;
            for _ in 0..400 {
                let (patch, edit) = editor.next(&state);
                assert_eq!(patch.insertions().collect::<Vec<_>>(), [edit.marker.as_str()]);
                state.deliberation.patch(text.0, text.1, &patch);
                let after = scalars(current(&state, text));
                let takes_out = before >= LONG && stand > 0;
                assert_eq!(edit.removed.len(), usize::from(takes_out));
                assert_eq!(after, if takes_out { before } else { before + EDIT });
                stand += usize::from(!takes_out);
                assert_eq!(markers(current(&state, text)).count(), stand);
                assert_eq!(
                    current(&state, text).chars().filter(|character| *character == 'ñ').count(),
                    length
                );
                before = after;
            }
        }
    }

    #[test]
    fn whoever_else_writes_in_the_text_markers_stay_intact() {
        let (start, text) = mesa("agua limpia para las escuelas ");
        let mut sides = [
            (start.clone(), Editor::new(1, 1, text, &start)),
            (start.clone(), Editor::new(1, 2, text, &start)),
        ];
        for _ in 0..500 {
            let [(one, first), (other, second)] = &mut sides;
            let (earlier, late) = (first.next(one).0, second.next(other).0);
            let (earlier_there, late_there) = Patch::transform_pair(&earlier, &late);
            one.deliberation.patch(text.0, text.1, &earlier);
            one.deliberation.patch(text.0, text.1, &late_there);
            first.others(&late_there);
            other.deliberation.patch(text.0, text.1, &late);
            other.deliberation.patch(text.0, text.1, &earlier_there);
            second.others(&earlier_there);
            assert_eq!(one, other);
            let words: String =
                current(one, text).split_inclusive(' ').filter(|word| !is_marker(word)).collect();
            assert_eq!(words, "agua limpia para las escuelas ");
        }
    }

    #[test]
    fn a_text_that_grew_too_long_gets_shorter_again() {
        let (mut state, text) =
            mesa(&(0..200).map(|number| marker(1, 3, number)).collect::<String>());
        let mut editor = Editor::new(1, 7, text, &state);
        let mut shortest = u32::MAX;
        for _ in 0..100 {
            let (patch, edit) = editor.next(&state);
            let before = scalars(current(&state, text));
            state.deliberation.patch(text.0, text.1, &patch);
            let after = current(&state, text);
            assert_eq!(
                scalars(after) + 10 * u32::try_from(edit.removed.len()).expect("few"),
                before + 10
            );
            assert!(
                edit.removed.iter().all(|word| !after.contains(word.as_str()))
                    && after.contains(&edit.marker)
            );
            shortest = shortest.min(scalars(after));
        }
        assert_eq!(shortest, 1_690);
    }

    #[test]
    fn markers_are_told_from_what_else_is_written() {
        let (written, next) = (marker(1, 59, 36), marker(1, 59, 37));
        assert_eq!(written.chars().count(), 10);
        let text = format!("agua limpia {written}x {next}municipio 2026 {written}");
        assert_eq!(markers(&text).collect::<Vec<_>>(), [written.as_str(), &next, &written]);
        assert_eq!(places(&text).map(|(at, _)| at).collect::<Vec<_>>(), [12, 24, 49]);
    }

    #[test]
    fn no_marker_is_written_twice() {
        let all = (0..3).flat_map(|run| {
            (0..60)
                .flat_map(move |editor| (0..100).map(move |written| marker(run, editor, written)))
        });
        let different: std::collections::BTreeSet<_> = all.collect();
        assert_eq!(different.len(), 3 * 60 * 100);
    }
}
