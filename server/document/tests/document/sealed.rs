//! A sealed document is the same document to whoever opens it, and what happens to it afterwards is
//! named, by us and by a verifier that others wrote.

use std::process::{Command, Output};

use document::{Fonts, Pdf, pal};
use seal::{
    Capacity, Change, Digest, Edition, Facts, Head, Key, ReadError, Signer, Standing, read,
};
use tempfile::TempDir;

use crate::sample;
use crate::tools::file;

fn facts(pdf: &Pdf) -> Facts {
    let stamp = sample::stamp();
    Facts {
        exercise: "01a20578-935f-77ac-a419-99c14f9b6da4".to_owned(),
        folio: stamp.folio,
        version: stamp.version,
        copy: Edition::Full,
        text_digest: Digest::of(stamp.canonical),
        pages: u32::try_from(pdf.pages).unwrap(),
        signers: vec![Signer {
            number: 1,
            organisation: "Colegio de Arquitectos".to_owned(),
            standing: Standing::Signed,
            capacity: Some(Capacity::Alternate),
            at: Some(1_790_382_000_000),
        }],
        head: Head { seq: 712, hash: Digest([7; 32]) },
        sealed_at: 1_790_382_000_000,
    }
}

fn set() -> Pdf {
    pal(&Fonts::embedded(), &sample::plan()).unwrap()
}

fn key(of: u8) -> Key {
    Key::from_secret(&[of; 32])
}

/// The sample, sealed.
pub fn sealed(pdf: &Pdf) -> Pdf {
    let (bytes, _) = seal::sealed(&pdf.bytes, facts(pdf), &key(1)).unwrap();
    Pdf { bytes, pages: pdf.pages }
}

#[test]
fn a_sealed_document_is_sound_and_the_same_to_whoever_opens_it() {
    let pdf = set();
    let (before, after) = (file(&pdf), file(&sealed(&pdf)));
    assert!(after.check().contains("No syntax or stream encoding errors found"));
    let lines = |info: String| {
        let lines = info.lines().filter(|line| !line.starts_with("File size"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(before.info()), lines(after.info()));
    assert_eq!(before.text(), after.text());
    assert_eq!(before.structure(), after.structure());
    assert_eq!(before.attachment("plan.json"), after.attachment("plan.json"));
}

#[test]
fn a_sealed_document_reads_back() {
    let pdf = set();
    let seal = read(&sealed(&pdf).bytes).unwrap();
    assert_eq!(seal.statement.facts, facts(&pdf));
    assert_eq!(seal.by(&[key(1).public()]), Ok(()));
    assert_eq!(seal.statement.pdf, Digest::of(&pdf.bytes));
}

/// What was done to a sealed document, the file, what it is found to be, and what the verifier in
/// Python calls that.
type Changed = (&'static str, Vec<u8>, Result<(), ReadError>, &'static str);

/// What somebody may do to a sealed document.
fn changed() -> Vec<Changed> {
    let pdf = set();
    let sealed = sealed(&pdf).bytes;
    let mut flipped = sealed.clone();
    flipped[pdf.bytes.len() / 2] ^= 1;
    let mut of_the_seal = sealed.clone();
    let end = of_the_seal.len() - 20;
    of_the_seal[end] ^= 1;
    let (theirs, _) = seal::sealed(&pdf.bytes, facts(&pdf), &key(2)).unwrap();
    let update = &sealed[pdf.bytes.len()..];
    // A page fewer, and the seal behind it: what only somebody does who means to deceive.
    let fewer = [&by_qpdf(&pdf, &["--pages", ".", "2-z", "--"])[..], update].concat();
    let mut plan = sample::plan();
    let text = r#"{"exercise":"Gobierno Abierto Sierra Clara 2026","version":3}"#;
    let stamp = document::Stamp {
        canonical: text.to_owned(),
        code: Digest::of(text).to_string(),
        ..sample::stamp()
    };
    plan.edition = document::Edition::Full { stamp };
    let other = pal(&Fonts::embedded(), &plan).unwrap();
    assert_eq!(other.pages, pdf.pages);
    let swapped = [&other.bytes[..], update].concat();
    let added = [&sealed[..], b"\n1 0 obj\n<<>>\nendobj\n"].concat();
    let pages = Change::Pages { sealed: facts(&pdf).pages, found: pdf.pages - 1 };
    vec![
        ("as it is", sealed.clone(), Ok(()), ""),
        ("a byte flipped", flipped, Err(ReadError::Changed(Change::Bytes)), "changed"),
        ("a byte of the seal flipped", of_the_seal, Err(ReadError::Damaged), "damaged"),
        ("a page removed", fewer, Err(ReadError::Changed(pages)), "pages"),
        ("another text attached", swapped, Err(ReadError::Changed(Change::Text)), "text"),
        ("more added", added, Err(ReadError::Added { bytes: 21 }), "added"),
        ("another server's", theirs, Err(ReadError::OtherKey(key(2).public())), "other-key"),
        ("never sealed", pdf.bytes.clone(), Err(ReadError::NoSeal), "no-seal"),
        (
            "written anew",
            by_qpdf(&Pdf { bytes: sealed, pages: 0 }, &[]),
            Err(ReadError::NoSeal),
            "no-seal",
        ),
    ]
}

/// The document as qpdf writes it anew, with objects found as before.
fn by_qpdf(pdf: &Pdf, arguments: &[&str]) -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let (from, to) = (folder.path().join("from.pdf"), folder.path().join("to.pdf"));
    std::fs::write(&from, &pdf.bytes).unwrap();
    let done = Command::new("qpdf")
        .args(["--object-streams=disable", "--stream-data=preserve"])
        .arg(&from)
        .args(arguments)
        .arg(&to)
        .status()
        .unwrap();
    assert!(done.success());
    std::fs::read(to).unwrap()
}

#[test]
fn what_happened_to_a_document_is_named() {
    for (what, bytes, expected, _) in changed() {
        let found = read(&bytes).and_then(|seal| seal.by(&[key(1).public()]));
        assert_eq!(found, expected, "{what}");
    }
}

/// The verifier in Python, or nothing when it can't run here.
fn verifier() -> Option<String> {
    let python = std::env::var("MESA_VERIFIER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import cryptography"]).output();
    if there.is_ok_and(|there| there.status.success()) {
        return Some(python);
    }
    let required = std::env::var("MESA_REQUIRE_VERIFIER").is_ok_and(|value| value == "1");
    assert!(!required, "MESA_REQUIRE_VERIFIER=1, but {python} has no package cryptography");
    eprintln!("skipped: {python} has no package cryptography (MESA_VERIFIER_PYTHON names another)");
    None
}

