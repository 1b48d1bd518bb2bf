//! Every document judged by veraPDF for PDF/UA-1 and PDF/A-3a, also with the seal behind it. The
//! rules are in the jar of an npm package (`verapdf.js` says how they are reached).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use document::*;
use tempfile::TempDir;

use crate::{hostile, records, sample, sealed, slots};

const PROFILES: [&str; 2] = ["PDFUA-1", "PDFA-3A"];
const JAR: &str = "node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar";

/// The jar, or nothing when it can't run here.
fn jar() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let jar = std::env::var_os("MESA_VERAPDF_JAR").map_or_else(|| root.join(JAR), PathBuf::from);
    let java = Command::new("java").arg("-version").output();
    if jar.is_file() && java.is_ok_and(|java| java.status.success()) {
        return Some(jar);
    }
    let required = std::env::var("MESA_REQUIRE_VERAPDF").is_ok_and(|value| value == "1");
    assert!(!required, "MESA_REQUIRE_VERAPDF=1, but there is no {} or no java", jar.display());
    eprintln!("skipped: no {} or no java", jar.display());
    None
}

/// The rules that each document breaks, by its name: "PDFUA-1 7.1-3 Content is…".
fn broken(jar: &Path, documents: &[(&str, Vec<u8>)]) -> BTreeMap<String, Vec<String>> {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in documents {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/document/verapdf.js");
    let output = Command::new("java")
        .arg("-cp")
        .arg(jar)
        .args(["org.mozilla.javascript.tools.shell.Main", script])
        .args(documents.iter().map(|(name, _)| name))
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let failed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}{failed}");
    let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut verdicts = 0;
    for line in said.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let of = broken.entry(parts[0].to_owned()).or_default();
        match parts[1..] {
            [profile, "broken", rule, message, at] => {
                of.push(format!("{profile} {rule} {message} ({at})"));
            }
            [profile, verdict, rules, assertions] => {
                verdicts += 1;
                let (rules, assertions): (u32, u32) =
                    (rules.parse().unwrap(), assertions.parse().unwrap());
                assert!(PROFILES.contains(&profile) && rules > 100 && assertions > rules, "{line}");
                assert_eq!(verdict == "true", !of.iter().any(|it| it.starts_with(profile)));
            }
            _ => panic!("{line}"),
        }
    }
    assert_eq!(verdicts, PROFILES.len() * documents.len(), "{said}{failed}");
    broken
}

fn plan(change: impl FnOnce(&mut Plan)) -> Vec<u8> {
    let mut plan = sample::plan();
    change(&mut plan);
    pal(&Fonts::embedded(), &plan).unwrap().bytes
}

/// The sample with whatever is hard to tag: long texts over page ends, letters of every font, slots
/// filled in every way.
fn hard(signers: u32) -> Plan {
    let mut plan = slots::in_every_way(signers);
    plan.context = vec![hostile::TEXTS.join(" ")];
    let reservation = "La ruta piloto incluye también la zona industrial. ".repeat(50);
    let groups = &mut plan.commitments[3].conformity.as_mut().unwrap().groups;
    groups.with_reservation[0].text = reservation;
    plan.commitments[0].title = hostile::TEXTS[2].into();
    plan.commitments[1].activities[0].text = hostile::TEXTS[4].into();
    plan
}

/// One of each kind, the first of them as it is sealed after it was signed by sixteen.
fn one_of_each() -> Vec<(&'static str, Vec<u8>)> {
    let fonts = Fonts::embedded();
    let sixteen = pal(&fonts, &hard(16)).unwrap();
    let minutes = minutes(&fonts, &records::minutes_of_mesa_two()).unwrap();
    let list = attendance_list(&fonts, &records::list(40)).unwrap();
    vec![
        ("sealed", sealed::sealed(&sixteen).bytes),
        ("public", plan(|plan| plan.edition = Edition::Public { stamp: sample::stamp() })),
        ("draft", plan(|plan| plan.edition = Edition::Draft { made: sample::moment(0) })),
        ("minutes", minutes.bytes),
        ("attendance", list.bytes),
    ]
}

fn none_is_broken(documents: &[(&str, Vec<u8>)]) {
    let Some(jar) = jar() else { return };
    for (name, broken) in broken(&jar, documents) {
        assert!(broken.is_empty(), "{name}: {broken:#?}");
    }
}

#[test]
fn every_kind_of_document_keeps_every_rule() {
    none_is_broken(&one_of_each());
}

#[test]
#[ignore = "long; part of make soak"]
fn documents_of_every_size_keep_every_rule() {
    let fonts = Fonts::embedded();
    let bytes = |plan: &Plan| pal(&fonts, plan).unwrap().bytes;
    let many = Plan { signers: hard(16).signers, ..sample::with_commitments(24, 5) };
    let mut documents = vec![
        ("four-drew", bytes(&sample::signed_by(4))),
        ("sixteen-drew", bytes(&sample::signed_by(16))),
        ("one-signer", bytes(&hard(1))),
        ("twenty-four-commitments", bytes(&many)),
        ("bare", bytes(&sample::bare())),
        ("sealed-of-four", sealed::sealed(&pal(&fonts, &hard(4)).unwrap()).bytes),
        ("paper", plan(|plan| plan.edition = Edition::Paper { stamp: sample::stamp() })),
        ("nobody", attendance_list(&fonts, &records::list(0)).unwrap().bytes),
        ("empty-minutes", minutes(&fonts, &records::empty_minutes()).unwrap().bytes),
    ];
    for (text, name) in hostile::TEXTS.iter().zip(NAMES) {
        documents.push((name, bytes(&hostile::with_everywhere(text))));
    }
    none_is_broken(&documents);
}

const NAMES: [&str; 16] = [
    "text-0", "text-1", "text-2", "text-3", "text-4", "text-5", "text-6", "text-7", "text-8",
    "text-9", "text-10", "text-11", "text-12", "text-13", "text-14", "text-15",
];

#[test]
fn a_document_that_is_not_what_it_says_is_found() {
    let Some(jar) = jar() else { return };
    let sound = attendance_list(&Fonts::embedded(), &records::list(1)).unwrap().bytes;
    let with = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = sound.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        let mut bytes = sound.clone();
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    let documents = [
        ("sound", sound.clone()),
        ("other-part", with("<pdfuaid:part>1<", "<pdfuaid:part>2<")),
        ("other-level", with("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")),
        ("untagged", with("/StructTreeRoot", "/StructTreeNone")),
        ("no-language", with("/Lang", "/Lung")),
        ("hidden-title", with("/DisplayDocTitle", "/DisplayDocTitel")),
        ("no-row", with("/S/TR", "/S/TX")),
    ];
    let broken = broken(&jar, &documents);
    for (name, rules) in [
        ("sound", &[][..]),
        ("other-part", &["PDFUA-1 5-2"]),
        ("other-level", &["PDFA-3A 6.6.4-3"]),
        ("untagged", &["PDFUA-1 7.1-3"]),
        ("no-language", &["PDFUA-1 7.2-"]),
        ("hidden-title", &["PDFUA-1 7.1-10"]),
        ("no-row", &["PDFUA-1 7.1-5", "PDFA-3A 6.7.3.4-1"]),
    ] {
        let found = &broken[name];
        assert_eq!(found.is_empty(), rules.is_empty(), "{name}: {found:#?}");
        for rule in rules {
            assert!(found.iter().any(|it| it.starts_with(rule)), "{name}, {rule}: {found:#?}");
        }
    }
}
