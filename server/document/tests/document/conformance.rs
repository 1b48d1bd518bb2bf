//! What the file is: checked by programs that didn't make it.

use document::*;
use sha2::{Digest, Sha256};

use crate::sample;
use crate::tools::file;

fn set(plan: &Plan) -> Pdf {
    pal(&Fonts::embedded(), plan).unwrap()
}

#[test]
fn the_file_is_sound_tagged_and_says_what_it_is() {
    let pdf = set(&sample::plan());
    let file = file(&pdf);
    assert!(file.check().contains("No syntax or stream encoding errors found"));
    let info = file.info();
    for line in [
        "Title:           Plan de Acción Local · Gobierno Abierto Sierra Clara 2026 · Valle Hondo",
        "Subject:         Folio SC-VH-PAL-2026-001, versión 2",
        "Author:          Instituto de Transparencia de Sierra Clara",
        "Tagged:          yes",
        "Page size:       612 x 792 pts (letter)",
        "PDF version:     1.7",
    ] {
        assert!(info.contains(line), "{line} isn't in\n{info}");
    }
    assert!(info.contains(&format!("Pages:           {}", pdf.pages)), "{info}");
    let metadata = String::from_utf8_lossy(&pdf.bytes);
    for claim in ["<pdfuaid:part>1<", "<pdfaid:part>3<", "<pdfaid:conformance>A<", "es-MX"] {
        assert!(metadata.contains(claim), "{claim} isn't in the file");
    }
}

#[test]
fn every_font_is_in_the_file() {
    let fonts = file(&set(&sample::plan())).fonts();
    assert!(fonts.len() >= 5, "{fonts:?}");
    for row in fonts {
        // … emb sub uni object ID
        let columns: Vec<&str> = row.split_whitespace().rev().collect();
        assert_eq!((columns[4], columns[2]), ("yes", "yes"), "{row}");
    }
}

#[test]
fn the_code_is_the_sha_256_of_what_is_attached() {
    let plan = sample::plan();
    let file = file(&set(&plan));
    let attached = file.attachment("plan.json");
    let code: String = Sha256::digest(&attached).iter().map(|byte| format!("{byte:02x}")).collect();
    let stamp = plan.edition.stamp().unwrap();
    assert_eq!(code, stamp.code);
    let text = file.text();
    let short: String =
        text.lines().find(|line| line.ends_with(" …")).unwrap().replace([' ', '…'], "");
    assert!(code.starts_with(&short) && short.len() == 16, "{short} {code}");
}

#[test]
fn a_code_of_another_text_is_refused() {
    let mut plan = sample::plan();
    let mut stamp = sample::stamp();
    stamp.canonical.push(' ');
    plan.edition = Edition::Full { stamp };
    let failure = pal(&Fonts::embedded(), &plan).unwrap_err();
    assert!(matches!(failure, Failure::CodeDiffers { .. }), "{failure}");
}

#[test]
fn headings_go_down_one_level_at_a_time_and_tables_have_heads() {
    let structure = file(&set(&sample::plan())).structure();
    let mut before = 0;
    for line in structure.lines().map(str::trim) {
        let level = match line.split_whitespace().next() {
            Some("H1") => 1,
            Some("H2") => 2,
            Some("H3") => 3,
            _ => continue,
        };
        assert!(level <= before + 1, "from {before} to {level}");
        before = level;
    }
    assert_eq!(before, 1, "the last heading opens the end");
    let kinds = |kind: &str| structure.lines().filter(|line| line.trim().starts_with(kind)).count();
    assert!(kinds("Table") >= 10, "{}", kinds("Table"));
    assert!(kinds("TH <") >= 4 * kinds("Table"), "{} {}", kinds("TH <"), kinds("Table"));
    // Each drawn signature and each logo is a figure with its own words.
    assert!(kinds("Figure") >= 7, "{}", kinds("Figure"));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let one = set(&sample::plan());
    let mut other = sample::plan();
    other.commitments[0].title.push('!');
    assert_ne!(set(&other).bytes, one.bytes);
    assert_eq!(set(&sample::plan()).bytes, one.bytes);
}
