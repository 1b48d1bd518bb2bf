//! Slots while they are being signed: what fills one moves nothing, and what was seen is what is kept.

use document::*;

use crate::sample;
use crate::tools::file;

fn note() -> Note {
    Note { by: "la facilitación".into(), at: sample::moment(40) }
}

/// Every signer as it stands after `with`.
fn standing(count: u32, with: impl Fn(&Signer) -> Standing) -> Plan {
    let mut plan = sample::signed_by(count);
    for signer in &mut plan.signers {
        signer.standing = with(signer);
    }
    plan
}

fn typed(signer: &Signer) -> Standing {
    Standing::Typed {
        name: format!("Rosa Elena Ñúñez {}", signer.number),
        at: sample::moment(31),
        how: "Nombre escrito en la aplicación".to_owned(),
    }
}

/// Signed by this many, one after the other in each way that there is.
pub fn in_every_way(count: u32) -> Plan {
    standing(count, |signer| match signer.number % 7 {
        0 => Standing::Pending,
        1 => typed(signer),
        2 => Standing::Absent { noted: note() },
        3 => Standing::Fingerprint { noted: note() },
        4 => Standing::Refused { reason: "Mientras no incluya la zona".into(), noted: note() },
        5 => Standing::Paper { noted: note() },
        _ => signer.standing.clone(),
    })
}

#[test]
fn signing_moves_nothing_to_another_page() {
    let fonts = Fonts::embedded();
    for count in [4, 8, 16] {
        let pages = |plan: &Plan| pal(&fonts, plan).unwrap().pages;
        let pending = pages(&standing(count, |_| Standing::Pending));
        assert_eq!(pages(&sample::signed_by(count)), pending, "{count} drew");
        assert_eq!(pages(&standing(count, typed)), pending, "{count} typed");
        let absent = |_: &Signer| Standing::Absent { noted: note() };
        assert_eq!(pages(&standing(count, absent)), pending, "{count} absent");
        let finger = |_: &Signer| Standing::Fingerprint { noted: note() };
        assert_eq!(pages(&standing(count, finger)), pending, "{count} fingerprints");
    }
}

#[test]
fn a_typed_name_stands_over_the_line_and_initials_every_page_in_words() {
    let plan = standing(4, typed);
    let pdf = pal(&Fonts::embedded(), &plan).unwrap();
    let text = file(&pdf).text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Rosa Elena Ñúñez 3"), "{text}");
    assert!(text.contains("Nombre escrito en la aplicación, 25 de septiembre de 2026"), "{text}");
    assert_eq!(text.matches("rubricó").count(), 4 * pdf.pages);
    let public = Plan { edition: Edition::Public { stamp: sample::stamp() }, ..plan };
    let public = file(&pal(&Fonts::embedded(), &public).unwrap()).text();
    assert!(!public.contains("Rosa Elena"), "a typed name is a signature");
}

#[test]
fn there_is_a_picture_of_every_page() {
    let plan = sample::plan();
    let fonts = Fonts::embedded();
    let set = sheets(&fonts, &plan).unwrap();
    let pictures: Vec<String> = serde_json::from_slice(&set.bytes).unwrap();
    assert_eq!(pictures.len(), pal(&fonts, &plan).unwrap().pages);
    for picture in &pictures {
        assert!(picture.starts_with("<svg") && picture.contains("612"), "{:.200}", picture);
        assert!(!picture.contains("<script") && !picture.contains("foreignObject"));
    }
    // The initials that were drawn are on every one of them.
    let empty = sheets(&fonts, &standing(8, |_| Standing::Pending)).unwrap();
    let empty: Vec<String> = serde_json::from_slice(&empty.bytes).unwrap();
    assert!(pictures.iter().zip(&empty).all(|(drawn, empty)| drawn != empty));
}
