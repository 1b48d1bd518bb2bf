//! Wordings of which nothing is said, close to those that are caught.

use super::Where::{
    self, Counterpart, Deed, Deliverable, Lead, Objective, Outcome, Period, Post, Problem, Target,
    Title, Unit,
};

pub const WORDINGS: &[(Where, &str)] = &[
    // Measurable, or with something that is delivered, however it begins.
    (Objective, "REDUCIR UN 5 % ANUAL LA INCIDENCIA DELICTIVA EN EL CENTRO HISTORICO"),
    (Objective, "Publicar en datos abiertos los contratos del programa de uniformes"),
    (
        Objective,
        "Publicar cada mes, por localidad, los resultados de cloro residual, a más tardar diez días después del muestreo",
    ),
    (Objective, "Fortalecer la transparencia mediante un portal con los contratos de obra pública"),
    (Objective, "Promover la lectura con 40 talleres en bibliotecas públicas"),
    (Objective, "Impulsar la participación de 200 jóvenes en el presupuesto participativo"),
    (Objective, "Coadyuvar a la seguridad vial con la instalación de semáforos peatonales"),
    (Objective, "Mejorar el tiempo de respuesta de las solicitudes de 20 a 10 días hábiles"),
    (Objective, "Dar seguimiento a los acuerdos en sesiones públicas, con minuta"),
    (Objective, "Que la ciudadanía conozca en qué se gasta el predial"),
    (Objective, "Que las niñas y los niños lleguen caminando a su escuela sin riesgo"),
    (Objective, "CONSTRUIR DE MANERA PARTICIPATIVA EL ATLAS DE RIESGOS DEL MUNICIPIO"),
    (Objective, "Elaborar el reglamento municipal de participación ciudadana"),
    (Objective, "Capacitar a doce comités de agua en el uso de comparadores de cloro"),
    (Objective, "Instalar el Consejo Municipal de Mejora Regulatoria"),
    (Title, "Compras claras"),
    (Title, "Presupuesto participativo"),
    (Title, "Mejores banquetas para el centro"),
    (Title, "Unidades de transparencia fortalecidas con un micrositio por escuela"),
    (Outcome, "Cualquier persona puede saber cuánto costó su obra"),
    (Outcome, "Las 12 secundarias tienen protocolo y registro"),
    // Activities.
    (Deed, "Levantamiento del padrón de comercio informal"),
    (Deed, "Segundo recorrido"),
    (Deed, "Firma del convenio de colaboración con la universidad"),
    (Deed, "Actualizar periódicamente el tablero, el primer lunes de cada mes"),
    (Deed, "Actualización trimestral y oportuna del micrositio"),
    (Deed, "Consulta pública a 300 personas"),
    (Deed, "Sesión mensual del comité, entre otros municipios de la zona metropolitana"),
    (Deed, "Eliminar 9 tiraderos a cielo abierto"),
    (Deed, "Eliminar los requisitos duplicados del trámite de licencia"),
    (Deed, "ELIMINACION DE TRES COPIAS EN LA SOLICITUD DE BECA"),
    (Deed, "Eliminar las barreras físicas en cinco cruces"),
    (
        Deed,
        "Sesionar el Sistema Municipal para Prevenir, Atender, Sancionar y Erradicar la Violencia contra las Mujeres",
    ),
    (Deed, "Publicar las bases de la convocatoria en la gaceta"),
    (Deed, "Foro con contribuyentes sobre el predial"),
    (Deliverable, "Acta y fotos"),
    (Deliverable, "Base en CSV"),
    (Deliverable, "Lista de asistencia"),
    // Years.
    (Objective, "Publicar el gasto de 2024, 2025 y 2026 en datos abiertos"),
    (Objective, "Alinear el programa municipal a la Agenda 2030 con un diagnóstico publicado"),
    (Objective, "Evaluar el Plan Estatal de Desarrollo 2024-2030 y publicar el informe"),
    (Deed, "Entregar 2050 despensas"),
    (Deed, "Publicación de las cifras a septiembre de 2027"),
    (Target, "2035 viviendas"),
    // Lines.
    (Target, "100 %"),
    (Target, "9 de 17"),
    (Target, "las doce secundarias"),
    (Target, "Todas las localidades"),
    (Target, "reducir a la mitad"),
    (Unit, "% de contratos"),
    (Unit, "localidades"),
    (Period, "mensual"),
    (Period, "cada dos meses"),
    (Post, "Dirección de Calidad del Agua"),
    (Post, "Autoridad del Agua de Sierra Clara"),
    (Post, "Jefa de Limpia"),
    (Post, "Titular de la Unidad de Transparencia"),
    (Post, "Dirección de Gobierno"),
    (Lead, "Secretaría General de Gobierno"),
    (Lead, "Autoridad garante del Estado"),
    (Counterpart, "Sociedad Mexicana de Estudios Ambientales, A. C."),
    // Problems.
    (Problem, "Las familias no pueden saber cuánto costó cada uniforme escolar gratuito"),
    (Problem, "No se puede comparar el avance físico y financiero de la obra pública municipal"),
    (Problem, "No hay agua entubada de lunes a jueves en 3 colonias"),
    (Problem, "17 tiraderos a cielo abierto en barrancas; la recolección mezcla residuos"),
    (Problem, "Las personas sin internet no se enteran de las becas y faltan a la convocatoria"),
    // Long, and in sentences.
    (
        Objective,
        "Publicar los contratos del programa en datos abiertos. Cada registro dice quién vendió, cuánto \
         costó y cuándo se entregó. La base se actualiza el primer lunes de cada mes. Una comisión de madres y padres la revisa \
         cada trimestre en sesión pública, con minuta y con respuesta de la Secretaría",
    ),
    (
        Objective,
        "Conforme al Art. 5 de la ley, publicar:\n- el padrón de beneficiarios\n- las reglas de operación del programa\n- los \
         contratos con sus anexos y convenios modificatorios\n- las actas de las sesiones del comité\n- el directorio de los \
         responsables en cada escuela\n- los resultados de las encuestas",
    ),
];
