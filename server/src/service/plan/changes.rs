//! What a version says otherwise than the one before it, word by word, for the people who agreed to
//! that one.

use std::collections::BTreeMap;

use app::page::form::Field;
use app::text::{agreement, field, form, name};
use domain::agreement::{Became, Change, Fate, Piece, State, Version};
use domain::codes::{Coded, Parsed};
use domain::deliberation::choice::{Category, Component};
use domain::{ItemId, ItemKind, TextField};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

/// Words of what stayed that are shown on each side of a change.
const AROUND: usize = 12;

/// The sections in the order of the document, by their keys in the canonical text.
const SECTIONS: [(&str, Field); 7] = [
    ("context", Field::Context),
    ("how_it_was_made", Field::HowItWasMade),
    ("legal_framework", Field::LegalFramework),
    ("definitions", Field::Definitions),
    ("strategic_objective", Field::StrategicObjective),
    ("specific_objectives", Field::SpecificObjectives),
    ("measurement", Field::Measurement),
];

/// Compares the sections of an earlier version's canonical text with later ones: what is new is put
/// in, what is gone taken out.
pub(super) fn sections(before: &Value, after: &Value) -> Vec<Piece> {
    compared(&section_lines(&before["sections"]), &section_lines(after))
}

fn section_lines(sections: &Value) -> Vec<Line> {
    let entry = |entry: &Value| match entry {
        Value::String(entry) => entry.clone(),
        definition => {
            let part = |key: &str| definition[key].as_str().unwrap_or_default().to_owned();
            format!("{}: {}", part("term"), part("meaning"))
        }
    };
    let line = |(key, field): (&str, Field)| {
        let says = match &sections[key] {
            Value::Array(entries) => entries.iter().map(entry).collect::<Vec<_>>().join(" · "),
            text => text.as_str().unwrap_or_default().to_owned(),
        };
        (key.to_owned(), form::label(field), says)
    };
    SECTIONS.map(line).into()
}

/// Compares the commitments of an earlier version's canonical text with later ones, and with the
/// problems that those name. What is new has nothing to be compared with.
pub(super) fn changes(before: &Value, after: &[Value], problems: &Value) -> Vec<Change> {
    let earlier: BTreeMap<&str, &Value> = before["commitments"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|commitment| Some((commitment["id"].as_str()?, commitment)))
        .collect();
    let changed = |commitment: &Value| {
        let id = commitment["id"].as_str()?;
        let earlier = lines(earlier.get(id)?, &before["problems"]);
        let pieces = compared(&earlier, &lines(commitment, problems));
        let commitment: ItemId = id.parse().ok()?;
        (!pieces.is_empty()).then_some(Change { commitment, pieces })
    };
    after.iter().filter_map(changed).collect()
}

/// Whether any section of a canonical text says something.
pub(crate) fn has_sections(text: &str) -> bool {
    let text: Value = serde_json::from_str(text).unwrap_or_default();
    section_lines(&text["sections"]).iter().any(|(.., says)| !says.is_empty())
}

/// What a version says otherwise than the one before it, for programs; none for the first.
/// `became` is `same`, `new` or `changed`; a piece's `fate` is `kept`, `taken`, `put`, or `field`
/// before what changed in one. Of what was kept only the words around a change are there.
pub(crate) fn of_version(plan: &State, version: &Version) -> Option<Value> {
    let before = plan.number_before(version.number)?;
    let written = |pieces: &[Piece]| -> Vec<Value> {
        let piece = |piece: &Piece| json!({ "fate": piece.fate.code(), "words": piece.words });
        pieces.iter().map(piece).collect()
    };
    let (same, changed) = ("same", "changed");
    let commitment = |(number, id): (usize, ItemId)| {
        let (became, pieces) = match plan.became(version.number, id)? {
            Became::Same => (same, Vec::new()),
            Became::New => ("new", Vec::new()),
            Became::Changed(pieces) => (changed, written(pieces)),
        };
        let id = id.to_string();
        Some(json!({ "number": number, "id": id, "became": became, "pieces": pieces }))
    };
    let commitments = (1..).zip(version.commitments.iter().map(|frozen| frozen.item));
    let sections = if version.sections.is_empty() { same } else { changed };
    Some(json!({
        "version": version.number,
        "before": before,
        "commitments": commitments.filter_map(commitment).collect::<Vec<_>>(),
        "gone": plan.gone(version.number),
        "sections": { "became": sections, "pieces": written(&version.sections) },
    }))
}

