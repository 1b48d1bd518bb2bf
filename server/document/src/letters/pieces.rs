//! A text as the templates get it: nearly always one string; where some word can't be set as it is,
//! a list of parts.

use serde_json::{Value, json};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// From how many letters on a word may be wider than its column.
const LONG: usize = 28;
/// From how many letters on a word may be wider than a narrow column, and is hyphenated there.
const WIDE: usize = 14;
/// Letters between two places where a long word may be broken.
const PIECE: usize = 6;

/// A prepared text for the templates: a string, or a list of strings and of
/// `{"pieces": […]}` (a word that may be broken between its pieces, without hyphens),
/// `{"marked": "…"}` (a word with marks that stay apart from their letter after NFC: the body's
/// face would make them be copied twice) and `{"long": "…"}` (a word that may need a hyphen where
/// others have none).
pub fn rich(text: &str) -> Value {
    if !text.split_whitespace().any(|word| is_marked(word) || is_wide(word)) {
        return Value::String(text.to_owned());
    }
    let mut parts = Vec::new();
    let mut run = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end_matches(char::is_whitespace);
        let part = if is_long(bare) {
            json!({ "pieces": pieces(bare) })
        } else if is_marked(bare) {
            json!({ "marked": bare })
        } else if is_wide(bare) {
            json!({ "long": bare })
        } else {
            run.push_str(word);
            continue;
        };
        if !run.is_empty() {
            parts.push(Value::String(std::mem::take(&mut run)));
        }
        parts.push(part);
        run.push_str(&word[bare.len()..]);
    }
    if !run.is_empty() {
        parts.push(Value::String(run));
    }
    Value::Array(parts)
}

fn is_marked(word: &str) -> bool {
    word.chars()
        .any(|letter| is_combining_mark(letter) && !('\u{fe00}'..='\u{fe0f}').contains(&letter))
}

fn is_wide(word: &str) -> bool {
    word.len() >= WIDE && word.chars().count() >= WIDE
}

fn is_long(word: &str) -> bool {
    word.len() >= LONG && word.graphemes(true).count() >= LONG || is_wide(word) && is_address(word)
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || (word.contains('@') && word.contains('.'))
}

fn pieces(word: &str) -> Vec<Value> {
    let whole = if is_address(word) { at_signs(word) } else { vec![word.to_owned()] };
    whole
        .iter()
        .flat_map(|piece| if piece.len() >= LONG { by_six(piece) } else { vec![piece.clone()] })
        .map(|piece| if is_marked(&piece) { json!({ "marked": piece }) } else { json!(piece) })
        .collect()
}

/// An address cut behind the signs that it is read by.
fn at_signs(word: &str) -> Vec<String> {
    word.split_inclusive(['@', '.', '/', '-', '_', '?', '&', '=']).fold(
        Vec::new(),
        |mut pieces: Vec<String>, piece| {
            match pieces.last_mut() {
                // "://" stays whole, and so does what one last letter would leave alone.
                Some(last) if piece.chars().count() < 2 => last.push_str(piece),
                _ => pieces.push(piece.to_owned()),
            }
            pieces
        },
    )
}

fn by_six(word: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut letters = 0;
    let mut rest = word;
    while let Some(next) = rest.graphemes(true).next() {
        // A stand-in is read as one.
        let unit = match rest.strip_prefix("[U+").and_then(|tail| tail.find(']')) {
            Some(end) if end <= 6 => &rest[..end + 4],
            _ => next,
        };
        let width = unit.graphemes(true).count();
        if letters > 0 && letters + width > PIECE {
            pieces.push(String::new());
            letters = 0;
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(unit);
        }
        letters += width;
        rest = &rest[unit.len()..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_one_string() {
        assert_eq!(rich("Agua limpia\na la vista"), json!("Agua limpia\na la vista"));
    }

    #[test]
    fn no_letter_is_lost_in_pieces() {
        let long = "Parangaricutirimicuarodesparangaricutirimizador";
        let typed = format!("ver {long} en https://example.org/a-b_c?d=e y ñuʼu̱ [U+4E2D]fin");
        let mut back = String::new();
        let Value::Array(parts) = rich(&typed) else { panic!("a long word makes parts") };
        for part in parts {
            match part {
                Value::String(text) => back.push_str(&text),
                part => {
                    for piece in part["pieces"].as_array().unwrap_or(&vec![part.clone()]) {
                        back.push_str(
                            piece
                                .as_str()
                                .or(piece["marked"].as_str())
                                .or(piece["long"].as_str())
                                .unwrap(),
                        );
                    }
                }
            }
        }
        assert_eq!(back, typed);
    }

    #[test]
    fn a_stand_in_is_not_torn() {
        let pieces = by_six(&"[U+4E2D]".repeat(5));
        assert_eq!(pieces, vec!["[U+4E2D]"; 5]);
        assert_eq!(at_signs("https://example.org/x"), ["https://", "example.", "org/x"]);
    }
}
