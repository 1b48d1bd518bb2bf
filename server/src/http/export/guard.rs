//! A guard against formula injection. Spreadsheets that open a table cut its lines at `,`, `;` or
//! tabs, as they are set, and compute what follows if it begins like a formula:
//! `Publicar;=HYPERLINK(…)` is harmless with one separator and a trap with another. The guard is an
//! apostrophe before the sign, at the beginning of a cell and inside it after each character where
//! a spreadsheet may cut.
//!
//! Everything else is unchanged, also numbers and lists that begin with a dash. It is reversible:
//! removing one apostrophe before each sign gives the original text, because a text that has
//! apostrophes before a sign gets one more.

/// The pattern in `datapackage.json` by which programs find the guard's apostrophes: the first two
/// groups and the last are the original text.
pub(super) const UNGUARD: &str = r#"(^|[,;\t\n\r\u000b\u000c\u0085\u2028\u2029])(["\s\u200b-\u200f\u2060\ufeff]*)'('*[-=@+\uff0b\uff0d\uff1d\uff20])"#;

/// The text with guards: no formula, however a table's lines are cut.
pub(super) fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 2);
    let mut done = 0;
    for (place, piece) in signed(text) {
        if piece.starts_with('\'') || is_formula(piece) {
            guarded.push_str(&text[done..place]);
            guarded.push('\'');
            done = place;
        }
    }
    guarded.push_str(&text[done..]);
    guarded
}

/// Where a spreadsheet may cut: at separators, and at line breaks, which end a line where quotes
/// were misread.
fn cuts(letter: char) -> bool {
    letter == ',' || letter == ';' || letter == '\t' || breaks(letter)
}

