//! Why a letter isn't sent, from what a mail server says; and how the queue keeps it.

use app::page::mail::{Fault, Reply};
use lettre::transport::smtp::Error;

/// How the queue keeps it: codes, never a reply's words, which may quote an address.
pub fn kept(fault: Fault) -> String {
    serde_json::to_string(&fault).expect("codes always serialise")
}

/// What the queue kept.
pub fn reason(kept: &str) -> Fault {
    serde_json::from_str(kept).unwrap_or(Fault::Here)
}

/// The reply in an error; none: there was none.
pub(super) fn reply(error: &Error) -> Option<Reply> {
    let code = u16::from(error.status()?);
    // The words come after "permanent error (550): ".
    let text = error.to_string();
    let words = text.split_once("): ").map(|(_, words)| words).unwrap_or_default();
    Some(Reply { code, enhanced: enhanced(words) })
}

/// The code of RFC 3463 at the beginning of a reply.
fn enhanced(words: &str) -> Option<(u8, u16, u16)> {
    let first = words.split_whitespace().next()?;
    let mut parts = first.split('.');
    let class = parts.next()?.parse().ok().filter(|class| matches!(class, 2 | 4 | 5))?;
    let code = (class, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let is_short = |part: u16| part < 1_000;
    (parts.next().is_none() && is_short(code.1) && is_short(code.2)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_kept_without_its_words() {
        assert_eq!(enhanced("5.1.1 <ana@example.org> unknown"), Some((5, 1, 1)));
        assert_eq!(enhanced("5.7.26 policy"), Some((5, 7, 26)));
        for none in ["", "no", "5.1", "5.1.1.1 x", "3.1.1 x", "5.1.x", "192.0.2.1 is listed"] {
            assert_eq!(enhanced(none), None, "{none}");
        }
        let fault = Fault::Refused(Reply { code: 550, enhanced: Some((5, 1, 1)) });
        assert_eq!(reason(&kept(fault)), fault);
        assert_eq!(reason("El servidor no contesta"), Fault::Here, "of another build");
    }
}
