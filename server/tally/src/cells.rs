//! What a cell says: its text, and the number in it.

use std::collections::BTreeMap;

use domain::ShortText;
use domain::pack::results::{HIGHEST_MARK, Hundredths};
use domain::text::alphabet::folded;
use domain::text::words::SHORT_LIMIT;

/// What two cells have in common that say the same.
pub(crate) fn key(cell: &str) -> String {
    let key = folded(cell);
    // Nothing but signs: they are all that it says.
    if key.is_empty() { cell.trim().to_owned() } else { key }
}

/// A cell as a short text: on one line, cut where it is longer.
pub(crate) fn short(cell: &str) -> ShortText {
    let text = roster::cleaned(cell);
    let text = if text.chars().count() > SHORT_LIMIT {
        let cut: String = text.chars().take(SHORT_LIMIT - 1).collect();
        format!("{}…", cut.trim_end())
    } else {
        text
    };
    ShortText::parse(&text).unwrap_or_default()
}

/// A whole number, perhaps with separators of thousands: `1,234`, `1 234`, `34`.
pub(crate) fn whole(cell: &str) -> Option<u32> {
    let cell = cell.trim();
    let parts: Vec<&str> = cell.split([',', '.', ' ', '\u{A0}', '\u{202F}']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = parts.len() == 1 || parts[1..].iter().all(|part| part.len() == 3);
    if grouped && parts.len() <= 4 && parts.iter().all(digits) && parts[0].len() <= 9 {
        return parts.concat().parse().ok();
    }
    // 34.0, as programs write it.
    let (whole, rest) = cell.split_once(['.', ','])?;
    let zero = rest.bytes().all(|byte| byte == b'0');
    if zero && digits(&whole) { whole.parse().ok() } else { None }
}

/// A mark with a decimal comma or point: `8,9` is 890 hundredths.
pub(crate) fn mark(cell: &str) -> Option<Hundredths> {
    let cell = cell.trim();
    let (whole, rest) = cell.split_once([',', '.']).unwrap_or((cell, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(rest) || whole.len() > 3 || rest.len() > 12 {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let thousandths: u32 = format!("{rest:0<3}").get(..3)?.parse().ok()?;
    let mark = whole * 100 + (thousandths + 5) / 10;
    (mark <= HIGHEST_MARK * 100).then_some(mark)
}

/// How the same text is written, and how often.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spellings(BTreeMap<String, u32>);

impl Spellings {
    /// One more.
    pub fn add(&mut self, cell: &str) {
        *self.0.entry(roster::cleaned(cell)).or_default() += 1;
    }

    /// The most frequent; of equal ones one that isn't all capitals.
    pub fn usual(&self) -> String {
        let shouts = |text: &str| !text.chars().any(char::is_lowercase);
        let rank = |entry: &(&String, &u32)| (*entry.1, !shouts(entry.0));
        self.0.iter().max_by_key(rank).map(|(text, _)| text.clone()).unwrap_or_default()
    }

    /// How often any of them.
    pub fn total(&self) -> u32 {
        self.0.values().sum()
    }
}

/// Texts that are counted, told apart by their [`key`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallied(pub BTreeMap<String, Spellings>);

impl Tallied {
    /// One more.
    pub fn add(&mut self, cell: &str) {
        self.0.entry(key(cell)).or_default().add(cell);
    }

    /// The most frequent first; of equal ones in the order of their keys.
    pub fn sorted(&self) -> Vec<(&str, &Spellings)> {
        let mut all: Vec<_> = self.0.iter().map(|(key, how)| (key.as_str(), how)).collect();
        all.sort_by_key(|(_, how)| std::cmp::Reverse(how.total()));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (cell, number) in [
            ("34", Some(34)),
            (" 1,234 ", Some(1_234)),
            ("1.234.567", Some(1_234_567)),
            ("1 234", Some(1_234)),
            ("34.0", Some(34)),
            ("34,5", None),
            ("-3", None),
            ("34 %", None),
            ("", None),
            ("99999999999999", None),
        ] {
            assert_eq!(whole(cell), number, "{cell:?}");
        }
        for (cell, number) in [
            ("8,9", Some(890)),
            ("8.9", Some(890)),
            ("10", Some(1_000)),
            ("7.666666666667", Some(767)),
            ("8,900", Some(890)),
            ("100", Some(10_000)),
            ("100.1", None),
            ("8.9.1", None),
            ("ocho", None),
            (",5", None),
        ] {
            assert_eq!(mark(cell), number, "{cell:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let cut = short(&"á ".repeat(300));
        assert!(cut.as_str().ends_with('…') && cut.as_str().chars().count() <= SHORT_LIMIT);
    }
}
