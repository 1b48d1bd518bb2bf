//! Workbooks made by hand, part by part.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip with these parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of an XLSX with one sheet, as small as calamine reads it.
#[derive(Clone)]
pub struct Excel {
    pub strings: String,
    pub styles: String,
    pub sheet: String,
}

pub const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

impl Default for Excel {
    fn default() -> Self {
        let strings = ["Organización", "Sector", "Nombre", "Red", "ONG", "Ana"];
        let items: String = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
        let row = |number: usize, from: usize| {
            let cell = |at: usize| {
                let column = ["A", "B", "C"][at];
                format!(r#"<c r="{column}{number}" t="s"><v>{}</v></c>"#, from + at)
            };
            let cells: String = (0..3).map(cell).collect();
            format!(r#"<row r="{number}">{cells}</row>"#)
        };
        Self {
            strings: format!(r#"{XML}<sst count="6" uniqueCount="6">{items}</sst>"#),
            styles: format!(
                "{XML}<styleSheet><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>"
            ),
            sheet: format!(
                r#"{XML}<worksheet><dimension ref="A1:C2"/><sheetData>{}{}</sheetData></worksheet>"#,
                row(1, 0),
                row(2, 3)
            ),
        }
    }
}

impl Excel {
    pub fn file(&self) -> Vec<u8> {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let root = format!(
            r#"{XML}<Relationships><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        );
        let book = format!(
            r#"{XML}<workbook><sheets><sheet name="Hoja1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        );
        let links = format!(
            r#"{XML}<Relationships><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        );
        zipped(&[
            ("[Content_Types].xml", format!("{XML}<Types/>").as_bytes()),
            ("_rels/.rels", root.as_bytes()),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", links.as_bytes()),
            ("xl/sharedStrings.xml", self.strings.as_bytes()),
            ("xl/styles.xml", self.styles.as_bytes()),
            ("xl/worksheets/sheet1.xml", self.sheet.as_bytes()),
        ])
    }
}

pub const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// An ODS with these tables.
pub fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "{XML}<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    ods_of(&content)
}

/// An ODS with this content.
pub fn ods_of(content: &str) -> Vec<u8> {
    let manifest = format!("{XML}<manifest:manifest/>");
    zipped(&[
        ("mimetype", ODS.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}
