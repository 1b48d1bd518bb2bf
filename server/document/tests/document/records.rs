//! Minutes and attendance lists.

use document::*;

use crate::sample::{self, date, moment, texts};
use crate::tools::{Word, file, page_of};

pub fn minutes_of_mesa_two() -> Minutes {
    let plan = sample::plan();
    Minutes {
        seal: Seal::Sealed { stamp: Stamp { folio: "SC-VH-MIN-2026-002".into(), version: 1, ..sample::stamp() } },
        exercise: plan.exercise,
        logo: plan.logos.first().cloned(),
        number: 2,
        theme: "Agua y residuos".into(),
        convener: "Instituto de Transparencia de Sierra Clara".into(),
        place: "Casa de la Cultura, Valle Hondo".into(),
        date: date(2026, 9, 4),
        mode: "presencial".into(),
        planned: Some(Span { from: moment(-140), to: moment(10) }),
        actual: Some(Span { from: moment(-133), to: moment(32) }),
        read_out: Some(Span { from: moment(17), to: moment(32) }),
        quorum: "Siete de ocho asientos presentes a las 16:07 (el quórum es de cinco).".into(),
        facilitator: "Colegio de Arquitectos".into(),
        rapporteur: "Universidad Estatal".into(),
        attendance: [("Organismo garante", 2, 0, 0), ("Institución pública", 9, 0, 1), ("Sociedad civil", 14, 1, 3)]
            .into_iter()
            .map(|(sector, in_room, remote, assisted)| SectorAttendance {
                sector: sector.into(),
                in_room,
                remote,
                assisted,
            })
            .collect(),
        agenda: [("Introducción", -133, 15, 19), ("Análisis: problemáticas P2, P4 y P6", -114, 45, 52), ("Lectura y cierre", 17, 15, 15)]
            .into_iter()
            .map(|(title, began, planned, actual)| AgendaItem {
                title: title.into(),
                began: Some(moment(began)),
                planned_minutes: Some(planned),
                actual_minutes: Some(actual),
            })
            .collect(),
        pack: Some(PackReport {
            standing: vec!["No se cumplió: 1 archivo llegó después del plazo.".into()],
            sent: vec![
                PackLine {
                    entry: "Kit de capacidades".into(),
                    what: "Kit  de capacidades 2º.PDF".into(),
                    by: "Instituto de Transparencia de Sierra Clara".into(),
                    when: "Se envió el 20 ago 2026 a las 09:59; se cumple.".into(),
                },
                PackLine {
                    entry: "Consulta en la página web".into(),
                    what: "No hay: el municipio no tiene página.".into(),
                    by: String::new(),
                    when: String::new(),
                },
            ],
            opened: vec!["Lo habían abierto todo: Universidad Estatal.".into()],
        }),
        waivers: vec![Waiver {
            what: "Plazo de diez días".into(),
            reason: "El expediente de la Comisión Estatal del Agua se sustituyó el 27 de agosto; el facilitador dispensó \
                     el plazo porque sólo corregía una errata en la tabla 2."
                .into(),
            by: "la facilitación".into(),
            at: Some(moment(-130)),
        }],
        contributions: vec![
            Contribution {
                phase: "Análisis".into(),
                who: "Red de comités de agua (sociedad civil)".into(),
                kind: "duda".into(),
                text: "¿Por qué el resultado de mayo llegó en agosto?".into(),
                answer: "Incorporada".into(),
                reason: "Queda como plazo de diez días en el indicador del compromiso 2.".into(),
            };
            6
        ],
        speakers: vec![
            Spoke { who: "Universidad Estatal".into(), turns: 2, seconds: 245 },
            Spoke { who: "Otras personas en la mesa".into(), turns: 1, seconds: 60 },
        ],
        speaking: vec![
            Spoke { who: "Academia".into(), turns: 2, seconds: 245 },
            Spoke { who: "Sector privado".into(), turns: 0, seconds: 0 },
        ],
        rounds: vec![Round {
            about: "Diagnóstico en su conjunto".into(),
            spoke: texts(&["Universidad Estatal"]),
            passed: texts(&["Colegio de Arquitectos"]),
            pending: texts(&["Consejo Empresarial"]),
            reason: "Avisó que llegaría a los acuerdos.".into(),
        }],
        priorities: vec![Priority {
            standing: texts(&["Repartieron 7 de 8 actores, con 5 puntos cada uno.", "No han repartido: Colegio de Arquitectos."]),
            at: moment(-60),
            sums: vec![("2. Los resultados del agua llegan tarde".into(), 19), ("1. Nadie sabe cuánto costó".into(), 16)],
        }],
        objections: vec![Objection {
            who: "Consejo Empresarial".into(),
            about: "Compromiso 4".into(),
            text: "La ruta piloto no pasa por la zona industrial.\n\nPedimos que conste.".into(),
            answer: "Se revisará con el censo.".into(),
            at: Some(moment(20)),
        }],
        versions: vec![Version {
            number: 1,
            frozen: moment(16),
            code: sample::stamp().code,
            note: "Primera lectura".into(),
        }],
        conformity: plan
            .commitments
            .iter()
            .filter_map(|one| {
                Some(Asked { number: one.number, title: one.title.clone(), conformity: one.conformity.clone()? })
            })
            .collect(),
        agreements: texts(&["Publicar los resultados por localidad.", "Probar la ruta piloto en tres colonias."]),
        signatories: ["Facilita", "Relata"]
            .into_iter()
            .map(|role| Signatory { role: role.into(), person: String::new(), organisation: "Universidad Estatal".into() })
            .collect(),
    }
}

