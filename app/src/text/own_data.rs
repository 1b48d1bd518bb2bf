//! The keys of the file with what is kept of a person.

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)+) => {
        $($(#[$doc])* pub const $name: &str = $key;)+
    };
}

keys! {
    /// The exercise.
    EXERCISE = "ejercicio";
    /// When the file was made.
    MADE = "hecho_el";
    /// The record.
    PERSON = "persona";
    /// Its id.
    ID = "clave";
    /// Name.
    NAME = "nombre";
    /// Mail address.
    MAIL = "correo";
    /// Phone number.
    PHONE = "telefono";
    /// Where they attended.
    ATTENDED = "asistencias";
    /// A mesa.
    MESA = "mesa";
    /// Organisation.
    ORGANISATION = "organizacion";
    /// The actor whose seat they have.
    SEAT = "lugar_de";
    /// How they attend.
    MODE = "participa";
    /// Arrivals and departures.
    STAYS = "estancias";
    /// When something began.
    FROM = "desde";
    /// When it ended.
    TO = "hasta";
    /// Whether the name may be published.
    NAME_PUBLIC = "nombre_en_actas_publicas";
    /// Notices they accepted.
    NOTICES = "avisos_de_privacidad_aceptados";
    /// Version of a notice.
    VERSION = "version";
    /// When something was done.
    AT = "fecha";
    /// Their devices.
    SESSIONS = "sesiones";
    /// Role.
    ROLE = "papel";
    /// Whether it is open.
    OPEN = "abierta";
    /// What they asked to be corrected.
    PETITIONS = "correcciones_pedidas";
    /// When it was settled.
    SETTLED = "atendida_el";
    /// What they wrote and did.
    DONE = "escrito_y_hecho";
    /// The event's name in the log.
    WHAT = "hecho";
    /// For which organisation's seat a helper wrote it.
    ON_BEHALF = "por";
    /// The kind of an item.
    KIND = "tipo";
    /// Its title as it is now.
    TITLE = "titulo";
    /// A field.
    FIELD = "campo";
    /// What they put in.
    INSERTED = "agregado";
    /// How many letters they took out.
    DELETED = "letras_quitadas";
    /// The value of a short field.
    VALUE = "valor";
    /// A contribution or a reason.
    TEXT = "texto";
}
