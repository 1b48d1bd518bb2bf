//! Workbooks that would unpack, or be read, into more memory than there is, and foreign entities.

use std::time::{Duration, Instant};

use roster::{MOST_BYTES, MOST_UNPACKED, ReadError, Table, read};

use super::files::{Excel, XML, ods, ods_of, zipped};

/// Reads within a few seconds, in whichever build.
fn soon(file: &[u8]) -> Result<Table, ReadError> {
    assert!(file.len() <= MOST_BYTES, "{}", file.len());
    let begun = Instant::now();
    let table = read(file);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    table
}

#[test]
fn the_workbook_that_the_attacks_begin_with_is_read() {
    assert_eq!(read(&Excel::default().file()).unwrap().rows[0].cells, ["Red", "ONG", "Ana"]);
}

#[test]
fn a_zip_bomb_is_refused() {
    let zeros = vec![b' '; usize::try_from(MOST_UNPACKED).unwrap() / 4];
    let parts: Vec<_> = (0..8).map(|part| format!("xl/part{part}.xml")).collect();
    let mut parts: Vec<(&str, &[u8])> =
        parts.iter().map(|part| (part.as_str(), &zeros[..])).collect();
    parts.push(("xl/workbook.xml", b"<workbook/>"));
    assert_eq!(soon(&zipped(&parts)), Err(ReadError::Unpacks));
    let names: Vec<_> = (0..1_001).map(|part| format!("{part}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(soon(&zipped(&parts)), Err(ReadError::Unpacks));
}

#[test]
fn a_zip_that_lies_about_its_sizes_is_refused() {
    let spaces = vec![b' '; usize::try_from(MOST_UNPACKED).unwrap() + 1];
    let honest = zipped(&[("xl/workbook.xml", &spaces)]);
    let size = u32::try_from(spaces.len()).unwrap().to_le_bytes();
    let mut lying = honest.clone();
    let mut lies = 0;
    for at in 0..honest.len() - 4 {
        if honest[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
            lies += 1;
        }
    }
    assert!(lies >= 2, "in the local header and in the directory");
    assert_eq!(soon(&honest), Err(ReadError::Unpacks));
    // Refused for what is in it, or because it isn't what it says.
    assert!(matches!(soon(&lying), Err(ReadError::Unpacks | ReadError::Damaged)));
}

#[test]
fn foreign_entities_are_refused() {
    let doctype = |entity: &str| format!(r#"{XML}<!DOCTYPE x [{entity}]>"#);
    let entity = r#"<!ENTITY red SYSTEM "file:///etc/passwd">"#;
    let laughs = r#"<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY red "&b;&b;&b;&b;">"#;
    let plain = Excel::default();
    for declared in [doctype(entity), doctype(laughs), doctype("")] {
        let strings = plain.strings.replace(XML, &declared).replace("Red", "&red;");
        let file = Excel { strings, ..plain.clone() }.file();
        assert_eq!(soon(&file), Err(ReadError::Entities));
        let sheet = plain.sheet.replace(XML, &declared);
        let file = Excel { sheet, ..plain.clone() }.file();
        assert_eq!(soon(&file), Err(ReadError::Entities));
        let content = format!("{declared}<office:document-content/>");
        assert_eq!(soon(&ods_of(&content)), Err(ReadError::Entities));
    }
    // Undeclared, it stands for nothing.
    let strings = plain.strings.replace("Red", "&red;");
    assert_eq!(soon(&Excel { strings, ..plain }.file()), Err(ReadError::Damaged));
    let cell = row(
        "<table:table-cell office:value-type=\"string\"><text:p>&red;</text:p></table:table-cell>",
    );
    assert_eq!(soon(&ods(&cell)), Err(ReadError::Entities));
}

#[test]
fn numbers_that_ask_for_memory_are_refused() {
    let plain = Excel::default();
    for count in ["18446744073709551615", "99999999999", "9999999", "-1", "x"] {
        let strings =
            plain.strings.replace("uniqueCount=\"6\"", &format!("uniqueCount=\"{count}\""));
        let file = Excel { strings, ..plain.clone() }.file();
        assert_eq!(soon(&file), Err(ReadError::Unpacks), "{count}");
    }
    for reference in ["ZZZZZZZZZZ1", "A99999999999", "C2:A1", "A1:B2:C3", "", "A", "A1:", "1A"] {
        let sheet = plain.sheet.replace("A1:C2", reference);
        let file = Excel { sheet, ..plain.clone() }.file();
        assert_eq!(soon(&file), Err(ReadError::Damaged), "{reference}");
    }
    let sheet = plain.sheet.replace("r=\"B2\"", "r=\"ZZZZZZZZZZ2\"");
    assert_eq!(soon(&Excel { sheet, ..plain }.file()), Err(ReadError::Damaged));
}

#[test]
fn a_long_style_in_many_cell_formats_is_refused() {
    // A million bytes, which fifty thousand formats would each have a copy of.
    let code = "0".repeat(1_000_000);
    let formats = r#"<xf numFmtId="200"/>"#.repeat(40_000);
    let styles = format!(
        r#"{XML}<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs>{formats}</cellXfs></styleSheet>"#
    );
    let plain = Excel::default();
    assert_eq!(soon(&Excel { styles, ..plain.clone() }.file()), Err(ReadError::Unpacks));
    let styles =
        format!("{XML}<styleSheet><fonts>{}</fonts></styleSheet>", "<font/>".repeat(60_000));
    assert_eq!(soon(&Excel { styles, ..plain }.file()), Err(ReadError::Unpacks));
}

#[test]
fn one_long_text_in_many_cells_is_refused() {
    let plain = Excel::default();
    let strings = plain.strings.replace("Red", &"á".repeat(200_000));
    let cells: String = (1..=1_500)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>3</v></c></row>"#))
        .collect();
    let sheet = format!("{XML}<worksheet><sheetData>{cells}</sheetData></worksheet>");
    assert_eq!(
        soon(&Excel { strings, sheet, ..plain.clone() }.file()),
        Err(ReadError::TooMuchText)
    );
    let sheet = format!(
        "{XML}<worksheet><sheetData>{}</sheetData></worksheet>",
        "<row/>".repeat(2_100_000)
    );
    assert_eq!(soon(&Excel { sheet, ..plain }.file()), Err(ReadError::Unpacks));
}

fn row(cells: &str) -> String {
    format!(
        "<table:table table:name=\"Hoja1\"><table:table-row>{cells}</table:table-row></table:table>"
    )
}

#[test]
fn repeated_cells_of_libreoffice_are_bounded() {
    let cell = |attributes: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" {attributes}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let long = "a".repeat(1_000_000);
    for (table, expected) in [
        (row(&cell("table:number-columns-repeated=\"16384\"", "x")), ReadError::TooWide),
        (row(&cell("table:number-columns-repeated=\"4294967295\"", "x")), ReadError::TooWide),
        (row(&cell("table:number-columns-repeated=\"99\"", &long)), ReadError::TooMuchText),
        (row(&cell("table:number-columns-repeated=\"-1\"", "x")), ReadError::Damaged),
        (
            row(&cell("", "x"))
                .replace("table-row>", "table-row table:number-rows-repeated=\"1048576\">")
                .replace(
                    "</table:table-row table:number-rows-repeated=\"1048576\">",
                    "</table:table-row>",
                ),
            ReadError::TooManyRows,
        ),
        (row(&cell("", "x")).replace("</table:table>", ""), ReadError::Damaged),
        (row("<table:table-cell/>"), ReadError::Empty),
    ] {
        assert_eq!(soon(&ods(&table)), Err(expected));
    }
    // Four thousand million spaces are one.
    let table = soon(&ods(&row(&cell("", "a<text:s text:c=\"4000000000\"/>b")))).unwrap();
    assert_eq!(table.rows[0].cells, ["a b"]);
}

#[test]
fn what_isnt_closed_ends() {
    let content = format!("{XML}<office:body><table:table table:name=\"a\"><table:table-row>");
    assert_eq!(soon(&ods_of(&content)), Err(ReadError::Damaged));
    let plain = Excel::default();
    let sheet = plain.sheet.replace("</sheetData></worksheet>", "");
    assert_eq!(soon(&Excel { sheet, ..plain }.file()), Err(ReadError::Damaged));
}
