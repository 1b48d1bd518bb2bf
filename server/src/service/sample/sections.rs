//! What the sample's document says around its commitments.

use domain::exercise::Sections;
use domain::exercise::sections::{Passage, definitions, entries};

const CONTEXT: &str = "En Valle Hondo las preguntas que más se repiten no son sobre leyes: son sobre el uniforme que no llegó, el agua que nadie explica y la barranca que vuelve a llenarse. Este plan recoge ocho de esas preguntas, tal como llegaron por ventanilla, por solicitudes de información y en la propia mesa.

Cada compromiso dice qué se hará, quién responde, en qué fecha y con qué se comprueba.";

const LEGAL_FRAMEWORK: &str = "Constitución Política de los Estados Unidos Mexicanos, artículo 6.º
Ley General de Transparencia y Acceso a la Información Pública
Declaración conjunta de gobierno abierto de Sierra Clara, firmada el 9 de marzo de 2026";

const DEFINITIONS: &str = "Compromiso: acuerdo puntual, realizable y medible que dura a lo más un año.
Contraparte: organización de la sociedad que acompaña un compromiso y revisa que se cumpla.
Medio de verificación: documento, dato o lugar con que cualquier persona comprueba que una actividad se hizo.";

const STRATEGIC_OBJECTIVE: &str = "Que las decisiones públicas que más pesan en la vida diaria de Valle Hondo puedan seguirse, preguntarse y corregirse por cualquier persona.";

const MEASUREMENT: &str = "El Secretariado Técnico Local revisa cada dos meses, en sesión pública, el avance de cada actividad y publica la evidencia en datos abiertos.";

/// The sections that it has; the others stay empty.
pub(super) fn sections() -> Sections {
    let passage = |text| Some(Passage::parse(text).expect("the sample's sections are plain text"));
    Sections {
        context: passage(CONTEXT),
        legal_framework: entries(LEGAL_FRAMEWORK).expect("the sample's entries are short"),
        definitions: definitions(DEFINITIONS).expect("the sample's words have meanings"),
        strategic_objective: passage(STRATEGIC_OBJECTIVE),
        measurement: passage(MEASUREMENT),
        ..Sections::default()
    }
}
