//! The sample's data. The state, the municipality and everyone in it are invented.

use domain::deliberation::choice::Component::{
    Accountability, Innovation, Participation, Transparency,
};
use domain::deliberation::choice::{Category, Component, Origin};
use domain::exercise::{DecisionRule, MeetingMode, NoticeText, Quota, Sector};
use domain::{Date, ExerciseCard, MesaCard, ShortText};
use time::macros::{date, datetime};

use crate::service::template;

/// A short text of the sample.
pub(super) fn short(text: &str) -> ShortText {
    ShortText::parse(text).expect("the sample's short texts are short and plain")
}

/// The exercise's privacy notice, short and full.
pub(super) fn notice() -> (NoticeText, NoticeText) {
    let text = |text| NoticeText::parse(text).expect("the sample's notice is plain text");
    (text(include_str!("aviso-breve.txt")), text(include_str!("aviso.txt")))
}

pub(super) fn exercise() -> ExerciseCard {
    ExerciseCard {
        name: short("Gobierno Abierto Sierra Clara 2026 (muestra)"),
        state: short("Sierra Clara"),
        municipality: short("Valle Hondo"),
        guarantor: short("Instituto de Transparencia de Sierra Clara"),
        reference_plan: template::reference_plan(),
        axes: template::axes(),
        quota: Quota::TEMPLATE.to_vec(),
        sectors: template::sectors(),
        starts: date!(2026 - 10 - 01),
        ends: date!(2027 - 09 - 30),
        decision_rule: DecisionRule::Consensus,
        quorum: 5,
        secret_conformity: false,
        time_zone: short("America/Mexico_City"),
        language: short("español"),
        sample: true,
        notice: None,
    }
}

pub(super) fn mesa() -> MesaCard {
    MesaCard {
        theme: short("Servicios, agua y cuidados"),
        venue: short("Salón de cabildo, Valle Hondo"),
        mode: MeetingMode::Hybrid,
        starts_at: datetime!(2026-09-03 16:00 UTC).unix_timestamp() * 1000,
        ends_at: datetime!(2026-09-03 18:30 UTC).unix_timestamp() * 1000,
        agenda: template::agenda(),
    }
}

pub(super) const ACTORS: [(&str, Sector); 8] = [
    ("Instituto de Transparencia de Sierra Clara", Sector::Guarantor),
    ("Contraloría del Estado", Sector::PublicInstitution),
    ("Secretaría de Desarrollo Social", Sector::PublicInstitution),
    ("Ayuntamiento de Valle Hondo", Sector::PublicInstitution),
    ("Colectivo de Madres y Padres", Sector::CivilSociety),
    ("Consejo Empresarial", Sector::PrivateSector),
    ("Universidad Estatal", Sector::Academia),
    ("Colegio de Arquitectos", Sector::Facilitation),
];

pub(super) struct SampleProblem {
    pub title: &'static str,
    pub affected: &'static str,
    pub place: &'static str,
    pub evidence: &'static str,
    pub origin: Origin,
}

pub(super) const PROBLEMS: [SampleProblem; 8] = [
    SampleProblem {
        title: "Las familias no pueden saber cuánto costó cada uniforme escolar gratuito, quién lo vendió ni cuándo llega a su escuela",
        affected: "41 200 estudiantes",
        place: "186 escuelas",
        evidence: "63 solicitudes de información en 2025",
        origin: Origin::RecurrentRequests,
    },
    SampleProblem {
        title: "Los resultados de cloro residual del agua se entregan en papel y con tres meses de retraso; 9 localidades con lecturas fuera de norma",
        affected: "Quienes viven en 14 localidades rurales",
        place: "14 localidades rurales",
        evidence: "412 respuestas en ventanilla",
        origin: Origin::ConsultationDesk,
    },
    SampleProblem {
        title: "Quien cuida a niñas, niños o personas mayores no encuentra en un solo lugar qué estancias hay, con cupo y horario",
        affected: "Quienes cuidan a niñas, niños o personas mayores",
        place: "5 municipios",
        evidence: "Estudio universitario 2025",
        origin: Origin::OtherStudy,
    },
    SampleProblem {
        title: "17 tiraderos a cielo abierto en barrancas; la recolección mezcla residuos",
        affected: "Vecinas y vecinos de 3 colonias",
        place: "3 colonias",
        evidence: "Recorrido y 230 reportes",
        origin: Origin::KickoffEvent,
    },
    SampleProblem {
        title: "Peleas y acoso dentro y a la salida de 12 secundarias; los reportes no se registran igual",
        affected: "6 900 estudiantes",
        place: "12 secundarias",
        evidence: "148 incidentes 2024-25",
        origin: Origin::Statistics,
    },
    SampleProblem {
        title: "Hornos ladrilleros informales queman llanta dentro de la mancha urbana",
        affected: "Vecinas y vecinos de 3 colonias",
        place: "3 colonias al oriente",
        evidence: "31 hornos censados",
        origin: Origin::KickoffEvent,
    },
    SampleProblem {
        title: "Las paradas y banquetas del centro impiden el paso en silla de ruedas",
        affected: "Quienes usan silla de ruedas, carriola o bastón",
        place: "Centro histórico",
        evidence: "Recorrido con 20 personas",
        origin: Origin::AtTheMesa,
    },
    SampleProblem {
        title: "No se puede comparar el avance físico y financiero de la obra pública municipal",
        affected: "Todo el municipio",
        place: "Todo el municipio",
        evidence: "Página sin actualizar desde 2023",
        origin: Origin::ConsultationWeb,
    },
];

