//! XLSX as Excel writes it, ODS as LibreOffice does.

use roster::{Answers, Columns, ReadError, Source, entries, preview, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::accounted_for;
use super::files::{Excel, ods, zipped};

#[test]
fn a_workbook_of_excel_is_read() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Portada").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Actores").unwrap();
    sheet.write(1, 1, "Actores de la mesa").unwrap();
    let heads = ["Organización", "Sector", "Nombre", "Teléfono", "Correo", "Firma", "Desde"];
    for (column, head) in heads.into_iter().enumerate() {
        sheet.write(3, column as u16 + 1, head).unwrap();
    }
    sheet.write(5, 1, "Peña, Ríos y Asociados").unwrap();
    sheet.write(5, 2, "privado").unwrap();
    let name = Formula::new("=CONCAT(\"Ana \",\"Núñez\")").set_result("Ana Núñez");
    sheet.write_formula(5, 3, name).unwrap();
    sheet.write(5, 4, 9_511_234_567_f64).unwrap();
    sheet.write(5, 5, "ana@example.org").unwrap();
    sheet.write(5, 6, true).unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let date = ExcelDateTime::from_ymd(2026, 11, 30).unwrap();
    sheet.write_with_format(5, 7, &date, &day).unwrap();
    book.add_worksheet().set_name("Notas").unwrap().write(0, 0, "nada").unwrap();
    let file = book.save_to_buffer().unwrap();

    let table = read(&file).unwrap();
    let others = vec!["Portada".to_owned(), "Notas".to_owned()];
    assert_eq!(table.found.source, Source::Excel { sheet: "Actores".to_owned(), others });
    assert_eq!((table.above.len(), table.header.as_ref().unwrap().number), (1, 4));
    assert_eq!((table.rows.len(), table.rows[0].number), (1, 6));
    // Rows 1, 3 and 5.
    assert_eq!(table.dropped_empty, 3);
    assert_eq!(table.rows[0].cells[4], "9511234567");
    assert_eq!(table.rows[0].cells[7], "2026-11-30");

    let shown =
        preview(&table, &Columns::guess(&table), &[], &Answers::default(), &super::sectors());
    accounted_for(&table, &shown);
    let entry = entries(&shown).next().unwrap();
    assert_eq!(entry.place.row, 6);
    assert_eq!(entry.seat.organisation, "Peña, Ríos y Asociados");
    assert_eq!(entry.seat.person, "Ana Núñez");
    assert_eq!((entry.seat.phone.as_str(), entry.seat.signs), ("9511234567", true));
}

#[test]
fn a_hidden_sheet_is_read_only_where_no_other_has_content() {
    for (visible, sheet) in [("Red", "Vista"), ("", "Oculta")] {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Vista").unwrap().write(0, 0, visible).unwrap();
        let hidden = book.add_worksheet().set_name("Oculta").unwrap();
        hidden.set_hidden(true).write(0, 0, "Vieja").unwrap();
        let table = read(&book.save_to_buffer().unwrap()).unwrap();
        let Source::Excel { sheet: found, .. } = table.found.source else { panic!() };
        assert_eq!(found, sheet);
    }
}

#[test]
fn a_cell_far_away_makes_no_large_table() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Red").unwrap();
    sheet.write(1_048_575, 0, "Colegio").unwrap();
    let table = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.rows[1].number, 1_048_576);
    assert_eq!(table.dropped_empty, 1_048_574);

    let mut book = Workbook::new();
    book.add_worksheet().write(0, 16_383, "Red").unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap()), Err(ReadError::TooWide));
    assert_eq!(read(&Workbook::new().save_to_buffer().unwrap()), Err(ReadError::Empty));
}

/// As LibreOffice writes it: repeated cells and rows, notes, spaces, several paragraphs.
pub const TABLES: &str = r#"<table:table table:name="Vacía"><table:table-column/><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="Actores"><table:table-column table:number-columns-repeated="16384"/>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string" calcext:value-type="string"><text:p>Organización</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Sector</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Nombre</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Teléfono</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>una nota</text:p></office:annotation><text:p>Peña &amp; Ríos,<text:s text:c="3"/>A.C.</text:p><text:p>Norte</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>OSC</text:p></table:table-cell><table:table-cell table:formula="of:=&quot;Ana&quot;" office:value-type="string" office:string-value="Ana"><text:p>Ana</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="9511234567"><text:p>9.51E+09</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>ONG</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048560"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="Otra"/>"#;

#[test]
fn a_workbook_of_libreoffice_is_read() {
    let table = read(&ods(TABLES)).unwrap();
    let others = vec!["Vacía".to_owned(), "Otra".to_owned()];
    assert_eq!(table.found.source, Source::OpenDocument { sheet: "Actores".to_owned(), others });
    assert_eq!(table.header.as_ref().unwrap().number, 3);
    let numbers: Vec<_> = table.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 8, 9]);
    assert_eq!(table.dropped_empty, 5);
    assert_eq!(table.rows[0].cells, ["Peña & Ríos, A.C.\nNorte", "OSC", "Ana", "9511234567"]);
    assert_eq!(table.rows[2].cells, ["ONG", "ONG"]);
    let shown =
        preview(&table, &Columns::guess(&table), &[], &Answers::default(), &super::sectors());
    assert_eq!(entries(&shown).next().unwrap().seat.organisation, "Peña & Ríos, A.C. Norte");
}

#[test]
fn what_isnt_read_is_called_by_its_name() {
    let compound = |name: &str| {
        let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        file
    };
    let locked = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let locked: &[(&str, &[u8])] = &[
        ("mimetype", super::files::ODS.as_bytes()),
        ("META-INF/manifest.xml", locked.as_bytes()),
        ("content.xml", b"\0\0"),
    ];
    for (file, expected) in [
        (compound("Workbook"), ReadError::OtherWorkbook),
        (compound("EncryptedPackage"), ReadError::Password),
        (zipped(&[("xl/workbook.bin", b"")]), ReadError::OtherWorkbook),
        (zipped(locked), ReadError::Password),
        (zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), ReadError::NotAList),
        (zipped(&[("word/document.xml", b"<w/>")]), ReadError::NotAList),
        (zipped(&[]), ReadError::NotAList),
        (b"PK\x03\x04 and no more".to_vec(), ReadError::Damaged),
    ] {
        assert_eq!(read(&file), Err(expected));
    }
    let whole = Excel::default().file();
    assert!(read(&whole).is_ok());
    assert_eq!(read(&whole[..whole.len() / 2]), Err(ReadError::Damaged));
}
