//! Which characters the fonts don't show: what the typesetter will do, done before the freeze.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rustybuzz::{BufferFlags, Face, UnicodeBuffer};
use serde::{Deserialize, Serialize};
use typst::text::{FontStretch, FontStyle, FontVariant, FontWeight};
use unicode_normalization::char::is_combining_mark;

use super::stand_in;
use crate::fonts::Fonts;

/// How a text is set. Coverage differs by style, so a text is looked at in each that it is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// The body.
    Serif,
    /// Titles and names.
    SerifSemibold,
    /// Reservations, reasons, the cover's exercise.
    SerifItalic,
    /// Facts of head, foot and captions.
    Sans,
    /// Labels.
    SansSemibold,
    /// The number of a box, the page.
    SansBold,
}

impl Style {
    /// Every style there is: for a text of which it isn't known where it goes.
    pub const ALL: [Style; 6] = [
        Style::Serif,
        Style::SerifSemibold,
        Style::SerifItalic,
        Style::Sans,
        Style::SansSemibold,
        Style::SansBold,
    ];

    fn variant(self) -> FontVariant {
        let (style, weight) = match self {
            Style::Serif | Style::Sans => (FontStyle::Normal, 400),
            Style::SerifSemibold | Style::SansSemibold => (FontStyle::Normal, 600),
            Style::SerifItalic => (FontStyle::Italic, 400),
            Style::SansBold => (FontStyle::Normal, 700),
        };
        FontVariant::new(style, FontWeight::from_number(weight), FontStretch::NORMAL)
    }

    fn families(self) -> [&'static str; 5] {
        let own = match self {
            Style::Serif | Style::SerifSemibold | Style::SerifItalic => "libertinus serif",
            Style::Sans | Style::SansSemibold | Style::SansBold => "atkinson hyperlegible next",
        };
        [own, "gentium plus", "noto sans symbols", "noto sans symbols2", "noto emoji"]
    }
}

/// A character that a document can't show as it is, or that can't be copied out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Which of the texts, from 0.
    pub text: usize,
    /// The word that it is in.
    pub word: String,
    /// The character, with the marks and joiners that belong to it.
    pub character: String,
    /// What would stand for it: `[U+4E2D]`.
    pub stand_in: String,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What is wrong with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No font shows it. Left as it is, the document gets the stand-in.
    NotShown,
    /// It is drawn right, but who copies the text out of the document gets it twice.
    CopiedTwice,
}

/// Whether every face certainly has the letter by itself, so that nothing needs to be tried.
pub fn is_plain(letter: char) -> bool {
    matches!(letter,
        '\n' | ' '..='~'
        | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{ff}'
        | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ'
        | '–' | '—' | '‘' | '’' | '‚' | '“' | '”' | '„' | '†' | '•' | '…' | '‹' | '›' | '€' | '™' | '−')
}

/// A cluster that isn't right: where it is in the text.
struct Found {
    start: usize,
    end: usize,
    trouble: Trouble,
}

impl Fonts {
    /// What the documents can't show of these texts, each with the style that it is set in. The
    /// texts are to be prepared ([`prepare`](crate::prepare)). Some 30 ms for a thousand texts with
    /// unusual letters; ordinary ones cost next to nothing.
    pub fn unshowable<'a>(&self, texts: impl Iterator<Item = (&'a str, Style)>) -> Vec<Missing> {
        let shaper = Shaper::new(self);
        let mut missing = Vec::new();
        for (index, (text, style)) in texts.enumerate() {
            for found in shaper.troubles(text, style) {
                missing.push(Missing {
                    text: index,
                    word: word_around(text, &found),
                    character: text[found.start..found.end].to_owned(),
                    stand_in: shaper.replaced(&text[found.start..found.end], style),
                    trouble: found.trouble,
                });
            }
        }
        missing
    }

    /// The text with `[U+4E2D]` in the place of each character that some style can't show.
    pub fn with_stand_ins(&self, text: &str) -> String {
        Shaper::new(self).with_stand_ins(text)
    }
}

/// A face for a family and a style, once it was read; none when there is none.
type Faces<'a> = HashMap<(&'static str, Style), Option<Rc<Face<'a>>>>;

/// Shapes with the faces, each of which is read once.
pub struct Shaper<'a> {
    fonts: &'a Fonts,
    faces: RefCell<Faces<'a>>,
}

