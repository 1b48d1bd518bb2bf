//! Names that attack what shows them, and bytes that nobody's program wrote.

use proptest::prelude::*;
use roster::{Answer, Answers, Columns, Doubt, Field, entries, preview, read, read_pasted};
use rust_xlsxwriter::Workbook;

use super::files::{Excel, ods};
use super::{LIST, accounted_for, answered, only_question, shown};

fn list(name: &str) -> String {
    format!("Organización\tSector\tNombre\nRed\tONG\t{name}\n")
}

#[test]
fn hostile_names_stay_text() {
    for (name, person) in [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")"),
        ("+52 Ana", "+52 Ana"),
        ("-1+1", "-1+1"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("\"Ana\r\nBcc: x@example.org\"", "Ana Bcc: x@example.org"),
        ("A\u{200B}na \u{200E}Núñez\u{FEFF}", "A na Núñez"),
        ("👩🏽‍🌾 Ana", "👩🏽‍🌾 Ana"),
        ("Robert'); DROP TABLE person;--", "Robert'); DROP TABLE person;--"),
    ] {
        let shown = shown(&list(name), &[], &Answers::default());
        assert_eq!(entries(&shown).next().unwrap().seat.person, person);
    }
}

#[test]
fn what_reads_differently_is_asked_about() {
    for name in ["Ana \u{202E}zeñúN", "\u{2067}Ana\u{2069}", "Ana\u{1B}[31m", "Ana\u{8}"] {
        let question = only_question(&shown(&list(name), &[], &Answers::default()));
        assert_eq!(question.doubt, Doubt::Hidden { field: Field::Person });
        for answer in [Answer::Blank, Answer::Take("Ana".to_owned())] {
            let after = shown(&list(name), &[], &answered(&question.asked, answer));
            assert_eq!(after.counts.new, 1);
        }
        // It can't come back by an answer.
        let again = answered(&question.asked, Answer::Take(name.to_owned()));
        assert_eq!(only_question(&shown(&list(name), &[], &again)), question);
    }
}

#[test]
fn ten_thousand_characters_are_asked_about() {
    let long = "ñ".repeat(10_000);
    let question = only_question(&shown(&list(&long), &[], &Answers::default()));
    assert_eq!(question.doubt, Doubt::TooLong { field: Field::Person, length: 10_000, limit: 240 });
    let again = answered(&question.asked, Answer::Take(long.clone()));
    assert_eq!(only_question(&shown(&list(&long), &[], &again)), question);
    let organisation = format!("Organización\tNombre\n{long}\tAna\n");
    let question = only_question(&shown(&organisation, &[], &Answers::default()));
    assert!(matches!(question.doubt, Doubt::TooLong { field: Field::Organisation, .. }));
}

#[test]
fn names_without_a_letter_are_different() {
    let list = "Organización\tSector\tNombre\n🌵\tONG\t🐟\n🌽\tONG\t🐟\n🌵\tONG\t🐟\n";
    let shown = shown(list, &[], &Answers::default());
    assert_eq!((shown.counts.new, shown.counts.repeated), (2, 1));
}

#[test]
fn a_row_that_may_have_swallowed_others_is_asked_about() {
    let list = "Organización\tSector\tNombre\n\"Red\tONG\tAna\nColegio\"\tacademia\tEva\n";
    let question = only_question(&shown(list, &[], &Answers::default()));
    assert_eq!(question.doubt, Doubt::Swallowing);
    let after = shown(list, &[], &answered(&question.asked, Answer::Keep));
    assert_eq!(after.counts.new, 1);
}

#[test]
fn two_thousand_rows_take_no_time() {
    let rows: String = (0..1_999)
        .map(|row| {
            format!(
                "Asociación {} de Regantes del Norte\tONG\tPersona {row}\tp{row}@example.org\n",
                letters(row)
            )
        })
        .collect();
    let list = format!("Organización\tSector\tNombre\tCorreo\n{rows}");
    let begun = std::time::Instant::now();
    shown(&list, &[], &Answers::default());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    for _ in 0..12 {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number = number / 26 + number * 7;
    }
    letters
}

fn seen(bytes: &[u8]) {
    if let Ok(table) = read(bytes) {
        let shown =
            preview(&table, &Columns::guess(&table), &[], &Answers::default(), &super::sectors());
        accounted_for(&table, &shown);
    }
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in LIST.lines().enumerate() {
        for (column, cell) in line.split('\t').enumerate() {
            sheet.write(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn changed(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
}

/// Text with what lists are made of, and what they shouldn't be.
const PIECES: &str = "([a-zñÁ@.;,|=\"\\t\\n\\r\u{0}\u{202E}\u{301} ]|Organización|Titular|Suplente|Correo|gobierno|sep=;){0,120}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        seen(&bytes);
        seen(&[b"PK\x03\x04", &bytes[..]].concat());
        seen(&[b"\xFF\xFE", &bytes[..]].concat());
    }

    #[test]
    fn any_text_is_accounted_for(text in PIECES) {
        seen(text.as_bytes());
        if let Ok(table) = read_pasted(&text) {
            let first = preview(&table, &Columns::guess(&table), &[], &Answers::default(), &super::sectors());
            accounted_for(&table, &first);
            // Importing it again makes nothing.
            let seats = super::made(&[], &first);
            let again = preview(&table, &Columns::guess(&table), &seats, &Answers::default(), &super::sectors());
            prop_assert_eq!(again.counts.new, 0, "{:#?}\n{:#?}", first, again);
        }
    }

    #[test]
    fn a_changed_workbook_is_read_or_refused(changes in changes(), cut in any::<prop::sample::Index>()) {
        for file in [workbook(), ods(super::workbooks::TABLES)] {
            seen(&file[..cut.index(file.len())]);
            seen(&changed(file, &changes));
        }
    }

    /// The zip's checksums don't protect what is changed before it is packed.
    #[test]
    fn changed_xml_is_read_or_refused(changes in changes(), part in 0..4_usize) {
        let mut excel = Excel::default();
        let text = match part {
            0 => &mut excel.strings,
            1 => &mut excel.styles,
            2 => &mut excel.sheet,
            _ => {
                let tables = changed(super::workbooks::TABLES.as_bytes().to_vec(), &changes);
                seen(&ods(&String::from_utf8_lossy(&tables)));
                return Ok(());
            }
        };
        let bytes = changed(text.clone().into_bytes(), &changes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
        seen(&excel.file());
    }
}