/// A field with its words: a key by which it is found in the other version, its label, what it says.
type Line = (String, String, String);

/// The fields of a commitment in the order of its sheet.
fn lines(commitment: &Value, problems: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |label: &str, says: String| {
        lines.push((label.to_owned(), label.to_owned(), says));
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for text in TextField::of(ItemKind::Commitment) {
        let label = field::long(*text, ItemKind::Commitment);
        let says = match text {
            TextField::Indicator => &commitment["indicator"]["what"],
            other => &commitment[other.code()],
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
    let feasibility = (word(&commitment["feasibility"]), word(&commitment["feasibility_note"]));
    line(field::FEASIBILITY, agreement::feasibility(&feasibility.0, &feasibility.1));
    let goal = commitment["sdg"].as_u64().and_then(|goal| goal.try_into().ok());
    line(field::SDG, goal.map(name::sdg).unwrap_or_default());
    let named = |id: &Value| {
        let mut problems = problems.as_array().into_iter().flatten();
        problems.find(|problem| problem["id"] == *id).map(|problem| word(&problem["title"]))
    };
    let answered = commitment["problems"].as_array().into_iter().flatten().filter_map(named);
    line(field::PROBLEMS, answered.collect::<Vec<_>>().join(" · "));
    for activity in commitment["activities"].as_array().into_iter().flatten() {
        let parts = [
            word(&activity["title"]),
            word(&activity["deliverable"]),
            word(&activity["lead"]["name"]),
            word(&activity["responsible_post"]),
            word(&activity["co_responsible"]),
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

/// Two wordings, word by word. The space between two changed words is part of the change: a phrase
/// stands against a phrase, and not each word against a word.
fn words(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // What was taken out and put in since something stayed, and the spaces that followed.
    let (mut taken, mut put, mut spaces) = (String::new(), String::new(), String::new());
    let mut keep = |taken: &mut String, put: &mut String, kept: &str| {
        for (fate, words) in [(Fate::Taken, taken), (Fate::Put, put)] {
            if !words.is_empty() {
                pieces.push(Piece { fate, words: std::mem::take(words) });
            }
        }
        match pieces.last_mut().filter(|last| last.fate == Fate::Kept) {
            _ if kept.is_empty() => {}
            Some(last) => last.words.push_str(kept),
            None => pieces.push(Piece { fate: Fate::Kept, words: kept.to_owned() }),
        }
    };
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let words = change.value();
        if change.tag() != ChangeTag::Equal {
            let both = std::mem::take(&mut spaces);
            taken.push_str(&both);
            put.push_str(&both);
        }
        match change.tag() {
            ChangeTag::Delete => taken.push_str(words),
            ChangeTag::Insert => put.push_str(words),
            ChangeTag::Equal
                if words.trim().is_empty() && !(taken.is_empty() && put.is_empty()) =>
            {
                spaces.push_str(words);
            }
            ChangeTag::Equal => {
                let kept = std::mem::take(&mut spaces) + words;
                keep(&mut taken, &mut put, &kept);
            }
        }
    }
    keep(&mut taken, &mut put, &spaces);
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
        let changes = changes(&before, &after, &Value::Null);
        assert_eq!(changes.len(), 1);
        assert_eq!(said(&changes[0].pieces), "<Objetivo>Sin reincidencia a [-30-][+60+] días");
    }

    #[test]
    fn a_moved_date_is_shown_with_its_activity() {
        let before = json!({ "commitments": [commitment("", "2026-12-18")] });
        let changes = changes(&before, &[commitment("", "2027-01-18")], &Value::Null);
        assert_eq!(
            said(&changes[0].pieces),
            "<Actividad 1>Directorio único · [-18/12/2026-][+18/01/2027+]"
        );
    }

    #[test]
    fn what_is_the_same_or_new_has_no_change() {
        let before = json!({ "commitments": [commitment("Igual", "2026-12-18")] });
        let same = [commitment("Igual", "2026-12-18")];
        assert_eq!(changes(&before, &same, &Value::Null), []);
        assert_eq!(changes(&json!({}), &same, &Value::Null), []);
    }

    #[test]
    fn whatever_is_hashed_of_a_commitment_is_compared() {
        let of = |problem: &str, goal: u8, with: &str| {
            let mut it = commitment("", "2026-12-18");
            it["problems"] = json!([problem]);
            it["sdg"] = goal.into();
            it["feasibility"] = if goal == 6 { "confirmed" } else { "with_reservations" }.into();
            it["activities"][0]["co_responsible"] = with.into();
            it
        };
        let problems = json!([{ "id": "a", "title": "Fugas" }, { "id": "b", "title": "Tandeo" }]);
        let before = json!({ "commitments": [of("a", 6, "Obras")], "problems": problems });
        let changes = changes(&before, &[of("b", 11, "Aguas")], &problems);
        let said = said(&changes[0].pieces);
        for words in [
            "[-Fugas-][+Tandeo+]",
            "[-Obras-][+Aguas+]",
            "[-Confirmada-]",
            "<Objetivo de Desarrollo",
        ] {
            assert!(said.contains(words), "{words} isn't in {said}");
        }
    }

    #[test]
    fn sections_are_compared_entry_by_entry_and_word_by_word() {
        let before = json!({ "sections": {
            "context": "Las quejas son del agua.",
            "legal_framework": ["Ley de Aguas", "Bando municipal"],
            "definitions": [{ "term": "Acta", "meaning": "lo que se firma" }],
            "measurement": "Cada dos meses",
        } });
        let mut after = before["sections"].clone();
        assert_eq!(sections(&before, &after), []);
        after["context"] = "Las quejas son de la basura.".into();
        after["legal_framework"] = json!(["Ley de Aguas", "Ley de Residuos", "Bando municipal"]);
        after["definitions"][0]["meaning"] = "lo que se lee".into();
        after["measurement"] = "".into();
        after["strategic_objective"] = "Agua limpia".into();
        assert_eq!(
            said(&sections(&before, &after)),
            "<Contexto>Las quejas son [-del agua.-][+de la basura.+]\
             <Marco normativo>Ley de Aguas · [+Ley de Residuos · +]Bando municipal\
             <Definiciones>Acta: lo que se [-firma-][+lee+]\
             <Objetivo estratégico>[+Agua limpia+]\
             <Medición>[-Cada dos meses-]"
        );
        // A version from before there were any.
        assert!(said(&sections(&json!({}), &after)).starts_with("<Contexto>[+Las quejas"));
    }

    #[test]
    fn a_phrase_stands_against_a_phrase_and_both_wordings_can_be_read_back() {
        let cases = [
            ("Ley de Aguas", "Bando municipal", "[-Ley de Aguas-][+Bando municipal+]"),
            ("uno dos", "uno dos tres", "uno dos[+ tres+]"),
            ("uno dos", "dos", "[-uno -]dos"),
            ("a b c", "a x c", "a [-b-][+x+] c"),
            ("", "Agua limpia", "[+Agua limpia+]"),
        ];
        for (before, after, expected) in cases {
            let pieces = words(before, after);
            assert_eq!(said(&pieces), expected);
            let wording = |fate| {
                let of = pieces.iter().filter(|it| it.fate == Fate::Kept || it.fate == fate);
                of.map(|piece| piece.words.as_str()).collect::<String>()
            };
            let both = (wording(Fate::Taken), wording(Fate::Put));
            assert_eq!(both, (before.to_owned(), after.to_owned()));
        }
    }

    #[test]
    fn long_texts_keep_only_the_words_around_a_change() {
        let many = "palabra ".repeat(80);
        let pieces = words(&format!("{many}treinta {many}"), &format!("{many}sesenta {many}"));
        assert!(said(&pieces).split_whitespace().count() < 2 * AROUND + 8, "{pieces:?}");
    }
}
