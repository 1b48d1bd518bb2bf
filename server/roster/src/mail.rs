//! Addresses in a cell. Checked for what mistakes look like, not for what a server would accept.

use std::collections::BTreeMap;

use domain::text::alphabet::folded;
use unicode_normalization::UnicodeNormalization as _;

/// What a cell says of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// None, or that there is none.
    Nothing,
    /// This one. A name beside it, as in `Ana <ana@example.org>`, is left out.
    Address(String),
    /// Several.
    Several(Vec<String>),
    /// One that can't be right, or likely isn't; and what it likely should be.
    Doubtful {
        /// What it likely should be.
        likely: Option<String>,
        /// Whether it could be right all the same.
        possible: bool,
    },
}

/// Hosts of addresses in the list and how often they occur, by which a missing end is guessed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hosts(BTreeMap<String, usize>);

/// Hosts at which many people have their address.
const COMMON: [&str; 8] = [
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "yahoo.com.mx",
    "live.com.mx",
    "icloud.com",
    "prodigy.net.mx",
];
/// What people write who have none.
const NONE: [&str; 9] =
    ["", "no", "na", "n a", "no aplica", "no tiene", "ninguno", "sin correo", "s n"];

impl Hosts {
    /// Counts the addresses of a cell.
    pub fn count(&mut self, cell: &str) {
        for address in parts(cell).filter(|part| is_address(part)) {
            if let Some((_, host)) = address.rsplit_once('@') {
                *self.0.entry(host.to_lowercase()).or_default() += 1;
            }
        }
    }

    /// The most frequent host that begins with a word and a point.
    fn beginning(&self, word: &str) -> Option<&str> {
        let begins = |host: &str| host.strip_prefix(word).is_some_and(|rest| rest.starts_with('.'));
        let seen = self.0.iter().filter(|(host, _)| begins(host));
        // Of equally frequent ones the first, by the alphabet.
        seen.rev()
            .max_by_key(|(_, times)| **times)
            .map(|(host, _)| host.as_str())
            .or_else(|| COMMON.into_iter().find(|host| begins(host)))
    }
}

/// What a cell, cleaned, says of the address.
pub(crate) fn said(cell: &str, hosts: &Hosts) -> Said {
    if NONE.contains(&folded(cell).as_str()) {
        return Said::Nothing;
    }
    let mut addresses: Vec<String> = Vec::new();
    for part in parts(cell).filter(|part| part.contains('@')) {
        if !addresses.iter().any(|address| address.eq_ignore_ascii_case(part)) {
            addresses.push(part.to_owned());
        }
    }
    match addresses.as_slice() {
        [one] if is_address(one) => {
            // A comma for a point: `ana@correo.gob,mx` isn't the address `ana@correo.gob`.
            let cut = || is_cut(cell, one).then(|| repaired(cell, hosts)).flatten();
            match misspelt_host(one).or_else(cut) {
                Some(likely) => Said::Doubtful { likely: Some(likely), possible: true },
                None => Said::Address(one.clone()),
            }
        }
        [_, _, ..] if addresses.iter().any(|address| is_address(address)) => {
            Said::Several(addresses)
        }
        [one] => {
            let likely = repaired(cell, hosts).or_else(|| repaired(one, hosts));
            Said::Doubtful { likely, possible: false }
        }
        _ => Said::Doubtful { likely: repaired(cell, hosts), possible: false },
    }
}

/// Whether a comma and more letters stand right behind an address.
fn is_cut(cell: &str, address: &str) -> bool {
    cell.split_once(address).and_then(|(_, rest)| rest.strip_prefix(',')).is_some_and(|rest| {
        let rest = rest.trim();
        !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_lowercase() || letter == '.')
    })
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| c.is_whitespace() || ",;/|<>()[]\"".contains(c);
    cell.split(between).map(|part| {
        let part = part.trim_matches(['.', ':', '\'']);
        let scheme = part.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
        if scheme { &part[7..] } else { part }
    })
}

