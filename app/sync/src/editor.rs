//! The editor of one long text: keeps what the person sees and types apart from what others do to the same text, so that the
//! caret, the composition and the words under the fingers are never touched while typing.

use domain::Patch;
use domain::patch::scalars;

/// The text in an open editor.
///
/// `shown` is what stands in the text area; `held` what others did since, not yet let in. `held` applied to `shown` is what
/// the replica's view says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorBuffer {
    shown: String,
    held: Patch,
}

impl EditorBuffer {
    /// Opens on a text.
    pub fn new(text: &str) -> Self {
        Self { shown: text.to_owned(), held: Patch::identity() }
    }

    /// What stands in the text area.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether others changed the text and it isn't let in yet.
    pub fn has_held(&self) -> bool {
        !self.held.is_identity()
    }

    /// The person typed: `value` now stands in the text area, the caret at scalar offset `caret`. Returns the change to the
    /// replica's view, none when nothing changed.
    pub fn typed(&mut self, value: &str, caret: Option<u32>) -> Option<Patch> {
        let patch = difference(&self.shown, value, caret);
        if patch.is_identity() {
            return None;
        }
        let (held, patch) = Patch::transform_pair(&self.held, &patch);
        self.held = held;
        value.clone_into(&mut self.shown);
        Some(patch)
    }

    /// Someone else changed the replica's view.
    pub fn incoming(&mut self, patch: &Patch) {
        self.held = self.held.compose(patch);
    }

    /// The replica's view was replaced as a whole.
    pub fn replaced(&mut self, view: &str) {
        self.held = difference(&self.shown, view, None);
    }

    /// Lets others' changes in: the new content of the text area and the patch that led to it (for the caret).
    pub fn release(&mut self) -> Option<(String, Patch)> {
        if self.held.is_identity() {
            return None;
        }
        let patch = std::mem::take(&mut self.held);
        // What doesn't fit can't happen while `held` is kept in step; the text area stays as it is then.
        let text = patch.apply(&self.shown).ok()?;
        text.clone_into(&mut self.shown);
        Some((text, patch))
    }
}

/// The change from one text to another as one splice; the caret, which stands at the end of what was typed, tells which of
/// several equal readings is meant ("aa" typed into "aaa").
pub fn difference(old: &str, new: &str, caret: Option<u32>) -> Patch {
    if old == new {
        return Patch::identity();
    }
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let shorter = old.len().min(new.len());
    // The text after the caret wasn't typed: it bounds the common end from below, if the texts agree on it.
    let after_caret = caret.map_or(0, |caret| new.len().saturating_sub(caret as usize)).min(shorter);
    let common_end = |limit: usize| old.iter().rev().zip(new.iter().rev()).take(limit).take_while(|(a, b)| a == b).count();
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
