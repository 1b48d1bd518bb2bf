//! Scans of what was signed on paper: what is declared counts, not that a file came.

use domain::agreement::signing::{
    MOST_SCANS, Rejection as Refused, Scan, ScanCommand, ScanKind, Scanned,
};
use domain::project::project;
use domain::{Digest, Event, MesaNumber, Rejection, Viewer};

use super::signing::{PAGES, round, scan as enter, sealed, signing};
use crate::mesa::short;
use crate::table::Table;

fn file(number: u8, pages: u16) -> Scan {
    Scan {
        file: Digest([number; 32]),
        name: short("Firmas de Rosa.pdf"),
        kind: ScanKind::Pdf,
        pages,
        initialled: Some(vec![1]),
        at: 7,
    }
}

fn attach(table: &mut Table, scan: Scan) -> Result<Vec<Event>, Rejection> {
    enter(table, ScanCommand::Attach(scan))
}

fn declare(table: &mut Table, number: u8, initialled: &[u16]) -> Result<Vec<Event>, Rejection> {
    let initialled = initialled.to_vec();
    enter(table, ScanCommand::Declare { file: Digest([number; 32]), initialled })
}

#[test]
fn an_upload_alone_makes_nothing_initialled() {
    let mut table = signing();
    assert_eq!(round(&table).scanned(), None);
    attach(&mut table, file(1, PAGES)).unwrap();
    let seen = round(&table).scanned().unwrap();
    assert_eq!(seen, Scanned { pages: PAGES, initialled: 0, of: Some(PAGES) });
    assert!(!seen.is_initialled_throughout(), "nobody declared anything, whatever the file said");
    declare(&mut table, 1, &[1, 2, 2, 9]).unwrap();
    let seen = round(&table).scanned().unwrap();
    assert_eq!((seen.initialled, seen.is_initialled_throughout()), (3, false));
    let all: Vec<u16> = (1..=PAGES).rev().collect();
    declare(&mut table, 1, &all).unwrap();
    assert!(round(&table).scanned().unwrap().is_initialled_throughout());
    assert_eq!(declare(&mut table, 1, &all), Ok(Vec::new()), "said already");
}

#[test]
fn photographs_of_single_pages_add_up() {
    let mut table = signing();
    for page in 1..=4 {
        attach(&mut table, file(page, 1)).unwrap();
        declare(&mut table, page, &[1]).unwrap();
    }
    let seen = round(&table).scanned().unwrap();
    assert_eq!(seen, Scanned { pages: 4, initialled: 4, of: Some(PAGES) });
    enter(&mut table, ScanCommand::Detach { file: Digest([2; 32]) }).unwrap();
    assert_eq!(round(&table).scanned().unwrap().pages, 3);
}

#[test]
fn what_is_on_paper_changes_nothing_in_the_document() {
    let mut table = signing();
    let before = round(&table).changes;
    attach(&mut table, file(1, 2)).unwrap();
    declare(&mut table, 1, &[2]).unwrap();
    assert_eq!(round(&table).changes, before, "nobody has to sign again, and the seal may come");
}

#[test]
fn paper_is_scanned_after_the_seal_too() {
    let mut table = sealed();
    attach(&mut table, file(1, 12)).unwrap();
    declare(&mut table, 1, &[12]).unwrap();
    assert_eq!(round(&table).scanned().unwrap().initialled, 1);
}

#[test]
fn what_is_not_there_is_refused() {
    let mut table = signing();
    attach(&mut table, file(1, 2)).unwrap();
    assert_eq!(attach(&mut table, file(1, 2)), Ok(Vec::new()), "the same bytes once");
    assert_eq!(declare(&mut table, 1, &[3]), Err(Refused::NoScan.into()));
    assert_eq!(declare(&mut table, 1, &[0]), Err(Refused::NoScan.into()));
    assert_eq!(declare(&mut table, 2, &[1]), Err(Refused::NoScan.into()));
    let gone = ScanCommand::Detach { file: Digest([2; 32]) };
    assert_eq!(enter(&mut table, gone), Err(Refused::NoScan.into()));
    assert_eq!(attach(&mut table, file(9, 201)), Err(Refused::TooManyPages.into()));
    for number in 2..=u8::try_from(MOST_SCANS).unwrap() {
        attach(&mut table, file(number, 1)).unwrap();
    }
    assert_eq!(attach(&mut table, file(200, 1)), Err(Refused::TooManyPages.into()));
}

#[test]
fn the_public_does_not_learn_what_a_file_was_called() {
    let mut table = signing();
    let events = attach(&mut table, file(1, 2)).unwrap();
    let told = |viewer| {
        let seen: Vec<_> =
            events.iter().map(|event| project(event, &table.exercise, viewer)).collect();
        format!("{seen:?} {:?}", table.exercise.for_viewer(viewer).plan.rounds)
    };
    assert!(!told(Viewer::Public).contains("Rosa"));
    let inside = Viewer::new(domain::Role::Actor, MesaNumber(1));
    assert!(told(inside).contains("Rosa"));
}

#[test]
fn a_file_is_judged_by_what_it_begins_with() {
    let of = |bytes: &[u8]| ScanKind::of(bytes);
    assert_eq!(of(b"%PDF-1.7\n"), Some(ScanKind::Pdf));
    assert_eq!(of(b"\r\nscanner\r\n%PDF-1.4"), Some(ScanKind::Pdf));
    assert_eq!(of(&[0xFF, 0xD8, 0xFF, 0xE1, 0, 0]), Some(ScanKind::Jpeg));
    assert_eq!(of(&[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0]), Some(ScanKind::Png));
    assert_eq!(of(b"\0\0\0\x18ftypheic\0\0\0\0"), Some(ScanKind::Heic));
    for other in [&b"<svg onload='alert(1)'>"[..], b"PK\x03\x04", b"%PDX-1.7", b"", b"GIF89a"] {
        assert_eq!(of(other), None, "{other:?}");
    }
}
