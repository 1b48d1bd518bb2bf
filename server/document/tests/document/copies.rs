//! The four copies: what each shows and what it keeps to itself.

use document::*;

use crate::sample;
use crate::tools::file;

fn flat(pdf: &Pdf) -> String {
    file(pdf).text().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_whole_copy_has_contacts_and_says_how_each_signed() {
    let text = flat(&pal(&Fonts::embedded(), &sample::plan()).unwrap());
    for said in [
        "Versión íntegra",
        "Trazada en la aplicación, 25 de septiembre de 2026, 18:22 h",
        "huella, al calce",
        "Huella en papel ante la facilitación",
        "se negó, razón al calce",
        "firmamos mientras la ruta piloto no incluya la zona industrial",
        "Ausente al momento de la firma",
        "Firmó en papel",
        "en Valle Hondo, Sierra Clara, el veinticinco de septiembre de dos mil veintiséis",
        "«Acompañamos el compromiso con una reserva",
        "Reserva de Consejo Empresarial, copiada tal como la escribió.",
        "Los ocho actores manifestaron su conformidad sin reservas.",
        "Adoptado: 7 de 8 conformes; la regla pide dos tercios.",
    ] {
        assert!(text.contains(said), "{said:?} isn't in\n{text}");
    }
    // An address is broken into lines without a hyphen.
    assert!(text.replace(' ', "").contains("presidencia@instituto.example.org"));
}

#[test]
fn the_public_copy_has_no_contacts_persons_or_drawings() {
    let mut plan = sample::plan();
    plan.edition = Edition::Public { stamp: sample::stamp() };
    plan.commitments[0].activities[0].person = "Juana Persona Privada".into();
    let pdf = pal(&Fonts::embedded(), &plan).unwrap();
    let text = flat(&pdf);
    assert!(!text.contains("@"), "a contact is in the public copy");
    assert!(!text.contains("Juana Persona"));
    for said in
        ["Versión pública", "rubricó", "Firmó", "Se negó a firmar.", "firmamos mientras la ruta"]
    {
        assert!(text.contains(said), "{said:?} isn't in\n{text}");
    }
    // The logos; four drawn signatures more in the whole copy.
    assert_eq!(file(&pdf).figures(), 3);
    // The same plan whole names the person and has the drawings.
    plan.edition = Edition::Full { stamp: sample::stamp() };
    let whole = pal(&Fonts::embedded(), &plan).unwrap();
    assert_eq!(file(&whole).figures(), 7);
    assert!(flat(&whole).contains("Juana Persona"));
    assert!(whole.bytes.len() > pdf.bytes.len() + 20_000);
}

#[test]
fn the_draft_has_neither_folio_nor_code_nor_attachment() {
    let mut plan = sample::plan();
    plan.edition = Edition::Draft { made: sample::frozen() };
    let pdf = pal(&Fonts::embedded(), &plan).unwrap();
    let text = flat(&pdf);
    for said in ["Borrador", "sin folio hasta congelar", "se calcula al congelar"] {
        assert!(text.contains(said), "{said:?} isn't in\n{text}");
    }
    assert!(!text.contains("SC-VH-PAL"));
    assert!(!text.contains("Trazada en la aplicación"));
    assert!(file(&pdf).attachments().starts_with("0 embedded files"));
    let pages = file(&pdf).words();
    // Turned letters are no words to pdftotext; they are the only tall thing after the cover.
    for page in &pages[1..] {
        assert!(page.iter().any(|word| word.bottom - word.top > 15.0), "no watermark");
    }
}

#[test]
fn the_copy_for_paper_leaves_boxes_place_and_date_to_a_pen() {
    let mut plan = sample::plan();
    plan.edition = Edition::Paper { stamp: sample::stamp() };
    let text = flat(&pal(&Fonts::embedded(), &plan).unwrap());
    assert!(text.contains("en ____"), "{text}");
    for drawn in ["Trazada", "ausente", "en papel;", "se negó"] {
        assert!(!text.contains(drawn), "{drawn:?} is on the copy for paper");
    }
    assert!(text.contains("SC-VH-PAL-2026-001"));
}

#[test]
fn sections_are_numbered_as_they_are_there() {
    let mut plan = sample::plan();
    plan.legal_framework.clear();
    plan.strategic_objective.clear();
    plan.specific_objectives.clear();
    let text = flat(&pal(&Fonts::embedded(), &plan).unwrap());
    for said in [
        "I Introducción",
        "II Definiciones",
        "III Problemáticas y compromisos",
        "V Cierre y firmas",
    ] {
        assert!(text.contains(said), "{said:?} isn't in\n{text}");
    }
}

#[test]
fn the_optional_sections_come_in_the_order_of_a_plan() {
    let text = flat(&pal(&Fonts::embedded(), &sample::plan()).unwrap());
    let mut rest = text.as_str();
    for said in [
        "I Introducción",
        "Contexto",
        "Cómo se construyó",
        "II Marco normativo",
        "Ley General de Transparencia",
        "III Definiciones",
        "Medio de verificación",
        "IV Objetivos",
        "Abrir el gasto de un programa social",
        "V Problemáticas y compromisos",
        "VI Medición",
        "VII Cierre y firmas",
    ] {
        let at = rest.find(said).unwrap_or_else(|| panic!("{said:?} isn't in\n{rest}"));
        rest = &rest[at + said.len()..];
    }
}

#[test]
fn a_plan_with_almost_nothing_in_it_is_a_document() {
    let mut plan = sample::plan();
    plan.edition = Edition::Draft { made: sample::frozen() };
    plan.logos.clear();
    plan.context.clear();
    plan.how_it_was_made.clear();
    plan.mesas.clear();
    plan.participants.clear();
    plan.legal_framework.clear();
    plan.definitions.clear();
    plan.strategic_objective.clear();
    plan.specific_objectives.clear();
    plan.problems.clear();
    plan.commitments.clear();
    plan.measurement.clear();
    plan.signers.clear();
    let pdf = pal(&Fonts::embedded(), &plan).unwrap();
    assert!(file(&pdf).check().contains("No syntax or stream encoding errors"));
}
