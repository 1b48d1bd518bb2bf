//! Redacting a phrase from the record for good: finds which characters of which patches were ever
//! part of it, and replaces them by filler of the same length, so that all later patches still
//! apply.

use crate::deliberation;
use std::collections::{BTreeMap, BTreeSet};

use crate::{Event, ItemId, Patch, Seq, TextField};

/// The filler for a redacted character.
pub const FILLER: char = '█';

/// A character and its origin: the event, and its place among what that patch inserted.
#[derive(Clone, Copy, Debug)]
struct Cell {
    character: char,
    seq: Seq,
    place: u32,
}

/// Decomposes a character (NFD), so that é is found whether it was typed as one character or as
/// two.
pub type Decompose = fn(char, &mut dyn FnMut(char));

/// Follows the texts of a stream, event by event, and finds a phrase wherever it ever was.
#[derive(Debug)]
pub struct Trail {
    phrase: Vec<char>,
    decompose: Decompose,
    texts: BTreeMap<(ItemId, TextField), Vec<Cell>>,
    found: BTreeMap<Seq, BTreeSet<u32>>,
}

impl Trail {
    /// Looks for a phrase, in any capitalisation. An empty one is never found.
    pub fn new(phrase: &str, decompose: Decompose) -> Self {
        let mut parts = Vec::new();
        phrase
            .chars()
            .for_each(|character| decompose(character, &mut |part| parts.push(folded(part))));
        Self { phrase: parts, decompose, texts: BTreeMap::new(), found: BTreeMap::new() }
    }

    /// The next event of the stream.
    pub fn follow(&mut self, seq: Seq, event: &Event) {
        let Event::Deliberation(deliberation::Event::TextPatched { item, field, patch }) = event
        else {
            return;
        };
        let cells = self.texts.entry((*item, *field)).or_default();
        let mut place = 0;
        patch.splice_into(cells, |character| {
            place += 1;
            Cell { character, seq, place: place - 1 }
        });
        if self.phrase.is_empty() {
            return;
        }
        let mut parts: Vec<(char, &Cell)> = Vec::with_capacity(cells.len());
        for cell in cells.iter() {
            (self.decompose)(cell.character, &mut |part| parts.push((folded(part), cell)));
        }
        for (start, here) in parts.windows(self.phrase.len()).enumerate() {
            // "papa" isn't "papá".
            let goes_on = parts.get(start + here.len()).is_some_and(|(part, _)| is_mark(*part));
            if !goes_on && here.iter().zip(&self.phrase).all(|((part, _), wanted)| part == wanted) {
                for (_, cell) in here {
                    self.found.entry(cell.seq).or_default().insert(cell.place);
                }
            }
        }
    }

    /// The redacted patch of an event that inserted some of the phrase; none for any other event.
    pub fn filled(&self, seq: Seq, patch: &Patch) -> Option<Patch> {
        let places = self.found.get(&seq)?;
        let mut place = 0;
        Some(patch.map_insertions(|character| {
            place += 1;
            if places.contains(&(place - 1)) { FILLER } else { character }
        }))
    }

    /// The events to be redacted.
    pub fn events(&self) -> impl Iterator<Item = Seq> {
        self.found.keys().copied()
    }

    /// The patches that redact the present texts, for those who follow the stream.
    pub fn remaining(&self) -> Vec<(ItemId, TextField, Patch)> {
        let mut remaining = Vec::new();
        for ((item, field), cells) in &self.texts {
            let mut patch = Patch::identity();
            for (at, cell) in (0_u32..).zip(cells) {
                if self.found.get(&cell.seq).is_some_and(|places| places.contains(&cell.place)) {
                    patch = patch.compose(&Patch::splice(at, 1, &FILLER.to_string()));
                }
            }
            if !patch.is_identity() {
                remaining.push((*item, *field, patch));
            }
        }
        remaining
    }
}