pub(super) struct SampleActivity {
    pub text: &'static str,
    pub deliverable: &'static str,
    pub post: &'static str,
    pub due: Date,
}

pub(super) struct SampleCommitment {
    pub title: &'static str,
    pub category: Category,
    /// Number of the problem, counted from 1.
    pub problem: usize,
    pub axis: Option<u8>,
    pub components: &'static [Component],
    pub objective: &'static str,
    pub lead: &'static str,
    pub counterpart: &'static str,
    pub indicator: &'static str,
    pub unit: &'static str,
    pub baseline: &'static str,
    pub target: &'static str,
    pub period: &'static str,
    pub activities: &'static [SampleActivity],
}

const fn activity(
    text: &'static str,
    deliverable: &'static str,
    post: &'static str,
    due: Date,
) -> SampleActivity {
    SampleActivity { text, deliverable, post, due }
}

pub(super) const COMMITMENTS: [SampleCommitment; 5] = [
    SampleCommitment {
        title: "Sigue tu uniforme",
        category: Category::FollowTheMoney,
        problem: 1,
        axis: None,
        components: &[Transparency, Participation, Accountability],
        objective: "Que cualquier persona rastree el gasto del programa 2026-27 del presupuesto a la escuela.",
        lead: "Secretaría de Desarrollo Social",
        counterpart: "Colectivo de Madres y Padres",
        indicator: "Contratos con las cinco etapas publicadas",
        unit: "% de contratos",
        baseline: "0 %",
        target: "100 %",
        period: "mensual",
        activities: &[
            activity(
                "Inventario de contratos 2024-26",
                "Base en CSV",
                "Dirección de Programas",
                date!(2026 - 10 - 30),
            ),
            activity(
                "Licitación, fallo y contrato en datos abiertos",
                "URL y archivo",
                "Oficialía Mayor",
                date!(2027 - 01 - 15),
            ),
            activity(
                "Mapa de entregas por escuela",
                "Mapa publicado",
                "Dirección de Programas",
                date!(2027 - 03 - 31),
            ),
            activity(
                "Primer recorrido de verificación en 20 escuelas",
                "Acta y fotos",
                "Contraloría del Estado",
                date!(2027 - 04 - 30),
            ),
            activity(
                "Segundo recorrido",
                "Acta y fotos",
                "Contraloría del Estado",
                date!(2027 - 08 - 31),
            ),
            activity(
                "Informe ciudadano en sesión pública",
                "Informe",
                "Colectivo de Madres y Padres",
                date!(2027 - 09 - 20),
            ),
        ],
    },
    SampleCommitment {
        title: "Agua limpia a la vista",
        category: Category::NationalPlanAligned,
        problem: 2,
        axis: Some(4),
        components: &[Transparency, Accountability],
        objective: "Que cada localidad conozca el resultado del cloro residual de su agua a más tardar diez días después del muestreo.",
        lead: "Comisión Estatal del Agua",
        counterpart: "Universidad Estatal",
        indicator: "Localidades con resultado publicado en 10 días o menos",
        unit: "localidades",
        baseline: "0",
        target: "14",
        period: "mensual",
        activities: &[
            activity(
                "Formato y puntos de muestreo acordados",
                "Minuta",
                "Dirección de Calidad del Agua",
                date!(2026 - 11 - 13),
            ),
            activity(
                "28 personas de 14 comités capacitadas",
                "Listas",
                "Dirección de Calidad del Agua",
                date!(2027 - 01 - 29),
            ),
            activity(
                "Primera publicación por localidad",
                "Web y cartel",
                "Unidad de Transparencia",
                date!(2027 - 02 - 26),
            ),
            activity(
                "Protocolo de aviso fuera de norma",
                "Protocolo",
                "Dirección Técnica",
                date!(2027 - 04 - 30),
            ),
            activity(
                "Sexta publicación mensual",
                "Tabla histórica",
                "Unidad de Transparencia",
                date!(2027 - 07 - 30),
            ),
            activity(
                "Rendición de cuentas en 3 cabeceras",
                "3 minutas",
                "Dirección General",
                date!(2027 - 09 - 15),
            ),
        ],
    },
    SampleCommitment {
        title: "Mapa abierto de cuidados",
        category: Category::NationalPlanAligned,
        problem: 3,
        axis: Some(2),
        components: &[Transparency, Participation, Innovation],
        objective: "Que quien cuida encuentre en un solo lugar qué espacios hay cerca, con cupo y horario.",
        lead: "Instituto de las Mujeres",
        counterpart: "Universidad Estatal",
        indicator: "Espacios con ficha completa",
        unit: "espacios",
        baseline: "38",
        target: "150",
        period: "trimestral",
        activities: &[
            activity(
                "Directorio único",
                "Directorio",
                "Coordinación de Cuidados",
                date!(2026 - 12 - 18),
            ),
            activity(
                "Versión móvil e impresa",
                "Web y cuaderno impreso",
                "Unidad de Informática",
                date!(2027 - 02 - 26),
            ),
            activity(
                "Consulta a 300 personas",
                "Informe",
                "Universidad Estatal",
                date!(2027 - 04 - 30),
            ),
            activity(
                "Propuesta de dos horarios extendidos con costo",
                "Propuesta",
                "Coordinación de Cuidados",
                date!(2027 - 06 - 30),
            ),
            activity(
                "Respuesta razonada",
                "Oficio publicado",
                "Dirección General",
                date!(2027 - 08 - 31),
            ),
        ],
    },
    SampleCommitment {
        title: "Barrancas sin basura",
        category: Category::LocalProblem,
        problem: 4,
        axis: None,
        components: &[Participation, Accountability],
        objective: "Cerrar y señalizar 9 de los 17 tiraderos a cielo abierto, sin que vuelvan en 60 días.",
        lead: "Servicios Públicos de Valle Hondo",
        counterpart: "Consejo Empresarial",
        indicator: "Tiraderos cerrados sin reincidencia a 60 días",
        unit: "tiraderos",
        baseline: "0 de 17",
        target: "9 de 17",
        period: "bimestral",
        activities: &[
            activity("Censo georreferenciado", "Mapa", "Jefatura de Limpia", date!(2026 - 10 - 30)),
            activity(
                "Ruta piloto en 3 colonias",
                "Calendario publicado",
                "Jefatura de Limpia",
                date!(2027 - 01 - 15),
            ),
            activity(
                "Comités vecinales",
                "3 actas",
                "Participación Ciudadana",
                date!(2027 - 01 - 29),
            ),
            activity(
                "Cierre y señalización de 9 tiraderos",
                "Fotos",
                "Dirección de Servicios Públicos",
                date!(2027 - 06 - 30),
            ),
            activity(
                "Reporte anual de toneladas",
                "Datos abiertos",
                "Jefatura de Limpia",
                date!(2027 - 07 - 15),
            ),
        ],
    },
    SampleCommitment {
        title: "Secundarias en paz",
        category: Category::LocalProblem,
        problem: 5,
        axis: None,
        components: &[Transparency, Participation],
        objective: "Que las 12 secundarias registren y atiendan peleas y acoso de la misma manera.",
        lead: "Secretaría de Educación",
        counterpart: "Colectivo de Madres y Padres",
        indicator: "Planteles con protocolo y registro",
        unit: "planteles",
        baseline: "0",
        target: "12",
        period: "trimestral",
        activities: &[
            activity(
                "Formato único de registro",
                "Formato",
                "Dirección de Secundarias",
                date!(2026 - 11 - 13),
            ),
            activity(
                "Diagnóstico en 12 planteles",
                "Informe",
                "Dirección de Secundarias",
                date!(2027 - 01 - 29),
            ),
            activity(
                "Comité por plantel",
                "12 actas",
                "Supervisión Escolar",
                date!(2027 - 02 - 26),
            ),
            activity("Taller a 120 docentes", "Listas", "Formación Docente", date!(2027 - 04 - 30)),
            activity(
                "Cifras agregadas comparadas con 2024-25",
                "Datos abiertos",
                "Unidad de Planeación",
                date!(2027 - 07 - 15),
            ),
        ],
    },
];

/// A reservation about the last commitment.
pub const RESERVATION: &str = "Acompañamos el compromiso con una reserva: que el registro de incidentes no lleve nombres de estudiantes.";
/// Why an actor declines to sign.
pub const DECLINES: &str = "No firmamos mientras la ruta piloto no incluya la zona industrial; estamos conformes con los otros cuatro compromisos.";
