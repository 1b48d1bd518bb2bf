//! What every page bears, over many lengths of text and numbers of signers.

use document::*;

use crate::sample;
use crate::tools::{Word, body, box_numbers, file, page_of};

const SENTENCE: &str = "La ruta piloto debe incluir también la zona industrial y el calendario se acuerda con \
                        el Consejo antes de publicarse. ";

/// Head to foot of each page, and the end of the last.
fn every_page_is_right(pages: &[Vec<Word>], signers: u32) {
    let expected: Vec<u32> = (1..=signers).collect();
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(page_of(page), Some((index + 1, pages.len())), "page {}", index + 1);
        assert_eq!(box_numbers(page), expected, "page {} of {}", index + 1, pages.len());
        // Nothing of the text leaves its column.
        for word in
            page.iter().filter(|word| word.left < 172.0 && word.top < 250.0 && word.top > 22.0)
        {
            assert!(word.right < 175.0, "{word:?} on page {}", index + 1);
        }
    }
    let last: Vec<&str> =
        body(pages.last().unwrap()).iter().map(|word| word.text.as_str()).collect();
    let last = last.join(" ");
    assert!(last.contains("lo firman al calce"), "signatures alone: {last}");
    assert!(last.contains("manifestación de conformidad"), "{last}");
}

#[test]
fn one_box_a_signer_and_the_right_number_on_every_page() {
    let fonts = Fonts::embedded();
    for count in [1, 4, 5, 9, 16] {
        let pdf = pal(&fonts, &sample::signed_by(count)).unwrap();
        every_page_is_right(&file(&pdf).words(), count);
    }
}

#[test]
fn pages_are_counted_right_while_a_text_grows_over_their_ends() {
    let fonts = Fonts::embedded();
    let mut counts = std::collections::BTreeSet::new();
    for step in 0..64 {
        let mut plan = sample::signed_by(if step % 2 == 0 { 4 } else { 16 });
        // A short plan, so that 64 of them take seconds: one commitment, nothing optional.
        plan.commitments.truncate(1);
        plan.problems.truncate(1);
        plan.legal_framework.clear();
        plan.definitions.clear();
        plan.context = vec![SENTENCE.repeat(step)];
        plan.commitments[0].conformity.as_mut().unwrap().groups.with_reservation = vec![Voice {
            organisation: "Consejo Empresarial".into(),
            text: SENTENCE.repeat(64 - step),
        }];
        let pdf = pal(&fonts, &plan).unwrap();
        let pages = file(&pdf).words();
        every_page_is_right(&pages, if step % 2 == 0 { 4 } else { 16 });
        counts.insert(pages.len());
    }
    assert!(counts.len() >= 2, "no page end was crossed: {counts:?}");
}

#[test]
fn the_number_of_pages_is_said_in_words() {
    let pdf = pal(&Fonts::embedded(), &sample::plan()).unwrap();
    let text = file(&pdf).text().split_whitespace().collect::<Vec<_>>().join(" ");
    let words = [
        "cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
        "once", "doce", "trece",
    ];
    assert!(
        text.contains(&format!("en cada una de sus {} páginas", words[pdf.pages])),
        "{}",
        pdf.pages
    );
}

#[test]
fn the_last_page_holds_up_under_long_names() {
    let fonts = Fonts::embedded();
    let name = "Coordinación General de Organizaciones Comunitarias para el Manejo Integral del Agua y los Residuos";
    assert!(name.chars().count() > 90);
    for count in [4, 8, 16] {
        let mut plan = sample::signed_by(count);
        for signer in &mut plan.signers {
            signer.organisation = name.into();
            signer.short_name = name.into();
            signer.person =
                "María de los Ángeles Guadalupe Fernández de Castro y Villaseñor".into();
            signer.post =
                "Subsecretaría de Planeación, Evaluación y Vinculación Interinstitucional".into();
        }
        let pages = file(&pal(&fonts, &plan).unwrap()).words();
        every_page_is_right(&pages, count);
    }
}

#[test]
fn twenty_four_commitments_are_one_plan() {
    let mut plan = sample::with_commitments(24, 6);
    plan.signers = (1..=16).map(sample::signer).collect();
    let pdf = pal(&Fonts::embedded(), &plan).unwrap();
    let file = file(&pdf);
    every_page_is_right(&file.words(), 16);
    let text = file.text();
    assert!(text.contains("Índice de compromisos"));
    assert!(text.contains("Compromiso 24 de 24"));
    assert!(file.check().contains("No syntax or stream encoding errors"));
}

#[test]
fn a_commitment_begins_on_a_page_of_its_own_and_says_where_it_goes_on() {
    let mut plan = sample::plan();
    let reservation = SENTENCE.repeat(40);
    plan.commitments[3].conformity.as_mut().unwrap().groups.with_reservation[0].text =
        reservation.clone();
    let pdf = pal(&Fonts::embedded(), &plan).unwrap();
    let pages = file(&pdf).words();
    let texts: Vec<String> = pages
        .iter()
        .map(|page| page.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let first = texts.iter().position(|text| text.contains("Compromiso 4 de 5")).unwrap();
    assert!(texts[first + 1].contains("Barrancas sin basura, continúa"), "{}", texts[first + 1]);
    let next = texts.iter().position(|text| text.contains("Compromiso 5 de 5")).unwrap();
    assert!(!texts[next].contains("continúa"));
}
