//! The sample: the plan of Valle Hondo, with eight signers and five commitments.

#[path = "sample/people.rs"]
mod people;

use document::*;
use sha2::{Digest, Sha256};

pub use people::signer;

pub fn date(year: u16, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

/// 25 September 2026, 18:20 in Valle Hondo, and `minutes` later.
pub fn moment(minutes: i64) -> Moment {
    Moment { ms: 1_790_382_000_000 + minutes * 60_000, offset_minutes: -360 }
}

pub fn frozen() -> Moment {
    Moment { ms: 1_789_758_300_000, offset_minutes: -360 }
}

pub fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

pub fn stamp() -> Stamp {
    let canonical = r#"{"exercise":"Gobierno Abierto Sierra Clara 2026","version":2}"#.to_owned();
    let code = Sha256::digest(&canonical).iter().map(|byte| format!("{byte:02x}")).collect();
    Stamp {
        folio: "SC-VH-PAL-2026-001".to_owned(),
        version: 2,
        frozen: frozen(),
        code,
        address: "https://sierraclara.example.org/v/SC-VH-PAL-2026-001-2".to_owned(),
        canonical,
    }
}

/// The whole copy, signed by eight in every way that there is.
pub fn plan() -> Plan {
    Plan {
        edition: Edition::Full { stamp: stamp() },
        exercise: Exercise {
            name: "Gobierno Abierto Sierra Clara 2026".into(),
            municipality: "Valle Hondo".into(),
            state: "Sierra Clara".into(),
            guarantor: "Instituto de Transparencia de Sierra Clara".into(),
            reference_plan: "plan nacional 2016-2018".into(),
        },
        period: Period { from: date(2026, 10, 1), to: date(2027, 9, 30) },
        logos: people::logos(),
        context: texts(&[
            "En Valle Hondo las preguntas que más se repiten no son sobre leyes: son sobre el uniforme que no \
             llegó, el agua que nadie explica y la barranca que vuelve a llenarse. Este plan recoge ocho de \
             esas preguntas, tal como llegaron por ventanilla, por solicitudes de información y en la propia \
             mesa, y responde a cinco de ellas con compromisos que duran un año.",
            "Lo acordaron instituciones públicas, organizaciones de la sociedad civil, la academia y el \
             sector privado, con la facilitación del Secretariado Técnico Local. Cada compromiso dice qué se \
             hará, quién responde, en qué fecha y con qué se comprueba.",
        ]),
        how_it_was_made: texts(&[
            "El Instituto de Transparencia envió el kit de capacidades y la relación de problemáticas el 21 \
             de agosto de 2026; las instituciones públicas enviaron los resultados de su consulta el 24 de \
             agosto. Todos los actores tuvieron el expediente al menos diez días antes de la primera mesa.",
            "Cada actor expuso sus dudas y aportaciones sobre el diagnóstico; recibió respuesta cada una. El \
             texto se congeló el 18 de septiembre de 2026, se leyó en voz alta compromiso por compromiso y \
             cada actor manifestó su conformidad.",
        ]),
        mesas: people::mesas(),
        participants: people::participants(),
        rule: "Regla de decisión: consenso; a falta de consenso, mayoría calificada de dos tercios. Quórum: \
               cinco de ocho asientos."
            .into(),
        legal_framework: texts(&[
            "Constitución Política de los Estados Unidos Mexicanos, artículo 6.º",
            "Ley General de Transparencia y Acceso a la Información Pública",
            "Ley de Transparencia del Estado de Sierra Clara",
            "Declaración conjunta de gobierno abierto de Sierra Clara, firmada el 9 de marzo de 2026",
            "Agenda 2030 para el Desarrollo Sostenible",
        ]),
        definitions: [
            ("Actor", "Organización que ocupa un asiento en la mesa y firma el plan."),
            ("Compromiso", "Acuerdo puntual, realizable y medible que dura a lo más un año."),
            (
                "Medio de verificación",
                "Documento, dato o lugar que permite a cualquier persona comprobar que la actividad se hizo.",
            ),
            (
                "Secretariado Técnico Local",
                "Instancia que coordina el ejercicio y decide por las reglas fijadas de antemano.",
            ),
        ]
        .into_iter()
        .map(|(term, meaning)| Definition { term: term.into(), meaning: meaning.into() })
        .collect(),
        strategic_objective: texts(&[
            "Que las decisiones públicas que más pesan en la vida diaria de Valle Hondo puedan seguirse, \
             preguntarse y corregirse por cualquier persona.",
        ]),
        specific_objectives: texts(&[
            "Abrir el gasto de un programa social de principio a fin.",
            "Publicar a tiempo los resultados del agua y los espacios de cuidado.",
            "Resolver con vecinas, vecinos y planteles dos problemas que se ven todos los días.",
        ]),
        problems: serde_json::from_str(include_str!("sample/problems.json")).unwrap(),
        commitments: serde_json::from_str(include_str!("sample/commitments.json")).unwrap(),
        measurement: texts(&[
            "El Secretariado Técnico Local revisa el avance de cada actividad en sesión pública cada dos \
             meses y publica la evidencia en datos abiertos. Los estados son: no iniciado, limitado, \
             sustancial y completo. Una actividad que pasa de su fecha sin evidencia se muestra como vencida.",
        ]),
        closing: Closing {
            place: "Valle Hondo, Sierra Clara".into(),
            signed: Some(date(2026, 9, 25)),
            facilitated_by: "el Secretariado Técnico Local".into(),
        },
        signers: people::signers(),
        certificates: Vec::new(),
    }
}

/// The sample with this many signers, all of whom drew.
pub fn signed_by(count: u32) -> Plan {
    let mut plan = plan();
    plan.signers = (1..=count).map(signer).collect();
    plan
}

/// The sample with nothing that may be left out.
pub fn bare() -> Plan {
    let mut plan = plan();
    plan.logos.clear();
    plan.context.clear();
    plan.how_it_was_made.clear();
    plan.legal_framework.clear();
    plan.definitions.clear();
    plan.strategic_objective.clear();
    plan.specific_objectives.clear();
    plan.problems.clear();
    plan.measurement.clear();
    plan.commitments.truncate(1);
    let one = &mut plan.commitments[0];
    one.conformity = None;
    one.activities.clear();
    one.indicator = Indicator::default();
    plan
}

/// The sample with this many commitments, each with `activities`.
pub fn with_commitments(count: u32, activities: usize) -> Plan {
    let mut plan = plan();
    let originals = plan.commitments.clone();
    plan.commitments = (0..count)
        .map(|place| {
            let mut one = originals[place as usize % originals.len()].clone();
            one.number = place + 1;
            if place >= 5 {
                one.title = format!("{} en la región {}", one.title, place / 5);
            }
            let list = one.activities.clone();
            one.activities = (0..activities)
                .map(|index| Activity {
                    number: format!("{}.{}", place + 1, index + 1),
                    ..list[index % list.len()].clone()
                })
                .collect();
            one
        })
        .collect();
    plan
}
