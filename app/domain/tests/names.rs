//! What people are called at the table.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use domain::people::name::{Guest, short_names};
use domain::text::alphabet::folded;
use proptest::prelude::*;

/// The names by which these people are called when they are here together.
fn together(people: &[(&str, &str)]) -> Vec<String> {
    let guests: Vec<_> = (0..)
        .zip(people)
        .map(|(who, (name, organisation))| Guest::<u32> { who, name, organisation })
        .collect();
    short_names(&guests).into_values().collect()
}

fn alone(name: &str) -> String {
    together(&[(name, "Colectivo de Madres y Padres")]).remove(0)
}

#[test]
fn one_who_is_alone_is_called_by_the_first_name() {
    for (name, called) in [
        // A first name and two surnames, or one.
        ("Ana Robles Díaz", "Ana"),
        ("Beto", "Beto"),
        ("Anastasia Domínguez Rey", "Anastasia"),
        ("Celia Ríos", "Celia"),
        ("Xóchitl Citlali Hernández Cruz", "Xóchitl Citlali"),
        ("Yaretzi Hernández Cruz", "Yaretzi"),
        ("Juan de la Cruz Martínez", "Juan"),
        ("Rosa Ponce de León", "Rosa"),
        ("Ana María Robles de Pérez", "Ana María"),
        ("Pedro Martín López", "Pedro Martín"),
        ("Ana Santiago López", "Ana"),
        ("Luis Santiago", "Luis"),
        ("Lucía de Jesús Martínez", "Lucía"),
        // Compound first names.
        ("Juan Carlos Pérez Gómez", "Juan Carlos"),
        ("José Luis", "José Luis"),
        ("María José Ruiz", "María José"),
        ("María Guadalupe Hernández López", "María Guadalupe"),
        ("María del Carmen Soto Ruiz", "María del Carmen"),
        ("María de los Ángeles", "María de los Ángeles"),
        ("María de la Cruz López", "María"),
        ("José de Jesús Martínez López", "José de Jesús"),
        ("Juan de Dios Peza", "Juan de Dios"),
        ("Luz del Carmen Pérez Soto", "Luz del Carmen"),
        ("Ana María del Carmen Soto Ruiz", "Ana María del Carmen"),
        ("Ana Laura Isabel Gómez Ruiz", "Ana Laura"),
        // Abbreviated.
        ("Ma. de los Ángeles R.", "Ma. de los Ángeles"),
        ("Ma. Elena Ruiz", "Ma. Elena"),
        ("Ma.Elena Ruiz", "Ma. Elena"),
        ("Ma Guadalupe Soto", "Ma. Guadalupe"),
        ("Mª Teresa Luna", "Mª Teresa"),
        ("Rosa Ma. Pérez", "Rosa Ma."),
        ("Fco. Javier Luna Paz", "Fco. Javier"),
        ("J. Jesús Pérez Luna", "J. Jesús"),
        ("Juan A. Pérez", "Juan"),
        ("A. Martínez", "A. M."),
        // Titles aren't names.
        ("Lic. Rodrigo S.", "Rodrigo"),
        ("LIC. RODRIGO SÁNCHEZ", "Rodrigo"),
        ("Ing. Arq. Berenice Luna", "Berenice"),
        ("Dr.Juan Pérez", "Juan"),
        ("Dra. Ma. del Socorro Rey Paz", "Ma. del Socorro"),
        ("la Mtra. Itzel Cauich", "Itzel"),
        ("Mtro. en D. Abel Coyote", "Abel"),
        ("M. en C. Laura Solís", "Laura"),
        ("C. Epifanio Tzintzun", "Epifanio"),
        ("C.P. Gloria Peña", "Gloria"),
        ("C. P. Gloria Peña", "Gloria"),
        ("L.A.E. Noé Ku", "Noé"),
        ("Profa. Elvia Carrillo Puerto", "Elvia"),
        ("profr. otilio montaño", "Otilio"),
        ("Arq Teodoro González", "Teodoro"),
        ("Don Beto", "Beto"),
        ("María García Luna, Lic.", "María"),
        ("Juan Pérez Ruiz Lic.", "Juan"),
        ("Doctor", "Doctor"),
        ("Lic.", "Lic."),
        ("Sra. Doña Ana Robles", "Ana"),
        // Capitals, or none at all.
        ("MARÍA DE LOS ÁNGELES RUIZ DE LA TORRE", "María de los Ángeles"),
        ("JOSÉ DE JESÚS LÓPEZ", "José de Jesús"),
        ("MA. ELENA RUIZ", "Ma. Elena"),
        ("ana robles", "Ana"),
        ("Ana ROBLES", "Ana"),
        ("D'ANGELO RIVERA", "D'Angelo"),
        ("JC", "JC"),
        ("deLia Soto", "deLia"),
        // The surnames first.
        ("GARCÍA LÓPEZ, María Fernanda", "María Fernanda"),
        ("GARCIA LOPEZ, MA. DE LOS ANGELES", "Ma. de los Angeles"),
        ("de la Cruz Ruiz, Ana", "Ana"),
        ("Pérez Soto, Ing. Juan", "Juan"),
        ("Hernández, Citlali Yaretzi", "Citlali Yaretzi"),
        ("Sánchez, Lic.", "Sánchez"),
        // What else is written into the line.
        ("Juan Pérez, Presidente municipal", "Juan"),
        ("Celia Ríos, Contraloría", "Celia"),
        ("Rosa Luna (Colectivo)", "Rosa"),
        ("Rosa Luna - Ayuntamiento", "Rosa"),
        ("Rosa Luna / suplente", "Rosa"),
        ("«Chela» Ríos", "Chela"),
        // Indigenous names, hyphens, diacritics.
        ("K'inich Pakal", "K'inich"),
        ("K’INICH PAKAL", "K’inich"),
        ("IXꞌCHEL KꞌUMULꞌ", "Ixꞌchel"),
        ("ꞌitzel ku", "ꞌItzel"),
        ("Nāhui Ollin Tēcpatl", "Nāhui"),
        ("Büsi'i Ñuu Savi", "Büsi'i"),
        ("JEAN-PIERRE ÑUÑO", "Jean-Pierre"),
        ("Ana-Lucía Gómez-Sáenz", "Ana-Lucía"),
        ("Jose\u{301} Luis N\u{303}u", "Jose\u{301} Luis"),
        ("山田 太郎", "山田"),
        // Hardly a name.
        ("", "Colectivo de Madres y Padres"),
        ("   ", "Colectivo de Madres y Padres"),
        ("...", "..."),
        (",", ","),
        ("🙂", "🙂"),
        ("de la", "De la"),
        ("Wolfeschlegelsteinhausenbergerdorff", "Wolfeschlegelsteinhausen"),
        ("x\ny\u{0}", "X"),
    ] {
        assert_eq!(alone(name), called, "{name}");
    }
}

