//! CSV, TSV and pasted cells.

use roster::{
    Column, Columns, Encoding, MOST_BYTES, MOST_ROWS, ReadError, Separator, Source, Whose, read,
    read_pasted,
};

use super::{shown, table};

const ROWS: &str = "Organización;Nombre;Correo\r\n\
    \"Peña, Ríos y Asociados\";José Núñez;jose@example.org\r\n\
    ;;\r\n\
    Colegio de Arquitectos;Ana Ibáñez;ana@example.org\r\n\
    ;;\r\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_encoding_reads_alike() {
    let (cp1252, _, unmappable) = encoding_rs::WINDOWS_1252.encode(ROWS);
    assert!(!unmappable);
    let with_mark = format!("\u{FEFF}{ROWS}");
    for (bytes, encoding) in [
        (ROWS.as_bytes().to_vec(), Encoding::Utf8),
        (with_mark.as_bytes().to_vec(), Encoding::Utf8),
        (utf16(&with_mark, u16::to_le_bytes), Encoding::Utf16LittleEndian),
        (utf16(&with_mark, u16::to_be_bytes), Encoding::Utf16BigEndian),
        (utf16(ROWS, u16::to_le_bytes), Encoding::Utf16LittleEndian),
        (utf16(ROWS, u16::to_be_bytes), Encoding::Utf16BigEndian),
        (cp1252.into_owned(), Encoding::Windows1252),
    ] {
        let table = read(&bytes).unwrap();
        assert_eq!(table.found.source, Source::Text(encoding));
        assert_eq!(table.found.separator, Some(Separator::Semicolon));
        assert_eq!(table.header.as_ref().unwrap().number, 1);
        assert_eq!(table.header.as_ref().unwrap().cells, ["Organización", "Nombre", "Correo"]);
        assert_eq!(table.rows[0].cells[0], "Peña, Ríos y Asociados");
        assert_eq!(table.rows[0].cells[1], "José Núñez");
        let numbers: Vec<_> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 4]);
        assert_eq!(table.dropped_empty, 2);
    }
}

#[test]
fn unicode_text_of_excel_is_read() {
    let text = "\u{FEFF}Organización\tNombre\tCorreo\r\nContraloría\t\"Núñez, \"\"Nena\"\"\"\ta@example.org\r\n";
    let table = read(&utf16(text, u16::to_le_bytes)).unwrap();
    assert_eq!(table.found.separator, Some(Separator::Tab));
    assert_eq!(table.rows[0].cells, ["Contraloría", "Núñez, \"Nena\"", "a@example.org"]);
}

#[test]
fn every_separator_is_found() {
    for (text, separator) in [
        ("a,b\tc\nd,e\tf\n", Some(Separator::Tab)),
        ("a, b;c\nd;e, f\n", Some(Separator::Semicolon)),
        ("Colegio, A.C.|x\nRed, A.C.|y\n", Some(Separator::Bar)),
        ("a,b,c\nd,e,f\n", Some(Separator::Comma)),
        ("Organización,Correo\n\"A; B; C\",x@example.org\n", Some(Separator::Comma)),
        ("Colegio de Arquitectos\nContraloría, Estado\nUniversidad\n", None),
    ] {
        assert_eq!(table(text).found.separator, separator, "{text}");
    }
}

#[test]
fn a_first_line_may_say_the_separator() {
    for (said, separator) in [
        ("sep=;", Separator::Semicolon),
        ("SEP=,", Separator::Comma),
        ("\"sep=|\"", Separator::Bar),
        ("\u{FEFF}sep=\t", Separator::Tab),
    ] {
        let cell = separator.character();
        let text = format!("{said}\r\nOrganización{cell}Nombre\r\nRed{cell}Ana\r\n");
        let table = read(text.as_bytes()).unwrap();
        assert_eq!(table.found.separator, Some(separator), "{said}");
        // Excel doesn't show that line: its first row is the next.
        assert_eq!((table.header.unwrap().number, table.rows[0].number), (1, 2));
        assert_eq!(table.rows[0].cells, ["Red", "Ana"]);
    }
}

#[test]
fn row_numbers_are_those_of_the_persons_sheet() {
    let text = "Lista de actores\n\nOrganización,Nombre\n\"Secretaría de\nDesarrollo\",Ana\n\n,\n\nRed,Luis\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
        let table = table(&text);
        assert_eq!(table.above.len(), 1);
        assert_eq!(table.header.as_ref().unwrap().number, 3, "{text:?}");
        let numbers: Vec<_> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [4, 8], "{text:?}");
        assert_eq!(table.dropped_empty, 4);
        let shown = shown(&text, &[], &roster::Answers::default());
        assert_eq!(shown.lines[0].draft.organisation, "Secretaría de Desarrollo");
        assert_eq!((shown.counts.empty, shown.counts.above), (4, 1));
    }
}

