//! Redacting a phrase from the record for good: finds which characters of which events were ever
//! part of it, and replaces them by filler of the same length, so that all later patches still
//! apply.

mod phrase;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::deliberation;
use crate::text::free::Part;
use crate::{Event, ItemId, Patch, Seq, TextField};

pub use phrase::{Decompose, Phrase};

/// The filler for a redacted character.
pub const FILLER: char = '█';

/// Whether something of a text was redacted, going by all its patches.
pub fn was_redacted<'a>(patches: impl IntoIterator<Item = &'a Patch>) -> bool {
    patches.into_iter().flat_map(Patch::insertions).any(|text| text.contains(FILLER))
}

/// Whether a text is what another one was before something of it was redacted.
pub fn is_redacted_form(text: &str, of: &str) -> bool {
    let (mut characters, mut others) = (text.chars(), of.chars());
    loop {
        match (characters.next(), others.next()) {
            (None, None) => return true,
            (Some(character), Some(other)) if character == other || character == FILLER => {}
            _ => return false,
        }
    }
}

/// A character and its origin: the event, and its place among what that patch inserted.
#[derive(Clone, Copy, Debug)]
struct Cell {
    character: char,
    seq: Seq,
    place: u32,
}

/// Follows the events of a stream, and finds a phrase wherever it ever was: in long texts, also
/// where several patches made it, and in whatever else somebody typed.
#[derive(Debug)]
pub struct Trail {
    phrase: Phrase,
    texts: BTreeMap<(ItemId, TextField), Vec<Cell>>,
    /// Of each patch that inserted some of the phrase, which characters.
    found: BTreeMap<Seq, BTreeSet<u32>>,
    /// The other events that have it.
    said: BTreeSet<Seq>,
    parts: BTreeMap<Part, usize>,
}

impl Trail {
    /// Looks for a phrase, in any spelling ([`Phrase`]). An empty one is never found.
    pub fn new(phrase: &str, decompose: Decompose) -> Self {
        Self {
            phrase: Phrase::new(phrase, decompose),
            texts: BTreeMap::new(),
            found: BTreeMap::new(),
            said: BTreeSet::new(),
            parts: BTreeMap::new(),
        }
    }

    /// The next event of the stream.
    pub fn follow(&mut self, seq: Seq, event: &Event) {
        let Event::Deliberation(deliberation::Event::TextPatched { item, field, patch }) = event
        else {
            self.look_into(seq, event);
            return;
        };
        let cells = self.texts.entry((*item, *field)).or_default();
        let mut place = 0;
        patch.splice_into(cells, |character| {
            place += 1;
            Cell { character, seq, place: place - 1 }
        });
        for found in self.phrase.places(cells.iter().map(|cell| cell.character)) {
            for cell in &cells[found] {
                self.found.entry(cell.seq).or_default().insert(cell.place);
            }
        }
    }

    fn look_into(&mut self, seq: Seq, event: &Event) {
        let mut has = BTreeSet::new();
        event.clone().free_texts(&mut |part, text| {
            if self.phrase.stands_in(text.said()) {
                has.insert(part);
            }
        });
        for part in has {
            *self.parts.entry(part).or_default() += 1;
            if !part.stays() {
                self.said.insert(seq);
            }
        }
    }

    /// The redacted form of an event that has some of the phrase; none for any other event.
    pub fn filled(&self, seq: Seq, event: &Event) -> Option<Event> {
        let mut event = event.clone();
        if let Event::Deliberation(deliberation::Event::TextPatched { patch, .. }) = &mut event {
            let places = self.found.get(&seq)?;
            let mut place = 0;
            *patch = patch.map_insertions(|character| {
                place += 1;
                if places.contains(&(place - 1)) { FILLER } else { character }
            });
            return Some(event);
        }
        if !self.said.contains(&seq) {
            return None;
        }
        event.free_texts(&mut |part, text| {
            let places = self.phrase.places(text.said().chars());
            if !part.stays() {
                text.fill(&|place| {
                    places.iter().any(|found: &Range<usize>| found.contains(&place))
                });
            }
        });
        Some(event)
    }

    /// The events to be redacted, in order.
    pub fn events(&self) -> impl Iterator<Item = Seq> {
        let all: BTreeSet<Seq> = self.found.keys().chain(&self.said).copied().collect();
        all.into_iter()
    }

    /// In how many events the phrase stands apart from long texts, by what it is part of; also
    /// where it stays ([`Part::stays`]).
    pub fn parts(&self) -> &BTreeMap<Part, usize> {
        &self.parts
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
            fold(&mut after, &trail.filled(seq, event).unwrap_or_else(|| event.clone()));
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
    fn what_was_passed_over_is_filled_with_the_phrase() {
        let history = [
            patched(Patch::splice(0, 0, "en Calle\u{A0}\n Lu\u{200D}na  8, dicen")),
            patched(Patch::splice(5, 0, "\u{2060}")),
        ];
        let (before, after, _) = redacted(&history, "calle luna 8");
        assert_eq!(before, "en Ca\u{2060}lle\u{A0}\n Lu\u{200D}na  8, dicen");
        assert_eq!(after, "en █████████████████, dicen");
        assert_eq!(before.chars().count(), after.chars().count());
    }

    #[test]
    fn a_text_is_known_by_what_wasn_t_redacted() {
        let before = "Vive en Calle Luna 8";
        for (text, same) in [
            ("Vive en ████████████", true),
            (before, true),
            ("Vivía en ████████████", false),
            ("Vive en ███████████", false),
            ("Vive en Calle Luna 8.", false),
        ] {
            assert_eq!(is_redacted_form(text, before), same, "{text}");
        }
        assert!(!is_redacted_form(before, "Vive en ████████████"));
        let patches = [Patch::splice(0, 0, "no██"), Patch::splice(2, 2, "")];
        assert!(was_redacted(&patches) && !was_redacted(&patches[1..]));
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
