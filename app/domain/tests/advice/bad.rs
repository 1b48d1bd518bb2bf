//! Wordings that are caught, as plans of municipalities and states are worded: capitals, missing
//! accents, long sentences. What is expected are the kinds of advice, in the order in which they
//! are given.

use super::Where::{self, Deed, Lead, Objective, Outcome, Period, Post, Problem, Target, Title};

/// The bad examples of section 5 that are texts.
pub const SECTION_5: &[(Where, &str, &str)] = &[
    (Objective, "Promover la transparencia en el municipio", "OnlySoftVerbs"),
    (Title, "Promover la transparencia en el municipio", "OnlySoftVerbs"),
    (Objective, "Publicar periódicamente información relevante", "NoDeliverable VagueAdverb"),
    (Objective, "Erradicar la violencia escolar antes de 2030", "AbsoluteVerb YearAfterPlan"),
    (Problem, "Falta de una aplicación móvil", "ProblemIsAnAbsence"),
    (Post, "las autoridades competentes", "GenericResponsible"),
];

pub const WORDINGS: &[(Where, &str, &str)] = &[
    // Only soft verbs.
    (Objective, "Coadyuvar al fortalecimiento de la cultura de la legalidad", "OnlySoftVerbs"),
    (Objective, "COADYUVAR AL FORTALECIMIENTO DE LA PARTICIPACION CIUDADANA", "OnlySoftVerbs"),
    (Objective, "Se promoverá la cultura de la denuncia entre la población", "OnlySoftVerbs"),
    (Objective, "Promoviendo valores cívicos en las familias del municipio", "OnlySoftVerbs"),
    (Title, "Fortalecimiento de la rendición de cuentas", "OnlySoftVerbs"),
    (Title, "Impulso a la participación ciudadana", "OnlySoftVerbs"),
    (Objective, "Que el ayuntamiento fomente el cuidado del medio ambiente", "OnlySoftVerbs"),
    (Objective, "Fomentar e impulsar el desarrollo económico de la región", "OnlySoftVerbs"),
    (Deed, "Dar seguimiento a las demandas de la ciudadanía", "OnlySoftVerbs"),
    (Deed, "Concientización de la ciudadanía sobre el cuidado del agua", "OnlySoftVerbs"),
    (Deed, "CONCIENTIZAR A LA POBLACION SOBRE EL USO RACIONAL DEL AGUA", "OnlySoftVerbs"),
    (Outcome, "Mejorar la calidad de vida de las y los habitantes", "OnlySoftVerbs"),
    (Outcome, "Se contribuye a mejorar la confianza en las instituciones", "OnlySoftVerbs"),
    (
        Objective,
        "Propiciar una mayor vinculación entre sociedad y gobierno, y consolidar la gobernanza",
        "OnlySoftVerbs",
    ),
    (
        Objective,
        "Sensibilizar a las y los servidores públicos en igualdad de género",
        "OnlySoftVerbs",
    ),
    (Objective, "Incentivar el uso de medios alternos de solución de conflictos", "OnlySoftVerbs"),
    // Verbs of doing, and nothing that is delivered.
    (Objective, "Realizar diversas acciones en beneficio de la población", "NoDeliverable"),
    (Objective, "Implementar estrategias integrales de prevención social", "NoDeliverable"),
    (Objective, "Atender las necesidades más sentidas de la ciudadanía", "NoDeliverable"),
    (
        Objective,
        "Difundir oportunamente las actividades del ayuntamiento",
        "NoDeliverable VagueAdverb",
    ),
    // Vague adverbs.
    (Deed, "Actualizar constantemente el padrón de beneficiarios", "VagueAdverb"),
    (Deed, "Publicar el presupuesto, contratos, licitaciones, entre otros", "VagueAdverb"),
    (Deed, "Realizar reuniones de trabajo con comités vecinales, colonos, etc.", "VagueAdverb"),
    (Deed, "Entregar el informe a la brevedad posible", "VagueAdverb"),
    (Deed, "Emitir, en su caso, el dictamen correspondiente", "VagueAdverb"),
    (Deed, "Instalar luminarias en la medida de lo posible", "VagueAdverb"),
    (Deed, "Publicar en tiempo y forma las actas de cabildo", "VagueAdverb"),
    (Deed, "ACTUALIZAR DE MANERA PERIODICA EL PORTAL DE TRANSPARENCIA", "VagueAdverb"),
    (Deed, "Levantar el censo de comercios cuando sea necesario", "VagueAdverb"),
    (Deed, "Instalar paulatinamente cámaras y demás", "VagueAdverb VagueAdverb"),
    (Period, "Periódicamente", "VagueAdverb"),
    (Period, "de forma permanente y oportuna", "VagueAdverb"),
    // Responsibles.
    (Post, "Autoridades correspondientes", "GenericResponsible"),
    (Post, "Dependencias involucradas", "GenericResponsible"),
    (Post, "LAS AREAS COMPETENTES", "GenericResponsible"),
    (Post, "Quien corresponda", "GenericResponsible"),
    (Post, "Por definir", "GenericResponsible"),
    (Lead, "Gobierno y sociedad en general", "GenericResponsible"),
    (Lead, "Todas las dependencias", "GenericResponsible"),
    (Deed, "Gestionar ante las instancias competentes la firma del convenio", "GenericResponsible"),
    // Absolute verbs.
    (Objective, "Eliminar la corrupción en todos los trámites municipales", "AbsoluteVerb"),
    (Objective, "Acabar con la inseguridad en el centro histórico", "AbsoluteVerb"),
    (
        Objective,
        "Garantizar que nunca más falte el agua en las 14 localidades rurales",
        "AbsoluteVerb",
    ),
    (Outcome, "ERRADICACION TOTAL DE LA POBREZA EXTREMA", "AbsoluteVerb"),
    (Outcome, "Se eliminarán las brechas de desigualdad", "AbsoluteVerb"),
    // Years after the plan's end.
    (Objective, "Reducir en 30 % los accidentes viales para el año 2035", "YearAfterPlan"),
    (Target, "100 % en 2029", "YearAfterPlan"),
    (Deed, "Entregar la planta potabilizadora en diciembre de 2028", "YearAfterPlan"),
    // Problems that name a missing solution.
    (Problem, "Ausencia de un sistema de información geográfica", "ProblemIsAnAbsence"),
    (Problem, "NO EXISTE UN REGLAMENTO DE PARTICIPACION CIUDADANA", "ProblemIsAnAbsence"),
    (Problem, "La falta de difusión de los programas sociales", "ProblemIsAnAbsence"),
    (Problem, "Existe una carencia de espacios públicos", "ProblemIsAnAbsence"),
    (Problem, "No se cuenta con una plataforma de trámites en línea", "ProblemIsAnAbsence"),
    (Problem, "No hay una ventanilla única", "ProblemIsAnAbsence"),
    // Indicators.
    (Target, "Todo lo que se pueda", "IndicatorWithoutNumber"),
    (Target, "Mayor transparencia", "IndicatorWithoutNumber"),
    // Long sentences.
    (
        Objective,
        "Establecer los mecanismos de coordinación interinstitucional que permitan publicar en datos \
         abiertos la información de los programas sociales que ejecutan las dependencias y entidades \
         de la administración pública municipal, con la participación de la sociedad civil organizada, \
         la academia y el sector privado, para que la población conozca los padrones de beneficiarios",
        "LongSentence",
    ),
    (
        Objective,
        "FORTALECER LOS MECANISMOS DE PARTICIPACION CIUDADANA A TRAVES DE LA VINCULACION CON LOS \
         SECTORES SOCIAL, PRIVADO Y ACADEMICO, PARA PROPICIAR LA CORRESPONSABILIDAD EN LA TOMA DE \
         DECISIONES PUBLICAS Y CONTRIBUIR A LA CONSOLIDACION DE UN GOBIERNO CERCANO A LA GENTE, \
         EFICIENTE, EFICAZ, HONESTO, TRANSPARENTE Y COMPROMETIDO CON EL DESARROLLO INTEGRAL",
        "OnlySoftVerbs LongSentence",
    ),
];
