//! Undo in an open editor: it removes the person's own letters and nothing else, whatever others
//! did to the same text before, in between and afterwards.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use domain::Patch;
use domain::text::patch::Step;
use sync::EditorBuffer;

/// An editor, and the view behind it as the replica keeps it.
struct Page {
    editor: EditorBuffer,
    view: String,
}

impl Page {
    fn new(text: &str) -> Self {
        Self { editor: EditorBuffer::new(text), view: text.to_owned() }
    }

    fn types(&mut self, patch: &Patch) {
        let value = patch.apply(self.editor.shown()).unwrap();
        let caret = patch.steps().iter().fold(0, |at, step| match step {
            Step::Retain(count) => at + count,
            Step::Insert(text, _) => at + u32::try_from(text.chars().count()).unwrap(),
            Step::Delete(_) => at,
        });
        if let Some(change) = self.editor.typed(&value, Some(caret)) {
            self.view = change.apply(&self.view).unwrap();
        }
    }

    fn says(&mut self, at: u32, text: &str) {
        for (place, letter) in (at..).zip(text.chars()) {
            self.types(&Patch::splice(place, 0, &letter.to_string()));
        }
    }

    fn others(&mut self, patch: &Patch) {
        self.view = patch.apply(&self.view).unwrap();
        self.editor.incoming(patch);
    }

    fn lets_in(&mut self) {
        let _ = self.editor.release();
        assert_eq!(self.editor.shown(), self.view);
    }

    fn undo(&mut self, again: bool) -> bool {
        let Some((text, patch, change)) = self.editor.undo(again, 4_000) else { return false };
        assert_eq!(self.editor.shown(), text);
        assert!(!patch.is_identity());
        self.view = change.apply(&self.view).unwrap();
        true
    }
}

#[test]
fn words_are_taken_back_one_by_one_and_done_again() {
    let mut page = Page::new("");
    assert!(!page.editor.can_undo());
    page.says(0, "agua muy limpia");
    let mut seen = Vec::new();
    while page.undo(false) {
        seen.push(page.view.clone());
    }
    assert_eq!(seen, ["agua muy", "agua", ""]);
    assert!(!page.editor.can_undo());
    assert!(page.undo(true) && page.undo(true));
    assert_eq!(page.view, "agua muy");
    // Something else was typed: redo isn't possible any more.
    page.says(8, "!");
    assert!(!page.undo(true));
    assert_eq!(page.view, "agua muy!");
}

#[test]
fn a_word_that_was_deleted_letter_by_letter_comes_back_at_once() {
    let mut page = Page::new("agua limpia");
    for place in (4..11).rev() {
        page.types(&Patch::splice(place, 1, ""));
    }
    assert_eq!(page.view, "agua");
    assert!(page.undo(false));
    assert_eq!(page.view, "agua limpia");
    // Deleting forwards too.
    (0..5).for_each(|_| page.types(&Patch::splice(0, 1, "")));
    assert_eq!(page.view, "limpia");
    assert!(page.undo(false));
    assert_eq!(page.view, "agua limpia");
}

#[test]
fn only_the_person_s_own_changes_are_taken_back_after_others_wrote_in_the_same_text() {
    let mut page = Page::new("agua limpia");
    page.says(4, " muy");
    page.others(&Patch::splice(0, 0, "El "));
    // After it, while another's change is held back.
    page.says(15, "!");
    page.lets_in();
    assert_eq!(page.view, "El agua muy limpia!");
    // Inside the person's own word.
    page.others(&Patch::splice(9, 0, "ch"));
    page.lets_in();
    assert_eq!(page.view, "El agua mchuy limpia!");
    assert!(page.undo(false));
    assert_eq!(page.view, "El agua mchuy limpia");
    assert!(page.undo(false));
    assert_eq!(page.view, "El aguach limpia");
    assert!(!page.undo(false));
    assert!(page.undo(true) && page.undo(true));
    assert_eq!(page.view, "El agua mchuy limpia!");
}

#[test]
fn what_others_deleted_is_no_step() {
    let mut page = Page::new("agua");
    page.says(4, " limpia");
    page.others(&Patch::splice(4, 7, ""));
    page.lets_in();
    assert!(!page.editor.can_undo() && !page.undo(false));
    assert_eq!(page.view, "agua");
}

#[test]
fn what_has_no_room_any_more_is_not_taken_back_and_stays_a_step() {
    let mut page = Page::new("agua limpia");
    page.types(&Patch::splice(4, 7, ""));
    page.others(&Patch::splice(4, 0, " potable"));
    page.lets_in();
    assert!(page.editor.undo(false, 15).is_none());
    assert_eq!((page.editor.shown(), page.editor.can_undo()), ("agua potable", true));
    assert!(page.undo(false));
    assert_eq!(page.view, "agua potable limpia");
}

/// Sixty steps of any kind: once everything is undone, none of the person's letters is left, every
/// letter of others that they didn't delete is there, and none twice; redone, the text is what it
/// was.
#[test]
fn everything_can_be_taken_back_whatever_others_do() {
    for seed in 0..3_000_u64 {
        let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut below = |limit: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            u32::try_from(random % (limit as u64 + 1)).unwrap()
        };
        let mut page = Page::new("agua limpia para la colonia");
        let mut next = 0x4E00_u32;
        let (mut own, mut theirs) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..60 {
            let is_own = below(2) > 0;
            let text = if is_own { page.editor.shown() } else { &page.view };
            let length = text.chars().count();
            let at = below(length);
            let removed = if below(2) == 0 { below((length - at as usize).min(4)) } else { 0 };
            let inserted: String = (0..below(3))
                .filter_map(|_| {
                    next += 1;
                    char::from_u32(next)
                })
                .collect();
            let patch = Patch::splice(at, removed, &inserted);
            if patch.is_identity() {
                page.lets_in();
            } else if is_own {
                page.types(&patch);
                own.extend(inserted.chars());
            } else {
                for gone in page.view.chars().skip(at as usize).take(removed as usize) {
                    theirs.remove(&gone);
                }
                page.others(&patch);
                theirs.extend(inserted.chars());
            }
            if below(9) == 0 {
                page.undo(below(1) == 0);
            }
        }
        page.lets_in();
        let before = page.view.clone();
        let mut steps = 0;
        while page.undo(false) {
            steps += 1;
        }
        let letters: Vec<char> = page.view.chars().filter(|letter| *letter > '\u{4E00}').collect();
        let once: BTreeSet<char> = letters.iter().copied().collect();
        assert_eq!(letters.len(), once.len(), "seed {seed}: {}", page.view);
        assert!(once.is_disjoint(&own), "seed {seed}: {}", page.view);
        assert!(theirs.is_subset(&once), "seed {seed}: {}", page.view);
        (0..steps).for_each(|_| assert!(page.undo(true), "seed {seed}"));
        assert_eq!(page.view, before, "seed {seed}");
    }
}