impl<'a> Shaper<'a> {
    /// Nothing is read yet.
    pub fn new(fonts: &'a Fonts) -> Shaper<'a> {
        Shaper { fonts, faces: RefCell::default() }
    }

    fn face(&self, family: &'static str, style: Style) -> Option<Rc<Face<'a>>> {
        let read = || {
            let font = self.fonts.select(family, style.variant())?;
            Face::from_slice(font.data(), font.index()).map(Rc::new)
        };
        self.faces.borrow_mut().entry((family, style)).or_insert_with(read).clone()
    }

    /// As [`Fonts::with_stand_ins`].
    pub fn with_stand_ins(&self, text: &str) -> String {
        if text.chars().all(is_plain) {
            return text.to_owned();
        }
        let mut text = text.to_owned();
        for style in Style::ALL {
            let mut whole = String::with_capacity(text.len());
            let mut done = 0;
            for found in self.troubles(&text, style) {
                if found.trouble == Trouble::NotShown {
                    whole.push_str(&text[done..found.start]);
                    whole.push_str(&self.replaced(&text[found.start..found.end], style));
                    done = found.end;
                }
            }
            whole.push_str(&text[done..]);
            text = whole;
        }
        text
    }

    /// A cluster with a stand-in for each of its characters that isn't shown by itself; when all
    /// are, but not together, for all but the first.
    fn replaced(&self, cluster: &str, style: Style) -> String {
        let alone = |letter: char| {
            let mut buffer = [0; 4];
            is_plain(letter) || !self.not_shown(letter.encode_utf8(&mut buffer), style)
        };
        let all = cluster.chars().all(alone);
        cluster
            .chars()
            .enumerate()
            .map(|(place, letter)| {
                let keep = if all { place == 0 } else { alone(letter) };
                if keep { letter.to_string() } else { stand_in(letter) }
            })
            .collect()
    }

    fn not_shown(&self, text: &str, style: Style) -> bool {
        self.troubles(text, style).iter().any(|found| found.trouble == Trouble::NotShown)
    }

    /// What is wrong in the text, from its beginning to its end.
    fn troubles(&self, text: &str, style: Style) -> Vec<Found> {
        if text.chars().all(is_plain) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let families = style.families();
        for line in text.split_inclusive('\n') {
            let base = line.as_ptr() as usize - text.as_ptr() as usize;
            for word in line.split_inclusive(' ').filter(|word| !word.chars().all(is_plain)) {
                let at = base + (word.as_ptr() as usize - line.as_ptr() as usize);
                let bare = word.trim_end_matches(['\n', ' ']);
                // As the templates do it: a word with marks that stay apart is set in Gentium.
                let marked = bare.chars().any(|letter| {
                    is_combining_mark(letter) && !('\u{fe00}'..='\u{fe0f}').contains(&letter)
                });
                let chain = if marked { &families[1..] } else { &families[..] };
                self.shape(bare, at, style, chain, &mut found);
            }
        }
        found.sort_by_key(|found| found.start);
        found
    }

    /// Shapes as the typesetter does: what the first font lacks goes to the next.
    fn shape(
        &self,
        text: &str,
        at: usize,
        style: Style,
        families: &[&'static str],
        found: &mut Vec<Found>,
    ) {
        let Some((family, rest)) = families.split_first() else {
            found.push(Found { start: at, end: at + text.len(), trouble: Trouble::NotShown });
            return;
        };
        let Some(face) = self.face(family, style) else {
            return self.shape(text, at, style, rest, found);
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let shaped = rustybuzz::shape(&face, &[], buffer);
        let mut clusters: Vec<(usize, bool, bool)> = Vec::new();
        let mut glyphs: Vec<(usize, u32, i32)> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(glyph, place)| (glyph.cluster as usize, glyph.glyph_id, place.y_offset))
            .collect();
        glyphs.sort_by_key(|glyph| glyph.0);
        for group in glyphs.chunk_by(|one, other| one.0 == other.0) {
            let lacking = group.iter().any(|glyph| glyph.1 == 0);
            let apart = group.len() > 1 && group.iter().any(|glyph| glyph.2 != 0);
            clusters.push((group[0].0, lacking, apart));
        }
        let mut place = 0;
        while place < clusters.len() {
            let (start, lacking, apart) = clusters[place];
            let mut next = place + 1;
            while lacking && next < clusters.len() && clusters[next].1 {
                next += 1;
            }
            let end = clusters.get(next).map_or(text.len(), |cluster| cluster.0);
            if lacking && rest.is_empty() {
                // Each character by itself, so that each is named.
                for cluster in place..next {
                    let from = clusters[cluster].0;
                    let to = clusters.get(cluster + 1).map_or(text.len(), |next| next.0);
                    found.push(Found {
                        start: at + from,
                        end: at + to,
                        trouble: Trouble::NotShown,
                    });
                }
            } else if lacking {
                self.shape(&text[start..end], at + start, style, rest, found);
            } else if apart {
                found.push(Found {
                    start: at + start,
                    end: at + end,
                    trouble: Trouble::CopiedTwice,
                });
            }
            place = next;
        }
    }
}

fn word_around(text: &str, found: &Found) -> String {
    let start = text[..found.start]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[found.end..].find(char::is_whitespace).map_or(text.len(), |at| found.end + at);
    text[start..end].to_owned()
}
