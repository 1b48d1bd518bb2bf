//! What people wrote, on its way to the templates.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use crate::fonts::Fonts;
use crate::letters::{self, Shaper};

/// Prepares texts: normal form, stand-ins for what no font shows, parts where a word can't be set
/// as it is.
pub struct User<'a> {
    shaper: Shaper<'a>,
    /// What was already looked at: organisations and titles come again and again.
    known: RefCell<HashMap<String, String>>,
}

impl<'a> User<'a> {
    /// With the fonts that the document is set in.
    pub fn new(fonts: &'a Fonts) -> User<'a> {
        User { shaper: Shaper::new(fonts), known: RefCell::default() }
    }

    fn shown(&self, text: &str) -> String {
        self.replaced(letters::prepare(text).trim())
    }

    fn replaced(&self, text: &str) -> String {
        if let Some(known) = self.known.borrow().get(text) {
            return known.clone();
        }
        let shown = self.shaper.with_stand_ins(text);
        self.known.borrow_mut().insert(text.to_owned(), shown.clone());
        shown
    }

    /// A text of one or more lines.
    pub fn rich(&self, text: &str) -> Value {
        letters::rich(&self.shown(text))
    }

    /// A text whose spaces at the ends count: what is said before or after something.
    pub fn spaced(&self, text: &str) -> Value {
        letters::rich(&self.replaced(&letters::prepare(text)))
    }

    /// A text on one line, as a plain string.
    pub fn line(&self, text: &str) -> String {
        self.shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A long text in its paragraphs: what stands between blank lines.
    pub fn paragraphs(&self, text: &str) -> Vec<Value> {
        paragraphs(&self.shown(text)).map(letters::rich).collect()
    }

    /// Several long texts in their paragraphs.
    pub fn all_paragraphs(&self, texts: &[String]) -> Vec<Value> {
        texts.iter().flat_map(|text| self.paragraphs(text)).collect()
    }

    /// Entries of a list: what says nothing is left out.
    pub fn entries(&self, texts: &[String]) -> Vec<Value> {
        paragraph_texts(texts).into_iter().map(|text| self.rich(text)).collect()
    }
}

/// The texts that say something.
pub fn paragraph_texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect()
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let end = blank_line(rest).unwrap_or(rest.len());
        let (paragraph, after) = rest.split_at(end);
        rest = after;
        Some(paragraph.trim_end())
    })
}

/// Where the first line ends that a line with nothing but spaces follows.
fn blank_line(text: &str) -> Option<usize> {
    text.match_indices('\n').map(|(at, _)| at).find(|at| {
        let after = &text[at + 1..];
        let line = after.split('\n').next().unwrap_or(after);
        line.trim().is_empty() && line.len() < after.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        let parts: Vec<&str> = paragraphs("uno\ndos\n \ntres\n\n\n\ncuatro\n").collect();
        assert_eq!(parts, ["uno\ndos", "tres", "cuatro"]);
        assert_eq!(paragraphs(" \n\n ").count(), 0);
    }
}
