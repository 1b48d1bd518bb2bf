//! The editor of one long text: keeps what the person sees and types apart from what others do to
//! the same text, so that the caret, the composition and the words under the fingers are never
//! touched while typing.

use domain::Patch;
use domain::text::patch::{Step, Tie, scalars};
use domain::text::recover::rewording;

use crate::undo::Undo;

/// The text in an open editor.
///
/// `shown` is what the text area holds, `held` is what others did since that isn't shown yet.
/// `held` applied to `shown` gives the replica's view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorBuffer {
    shown: String,
    held: Patch,
    /// Where in `shown` the others' passages are that were let in, in scalars, oldest first.
    others: Vec<(u32, u32)>,
    /// Where in `shown` the letters are that the person typed in one go, in scalars: what they type
    /// next stays with them.
    run: Option<(u32, u32)>,
    undo: Undo,
}

impl EditorBuffer {
    /// Opens on a text.
    pub fn new(text: &str) -> Self {
        Self {
            shown: text.to_owned(),
            held: Patch::identity(),
            others: Vec::new(),
            run: None,
            undo: Undo::default(),
        }
    }

    /// What the text area holds.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether others changed the text and it isn't shown yet.
    pub fn has_held(&self) -> bool {
        !self.held.is_identity()
    }

    /// The person typed: `value` now stands in the text area, the caret at scalar offset `caret`.
    /// Returns the change to the replica's view, none when nothing changed.
    pub fn typed(&mut self, value: &str, caret: Option<u32>) -> Option<Patch> {
        let patch = difference(&self.shown, value, caret);
        if patch.is_identity() {
            return None;
        }
        self.undo.did(&patch, &self.shown);
        Some(self.change(&patch, value.to_owned()))
    }

    /// Undoes the person's last step (with `again`: redoes the last undone one). Returns the text
    /// area's new content, the patch that led to it (for the caret), and the change to the
    /// replica's view; none when there is no step, or when the text would be longer than `limit`
    /// scalars.
    pub fn undo(&mut self, again: bool, limit: u32) -> Option<(String, Patch, Patch)> {
        let (patch, text) = self.undo.step(&self.shown, again, limit)?;
        let change = self.change(&patch, text.clone());
        Some((text, patch, change))
    }

    /// Whether the person has something to undo.
    pub fn can_undo(&self) -> bool {
        self.undo.has_steps()
    }

    /// The person's own `patch` leads to `text`. Returns the change to the replica's view.
    fn change(&mut self, patch: &Patch, text: String) -> Patch {
        self.move_others(patch);
        let patch = self.go_on(patch);
        let (held, change) = Patch::transform_pair(&self.held, &patch);
        self.held = held;
        self.shown = text;
        change
    }

    /// Someone else changed the replica's view.
    pub fn incoming(&mut self, patch: &Patch) {
        self.held = self.held.compose(patch);
    }

    /// The replica's view was replaced: what `held` doesn't already account for is found by
    /// comparing.
    pub fn replaced(&mut self, view: &str) {
        let known = self.held.apply(&self.shown);
        self.held = match known {
            Ok(known) => self.held.compose(&rewording(&known, view)),
            Err(_) => rewording(&self.shown, view),
        };
    }

    /// Lets others' changes in: the new content of the text area and the patch that led to it (for
    /// the caret).
    pub fn release(&mut self) -> Option<(String, Patch)> {
        if self.held.is_identity() {
            return None;
        }
        let patch = std::mem::take(&mut self.held);
        // It always fits while `held` is kept in step; if it didn't, the text area would stay as it
        // is.
        let text = patch.apply(&self.shown).ok()?;
        text.clone_into(&mut self.shown);
        self.undo.others_did(&patch);
        self.run = self.run.and_then(|run| left_together(run, &patch));
        self.move_others(&patch);
        self.others.extend(insertions(&patch).into_iter().map(|(_, place)| place));
        let surplus = self.others.len().saturating_sub(PASSAGES);
        self.others.drain(..surplus);
        Some((text, patch))
    }

    /// What the text area holds, piece by piece, and whether a piece is another person's. Empty
    /// once the passages were seen.
    pub fn pieces(&self) -> Vec<(String, bool)> {
        let mut pieces: Vec<(String, bool)> = Vec::new();
        if self.others.is_empty() {
            return pieces;
        }
        for (place, character) in (0..).zip(self.shown.chars()) {
            let others = self.others.iter().any(|(start, end)| (*start..*end).contains(&place));
            match pieces.last_mut() {
                Some((piece, of_others)) if *of_others == others => piece.push(character),
                _ => pieces.push((character.to_string(), others)),
            }
        }
        pieces
    }