fn verify(python: &str, arguments: &[&str]) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../end2end/verifier/verify.py");
    Command::new(python).arg(script).args(arguments).output().unwrap()
}

#[test]
fn whoever_has_only_the_file_and_the_key_finds_the_same() {
    let Some(python) = verifier() else { return };
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("plan.pdf");
    for (what, bytes, expected, name) in changed() {
        std::fs::write(&path, bytes).unwrap();
        let key = key(1).public().to_string();
        let output = verify(&python, &[path.to_str().unwrap(), &key]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.success(), expected.is_ok(), "{what}: {said}");
        match expected {
            Ok(()) => assert!(said.contains("\"folio\":\"SC-VH-PAL-2026-001\""), "{said}"),
            Err(_) => assert_eq!(said.trim_end(), name, "{what}"),
        }
    }
}

#[test]
fn whoever_keeps_the_file_of_seals_sees_what_is_changed_in_it() {
    let Some(python) = verifier() else { return };
    let pdf = set();
    let (bytes, seal) = seal::sealed(&pdf.bytes, facts(&pdf), &key(1)).unwrap();
    let record = |key: &Key, before: Option<&Key>| seal::Entry::Key {
        record: seal::KeyRecord::new(key, before, 1),
    };
    let first = seal::Line::after(None, 1, record(&key(1), None));
    let second = seal::Line::after(Some((1, &first)), 2, seal::Entry::of(&bytes, &seal));
    let third = seal::Line::after(Some((2, &second)), 3, record(&key(2), Some(&key(1))));
    let digest = |text: &str| seal::Digest::of(text);
    let stamp = |sealed| seal::Entry::Stamp { seal: sealed, answer: digest("a"), stamped_at: 4 };
    let of_it = digest(&seal::canonical(&seal));
    let fourth = seal::Line::after(Some((3, &third)), 4, stamp(of_it));
    let fifth = seal::Line::after(Some((4, &fourth)), 5, stamp(of_it));
    let of_nothing = seal::Line::after(Some((3, &third)), 4, stamp(digest("nothing")));
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("sellos.jsonl");
    let said = |lines: &[&str]| {
        std::fs::write(&path, lines.join("\n")).unwrap();
        let output = verify(&python, &["--seals", path.to_str().unwrap()]);
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    };
    assert_eq!(said(&[&first, &second, &third]), "3");
    assert_eq!(said(&[&first, &second, &third, &fourth]), "4");
    assert_eq!(said(&[&first, &second, &third, &fourth, &fifth]), "line-5-stamp");
    assert_eq!(said(&[&first, &second, &third, &of_nothing]), "line-4-stamp");
    let dated_back = second.replace("\"at\":2", "\"at\":1");
    assert_eq!(said(&[&first, &dated_back, &third]), "line-3-order");
    let other_key = third.replace(&key(2).public().to_string(), &key(3).public().to_string());
    assert_eq!(said(&[&first, &second, &other_key]), "line-3-key");
}
