//! Whether the XML of an Excel workbook can be given to calamine 0.38, which takes some numbers of
//! a file at its word: it reserves memory for as many strings as `uniqueCount` says, copies a
//! number's format and a font into every cell format that names them, and reckons with cell
//! references of any length. The parser and its settings are the ones that calamine uses.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, Part};
use crate::read::ReadError;

/// Most elements of all parts.
const MOST_ELEMENTS: u32 = 2_000_000;
/// Most elements of the part with the styles.
const MOST_STYLES: u32 = 50_000;
/// Longest attribute in the part with the styles, in bytes. Excel's own limit is 255 characters.
const LONGEST_STYLE: usize = 1_024;
/// Most strings that a workbook may say it has.
const MOST_STRINGS: usize = 1_000_000;

/// Looks through all parts.
pub(crate) fn inspect(package: &Package) -> Result<(), ReadError> {
    let mut elements = 0;
    package.parts().iter().try_for_each(|part| inspect_part(part, &mut elements))
}

/// Ends at the first fault of the part's XML, as calamine does.
fn inspect_part(part: &Part, elements: &mut u32) -> Result<(), ReadError> {
    // `from_reader` over a slice without `BufRead` in between has another way to find encodings.
    let mut xml = Reader::from_reader(std::io::BufReader::new(part.bytes.as_slice()));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.trim_text(false);
    config.check_comments = false;
    config.expand_empty_elements = true;

    let styles = part.name.ends_with("styles.xml");
    let first = *elements;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                *elements += 1;
                if *elements > MOST_ELEMENTS || (styles && *elements - first > MOST_STYLES) {
                    return Err(ReadError::Unpacks);
                }
                inspect_element(&element, styles)?;
            }
            Ok(Event::DocType(_)) => return Err(ReadError::Entities),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn inspect_element(element: &BytesStart<'_>, styles: bool) -> Result<(), ReadError> {
    let places = matches!(element.local_name().as_ref(), "c" | "row" | "dimension");
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| ReadError::Damaged)?;
        let value = attribute.value.as_ref();
        match attribute.key.as_ref() {
            "uniqueCount" if !value.parse().is_ok_and(|count: usize| count <= MOST_STRINGS) => {
                return Err(ReadError::Unpacks);
            }
            "r" | "ref" if places && !is_reference(value) => return Err(ReadError::Damaged),
            _ if styles && value.len() > LONGEST_STYLE => return Err(ReadError::Unpacks),
            _ => {}
        }
    }
    Ok(())
}

/// A row, a cell, or two of them from the upper left to the lower right.
fn is_reference(text: &str) -> bool {
    let mut corners = text.split(':').map(corner);
    match (corners.next(), corners.next(), corners.next()) {
        (Some(Some(_)), None, None) => true,
        (Some(Some(from)), Some(Some(to)), None) => from.0 <= to.0 && from.1 <= to.1,
        _ => false,
    }
}

/// Column (of at most three letters; zero without) and row (of at most seven digits).
fn corner(text: &str) -> Option<(u32, u32)> {
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (letters, digits) = text.split_at(letters);
    if letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((column, digits.parse().ok()?))
}