/// Whether it looks like an address that can be written to.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let name_letter = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    (1..=64).contains(&name.len())
        && text.len() <= 254
        && name.split('.').all(|part| !part.is_empty())
        && name.chars().all(name_letter)
        && host.split('.').all(is_label)
        && host.rsplit_once('.').is_some_and(|(_, end)| {
            end.len() >= 2 && end.bytes().all(|letter| letter.is_ascii_alphabetic())
        })
}

/// The one address that a damaged one may have been.
fn repaired(text: &str, hosts: &Hosts) -> Option<String> {
    let joined: String = text.split_whitespace().collect();
    let mut repaired: String = joined.nfd().filter(|letter| !is_accent(*letter)).collect();
    repaired = repaired.replace(',', ".");
    for (wrong, right) in [("(at)", "@"), ("[at]", "@"), ("@@", "@"), ("..", ".")] {
        repaired = repaired.replace(wrong, right);
    }
    let repaired = repaired.trim_matches(['.', ';', '<', '>', '"']);
    let (name, host) = repaired.split_once('@')?;
    let host = host.trim_matches('.');
    let host = if host.contains('.') { host } else { hosts.beginning(&host.to_lowercase())? };
    let repaired = format!("{name}@{host}");
    let repaired = misspelt_host(&repaired).unwrap_or(repaired);
    is_address(&repaired).then_some(repaired)
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}')
}

/// The address at the common host of which its own is likely a misspelling.
fn misspelt_host(address: &str) -> Option<String> {
    let (name, host) = address.rsplit_once('@')?;
    let host = host.to_lowercase();
    let one_off = |common: &&str| strsim::osa_distance(common, &host) == 1;
    if COMMON.contains(&host.as_str()) || host.len() > 40 {
        return None;
    }
    COMMON.into_iter().find(one_off).map(|host| format!("{name}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubtful(likely: &str, possible: bool) -> Said {
        let likely = Some(likely.to_owned()).filter(|likely| !likely.is_empty());
        Said::Doubtful { likely, possible }
    }

    #[test]
    fn addresses_as_people_write_them() {
        let mut hosts = Hosts::default();
        hosts.count("consejo@example.org; otra@example.org");
        hosts.count("x@example.com");
        let address = |text: &str| Said::Address(text.to_owned());
        for (cell, expected) in [
            ("", Said::Nothing),
            ("-", Said::Nothing),
            ("No tiene", Said::Nothing),
            ("Ana.Perez+mesa@Example.org", address("Ana.Perez+mesa@Example.org")),
            ("Ana Pérez <ana@example.org>", address("ana@example.org")),
            ("mailto:ana@example.org", address("ana@example.org")),
            ("ana@example.org.", address("ana@example.org")),
            ("ana@example.org; ANA@example.org", address("ana@example.org")),
            ("colectivo@example", doubtful("colectivo@example.org", false)),
            ("ana@gmail", doubtful("ana@gmail.com", false)),
            ("ana@gmial.com", doubtful("ana@gmail.com", true)),
            ("ana@hotmail.con", doubtful("ana@hotmail.com", true)),
            ("ana @ example.org", doubtful("ana@example.org", false)),
            ("ana@example,org", doubtful("ana@example.org", false)),
            ("ana@correo.gob,mx", doubtful("ana@correo.gob.mx", true)),
            ("josé@example.org", doubtful("jose@example.org", false)),
            ("ana@@example.org", doubtful("ana@example.org", false)),
            ("ana@example..org", doubtful("ana@example.org", false)),
            ("ana@", doubtful("", false)),
            ("pendiente", doubtful("", false)),
            ("=ana@example.org+1", doubtful("", false)),
            ("ana@-example.org", doubtful("", false)),
        ] {
            assert_eq!(said(cell, &hosts), expected, "{cell}");
        }
    }

    #[test]
    fn several_are_all_there() {
        for cell in [
            "a@x.mx; b@x.mx",
            "a@x.mx,b@x.mx",
            "a@x.mx / b@x.mx",
            "a@x.mx b@x.mx",
            "a@x.mx y b@x.mx",
        ] {
            let several = Said::Several(vec!["a@x.mx".to_owned(), "b@x.mx".to_owned()]);
            assert_eq!(said(cell, &Hosts::default()), several, "{cell}");
        }
    }
}
