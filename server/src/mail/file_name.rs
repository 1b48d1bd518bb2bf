//! The name of an attached file, as mail programs of every age read it.
//!
//! The name itself stands in `filename*` (RFC 2231); programs that know only `filename` or only `name`
//! find the same name there in letters that need no encoding, so that nothing can garble it.

use lettre::message::header::{Header, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization as _;

/// Most letters of a name without its ending.
const LETTERS: usize = 100;
/// What stands in RFC 2231's `attribute-char`.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// A file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// As people read it.
    pub own: String,
    /// The same in ASCII.
    pub ascii: String,
}

impl FileName {
    /// A name from any text; what no file's name may have becomes a hyphen or a space.
    pub fn new(text: &str, ending: &str) -> Self {
        let letter = |letter: char| match letter {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            letter if letter.is_control() || is_hidden(letter) => ' ',
            letter => letter,
        };
        let own: String = text.nfc().map(letter).collect();
        let own: Vec<&str> = own.split_whitespace().collect();
        let own: String = own.join(" ").chars().take(LETTERS).collect();
        let own = own.trim_matches([' ', '.']);
        let own = if own.is_empty() { "archivo" } else { own };
        let ascii: String = own.nfd().filter_map(in_ascii).collect();
        let with = |name: &str| format!("{name}.{ending}");
        Self { own: with(own), ascii: with(&ascii) }
    }
}

fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A letter of a decomposed text in ASCII; none for accents.
fn in_ascii(letter: char) -> Option<char> {
    match letter {
        '\u{300}'..='\u{36F}' => None,
        '–' | '—' | '−' => Some('-'),
        '«' | '»' | '“' | '”' => Some('\''),
        letter if letter.is_ascii() => Some(letter),
        _ => Some('_'),
    }
}

/// `Content-Disposition` of an attached file.
#[derive(Clone, Debug)]
pub(super) struct Disposition(pub(super) FileName);

impl Header for Disposition {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Disposition")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Err("it is only written".into())
    }

    fn display(&self) -> HeaderValue {
        let own = utf8_percent_encode(&self.0.own, &PLAIN);
        let encoded =
            format!("attachment;\r\n filename*=UTF-8''{own};\r\n filename=\"{}\"", self.0.ascii);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.own.clone(), encoded)
    }
}

/// `Content-Type` of an attached PDF.
#[derive(Clone, Debug)]
pub(super) struct PdfType(pub(super) FileName);

impl Header for PdfType {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Type")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Err("it is only written".into())
    }

    fn display(&self) -> HeaderValue {
        let encoded = format!("application/pdf;\r\n name=\"{}\"", self.0.ascii);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.ascii.clone(), encoded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_its_letters_and_in_ascii() {
        let name = FileName::new("Plan de Acción Local – Añélo, versión 2 (PAL)", "pdf");
        assert_eq!(name.own, "Plan de Acción Local – Añélo, versión 2 (PAL).pdf");
        assert_eq!(name.ascii, "Plan de Accion Local - Anelo, version 2 (PAL).pdf");
        let disposition = Disposition(name.clone()).display();
        let shown = format!("{disposition:?}");
        assert!(
            shown.contains(
                "filename*=UTF-8''Plan%20de%20Acci%C3%B3n%20Local%20%E2%80%93%20A%C3%B1%C3%A9lo%2C"
            ),
            "{shown}"
        );
    }

    #[test]
    fn no_name_ends_a_header_or_leaves_its_folder() {
        for hostile in [
            "x\r\nBcc: otra@example.org",
            "../../etc/passwd",
            "x\"; filename=\"otro.exe",
            "\u{202E}fdp.exe",
            "名前",
            "",
            "...",
            &"á".repeat(5_000),
        ] {
            let name = FileName::new(hostile, "pdf");
            for header in [Disposition(name.clone()).display(), PdfType(name.clone()).display()] {
                let mut headers = lettre::message::header::Headers::new();
                headers.insert_raw(header);
                let lines = headers.to_string();
                let lines: Vec<&str> = lines.trim_end().split("\r\n").collect();
                assert!(lines[1..].iter().all(|line| line.starts_with(' ')), "{lines:?}");
                assert!(lines.iter().all(|line| line.is_ascii() && line.len() < 990), "{lines:?}");
                assert!(lines.iter().all(|line| line.matches('"').count() % 2 == 0), "{lines:?}");
                assert!(lines.iter().all(|line| line.matches('"').count() <= 2), "{lines:?}");
            }
            assert!(!name.own.contains(['/', '\\', '\r', '\n', '"']), "{name:?}");
            assert!(name.ascii.is_ascii() && name.own.ends_with(".pdf"), "{name:?}");
        }
    }
}