fn folded(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

/// Whether a character is a combining mark.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mesa;
    use crate::deliberation::choice::ItemKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ITEM: ItemId = ItemId(Uuid::from_u128(1));
    const FIELD: TextField = TextField::Statement;

    fn patched(patch: Patch) -> Event {
        Event::Deliberation(deliberation::Event::TextPatched { item: ITEM, field: FIELD, patch })
    }

    fn in_parts(character: char, part: &mut dyn FnMut(char)) {
        if character == 'é' {
            "e\u{301}".chars().for_each(part);
        } else {
            part(character);
        }
    }

    fn fold(mesa: &mut Mesa, event: &Event) {
        if let Event::Deliberation(event) = event {
            mesa.apply_deliberation(event);
        }
    }

    /// The text that a history gives, and the same after redaction.
    fn redacted(history: &[Event], phrase: &str) -> (String, String, bool) {
        let mut trail = Trail::new(phrase, in_parts);
        let mut before = Mesa::default();
        let added = Event::Deliberation(deliberation::Event::ItemAdded {
            mesa: crate::MesaNumber(1),
            item: ITEM,
            alias: crate::Alias(0),
            kind: ItemKind::Problem,
            parent: None,
            author: None,
        });
        fold(&mut before, &added);
        let mut after = before.clone();
        for (seq, event) in (1..).zip(history) {
            trail.follow(seq, event);
            fold(&mut before, event);
        }
        let mut somewhere = false;
        for (seq, event) in (1..).zip(history) {
            let Event::Deliberation(deliberation::Event::TextPatched { patch, .. }) = event else {
                continue;
            };
            fold(&mut after, &patched(trail.filled(seq, patch).unwrap_or_else(|| patch.clone())));
            somewhere |= after.deliberation.items[&ITEM].text(FIELD).contains(phrase);
        }
        let mut live = before.clone();
        for (item, field, patch) in trail.remaining() {
            live.deliberation.patch(item, field, &patch);
            after.deliberation.patch(item, field, &patch);
        }
        assert_eq!(
            live.deliberation.items[&ITEM].text(FIELD),
            after.deliberation.items[&ITEM].text(FIELD),
            "who follows and who reads the log see the same"
        );
        (
            before.deliberation.items[&ITEM].text(FIELD).to_owned(),
            after.deliberation.items[&ITEM].text(FIELD).to_owned(),
            somewhere,
        )
    }

    #[test]
    fn a_phrase_typed_by_two_people_is_out_of_every_moment() {
        let history = [
            patched(Patch::splice(0, 0, "Vive en Calle  8, casa azul")),
            patched(Patch::splice(14, 0, "Luna")),
            patched(Patch::splice(0, 4, "Vivía")),
        ];
        let (before, after, somewhere) = redacted(&history, "calle luna 8");
        assert_eq!(before, "Vivía en Calle Luna 8, casa azul");
        assert_eq!(after, "Vivía en ████████████, casa azul");
        assert!(!somewhere);
    }

    #[test]
    fn a_name_is_found_however_its_accent_was_typed() {
        for (written, phrase) in [
            ("dijo José ayer", "jose\u{301}"),
            ("dijo Jose\u{301} ayer", "JosÉ".to_lowercase().as_str()),
        ] {
            let (_, after, somewhere) = redacted(&[patched(Patch::splice(0, 0, written))], phrase);
            assert!(
                after.starts_with("dijo █") && after.ends_with("█ ayer") && !somewhere,
                "{after}"
            );
        }
        // The accent is typed separately, by somebody else.
        let history = [
            patched(Patch::splice(0, 0, "Jose vive aquí")),
            patched(Patch::splice(4, 0, "\u{301}")),
        ];
        assert_eq!(redacted(&history, "josé").1, "█████ vive aquí");
        assert_eq!(
            redacted(&[patched(Patch::splice(0, 0, "José y jose\u{301}, no Jose"))], "jose").1,
            "José y jose\u{301}, no ████"
        );
    }

    #[test]
    fn what_stood_only_for_a_while_is_out_too() {
        let history =
            [patched(Patch::splice(0, 0, "ratero, dijo")), patched(Patch::splice(0, 6, "señor"))];
        let (before, after, somewhere) = redacted(&history, "ratero");
        assert_eq!(
            (before.as_str(), after.as_str(), somewhere),
            ("señor, dijo", "señor, dijo", false)
        );
    }

    proptest! {
        #[test]
        fn later_patches_still_apply_and_the_phrase_stands_nowhere(
            edits in prop::collection::vec((0_u32..12, 0_u32..3, "[abc]{0,3}"), 1..20),
            phrase in "[abc]{1,3}",
        ) {
            let mut length = 0_u32;
            let mut history = Vec::new();
            for (at, removed, inserted) in edits {
                let at = at.min(length);
                let removed = removed.min(length - at);
                length = length - removed + u32::try_from(inserted.len()).unwrap();
                history.push(patched(Patch::splice(at, removed, &inserted)));
            }
            let (before, after, somewhere) = redacted(&history, &phrase);
            prop_assert_eq!(before.chars().count(), after.chars().count());
            prop_assert!(!somewhere && !after.contains(&phrase));
            for (old, new) in before.chars().zip(after.chars()) {
                prop_assert!(old == new || new == FILLER);
            }
        }
    }
}