    /// Others' passages were seen.
    pub fn seen(&mut self) {
        self.others.clear();
    }

    /// Marks what the person's own `patch` inserts in the run or at its ends as belonging to it; an
    /// insertion elsewhere begins a new run. The same goes for what they may undo later.
    fn go_on(&mut self, patch: &Patch) -> Patch {
        let puts_in = insertions(patch);
        let at_run = self
            .run
            .filter(|(start, end)| puts_in.iter().any(|(old, _)| (start..=end).contains(&old)));
        let tied = match at_run {
            Some(run) => patch.tied(|at| place_in(run, at)),
            None => patch.clone(),
        };
        self.run = match (at_run, puts_in.last()) {
            (Some((start, end)), _) => {
                let at_end = puts_in
                    .iter()
                    .find(|(old, _)| *old == end)
                    .map_or(0, |(_, (from, to))| to - from);
                Some((patch.map_position(start), patch.map_position(end) + at_end))
            }
            (None, Some((_, place))) => Some(*place),
            (None, None) => self.run.and_then(|run| left_together(run, patch)),
        };
        if let Some(run) = self.run {
            self.undo.belongs(|at| place_in(run, at));
        }
        tied
    }

    /// Moves the passages with their words; a deleted one is dropped.
    fn move_others(&mut self, patch: &Patch) {
        self.others = self.others.iter().filter_map(|passage| moved(*passage, patch)).collect();
    }
}

/// Most passages that are told apart.
const PASSAGES: usize = 32;

/// Where a passage is after a patch: from the first of its characters that is still there to the
/// last one. What was inserted between them is part of it, what was inserted beside it isn't.
fn moved((start, end): (u32, u32), patch: &Patch) -> Option<(u32, u32)> {
    let (mut old, mut new) = (0, 0);
    let mut place: Option<(u32, u32)> = None;
    let mut keep = |old: u32, new: u32, count: u32| {
        let (from, to) = (start.max(old), end.min(old.saturating_add(count)));
        if from < to {
            let first = place.map_or(new + (from - old), |(first, _)| first);
            place = Some((first, new + (to - old)));
        }
    };
    for step in patch.steps() {
        match step {
            Step::Retain(count) => {
                keep(old, new, *count);
                (old, new) = (old + count, new + count);
            }
            Step::Insert(text, _) => new += scalars(text),
            Step::Delete(count) => old += count,
        }
    }
    // A patch keeps what comes after its last step.
    keep(old, new, u32::MAX - old);
    place
}

/// What belongs to the run when something is inserted at this place; none outside the run.
fn place_in((start, end): (u32, u32), at: u32) -> Option<Tie> {
    match at.checked_sub(start)? {
        0 if end > start => Some(Tie::Before),
        before if at <= end => Some(Tie::after(before)),
        _ => None,
    }
}

/// The part of a run that is still in one piece, directly before its writer's caret, after another
/// person's patch: of a run that somebody wrote into, the part behind that.
fn left_together((start, end): (u32, u32), patch: &Patch) -> Option<(u32, u32)> {
    let within = insertions(patch)
        .into_iter()
        .rev()
        .map(|(old, _)| old)
        .find(|old| (start + 1..end).contains(old));
    moved((within.unwrap_or(start), end), patch)
}

/// Where a patch inserts: the place in the old text, and the start and end of the insertion in the
/// new one.
fn insertions(patch: &Patch) -> Vec<(u32, (u32, u32))> {
    let (mut old, mut new) = (0, 0);
    let mut places = Vec::new();
    for step in patch.steps() {
        match step {
            Step::Retain(count) => (old, new) = (old + count, new + count),
            Step::Insert(text, _) => {
                let end = new + scalars(text);
                places.push((old, (new, end)));
                new = end;
            }
            Step::Delete(count) => old += count,
        }
    }
    places
}