#[test]
fn rows_of_nothing_but_separators_are_counted() {
    let table =
        table("Organización,Nombre,Correo\nRed,Ana,a@example.org\n,,\n , \t,\n,,\nRed,Eva,\n,,\n");
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.dropped_empty, 4);
}

#[test]
fn a_lone_quotation_mark_swallows_nothing() {
    let table = table("Organización\tNombre\n\"Red de Vecinos\tAna\nColectivo\tEva\n");
    assert!(table.found.plain_quotes);
    let cells: Vec<_> = table.rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert_eq!(cells, ["\"Red de Vecinos", "Colectivo"]);
}

#[test]
fn headings_are_found_under_titles_and_columns_by_them() {
    let table = table(
        "Gobierno Abierto 2026\n\nDependencia\tTipo\tApellidos\tNombre(s)\tE-mail\tCelular\t¿Firma?\tObservaciones\n\
         Contraloría\tsuplente\tPeña Ruiz\tAna\ta@example.org\t951 123 4567\tsí\tllega tarde\n",
    );
    use Column::*;
    let expected = vec![
        Some(Organisation),
        Some(Seat),
        Some(Surname(Whose::Row)),
        Some(Person(Whose::Row)),
        Some(Mail(Whose::Row)),
        Some(Phone(Whose::Row)),
        Some(Signs),
        None,
    ];
    assert_eq!(Columns::guess(&table).0, expected);
}

#[test]
fn rows_above_the_headings_that_are_like_them_are_part_of_the_list() {
    let table = table("Red,Ana\nOrganización,Nombre\nColegio,Eva\n");
    assert_eq!((table.header, table.above.len(), table.rows.len()), (None, 0, 3));
}

#[test]
fn without_headings_the_content_tells() {
    let table = table(
        "Ana Pérez\tContraloría del Estado\tTitular\tgobierno\ta@example.org\t9511234567\n\
         Eva Ríos\tUniversidad Estatal\tSuplente\tacademia\te@example.org\t9511234568\n",
    );
    assert_eq!(table.header, None);
    use Column::*;
    let expected =
        [Person(Whose::Row), Organisation, Seat, Sector, Mail(Whose::Row), Phone(Whose::Row)];
    assert_eq!(Columns::guess(&table).0, expected.map(Some));
}

#[test]
fn titular_and_suplente_may_stand_side_by_side() {
    let table = table(
        "Organización\tTitular\tCorreo\tTeléfono\tSuplente\tCorreo\n\
         Red\tAna\ta@example.org\t1234567\tEva\te@example.org\n",
    );
    use Column::*;
    let expected = [
        Organisation,
        Person(Whose::Holder),
        Mail(Whose::Holder),
        Phone(Whose::Holder),
        Person(Whose::Alternate),
        Mail(Whose::Alternate),
    ];
    assert_eq!(Columns::guess(&table).0, expected.map(Some));
}

#[test]
fn limits_have_their_reasons() {
    let rows = |count: usize| "Red;Ana\n".repeat(count);
    let wide = format!("Red{}Ana\n", ";".repeat(200));
    for (text, expected) in [
        (String::new(), Err(ReadError::Empty)),
        (" \n;;\n".to_owned(), Err(ReadError::Empty)),
        (rows(MOST_ROWS), Ok(MOST_ROWS)),
        (rows(MOST_ROWS + 1), Err(ReadError::TooManyRows)),
        (wide, Err(ReadError::TooWide)),
        (format!("Red{}\n", ";".repeat(10_000)), Ok(1)),
        ("a".repeat(MOST_BYTES), Err(ReadError::TooMuchText)),
        ("a".repeat(MOST_BYTES + 1), Err(ReadError::TooLarge)),
    ] {
        assert_eq!(read_pasted(&text).map(|table| table.rows.len()), expected);
    }
}

#[test]
fn what_is_no_list_is_said_to_be_none() {
    let png = include_bytes!("../../../tests/logo.png");
    for bytes in [
        &png[..],
        b"%PDF-1.7\n1 0 obj",
        b"<!DOCTYPE html><table><tr><td>Red</td></tr></table>",
        b"{\\rtf1 Red}",
        b"\xFF\xFE\x00\xD8\x00\xD8",
    ] {
        assert_eq!(read(bytes), Err(ReadError::NotAList));
    }
}
