//! What a version says otherwise than the one before it, word by word, for the people who agreed to
//! that one.

use std::collections::BTreeMap;

use app::text::{field, name};
use domain::agreement::{Change, Fate, Piece};
use domain::codes::Parsed;
use domain::deliberation::choice::{Category, Component};
use domain::{ItemId, ItemKind, TextField};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

/// Words of what stayed that are shown on each side of a change.
const AROUND: usize = 12;

/// Compares the commitments of an earlier version's canonical text with later ones. What is new has
/// nothing to be compared with.
pub(super) fn changes(before: &str, after: &[Value]) -> Vec<Change> {
    let before: Value = serde_json::from_str(before).unwrap_or_default();
    let earlier: BTreeMap<&str, &Value> = before["commitments"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|commitment| Some((commitment["id"].as_str()?, commitment)))
        .collect();
    let changed = |commitment: &Value| {
        let id = commitment["id"].as_str()?;
        let pieces = compared(&lines(earlier.get(id)?), &lines(commitment));
        let commitment: ItemId = id.parse().ok()?;
        (!pieces.is_empty()).then_some(Change { commitment, pieces })
    };
    after.iter().filter_map(changed).collect()
}

/// A field with its words: a key by which it is found in the other version, its label, what it says.
type Line = (String, String, String);

/// The fields of a commitment in the order of its sheet.
fn lines(commitment: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |label: &str, says: String| {
        lines.push((label.to_owned(), label.to_owned(), says));
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for text in TextField::of(ItemKind::Commitment) {
        let label = field::long(*text, ItemKind::Commitment);
        let says = match text {
            TextField::Indicator => &commitment["indicator"]["what"],
            other => &commitment[domain::codes::Coded::code(other)],
        };
        line(label, word(says));
    }
    let category = Category::parse(&word(&commitment["category"])).map(name::category);
    line(field::CATEGORY, category.unwrap_or_default().to_owned());
    for (label, key) in [
        (field::UNIT, "unit"),
        (field::BASELINE, "baseline"),
        (field::TARGET, "target"),
        (field::PERIOD, "period"),
    ] {
        line(label, word(&commitment["indicator"][key]));
    }
    let listed = commitment["components"].as_array().into_iter().flatten();
    let components =
        listed.filter_map(|code| Component::parse(code.as_str()?)).map(name::component);
    line(field::COMPONENTS, components.collect::<Vec<_>>().join(", "));
    line(field::AXIS, word(&commitment["axis"]["name"]));
    line(field::LEAD, word(&commitment["lead"]["name"]));
    line(field::COUNTERPART, word(&commitment["civil_counterpart"]["name"]));
    line(field::STARTS, day(&commitment["starts"]));
    line(field::ENDS, day(&commitment["ends"]));
    line(field::FEASIBILITY, word(&commitment["feasibility_note"]));
    for activity in commitment["activities"].as_array().into_iter().flatten() {
        let parts = [
            word(&activity["title"]),
            word(&activity["deliverable"]),
            word(&activity["lead"]["name"]),
            word(&activity["responsible_post"]),
            day(&activity["starts"]),
            day(&activity["due_date"]),
        ];
        let says: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let label = format!("{} {}", name::kind(ItemKind::Activity), activity["number"]);
        lines.push((word(&activity["id"]), label, says.join(" · ")));
    }
    lines
}

/// A day as people read it.
fn day(value: &Value) -> String {
    let parts: Vec<_> = value.as_str().unwrap_or_default().split('-').rev().collect();
    parts.join("/")
}

/// The fields that differ, each after its name.
fn compared(before: &[Line], after: &[Line]) -> Vec<Piece> {
    let says = |lines: &[Line], key: &str| {
        lines.iter().find(|(other, ..)| other == key).map(|(_, _, says)| says.clone())
    };
    let gone = before.iter().filter(|(key, ..)| !after.iter().any(|(other, ..)| other == key));
    let mut pieces = Vec::new();
    for (key, label, _) in after.iter().chain(gone) {
        let (before, after) = (says(before, key), says(after, key));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        if before != after {
            pieces.push(Piece { fate: Fate::Field, words: label.clone() });
            pieces.extend(words(&before, &after));
        }
    }
    pieces
}

/// Two wordings, word by word.
fn words(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let fate = match change.tag() {
            ChangeTag::Equal => Fate::Kept,
            ChangeTag::Delete => Fate::Taken,
            ChangeTag::Insert => Fate::Put,
        };
        match pieces.last_mut().filter(|last| last.fate == fate) {
            Some(last) => last.words.push_str(change.value()),
            None => pieces.push(Piece { fate, words: change.value().to_owned() }),
        }
    }
    let last = pieces.len().saturating_sub(1);
    for (place, piece) in pieces.iter_mut().enumerate() {
        if piece.fate == Fate::Kept {
            piece.words = shortened(&piece.words, place > 0, place < last);
        }
    }
    pieces
}