pub fn list(attendees: usize) -> AttendanceList {
    let plan = sample::plan();
    AttendanceList {
        seal: Seal::Draft { made: sample::frozen() },
        exercise: plan.exercise,
        logo: None,
        number: 1,
        theme: "Gasto social y cuidados".into(),
        place: "Biblioteca Pública Central".into(),
        date: date(2026, 9, 4),
        to_sign: true,
        attendees: (0..attendees)
            .map(|place| Attendee {
                person: format!("Persona número {place}"),
                organisation: "Colectivo de Madres y Padres".into(),
                sector: "sociedad civil".into(),
                capacity: if place % 2 == 0 { "titular".into() } else { String::new() },
                mode: "en sala".into(),
                arrived: Some(moment(-133)),
                left: (place % 3 == 0).then(|| moment(-20)),
            })
            .collect(),
    }
}

pub fn empty_minutes() -> Minutes {
    let mut empty = minutes_of_mesa_two();
    empty.seal = Seal::Draft { made: sample::frozen() };
    empty.attendance.clear();
    empty.agenda.clear();
    empty.waivers.clear();
    empty.pack = None;
    empty.contributions.clear();
    empty.speakers.clear();
    empty.speaking.clear();
    empty.rounds.clear();
    empty.priorities.clear();
    empty.objections.clear();
    empty.versions.clear();
    empty.conformity.clear();
    empty.agreements.clear();
    empty.signatories.clear();
    empty
}

#[test]
fn minutes_hold_what_happened_and_say_it_verbatim() {
    let pdf = minutes(&Fonts::embedded(), &minutes_of_mesa_two()).unwrap();
    let file = file(&pdf);
    assert!(file.check().contains("No syntax or stream encoding errors"));
    let text = file.text().split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Minuta de la mesa de diálogo 2",
        "Repartieron 7 de 8 actores, con 5 puntos cada uno.",
        "16:07 a 18:52 h",
        "16:00 a 18:30 h",
        "Siete de ocho asientos presentes",
        "Análisis: problemáticas P2, P4 y P6",
        "porque sólo corregía una errata",
        "¿Por qué el resultado de mayo llegó en agosto?",
        "Otras personas en la mesa",
        "Avisó que llegaría a los acuerdos.",
        "«La ruta piloto no pasa por la zona industrial.",
        "Pedimos que conste.»",
        "Reserva de Consejo Empresarial, copiada tal como la escribió.",
        "7 conformes, 1 con reserva",
        "Publicar los resultados por localidad.",
        "SC-VH-MIN-2026-002",
    ] {
        assert!(text.contains(said), "{said:?} isn't in\n{text}");
    }
    let pages = file.words();
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(page_of(page), Some((index + 1, pages.len())));
    }
    // By rows: poppler gives a table's text by its columns.
    let rows: Vec<String> = pages.iter().flat_map(|page| rows_of(page)).collect();
    for row in [
        "2. Los resultados del agua llegan tarde 19",
        "Universidad Estatal 2 4:05",
        "Otras personas en la mesa 1 1:00",
        "Academia 2 4:05",
    ] {
        assert!(rows.iter().any(|found| found.contains(row)), "{row:?} isn't in\n{rows:#?}");
    }
}

/// The words of each line of a page, from left to right.
fn rows_of(page: &[Word]) -> Vec<String> {
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in page {
        let same = |line: &&mut Vec<&Word>| (line[0].top - word.top).abs() < 3.0;
        match lines.iter_mut().find(same) {
            Some(line) => line.push(word),
            None => lines.push(vec![word]),
        }
    }
    let joined = |mut line: Vec<&Word>| {
        line.sort_by(|one, other| one.left.total_cmp(&other.left));
        line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    lines.into_iter().map(joined).collect()
}

#[test]
fn an_attendance_list_repeats_its_head_on_every_page() {
    let pdf = attendance_list(&Fonts::embedded(), &list(65)).unwrap();
    let file = file(&pdf);
    assert!(file.check().contains("No syntax or stream encoding errors"));
    let pages = file.words();
    assert!(pages.len() > 2);
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(page_of(page), Some((index + 1, pages.len())));
        for head in ["Nombre", "Organización", "Firma"] {
            assert!(
                page.iter().any(|word| word.text == head),
                "{head} isn't on page {}",
                index + 1
            );
        }
    }
    assert!(file.text().contains("Persona número 64"));
}

#[test]
fn empty_records_are_documents() {
    let fonts = Fonts::embedded();
    assert!(attendance_list(&fonts, &list(0)).is_ok());
    assert!(minutes(&fonts, &empty_minutes()).is_ok());
}