#[test]
fn those_who_could_be_taken_for_one_another_show_more_of_their_names() {
    for (people, called) in [
        (&[("María Gómez", "A"), ("María López", "B")][..], &["María G.", "María L."][..]),
        // Only those who could be confused.
        (
            &[("María Gómez", "A"), ("Ana López", "B"), ("María López", "B")],
            &["María G.", "Ana", "María L."],
        ),
        // Spelling makes no difference.
        (
            &[("Ma. Elena Gómez", ""), ("MARIA ELENA LÓPEZ", "")],
            &["Ma. Elena G.", "Maria Elena L."],
        ),
        (&[("Jose\u{301} Gómez", ""), ("José López", "")], &["Jose\u{301} G.", "José L."]),
        (&[("Lic. Ana Gómez", ""), ("GÓMEZ, Ana", "A")], &["Ana G.", "Ana G. (A)"]),
        // Two María G.: by the second surname, else by organisation.
        (&[("María Gómez Luna", "A"), ("María García Rey", "B")], &["María G. L.", "María G. R."]),
        (
            &[("María Gómez", "Colectivo"), ("María García", "Contraloría")],
            &["María G. (Colectivo)", "María G. (Contraloría)"],
        ),
        (&[("María Gómez-Luna", "A"), ("María García", "A")], &["María G. L.", "María G. (A)"]),
        (&[("Ana 5512345678", "A"), ("Ana Ruiz", "B")], &["Ana (A)", "Ana R."]),
        // Exactly the same name.
        (
            &[("Juan Pérez", "Ayuntamiento"), ("Juan Pérez", "")],
            &["Juan P. (Ayuntamiento)", "Juan P."],
        ),
        (&[("Beto", "A"), ("Beto", "B")], &["Beto (A)", "Beto (B)"]),
        (&[("Beto", "A"), ("beto", "A")], &["Beto (A) 1", "Beto (A) 2"]),
        (&[("Beto", ""), ("Beto", ""), ("Beto 2", "")], &["Beto 1", "Beto 3", "Beto 2"]),
        // A number is no initial.
        (
            &[("Persona 1", "A"), ("Persona 12", "A"), ("Persona 13", "A")],
            &["Persona 1", "Persona 12", "Persona 13"],
        ),
        (&[("", ""), ("", "")], &["1", "2"]),
        // A name that is the beginning of another one.
        (&[("María López", "A"), ("María José Ruiz", "B")], &["María L.", "María José"]),
        (&[("María", "A"), ("María López", "B")], &["María (A)", "María L."]),
        (&[("José", ""), ("José Luis Paz", "")], &["José", "José Luis"]),
        // Organisations are shortened if that is enough to tell them apart.
        (
            &[
                ("Ana Paz", "Instituto de Transparencia de Sierra Clara"),
                ("Ana Paz", "Universidad Estatal"),
            ],
            &["Ana P. (Instituto de Transparencia de…)", "Ana P. (Universidad Estatal)"],
        ),
        (
            &[
                ("Ana Paz", "Secretaría de Desarrollo Social del Estado"),
                ("Ana Paz", "Secretaría de Desarrollo Social Municipal"),
            ],
            &[
                "Ana P. (Secretaría de Desarrollo Social del Estado)",
                "Ana P. (Secretaría de Desarrollo Social Municipal)",
            ],
        ),
    ] {
        assert_eq!(together(people), called, "{people:?}");
    }
}