/// What stayed, as far as it is needed to read what changed before and after it.
fn shortened(kept: &str, after_a_change: bool, before_a_change: bool) -> String {
    let words: Vec<&str> = kept.split_inclusive(char::is_whitespace).collect();
    let head = if after_a_change { AROUND } else { 0 };
    let tail = if before_a_change { AROUND } else { 0 };
    if words.len() <= head + tail + 1 {
        return kept.to_owned();
    }
    let (first, last) = (words[..head].concat(), words[words.len() - tail..].concat());
    format!("{first}… {last}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(pieces: &[Piece]) -> String {
        let sign = |piece: &Piece| match piece.fate {
            Fate::Kept => piece.words.clone(),
            Fate::Taken => format!("[-{}-]", piece.words),
            Fate::Put => format!("[+{}+]", piece.words),
            Fate::Field => format!("<{}>", piece.words),
        };
        pieces.iter().map(sign).collect()
    }

    fn commitment(objective: &str, due: &str) -> Value {
        json!({
            "id": "00000000-0000-0000-0000-000000000001",
            "objective": objective,
            "activities": [{
                "id": "00000000-0000-0000-0000-000000000002",
                "number": 1,
                "title": "Directorio único",
                "due_date": due,
            }],
        })
    }

    #[test]
    fn a_changed_number_is_shown_among_its_words() {
        let before =
            json!({ "commitments": [commitment("Sin reincidencia a 30 días", "2026-12-18")] });
        let after = [commitment("Sin reincidencia a 60 días", "2026-12-18")];
        let changes = changes(&before.to_string(), &after);
        assert_eq!(changes.len(), 1);
        assert_eq!(said(&changes[0].pieces), "<Objetivo>Sin reincidencia a [-30-][+60+] días");
    }

    #[test]
    fn a_moved_date_is_shown_with_its_activity() {
        let before = json!({ "commitments": [commitment("", "2026-12-18")] });
        let changes = changes(&before.to_string(), &[commitment("", "2027-01-18")]);
        assert_eq!(
            said(&changes[0].pieces),
            "<Actividad 1>Directorio único · [-18/12/2026-][+18/01/2027+]"
        );
    }

    #[test]
    fn what_is_the_same_or_new_has_no_change() {
        let before = json!({ "commitments": [commitment("Igual", "2026-12-18")] });
        assert_eq!(changes(&before.to_string(), &[commitment("Igual", "2026-12-18")]), []);
        assert_eq!(changes("{}", &[commitment("Nuevo", "2026-12-18")]), []);
    }

    #[test]
    fn long_texts_keep_only_the_words_around_a_change() {
        let many = "palabra ".repeat(80);
        let pieces = words(&format!("{many}treinta {many}"), &format!("{many}sesenta {many}"));
        assert!(said(&pieces).split_whitespace().count() < 2 * AROUND + 8, "{pieces:?}");
    }
}