/// The change from one text to another as one splice. The caret, at the end of what was typed,
/// tells which of several equal readings is meant ("aa" typed into "aaa").
pub fn difference(old: &str, new: &str, caret: Option<u32>) -> Patch {
    if old == new {
        return Patch::identity();
    }
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let shorter = old.len().min(new.len());
    // The text after the caret wasn't typed: if both texts agree on it, the common end is at least
    // that long.
    let after_caret =
        caret.map_or(0, |caret| new.len().saturating_sub(caret as usize)).min(shorter);
    let common_end = |limit: usize| {
        old.iter().rev().zip(new.iter().rev()).take(limit).take_while(|(a, b)| a == b).count()
    };
    let kept_end = if common_end(after_caret) == after_caret { after_caret } else { 0 };
    let start = old.iter().zip(&new).take(shorter - kept_end).take_while(|(a, b)| a == b).count();
    let end = common_end(shorter - start);
    let inserted: String = new[start..new.len() - end].iter().collect();
    let removed = u32::try_from(old.len() - start - end).unwrap_or(u32::MAX);
    Patch::splice(u32::try_from(start).unwrap_or(u32::MAX), removed, &inserted)
}

/// A caret in UTF-16 code units, as browsers count, in scalars.
pub fn from_utf16(text: &str, units: u32) -> u32 {
    let mut counted = 0;
    let mut position = 0;
    for character in text.chars() {
        if counted >= units {
            break;
        }
        counted += u32::try_from(character.len_utf16()).unwrap_or(2);
        position += 1;
    }
    position
}

/// A caret in scalars in UTF-16 code units.
pub fn to_utf16(text: &str, position: u32) -> u32 {
    text.chars().take(position as usize).map(|c| u32::try_from(c.len_utf16()).unwrap_or(2)).sum()
}

/// Number of scalars, as limits count.
pub fn length(text: &str) -> u32 {
    scalars(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_while_others_write_keeps_both_and_moves_nothing() {
        let mut editor = EditorBuffer::new("agua limpia");
        editor.incoming(&Patch::splice(0, 0, "El "));
        assert_eq!(editor.typed("agua muy limpia", Some(9)), Some(Patch::splice(8, 0, "muy ")));
        assert_eq!(editor.shown(), "agua muy limpia");
        let (text, patch) = editor.release().expect("held");
        assert_eq!(text, "El agua muy limpia");
        assert_eq!(patch.map_position(9), 12);
    }

    #[test]
    fn another_s_passage_is_told_apart_until_it_was_seen_and_stays_with_its_words() {
        let mut editor = EditorBuffer::new("agua limpia");
        assert!(editor.pieces().is_empty());
        editor.incoming(&Patch::splice(4, 0, " muy"));
        editor.release();
        let pieces = |editor: &EditorBuffer| {
            editor
                .pieces()
                .into_iter()
                .map(|(text, others)| if others { format!("[{text}]") } else { text })
                .collect::<String>()
        };
        assert_eq!(pieces(&editor), "agua[ muy] limpia");
        // Typed before, within and behind it.
        editor.typed("El agua muy limpia", Some(3));
        assert_eq!(pieces(&editor), "El agua[ muy] limpia");
        editor.typed("El agua muy y limpia", Some(13));
        assert_eq!(pieces(&editor), "El agua[ muy] y limpia");
        editor.typed("El agua mucuy y limpia", Some(12));
        assert_eq!(pieces(&editor), "El agua[ mucuy] y limpia");
        editor.incoming(&Patch::splice(0, 3, ""));
        editor.incoming(&Patch::splice(12, 0, "!"));
        editor.release();
        assert_eq!(pieces(&editor), "agua[ mucuy] y[!] limpia");
        // Deleted with what is around it.
        editor.typed("agua! limpia", Some(4));
        assert_eq!(pieces(&editor), "agua[!] limpia");
        editor.seen();
        assert!(editor.pieces().is_empty());
    }

    #[test]
    fn the_caret_tells_which_letter_was_typed() {
        assert_eq!(difference("aaa", "aaaa", Some(1)), Patch::splice(0, 0, "a"));
        assert_eq!(difference("aaa", "aaaa", Some(4)), Patch::splice(3, 0, "a"));
        assert_eq!(difference("uno dos", "uno tres", None), Patch::splice(4, 2, "tre"));
    }

    #[test]
    fn carets_count_in_both_units() {
        let text = "a👩🏽b";
        assert_eq!(from_utf16(text, 5), 3);
        assert_eq!(to_utf16(text, 3), 5);
        assert_eq!(from_utf16(text, 99), 4);
    }
}