fn breaks(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What a spreadsheet may strip before it interprets a cell: quotes, spaces and invisible
/// characters.
fn dropped(letter: char) -> bool {
    letter == '"'
        || letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// What begins a formula in every spreadsheet, full-width forms of East Asian keyboards included.
fn computes(letter: char) -> bool {
    matches!(letter, '=' | '@' | '＝' | '＠')
}

/// What begins a number, a list or a formula.
fn signs(letter: char) -> bool {
    matches!(letter, '+' | '-' | '＋' | '－')
}

/// The pieces that begin with a sign, or with apostrophes and a sign: their offset, and their text
/// to the end of the line.
fn signed(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fresh = true;
    text.char_indices().filter_map(move |(place, letter)| {
        if cuts(letter) {
            fresh = true;
        } else if fresh && !dropped(letter) {
            fresh = false;
            let line = text[place..].split(breaks).next().unwrap_or_default();
            let begins = line
                .trim_start_matches('\'')
                .starts_with(|letter| computes(letter) || signs(letter));
            return begins.then_some((place, line));
        }
        None
    })
}

/// Whether some spreadsheet may compute a piece that begins with a sign: a few also try `+` and
/// `-`.
fn is_formula(line: &str) -> bool {
    let body = line.trim_start_matches(|letter: char| {
        computes(letter) || signs(letter) || letter.is_whitespace()
    });
    let before = &line[..line.len() - body.len()];
    if before.contains(computes) {
        return true;
    }
    let number = number(body);
    if number == 0 {
        // A sign directly before a word is an operator; with a space between, it begins a list;
        // alone it is a line.
        let touches = !body.is_empty() && !body.starts_with(cuts) && before.ends_with(signs);
        touches || reaches(body)
    } else {
        let then = body[number..].trim_start().chars().next();
        then.is_some_and(|then| "+-*/^&=<>(".contains(then)) || reaches(body)
    }
}

/// The length of the number at the beginning of a text, in bytes.
fn number(text: &str) -> usize {
    let digits = text.trim_start_matches(|letter: char| {
        letter.is_ascii_digit() || letter == '.' || letter == ','
    });
    let number = &text[..text.len() - digits.len()];
    if number.starts_with(|letter: char| letter.is_ascii_digit()) {
        number.trim_end_matches(['.', ',']).len()
    } else {
        0
    }
}

/// Whether a text would call a function, or refer to another sheet, file or program, if it were a
/// formula. A parenthesis after two words and a space isn't a call.
fn reaches(text: &str) -> bool {
    let fetches = |(place, _)| {
        text[place + 1..]
            .starts_with(|letter: char| letter.is_alphanumeric() || letter == '$' || letter == '#')
    };
    let calls = |(place, _)| {
        let before = &text[..place];
        let mut words = before.split_whitespace().rev();
        let mut word = || words.next().is_some_and(|word| word.chars().all(char::is_alphanumeric));
        !(before.ends_with(char::is_whitespace) && word() && word())
    };
    text.contains('|') || text.match_indices('!').any(fetches) || text.match_indices('(').any(calls)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The original text.
    fn unguarded(text: &str) -> String {
        let mut written = String::new();
        let mut done = 0;
        for (place, piece) in signed(text) {
            if piece.starts_with('\'') {
                written.push_str(&text[done..place]);
                done = place + 1;
            }
        }
        written + &text[done..]
    }

    #[test]
    fn only_what_some_spreadsheet_would_compute_gets_an_apostrophe() {
        let cases = [
            ("=1+1", "'=1+1"),
            (
                "Publicar contratos;=HYPERLINK(\"http://x.invalid\";\"ver\")",
                "Publicar contratos;'=HYPERLINK(\"http://x.invalid\";\"ver\")",
            ),
            ("a,=1", "a,'=1"),
            ("a\t=1", "a\t'=1"),
            ("a\n=1\r\n+SUM(1)", "a\n'=1\r\n'+SUM(1)"),
            ("a;  \"=1", "a;  \"'=1"),
            ("\u{FEFF}\u{A0} =1", "\u{FEFF}\u{A0} '=1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("＝1＋1", "'＝1＋1"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("- 2+3+cmd|' /C calc'!A0", "'- 2+3+cmd|' /C calc'!A0"),
            ("- HYPERLINK (\"http://x.invalid\")", "'- HYPERLINK (\"http://x.invalid\")"),
            ("- a + WEBSERVICE (\"http://x.invalid\")", "'- a + WEBSERVICE (\"http://x.invalid\")"),
            ("- a INDIRECT (WEBSERVICE (\"x\"))", "'- a INDIRECT (WEBSERVICE (\"x\"))"),
            ("- a,INDIRECT (1)", "'- a,INDIRECT (1)"),
            ("- a 'c:\\[b.xls]S'!A1", "'- a 'c:\\[b.xls]S'!A1"),
            ("-5,5+cmd|' /C calc'!A0", "'-5,5+cmd|' /C calc'!A0"),
            ("- =1", "'- =1"),
            ("-A1", "'-A1"),
            ("+1+1", "'+1+1"),
            ("+52-951-1234567", "'+52-951-1234567"),
            // It was written with an apostrophe, and is restored with it.
            ("'=1", "''=1"),
            ("'- punto", "''- punto"),
        ];
        for (written, guard) in cases {
            assert_eq!(guarded(written), guard, "{written:?}");
        }
        for harmless in [
            "- primer punto\n- segundo; - tercero",
            "- Publicar los contratos (2024)\n- ¡Ya! ¿O no?",
            "-5",
            "-5.25; +3,5 %",
            "-5 grados",
            "- 5 talleres",
            "+52 951 123 4567",
            "-",
            "-----",
            "12 - 3 = 9",
            "a=b; c@d.example.org",
            "'sí', dijo",
            "1/2; 30/10/2026",
        ] {
            assert_eq!(guarded(harmless), harmless);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn what_was_written_is_given_back(text in "[-=+@'\",;\t\n\r a1(|!＝]{0,24}") {
            prop_assert_eq!(unguarded(&guarded(&text)), text);
        }

        #[test]
        fn no_cut_makes_a_formula(text in "[-=+@'\",;\t\n\r \u{FEFF}aB1(|!＝]{0,24}") {
            let guarded = guarded(&text);
            for separators in [",", ";", "\t", ",;\t"] {
                for piece in guarded.split(|letter| breaks(letter) || separators.contains(letter)) {
                    let piece = piece.trim_start_matches(dropped);
                    prop_assert!(!piece.starts_with(computes), "{piece:?} of {guarded:?} cut at {separators:?}");
                    if piece.starts_with(signs) {
                        prop_assert!(!piece.contains('|') && !piece.contains("B(") && !piece.contains("!B"), "{piece:?} of {guarded:?}");
                    }
                }
            }
        }
    }
}