/// Names such as people write, made of parts that often coincide.
fn written() -> impl Strategy<Value = String> {
    let title = prop::sample::select(vec!["", "", "Lic. ", "C. P. ", "la Mtra. ", "M. en C. "]);
    let given = prop::sample::select(vec![
        "María",
        "MARÍA",
        "Ma.",
        "María José",
        "José de Jesús",
        "Juan",
        "K'in",
        "Mari\u{301}a",
        "A.",
        "",
    ]);
    let surname = prop::sample::select(vec![
        "",
        "G.",
        "García",
        "GÓMEZ",
        "de la Cruz",
        "García-Luna",
        "Ñuu",
        "1",
        "2",
        "(A)",
    ]);
    (title, given, surname.clone(), surname, any::<bool>()).prop_map(
        |(title, given, one, other, turned)| {
            if turned {
                format!("{one} {other}, {title}{given}")
            } else {
                format!("{title}{given} {one} {other}")
            }
        },
    )
}

fn organisation() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "A",
        "a",
        "Á",
        "Instituto de Transparencia de Sierra Clara",
        "Instituto de Transparencia de Sierra Azul",
        "1",
    ])
    .prop_map(str::to_owned)
}

fn called(
    people: &BTreeMap<u32, (String, String)>,
    order: impl Iterator<Item = u32>,
) -> BTreeMap<u32, String> {
    let guests: Vec<_> = order
        .map(|who| Guest { who, name: &people[&who].0, organisation: &people[&who].1 })
        .collect();
    short_names(&guests)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_two_are_called_the_same_whoever_came_first(
        people in prop::collection::btree_map(0_u32..40, (written(), organisation()), 0..14),
        turned in 0_usize..14,
    ) {
        let names = called(&people, people.keys().copied());
        prop_assert_eq!(names.len(), people.len());
        let mut seen: Vec<_> = names.values().map(|name| name.to_lowercase()).collect();
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), people.len(), "{:?}", names);
        let nothing = |who| people[who].0.trim().is_empty() && people[who].1.is_empty();
        prop_assert!(names.iter().all(|(who, name)| !name.trim().is_empty() || nothing(who)), "{:?}", names);
        let mut order: Vec<_> = people.keys().rev().copied().collect();
        if !order.is_empty() {
            let turned = turned % order.len();
            order.rotate_left(turned);
        }
        prop_assert_eq!(called(&people, order.into_iter()), names);
    }

    #[test]
    fn whatever_is_written_is_a_name_and_of_the_surnames_only_initials_are_shown(name in "\\PC{0,60}", other in "\\PC{0,20}") {
        let names = together(&[(&name, "A"), (&other, "B")]);
        prop_assert_ne!(&names[0], &names[1]);
        prop_assert!(names.iter().all(|name| name.chars().count() <= 60));
    }

    #[test]
    fn a_surname_is_never_shown(first in "Z[a-z]{2,8}", count in 1_usize..6, organisation in "[A-Z]{0,3}") {
        // Zz begins no word that is known.
        let people: Vec<_> = (0..count).map(|number| (format!("{first} Zz{number}apellido Zzotro"), organisation.clone())).collect();
        let people: Vec<_> = people.iter().map(|(name, organisation)| (name.as_str(), organisation.as_str())).collect();
        for name in together(&people) {
            prop_assert!(!folded(&name).contains("apellido") && !folded(&name).contains("zzotro"), "{}", name);
        }
    }
}
