//! Whether something can be an address at all, before a mail server is asked.

use crate::service::form::is_mail;

/// An address to which a letter can be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub address: lettre::Address,
    /// Whether it has other letters than ASCII: a mail server has to know SMTPUTF8 (RFC 6531) for it.
    pub other_letters: bool,
}

/// Reads an address; none: it can't be one. Spaces around it, hard and invisible ones too, are left
/// out: they come with what is pasted.
pub fn judged(text: &str) -> Option<Address> {
    let around = |letter: char| letter.is_whitespace() || is_invisible(letter);
    let text = text.trim_matches(around);
    if !is_mail(text) || text.chars().any(is_invisible) {
        return None;
    }
    let address: lettre::Address = text.parse().ok()?;
    Some(Address { address, other_letters: !text.is_ascii() })
}

/// Zero width, soft hyphen, direction marks, the mark of an encoding.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_judged_as_they_come() {
        for (text, kept) in [
            ("ana@example.org", "ana@example.org"),
            ("ana@example.org\u{A0}", "ana@example.org"),
            ("\u{FEFF} ana+mesa@example.org \u{200B}", "ana+mesa@example.org"),
        ] {
            let address = judged(text).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(
                (address.address.to_string().as_str(), address.other_letters),
                (kept, false)
            );
        }
        for other in ["rosa@peña.test", "josé@example.org"] {
            assert!(judged(other).is_some_and(|address| address.other_letters), "{other}");
        }
        for wrong in [
            "juan@@x.test",
            "juan@x",
            "",
            "@x.test",
            "juan",
            "a b@x.test",
            "ana@example.org\r\nBcc: otra@example.org",
            "ana@example.org\r\nRCPT TO:<otra@example.org>",
            "ana@exa\u{AD}mple.org",
            "<ana@example.org>",
            "ana@example.org, otra@example.org",
        ] {
            assert_eq!(judged(wrong), None, "{wrong:?}");
        }
    }
}
