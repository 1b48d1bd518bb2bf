//! A seat with its person, and which of an organisation's seats a cell names.

use domain::exercise::SeatKind;
use domain::exercise::Sector;
use domain::text::alphabet::folded;
use serde::{Deserialize, Serialize};

use crate::near;

/// A seat with its person: one that is known already, or one to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its organisation.
    pub organisation: String,
    /// The organisation's sector.
    pub sector: Sector,
    /// Titular or suplente.
    pub kind: SeatKind,
    /// The person's name; empty where nobody was named.
    pub person: String,
    /// Their address; empty without.
    pub mail: String,
    /// Their telephone; empty without.
    pub phone: String,
    /// Whether the organisation signs the plan.
    pub signs: bool,
}

/// A row as far as it is clear, to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The organisation.
    pub organisation: String,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Which seat.
    pub kind: Option<SeatKind>,
    /// The person.
    pub person: String,
    /// The address, as it was written where it is in doubt.
    pub mail: String,
    /// The telephone.
    pub phone: String,
    /// Whether the organisation signs, where the list says so.
    pub signs: Option<bool>,
}

/// What a cell says of the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing.
    Nothing,
    /// This one.
    Kind(SeatKind),
    /// Something else, perhaps a misspelling of this one.
    Unclear(Option<SeatKind>),
}

const HOLDER: [&str; 7] =
    ["titular", "titulares", "propietario", "propietaria", "principal", "holder", "t"];
const ALTERNATE: [&str; 7] =
    ["suplente", "suplentes", "alterno", "alterna", "sustituto", "alternate", "s"];

/// What a cell says of the seat.
pub(crate) fn said(text: &str) -> Said {
    let folded = folded(text);
    if folded.is_empty() {
        return Said::Nothing;
    }
    let has = |list: &[&str]| folded.split(' ').any(|word| list.contains(&word));
    let nearly = |list: &[&str]| {
        folded.split(' ').any(|word| list.iter().any(|known| near::words(word, known)))
    };
    match (has(&HOLDER), has(&ALTERNATE)) {
        (true, false) => Said::Kind(SeatKind::Holder),
        (false, true) => Said::Kind(SeatKind::Alternate),
        (true, true) => Said::Unclear(None),
        (false, false) => Said::Unclear(match (nearly(&HOLDER), nearly(&ALTERNATE)) {
            (true, false) => Some(SeatKind::Holder),
            (false, true) => Some(SeatKind::Alternate),
            _ => None,
        }),
    }
}

/// Yes or no; nothing where the text is neither.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    if matches!(text.trim(), "✓" | "✔" | "☑" | "✅") {
        return Some(true);
    }
    match folded(text).as_str() {
        "si" | "s" | "x" | "1" | "true" | "verdadero" | "yes" | "firma" | "firmante" => Some(true),
        "no" | "n" | "0" | "false" | "falso" | "no firma" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_in_the_words_of_lists() {
        use SeatKind::{Alternate, Holder};
        for (text, expected) in [
            ("", Said::Nothing),
            (" - ", Said::Nothing),
            ("Titular", Said::Kind(Holder)),
            ("SUPLENTE 1", Said::Kind(Alternate)),
            ("Representante titular", Said::Kind(Holder)),
            ("propietaria", Said::Kind(Holder)),
            ("suplemte", Said::Unclear(Some(Alternate))),
            ("titluar", Said::Unclear(Some(Holder))),
            ("titular y suplente", Said::Unclear(None)),
            ("vocal", Said::Unclear(None)),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
