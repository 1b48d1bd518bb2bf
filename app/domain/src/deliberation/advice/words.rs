//! The words that advice looks for, as they are compared: small letters without accents or tilde.
//! Entries are separated by a comma and a space; an entry may have several words, which then stand
//! next to each other in the text.

/// Verbs whose fulfilment nobody can check, without their endings. Section 5 names the first
/// seven; the others are used in the same way.
pub(super) const SOFT: &str = "alent, alient, coadyuv, concienci, concientic, concientiz, \
    consolid, contribu, enriquec, favorec, favorezc, foment, fortalec, fortalezc, impuls, \
    incentiv, mejor, promo, promov, promuev, propici, reforz, refuerz, robustec, robustezc, \
    sensibilic, sensibiliz";

/// The same with several words.
pub(super) const SOFT_PHRASES: &str = "crear conciencia, da seguimiento, dan seguimiento, dando \
    seguimiento, dar seguimiento, dara seguimiento, daran seguimiento, darle seguimiento, darles \
    seguimiento, darse seguimiento, estimulando, estimular, generar conciencia, hacer conciencia, \
    motivando, motivar, potenciando, potenciar, privilegiar, procurando, procurar, procurara, \
    seguimiento a, seguimiento al, toma de conciencia";

/// Verbs of doing, without their endings: who did it can show it.
pub(super) const DOING: &str = "abr, actualic, actualiz, adquir, aplic, apliqu, audit, capacit, \
    cataloga, cens, cerr, cierr, constru, convoc, convoqu, difund, digitalic, digitaliz, elabor, \
    emit, encuest, entreg, entregu, geolocalic, geolocaliz, habilit, impart, imprim, inaugur, \
    instal, inventari, levant, mape, modific, modifiqu, monitore, muestre, ofrec, ofrezc, otorg, \
    otorgu, paviment, pint, plant, recolect, reduc, reduzc, reforest, reform, registr, rehabilit, \
    remodel, repar, rotul, sembr, senalic, senaliz, sesion, siembr, sistematic, sistematiz, \
    sustitu, traduc, transmit, verific, verifiqu";

/// The same, as whole words: what looks like another form of them means something else (pública,
/// contrato, medida, organización).
pub(super) const DOING_WORDS: &str = "arborizar, bachear, bacheo, bardear, colocacion, colocar, \
    colocara, contratacion, contratar, contratara, creacion, crear, creara, en linea, \
    equipamiento, equipar, equipara, expedicion, expedir, expedira, firma, firmado, firmar, \
    firmara, integrar, integrara, limpiar, limpieza, medicion, medir, medira, mediran, midiendo, \
    organizar, organizara, programar, publicacion, publicaciones, publicada, publicadas, \
    publicado, publicados, publicando, publicar, publicara, publicaran, publicaremos, publicarla, \
    publicarlas, publicarlo, publicarlos, publicarse, publique, publiquen, verter";

/// What is delivered: a document, data, an event or a thing that one can go and see.
pub(super) const THINGS: &str = "acta, albergue, album, alerta, anuario, aplicacion, aplicacion \
    movil, app, archivo, archivo abierto, atlas, audiencia publica, auditoria, aula, bano, \
    banqueta, base de datos, bases de datos, bebedero, biblioteca, bitacora, bolardo, boletin, \
    brigada, buzon, cabildo abierto, calendario, camara, cancha, carpeta, carta compromiso, \
    cartel, cartilla, catalogo, cedula, censo, certificado, ciclovia, circular, clinica, codigo, \
    comedor, comite, conferencia, consejo, constancia, consulta ciudadana, consulta publica, \
    contraloria social, convenio, convocatoria, cronograma, csv, cuadernillo, cuaderno, \
    cuestionario, curso, dato abierto, datos abiertos, decreto, diagnostico, dictamen, diplomado, \
    directorio, encuesta, escuela de, estancia, estudio, evaluacion, evidencia fotografica, \
    excel, expediente, ficha, folleto, formato, formulario, foro, foto, fotografia, gaceta, guia, \
    historieta, hoja de calculo, huerto, infografia, informe, iniciativa de ley, iniciativa de \
    reforma, inventario, jornada, juego infantil, kiosco, kit, laboratorio, lineamiento, lista, \
    lista de asistencia, listado, listas, lona, luminaria, manual, mapa, mapeo, material \
    didactico, matriz, medidor, memoria, mesa de trabajo, micrositio, minuta, modulo, monitor, \
    norma, observatorio, oficina, oficio, padron, pagina electronica, pagina web, panel, parada, \
    parque, patrulla, plan anual, plan de trabajo, plan municipal, planta, plataforma, podcast, \
    portal, pozo, programa anual, programa de trabajo, programa operativo, propuesta, protocolo, \
    proyecto ejecutivo, puente, quiosco, rampa, recibo, recorrido guiado, red social, refugio, \
    registro, reglamento, reglas de operacion, relatoria, reporte, reporte anual, repositorio, \
    resena, respuesta, reunion, ruta, semaforo, sendero, sesion, sesion publica, sistema de \
    informacion, sistema de registro, sistema digital, sistema electronico, sistema en linea, \
    sistema informatico, sitio, sitio web, tabla, tablero, taller, tarjeta, tarjeton, techumbre, \
    testigo social, tiradero, triptico, tutorial, unidad movil, url, ventanilla, version publica, \
    video, visita guiada, web";

/// What can be delivered when somebody publishes, measures or installs it, and is only a subject
/// otherwise.
pub(super) const MATERIAL: &str = "adjudicacion, apoyo, aviso, bases, beca, boleta, cifra, \
    compra, contenedor, contrato, cuenta publica, dato, declaracion, deuda, dias, estadistica, \
    factura, fallo, gasto, horario, indicador, ingreso, inversion, lectura, letrero, licitacion, \
    medicion, monto, nomina, obra, pago, permiso, precio, presupuesto, proveedor, proyecto, \
    requisito, resultado, salario, senal, solicitud, subsidio, sueldo, tarifa, toma de agua, \
    tramite";

/// Numbers in words. Articles aren't among them.
pub(super) const NUMBERS: &str = "catorce, centenar, cien, ciento, cinco, cincuenta, cuarenta, \
    cuarta parte, cuatro, decena, diecinueve, dieciocho, dieciseis, diecisiete, diez, doble, \
    doce, docena, dos, doscientas, doscientos, mil, millon, millones, mitad, noventa, nueve, \
    ochenta, ocho, once, quince, quinientas, quinientos, seis, sesenta, setenta, siete, tercera \
    parte, tercio, trece, treinta, tres, trescientas, trescientos, triple, veinte, veinticinco";

/// What stands for a number in a target.
pub(super) const ALL_OF_THEM: &str = "todas las, todos los, total, totalidad, cero, un, una, uno, \
    ninguno, ninguna";

/// Before a number that counts nothing.
pub(super) const REFERENCES: &str = "agenda, anexo, apartado, art, articulo, articulos, capitulo, \
    eje, etapa, fase, fraccion, inciso, ley, linea, numeral, objetivo, ods, plan, seccion, \
    sector, version, zona";

/// The months.
pub(super) const MONTHS: &str = "enero, febrero, marzo, abril, mayo, junio, julio, agosto, \
    septiembre, setiembre, octubre, noviembre, diciembre";

/// Words that promise nothing.
pub(super) const VAGUE: &str = "cuando asi se requiera, cuando corresponda, cuando se requiera, \
    cuando sea necesario, cuando sea posible, de forma gradual, de forma paulatina, de manera \
    gradual, de manera paulatina, de manera preferente, de preferencia, de ser el caso, de ser \
    necesario, de ser posible, en la medida de las posibilidades, en la medida de lo posible, en \
    su caso, en su momento, entre otras, entre otras acciones, entre otras cosas, entre otros, \
    entre otros aspectos, entre otros rubros, entre otros temas, etc, etcetera, eventualmente, \
    gradualmente, lo conducente, lo que proceda, paulatinamente, posiblemente, preferentemente, \
    segun corresponda, segun sea el caso, segun sea necesario, tentativamente, y demas";

/// Words that promise nothing unless the sentence also says how often, or until when.
pub(super) const VAGUE_TIME: &str = "a corto plazo, a futuro, a la brevedad, a la brevedad \
    posible, a largo plazo, a mediano plazo, con frecuencia, con regularidad, constantemente, \
    continuamente, de forma constante, de forma continua, de forma frecuente, de forma oportuna, \
    de forma periodica, de forma permanente, de forma regular, de manera constante, de manera \
    continua, de manera frecuente, de manera oportuna, de manera periodica, de manera permanente, \
    de manera regular, en tiempo y forma, frecuentemente, lo antes posible, lo mas pronto \
    posible, ocasionalmente, oportunamente, periodicamente, proximamente, regularmente";

/// How often, or until when.
pub(super) const OFTEN: &str = "a mas tardar, antes del, anual, anuales, anualmente, bimestral, \
    bimestrales, bimestralmente, cada, cuatrimestral, diaria, diariamente, diario, domingo, \
    jueves, lunes, martes, mensual, mensuales, mensualmente, miercoles, primer lunes, quincenal, \
    quincenalmente, sabado, semanal, semanales, semanalmente, semestral, semestrales, \
    semestralmente, trimestral, trimestrales, trimestralmente, viernes";

/// Verbs that nobody can fulfil, without their endings.
pub(super) const ABSOLUTE: &str = "elimin, erradic, erradiqu, extermin";

/// The same with several words.
pub(super) const ABSOLUTE_PHRASES: &str = "acabar con, acabara con, acabaremos con, poner fin, \
    pondra fin, jamas, nunca mas, de una vez por todas";

/// After a verb of [`ENSURING`].
pub(super) const NEVER: &str = "que nunca, que jamas, que ningun, que ninguna, que nadie";

/// Verbs without their endings.
pub(super) const ENSURING: &str = "garantic, garantiz, asegur";

/// What can be eliminated, as it can be counted.
pub(super) const COUNTABLE: &str = "anuncio, aviador, bache, barrera arquitectonica, barrera \
    fisica, cable, cobro, copia, cuota, dato personal, datos personales, documento, duplicado, \
    duplicidad, escalon, fila, formato, fuga, hoyo, letrero, obstaculo, papel, poste, registro, \
    requisito, tiradero, tope, tramite";

/// Before a verb that is part of an official name: Sistema para Prevenir, Atender, Sancionar y
/// Erradicar la Violencia.
pub(super) const OFFICIAL: &str = "sancionar y, sancionar e, atender y, prevenir y, prevencion y";

/// Whose year may be any: Agenda 2030, Plan Estatal de Desarrollo 2022-2028.
pub(super) const NAMED: &str = "administracion, agenda, ciclo, convenio, estrategia, gobierno, \
    horizonte, ley, mexico, ods, plan, politica, programa, sexenio, trienio, vision";

/// After a year, where a number would have a thing that it counts.
pub(super) const CONNECTORS: &str = "a, al, ante, como, con, conforme, de, del, e, el, en, la, \
    las, los, mediante, o, para, por, que, se, segun, sin, u, y";

/// Whoever that may be, together with an adjective of [`WHATEVER`].
pub(super) const WHOEVER: &str = "actor, area, autoridad, dependencia, direccion, entidad, \
    funcionario, instancia, institucion, organismo, organo, personal, sector, servidor, unidad";

/// Adjectives that name nobody.
pub(super) const WHATEVER: &str = "competente, conducente, correspondiente, encargada, encargado, \
    facultada, facultado, implicada, implicado, involucrada, involucrado, participante, \
    pertinente, que corresponda, que correspondan, relacionada, relacionado, responsable";

/// A responsible of which nothing but these words is written names nobody.
pub(super) const NOBODY: &str = "a, actores, algunas, alguien, area, areas, autoridad, \
    autoridades, ciudadania, ciudadanos, competente, competentes, corresponda, de, definir, \
    definirse, dependencia, dependencias, determinar, diversas, diversos, el, en, encargado, \
    equipo, funcionarios, general, gobierno, instancias, instituciones, involucradas, \
    involucrados, la, las, los, n, ninguno, no, pendiente, personal, por, publicos, quien, \
    quienes, responsable, sectores, servidores, sociedad, toda, todas, todos, varias, varios, y";

/// How a problem begins that names a missing solution.
pub(super) const ABSENCE: &str = "ausencia de, carece de, carecemos de, carecen de, carencia de, \
    carencias de, falta de, falta un, falta una, inexistencia de, insuficiencia de, no contamos \
    con, no cuenta con, no cuentan con, no existe, no existen, no hay ningun, no hay ninguna, no \
    hay un, no hay una, no se cuenta con, nula";

/// What may stand before that.
pub(super) const BEFORE_ABSENCE: &str = "detecta, el, es, existe, existen, gran, hay, identifica, \
    la, mucha, municipio, observa, principal, problema, que, se, tiene, una";

/// What a verb without its ending may end with; also nouns made of it.
pub(super) const ENDINGS: &str = "a an aba aban acion aciones ada adas ado ados aje amiento \
    amientos amos ando ar ara aran are aremos aria arian arla arlas arlo arlos arse as ccion \
    cciones cion ciones e emos en er era eran ere eremos eria erse ia ian icion iciones ida idas \
    ido idos iendo imiento imientos imos ir ira iran ire iremos iria irse o ya yan ye yen yendo \
    yo";
